"""Reading and checking zones, basemap, stations, units, streets and places."""

from typing import Any, Final

import numpy as np

from dutyroom.citypack.model import Org, PackUnit, Place, Station, Street
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.pack_rows import fresh_id, rows_in
from dutyroom.citypack.vocabulary import Vocabulary
from dutyroom.citypack.zones import Ring, Zone
from dutyroom.core.text import Text
from dutyroom.domain.values import LONGEST_UNIT
from dutyroom.reading.csv_file import Row
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile, Path

BASEMAP_KINDS: Final = ("water", "park", "built")


def read_zones(file: JsonFile, orgs: tuple[Org, ...]) -> tuple[Zone, ...]:
    """The zones; every ring must be closed and every id its own. A zone that names no organisation
    is of the topmost one."""
    paths = _paths(orgs)
    seen: set[str] = set()
    zones = []
    for feature in _features(file):
        properties = Entry(
            file, (*feature.path, "properties"), ("id", "name_en", "name_zh"), ("org",)
        ) if feature.has("properties") else None  # fmt: skip
        polygons = _polygons(feature)
        if properties is None:
            continue
        key = properties.string("id")
        if key in seen:
            properties.problem(
                "id", f'the zone "{key}" is given twice', "Give each zone its own id"
            )
        seen.add(key)
        name = Text(_translated(properties, "name_en"), _translated(properties, "name_zh"))
        org = properties.string("org") if properties.has("org") else ""
        if org not in paths:
            properties.problem(
                "org", f'there is no organisation "{org}"', "Add it to org.csv or correct it"
            )
        if polygons:
            zones.append(Zone(key, name, polygons, paths.get(org, "")))
    if file.value is not None and not zones and not file.problems:
        file.problem((), "there is no zone", "Add at least one polygon")
    return tuple(zones)


def read_basemap(file: JsonFile) -> dict[str, Any] | None:
    """The drawing as it is in the file, once every feature has been checked."""
    for feature in _features(file):
        if feature.has("properties"):
            properties = Entry(file, (*feature.path, "properties"), ("kind",))
            kind = properties.string("kind")
            if kind and kind not in BASEMAP_KINDS:
                properties.problem(
                    "kind", f'unknown kind "{kind}"', f"Write one of {', '.join(BASEMAP_KINDS)}"
                )
        _polygons(feature)
    return file.value if isinstance(file.value, dict) else None


def _features(file: JsonFile) -> list[Entry]:
    top = Entry(file, (), ("type", "features"))
    if top.has("type") and top.value["type"] != "FeatureCollection":
        top.problem("type", "not a FeatureCollection", 'Write "FeatureCollection"')
    keys = ("type", "properties", "geometry")
    return list(top.entries("features", keys))


def _translated(properties: Entry, key: str) -> str:
    value = properties.value.get(key)
    if key in properties.value and (not isinstance(value, str) or not value.strip()):
        properties.problem(key, f"the translation {key} is empty", f"Fill in {key}")
        return ""
    return value if isinstance(value, str) else ""


def _polygons(feature: Entry) -> tuple[tuple[Ring, ...], ...]:
    if not feature.has("geometry"):
        return ()
    geometry = Entry(feature.file, (*feature.path, "geometry"), ("type", "coordinates"))
    kind = geometry.value.get("type")
    coordinates = geometry.items("coordinates")
    path: Path = (*geometry.path, "coordinates")
    if kind == "Polygon":
        return tuple(filter(None, [_rings(feature.file, path, coordinates)]))
    if kind == "MultiPolygon":
        parts = [_rings(feature.file, (*path, n), part) for n, part in enumerate(coordinates)]
        return tuple(filter(None, parts))
    if "type" in geometry.value:
        geometry.problem("type", f'"{kind}" is not an area', "Write Polygon or MultiPolygon")
    return ()


def _rings(file: JsonFile, path: Path, rings: Any) -> tuple[Ring, ...]:
    if not isinstance(rings, list) or not rings:
        file.problem(path, "the polygon has no rings", "Write a list of rings")
        return ()
    found = [_ring(file, (*path, index), ring) for index, ring in enumerate(rings)]
    return tuple(ring for ring in found if ring is not None)


def _ring(file: JsonFile, path: Path, points: Any) -> Ring | None:
    try:
        ring = np.array(points, dtype=np.float64)
    except (ValueError, TypeError):
        ring = np.empty(0)
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) == 0:
        file.problem(path, "a ring must be a list of [lon, lat]", "Write pairs of numbers")
        return None
    outside = (np.abs(ring) > (180.0, 90.0)).any(axis=1)
    if outside.any():
        first = int(np.flatnonzero(outside)[0])
        lon, lat = ring[first]
        file.problem(
            (*path, first),
            f"the point {lon:g}, {lat:g} is out of range",
            "Write lon from -180 to 180, then lat from -90 to 90",
        )
        return None
    if len(ring) < 4 or (ring[0] != ring[-1]).any():
        file.problem(path, "the ring is not closed", "Repeat its first point at the end")
        return None
    return ring


def _paths(orgs: tuple[Org, ...]) -> dict[str, str]:
    """The path of each organisation by its id; whoever names none is of the topmost one."""
    return {one.id: one.path for one in orgs} | {"": orgs[0].path if orgs else ""}


def read_stations(files: PackFiles, orgs: tuple[Org, ...]) -> tuple[Station, ...]:
    """The stations; one that names no organisation is of the topmost one."""
    paths = _paths(orgs)
    seen: dict[str, int] = {}
    stations = []
    columns = ("id", "name_en", "name_zh", "lon", "lat")
    for row in rows_in(files, "stations.csv", columns, ("org",)):
        key, name, position = fresh_id(row, seen), row.name(), row.position()
        org = row.fields.get("org", "").strip()
        if org not in paths:
            row.problem(f'there is no organisation "{org}"', "Add it to org.csv or correct it")
        stations.append(Station(key, name, *position, paths.get(org, "")))
    return tuple(stations)


def read_units(
    files: PackFiles, stations: tuple[Station, ...], vocabulary: Vocabulary | None
) -> tuple[PackUnit, ...]:
    """The units; references to stations, kinds and capabilities must hold."""
    where = {station.id: station for station in stations}
    seen: dict[str, int] = {}
    units = []
    signs: dict[str, int] = {}
    columns = ("id", "kind", "station", "capabilities", "crew")
    for row in rows_in(files, "units.csv", columns, ("name_en", "name_zh")):
        key, kind, station = fresh_id(row, seen), row.code("kind"), row.code("station")
        if len(key) > LONGEST_UNIT:
            row.problem(
                f'the id "{key}" has {len(key)} characters',
                f"Use a shorter id: a unit's may have {LONGEST_UNIT}",
            )
        capabilities = row.string("capabilities").split()
        crew = row.number("crew", 0, 99)
        if crew != int(crew):
            row.problem(f"crew {crew:g} is not a whole number", "Write a whole number")
        if station and stations and station not in where:
            row.problem(f'there is no station "{station}"', "Add it to stations.csv or correct it")
        if vocabulary is not None:
            _note_unknown_words(row, kind, capabilities, vocabulary)
        if station in where:
            base = where[station]
            units.append(PackUnit(key, kind, station, frozenset(capabilities), int(crew),
                                  base.lon, base.lat, _call_sign(row, signs)))  # fmt: skip
    return tuple(units)


def _call_sign(row: Row, seen: dict[str, int]) -> Text | None:
    """What a unit is called; no two units by the same name."""
    if "name_en" not in row.fields:
        return None
    sign = row.name()
    for name in {sign.en, sign.zh} - {""}:
        if name in seen:
            row.problem(
                f'the name "{name}" is given twice, first on line {seen[name]}',
                "Give each unit a name of its own",
            )
        seen.setdefault(name, row.line)
    return sign


def _note_unknown_words(
    row: Row, kind: str, capabilities: list[str], vocabulary: Vocabulary
) -> None:
    if kind and kind not in {known.code for known in vocabulary.kinds if not known.retired}:
        row.problem(f'the vocabulary has no kind "{kind}"', "Add it to vocabulary.json")
    for capability in capabilities:
        if not vocabulary.knows("capabilities", capability):
            row.problem(
                f'the vocabulary has no capability "{capability}"', "Add it to vocabulary.json"
            )


def read_streets(files: PackFiles) -> tuple[Street, ...]:
    """The streets; there may be none."""
    seen: dict[str, int] = {}
    rows = rows_in(files, "streets.csv", ("id", "name_en", "name_zh"))
    return tuple(Street(fresh_id(row, seen), row.name()) for row in rows)


def read_places(files: PackFiles) -> tuple[Place, ...]:
    """The public places; there may be none."""
    seen: dict[str, int] = {}
    columns = ("id", "name_en", "name_zh", "kind", "lon", "lat")
    return tuple(
        Place(fresh_id(row, seen), row.name(), row.code("kind"), *row.position())
        for row in rows_in(files, "places.csv", columns)
    )

"""What a city pack is made from besides the calls: a list of stations, outlines of districts."""

import csv
import gzip
import json
import math
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dutyroom.citypack import PackRefused, Problem
from dutyroom.citypack.write import area_feature
from dutyroom.importing.contract import Contract

_PLACES: Final = (("lon_fixed", "lat_fixed"), ("lon", "lat"))
"""Columns of the position: one that was put right goes before the geocoder's."""
_NAMES: Final = ("nhood", "name")


@dataclass(frozen=True, slots=True)
class StationAt:
    """A station that has a position; ``id`` is its number at the source."""

    id: str
    address: str
    lon: float
    lat: float


def read_stations(file: Path) -> tuple[list[StationAt], list[str]]:
    """Stations of a CSV file with `station`, `address` and a position, and those without one.

    Instead of `station`, `name` may hold the number ("Station 7"). Raises `PackRefused`.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            columns = reader.fieldnames or ()
            place = next((pair for pair in _PLACES if set(pair) <= set(columns)), None)
            known = {"station", "name"} & set(columns)
            if place is None or not known or "address" not in columns:
                raise _refused(
                    file, 1, "not a list of stations", "Give columns station, address, lon, lat"
                )
            rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise _refused(file, None, f"it can't be read: {error}", "Give a CSV file") from error
    found: dict[str, StationAt] = {}
    lost = []
    for line, row in rows:
        id_, lon, lat = _station(row), row[place[0]] or "", row[place[1]] or ""
        if not re.fullmatch(r"[\w-]{1,20}", id_) or id_ in found:
            raise _refused(file, line, f"{id_!r} is no new id of a station", "Give each its own")
        if lon.strip() and lat.strip():
            found[id_] = StationAt(id_, row["address"] or "", *_position(file, line, lon, lat))
        else:
            lost.append(id_)
    if not found:
        raise _refused(file, None, "no station has a position", "Give at least one")
    return list(found.values()), lost


def _station(row: dict[str, str]) -> str:
    return row["station"] or "" if "station" in row else (row["name"] or "").split(" ")[-1]


def station_areas(
    stations: list[StationAt], bounds: tuple[float, float, float, float]
) -> list[dict[str, Any]]:
    """Zones where nobody has outlined any: whatever is nearest to each station, within the bounds.

    Each is the bounds cut by the line half way to every other station (a Voronoi cell). Stations
    at one spot share the zone of the first.
    """
    west, south, east, north = bounds
    # How long a degree of longitude is, in degrees of latitude.
    wide = math.cos(math.radians((south + north) / 2))
    zones = []
    for own in stations:
        area = [(west, south), (east, south), (east, north), (west, north)]
        for other in stations:
            across, up = (other.lon - own.lon) * wide**2, other.lat - own.lat
            half = across * (own.lon + other.lon) / 2 + up * (own.lat + other.lat) / 2
            if across or up:
                area = _cut(area, across, up, half)
            elif other.id < own.id:
                area = []
        if len(area) >= 3:
            ring = [(round(lon, 6), round(lat, 6)) for lon, lat in (*area, area[0])]
            names = {"name_en": f"Around station {own.id}", "name_zh": f"{own.id} 号站周边"}
            zones.append(area_feature({"id": f"A{own.id}", **names}, [[ring]]))
    return zones


def _cut(
    area: list[tuple[float, float]], across: float, up: float, most: float
) -> list[tuple[float, float]]:
    """The part of a convex area where ``across x lon + up x lat`` is at most ``most``."""
    kept: list[tuple[float, float]] = []
    for (a, b), (c, d) in zip(area, (*area[1:], *area[:1]), strict=True):
        first, second = across * a + up * b - most, across * c + up * d - most
        if first <= 0:
            kept.append((a, b))
        if (first < 0 < second) or (second < 0 < first):
            share = first / (first - second)
            kept.append((a + share * (c - a), b + share * (d - b)))
    return kept


def _position(file: Path, line: int, lon: str, lat: str) -> tuple[float, float]:
    try:
        at = float(lon), float(lat)
    except ValueError:
        at = (math.nan, math.nan)
    if not (abs(at[0]) <= 180 and abs(at[1]) <= 90):
        raise _refused(file, line, "the position is not on the earth", "Write lon, lat in degrees")
    return at


def read_outlines(file: Path, contract: Contract) -> list[dict[str, Any]]:
    """Zones from a GeoJSON file (plain or gzip) of named areas, by id. Raises `PackRefused`."""
    try:
        raw = file.read_bytes()
        data = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise _refused(file, None, f"it can't be read: {error}", "Give a GeoJSON file") from error
    features: dict[str, dict[str, Any]] = {}
    for nth, feature in enumerate(_features(data), start=1):
        try:
            zone = _zone(feature, contract)
        except (KeyError, TypeError, AttributeError, StopIteration) as error:
            raise _refused(
                file, None, f"feature {nth} is not a named area",
                "Give Polygons or MultiPolygons with a property name",
            ) from error  # fmt: skip
        features[zone["properties"]["id"]] = zone
    if not features:
        raise _refused(file, None, "there is no area in it", "Give a FeatureCollection")
    return [features[id_] for id_ in sorted(features)]


def _features(data: Any) -> list[Any]:
    features = data.get("features") if isinstance(data, dict) else None
    return features if isinstance(features, list) else []


def _zone(feature: Any, contract: Contract) -> dict[str, Any]:
    named = feature["properties"]
    name: str = next(named[key] for key in _NAMES if isinstance(named.get(key), str))
    geometry = feature["geometry"]
    several = {"MultiPolygon": True, "Polygon": False}[geometry["type"]]
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    properties = {
        "id": re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-"),
        "name_en": name,
        "name_zh": contract.zone_names.get(name, name),
    }
    return area_feature(properties, polygons)


def _refused(file: Path, line: int | None, message: str, remedy: str) -> PackRefused:
    return PackRefused((Problem(file.name, line, message, remedy),))

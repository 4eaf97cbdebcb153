"""Reading a city pack: every file is checked, and every problem reported at once."""

from pathlib import Path
from typing import Any

import numpy as np

from dutyroom.citypack.local_time import is_timezone
from dutyroom.citypack.model import (
    CityPack,
    DistanceTravel,
    MatrixTravel,
    RoadTravel,
    TravelSpec,
)
from dutyroom.citypack.pack_files import ROADS, PackFiles
from dutyroom.citypack.read_agreements import read_agreements
from dutyroom.citypack.read_desks import read_desks
from dutyroom.citypack.read_loop import read_loop
from dutyroom.citypack.read_orgs import read_orgs
from dutyroom.citypack.read_places import (
    read_basemap,
    read_places,
    read_stations,
    read_streets,
    read_units,
    read_zones,
)
from dutyroom.citypack.read_roads import read_roads
from dutyroom.citypack.read_vocabulary import (
    note_categories_without_plan,
    read_clocks,
    read_plans,
    read_prompts,
    read_vocabulary,
)
from dutyroom.citypack.zones import Zone
from dutyroom.core.text import Text
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.json_file import JsonFile
from dutyroom.reading.problems import PackRefused, Problem, ProblemList

TRAVEL_KINDS = ("roads", "matrix", "distance")


def read_pack(folder: Path) -> CityPack:
    """The pack of a folder; raises PackRefused with everything that is wrong with it."""
    if not folder.is_dir():
        problem = Problem(str(folder), None, "there is no such folder", "Name the pack's folder")
        raise PackRefused((problem,))
    problems = ProblemList()
    files = PackFiles(folder, problems)
    city_file = _json(files, "city.json")
    city = _read_city(city_file) if city_file else {}
    kind = city.get("travel", "")
    vocabulary_file = _json(files, "vocabulary.json")
    vocabulary = read_vocabulary(vocabulary_file) if vocabulary_file else None
    orgs = read_orgs(files, city.get("name", ""), city.get("title", Text("", "")))
    zones_file = _json(files, "zones.geojson")
    zones = read_zones(zones_file, orgs) if zones_file else ()
    stations = read_stations(files, orgs)
    units = read_units(files, stations, vocabulary)
    streets = read_streets(files)
    places = read_places(files)
    roads = read_roads(files, streets) if kind == "roads" else None
    if kind and kind != "roads":
        _note_unused_roads(files)
    travel_file = _json(files, "travel.json")
    travel = _read_travel(travel_file, kind, zones) if travel_file and kind else None
    basemap_file = _json(files, "basemap.geojson") if "basemap.geojson" in files else None
    basemap = read_basemap(basemap_file) if basemap_file else None
    plans_file, prompts_file = _json(files, "plans.json"), _json(files, "prompts.json")
    clocks_file = _json(files, "clocks.json")
    if vocabulary is None or vocabulary_file is None:
        problems.raise_if_any()
        raise AssertionError("a missing vocabulary is a problem")
    plans = read_plans(plans_file, vocabulary, units) if plans_file else ()
    if plans_file:
        note_categories_without_plan(plans, vocabulary, vocabulary_file)
    prompts = read_prompts(prompts_file, vocabulary) if prompts_file else {}
    clocks = read_clocks(clocks_file, vocabulary.priorities) if clocks_file else None
    timezone = city.get("timezone", "")
    known_zone = timezone if is_timezone(timezone) else "UTC"
    loop = read_loop(files, vocabulary, known_zone)
    desks = read_desks(files, orgs, loop, vocabulary, known_zone)
    agreements, referral_reasons = read_agreements(files, orgs, vocabulary, known_zone)
    problems.raise_if_any()
    assert travel is not None
    assert clocks is not None
    return CityPack(
        **(city | {"travel": travel}),
        zones=zones,
        orgs=orgs,
        stations=stations,
        units=units,
        vocabulary=vocabulary,
        prompts=prompts,
        plans=plans,
        clocks=clocks,
        loop=loop,
        desks=desks,
        agreements=agreements,
        referral_reasons=referral_reasons,
        streets=streets,
        places=places,
        roads=roads,
        basemap=basemap,
        hash=files.hash(),
        folder=folder,
    )


def _json(files: PackFiles, name: str) -> JsonFile | None:
    text = files.text(name)
    file = None if text is None else JsonFile(name, text, files.problems)
    return file if file is not None and file.value is not None else None


def _read_city(file: JsonFile) -> dict[str, Any]:
    top = Entry(file, (), ("name", "title", "version", "timezone", "centre", "travel"))
    name, timezone, kind = top.string("name"), top.string("timezone"), top.string("travel")
    if name and not (name.isascii() and name.replace("-", "").isalnum() and name == name.lower()):
        top.problem("name", f'"{name}" is not a slug', "Use small letters, digits and -")
    if timezone and not is_timezone(timezone):
        top.problem("timezone", f'unknown time zone "{timezone}"', 'Write one like "Asia/Shanghai"')
    if kind and kind not in TRAVEL_KINDS:
        top.problem("travel", f'unknown travel "{kind}"', f"Write one of {', '.join(TRAVEL_KINDS)}")
        kind = ""
    return {
        "name": name,
        "title": top.text("title"),
        "version": top.string("version"),
        "timezone": timezone,
        "centre": _read_centre(top),
        "travel": kind,
    }


def _read_centre(top: Entry) -> tuple[float, float]:
    value = top.items("centre")
    numbers = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool)]
    if top.has("centre") and (len(value) != 2 or len(numbers) != 2):
        top.problem("centre", "the centre must be [lon, lat]", "Write two numbers")
        return 0.0, 0.0
    if len(numbers) == 2 and not (abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90):
        top.problem("centre", "the centre is out of range", "Write lon, then lat, in degrees")
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else (0.0, 0.0)


def _read_travel(file: JsonFile, kind: str, zones: tuple[Zone, ...]) -> TravelSpec:
    if kind == "roads":
        top = Entry(file, (), ("siren_factor", "hour_factors"), ("source",))
        siren_factor = top.number("siren_factor", 0.1, 2.0, 1.0)
        return RoadTravel(siren_factor, _hour_factors(top), _source(top))
    if kind == "distance":
        keys = ("detour_factor", "speed_kmh", "start_s", "source")
        top = Entry(file, (), keys)
        return DistanceTravel(
            top.number("detour_factor", 1.0, 5.0, 1.0),
            top.number("speed_kmh", 1.0, 500.0, 1.0),
            top.number("start_s", 0.0, 3600.0),
            _source(top),
        )
    return _read_matrix(file, zones)


def _source(top: Entry) -> str:
    return top.string("source") if top.has("source") else ""


def _hour_factors(top: Entry) -> tuple[float, ...]:
    factors = top.items("hour_factors")
    good = [f for f in factors if isinstance(f, int | float) and not isinstance(f, bool)]
    if top.has("hour_factors") and (
        len(factors) != 24 or len(good) != 24 or not all(0.1 <= f <= 10 for f in good)
    ):
        top.problem("hour_factors", "hour_factors must be 24 numbers from 0.1 to 10",
                    "Write one factor for each hour of the day, 00 to 23")  # fmt: skip
        return (1.0,) * 24
    return tuple(float(factor) for factor in good)


def _read_matrix(file: JsonFile, zones: tuple[Zone, ...]) -> MatrixTravel:
    top = Entry(file, (), ("zones", "seconds"), ("source",))
    names = tuple(str(name) for name in top.items("zones"))
    if zones and top.has("zones") and sorted(names) != sorted(zone.id for zone in zones):
        top.problem("zones", "not the zones of zones.geojson", "List every zone id once")
    empty = np.zeros((len(names), len(names)))
    try:
        seconds = np.array(top.items("seconds"), dtype=np.float64)
    except (ValueError, TypeError):
        seconds = np.empty(0)
    if top.has("seconds") and (seconds.shape != empty.shape or not np.isfinite(seconds).all()):
        top.problem(
            "seconds",
            f"seconds must be {len(names)} rows of {len(names)} numbers",
            "Write one row per zone, in the order of zones",
        )
        return MatrixTravel(names, empty, _source(top))
    if (seconds < 0).any():
        row = int(np.flatnonzero((seconds < 0).any(axis=1))[0])
        file.problem(("seconds", row), "a travel time is negative", "Write seconds from 0 on")
    return MatrixTravel(names, seconds, _source(top))


def _note_unused_roads(files: PackFiles) -> None:
    for name in ROADS:
        if name in files:
            files.problems.add(
                name, None, "roads are only for travel by roads",
                'Remove the file, or write "travel": "roads" in city.json',
            )  # fmt: skip

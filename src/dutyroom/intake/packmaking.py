"""A city pack from recorded calls, a list of stations and the outlines of districts.

Such a city has no roads: it travels by distance, fitted to the recorded drives, and its map is its
districts.
"""

import csv
import gzip
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from dutyroom.citypack import read_pack
from dutyroom.citypack.write import area_feature, write_features, write_json, write_table
from dutyroom.intake.contract import Contract, Meaning
from dutyroom.intake.dataset import contract_of, read_rows
from dutyroom.intake.fitting import Fit, distance_m, fit_travel
from dutyroom.intake.judging import CleanRow

FIRST_ASSEMBLY_MS: Final = 60_000
"""Units sent within a minute of the first belong to the first assembly."""
ROLLING_KINDS: Final = ("engine", "ladder")
"""Kinds that start from their station, so that a drive's length is known."""


@dataclass(frozen=True, slots=True)
class _Station:
    id: str
    address: str
    lon: float
    lat: float


def make_pack(dataset: Path, stations_file: Path, outlines_file: Path) -> list[str]:
    """Make ``dataset/pack``, checked; returns what is worth knowing, in plain words.

    Raises `PackRefused` if the result is not a valid pack.
    """
    rows = read_rows(dataset)
    contract = contract_of(dataset)
    notes: list[str] = []
    stations = _stations(stations_file, notes)
    zones = _zones(outlines_file, contract)
    units = _units(rows, contract, stations)
    fit = _fit(rows, units, {one.id: one for one in stations})
    notes.append(
        f"travel: {fit.start_s:.0f} s + straight line x {fit.detour_factor} at "
        f"{fit.speed_kmh:.1f} km/h, fitted to {fit.drives:,} drives"
    )
    half = dataset / "pack.part"
    shutil.rmtree(half, ignore_errors=True)
    _write(half, contract, rows, stations, zones, units, fit)
    read_pack(half)
    shutil.rmtree(dataset / "pack", ignore_errors=True)
    half.rename(dataset / "pack")
    notes.append(f"{len(stations)} stations, {len(zones)} zones, {len(units)} units")
    return notes


def _stations(file: Path, notes: list[str]) -> list[_Station]:
    found, lost = [], []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["lon_fixed"] and row["lat_fixed"]:
                place = float(row["lon_fixed"]), float(row["lat_fixed"])
                found.append(_Station(row["station"], row["address"], *place))
            else:
                lost.append(row["station"])
    if lost:
        notes.append(f"stations {', '.join(lost)} have no position and are left out")
    return found


def _zones(file: Path, contract: Contract) -> list[dict[str, Any]]:
    raw = file.read_bytes()
    data = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    features = []
    for feature in data["features"]:
        name = feature["properties"]["nhood"]
        geometry = feature["geometry"]
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
        properties = {
            "id": re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-"),
            "name_en": name,
            "name_zh": contract.zone_names.get(name, name),
        }
        features.append(area_feature(properties, polygons))
    return sorted(features, key=lambda one: one["properties"]["id"])


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    kind: str
    station: str
    capabilities: tuple[str, ...]


def _units(rows: list[CleanRow], contract: Contract, stations: list[_Station]) -> dict[str, _Unit]:
    """Each unit with the station of the area that it is sent to most often."""
    known = {one.id for one in stations}
    kinds = {meaning.code: meaning for meaning in contract.unit_kinds.values()}
    by_unit: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    units = {}
    for id_, own in sorted(by_unit.items()):
        kind = Counter(row.unit_kind for row in own).most_common(1)[0][0]
        number = re.sub(r"\D", "", id_)
        home = number if kind in ROLLING_KINDS and number in known else ""
        areas = Counter(row.station_area for row in own if row.station_area in known)
        home = home or (areas.most_common(1)[0][0] if areas else _nearest(own, stations))
        als = ("als",) if sum(row.als for row in own) * 2 > len(own) else ()
        units[id_] = _Unit(id_, kind, home, (*kinds[kind].capabilities, *als))
    return units


def _nearest(rows: list[CleanRow], stations: list[_Station]) -> str:
    lon, lat = median(row.lon for row in rows), median(row.lat for row in rows)
    return min(stations, key=lambda one: (distance_m(lon, lat, one.lon, one.lat), one.id)).id


def _fit(rows: list[CleanRow], units: Mapping[str, _Unit], stations: Mapping[str, _Station]) -> Fit:
    metres, seconds = [], []
    for row in rows:
        start, end = row.times["en_route_at"], row.times["on_scene_at"]
        unit = units[row.unit_id]
        if start is None or end is None or unit.kind not in ROLLING_KINDS:
            continue
        home = stations[unit.station]
        if row.station_area == home.id:  # else it may have come from anywhere
            metres.append(distance_m(home.lon, home.lat, row.lon, row.lat))
            seconds.append((end - start) / 1000)
    return fit_travel(np.array(metres), np.array(seconds))


def _plans(rows: list[CleanRow], units: Mapping[str, _Unit]) -> list[dict[str, Any]]:
    """What was usually sent first: the median number of each capability, by type and priority."""
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        calls[row.call_id].append(row)
    sent: dict[tuple[str, int | None], list[Counter[str]]] = defaultdict(list)
    for own in calls.values():
        first = min(_at(row) for row in own)
        assembly = [row for row in own if _at(row) - first <= FIRST_ASSEMBLY_MS]
        kinds = Counter(units[row.unit_id].capabilities[0] for row in assembly)
        for key in ((own[0].category, own[0].priority), (own[0].category, None)):
            sent[key].append(kinds)
    plans = []
    for (category, priority), counts in sorted(
        sent.items(), key=lambda one: (one[0][0], one[0][1] or 0)
    ):
        needs = _usual(counts)
        plan: dict[str, Any] = {"category": category, "needs": needs}
        plans.append(plan if priority is None else plan | {"priority": priority})
    return plans


def _at(row: CleanRow) -> int:
    at = row.times["dispatched_at"]
    assert at is not None
    return at


def _usual(counts: list[Counter[str]]) -> list[dict[str, Any]]:
    capabilities = sorted({capability for one in counts for capability in one})
    medians = {c: int(median(one[c] for one in counts)) for c in capabilities}
    needs = [{"capability": c, "count": n} for c, n in medians.items() if n > 0]
    if needs:
        return needs
    likeliest = Counter(c for one in counts for c in one).most_common(1)[0][0]
    return [{"capability": likeliest, "count": 1}]


def _write(
    folder: Path,
    contract: Contract,
    rows: list[CleanRow],
    stations: list[_Station],
    zones: list[dict[str, Any]],
    units: Mapping[str, _Unit],
    fit: Fit,
) -> None:
    lon, lat = median(row.lon for row in rows), median(row.lat for row in rows)
    city = {
        "name": contract.name,
        "title": {"en": contract.city.en, "zh": contract.city.zh},
        "version": str(contract.version),
        "timezone": contract.zone.key,
        "centre": [round(lon, 5), round(lat, 5)],
        "travel": "distance",
    }
    write_json(folder / "city.json", city)
    write_features(folder / "zones.geojson", zones)
    named = [
        (f"S{one.id}", f"Station {one.id}", f"{one.id}号消防站", one.lon, one.lat)
        for one in stations
    ]
    write_table(folder / "stations.csv", ["id", "name_en", "name_zh", "lon", "lat"], named)
    write_table(
        folder / "units.csv",
        ["id", "kind", "station", "capabilities", "crew"],
        [
            (u.id, u.kind, f"S{u.station}", " ".join(u.capabilities), _CREW.get(u.kind, 2))
            for u in units.values()
        ],
    )
    write_table(folder / "streets.csv", ["id", "name_en", "name_zh"], [])
    write_table(
        folder / "places.csv",
        ["id", "name_en", "name_zh", "kind", "lon", "lat"],
        [
            (
                f"P{one.id}",
                f"Station {one.id}, {one.address}",
                f"{one.id}号消防站 {one.address}",
                "station",
                one.lon,
                one.lat,
            )
            for one in stations
        ],
    )
    in_use = {row.category for row in rows}
    write_json(folder / "vocabulary.json", _vocabulary(contract, units, in_use))
    write_json(folder / "prompts.json", {})
    write_json(folder / "plans.json", _plans(rows, units))
    write_json(folder / "clocks.json", _CLOCKS)
    write_json(
        folder / "travel.json",
        {
            "detour_factor": fit.detour_factor,
            "speed_kmh": fit.speed_kmh,
            "start_s": fit.start_s,
            "source": (
                "Line through the medians of 20 equally filled bins of distance, over "
                f"{fit.drives} recorded drives of engines and ladders from their own station "
                "(setting out to on scene). Detour factor after Boscoe, Henry and Zdeb (2012)."
            ),
        },
    )


_CREW: Final = {"engine": 4, "ladder": 5, "squad": 4}
_CLOCKS: Final = {
    "answer_s": 15,
    "call_back_s": 60,
    "dispatch_s": {"1": 60, "2": 90, "3": 180},
    "en_route_s": 120,
    "on_scene_s": {"1": 300, "2": 480, "3": 900},
    "silence_s": {"en_route": 900, "on_scene": 3600},
    "amber_share": 0.75,
    "stale_position_s": 300,
}
_REASONS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "clear_reasons": (("done", "Work done", "处置完毕"), ("not-needed", "Not needed", "无需处置")),
    "cancel_reasons": (
        ("cancelled", "Cancelled on the way", "途中取消"),
        ("nearer-unit", "A nearer unit goes", "改派更近单元"),
    ),
    "unavailable_reasons": (
        ("service", "Vehicle in service", "车辆保养"),
        ("break", "Break", "休息"),
        ("training", "Training", "训练"),
    ),
    "override_reasons": (
        ("local", "Local knowledge", "熟悉情况"),
        ("crew", "Crew needs rest", "班组需休息"),
        ("recorded", "As recorded", "按记录"),
    ),
    "no_incident_reasons": (
        ("nothing", "Nothing happened", "无警情"),
        ("wrong-number", "Wrong number", "打错电话"),
        ("information", "Information only", "仅咨询"),
    ),
    "reopen_reasons": (
        ("more-work", "More work", "仍需处置"),
        ("mistake", "Closed by mistake", "误结"),
    ),
}


def _vocabulary(
    contract: Contract, units: Mapping[str, _Unit], categories: set[str]
) -> dict[str, Any]:
    in_use = sorted({capability for unit in units.values() for capability in unit.capabilities})
    words: dict[str, Any] = {
        "categories": [
            {**_code(one), "priority": one.priority, "words": list(one.words)}
            for one in contract.categories.values()
            if one.code in categories
        ],
        "priorities": [
            {"level": level, "en": one.en, "zh": one.zh}
            for level, one in enumerate(contract.priority_levels, start=1)
        ],
        "capabilities": [
            {
                "code": c,
                "en": contract.capability_names[c].en,
                "zh": contract.capability_names[c].zh,
            }
            for c in in_use
        ],
        "kinds": [{**_code(one), "symbol": one.symbol} for one in contract.unit_kinds.values()],
        "dispositions": _unique(contract.dispositions.values()),
    }
    for name, entries in _REASONS.items():
        words[name] = [{"code": code, "en": en, "zh": zh} for code, en, zh in entries]
    return words


def _unique(meanings: Iterable[Meaning]) -> list[dict[str, str]]:
    return list({one.code: _code(one) for one in meanings}.values())


def _code(one: Meaning) -> dict[str, str]:
    return {"code": one.code, "en": one.text.en, "zh": one.text.zh}

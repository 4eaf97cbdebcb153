"""Units, plans and travel of a city pack, as the recorded calls show them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import numpy as np

from dutyroom.intake.contract import Contract
from dutyroom.intake.fitting import Fit, distance_m, fit_travel
from dutyroom.intake.judging import CleanRow
from dutyroom.intake.pack_sources import StationAt

FIRST_ASSEMBLY_MS: Final = 60_000
"""Units sent within a minute of the first belong to the first assembly."""
ROLLING_KINDS: Final = ("engine", "ladder")
"""Kinds that start from their station, so that a drive's length is known."""


@dataclass(frozen=True, slots=True)
class RecordedUnit:
    """A unit that the records know; ``station`` is the number of its station."""

    id: str
    kind: str
    station: str
    capabilities: tuple[str, ...]


def recorded_units(
    rows: list[CleanRow], contract: Contract, stations: list[StationAt]
) -> dict[str, RecordedUnit]:
    """The units by id.

    Engines and ladders live at the station of their number, if it has a position; other units, and
    those, at the station whose area they are sent to most often. A unit can do advanced life
    support when more than half of its responses say so.
    """
    known = {one.id for one in stations}
    kinds = {meaning.code: meaning for meaning in contract.unit_kinds.values()}
    by_unit: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row)
    units = {}
    for id_, own in sorted(by_unit.items()):
        kind = Counter(row.unit_kind for row in own).most_common(1)[0][0]
        number = re.sub(r"\D", "", id_).lstrip("0")
        home = number if kind in ROLLING_KINDS and number in known else ""
        areas = Counter(row.station_area for row in own if row.station_area in known)
        home = home or (areas.most_common(1)[0][0] if areas else _nearest(own, stations))
        als = ("als",) if sum(row.als for row in own) * 2 > len(own) else ()
        units[id_] = RecordedUnit(id_, kind, home, (*kinds[kind].capabilities, *als))
    return units


def _nearest(rows: list[CleanRow], stations: list[StationAt]) -> str:
    lon, lat = median(row.lon for row in rows), median(row.lat for row in rows)
    return min(stations, key=lambda one: (distance_m(lon, lat, one.lon, one.lat), one.id)).id


def fitted_travel(
    rows: list[CleanRow], units: Mapping[str, RecordedUnit], stations: list[StationAt]
) -> Fit:
    """Travel by distance, fitted to the responses of engines and ladders from their own station.

    From being sent to being on scene, so that turning out is in it. Only responses in the station's
    own area count: else a unit may have come from anywhere; where the source doesn't tell areas,
    the nearest station's. Raises ``ValueError`` when there are too few of them.
    """
    at = {one.id: one for one in stations}
    told = any(row.station_area for row in rows)
    metres, seconds = [], []
    for row in rows:
        arrived, unit = row.times["on_scene_at"], units[row.unit_id]
        if arrived is None or unit.kind not in ROLLING_KINDS:
            continue
        home = at[unit.station]
        if (row.station_area if told else _nearest([row], stations)) == home.id:
            metres.append(distance_m(home.lon, home.lat, row.lon, row.lat))
            seconds.append((arrived - row.at("dispatched_at")) / 1000)
    return fit_travel(np.array(metres), np.array(seconds))


def usual_plans(rows: list[CleanRow], units: Mapping[str, RecordedUnit]) -> list[dict[str, Any]]:
    """What was usually sent first: the median number of each capability, by type and priority."""
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        calls[row.call_id].append(row)
    sent: dict[tuple[str, int | None], list[Counter[str]]] = defaultdict(list)
    for own in calls.values():
        first = min(row.at("dispatched_at") for row in own)
        assembly = [row for row in own if row.at("dispatched_at") - first <= FIRST_ASSEMBLY_MS]
        kinds = Counter(units[row.unit_id].capabilities[0] for row in assembly)
        for key in ((own[0].category, own[0].priority), (own[0].category, None)):
            sent[key].append(kinds)
    plans = []
    for category, priority in sorted(sent, key=lambda one: (one[0], one[1] or 0)):
        plan: dict[str, Any] = {"category": category, "needs": _usual(sent[category, priority])}
        plans.append(plan if priority is None else plan | {"priority": priority})
    return plans


def _usual(counts: list[Counter[str]]) -> list[dict[str, Any]]:
    """Medians, and where each of them is below one, the single likeliest capability."""
    capabilities = sorted({capability for one in counts for capability in one})
    medians = {c: int(median(one[c] for one in counts)) for c in capabilities}
    needs = [{"capability": c, "count": n} for c, n in medians.items() if n > 0]
    if needs:
        return needs
    likeliest = sum(counts, Counter[str]())
    return [{"capability": max(capabilities, key=lambda c: (likeliest[c], c)), "count": 1}]

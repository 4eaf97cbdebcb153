"""Units, plans and travel of a city pack, as the recorded calls show them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

import numpy as np

from dutyroom.citypack import CityPack
from dutyroom.importing.contract import Contract
from dutyroom.importing.judging import CleanRow
from dutyroom.packmaking.fitting import Fit, distance_m, fit_travel
from dutyroom.packmaking.pack_sources import StationAt

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
    those, at the station whose area they are sent to most often (of several, the first in
    ``rows``). A unit can do advanced life support when more than half of its responses say so.
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


@dataclass(frozen=True, slots=True)
class Homes:
    """Where homes and kinds of the units of a rehearsal come from, in numbers of units.

    ``fitted``: from the calls that it was fitted on. ``only_tested``: from the pack, made from
    the tested calls, as no others know the unit. ``declared``: from the pack, where somebody wrote
    them, or which wasn't made from these calls.
    """

    fitted: int
    only_tested: int
    declared: int

    @property
    def about(self) -> str:
        """The same in a sentence or two."""
        if not self.fitted and not self.only_tested:
            return f"Units: homes and kinds of all {self.declared:,} are as the city pack says."
        text = (
            f"Units: homes and kinds of {self.fitted:,} are what the calls say that were fitted "
            f"on; {self.only_tested:,} came in the tested part only, so theirs are the pack's, "
            "which was made from both parts."
        )
        if self.declared:
            text += f" Changed in the pack, and so as it says: {self.declared:,}."
        return text


def units_known_from(
    pack: CityPack, contract: Contract, fitted: list[CleanRow], every: list[CleanRow]
) -> tuple[CityPack, Homes]:
    """A dataset's pack with the units' homes and kinds that ``fitted`` rows say.

    The pack was made from ``every`` row, in this order, those of the tested part too. Where it says
    something else than these do, somebody knew better: that stays.
    """
    ids = {station.id.removeprefix("S"): station.id for station in pack.stations}
    stations = [StationAt(s.id.removeprefix("S"), "", s.lon, s.lat) for s in pack.stations]
    before = recorded_units(fitted, contract, stations)
    whole = recorded_units(every, contract, stations)
    units, only_tested, declared = [], 0, 0
    for unit in pack.units:
        made = whole.get(unit.id)
        if made is None or (made.kind, ids[made.station]) != (unit.kind, unit.station):
            declared += 1
        elif unit.id not in before:
            only_tested += 1
        else:
            known = before[unit.id]
            home = pack.station(ids[known.station])
            unit = replace(unit, kind=known.kind, station=home.id, lon=home.lon, lat=home.lat)
        units.append(unit)
    homes = Homes(len(units) - only_tested - declared, only_tested, declared)
    return replace(pack, units=tuple(units)), homes


def fitted_travel(
    rows: list[CleanRow], units: Mapping[str, RecordedUnit], stations: list[StationAt]
) -> Fit:
    """Travel by distance, fitted to the responses of engines and ladders from their own station.

    From being sent to being on scene, so that turning out is in it. Only responses in the station's
    own area count: else a unit may have come from anywhere; where the source doesn't name areas,
    the nearest station's. Raises ``ValueError`` when there are too few of them.
    """
    at = {one.id: one for one in stations}
    named = any(row.station_area for row in rows)
    metres, seconds = [], []
    for row in rows:
        arrived, unit = row.times["on_scene_at"], units[row.unit_id]
        if arrived is None or unit.kind not in ROLLING_KINDS:
            continue
        home = at[unit.station]
        if (row.station_area if named else _nearest([row], stations)) == home.id:
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

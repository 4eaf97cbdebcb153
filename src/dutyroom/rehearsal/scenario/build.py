"""From a scenario to the frozen arrays of a run."""

from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.ids import by_id
from dutyroom.rehearsal.scenario.demand import draw_calls
from dutyroom.rehearsal.scenario.model import (
    DAY_S,
    HOUR_S,
    WEEK_S,
    Compliance,
    Geography,
    GivenCalls,
    Scenario,
    ScenarioUnit,
)
from dutyroom.rehearsal.simulation.city import City, as_seconds, make_city
from dutyroom.rehearsal.simulation.coverage import Reach
from dutyroom.rehearsal.simulation.records import (
    CALL,
    CHANGE,
    COMPLIANCE,
    DMEXCLP,
    END_SHIFT,
    PLACE,
    START_BREAK,
    START_SHIFT,
    Records,
)
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs


class Builder:
    """Prepares what all replications share once; ``inputs`` makes one of them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.units = tuple(sorted(scenario.units, key=lambda unit: by_id(unit.id)))
        self.bases = _bases(scenario)
        self._city = _city(
            scenario.geography,
            self.bases,
            tuple(point for _, point in scenario.facilities),
            scenario.rules.way,
            scenario.first_hour,
        )
        stations = sorted({unit.station for unit in self.units})
        self._answers = _answers(scenario, stations)
        self._fleet = _fleet(scenario, self.units, self.bases, stations)
        self._changes = shift_changes(self.units, scenario)

    @cached_property
    def reach(self) -> Reach:
        """Which points a unit covers from where it waits."""
        return Reach(self._city, self.scenario.cover_s)

    def calls(self, replication: int = 0) -> GivenCalls:
        """The calls of a replication: those of the file, or drawn."""
        scenario = self.scenario
        return scenario.given or draw_calls(scenario, replication)

    def inputs(self, calls: GivenCalls) -> Inputs:
        """The frozen inputs of a run with these calls."""
        scenario = self.scenario
        rules = _rules(scenario, self.bases, self._city, calls)
        if rules.own_district_s:
            rules = replace(rules, answers=self._answers)
        records, places = call_records(calls)
        return Inputs(self._city, rules, self._fleet, records, places, self._changes)


def call_records(calls: GivenCalls) -> tuple[Records, Records]:
    """Calls and places as the kernels read them."""
    records = np.zeros(len(calls.at_s), CALL)
    counts = np.diff(calls.first)
    records["ready_s"], records["point"] = calls.at_s, calls.point
    records["first"], records["count"] = calls.first[:-1], counts
    records["priority"] = records["level"] = calls.priority
    records["background"] = calls.officer_initiated
    places = np.zeros(int(calls.first[-1]), PLACE)
    places["need"] = np.left_shift(np.uint64(1), calls.need.astype(np.uint64))
    for name in ("turnout_s", "on_scene_s", "handover_s", "facility", "stretch"):
        places[name] = getattr(calls, name)
    places["call"] = np.repeat(np.arange(len(records)), counts)
    return records, places


def shift_changes(units: tuple[ScenarioUnit, ...], scenario: Scenario) -> Records:
    """When units come on and go off duty and when their breaks are due, within the scenario.

    At one moment a unit comes on before it goes off, so that shifts which meet are one.
    """
    rows: list[tuple[float, int, int, float]] = []
    origin_s = scenario.first_hour * HOUR_S
    end_s = scenario.hours * HOUR_S
    for index, unit in enumerate(units):
        if not unit.shifts:
            rows.append((0.0, index, START_SHIFT, 0.0))
            continue
        spans = []
        for shift in unit.shifts:
            for week in range(-1, int((end_s + origin_s) // WEEK_S) + 1):
                start_s = shift.start_s + week * WEEK_S - origin_s
                spans.append((start_s, start_s + shift.end_s - shift.start_s, shift.breaks))
        for start_s, until_s in _joined([(a, b) for a, b, _ in spans]):
            if until_s > 0 and start_s < end_s + DAY_S:  # a day more: calls may still wait
                rows.append((max(start_s, 0.0), index, START_SHIFT, 0.0))
                rows.append((until_s, index, END_SHIFT, 0.0))
        for start_s, _, breaks in spans:
            for after_s, length_s in breaks:
                if 0 <= start_s + after_s < end_s:
                    rows.append((start_s + after_s, index, START_BREAK, length_s))
    rows.sort(key=lambda row: (row[0], row[1]))
    changes = np.zeros(len(rows), CHANGE)
    for at, (at_s, index, kind, break_s) in enumerate(rows):
        changes[at]["at_s"], changes[at]["unit"] = at_s, index
        changes[at]["kind"], changes[at]["break_s"] = kind, break_s
    return changes


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Shifts that follow each other without a gap, as one."""
    joined: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans):
        if joined and start_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end_s))
        else:
            joined.append((start_s, end_s))
    return joined


def _bases(scenario: Scenario) -> tuple[int, ...]:
    """The points where units wait, ascending."""
    tables = scenario.compliance if scenario.rules.after == COMPLIANCE else ()
    posts = {point for table in tables for row in table.rows for point in row}
    return tuple(sorted({unit.base for unit in scenario.units} | set(scenario.posts) | posts))


@lru_cache(maxsize=4)
def _city(
    geography: Geography,
    bases: tuple[int, ...],
    facilities: tuple[int, ...],
    way: int,
    first_hour: int,
) -> City:
    """The same geography and places give the same object."""
    hour_factor = geography.hour_factor
    if len(hour_factor) > 1:
        week = np.resize(hour_factor, 168)
        hour_factor = np.roll(week, -first_hour)
    return make_city(
        geography.travel,
        np.array(bases, np.int32),
        np.array(facilities, np.int32),
        way=way,
        x_m=geography.x_m,
        y_m=geography.y_m,
        hour_factor=np.ascontiguousarray(hour_factor),
        unit_s=geography.unit_s,
        next_point=geography.next_point,
    )


def _answers(scenario: Scenario, stations: list[str]) -> NDArray[np.bool_]:
    """[point, station]: does the station answer for the point? Stations that answer for no area
    (of other agencies, say) aren't held back anywhere."""
    districts = scenario.districts
    somewhere = frozenset().union(*districts.values())
    answers = np.ones((len(scenario.geography.ids), len(stations)), np.bool_)
    for column, station in enumerate(stations):
        if station in somewhere:
            answers[:, column] = [
                zone not in districts or station in districts[zone]
                for zone in scenario.geography.zone
            ]
    return answers


def _fleet(
    scenario: Scenario,
    units: tuple[ScenarioUnit, ...],
    bases: tuple[int, ...],
    stations: list[str],
) -> Fleet:
    bit = {capability: 1 << at for at, capability in enumerate(scenario.capabilities)}
    can = [sum(bit[capability] for capability in unit.capabilities) for unit in units]
    home = [bases.index(unit.base) for unit in units]
    ids = tuple(unit.id for unit in units)
    station = [stations.index(unit.station) for unit in units]
    team = [team_of(unit, scenario.compliance) for unit in units]
    return Fleet(
        ids,
        np.array(can, np.uint64),
        np.array(home, np.int32),
        np.array(station, np.int32),
        np.array(team if scenario.rules.after == COMPLIANCE else [0] * len(units), np.int32),
    )


def team_of(unit: ScenarioUnit, tables: tuple[Compliance, ...]) -> int:
    """The compliance table that counts a unit; as many as there are if none does."""
    return next((at for at, table in enumerate(tables) if table.counts(unit)), len(tables))


def _rules(scenario: Scenario, bases: tuple[int, ...], city: City, calls: GivenCalls) -> Rules:
    """The scenario's rules, with the tables that follow from its bases and its calls."""
    rules = scenario.rules
    if rules.after == COMPLIANCE:
        rows = [row for table in scenario.compliance for row in table.rows]
        flat = [bases.index(point) for row in rows for point in row]
        return replace(
            rules,
            team_first=_firsts([len(table.rows) for table in scenario.compliance]),
            table_first=_firsts([len(row) for row in rows]),
            table=np.array(flat or [0], np.int32),
        )
    if rules.after == DMEXCLP:
        reach = as_seconds(city.travel[np.array(bases)], city.unit_s) <= scenario.cover_s
        points = [np.flatnonzero(row) for row in reach]
        return replace(
            rules,
            cover_first=_firsts([len(row) for row in points]),
            cover_points=np.concatenate(points).astype(np.int32),
            demand=_demand(calls, len(scenario.capabilities), city.points),
        )
    return rules


def _firsts(lengths: list[int]) -> NDArray[np.int32]:
    """Where each of so many parts begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)


def _demand(calls: GivenCalls, capabilities: int, points: int) -> NDArray[np.float64]:
    """[capability, point]: the citizens' calls that need it, as a share of all of them."""
    call = np.repeat(np.arange(len(calls.at_s)), np.diff(calls.first))
    call, need = np.divmod(np.unique(call * capabilities + calls.need), capabilities)
    citizens = ~calls.officer_initiated[call]
    call, need = call[citizens], need[citizens]
    found = np.zeros((capabilities, points))
    np.add.at(found, (need, calls.point[call]), 1.0)
    return found / max(int((~calls.officer_initiated).sum()), 1)


def call_weight(calls: GivenCalls, points: int) -> NDArray[np.float64]:
    """The share of the citizens' calls at each point; officers' own work is no demand."""
    citizens = calls.point[~calls.officer_initiated]
    weight = np.bincount(citizens, minlength=points).astype(np.float64)
    return weight / max(weight.sum(), 1.0)

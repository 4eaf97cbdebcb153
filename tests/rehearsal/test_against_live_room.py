"""One engine: the live room, through its real actions, and a rehearsal send the same units at the
same times.

The live room is driven call by call with a simulated clock: incidents are opened, its
recommendation is dispatched, units report where they are, arrive and clear. Only the field is
played here; who goes is the room's own decision.
"""

import heapq
import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    Dispatch,
    OpenIncident,
    StartEnRoute,
    UnitToSend,
)
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import GivenCalls, Scenario
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.simulation.records import NO_FACILITY
from dutyroom.rehearsal.simulation.run import simulate
from tests.harness.examples import examples
from tests.harness.rooms import DISPATCHER, TAKER, TestRoom

pytestmark = [pytest.mark.db, pytest.mark.property, pytest.mark.deep_on_postgresql]

MONDAY_MS = int(datetime(2026, 6, 1, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)
assert datetime.fromtimestamp(MONDAY_MS / 1000, UTC).weekday() == 6  # Monday there


WEEK_MS = 7 * 24 * 3600 * 1000
weeks = itertools.count()
"""Each example plays a week later: a room takes no position that is older than the last one."""


@dataclass
class FieldUnit:
    """Where a unit is: standing at a point, or on its way home."""

    home: int
    point: int
    left_s: float = 0.0
    arrive_s: float = 0.0
    busy: bool = False

    def at(self, scenario: Scenario, now_s: float) -> int:
        """The point of its way home that is nearest in time."""
        if now_s >= self.arrive_s or self.point == self.home:
            return self.home
        if now_s <= self.left_s:
            return self.point
        travel, following = scenario.geography.travel, scenario.geography.next_point
        assert following is not None
        share = (now_s - self.left_s) / (self.arrive_s - self.left_s)
        to_go = (1.0 - share) * travel[self.point, self.home]
        here = self.point
        while here != self.home:
            there = following[self.home, here]
            ahead = to_go - travel[there, self.home]
            if ahead >= 0.0:
                return int(here if travel[here, self.home] - to_go <= ahead else there)
            here = int(there)
        return self.home


class LiveRun:
    """Plays calls into the live room; ``sent`` has (call, unit, moment, arrival)."""

    def __init__(self, room: TestRoom, scenario: Scenario, calls: GivenCalls) -> None:
        self.room, self.scenario, self.calls = room, scenario, calls
        self.units = {u.id: FieldUnit(u.base, u.base) for u in scenario.units}
        self.order = {u.id: n for n, u in enumerate(Builder(scenario).units)}
        self.incident: dict[int, Any] = {}
        self.waiting: list[tuple[int, int]] = []
        self.ahead: list[tuple[float, int, str, int, Any]] = []
        self.sent: list[tuple[int, str, float, float]] = []
        self.start_ms = MONDAY_MS + next(weeks) * WEEK_MS

    def run(self) -> None:
        arrivals = [(float(at), n) for n, at in enumerate(self.calls.at_s)]
        while arrivals or self.ahead:
            if self.ahead and (not arrivals or self.ahead[0][0] <= arrivals[0][0]):
                now_s, _, unit, call, assignment = heapq.heappop(self.ahead)
                self.clear(now_s, unit, call, assignment)
            else:
                now_s, call = arrivals.pop(0)
                self.open(now_s, call)

    def open(self, now_s: float, call: int) -> None:
        geography = self.scenario.geography
        point = self.calls.point[call]
        where = Place(float(geography.lon[point]), float(geography.lat[point]), "here", "point")
        incident = self.incident[call] = self.room.id()
        priority = int(self.calls.priority[call])
        command = OpenIncident(incident, self.calls.category[call], priority, where)
        self.room.done(TAKER, command)
        if self.dispatch(now_s, call):
            self.waiting.append((priority, call))
            self.waiting.sort()

    def dispatch(self, now_s: float, call: int) -> bool:
        """Do what the room recommends; is a unit still missing?"""
        now_ms = self.start_ms + round(now_s * 1000)
        self.report(now_s, now_ms)
        advice = self.room.room.advisor.recommend(str(self.incident[call]), now_ms)
        arrival = {one.unit: one.arrival_s for one in advice.candidates}
        if advice.chosen:
            units = tuple(UnitToSend(self.room.id(), unit) for unit in advice.chosen)
            self.room.done(DISPATCHER, Dispatch(self.incident[call], units))
            for one in units:
                self.depart(now_s, one.unit, call, one.assignment, arrival[one.unit])
        return any(need.shortfall for need in advice.needs)

    def report(self, now_s: float, now_ms: int) -> None:
        geography = self.scenario.geography
        fixes = []
        for unit, field in self.units.items():
            if not field.busy:
                point = field.at(self.scenario, now_s)
                fixes.append(
                    (unit, float(geography.lon[point]), float(geography.lat[point]), now_ms)
                )
        self.room.room.advisor.move(fixes)

    def depart(self, now_s: float, unit: str, call: int, assignment: Any, arrival_s: Any) -> None:
        field = self.units[unit]
        geography = self.scenario.geography
        factor = geography.hour_factor[int(now_s / 3600.0) % 24]
        there = self.calls.point[call]
        trip_s = float(factor * geography.travel[field.at(self.scenario, now_s), there])
        assert abs(arrival_s - trip_s) <= 0.0005 + 1e-9  # the room has it in milliseconds
        field.busy = True
        self.sent.append((call, unit, now_s, now_s + trip_s))
        place = self.calls.first[call]
        done_s = now_s + trip_s + float(self.calls.on_scene_s[place])
        heapq.heappush(self.ahead, (done_s, self.order[unit], unit, call, assignment))

    def clear(self, now_s: float, unit: str, call: int, assignment: Any) -> None:
        incident = self.incident[call]
        self.room.done(DISPATCHER, StartEnRoute(incident, assignment))
        self.room.done(DISPATCHER, ArriveOnScene(incident, assignment))
        self.room.done(DISPATCHER, ClearAssignment(incident, assignment, "done"))
        field = self.units[unit]
        geography = self.scenario.geography
        field.busy, field.point = False, int(self.calls.point[call])
        factor = geography.hour_factor[int(now_s / 3600.0) % 24]
        field.left_s = now_s
        field.arrive_s = now_s + factor * geography.travel[field.point, field.home]
        for entry in list(self.waiting):
            if not self.dispatch(now_s, entry[1]):
                self.waiting.remove(entry)
            if field.busy:
                return


@st.composite
def streams(draw: st.DrawFn) -> list[tuple[float, float, int, int]]:
    """Calls: minutes since the last one, minutes on scene, a category's number, a point's."""
    one = st.tuples(
        st.integers(0, 12_000).map(lambda ms: ms * 0.05),
        st.integers(60, 40 * 60).map(float),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
    )
    return draw(st.lists(one, min_size=2, max_size=18))


class SmallCity:
    """Hides its contents, so that a failing example can be read."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario


@pytest.fixture(scope="module")
def small_city(city: Path) -> SmallCity:
    return SmallCity(read_scenario(city))


def given_calls(scenario: Scenario, stream: list[tuple[float, float, int, int]]) -> GivenCalls:
    """The stream in the city; every unit of a call works as long."""
    kinds = [scenario.kinds[number % len(scenario.kinds)] for _, _, number, _ in stream]
    needs = [
        [scenario.capabilities.index(n.capability) for n in k.needs for _ in range(n.count)]
        for k in kinds
    ]
    counts = [len(one) for one in needs]
    places = sum(counts)
    points = len(scenario.geography.ids)
    return GivenCalls(
        ids=(),
        at_s=np.round(np.cumsum([gap for gap, _, _, _ in stream]) + 6 * 3600, 3),
        point=np.array([p % points for _, _, _, p in stream], np.int32),
        priority=np.array([k.priority for k in kinds], np.int8),
        category=tuple(k.category for k in kinds),
        officer_initiated=np.zeros(len(stream), np.bool_),
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        need=np.array([n for one in needs for n in one], np.int32),
        turnout_s=np.zeros(places),
        on_scene_s=np.repeat([s for _, s, _, _ in stream], counts).astype(np.float64),
        handover_s=np.zeros(places),
        facility=np.full(places, NO_FACILITY, np.int32),
        stretch=np.ones(places),
    )


@given(stream=streams())
@settings(
    max_examples=examples(20, at_night=600),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking replays the room for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_live_room_and_a_rehearsal_send_the_same_units_at_the_same_times(
    room: TestRoom, small_city: SmallCity, stream: list[tuple[float, float, int, int]]
) -> None:
    scenario = small_city.scenario
    calls = given_calls(scenario, stream)
    builder = Builder(replace(scenario, given=calls))
    outcomes = simulate(builder.inputs(calls)).outcomes
    call_of = np.repeat(np.arange(len(stream)), np.diff(calls.first))
    rehearsed = sorted(
        (int(call), builder.units[o["unit"]].id, float(o["sent_s"]), float(o["arrive_s"]))
        for call, o in zip(call_of, outcomes, strict=True)
    )
    on_board = {unit["id"]: unit["status"] for unit in _units(room)}
    for unit in room.pack.units:
        if on_board[unit.id] == "off_duty":
            room.done(DISPATCHER, SignOn(unit.id, (f"{unit.id}-1",)))
    live = LiveRun(room, scenario, calls)
    live.run()
    lived = sorted(live.sent)
    note(f"live {lived}")
    note(f"rehearsed {rehearsed}")
    assert [(call, unit) for call, unit, _, _ in lived] == [(c, u) for c, u, _, _ in rehearsed]
    times = np.array([row[2:] for row in lived]), np.array([row[2:] for row in rehearsed])
    assert np.abs(times[0] - times[1]).max() < 1e-6


def _units(room: TestRoom) -> list[dict[str, Any]]:
    import json

    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board

    return [json.loads(row) for row in board.snapshot(now_ms()).rows["units"]]

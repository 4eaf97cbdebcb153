"""The least share of late calls is never more than what any rules bring about."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from dutyroom.domain.values import Need
from dutyroom.rehearsal.comparing.clairvoyant import bound, least_late
from dutyroom.rehearsal.comparing.replicate import rehearse, run_figures
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Duration, Scenario, ScenarioUnit, Shift
from dutyroom.rehearsal.simulation.records import (
    COMPLIANCE,
    DMEXCLP,
    FIRST_COME,
    GO_HOME,
    JUMP,
    NEAREST,
    NEAREST_FACILITY,
    ROAD,
    STAY,
    STRAIGHT,
)
from dutyroom.rehearsal.simulation.rules import Rules
from tests.harness.examples import examples
from tests.rehearsal.cases import MINUTE, given, kind, line, scenario, tables, unit

HOUR = 3600.0


def next_on_the_line() -> np.ndarray:
    at, to = np.meshgrid(np.arange(10), np.arange(10))
    return (at + np.sign(to - at)).astype(np.uint16)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Calls with targets on a line, under any rules."""
    breaks = ((HOUR, 1800.0),) if draw(st.booleans()) else ()
    shift = Shift(0.0, draw(st.floats(2, 20)) * HOUR, breaks)
    units: list[ScenarioUnit] = []
    for number in range(draw(st.integers(1, 4))):
        can = ("any",) if number % 2 else ("any", "ladder")
        shifts = (shift,) if number and draw(st.booleans()) else ()
        units.append(unit(f"U{number}", draw(st.integers(0, 9)), *can, shifts=shifts))
    apart = draw(st.booleans())  # a unit that has nothing to do with the others
    if apart:
        units.append(unit("X", draw(st.integers(0, 9)), "tow"))
    way = draw(st.sampled_from([JUMP, STRAIGHT, ROAD]))
    urgent = draw(st.booleans()) and way != JUMP
    relief = draw(st.booleans()) and way != JUMP
    hour_factor = np.array([1.0, 1.5, 0.5, 1.0] * 6) if draw(st.booleans()) else np.ones(1)
    rules = Rules(
        way=way,
        after=draw(st.sampled_from([GO_HOME, STAY, DMEXCLP, COMPLIANCE])),
        discipline=draw(st.sampled_from([FIRST_COME, NEAREST])),
        preempt_by=1 if urgent else 0,
        preempt_of=2 if urgent else 10,
        reassign_gain_s=60.0 if relief else np.inf,
        turnout_on_road=draw(st.sampled_from([0.0, 0.5])),
        home_factor=draw(st.sampled_from([0.2, 1.0, 2.0])),
        transport_factor=draw(st.sampled_from([0.5, 1.5])),
        level_factor=np.where(np.arange(10) == draw(st.integers(1, 9)), 0.6, 1.2),
    )
    cv = draw(st.sampled_from([0.0, 1.0]))
    on_the_way = {
        "turnout": Duration(60.0, cv),
        "travel_cv": draw(st.sampled_from([0.0, 1.5])),
        "transport_share": draw(st.sampled_from([0.0, 0.5])),
        "handover": Duration(300.0, cv),
    }
    two = (Need("any", 1), Need("ladder", 1))
    scene_s = draw(st.sampled_from([60.0, 900.0, 3600.0]))
    per_h = st.floats(0.2, 6)
    kinds = [kind(draw(per_h), Duration(scene_s, cv), **on_the_way)]
    more: list[dict[str, Any]] = [
        {"priority": 3, "needs": two, **on_the_way},
        {"priority": 2, "category": "no target"},
        {"priority": 4, "officer_initiated": True},
    ]
    kinds += [kind(draw(per_h), Duration(scene_s, cv), **m) for m in more if draw(st.booleans())]
    if apart:
        kinds.append(kind(draw(per_h), Duration(scene_s, cv), needs=(Need("tow", 1),)))
    hours = draw(st.floats(2, 30))
    return scenario(
        units,
        geography=replace(line(), hour_factor=hour_factor, next_point=next_on_the_line()),
        rules=rules,
        kinds=tuple(kinds),
        posts=(2, 7),
        facilities=(("H1", 1), ("H2", 8)),
        compliance=tables((), (2,), (2, 7)),
        targets_s={1: draw(st.sampled_from([30.0, 150.0, 400.0])), 3: 600.0, 4: 600.0},
        seed=draw(st.integers(0, 1000)),
        hours=hours,
        warm_up_h=draw(st.sampled_from([0.0, hours / 3])),
    )


@pytest.mark.property
@given_any(scenarios())
@settings(max_examples=examples(60))
def test_no_rules_are_late_less_often_than_the_bound(one: Scenario) -> None:
    builder = Builder(one)
    for replication in range(2):
        calls = builder.calls(replication)
        inputs = builder.inputs(calls)
        late = run_figures(builder, calls, inputs).all.late
        least = least_late(builder, calls, inputs)
        assert np.isnan(late) == np.isnan(least)
        assert np.isnan(late) or 0 <= least <= late + 1e-12


def compared(one: Scenario) -> tuple[float, float]:
    """The bound of a file's calls and what came of them."""
    builder = Builder(one)
    calls = builder.calls()
    inputs = builder.inputs(calls)
    return least_late(builder, calls, inputs), run_figures(builder, calls, inputs).all.late


def test_a_way_may_be_shorter_than_usual() -> None:
    calls = given(*({"at": 60 * n, "point": 9, "stretch": 0.3} for n in range(5)))
    one = scenario([unit("A", 0)], given=calls, targets_s={1: 4 * MINUTE})
    assert compared(one) == (0.0, 0.0)


def test_a_unit_that_stays_is_not_at_a_base() -> None:
    calls = given(*({"at": 300 * n, "point": 9} for n in range(5)))
    rules = Rules(after=STAY)
    one = scenario([unit("A", 0)], given=calls, rules=rules, targets_s={1: 4 * MINUTE}, hours=48)
    least, late = compared(one)
    assert late == 0.2  # only the first
    assert least <= late


def test_a_unit_is_free_where_it_brought_somebody() -> None:
    first = {"at": 0, "point": 1, "facility": NEAREST_FACILITY, "handover": 5}
    calls = given(first, {"at": 23.5, "point": 9})
    one = scenario([unit("A", 0)], given=calls, facilities=(("H", 8),), targets_s={1: 2 * MINUTE})
    assert compared(one) == (0.0, 0.0)


def test_a_unit_may_come_from_a_call_that_was_late() -> None:
    calls = given({"at": 0, "point": 9}, {"at": 18, "point": 9})
    one = scenario([unit("A", 0)], given=calls, targets_s={1: 4 * MINUTE})
    least, late = compared(one)
    assert late == 0.5
    assert least <= late


@pytest.mark.parametrize("way", [JUMP, STRAIGHT, ROAD])
def test_far_calls_one_by_one_are_late_half_of_the_time_at_least(way: int) -> None:
    # A clairvoyant may serve every other one late and stand beside the next.
    calls = given(*({"at": 100 * n, "point": 9} for n in range(10)))
    rules = Rules(way=way)
    geography = replace(line(), next_point=next_on_the_line())
    near, far = ({1: minutes * MINUTE} for minutes in (9, 8))
    one = scenario([unit("A", 0)], given=calls, rules=rules, geography=geography, targets_s=near)
    assert compared(one) == (0.0, 0.0)
    assert compared(replace(one, targets_s=far)) == (0.5, 1.0)


def test_turnout_counts_at_a_base() -> None:
    calls = given(*({"at": 100 * n, "point": 5, "turnout": 2} for n in range(10)))
    one = scenario([unit("A", 0)], given=calls, targets_s={1: 6 * MINUTE})
    assert compared(one) == (0.5, 1.0)


def test_handing_over_without_a_facility_takes_no_time() -> None:
    calls = given({"at": 0, "point": 0, "handover": 60}, {"at": 11, "point": 0})
    one = scenario([unit("A", 0)], given=calls, targets_s={1: MINUTE})
    assert compared(one) == (0.0, 0.0)


def test_a_later_call_may_be_served_before_an_earlier_one() -> None:
    patient = {"at": 0, "point": 1, "priority": 3, "on_scene": 60}
    calls = given(patient, {"at": 0.5, "point": 0, "on_scene": 5})
    rules = Rules(preempt_by=1, preempt_of=2)
    targets = {1: 2 * MINUTE, 3: 60 * MINUTE}
    one = scenario([unit("A", 0)], given=calls, rules=rules, targets_s=targets)
    assert compared(one) == (0.0, 0.0)


def at_once(number: int, first: float = 0.0) -> list[dict[str, Any]]:
    return [{"at": first + 60 * (n // 4), "point": n % 4} for n in range(number)]


def test_more_calls_at_once_than_units_cannot_all_be_in_time() -> None:
    units = [unit("A", 0), unit("B", 3)]
    one = scenario(units, given=given(*at_once(40)), targets_s={1: 8 * MINUTE})
    assert compared(one) == (0.5, 0.5)


def test_nobody_else_can_help_out_without_the_capability() -> None:
    units = [unit("A", 0), unit("B", 3, "tow"), unit("C", 3, "tow"), unit("D", 3, "tow")]
    calls = given(*at_once(40), capabilities=("any", "tow"))
    one = scenario(units, given=calls, targets_s={1: 8 * MINUTE})
    assert compared(one) == (0.75, 0.75)


def test_calls_in_the_warm_up_do_not_count() -> None:
    late_only_then = given(*at_once(40), *({"at": 900 + 60 * n, "point": 0} for n in range(5)))
    one = scenario([unit("A", 0)], given=late_only_then, targets_s={1: 8 * MINUTE}, warm_up_h=12.0)
    assert compared(one) == (0.0, 0.0)


def test_every_call_is_looked_at() -> None:
    quiet = [{"at": 5 * n, "point": 0, "on_scene": 1} for n in range(6000)]
    calls = given(*quiet, *at_once(2000, first=30_000))
    one = scenario([unit("A", 0)], given=calls, targets_s={1: 8 * MINUTE}, hours=1400.0)
    least, late = compared(one)
    assert 0.18 < least <= late


def test_the_bound_is_a_mean_over_all_replications() -> None:
    kinds = (kind(4, Duration(900.0), travel_cv=0.5),)
    one = scenario([unit("A", 3), unit("B", 6)], kinds=kinds, targets_s={1: 300.0}, hours=100.0)
    done = rehearse(one, replications=4, workers=1)
    builder = Builder(one)
    each = [least_late(builder, c, builder.inputs(c)) for c in map(builder.calls, range(4))]
    assert bound(done) == pytest.approx(np.mean(each))
    assert 0.05 < bound(done) <= np.mean([run.all.late for run in done.runs])


def test_without_targets_there_is_no_bound() -> None:
    one = scenario([unit("A", 0)], kinds=(kind(1, Duration(900.0)),))
    assert np.isnan(bound(rehearse(one, replications=1)))
    only_own = replace(one.kinds[0], officer_initiated=True)
    own = replace(one, kinds=(only_own,), targets_s={1: 300.0})
    assert np.isnan(bound(rehearse(own, replications=1)))

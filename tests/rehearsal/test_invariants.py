"""What holds in every rehearsal, whatever its rules."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.results.figures import figures
from dutyroom.rehearsal.results.unit_sums import UnitSums
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.demand import draw_calls
from dutyroom.rehearsal.scenario.model import Duration, Scenario, ScenarioUnit, Shift
from dutyroom.rehearsal.simulation.records import (
    COMPLIANCE,
    DMEXCLP,
    FIRST_COME,
    GO_HOME,
    I_AT_BASE,
    I_HOMEWARD,
    I_OFF,
    I_ON_SCENE,
    I_STAYING,
    JUMP,
    NEAREST,
    STAY,
    STRAIGHT,
)
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Rehearsal, Run, simulate
from tests.harness.examples import examples
from tests.rehearsal.cases import kind, scenario, tables, unit

pytestmark = pytest.mark.property

HOUR = 3600.0


TABLES = (
    tables((), (2,), (2, 7)),
    (*tables((), (2,), capabilities=frozenset({"ladder"})), *tables((), (7,), (2, 7))),
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Anything the simulation can express, on a line."""
    skills = ("any", "ladder")
    shift = Shift(0.0, draw(st.floats(2, 20)) * HOUR, ((HOUR, 1800.0),))
    units: list[ScenarioUnit] = []
    for number in range(draw(st.integers(1, 6))):
        can = ("any",) if number % 2 else skills
        shifts = (shift,) if draw(st.booleans()) and number else ()
        units.append(unit(f"U{number}", draw(st.integers(0, 9)), *can, shifts=shifts))
    after = draw(st.sampled_from([GO_HOME, STAY, DMEXCLP, COMPLIANCE]))
    way = draw(st.sampled_from([JUMP, STRAIGHT]))
    urgent = draw(st.booleans()) and way != JUMP
    rules = Rules(
        way=way,
        after=after,
        discipline=draw(st.sampled_from([FIRST_COME, NEAREST])),
        preempt_by=1 if urgent else 0,
        preempt_of=2 if urgent else 10,
        reassign_gain_s=draw(st.sampled_from([60.0, np.inf])) if way != JUMP else np.inf,
        turnout_on_road=draw(st.sampled_from([0.0, 0.5])),
    )
    from dutyroom.domain.values import Need

    two = (Need("any", 1), Need("ladder", 1))
    cv = draw(st.sampled_from([0.0, 1.0]))
    kinds = (
        kind(draw(st.floats(0.2, 6)), Duration(900.0, cv), turnout=Duration(60.0, cv)),
        kind(draw(st.floats(0.1, 2)), Duration(1200.0, cv), priority=3, needs=two),
        kind(draw(st.floats(0.1, 2)), Duration(600.0, cv), officer_initiated=True, priority=4),
    )
    return scenario(
        units,
        rules=rules,
        kinds=kinds,
        posts=(2, 7),
        compliance=draw(st.sampled_from(TABLES)),
        seed=draw(st.integers(0, 1000)),
        hours=draw(st.floats(1, 30)),
    )


def played(one: Scenario) -> tuple[Builder, Run]:
    builder = Builder(one)
    return builder, simulate(builder.inputs(builder.calls()))


@given(scenarios())
@settings(max_examples=examples(150))
def test_a_unit_does_one_thing_at_a_time_and_its_day_has_no_gap(one: Scenario) -> None:
    _, run = played(one)
    for number in range(len(one.units)):
        mine = np.sort(run.intervals[run.intervals["unit"] == number], order="start_s")
        assert np.all(mine["end_s"] > mine["start_s"])
        assert np.allclose(mine["start_s"][1:], mine["end_s"][:-1], rtol=0, atol=1e-6)


@given(scenarios())
@settings(max_examples=examples(150))
def test_every_place_is_served_lost_or_cut_short(one: Scenario) -> None:
    builder, run = played(one)
    calls = builder.calls()
    own = np.repeat(calls.officer_initiated, np.diff(calls.first))
    nobody = run.outcomes["unit"] < 0
    always_on = [u for u in one.units if not u.shifts]
    has = {c for u in always_on for c in u.capabilities}
    if has >= {"any", "ladder"} and len(always_on) > 1:
        assert not np.any(nobody & ~own)
    served = run.outcomes[~nobody]
    assert np.all(served["sent_s"] <= served["left_s"])
    assert np.all(served["left_s"] <= served["arrive_s"])
    assert np.all(served["arrive_s"] <= served["free_s"])
    ready = np.repeat(calls.at_s, np.diff(calls.first))[~nobody]
    assert np.all(served["sent_s"] >= ready)


@given(scenarios())
@settings(max_examples=examples(60))
def test_a_unit_only_does_what_it_can_and_only_on_duty(one: Scenario) -> None:
    builder, run = played(one)
    inputs = builder.inputs(builder.calls())
    done = run.outcomes["unit"] >= 0
    can = inputs.fleet.can[run.outcomes["unit"][done]]
    assert np.all(can & run.outcomes["need"][done])
    calls = inputs.places["call"]  # units of a call may change roles, but the roles stay
    assert sorted(zip(calls, run.outcomes["need"], strict=True)) == sorted(
        zip(calls, inputs.places["need"], strict=True)
    )
    off = run.intervals[run.intervals["kind"] == I_OFF]
    assert np.all(off["place"] == -1)


@given(scenarios())
@settings(max_examples=examples(60))
def test_the_same_scenario_gives_the_same_run_also_in_steps(one: Scenario) -> None:
    builder = Builder(one)
    inputs = builder.inputs(builder.calls())
    whole = simulate(inputs)
    steps = Rehearsal(inputs, intervals=256)
    portions = []
    for hour in range(0, 40, 3):
        steps.advance(hour * HOUR, lambda rows: portions.append(rows.copy()))
    steps.advance(take=lambda rows: portions.append(rows.copy()))
    assert np.array_equal(whole.outcomes, steps.tables["outcomes"])
    # When an interval is written down, nobody promises; those of a unit follow one another.
    parts = np.concatenate(portions) if portions else whole.intervals
    for number in range(len(inputs.fleet.ids)):
        of_whole = whole.intervals[whole.intervals["unit"] == number]
        assert np.array_equal(of_whole, parts[parts["unit"] == number])
        assert np.all(np.diff(of_whole["start_s"]) >= 0)


@given(scenarios())
@settings(max_examples=examples(30))
def test_the_records_of_work_and_of_calls_agree(one: Scenario) -> None:
    builder, run = played(one)
    on_scene = run.intervals[run.intervals["kind"] == I_ON_SCENE]
    for place in np.flatnonzero(run.outcomes["unit"] >= 0):
        outcome = run.outcomes[place]
        if outcome["clear_s"] > outcome["arrive_s"]:
            mine = on_scene[on_scene["place"] == place]
            assert outcome["arrive_s"] in mine["start_s"]
            assert outcome["unit"] in mine["unit"]
    units = UnitSums(builder)
    units.take(run.intervals)
    found = figures(builder, builder.calls(), builder.inputs(builder.calls()), run, units)
    assert all(0 <= share <= 1 + 1e-9 for share in found.busy_share.values())
    assert 0 <= found.uncovered <= 1 + 1e-9
    assert found.uncovered_by["priority"].keys() == found.by["priority"].keys()
    span_s = one.warm_up_h * HOUR, one.hours * HOUR
    for station, share in found.none_free_by["station"].items():
        mine = [at for at, each in enumerate(builder.units) if each.station == station]
        free = run.intervals[np.isin(run.intervals["unit"], mine)]
        free = free[np.isin(free["kind"], (I_AT_BASE, I_HOMEWARD, I_STAYING))]
        some_s, seen_s = 0.0, span_s[0]
        for each in np.sort(free, order="start_s"):
            start_s, end_s = max(each["start_s"], seen_s), min(each["end_s"], span_s[1])
            some_s += max(end_s - start_s, 0.0)
            seen_s = max(seen_s, end_s)
        assert share == pytest.approx(1 - some_s / (span_s[1] - span_s[0]), abs=1e-9)


def test_a_change_of_one_thing_leaves_all_other_draws_alone() -> None:
    one = scenario([unit("A", 0)], kinds=(kind(5, Duration(600.0)), kind(3, Duration(900.0))))
    longer = replace(one, kinds=(kind(5, Duration(1200.0)), one.kinds[1]))
    before, after = draw_calls(one, 3), draw_calls(longer, 3)
    assert np.array_equal(before.at_s, after.at_s)
    assert np.array_equal(before.point, after.point)
    other = draw_calls(one, 4)
    assert not np.array_equal(before.at_s[:5], other.at_s[:5])


@given(scenarios())
@settings(max_examples=examples(100))
def test_units_that_nobody_looks_at_do_the_same_as_those_that_are_watched(one: Scenario) -> None:
    one = replace(one, rules=replace(one.rules, way=JUMP, after=GO_HOME, reassign_gain_s=np.inf))
    builder = Builder(one)
    inputs = builder.inputs(builder.calls())
    asleep, watched = simulate(inputs), Rehearsal(inputs, intervals=1 << 16)
    assert watched.room["sleeps"]
    watched.room["sleeps"] = 0
    intervals = []
    watched.advance(take=lambda rows: intervals.append(rows.copy()))
    assert np.array_equal(asleep.outcomes, watched.tables["outcomes"])
    assert np.array_equal(asleep.queued["left"], watched.tables["queued"]["left"])
    rows = np.concatenate(intervals) if intervals else asleep.intervals
    order = ("unit", "start_s")
    assert np.array_equal(np.sort(asleep.intervals, order=order), np.sort(rows, order=order))


@given(scenarios())
@settings(max_examples=examples(100))
def test_only_units_that_would_not_be_sent_are_passed_over(one: Scenario) -> None:
    one = replace(one, rules=replace(one.rules, way=STRAIGHT))
    builder = Builder(one)
    inputs = builder.inputs(builder.calls())
    all_looked_at = Rehearsal(inputs, intervals=0)
    assert all_looked_at.room["pace_s_per_m"] > 0
    all_looked_at.room["pace_s_per_m"] = 0.0  # no bound: nobody is passed over
    all_looked_at.advance()
    assert np.array_equal(simulate(inputs).outcomes, all_looked_at.tables["outcomes"])

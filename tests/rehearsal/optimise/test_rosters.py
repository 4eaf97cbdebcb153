"""Rosters keep every rule by an independent checker; what can't be met says why and what helps."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.program import Limits, Status, Step
from dutyroom.rehearsal.optimise.roster_rules import Unmet, breaches, score, unmet
from dutyroom.rehearsal.optimise.roster_task import (
    CrewMember,
    RosterNeed,
    RosterRules,
    RosterShift,
    RosterTask,
    Rule,
    Turn,
    Weights,
    Wish,
)
from dutyroom.rehearsal.optimise.rosters import RosterProposal, RuleRelief, propose_roster
from tests.harness.examples import examples
from tests.rehearsal.optimise.roster_checker import faults

EARLY = RosterShift("early", 360, 480)
LATE = RosterShift("late", 840, 480)
NIGHT = RosterShift("night", 1320, 480, night=True)
THREE = (EARLY, LATE, NIGHT)
LIMITS = Limits(work=1.0)


def crew(count: int, medics: int = 0) -> tuple[CrewMember, ...]:
    return tuple(
        CrewMember(f"m{n}", frozenset({"medic"} if n < medics else ())) for n in range(count)
    )


def needs(days: int, shifts: int, count: int, medics: int = 0) -> tuple[RosterNeed, ...]:
    plain = [RosterNeed(day, shift, count) for day in range(days) for shift in range(shifts)]
    with_medic = [replace(need, count=medics, capability="medic") for need in plain if medics]
    return (*plain, *with_medic)


def relief_of(found: RosterProposal, rule: Rule) -> RuleRelief:
    (relief,) = [relief for relief in found.reliefs if relief.rule is rule]
    return relief


def test_two_weeks_keep_every_rule_and_meet_every_need() -> None:
    members = (
        replace(crew(1, 1)[0], leave=frozenset({2, 3, 4}), before=((-1, 2), (-2, 2))),
        replace(crew(2, 2)[1], max_week_min=1920, wishes=(Wish(5, works=False),)),
        *crew(12, 6)[2:],
    )
    task = RosterTask(14, THREE, members, needs(14, 3, 2, 1))
    found = propose_roster(task, LIMITS)
    assert faults(task, found.turns) == []
    assert found.obstacles == ()
    assert found.effect.proposed == score(task, found.turns)
    assert found.effort.gap is not None


@st.composite
def tiny(draw: st.DrawFn) -> RosterTask:
    days, shifts = draw(st.integers(2, 3)), (EARLY, NIGHT)
    members = tuple(
        CrewMember(
            f"m{n}",
            frozenset({"medic"} if draw(st.booleans()) else ()),
            draw(st.sampled_from([None, 480, 960])),
            frozenset(draw(st.sets(st.integers(0, days - 1), max_size=1))),
            tuple(
                draw(
                    st.lists(
                        st.builds(
                            Wish,
                            st.integers(0, days - 1),
                            st.booleans(),
                            st.sampled_from([None, 0, 1]),
                        ),
                        max_size=2,
                    )
                )
            ),
            draw(st.sampled_from([(), ((-1, 1),), ((-1, 0), (-2, 0))])),
        )
        for n in range(2)
    )
    wanted = tuple(
        RosterNeed(
            draw(st.integers(0, days - 1)),
            draw(st.integers(0, 1)),
            draw(st.integers(1, 2)),
            draw(st.sampled_from(["", "medic"])),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    rules = RosterRules(
        draw(st.sampled_from([0, 660])), draw(st.integers(1, 3)), draw(st.integers(1, 2))
    )
    return RosterTask(days, shifts, members, wanted, rules, Weights(3, 4, 5, 6, 2))


def rosters(task: RosterTask) -> list[tuple[Turn, ...]]:
    slots = [
        Turn(at, day, shift)
        for at in range(len(task.members))
        for day in range(task.days)
        for shift in range(len(task.shifts))
    ]
    return [
        chosen
        for size in range(len(task.members) * task.days + 1)
        for chosen in combinations(slots, size)
        if len({(turn.member, turn.day) for turn in chosen}) == size
    ]


@pytest.mark.property
@settings(max_examples=examples(25))
@given(tiny())
def test_no_other_roster_that_keeps_the_rules_is_fairer(task: RosterTask) -> None:
    found = propose_roster(task, LIMITS)
    possible = [turns for turns in rosters(task) if not faults(task, turns)]
    if possible:
        assert faults(task, found.turns) == []
        assert found.effect.proposed == min(score(task, turns) for turns in possible)
        assert found.effort.status is Status.OPTIMAL
        return
    assert found.effort.status is Status.INFEASIBLE
    assert breaches(task, found.turns) == []
    lacking = [
        sum(each.short for each in unmet(task, turns))
        for turns in rosters(task)
        if not breaches(task, turns)
    ]
    assert sum(obstacle.need.short for obstacle in found.obstacles) == min(lacking)


@pytest.mark.property
@settings(max_examples=examples(60))
@given(tiny(), st.data())
def test_the_rules_and_the_checker_agree_on_any_roster(
    task: RosterTask, data: st.DataObject
) -> None:
    turns = data.draw(
        st.sets(
            st.builds(Turn, st.integers(0, 1), st.integers(0, task.days - 1), st.integers(0, 1)),
            max_size=5,
        )
    )
    assert (not breaches(task, turns) and not unmet(task, turns)) == (not faults(task, turns))


def test_too_few_hours_name_the_need_the_rule_and_how_much_would_do() -> None:
    rules = RosterRules(max_week_min=4 * 480)
    task = RosterTask(5, (EARLY,), crew(1), needs(5, 1, 1), rules)
    found = propose_roster(task, LIMITS)
    assert found.effort.status is Status.INFEASIBLE
    (obstacle,) = found.obstacles
    assert (obstacle.need.shift, obstacle.need.short) == (0, 1)
    assert obstacle.kept_by == ((Rule.WEEK_HOURS, 1),)
    relief = relief_of(found, Rule.WEEK_HOURS)
    assert relief.enough
    (breach,) = relief.breaches
    assert (breach.member, breach.day, breach.amount) == (0, 0, 480)
    assert relief_of(found, Rule.LEAVE).enough is False


def test_leave_that_stands_in_the_way_is_named_with_its_day() -> None:
    members = (replace(crew(1)[0], leave=frozenset({1})),)
    found = propose_roster(RosterTask(3, (EARLY,), members, needs(3, 1, 1)), LIMITS)
    assert [obstacle.need for obstacle in found.obstacles] == [Unmet(1, 0, "", 1)]
    assert found.obstacles[0].kept_by == ((Rule.LEAVE, 1),)
    assert [(each.member, each.day) for each in relief_of(found, Rule.LEAVE).breaches] == [(0, 1)]


def test_a_missing_capability_says_who_could_stand_in_where() -> None:
    task = RosterTask(1, (EARLY,), crew(2), needs(1, 1, 1, 1))
    found = propose_roster(task, LIMITS)
    assert found.obstacles[0].kept_by[0] == (Rule.CAPABILITY, 1)
    assert relief_of(found, Rule.CAPABILITY).stand_ins == (Unmet(0, 0, "medic", 1),)


def test_short_rest_is_named_with_its_minutes() -> None:
    rest = RosterShift("double", 0, 900)
    rules = RosterRules(max_week_min=10_000)
    found = propose_roster(RosterTask(2, (rest,), crew(1), needs(2, 1, 1), rules), LIMITS)
    (breach,) = relief_of(found, Rule.REST).breaches
    assert (breach.day, breach.amount) == (1, 660 - 540)


def test_the_last_days_before_count_towards_rest_and_runs() -> None:
    members = (replace(crew(1)[0], before=((-1, 2),)), crew(2)[1])
    found = propose_roster(RosterTask(1, THREE, members, (RosterNeed(0, 0, 1),)), LIMITS)
    assert found.turns == (Turn(1, 0, 0),)


def test_nights_and_weekends_are_shared_out() -> None:
    task = RosterTask(14, (EARLY, NIGHT), crew(7), needs(14, 2, 1))
    found = propose_roster(task, LIMITS)
    nights = np.zeros(7, int)
    weekends = np.zeros(7, int)
    for turn in found.turns:
        nights[turn.member] += turn.shift == 1
        weekends[turn.member] += turn.day % 7 >= 5
    assert nights.tolist() == [2] * 7
    assert np.ptp(weekends) <= 1


def test_today_stands_beside_and_says_who_carries_more() -> None:
    today = tuple(Turn(0, day, 0) for day in range(4))
    task = RosterTask(4, (NIGHT,), crew(2), needs(4, 1, 1), today=today)
    found = propose_roster(task, LIMITS)
    assert found.effect.today == (10 + 5) * 4
    assert found.effect.gain == 60
    assert [lost.index for lost in found.effect.losers] == [1]
    assert found.effect.winners == 1


def test_the_same_seed_gives_the_same_roster() -> None:
    task = RosterTask(7, THREE, crew(9), needs(7, 3, 1))
    assert propose_roster(task, LIMITS).turns == propose_roster(task, LIMITS).turns


def test_progress_is_reported_at_each_better_roster() -> None:
    steps: list[Step] = []
    propose_roster(RosterTask(7, THREE, crew(9), needs(7, 3, 1)), LIMITS, steps.append)
    assert steps
    costs = [step.best for step in steps if step.best is not None]
    assert costs == sorted(costs, reverse=True)


def test_a_day_that_is_not_in_the_roster_is_refused() -> None:
    with pytest.raises(ValueError, match="no day 3"):
        RosterTask(3, THREE, crew(1), (RosterNeed(3, 0, 1),))

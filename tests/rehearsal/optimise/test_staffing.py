"""Shifts: the requirement is met, breaks are taken, nothing cheaper does, and shortage is reported."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.program import Limits, Status
from dutyroom.rehearsal.optimise.staffing import (
    Break,
    ShiftKind,
    ShiftLine,
    Week,
    cost_of,
    cover_shifts,
    on_duty,
    propose_shifts,
)
from tests.harness.examples import examples

DAY_AND_NIGHT = (
    ShiftKind("eight", tuple(range(0, 24, 2)), 8, 8.0, (Break(3, 5, 1),)),
    ShiftKind("twelve", (6, 7, 18, 19), 12, 12.0, (Break(2, 4, 1), Break(7, 9, 1))),
)


def recount(week: Week, lines: tuple[ShiftLine, ...]) -> list[int]:
    """Units on duty, counted unit by unit and period by period."""
    staffed = [0] * len(week.required)
    for line in lines:
        kind = week.kinds[line.kind]
        pauses = [[at for at, count in taken for _ in range(count)] for taken in line.breaks]
        assert all(len(taken) == line.count for taken in pauses)
        for unit in range(line.count):
            away = set()
            for pause, taken in zip(kind.breaks, pauses, strict=True):
                assert pause.earliest <= taken[unit] <= pause.latest
                away |= set(range(taken[unit], taken[unit] + pause.length))
            for period in set(range(kind.length)) - away:
                at = line.day * week.periods_per_day + line.start + period
                staffed[at % len(staffed)] += 1
    return staffed


def test_shifts_with_breaks_meets_the_requirement_at_every_hour() -> None:
    curve = 6 + 4 * np.sin((np.arange(48) % 24 - 9) / 24 * 2 * np.pi)
    required = tuple(int(need) for need in np.ceil(curve))
    week = Week(required, 24, DAY_AND_NIGHT)
    found = propose_shifts(week, Limits(gap=0.02))
    assert found.effort.gap is not None
    assert found.effort.gap <= 0.02
    assert list(found.on_duty) == recount(week, found.lines)
    assert all(have >= need for have, need in zip(found.on_duty, required, strict=True))
    assert found.short == ()
    assert found.effects[0].proposed == cost_of(week, found.lines)


@pytest.mark.property
@settings(max_examples=examples(30))
@given(
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.integers(1, 5), min_size=2, max_size=2),
)
def test_nothing_cheaper_meets_the_requirement(required: list[int], costs: list[int]) -> None:
    kinds = (
        ShiftKind("two", (0, 1, 2, 3), 2, float(costs[0])),
        ShiftKind("three", (0, 2), 3, float(costs[1]), (Break(1, 1, 1),)),
    )
    week = Week(tuple(required), 4, kinds)
    found = propose_shifts(week)
    best = min(
        cost
        for counts in product(range(3), repeat=len(week.starts))
        for cost, staffed in [_evaluate(week, counts)]
        if (staffed >= required).all()
    )
    assert found.effects[0].proposed == pytest.approx(best)


def _evaluate(week: Week, counts: tuple[int, ...]) -> tuple[float, np.ndarray]:
    lines = tuple(
        ShiftLine(
            kind,
            day,
            start,
            count,
            tuple(((pause.earliest, count),) for pause in week.kinds[kind].breaks),
        )
        for (kind, day, start), count in zip(week.starts, counts, strict=True)
    )
    return cost_of(week, lines), on_duty(week, lines)


def test_the_last_night_covers_the_first_morning() -> None:
    week = Week((1,) * 6 + (0,) * 12 + (1,) * 6, 24, (ShiftKind("night", (18,), 12, 12.0),))
    found = propose_shifts(week)
    assert [(line.start, line.count) for line in found.lines] == [(18, 1)]


def test_an_hour_that_no_shift_covers_is_named() -> None:
    week = Week((1,) * 24, 24, (ShiftKind("day", (6,), 12, 12.0),))
    found = propose_shifts(week)
    assert found.effort.status is Status.INFEASIBLE
    assert [short.period for short in found.short] == [*range(6), *range(18, 24)]
    assert not any(short.reachable for short in found.short)


def test_too_small_a_budget_leaves_least_short_and_says_where() -> None:
    week = Week((2,) * 24, 24, (ShiftKind("day", (0, 12), 12, 12.0),), budget=36.0)
    found = propose_shifts(week)
    assert found.effort.status is Status.INFEASIBLE
    assert sum(short.required - short.on_duty for short in found.short) == 12
    assert all(short.reachable for short in found.short)
    assert found.effects[1].proposed == 12


def test_no_more_are_on_duty_than_there_are_vehicles() -> None:
    required = (1,) * 8 + (3,) * 8 + (1,) * 8
    kinds = (ShiftKind("eight", (0, 4, 8, 12, 16, 20), 8, 8.0),)
    found = propose_shifts(Week(required, 24, kinds, most_on_duty=(3,) * 24))
    assert max(found.on_duty) == 3
    assert found.short == ()


def test_today_stands_beside_with_the_hours_that_lose() -> None:
    kinds = (ShiftKind("twelve", (0, 12), 12, 12.0),)
    today = (ShiftLine(0, 0, 0, 3), ShiftLine(0, 0, 12, 1))
    found = propose_shifts(Week((1,) * 12 + (2,) * 12, 24, kinds, today=today))
    cost, short = found.effects
    assert (cost.today, cost.proposed, cost.gain) == (48, 36, 12)
    assert (short.today, short.proposed) == (12, 0)
    assert [lost.index for lost in cost.losers] == list(range(12))
    assert cost.winners == 12


def test_shifts_given_as_they_are_are_covered_at_least_cost() -> None:
    covers = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], bool)
    counts, effort = cover_shifts(covers, np.array([2, 1, 1]), np.array([2.0, 2.0, 3.0]))
    assert counts.tolist() == [1, 0, 1]
    assert effort.gap == 0


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (ShiftKind("x", (24,), 8, 8.0), "periods of a day"),
        (ShiftKind("x", (0,), 0, 8.0), "length"),
        (ShiftKind("x", (0,), 8, 8.0, (Break(7, 8, 1),)), "beyond the end"),
        (ShiftKind("x", (0,), 8, 8.0, (Break(2, 3, 1), Break(3, 4, 1))), "overlap"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(kind: ShiftKind, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Week((1,) * 24, 24, (kind,))

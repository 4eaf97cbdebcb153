"""Districts: in one piece always, no other ones better in tiny cases, and who changes hands."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.district_task import DistrictTask
from dutyroom.rehearsal.optimise.districts import ZoneChange, propose_districts
from dutyroom.rehearsal.optimise.program import Limits, Method, Status
from tests.harness.examples import examples


def grid(width: int, height: int, homes: tuple[int, ...], work: np.ndarray) -> DistrictTask:
    """Zones in rows; a minute from one to the next."""
    x, y = np.arange(width * height) % width, np.arange(width * height) // width
    steps = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    borders = tuple((int(a), int(b)) for a, b in np.argwhere(steps == 1) if a < b)
    return DistrictTask(steps[list(homes)] * 60.0, work, borders, homes)


def in_one_piece(task: DistrictTask, station_of: tuple[int, ...]) -> bool:
    """By spreading labels until nothing changes; apart from the optimiser's own search."""
    reached = {home for station, home in enumerate(task.homes) if station_of[home] == station}
    while True:
        more = {
            there
            for pair in task.borders
            for here, there in (pair, pair[::-1])
            if here in reached and station_of[here] == station_of[there]
        }
        if more <= reached:
            return len(reached) == len(station_of)
        reached |= more


@st.composite
def tiny(draw: st.DrawFn) -> DistrictTask:
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    homes = draw(st.sampled_from([(0, 7), (0, 1), (3, 4)]))
    task = grid(4, 2, homes, random.integers(0, 9, 8) + (np.arange(8) == 0) * 1.0)
    return replace(
        task,
        travel_s=random.permuted(task.travel_s) if draw(st.booleans()) else task.travel_s,
        tolerance=draw(st.sampled_from([0.0, 0.1])),
        capacity=np.array(draw(st.sampled_from([[1.0, 1.0], [1.0, 3.0]]))),
    )


@pytest.mark.property
@settings(max_examples=examples(30))
@given(tiny())
def test_no_other_districts_in_one_piece_are_better(task: DistrictTask) -> None:
    best = min(
        task.cost_s(np.array(station_of))
        for station_of in product(range(2), repeat=8)
        if in_one_piece(task, station_of)
    )
    found = propose_districts(task)
    assert in_one_piece(task, found.station_of)
    assert found.effects[0].proposed == pytest.approx(best, rel=1e-5)
    assert found.effort.status is Status.OPTIMAL


def town(seed: int) -> DistrictTask:
    return grid(9, 7, (0, 8, 31, 56), np.random.default_rng(seed).gamma(1.0, 5.0, 63))


@pytest.mark.parametrize("seed", [1, 2])
def test_search_comes_close_to_the_exact_districts_and_balances(seed: int) -> None:
    task = town(seed)
    searched = propose_districts(task, method=Method.SEARCH)
    assert in_one_piece(task, searched.station_of)
    assert searched.effects[2].proposed <= task.tolerance + 1e-4
    exact = propose_districts(task, Limits(time_s=20, gap=0.01), method=Method.EXACT)
    assert in_one_piece(task, exact.station_of)
    assert exact.effort.bound is not None
    assert searched.effects[0].proposed <= 1.03 * exact.effects[0].proposed
    assert searched.effects[0].proposed >= exact.effort.bound - 1e-6


def test_work_is_shared_by_capacity() -> None:
    task = replace(grid(6, 1, (0, 5), np.ones(6)), capacity=np.array([2.0, 1.0]))
    assert propose_districts(task).loads == (4.0, 2.0)


def test_zones_that_change_hands_and_travel_longer_are_named() -> None:
    task = replace(grid(4, 1, (0, 3), np.array([1.0, 1, 1, 5])), today=(0, 0, 1, 1))
    found = propose_districts(task)
    assert found.changes == (ZoneChange(2, 1, 0),)
    cost, travel, balance = found.effects
    assert [(lost.index, lost.today, lost.proposed) for lost in travel.losers] == [(2, 60, 120)]
    assert cost.gain is not None
    assert cost.gain > 0
    assert (balance.today, balance.proposed) == (0.5, 0.25)


def test_the_same_seed_gives_the_same_districts() -> None:
    task = town(3)
    one, two = (propose_districts(task, method=Method.SEARCH) for _ in range(2))
    assert one.station_of == two.station_of


def test_a_zone_that_borders_on_nothing_is_named() -> None:
    with pytest.raises(ValueError, match=r"zones \[3\] border on nothing"):
        DistrictTask(np.ones((1, 4)), np.ones(4), ((0, 1), (1, 2)), (0,))

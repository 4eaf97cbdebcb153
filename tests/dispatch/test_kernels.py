"""The compiled kernels by themselves."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from dutyroom.dispatch import kernels
from dutyroom.dispatch.travel import MOST_MS, whole_ms


@st.composite
def costs(draw: st.DrawFn) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = draw(st.integers(1, 7))
    columns = draw(st.integers(rows, 9))
    most = draw(st.sampled_from([3, 1_000, 1 << 50]))  # 3: many ties
    cell = st.integers(-most, most)
    cells = draw(st.lists(cell, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, np.int64).reshape(rows, columns)


@given(costs())
def test_the_assignment_costs_as_little_as_scipys(
    cost: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> None:
    chosen = kernels.assign(cost)
    assert len(set(chosen.tolist())) == len(cost)
    mine = sum(int(cost[row, column]) for row, column in enumerate(chosen.tolist()))
    rows, columns = linear_sum_assignment(cost.astype(object).astype(np.float64))
    # Scipy counts in floats: up to 2**50 its choice is exact, so its cost is summed in integers.
    theirs = sum(int(cost[r, c]) for r, c in zip(rows.tolist(), columns.tolist(), strict=True))
    assert mine == theirs


@given(st.lists(st.floats(0, 1e9) | st.just(np.inf), max_size=8))
def test_arrivals_are_compared_in_whole_milliseconds(arrival_s: list[float]) -> None:
    seconds = np.array(arrival_s, np.float64)
    nearest = [-1 if s == np.inf else min(round(s * 1000.0), MOST_MS) for s in arrival_s]
    assert whole_ms(seconds).tolist() == nearest


@given(st.integers(1, 12), st.integers(0, 10_000_000), st.integers(1, 3_000), st.data())
def test_each_aim_weighs_more_than_all_after_it(
    places: int, latest: int, turns: int, data: st.DataObject
) -> None:
    """A place filled outweighs all arrivals, a step of arrival all turns."""
    weight = kernels.weights(places, latest, turns)
    seats = st.tuples(st.integers(0, latest), st.integers(0, turns - 1))
    one = data.draw(st.lists(seats, min_size=places, max_size=places))
    other = data.draw(st.lists(seats, max_size=places))
    costs = [
        sum(kernels.seat_cost(arrival, turn, weight) for arrival, turn in taken)
        + (places - len(taken)) * weight[2]
        for taken in (one, other)
    ]
    aims = [
        (places - len(taken), sum(a for a, _ in taken), sum(t for _, t in taken))
        for taken in (one, other)
    ]
    assert (costs[0] < costs[1]) == (aims[0] < aims[1])


def test_turns_are_left_to_the_order_of_columns_where_they_no_longer_fit() -> None:
    step, turn, empty = kernels.weights(1_000, MOST_MS, 100_000)
    assert (step, turn) == (1, 0)
    assert empty == 1_000 * (MOST_MS + 1) + 1

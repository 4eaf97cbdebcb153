"""The compiled kernels by themselves."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from dutyroom.dispatch import kernels


@st.composite
def costs(draw: st.DrawFn) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = draw(st.integers(1, 7))
    columns = draw(st.integers(rows, 9))
    most = draw(st.sampled_from([3, 1_000, 1 << 50]))  # 3: many ties
    cell = st.integers(-most, most)
    cells = draw(st.lists(cell, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, np.int64).reshape(rows, columns)


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 3)), max_size=8))
def test_first_response_is_the_soonest_suitable_unit_with_the_lowest_index(
    units: list[tuple[int, int]],
) -> None:
    arrival_ms = np.array([arrival for arrival, _ in units], np.int64)
    suits = np.array([mask for _, mask in units], np.uint64)
    able = [(ms, at) for at, (ms, mask) in enumerate(units) if ms >= 0 and mask & 2]
    expected = min(able)[1] if able else -1
    assert kernels.first_response(arrival_ms, suits, 1) == expected

"""Units across stations: by work, within limits; limits that can't all be kept are named."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.equity import (
    EquityLimits,
    Relief,
    Stations,
    propose_staffing,
)
from dutyroom.rehearsal.optimise.program import Status
from tests.harness.examples import examples

IDS = ("east", "north", "west")


def test_units_follow_work_exactly_where_they_can() -> None:
    found = propose_staffing(Stations(IDS, np.array([30.0, 20, 10]), (4, 4, 4), 12), EquityLimits())
    assert [row.proposed for row in found.rows] == [6, 4, 2]
    assert [row.change for row in found.rows] == [2, 0, -2]
    assert found.effect is not None
    assert [lost.index for lost in found.effect.losers] == [2]
    assert found.effect.gain == pytest.approx((30 * 7.5 + 20 * 5 + 10 * 2.5) / 60 - 5)


def allowed(stations: Stations, equity: EquityLimits, units: tuple[int, ...]) -> bool:
    table = stations.table
    values = [table[n, many] for n, many in enumerate(units) if stations.work[n] > 0]
    return (
        sum(units) == stations.units
        and all(np.isfinite(table[n, many]) for n, many in enumerate(units))
        and min(units) >= (equity.min_per_station or 0)
        and all(
            equity.max_change is None or abs(many - now) <= equity.max_change
            for many, now in zip(units, stations.today, strict=True)
        )
        and (equity.max_measure is None or max(values) <= equity.max_measure + 1e-9)
        and (equity.max_spread is None or max(values) - min(values) <= equity.max_spread + 1e-9)
    )


LIMITS = st.builds(
    EquityLimits,
    min_per_station=st.none() | st.integers(0, 3),
    max_change=st.none() | st.integers(0, 3),
    max_measure=st.none() | st.integers(1, 12).map(float),
    max_spread=st.none() | st.integers(0, 6).map(float),
)
STATIONS = st.builds(
    lambda work, today, units: Stations(IDS, np.array([*work, 4.0]), tuple(today), units),
    st.lists(st.integers(0, 12).map(float), min_size=2, max_size=2),
    st.lists(st.integers(0, 4), min_size=3, max_size=3),
    st.integers(1, 8),
)


@pytest.mark.property
@settings(max_examples=examples(80))
@given(STATIONS, LIMITS)
def test_no_other_share_within_the_limits_is_better(
    stations: Stations, equity: EquityLimits
) -> None:
    found = propose_staffing(stations, equity)
    table, weight = stations.table, stations.work / stations.work.sum()
    values = [
        sum(weight[n] * table[n, many] for n, many in enumerate(units) if weight[n] > 0)
        for units in product(range(stations.units + 1), repeat=3)
        if allowed(stations, equity, units)
    ]
    if not values:
        assert found.effort.status is Status.INFEASIBLE
        assert found.rows == ()
        return
    assert found.effect is not None
    assert found.effect.proposed == pytest.approx(min(values))
    assert allowed(stations, equity, tuple(row.proposed for row in found.rows))


def test_a_given_table_of_responses_decides_instead_of_work_per_unit() -> None:
    response = np.array([[900.0, 600, 580, 570], [900.0, 500, 300, 280]])
    stations = Stations(IDS[:2], np.array([1.0, 1.0]), (2, 1), 3, response, "response_s")
    found = propose_staffing(stations, EquityLimits())
    assert [row.proposed for row in found.rows] == [1, 2]
    assert found.effect is not None
    assert found.effect.objective == "mean_response_s"


def test_limits_that_cannot_all_be_kept_are_named_with_what_would_do() -> None:
    stations = Stations(IDS, np.array([30.0, 20, 10]), (8, 2, 2), 12)
    found = propose_staffing(stations, EquityLimits(3, 0, None, None))
    assert found.rows == ()
    assert found.reliefs == (
        Relief("min_per_station", 3.0, 2.0),
        Relief("max_change", 0.0, 2.0),
    )


def test_the_least_spread_that_can_be_kept_is_reported() -> None:
    stations = Stations(IDS[:2], np.array([10.0, 10.0]), (2, 1), 3)
    found = propose_staffing(stations, EquityLimits(max_spread=2.0))
    (least, spread) = found.reliefs
    assert (least.limit, least.enough_at) == ("min_per_station", None)
    assert spread.limit == "max_spread"
    assert spread.enough_at == pytest.approx(5.0)
    assert propose_staffing(stations, EquityLimits(max_spread=5.0)).rows

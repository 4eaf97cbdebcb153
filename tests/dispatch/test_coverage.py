"""What sending a unit leaves uncovered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.dispatch import (
    ByDistance,
    Coverage,
    Fleet,
    FleetUnit,
    Need,
    Request,
    Standing,
    Travel,
    recommend,
)

from .references import Net, Night, nights

PATROL = frozenset({"patrol"})
STREET = Net(6, tuple((a, b, 60) for a in range(6) for b in (a - 1, a + 1) if 0 <= b < 6))
"""A street with a minute between neighbours."""

POINTS = [STREET.at(node) for node in range(6)]


def fleet_of(travel: Travel, *nodes: int) -> Fleet:
    return Fleet(
        travel, [FleetUnit(f"P{at}", PATROL, *STREET.at(node)) for at, node in enumerate(nodes)]
    )


def test_a_unit_is_missed_where_nobody_else_could_be_in_time() -> None:
    travel = STREET.travel()
    coverage = Coverage(travel, POINTS, 60.0)
    fleet = fleet_of(travel, 1, 2, 5).snapshot()  # cover 0-2, 1-3 and 4-5
    assert coverage.losses(fleet, "patrol", 0).tolist() == [1.0, 1.0, 2.0]
    change = coverage.after(fleet, ["P0", "P1"], "patrol", 0)
    assert (change.before, change.after, change.lost) == (6.0, 2.0, (0, 1, 2, 3))


def test_zones_count_by_their_weight() -> None:
    travel = STREET.travel()
    coverage = Coverage(travel, POINTS, 0.0, [0.5, 1, 1, 1, 1, 8])
    assert coverage.losses(fleet_of(travel, 0, 5).snapshot(), "patrol", 0).tolist() == [0.5, 8.0]
    with pytest.raises(ValueError, match="one weight per zone"):
        Coverage(travel, POINTS, 60.0, [1.0])


def test_units_that_are_not_free_or_cannot_do_the_work_are_not_missed() -> None:
    travel = STREET.travel()
    fleet = fleet_of(travel, 0, 5)
    fleet.set_standing("P1", Standing.BUSY, 1)
    coverage = Coverage(travel, POINTS, 60.0)
    assert coverage.losses(fleet.snapshot(), "patrol", 0).tolist() == [2.0, 0.0]
    assert coverage.losses(fleet.snapshot(), "boat", 0).tolist() == [0.0, 0.0]


def test_slow_hours_cover_less() -> None:
    travel = STREET.travel(day=[1.0] * 12 + [2.0] * 12)
    coverage = Coverage(travel, POINTS, 120.0)
    fleet = fleet_of(travel, 0).snapshot()
    assert coverage.losses(fleet, "patrol", 3).tolist() == [3.0]
    assert coverage.losses(fleet, "patrol", 18).tolist() == [2.0]


def test_coverage_works_by_distance_as_well() -> None:
    travel = ByDistance(1.0, 36.0, 0.0)  # ten metres a second; neighbours are 111 m apart
    coverage = Coverage(travel, POINTS, 12.0)
    assert coverage.losses(fleet_of(travel, 1, 2).snapshot(), "patrol", 0).tolist() == [1.0, 1.0]


@given(nights(), st.integers(0, 40))
def test_losses_are_what_sending_each_unit_alone_changes(night: Night, limit_s: int) -> None:
    net = night.net
    coverage = Coverage(net.travel(), [net.at(node) for node in range(net.nodes)], float(limit_s))
    fleet = night.snapshot()
    losses = coverage.losses(fleet, "patrol", 0)
    shortest = net.shortest()
    for unit, loss in zip(fleet.ids, losses.tolist(), strict=True):
        change = coverage.after(fleet, [unit], "patrol", 0)
        assert change.before - change.after == loss == len(change.lost)
        others = [
            net.node(other.lon)
            for other in night.units
            if other.id != unit
            and other.standing is Standing.AVAILABLE
            and "patrol" in other.capabilities
        ]
        assert change.after == sum(
            any(shortest[node, zone] <= limit_s for node in others) for zone in range(net.nodes)
        )


def test_free_candidates_show_their_loss_when_coverage_is_asked_for() -> None:
    travel = STREET.travel()
    fleet = fleet_of(travel, 1, 2, 5).snapshot()
    request = Request(STREET.at(2), (Need("patrol", 1),), 0.0, 0)
    answer = recommend(travel, fleet, request, Coverage(travel, POINTS, 60.0))
    assert {c.unit: c.coverage_loss for c in answer.candidates} == {"P0": 1.0, "P1": 1.0, "P2": 2.0}
    plain = recommend(travel, fleet, request)
    assert {c.coverage_loss for c in plain.candidates} == {None}

"""Rules of the whole recommendation that no single reason shows."""

from hypothesis import given

from dutyroom.dispatch import (
    ByDistance,
    Fleet,
    FleetUnit,
    Need,
    Request,
    Snapshot,
    assign_many,
    recommend,
)

from .references import Night, nights

TRAVEL = ByDistance(1.0, 36.0, 0.0)
PATROL = (Need("patrol", 1),)


def fleet(*units: str) -> Snapshot:
    patrols = [FleetUnit(one, frozenset({"patrol"}), 0.0, 0.0, position_s=0.0) for one in units]
    return Fleet(TRAVEL, patrols).snapshot()


@given(nights())
def test_candidates_are_ranked_by_arrival_and_widening_then_by_id(night: Night) -> None:
    answer = recommend(night.net.travel(), night.snapshot(), night.requests[0])
    order = []
    for one in answer.candidates:
        ms = night.rank_ms(night.unit(one.unit), night.requests[0])
        assert (one.arrival_s is None) == (ms is None)
        order.append((ms is None, ms or 0, one.unit))
    assert order == sorted(order)


def test_a_unit_that_is_on_one_call_is_not_sent_to_another() -> None:
    """Even if its status hasn't followed yet, and the other call is more urgent."""
    there = Request((0.0, 0.0), PATROL, 0.0, 0, priority=3, assigned=frozenset({"P1"}), id="there")
    other = Request((0.0, 0.0), PATROL, 0.0, 0, priority=1, id="other")
    first, second = assign_many(TRAVEL, fleet("P1", "P2"), [there, other])
    assert first.needs[0].assigned == ("P1",)
    assert second.chosen == ("P2",)
    passed = next(one for one in second.candidates if one.unit == "P1")
    assert [(reason.code, reason.params) for reason in passed.reasons] == [
        ("needed_elsewhere", {"request": "there", "priority": 3})
    ]


def test_no_needs_no_units_and_no_calls_are_answered() -> None:
    assert recommend(TRAVEL, fleet("P1"), Request((0.0, 0.0), (), 0.0, 0)).chosen == ()
    nobody = recommend(TRAVEL, fleet(), Request((0.0, 0.0), PATROL, 0.0, 0))
    assert nobody.needs[0].shortfall == 1
    assert assign_many(TRAVEL, fleet("P1"), []) == ()


def test_who_has_served_and_left_counts_towards_whatever_need_helps_most() -> None:
    """A community officer who left counts as that: so the patrol that is free completes it."""
    needs = (Need("patrol", 2), Need("community", 1))
    served = (frozenset({"patrol", "community"}), frozenset({"patrol"}))
    answer = recommend(TRAVEL, fleet("P1"), Request((0.0, 0.0), needs, 0.0, 0, served=served))
    assert answer.chosen == ("P1",)
    assert [(need.capability, need.count, need.shortfall) for need in answer.needs] == [
        ("patrol", 1, 0)
    ]

"""What a recommendation says of each unit, and why."""

from dataclasses import replace

import pytest

from dutyroom.dispatch import (
    NEVER_S,
    Candidate,
    Fleet,
    FleetUnit,
    Need,
    Reason,
    Recommendation,
    Request,
    Standing,
    assign_many,
    recommend,
)
from dutyroom.dispatch.picture import LONGEST_ARRIVAL_S

from .references import Net

NOW_S = 1_000.0
STREET = Net(12, tuple((node, node - 1, 60) for node in range(1, 12)))
"""A one-way street: from node n it is n minutes to node 0, and no way back."""

CALL = Request(STREET.at(0), (Need("patrol", 1),), NOW_S, 12, id="A")


def unit(
    id: str,
    minutes: int,
    *capabilities: str,
    standing: Standing = Standing.AVAILABLE,
    busy_priority: int = 0,
    age_s: float = 0.0,
    load_s: float = 0.0,
) -> FleetUnit:
    return FleetUnit(
        id,
        frozenset(capabilities or ("patrol",)),
        *STREET.at(minutes),
        NOW_S - age_s,
        standing,
        busy_priority,
        "car",
        load_s,
    )


def ask(units: list[FleetUnit], request: Request = CALL) -> Recommendation:
    travel = STREET.travel()
    return recommend(travel, Fleet(travel, units).snapshot(), request)


def said(answer: Recommendation, id: str) -> list[Reason]:
    return list(find(answer, id).reasons)


def find(answer: Recommendation, id: str) -> Candidate:
    return next(candidate for candidate in answer.candidates if candidate.unit == id)


def test_the_nearest_is_chosen_and_the_next_says_how_much_later_it_is() -> None:
    answer = ask([unit("P1", 4), unit("P2", 1), unit("P3", 9)])
    assert answer.chosen == ("P2",)
    assert said(answer, "P2") == [Reason("chosen_nearest_for_need", {"capability": "patrol"})]
    assert said(answer, "P1") == [
        Reason("later_than_chosen", {"capability": "patrol", "by_s": 180.0})
    ]
    assert [candidate.arrival_s for candidate in answer.candidates] == [60.0, 240.0, 540.0]


def test_the_lower_id_goes_when_two_are_equally_near() -> None:
    assert ask([unit("P2", 3), unit("P1", 3), unit("P10", 3)]).chosen == ("P1",)


def test_of_two_equally_near_the_crew_that_was_out_less_goes_and_the_other_is_explained() -> None:
    tired, fresh = unit("P1", 3, load_s=7_200.0), unit("P2", 3, load_s=600.0)
    answer = ask([tired, fresh, unit("P3", 4)])
    assert answer.chosen == ("P2",)
    assert [one.unit for one in answer.candidates] == ["P2", "P1", "P3"]
    assert [one.load_s for one in answer.candidates] == [600.0, 7_200.0, 0.0]
    assert said(answer, "P1") == [
        Reason(
            "crew_more_loaded",
            {"capability": "patrol", "load_s": 7_200.0, "chosen_load_s": 600.0},
        )
    ]


def test_no_load_makes_a_later_unit_go() -> None:
    assert ask([unit("P1", 3, load_s=36_000.0), unit("P2", 4)]).chosen == ("P1",)


def test_nearer_units_that_cannot_come_are_shown_with_the_reason() -> None:
    answer = ask(
        [
            unit("P1", 1, standing=Standing.BUSY, busy_priority=2),
            unit("P2", 2, standing=Standing.UNAVAILABLE),
            unit("P3", 3, standing=Standing.OFF_DUTY),
            unit("A1", 4, "ambulance"),
            unit("P5", 5),
            unit("P6", 6, standing=Standing.OFF_DUTY),
        ]
    )
    assert answer.chosen == ("P5",)
    assert {c.unit: c.reasons[0] for c in answer.candidates if not c.chosen} == {
        "P1": Reason("nearer_but_busy", {"priority": 2}),
        "P2": Reason("nearer_but_unavailable"),
        "P3": Reason("nearer_but_off_duty"),
        "A1": Reason("lacks_capability", {"capability": "patrol"}),
    }


def test_a_unit_in_emergency_is_not_sent_however_near_and_says_why() -> None:
    answer = ask([unit("P1", 1, standing=Standing.IN_EMERGENCY), unit("P2", 5)])
    assert answer.chosen == ("P2",)
    assert said(answer, "P1") == [Reason("in_emergency")]
    assert ask([unit("P1", 1, standing=Standing.IN_EMERGENCY)]).needs[0].shortfall == 1


def test_an_absurd_arrival_is_never_recommended_or_shown() -> None:
    far = Net(3, ((2, 1, 14_000), (1, 0, 401)))
    travel = far.travel()
    lost = FleetUnit("P1", frozenset({"patrol"}), *far.at(2), NOW_S)
    near = FleetUnit("P2", frozenset({"patrol"}), *far.at(1), NOW_S)
    alone = recommend(travel, Fleet(travel, [lost]).snapshot(), CALL)
    assert (alone.chosen, alone.needs[0].shortfall) == ((), 1)
    assert find(alone, "P1").arrival_s is None
    assert said(alone, "P1") == [Reason("too_far", {"longest_s": LONGEST_ARRIVAL_S})]
    assert recommend(travel, Fleet(travel, [lost, near]).snapshot(), CALL).chosen == ("P2",)


def test_a_position_in_doubt_is_said_and_widens_the_estimate_from_its_first_second() -> None:
    travel = STREET.travel()
    fleet = Fleet(travel, [unit("P1", 2, age_s=30.0), unit("P2", 3)])
    assert recommend(travel, fleet.snapshot(), CALL).chosen == ("P1",)
    fleet.set_doubt("P1", True)
    doubted = recommend(travel, fleet.snapshot(), CALL)
    assert find(doubted, "P1").widened_s == 30.0
    assert find(doubted, "P1").stale
    assert Reason("doubtful_position") in said(doubted, "P1")
    fleet.set_doubt("P1", False)
    assert find(recommend(travel, fleet.snapshot(), CALL), "P1").widened_s == 0.0


def test_a_unit_that_is_there_fills_its_place_first() -> None:
    request = replace(CALL, assigned=frozenset({"P1"}))
    there = unit("P1", 1, standing=Standing.BUSY, busy_priority=1)
    answer = ask([there, unit("P2", 2)], request)
    assert answer.chosen == ()
    assert answer.needs[0].assigned == ("P1",)
    assert said(answer, "P2") == [Reason("need_already_met", {"capability": "patrol"})]
    more = ask([there, unit("P2", 2)], replace(request, needs=(Need("patrol", 2),)))
    assert more.chosen == ("P2",)
    assert said(more, "P1") == [Reason("already_assigned")]


def test_excluded_units_stay_and_say_so() -> None:
    answer = ask([unit("P1", 1), unit("P2", 2)], replace(CALL, excluded=frozenset({"P1"})))
    assert answer.chosen == ("P2",)
    assert said(answer, "P1") == [Reason("excluded")]


def test_one_unit_fills_one_place_and_the_rarer_skill_decides_which() -> None:
    both = replace(CALL, needs=(Need("patrol", 1), Need("dog", 1)))
    answer = ask([unit("K1", 1, "patrol", "dog"), unit("P2", 2)], both)
    assert [need.chosen for need in answer.needs] == [("P2",), ("K1",)]
    assert Reason("needed_more_for", {"capability": "dog", "instead_of": "patrol"}) in said(
        answer, "K1"
    )


def test_what_nobody_can_fill_is_a_shortfall() -> None:
    answer = ask([unit("P1", 1)], replace(CALL, needs=(Need("patrol", 3), Need("boat", 1))))
    assert [(need.capability, need.shortfall) for need in answer.needs] == [
        ("patrol", 2),
        ("boat", 1),
    ]
    assert answer.reasons == (
        Reason("shortfall", {"capability": "patrol", "count": 2}),
        Reason("shortfall", {"capability": "boat", "count": 1}),
    )


def test_a_unit_without_a_way_there_is_not_sent() -> None:
    answer = ask([unit("P1", 1)], replace(CALL, target=STREET.at(5)))
    assert answer.chosen == ()
    assert find(answer, "P1").arrival_s is None
    assert said(answer, "P1") == [Reason("unreachable")]


def test_a_stale_position_widens_by_its_age_beyond_the_threshold() -> None:
    answer = ask([unit("P1", 1, age_s=160.0), unit("P2", 2)])
    stale = find(answer, "P1")
    assert (stale.arrival_s, stale.widened_s, stale.stale) == (60.0, 100.0, True)
    assert answer.chosen == ("P2",)
    assert said(answer, "P1") == [
        Reason("later_than_chosen", {"capability": "patrol", "by_s": 40.0}),
        Reason("stale_position", {"age_s": 160.0, "widened_s": 100.0}),
    ]


@pytest.mark.parametrize("position_s", [NEVER_S, NOW_S - 86_400.0])
def test_a_position_that_is_long_lost_widens_by_five_minutes_only(position_s: float) -> None:
    lost = replace(unit("P1", 1), position_s=position_s)
    answer = ask([lost, unit("P2", 7)])
    assert answer.chosen == ("P1",)
    assert find(answer, "P1").widened_s == 300.0
    age_s = said(answer, "P1")[-1].params["age_s"]
    assert age_s == (None if position_s == NEVER_S else 86_400.0)


def test_a_position_from_the_future_is_fresh() -> None:
    assert not find(ask([unit("P1", 1, age_s=-50.0)]), "P1").stale


def test_many_nearer_units_that_are_busy_are_counted_when_they_are_not_shown() -> None:
    busy = [unit(f"B{n:02}", 1, standing=Standing.BUSY, busy_priority=3) for n in range(40)]
    answer = ask([*busy, unit("P1", 2)])
    assert answer.chosen == ("P1",)
    shown = sum(not candidate.chosen for candidate in answer.candidates)
    assert shown + answer.nearer_not_shown == 40


def test_the_more_urgent_call_gets_the_nearest_unit_and_the_other_is_explained() -> None:
    units = [unit("P1", 1), unit("P2", 8)]
    urgent = replace(CALL, id="B", priority=1, target=STREET.at(0))
    calm = replace(CALL, id="A", priority=3)
    travel = STREET.travel()
    answers = assign_many(travel, Fleet(travel, units).snapshot(), (calm, urgent))
    assert [answer.chosen for answer in answers] == [("P2",), ("P1",)]
    assert said(answers[0], "P1") == [Reason("needed_elsewhere", {"request": "B", "priority": 1})]

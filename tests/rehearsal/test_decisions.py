"""What the simulation decides, worked out by hand on a line of points a minute apart."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dutyroom.rehearsal.scenario.model import Shift
from dutyroom.rehearsal.simulation.records import (
    COMPLIANCE,
    DMEXCLP,
    I_BREAK,
    JUMP,
    NEAREST,
    NEAREST_FACILITY,
    STAY,
)
from dutyroom.rehearsal.simulation.rules import Rules
from tests.rehearsal.cases import MINUTE, line, play, tables, unit

HOUR = 3600.0


def test_the_nearest_free_unit_goes() -> None:
    played = play([unit("A", 0), unit("B", 6)], {"at": 1, "point": 4})
    assert played.units() == ["B"]
    assert played.minutes("arrive_s") == [3.0]


def test_at_the_same_distance_the_unit_that_people_count_first_goes() -> None:
    played = play([unit("P10", 2), unit("P2", 6)], {"at": 1, "point": 4})
    assert played.units() == ["P2"]


def test_a_unit_that_lacks_the_capability_stays() -> None:
    units = [unit("A", 4, "patrol"), unit("B", 9, "ambulance")]
    played = play(units, {"at": 1, "point": 4, "needs": ["ambulance"]})
    assert played.units() == ["B"]


def test_a_unit_on_its_way_home_is_sent_from_where_it_is() -> None:
    # Free at minute 15 at p5, it drives home to p0 and is at p3 at minute 17.
    calls = {"at": 0, "point": 5, "on_scene": 10}, {"at": 17, "point": 4}
    played = play([unit("A", 0)], *calls)
    assert played.starts() == ["p0", "p3"]
    assert played.minutes("arrive_s") == [5.0, 18.0]


def test_where_positions_are_unknown_a_unit_must_get_home_first() -> None:
    calls = {"at": 0, "point": 5, "on_scene": 10}, {"at": 17, "point": 4}
    played = play([unit("A", 0)], *calls, rules=Rules(way=JUMP))
    assert played.starts() == ["p0", "p0"]
    assert played.minutes("sent_s") == [0.0, 20.0]


def test_a_unit_that_gets_free_at_its_base_is_there_at_once_whatever_the_diagonal_says() -> None:
    within = line()
    np.fill_diagonal(within.travel, MINUTE)  # a minute within a point
    calls = {"at": 0, "point": 0, "on_scene": 2}, {"at": 3, "point": 0}
    played = play([unit("A", 0)], *calls, rules=Rules(way=JUMP), geography=within)
    assert played.minutes("free_s")[0] == 3.0
    assert played.minutes("sent_s") == [0.0, 3.0]


def test_turnout_is_for_units_at_their_base() -> None:
    calls = {"at": 0, "point": 5, "turnout": 2}, {"at": 18, "point": 5, "turnout": 2}
    played = play([unit("A", 0)], *calls)
    assert played.minutes("left_s") == [2.0, 18.0]


def test_a_waiting_call_gets_the_first_unit_and_the_most_urgent_goes_first() -> None:
    calls = (
        {"at": 0, "point": 1, "on_scene": 9},
        {"at": 1, "point": 1, "priority": 3},
        {"at": 2, "point": 1, "priority": 2},
        {"at": 3, "point": 1, "priority": 2},
    )
    played = play([unit("A", 0)], *calls)
    assert played.minutes("sent_s") == [0.0, 30.0, 10.0, 20.0]


def test_the_nearest_of_the_waiting_calls_may_go_first() -> None:
    calls = (
        {"at": 0, "point": 1, "on_scene": 9},
        {"at": 1, "point": 8},
        {"at": 2, "point": 2},
    )
    played = play([unit("A", 0)], *calls, rules=Rules(discipline=NEAREST))
    assert played.minutes("sent_s")[2] < played.minutes("sent_s")[1]


def test_without_a_queue_calls_that_find_nobody_are_lost() -> None:
    calls = {"at": 0, "point": 1, "on_scene": 60}, {"at": 5, "point": 1}
    played = play([unit("A", 0)], *calls, rules=Rules(no_waiting=True))
    assert played.units() == ["A", None]
    assert played.run.counters["lost"] == 1


def test_several_units_are_chosen_together_at_the_least_sum() -> None:
    # Only B can do both: sending it as the patrol would leave the ladder to C, far away.
    units = [unit("A", 3, "patrol"), unit("B", 4, "patrol", "ladder"), unit("C", 9, "ladder")]
    played = play(units, {"at": 0, "point": 4, "needs": ["patrol", "ladder"]})
    assert played.units() == ["A", "B"]


def test_what_is_missing_comes_as_soon_as_a_unit_is_free() -> None:
    units = [unit("A", 0, "engine"), unit("B", 1, "engine")]
    calls = (
        {"at": 0, "point": 1, "needs": ["engine"], "on_scene": 4},
        {"at": 1, "point": 2, "needs": ["engine", "engine"]},
    )
    played = play(units, *calls)
    assert played.units() == ["B", "A", "B"]
    assert played.minutes("sent_s") == [0.0, 1.0, 4.0]


def test_a_unit_takes_the_patient_to_the_nearest_facility_and_is_free_there() -> None:
    calls = (
        {"at": 0, "point": 2, "on_scene": 1, "facility": NEAREST_FACILITY, "handover": 5},
        {"at": 12, "point": 9, "on_scene": 1},
    )
    played = play([unit("A", 0)], *calls, facilities=(("H1", 5), ("H0", 9)))
    assert played.minutes("facility_s")[0] == 6.0
    assert played.minutes("free_s")[0] == 11.0
    assert played.starts()[1] == "p4"


def test_a_unit_off_duty_is_not_sent_and_finishes_what_it_does() -> None:
    shift = Shift(0.0, HOUR)
    units = [unit("A", 0, shifts=(shift,)), unit("B", 9)]
    calls = {"at": 59, "point": 1, "on_scene": 30}, {"at": 61, "point": 1}, {"at": 95, "point": 1}
    played = play(units, *calls)
    assert played.units() == ["A", "B", "B"]
    assert played.minutes("free_s")[0] == 90.0


def test_a_break_begins_when_the_work_is_done() -> None:
    shift = Shift(0.0, 10 * HOUR, ((30 * MINUTE, 20 * MINUTE),))
    calls = {"at": 25, "point": 1, "on_scene": 14}, {"at": 50, "point": 1}
    played = play([unit("A", 0, shifts=(shift,))], *calls)
    breaks = played.run.intervals[played.run.intervals["kind"] == I_BREAK]
    assert (breaks["start_s"] / MINUTE).tolist() == [40.0]
    assert played.minutes("sent_s") == [25.0, 60.0]


def test_shifts_that_meet_are_one() -> None:
    shifts = (Shift(0.0, HOUR), Shift(HOUR, 2 * HOUR))
    played = play([unit("A", 5, shifts=shifts)], {"at": 59, "point": 0}, {"at": 75, "point": 1})
    assert played.units() == ["A", "A"]


def test_an_urgent_call_takes_a_unit_on_the_way_to_a_lesser_one() -> None:
    rules = Rules(preempt_by=1, preempt_of=3)
    calls = {"at": 0, "point": 9, "priority": 3}, {"at": 4, "point": 5, "priority": 1}
    played = play([unit("A", 0)], *calls, rules=rules)
    assert played.starts() == ["p5", "p4"]
    assert played.minutes("arrive_s") == [19.0, 5.0]
    assert played.run.counters["preempted"] == 1
    assert played.run.outcomes["sent"].tolist() == [2, 1]


def test_nobody_is_taken_from_the_scene_nor_from_an_equal() -> None:
    rules = Rules(preempt_by=1, preempt_of=3)
    on_scene = {"at": 0, "point": 1, "priority": 3}, {"at": 4, "point": 5, "priority": 1}
    equal = {"at": 0, "point": 9, "priority": 2}, {"at": 4, "point": 5, "priority": 1}
    for calls in (on_scene, equal):
        assert play([unit("A", 0)], *calls, rules=rules).run.counters["preempted"] == 0


def test_any_call_cuts_officers_own_work_short_and_that_is_never_waited_for() -> None:
    calls = (
        {"at": 0, "point": 3, "on_scene": 60, "own_work": True},
        {"at": 10, "point": 4, "on_scene": 60},
        {"at": 20, "point": 4, "own_work": True},
    )
    played = play([unit("A", 0)], *calls)
    assert played.units() == [None, "A", None]
    assert played.starts()[1] == "p3"


def test_a_unit_that_gets_free_relieves_one_that_is_much_farther() -> None:
    calls = (
        {"at": 0, "point": 8, "on_scene": 1},
        {"at": 8, "point": 9, "on_scene": 1},
    )
    units = [unit("A", 0), unit("B", 7)]
    plain = play(units, *calls)
    assert plain.units() == ["B", "B"]
    calls = ({"at": 0, "point": 9, "on_scene": 3}, {"at": 4, "point": 9, "on_scene": 1})
    assert play(units, *calls).minutes("arrive_s") == [2.0, 13.0]
    relieved = play(units, *calls, rules=Rules(reassign_gain_s=120.0))
    assert relieved.units() == ["B", "B"]
    assert relieved.minutes("arrive_s") == [2.0, 5.0]
    assert relieved.run.counters["reassigned"] == 1


def test_a_unit_may_stay_where_it_was() -> None:
    calls = {"at": 0, "point": 5, "on_scene": 1}, {"at": 60, "point": 5}
    played = play([unit("A", 0)], *calls, rules=Rules(after=STAY))
    assert played.starts() == ["p0", "p5"]


def test_units_move_up_to_the_posts_of_the_compliance_table() -> None:
    # With two free, p1 and p8 are taken; with one, p5.
    units = [unit("A", 1), unit("B", 8)]
    calls = {"at": 0, "point": 1, "on_scene": 30}, {"at": 20, "point": 5}
    rules = Rules(after=COMPLIANCE)
    played = play(units, *calls, rules=rules, compliance=tables((), (5,), (1, 8)))
    assert played.units() == ["A", "B"]
    assert played.starts() == ["p1", "p5"]
    assert played.run.counters["moved"] >= 1


def test_each_team_moves_up_by_its_own_table() -> None:
    """Ambulances hold p5 with one free, engines p2; a car that no table counts stays at home."""
    engines = {"agency": "fire"}
    units = [
        *(unit(name, base, "als", agency="ems") for name, base in (("A1", 1), ("A2", 8))),
        *(unit(name, base, "pump", **engines) for name, base in (("E1", 0), ("E2", 9))),
        unit("P", 4, "patrol"),
    ]
    calls = (
        {"at": 0, "point": 1, "on_scene": 300, "needs": ["als"]},
        {"at": 30, "point": 5, "needs": ["als"]},
        {"at": 60, "point": 4, "needs": ["patrol"]},
        {"at": 90, "point": 9, "on_scene": 300, "needs": ["pump"]},
        {"at": 120, "point": 2, "needs": ["pump"]},
    )
    by_team = (*tables((), (5,), (1, 8), agency="ems"), *tables((), (2,), (0, 9), **engines))
    played = play(units, *calls, rules=Rules(after=COMPLIANCE), compliance=by_team)
    assert played.units() == ["A1", "A2", "P", "E2", "E1"]
    assert played.starts() == ["p1", "p5", "p4", "p9", "p2"]


def test_a_unit_is_counted_by_the_first_table_that_fits() -> None:
    """Of two with life support one is left: it holds p8, though the crews of all hold p0."""
    units = [unit("A", 1, "als", "bls"), unit("B", 5, "als", "bls"), unit("C", 6, "bls")]
    calls = {"at": 0, "point": 1, "on_scene": 300, "needs": ["als"]}, {"at": 60, "point": 8}
    by_team = (
        *tables((), (8,), (1, 5), capabilities=frozenset({"als"})),
        *tables((), (0,), capabilities=frozenset({"bls"})),
    )
    played = play(units, *calls, rules=Rules(after=COMPLIANCE), compliance=by_team)
    assert played.starts() == ["p1", "p8"]
    assert played.units() == ["A", "B"]
    assert played.inputs.fleet.team.tolist() == [0, 0, 1]


def test_posts_of_a_table_that_is_not_in_force_are_no_bases() -> None:
    played = play([unit("A", 0)], {"at": 9, "point": 5}, compliance=tables((), (7,)))
    assert played.builder.bases == (0,)


def test_dmexclp_covers_with_units_that_can_do_the_same() -> None:
    """The engine at p8 is no cover for those who need an ambulance."""
    calls = [
        {"at": 60 * n, "point": point, "on_scene": 1, "needs": [need]}
        for n, (point, need) in enumerate([(8, "als"), (0, "als"), (8, "als"), (8, "pump")], 1)
    ]
    played = play(
        [unit("A", 0, "als"), unit("E", 8, "pump")], *calls,
        rules=Rules(after=DMEXCLP, busy_share=0.01), cover_s=3 * MINUTE,
    )  # fmt: skip
    assert played.starts() == ["p8", "p8", "p8", "p8"]


def test_dmexclp_sends_a_free_unit_where_it_covers_most() -> None:
    calls = tuple({"at": at, "point": 8, "on_scene": 1} for at in (0, 40, 80))
    played = play(
        [unit("A", 0)], *calls, rules=Rules(after=DMEXCLP), posts=(8,), cover_s=3 * MINUTE
    )
    assert played.starts() == ["p0", "p8", "p8"]


@pytest.mark.parametrize("kind", ["float64", "float32", "uint16"])
def test_a_smaller_matrix_decides_the_same_here(kind: str) -> None:
    travel = line().travel
    smaller = travel.astype(kind)
    calls = {"at": 0, "point": 5, "on_scene": 10}, {"at": 17, "point": 4}
    played = play([unit("A", 0)], *calls, geography=replace(line(), travel=smaller))
    assert played.minutes("arrive_s") == [5.0, 18.0]


def test_ways_take_longer_in_some_hours() -> None:
    factors = np.ones(24)
    factors[1] = 2.0
    geography = replace(line(), hour_factor=factors)
    calls = {"at": 30, "point": 2, "on_scene": 1}, {"at": 70, "point": 2}
    played = play([unit("A", 0)], *calls, geography=geography)
    assert played.minutes("arrive_s") == [32.0, 74.0]


def test_units_of_a_call_change_roles_so_that_the_next_one_is_of_use() -> None:
    # B comes as the only free unit; when the plain ambulance A is free, B counts as the als.
    units = [unit("A", 0, "ambulance"), unit("B", 5, "als", "ambulance")]
    calls = (
        {"at": 0, "point": 0, "needs": ["ambulance"], "on_scene": 5},
        {"at": 1, "point": 5, "needs": ["ambulance", "als"], "on_scene": 30},
    )
    played = play(units, *calls)
    assert sorted(filter(None, played.units()[1:])) == ["A", "B"]
    assert max(played.minutes("sent_s")) == 5.0


def test_a_unit_is_never_sent_where_it_has_no_way() -> None:
    travel = line().travel.copy()
    travel[0, 5] = travel[9, 5] = np.inf  # only from p4 and its like there is a way to p5
    geography = replace(line(), travel=travel)
    calls = {"at": 0, "point": 4, "on_scene": 5}, {"at": 1, "point": 5}
    played = play([unit("A", 0), unit("B", 4)], *calls, geography=geography)
    assert played.units() == ["B", "B"]
    assert np.isfinite(played.run.outcomes["arrive_s"]).all()


def test_who_calls_before_the_shift_begins_is_served_when_it_does() -> None:
    shift = Shift(10 * HOUR, 20 * HOUR)
    played = play([unit("A", 0, shifts=(shift,))], {"at": 5, "point": 1}, hours=1.0)
    assert played.minutes("sent_s") == [600.0]


def test_units_of_the_own_district_have_a_lead() -> None:
    units = [
        unit("A", 0, station="west"), unit("B", 6, station="east"), unit("M", 9, "medic"),
    ]  # fmt: skip
    halves = {f"p{n}": frozenset({"west" if n < 5 else "east"}) for n in range(9)}

    def sent(lead_min: float, point: int, *needs: str, **more: Any) -> list[str | None]:
        districts = more.get("districts", halves)
        rules = Rules(own_district_s=lead_min * MINUTE)
        call = {"at": 0, "point": point, "needs": needs or ("any",)}
        return play(units, call, rules=rules, districts=districts).units()

    # p4: A is four minutes away, B two.
    assert sent(0, 4) == ["B"]
    assert sent(1.9, 4) == ["B"]
    assert sent(2.0, 4) == ["A"], "a tie goes to the lower id"
    assert sent(60, 5) == ["B"]
    assert sent(60, 4, districts={}) == ["B"]
    assert sent(60, 9) == ["B"], "an area of no district is everybody's"
    both = halves | {"p4": frozenset({"west", "east"})}
    assert sent(60, 4, districts=both) == ["B"], "two stations may answer for an area"
    assert sent(60, 4, "medic") == ["M"], "nobody else can"
    # Two units: who is held back goes nevertheless where there is nobody else.
    assert sent(60, 4, "any", "any") == ["A", "B"]


def test_places_are_filled_by_sums_to_the_microsecond_where_arrivals_are_exact() -> None:
    """B is a tenth of a millisecond nearer than A, and no two of their sums are the same."""
    near = line()
    near.travel[0, 5] = 300.0
    near.travel[6, 5] = 299.9999
    units = [unit("A", 0), unit("B", 6), unit("C", 4)]
    call = {"at": 0, "point": 5, "needs": ["any", "any"]}
    as_live = play(units, call, geography=near).units()
    exact = play(units, call, geography=near, rules=Rules(whole_ms=False)).units()
    assert set(as_live) == {"A", "C"}, "in whole milliseconds a tie, which goes to the lower id"
    assert set(exact) == {"B", "C"}


def test_a_unit_of_another_district_goes_when_the_own_ones_are_out() -> None:
    units = [unit("A", 0, station="west"), unit("B", 6, station="east")]
    halves = {f"p{n}": frozenset({"west" if n < 5 else "east"}) for n in range(10)}
    calls = {"at": 0, "point": 0, "on_scene": 30}, {"at": 5, "point": 4}, {"at": 30, "point": 4}
    rules = Rules(own_district_s=10 * MINUTE)
    assert play(units, *calls, rules=rules, districts=halves).units() == ["A", "B", "A"]

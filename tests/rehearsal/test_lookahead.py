"""The next hour from the picture of the moment."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as given_values
from hypothesis import settings
from hypothesis import strategies as st

from dutyroom.domain.values import Need
from dutyroom.rehearsal.lookahead.outlook import LookAhead, UnitNow
from dutyroom.rehearsal.results.figures import estimate
from dutyroom.rehearsal.scenario.model import Duration
from tests.harness.examples import examples
from tests.rehearsal.cases import given, kind, line, scenario, unit

MINUTE = 60.0


@pytest.fixture(scope="module")
def ahead() -> LookAhead:
    """Ten points in two areas, a unit at each end; a unit covers three minutes."""
    geography = replace(line(), zone=("west",) * 5 + ("east",) * 5)
    return LookAhead(
        scenario(
            [unit("A", 2), unit("B", 7)],
            geography=geography,
            kinds=(kind(2.0, Duration(900.0, 0.5)),),
            cover_s=3 * MINUTE,
        ),
        replications=400,
    )


def test_an_area_is_bare_while_its_unit_is_at_work(ahead: LookAhead) -> None:
    both = ahead.look([UnitNow(2), UnitNow(7)])
    gone = ahead.look([UnitNow(2), UnitNow(7, free_in_s=None)])
    east, west = ahead.areas.index("east"), ahead.areas.index("west")
    assert ahead.areas == ("east", "west")
    assert gone.bare[east] == 1.0
    assert both.bare[east] < 0.5
    assert gone.mean_delay_s > both.mean_delay_s
    assert gone.bare[west] > both.bare[west]  # its unit has to go east as well


def test_a_busy_unit_comes_back_when_it_is_expected(ahead: LookAhead) -> None:
    bare = [
        ahead.look([UnitNow(2), UnitNow(7, free_in_s=minutes * MINUTE)]).bare[0]
        for minutes in (0, 20, 40, 70)
    ]
    assert bare == sorted(bare)
    assert bare[-1] == 1.0


def test_the_same_seed_gives_the_same_outlook_and_leaves_nothing_behind(ahead: LookAhead) -> None:
    picture = [UnitNow(2), UnitNow(7, free_in_s=600.0)]
    first = ahead.look(picture, seed=5)
    ahead.look([UnitNow(2, free_in_s=None), UnitNow(7)], seed=5)
    again = ahead.look(picture, seed=5)
    assert np.array_equal(first.bare, again.bare)
    assert np.array_equal(first.delay_s, again.delay_s)
    assert not np.array_equal(first.delay_s, ahead.look(picture, seed=6).delay_s)


def test_calls_that_wait_now_take_units_first(ahead: LookAhead) -> None:
    waiting = given({"at": 0, "point": 9, "on_scene": 55})
    quiet = ahead.look([UnitNow(2), UnitNow(7)])
    busy = ahead.look([UnitNow(2), UnitNow(7)], waiting=waiting)
    assert busy.calls.sum() == pytest.approx(quiet.calls.sum() + 1)
    assert busy.bare[0] > quiet.bare[0]


def test_pictures_are_compared_under_the_same_calls(ahead: LookAhead) -> None:
    send_a, send_b = ahead.compare(
        [
            [UnitNow(2, free_in_s=2400.0), UnitNow(7)],
            [UnitNow(2), UnitNow(7, free_in_s=2400.0)],
        ]
    )
    assert np.array_equal(send_a.calls, send_b.calls)
    east, west = 0, 1
    assert send_a.bare[west] > send_b.bare[west]
    assert send_b.bare[east] > send_a.bare[east]


def test_the_best_move_goes_to_the_side_that_is_bare(ahead: LookAhead) -> None:
    geography = ahead.builder.scenario.geography
    three = LookAhead(
        scenario(
            [unit("A", 2), unit("B", 2), unit("C", 7)],
            geography=geography,
            kinds=(kind(2.0, Duration(900.0, 0.5)),),
            cover_s=3 * MINUTE,
        ),
        replications=400,
    )
    move = three.best_move([UnitNow(2), UnitNow(2), UnitNow(7, free_in_s=None)])
    assert move is not None
    assert move.unit in ("A", "B")
    assert three.builder.bases[move.to_base] == 7
    assert move.change.delay.sure
    assert move.change.delay.mean < 0
    assert move.change.bare.mean < 0


@pytest.fixture(scope="module")
def two_services() -> LookAhead:
    """Two ambulances in the west, a patrol at each end; nearly all that is asked for is medical."""
    geography = replace(line(), zone=("west",) * 5 + ("east",) * 5)
    units = [
        unit("A", 2, "medic"), unit("B", 2, "medic"), unit("P", 2, "patrol"), unit("Q", 7, "patrol"),
    ]  # fmt: skip
    kinds = (
        kind(1.8, Duration(900.0, 0.5), needs=(Need("medic", 1),)),
        kind(0.2, Duration(900.0, 0.5), needs=(Need("patrol", 1),)),
    )
    made = scenario(units, geography=geography, kinds=kinds, cover_s=3 * MINUTE)
    return LookAhead(made, replications=400)


def test_an_area_with_free_units_of_another_kind_is_bare(two_services: LookAhead) -> None:
    found = two_services.look([UnitNow(2), UnitNow(2), UnitNow(2), UnitNow(7)])
    east, west = (found.areas.index(area) for area in ("east", "west"))
    assert found.bare[east] > 0.9, "no ambulance is near, nine of ten things are for one"
    assert found.bare[west] < 0.5


def test_the_best_move_sends_who_is_asked_for(two_services: LookAhead) -> None:
    move = two_services.best_move([UnitNow(2), UnitNow(2), UnitNow(2), UnitNow(7)])
    assert move is not None
    assert move.unit in ("A", "B")
    assert two_services.builder.bases[move.to_base] == 7
    assert move.change.delay.mean < -5
    assert move.change.bare.mean < 0


def test_a_move_that_only_swaps_one_gap_for_another_is_not_proposed(ahead: LookAhead) -> None:
    """Both ends are covered alike: whatever noise says, nobody is sent away."""
    assert ahead.best_move([UnitNow(2), UnitNow(7)]) is None


def test_a_unit_that_moves_is_on_its_way_and_not_there_yet(ahead: LookAhead) -> None:
    drawn = ahead._draw(0, 1, None)
    to_east = {0: 1}
    sent, there = (
        ahead._run([UnitNow(point), UnitNow(7, None)], drawn, to_east) for point in (0, 7)
    )
    assert np.array_equal(sent.calls, there.calls)
    assert sent.mean_delay_s > there.mean_delay_s


def test_what_another_choice_costs_is_shown_with_how_sure_that_is(ahead: LookAhead) -> None:
    """A call in the west: sending the east's unit leaves the east bare for forty minutes."""
    plan = [UnitNow(3, free_in_s=2400.0), UnitNow(7)]
    other = [UnitNow(2), UnitNow(3, free_in_s=2400.0)]
    same, east = ahead.instead(plan, [plan, other])
    assert (same.delay.mean, same.delay.sure, same.worst) == (0.0, False, None)
    assert east.worst is not None
    cost = east.worst.delay
    assert east.worst.area == "east"
    assert cost.sure
    assert cost.mean > cost.half_width > 0
    west_before, west_after = (one.delay_s[1] for one in ahead.compare([plan, other]))
    east_before, east_after = (one.delay_s[0] for one in ahead.compare([plan, other]))
    assert west_after < west_before
    assert cost.mean == pytest.approx(east_after - east_before, rel=0.2)
    changes = {one.area: one for one in east.areas}
    assert changes["east"].delay == cost
    assert changes["west"].delay.mean < 0
    assert east.barest is not None
    assert (east.barest.area, east.barest.bare.sure) == ("east", True)
    assert east.bare.mean == pytest.approx(sum(one.bare.mean for one in east.areas))


def test_calls_that_wait_now_count_when_choices_are_compared(ahead: LookAhead) -> None:
    """With one waiting in the far east, sending the east's unit elsewhere costs more."""
    plan = [UnitNow(3, free_in_s=2400.0), UnitNow(7)]
    other = [UnitNow(2), UnitNow(3, free_in_s=2400.0)]
    waiting = given({"at": 0, "point": 9, "on_scene": 25})
    [quiet] = ahead.instead(plan, [other])
    [busy] = ahead.instead(plan, [other], waiting=waiting)
    assert busy.delay.mean > quiet.delay.mean + 1


@settings(max_examples=examples(200))
@given_values(st.integers(0, 2**32 - 1), st.integers(1, 200))
def test_more_looks_never_make_an_interval_narrower(seed: int, looked_at: int) -> None:
    values = np.random.default_rng(seed).normal(size=20)
    alone, among = estimate(values), estimate(values, looked_at)
    assert among.mean == alone.mean
    assert among.half_width >= alone.half_width > 0


def test_noise_is_seldom_taken_for_a_difference() -> None:
    """Of 2,000 means of pure noise, about one in twenty is called sure, and no more."""
    rng = np.random.default_rng(7)
    sure = sum(estimate(rng.normal(size=20)).sure for _ in range(2_000))
    assert 60 < sure < 140
    among = sum(estimate(rng.normal(size=20), 200).sure for _ in range(2_000))
    assert among <= 3


def test_of_a_difference_that_was_never_seen_nothing_is_said() -> None:
    assert not estimate([float("nan")] * 20).sure
    assert np.isnan(estimate([1.0]).half_width)

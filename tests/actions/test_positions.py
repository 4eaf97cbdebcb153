"""Positions in the real room: what can't be true is refused, reported, counted, and not driven from."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.harness.rooms import TestRoom, figures

from dutyroom.actions import positions, runtime
from dutyroom.actions.clock import now_ms
from dutyroom.actions.positions import Fix
from dutyroom.advice.advisor import Advisor
from dutyroom.dispatch import Reason
from dutyroom.domain.units.whereabouts import AGREEING, Known, judge
from dutyroom.domain.values import Position
from dutyroom.journal.transactions import transaction
from dutyroom.projections import board
from dutyroom.projections.models import PositionDoubt, UnitPosition

pytestmark = pytest.mark.db
UNIT = "P1"
MOMENT_S = 0.5
"""Long enough for whoever doesn't wait to be done."""


def here(room: TestRoom) -> tuple[float, float]:
    return room.pack.centre


def beyond(room: TestRoom) -> tuple[float, float]:
    """Within the margin around the city, and no way there within a minute."""
    west, _, east, north = room.pack.bounds
    return (east + west) / 2, north + 0.1


def take(*fixes: tuple[str, tuple[float, float], int]) -> list[tuple[int, str]]:
    taken = positions.take([Fix(unit, *place, at) for unit, place, at in fixes], now_ms())
    return [(one.index, one.reason) for one in taken.refused]


def kept(unit: str = UNIT) -> tuple[float, float, int]:
    return UnitPosition.objects.values_list("lon", "lat", "at_ms").get(unit=unit)


@pytest.mark.parametrize(("place", "reason"), [((0.0, 0.0), "no_fix"), ((-74.0, 40.7), "outside")])
def test_the_last_good_position_is_kept_and_the_bad_ones_are_counted(
    room: TestRoom, place: tuple[float, float], reason: str
) -> None:
    at = now_ms() - 10_000
    assert take((UNIT, here(room), at)) == []
    assert take((UNIT, place, at + 1_000), (UNIT, place, at + 2_000)) == [
        (0, reason),
        (1, reason),
    ]
    assert kept() == (*here(room), at)
    row = room.row("units", UNIT)
    assert (row["position_at_ms"], row["position_doubt"]) == (at, reason)
    [counted] = figures()["positions_refused"]
    assert (counted["unit"], counted["count"], counted["why"], counted["open"]) == (
        UNIT,
        2,
        reason,
        True,
    )
    assert take((UNIT, here(room), at + 3_000)) == []
    assert room.row("units", UNIT)["position_doubt"] is None
    [counted] = figures()["positions_refused"]
    assert (counted["count"], counted["why"], counted["open"]) == (2, reason, False)


def test_a_unit_that_never_had_a_good_position_is_shown_at_its_station(room: TestRoom) -> None:
    assert take((UNIT, (0.0, 0.0), now_ms())) == [(0, "no_fix")]
    row, home = room.row("units", UNIT), room.pack.unit(UNIT)
    assert (row["lon"], row["lat"], row["position_at_ms"]) == (home.lon, home.lat, None)
    assert row["position_doubt"] == "no_fix"


def test_a_jump_is_believed_after_three_that_agree_also_over_processes(room: TestRoom) -> None:
    at = now_ms() - 60_000
    take((UNIT, here(room), at))
    assert take((UNIT, beyond(room), at + 1_000)) == [(0, "jump")]
    runtime.stop()  # another process takes the next ones
    assert take((UNIT, beyond(room), at + 2_000)) == [(0, "jump")]
    assert kept() == (*here(room), at)
    assert take((UNIT, beyond(room), at + 3_000)) == []
    assert kept() == (*beyond(room), at + 3_000)
    doubt = PositionDoubt.objects.get(unit=UNIT)
    assert (doubt.count, doubt.open, doubt.doubted) == (AGREEING - 1, False, "[]")


def test_refused_positions_are_counted_for_a_day(room: TestRoom) -> None:
    before = now_ms() - positions.COUNTED_MS - 60_000
    positions.take([Fix(UNIT, 0.0, 0.0, before)] * 5, before)
    assert figures()["positions_refused"] == []
    take((UNIT, (0.0, 0.0), now_ms()))
    assert [one["count"] for one in figures()["positions_refused"]] == [1]


def test_the_reason_is_kept_where_a_good_position_came_in_the_same_breath(room: TestRoom) -> None:
    at = now_ms()
    take((UNIT, (0.0, 0.0), at - 1_000), (UNIT, here(room), at))
    [counted] = figures()["positions_refused"]
    assert (counted["count"], counted["why"], counted["open"]) == (1, "no_fix", False)


def test_units_that_are_not_of_the_city_are_named(room: TestRoom) -> None:
    taken = positions.take([Fix("X9", *here(room), now_ms())], now_ms())
    assert [(one.index, one.reason, one.why.en) for one in taken.refused] == [
        (0, "unknown_unit", "there is no unit X9 in the city pack")
    ]
    assert not PositionDoubt.objects.exists()


def test_each_unit_is_judged_by_itself_and_the_order_of_arrival_does_not_matter(
    room: TestRoom,
) -> None:
    at = now_ms() - 60_000
    fixes = [
        ("P2", here(room), at),
        (UNIT, beyond(room), at + 1_000),
        ("P2", here(room), at - 5_000),
        (UNIT, here(room), at),
    ]
    assert take(*fixes) == [(1, "jump")]
    assert kept() == (*here(room), at)
    assert kept("P2") == (*here(room), at)


def for_a_patrol(room: TestRoom) -> UUID:
    category = next(
        plan.category for plan in room.pack.plans if plan.needs[0].capability == "patrol"
    )
    return room.open_incident(category=category)


def asked(room: TestRoom, incident: Any) -> dict[str, Any]:
    found = room.room.advisor.recommend(str(incident), now_ms())
    return {one.unit: one for one in found.candidates} | {"chosen": found.chosen}


def test_a_doubted_position_is_marked_in_the_recommendation_of_every_process(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    incident = for_a_patrol(room)
    place = room.place()
    take((UNIT, (place.lon, place.lat), now_ms()))
    assert asked(room, incident)[UNIT].chosen
    take((UNIT, (0.0, 0.0), now_ms()))
    assert Reason("doubtful_position") in asked(room, incident)[UNIT].reasons
    assert asked(room, incident)[UNIT].arrival_s < 600
    runtime.stop()
    room.room = runtime.room()
    assert Reason("doubtful_position") in asked(room, incident)[UNIT].reasons
    take((UNIT, (place.lon, place.lat), now_ms()))
    assert Reason("doubtful_position") not in asked(room, incident)[UNIT].reasons


def test_what_an_older_version_took_is_not_driven_from_and_not_waited_for(
    room: TestRoom,
) -> None:
    at = now_ms() - 1_000
    UnitPosition.objects.create(unit=UNIT, lon=0.0, lat=0.0, at_ms=at, received_ms=at)
    room.sign_on_all()
    incident = room.open_incident()
    known = asked(room, incident)
    assert all(
        one.arrival_s < 3_600 for unit, one in known.items() if unit != "chosen" and one.arrival_s
    )
    assert take((UNIT, here(room), at + 500)) == []
    assert kept() == (*here(room), at + 500)


def test_the_board_says_why_in_the_row_that_consoles_get(room: TestRoom) -> None:
    take((UNIT, (0.0, 0.0), now_ms()))
    rows = [json.loads(row) for row in board.snapshot(now_ms()).rows["units"]]
    doubts = {row["id"]: row["position_doubt"] for row in rows}
    assert doubts[UNIT] == "no_fix"
    assert set(doubts.values()) == {"no_fix", None}


def after_the_commit(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """What another thread does between the next commit of positions and what follows it."""
    waiting = [act]

    @contextmanager
    def watched() -> Iterator[None]:
        with transaction():
            yield
        if waiting:
            waiting.pop()()

    monkeypatch.setattr(positions, "transaction", watched)


def doubted(advisor: Advisor, incident: UUID) -> bool:
    found = advisor.recommend(str(incident), now_ms())
    assert found is not None
    reasons = {one.unit: one.reasons for one in found.candidates}
    return Reason("doubtful_position") in reasons[UNIT]


def test_an_older_doubt_never_replaces_that_a_unit_is_believed_again(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.sign_on_all()
    incident, at = for_a_patrol(room), now_ms() - 60_000
    advisor = room.room.advisor

    def the_next_positions() -> None:
        positions.take([Fix(UNIT, *here(room), at + 1_000)], at + 1_000)
        positions.take([Fix("P2", *here(room), at + 2_000)], at + 2_000)
        assert not doubted(advisor, incident)

    after_the_commit(monkeypatch, the_next_positions)
    positions.take([Fix(UNIT, 0.0, 0.0, at)], at)
    assert not doubted(advisor, incident)


def test_what_was_sent_earlier_and_written_later_is_known_to_every_process(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    incident, at = for_a_patrol(room), now_ms()
    elsewhere = Advisor(room.room.reader)
    elsewhere.use(room.pack)
    positions.take([Fix("P2", *here(room), at)], at)
    assert not doubted(elsewhere, incident)
    positions.take([Fix(UNIT, 0.0, 0.0, at - 1_000)], at - 1_000)
    assert doubted(elsewhere, incident)


def test_of_two_that_send_for_one_unit_at_once_the_second_knows_what_became_of_the_first(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, judging, go_on = now_ms(), Event(), Event()

    def slow(known: Known, fix: Position, *given: Any) -> Any:
        if fix.at_ms == at - 1_000:
            judging.set()
            assert go_on.wait(10)
        return judge(known, fix, *given)

    def send(place: tuple[float, float], at_ms: int) -> None:
        try:
            take((UNIT, place, at_ms))
        finally:
            connection.close()

    monkeypatch.setattr(positions, "judge", slow)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(send, (0.0, 0.0), at - 1_000)
        assert judging.wait(10)
        second = threads.submit(send, here(room), at)
        with suppress(TimeoutError):
            second.result(MOMENT_S)
        go_on.set()
        first.result()
        second.result()
    assert room.row("units", UNIT)["position_doubt"] is None

"""The demo has disputes at several steps, and places with counts before and since."""

import json
from collections import Counter
from typing import Any

import pytest
from tests.harness.rooms import TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.domain.matters.commands import TakeMatter
from dutyroom.evening.laying import Laying, first_stations
from dutyroom.evening.mediators import Mediators
from dutyroom.evening.morning import enter
from dutyroom.evening.stations import officer_of
from dutyroom.evening.weeks_ago import CRASHES, weeks_ago
from dutyroom.projections import board

pytestmark = pytest.mark.db
DAY_MS = 86_400_000


@pytest.fixture
def laid(room: TestRoom) -> TestRoom:
    entries = weeks_ago(Laying(room.pack, 1, now_ms(), first_stations(room.pack)))
    outcomes = enter(room.room, sorted(entries, key=lambda one: one[0]), 1)
    assert [one for one in outcomes if not isinstance(one, Done)] == []
    return room


def matters() -> list[dict[str, Any]]:
    return [json.loads(row) for row in board.snapshot(now_ms()).rows["matters"]]


def test_disputes_stand_at_every_step_and_one_ends_soon(laid: TestRoom) -> None:
    rows = matters()
    assert Counter(one["state"] for one in rows) == {
        "in_hand": 4, "waiting": 1, "watched": 1, "failed": 1,
    }  # fmt: skip
    late = [one for one in rows if one["due_ms"] is not None and one["due_ms"] < now_ms()]
    assert [len(one["incidents"]) for one in late] == [2]
    ending = [one for one in rows if one["review_ms"] and one["review_ms"] < now_ms() + 3 * DAY_MS]
    assert [one["kind"] for one in ending] == ["property"]
    [failed] = [one for one in rows if one["state"] == "failed"]
    assert failed["team"] == "case"
    assert failed["due_ms"] > now_ms()


def test_places_called_again_and_less_since_something_was_done(laid: TestRoom) -> None:
    found = laid.room.counting.repeats(laid.pack, "", now_ms())
    assert {one.kind for one in found.places} == {"noise", "alarm", "black-spot"}
    [junction] = [one for one in found.places if one.sort == "crossing"]
    assert (junction.count, junction.spot) == (len(CRASHES), None)
    alarm, noise = sorted(found.taken_on, key=lambda one: one.kind)
    assert (noise.before, noise.since) == (7, 3)
    assert (alarm.before, alarm.since) == (4, 0)


def test_mediators_take_what_nobody_has_taken_and_settle_it(laid: TestRoom) -> None:
    stations = frozenset(first_stations(laid.pack))
    begin = now_ms()
    mediators = Mediators(stations, 1, began_ms=begin)
    assert mediators.moves(board.snapshot(begin).rows["matters"], begin) == []
    later = begin + 3_600_000
    [(actor, command)] = [
        one
        for one in mediators.moves(board.snapshot(later).rows["matters"], later)
        if isinstance(one[1], TakeMatter)
    ]
    assert actor in (officer_of(actor.org, 1), officer_of(actor.org, 2))
    laid.done(actor, command)
    assert all(one["owner"] for one in matters() if one["state"] != "failed")

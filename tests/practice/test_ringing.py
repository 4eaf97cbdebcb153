"""Each call of a practice rings once, whatever happens to the database or the player meanwhile."""

import json

import pytest
from django.db import OperationalError
from tests.harness.rooms import TestRoom

from dutyroom.actions import positions
from dutyroom.practice.plan import Ringing
from dutyroom.practice.shift import Shift
from dutyroom.projections import board

pytestmark = pytest.mark.db
BEGIN_MS = 1_000_000_000_000


def shift_of(room: TestRoom) -> Shift:
    """Three calls, of which all have rung after a minute."""
    lon, lat = room.place().lon, room.place().lat
    category = room.pack.vocabulary.categories[0].code
    calls = tuple(Ringing(at_s, lon, lat, category, 1) for at_s in (10, 20, 30))
    return Shift(room.room, positions.take, seed=1, calls=calls, begin_ms=BEGIN_MS)


def ringing() -> list[str]:
    return [json.loads(row)["id"] for row in board.snapshot(0).rows["calls"]]


def test_a_call_that_could_not_be_saved_rings_as_soon_as_it_can(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    shift = shift_of(room)
    shift.step(BEGIN_MS + 15_000)
    [first] = ringing()
    with monkeypatch.context() as patched:
        patched.setattr("dutyroom.actions.door.journal.append", no_space)
        shift.step(BEGIN_MS + 60_000)
        assert ringing() == [first]
    shift.step(BEGIN_MS + 60_000)
    assert len(ringing()) == 3


def test_a_player_that_is_started_again_rings_no_call_twice(room: TestRoom) -> None:
    shift_of(room).step(BEGIN_MS + 25_000)
    before = ringing()
    assert len(before) == 2
    again = shift_of(room)
    again.step(BEGIN_MS + 25_000)
    assert ringing() == before
    again.step(BEGIN_MS + 60_000)
    assert len(ringing()) == 3

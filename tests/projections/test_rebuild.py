"""Rebuilding while the room works, and half-way."""

import pytest
from django.db import connection
from tests.harness.rooms import TestRoom, tables

from dutyroom.projections import rebuild

pytestmark = pytest.mark.db


def test_the_room_works_meanwhile_and_what_it_does_is_there(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "PORTION", 2)
    for index in range(4):
        room.open_incident(index=index)
    seen = []

    def meanwhile(done: int, of: int) -> None:
        if not seen:
            room.open_incident(index=5)
        seen.append((done, of))

    read = rebuild.rebuild(meanwhile)
    live = tables()
    assert len(live["incident"]) == 5
    assert len(seen) > 2
    assert seen[-1] == (read, read)
    rebuild.rebuild()
    assert tables() == live


def test_half_way_everything_is_as_it_was(room: TestRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "PORTION", 2)
    room.open_incident()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projections_incidentview SET zone = 'elsewhere'")
    wrong = tables()

    def fail(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(fail)
    assert tables() == wrong
    rebuild.rebuild()
    assert tables() != wrong

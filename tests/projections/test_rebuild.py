"""Rebuilding while the room works, and half-way."""

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from tests.harness.rooms import TestRoom, tables

from dutyroom.projections import rebuild
from dutyroom.projections.differing import Differing

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


def test_only_what_differs_is_written(room: TestRoom) -> None:
    """Most of what was rebuilt is there already."""
    for index in range(4):
        room.open_incident(index=index)
    live, places = tables(), _places()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE projections_incidentview SET zone = 'elsewhere' WHERE id = %s",
            [live["incident"][0][0]],
        )
        cursor.execute(
            "DELETE FROM projections_incidentview WHERE id = %s", [live["incident"][1][0]]
        )
    untouched = {key: place for key, place in places.items() if key not in _ids(live, 0, 1)}
    rebuild.rebuild()
    assert tables() == live
    if connection.vendor == "postgresql":
        assert untouched.items() <= _places().items()


def test_many_that_differ_are_put_in_place_some_at_a_time(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that writers wait for some at most."""
    for index in range(5):
        room.open_incident(index=index)
    live = tables()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projections_incidentview SET zone = 'elsewhere'")
        cursor.execute("UPDATE projections_unitview SET status = 'elsewhere'")
    monkeypatch.setattr(rebuild, "AT_ONCE", 2)
    locked = []
    lock = rebuild.lock
    monkeypatch.setattr(rebuild, "lock", lambda cursor: locked.append(1) or lock(cursor))
    rebuild.rebuild()
    assert tables() == live
    assert len(locked) >= (5 + len(live["unit"])) // 2


def test_what_stands_in_each_others_way_is_put_in_place_all_the_same(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two incidents have each other's number: neither can be put right before the other."""
    for index in range(3):
        room.open_incident(index=index)
    live = tables()
    first, second, _ = (row[0] for row in live["incident"])
    numbers = {row[0]: row[1] for row in live["incident"]}
    assert numbers[first] != numbers[second]
    with connection.cursor() as cursor:
        for id_, number in ((first, "-"), (second, numbers[first]), (first, numbers[second])):
            cursor.execute(
                "UPDATE projections_incidentview SET number = %s WHERE id = %s", [number, id_]
            )
    monkeypatch.setattr(rebuild, "AT_ONCE", 1)
    rebuild.rebuild()
    assert tables() == live


def test_what_the_room_does_while_rows_are_put_in_place_is_there(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for index in range(4):
        room.open_incident(index=index)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projections_incidentview SET zone = 'elsewhere'")
    monkeypatch.setattr(rebuild, "AT_ONCE", 1)
    put = Differing.put_in_place
    more = iter((4, 5))

    def meanwhile(self: Differing, cursor: CursorWrapper, most: int) -> None:
        put(self, cursor, most)
        index = next(more, None)
        if index is not None:
            connection.on_commit(lambda: room.open_incident(index=index))

    monkeypatch.setattr(Differing, "put_in_place", meanwhile)
    rebuild.rebuild()
    found = tables()
    assert len(found["incident"]) == 6
    assert "elsewhere" not in {row[2] for row in found["incident"]}


def _places() -> dict[str, str]:
    """Where PostgreSQL keeps each row: another place once it was written again."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ctid::text FROM projections_incidentview UNION ALL "
            "SELECT id, ctid::text FROM projections_unitview"
        )
        return dict(cursor.fetchall())


def _ids(live: dict[str, list[tuple[object, ...]]], *which: int) -> set[object]:
    return {live["incident"][n][0] for n in which}

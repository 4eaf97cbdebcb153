"""What the live hub hands to consoles, beside those who write at the same time."""

import queue
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from django.db import DatabaseError
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions import positions
from dutyroom.actions.clock import now_ms
from dutyroom.actions.positions import Fix
from dutyroom.api import live
from dutyroom.api.live import Hub, Subscriber
from dutyroom.domain.incidents.commands import AddNote
from dutyroom.projections import board
from dutyroom.site import front

pytestmark = pytest.mark.db


class NoSessions:
    def epoch(self) -> int:
        return 0

    def standing(self, keys: Collection[str]) -> Mapping[str, object]:
        return dict.fromkeys(keys)


class AtOnce:
    """An event loop that does everything where it is asked to."""

    def call_soon_threadsafe(self, work: Callable[..., None], *given: Any) -> None:
        work(*given)


@dataclass(eq=False)
class Console(Subscriber):
    """Keeps what it is given."""

    heard: "queue.SimpleQueue[bytes]" = field(default_factory=queue.SimpleQueue)

    def give(self, messages: list[bytes]) -> None:
        for message in messages:
            self.heard.put(message)

    def hears_of(self, text: str) -> None:
        """Comes back when it is told so; `queue.Empty` if it is told nothing more."""
        while text.encode() not in self.heard.get(timeout=10):
            pass


@contextmanager
def consoles(*orgs: str) -> Iterator[list[Console]]:
    """Consoles of a hub that runs, each limited to an organisation."""
    hub = Hub(NoSessions())
    made = [Console(cast(Any, AtOnce()), "session", None, org) for org in orgs]
    hub.start()
    for one in made:
        hub.subscribe(one)
    try:
        yield made
    finally:
        hub.stop()


@contextmanager
def console() -> Iterator[Console]:
    """One that sees the whole room."""
    with consoles("") as [made]:
        yield made


def test_rows_are_told_also_when_the_positions_after_them_could_not_be_read(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POSITIONS_EVERY_MS", 0)
    incident = room.open_incident()
    patch, find, away = board.patch, board.positions, list[bool]()

    def then_the_database_is_away(after: int, now_ms: int) -> board.Patch:
        found = patch(after, now_ms)
        away.append(True)
        return found

    def refused_once(*given: Any) -> Any:
        if len(away) == 1:
            away.append(False)
            raise DatabaseError("away")
        return find(*given)

    with console() as one:
        monkeypatch.setattr(board, "patch", then_the_database_is_away)
        monkeypatch.setattr(board, "positions", refused_once)
        room.done(DISPATCHER, AddNote(incident, room.id(), "seen"))
        one.hears_of(str(incident))
    assert away[:2] == [True, False]


def test_a_position_that_is_written_after_a_later_look_is_told(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POSITIONS_EVERY_MS", 0)
    looked, find = threading.Semaphore(0), board.positions

    def look(*given: Any) -> Any:
        found = find(*given)
        looked.release()
        return found

    monkeypatch.setattr(board, "positions", look)
    sent_ms = now_ms()
    with console() as one:
        for _ in range(3):
            assert looked.acquire(timeout=10)
        positions.take([Fix("P1", *room.pack.centre, sent_ms)], sent_ms)
        one.hears_of('"P1"')


def test_who_is_limited_to_an_organisation_is_told_of_that_alone(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POSITIONS_EVERY_MS", 0)
    incident = room.open_incident()
    row = room.row("incidents", incident)
    own, elsewhere = row["org"], "lanchuan/elsewhere"
    before = board.head()
    with consoles("", own, elsewhere) as (everything, mine, theirs):
        room.done(DISPATCHER, AddNote(incident, room.id(), "seen"))
        mine.hears_of(row["number"])
        told = theirs.heard.get(timeout=10)
        positions.take([Fix("P1", *room.pack.centre, now_ms())], now_ms())
        everything.hears_of("event: positions")
        room.done(DISPATCHER, AddNote(incident, room.id(), "again"))
        after = theirs.heard.get(timeout=10)
    assert row["number"].encode() not in told
    assert f'"gone":["{incident}"' in told.decode()
    assert b"event: rows" in after  # and not the positions that came before
    [missed] = front._missed(before, elsewhere, None)
    assert row["number"].encode() not in missed


def test_who_comes_back_is_told_where_units_have_moved_meanwhile(room: TestRoom) -> None:
    long_ago_ms = now_ms() - 120_000
    positions.take([Fix("P2", *room.pack.centre, long_ago_ms)], long_ago_ms)
    room.open_incident()
    seen = board.head()
    positions.take([Fix("P1", *room.pack.centre, now_ms())], now_ms())
    [told] = [one for one in front._missed(seen, "", None) if one.startswith(b"event: positions")]
    assert b'"P1"' in told
    assert b'"P2"' not in told

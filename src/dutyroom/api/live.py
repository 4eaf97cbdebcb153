"""The live hub: follows the journal's positions and hands every console the rows that changed.

One follower thread per process asks for rows behind the last position it knows, woken by commits
of its own process and, for writers in other processes, every `POLL_S`. A patch is rendered once for
the room and once for each organisation that somebody is limited to. Once a second it also asks
whether any member was signed out or changed, and ends their streams.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol

from django.db import connection

from dutyroom.actions.clock import now_ms
from dutyroom.projections import board
from dutyroom.projections.board import Patch

POLL_S: Final = 0.05
PAUSE_S: Final = 0.02
"""Between two looks: under load many commits go out as one patch."""
POSITIONS_EVERY_MS: Final = 250
QUEUE_LIMIT: Final = 500
"""Messages that may wait for one console before it has to load the board again."""
SESSIONS_EVERY_S: Final = 1.0
ALL_SESSIONS_EVERY_S: Final = 30.0
"""Sessions also run out without anybody's doing."""

_log = logging.getLogger("dutyroom.live")


class Sessions(Protocol):
    """What the hub asks about sessions."""

    def epoch(self) -> int:
        """A number that moves when a session ends or a member changes."""

    def standing(self, keys: Collection[str]) -> Mapping[str, object]:
        """How the members of these sessions stand, without those that have ended."""


type Lists = frozenset[str] | None
"""Those that somebody is limited to; None for all."""
type Limit = tuple[str, Lists]
"""What a stream is limited to: an organisation, "" for the whole room, and lists."""


@dataclass(eq=False)
class Subscriber:
    """One console's queue; filled from the hub's thread, drained on the event loop.

    ``standing`` is how the member of its ``session`` stood when the stream was opened: once that
    is different, the stream has ``ended``. ``org``: what it is limited to, "" for the whole room;
    ``lists``: to which lists, too.
    """

    loop: asyncio.AbstractEventLoop
    session: str
    standing: object
    org: str = ""
    lists: Lists = None
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    overflowed: bool = False
    ended: bool = False

    @property
    def limit(self) -> Limit:
        return self.org, self.lists

    def end(self) -> None:
        """Runs on the event loop: its member was signed out, or is somebody else now."""
        self.ended = True
        if self.queue.empty():
            self.queue.put_nowait(b"")  # wakes whoever waits there

    def give(self, messages: list[bytes]) -> None:
        """Runs on the event loop."""
        for message in messages:
            if self.overflowed:
                return
            try:
                self.queue.put_nowait(message)
            except asyncio.QueueFull:
                self.overflowed = True


class Hub:
    """Broadcasts patches and positions to the consoles of this process."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._epoch = -1
        self._subscribers: set[Subscriber] = set()
        self._unchecked: set[Subscriber] = set()
        self._guard = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.position = 0
        self._received_ms = 0

    def start(self) -> None:
        self.position = board.head()
        self._received_ms = board.last_received_ms()
        self._thread = threading.Thread(target=self._follow, name="live-hub", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wake(self) -> None:
        """A commit happened here: look at once."""
        self._wake.set()

    def subscribe(self, subscriber: Subscriber) -> None:
        with self._guard:
            self._subscribers.add(subscriber)
            self._unchecked.add(subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        with self._guard:
            self._subscribers.discard(subscriber)
            self._unchecked.discard(subscriber)

    def _follow(self) -> None:
        positions_at = now_ms()
        sessions_at = all_sessions_at = time.monotonic()
        while not self._stop.wait(PAUSE_S):
            self._wake.wait(POLL_S)
            self._wake.clear()
            if not self._subscribers:
                continue  # nobody looks; the next one to come is brought up to date by itself
            try:
                # Given away at once: they aren't looked for again if what comes next fails.
                if (patch := self._changes()) is not None:
                    self._broadcast(partial(_rows, patch))
                if now_ms() - positions_at >= POSITIONS_EVERY_MS:
                    positions_at = now_ms()
                    if (places := self._positions()) is not None:
                        self._broadcast(partial(_positions_for, places))
                if time.monotonic() - sessions_at >= SESSIONS_EVERY_S:
                    sessions_at = time.monotonic()
                    everybody = sessions_at - all_sessions_at >= ALL_SESSIONS_EVERY_S
                    all_sessions_at = sessions_at if everybody else all_sessions_at
                    self._end_what_ended(everybody)
            except Exception:
                _log.exception("the live stream waits: the database can't be read; trying again")
                connection.close()
                self._stop.wait(0.5)
        connection.close()

    def _end_what_ended(self, everybody: bool) -> None:
        """Those who came since the last look are checked too: their session may have ended between
        their being let in and their being in the list."""
        epoch = self._sessions.epoch()
        with self._guard:
            if everybody or epoch != self._epoch:
                self._unchecked |= self._subscribers
            asked, self._unchecked = self._unchecked, set()
        self._epoch = epoch
        if not asked:
            return
        try:
            standing = self._sessions.standing({one.session for one in asked})
        except Exception:
            self._epoch = -1  # everybody, at the next look
            raise
        for one in asked:
            if standing.get(one.session) != one.standing:
                one.loop.call_soon_threadsafe(one.end)

    def _changes(self) -> Patch | None:
        head = board.head()
        if head <= self.position:
            return None
        patch = board.patch(self.position, now_ms())
        self.position = max(self.position, patch.position)
        return patch

    def _positions(self) -> bytes | None:
        self._received_ms, found = board.positions(self._received_ms)
        if not found:
            return None
        return event("positions", board.positions_json(found, now_ms()))

    def _broadcast(self, message: Callable[[str, Lists], bytes]) -> None:
        """Give all the message for what they are limited to; nothing, where it is empty."""
        with self._guard:
            alike: dict[tuple[asyncio.AbstractEventLoop, Limit], list[Subscriber]] = {}
            for subscriber in self._subscribers:
                alike.setdefault((subscriber.loop, subscriber.limit), []).append(subscriber)
        made = {limit: message(*limit) for limit in {limit for _, limit in alike}}
        for (loop, limit), subscribers in alike.items():
            if made[limit]:
                loop.call_soon_threadsafe(_give_all, subscribers, made[limit])


def _give_all(subscribers: list[Subscriber], message: bytes) -> None:
    for subscriber in subscribers:
        subscriber.give([message])


def _positions_for(positions: bytes, org: str, lists: Lists) -> bytes:
    """Positions are for members of the whole room."""
    return b"" if org or lists is not None else positions


def _rows(patch: Patch, org: str, lists: Lists) -> bytes:
    return event("rows", patch.limited_to(org, lists).as_json(), patch.position)


def event(name: str, body: str, position: int | None = None) -> bytes:
    """One server-sent event (HTML standard, 9.2). ``body`` is JSON on one line."""
    head = f"id: {position}\n" if position is not None else ""
    return f"{head}event: {name}\ndata: {body}\n\n".encode()

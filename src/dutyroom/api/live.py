"""The live hub: follows the journal's positions and hands every console the rows that changed.

One follower thread per process asks for rows behind the last position it knows, woken by commits
of its own process and, for writers in other processes, every `POLL_S`. A patch is rendered once
and given to all consoles.
"""

import asyncio
import logging
import threading
from dataclasses import dataclass, field
from typing import Final

from django.db import connection

from dutyroom.actions.clock import now_ms
from dutyroom.projections import board

POLL_S: Final = 0.05
PAUSE_S: Final = 0.02
"""Between two looks: under load many commits go out as one patch."""
POSITIONS_EVERY_MS: Final = 250
QUEUE_LIMIT: Final = 500
"""Messages that may wait for one console before it is told to load the board again."""

_log = logging.getLogger("dutyroom.live")


@dataclass(eq=False)
class Subscriber:
    """One console's queue; filled from the hub's thread, drained on the event loop."""

    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    overflowed: bool = False

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

    def __init__(self) -> None:
        self._subscribers: set[Subscriber] = set()
        self._guard = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.position = 0

    def start(self) -> None:
        self.position = board.head()
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

    def unsubscribe(self, subscriber: Subscriber) -> None:
        with self._guard:
            self._subscribers.discard(subscriber)

    def _follow(self) -> None:
        positions_at = now_ms()
        while not self._stop.wait(PAUSE_S):
            self._wake.wait(POLL_S)
            self._wake.clear()
            if not self._subscribers:
                continue  # nobody looks; the next one to come is brought up to date by itself
            try:
                messages = self._changes()
                if now_ms() - positions_at >= POSITIONS_EVERY_MS:
                    since, positions_at = positions_at, now_ms()
                    messages += self._positions(since)
                if messages:
                    self._broadcast(messages)
            except Exception:
                _log.exception("the live stream waits: the database can't be read; trying again")
                connection.close()
                self._stop.wait(0.5)
        connection.close()

    def _changes(self) -> list[bytes]:
        head = board.head()
        if head <= self.position:
            return []
        patch = board.patch(self.position, now_ms())
        self.position = max(self.position, patch.position)
        return [event("rows", patch.as_json(), patch.position)]

    def _positions(self, since_ms: int) -> list[bytes]:
        found = board.positions(since_ms)
        if not found:
            return []
        return [event("positions", board.positions_json(found, now_ms()))]

    def _broadcast(self, messages: list[bytes]) -> None:
        with self._guard:
            by_loop: dict[asyncio.AbstractEventLoop, list[Subscriber]] = {}
            for subscriber in self._subscribers:
                by_loop.setdefault(subscriber.loop, []).append(subscriber)
        for loop, subscribers in by_loop.items():
            loop.call_soon_threadsafe(_give_all, subscribers, messages)


def _give_all(subscribers: list[Subscriber], messages: list[bytes]) -> None:
    for subscriber in subscribers:
        subscriber.give(messages)


def event(name: str, body: str, position: int | None = None) -> bytes:
    """One server-sent event (HTML standard, 9.2). ``body`` is JSON on one line."""
    head = f"id: {position}\n" if position is not None else ""
    return f"{head}event: {name}\ndata: {body}\n\n".encode()

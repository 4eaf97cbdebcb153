"""Threads for one kind of request, and the way back from them to the event loop."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Crowded(Exception):
    """Too many requests wait for this lane's threads, or for what they began."""


def _nothing(_result: object) -> None:
    return None


class Lane:
    """Threads of its own for one kind of request, and how many requests may wait for them."""

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + waiting
        self._there = 0
        self._landing: _Landing | None = None

    async def run[T](
        self, work: Callable[[], T], then: "Callable[[T], Future[Any] | None]" = _nothing
    ) -> T:
        """Do the work on a thread of this lane. Raises `Crowded` when too many wait already.

        ``then`` gives, from the result, what it waits for besides, without holding the thread.
        """
        if self._there >= self._most:
            raise Crowded
        self._there += 1
        try:
            landing = self._back_to(asyncio.get_running_loop())
            waiter: asyncio.Future[T] = landing.loop.create_future()
            self.executor.submit(_do, work, then, landing, waiter)
            return await waiter
        finally:
            self._there -= 1

    def _back_to(self, loop: asyncio.AbstractEventLoop) -> "_Landing":
        if self._landing is None or self._landing.loop is not loop:
            self._landing = _Landing(loop)
        return self._landing


class _Landing:
    """Brings results to the event loop: all that are there by then with one wake-up, since each
    costs the threads more than a result does."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: deque[Callable[[], None]] = deque()
        self._woken = False

    def call(self, settle: Callable[[], None]) -> None:
        """From any thread: call this on the event loop."""
        self._arrived.append(settle)
        if not self._woken:
            self._woken = True
            try:
                self.loop.call_soon_threadsafe(self._settle)
            except RuntimeError:  # it is closed: nobody waits any more
                self._arrived.clear()

    def _settle(self) -> None:
        self._woken = False  # first: what arrives from here on wakes it again
        while self._arrived:
            self._arrived.popleft()()


def _do[T](
    work: Callable[[], T],
    then: "Callable[[T], Future[Any] | None]",
    landing: _Landing,
    waiter: "asyncio.Future[T]",
) -> None:
    """On a thread of the lane."""
    if waiter.cancelled():
        return

    def settle() -> None:
        if not waiter.done():
            waiter.set_result(result)

    def fail() -> None:
        if not waiter.done():
            waiter.set_exception(failed)

    try:
        result = work()
        more = then(result)
    except BaseException as error:
        failed = error
        landing.call(fail)
        return
    if more is None:
        landing.call(settle)
    else:
        more.add_done_callback(lambda _done: landing.call(settle))

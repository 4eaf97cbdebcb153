"""Threads for one kind of request: few, held by nobody who only waits for the journal's writer."""

import asyncio
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest

from dutyroom.site.lane import Crowded, Lane


def test_who_waits_for_what_their_work_began_holds_no_thread() -> None:
    begun: list[Future[None]] = []

    def begin() -> int:
        begun.append(Future())
        return len(begun)

    async def ask() -> list[int]:
        lane = Lane("one", threads=1, waiting=3)
        asked = [asyncio.create_task(lane.run(begin, lambda n: begun[n - 1])) for _ in range(3)]
        while len(begun) < 3:
            await asyncio.sleep(0.001)
        assert not any(one.done() for one in asked)
        for one in reversed(begun):
            one.set_result(None)
        return await asyncio.gather(*asked)

    assert asyncio.run(asyncio.wait_for(ask(), 10)) == [1, 2, 3]


def test_who_waits_is_counted_until_the_answer_is_there() -> None:
    begun: Future[None] = Future()

    async def ask() -> None:
        lane = Lane("one", threads=1, waiting=0)
        first = asyncio.create_task(lane.run(int, lambda _: begun))
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await lane.run(int)
        begun.set_result(None)
        await first
        assert await lane.run(int) == 0

    asyncio.run(asyncio.wait_for(ask(), 10))


def test_what_the_work_raises_is_raised_to_who_asked() -> None:
    def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        asyncio.run(Lane("one", threads=1, waiting=0).run(fail))


def test_work_is_not_begun_for_somebody_who_has_gone() -> None:
    held, done = threading.Event(), []

    async def ask() -> None:
        lane = Lane("one", threads=1, waiting=1)
        first = asyncio.create_task(lane.run(lambda: held.wait(5)))
        gone = asyncio.create_task(lane.run(lambda: done.append("work")))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0)
        held.set()
        await first
        await lane.run(int)  # behind it, on the same thread

    asyncio.run(asyncio.wait_for(ask(), 10))
    assert not done


def test_answers_that_are_there_together_wake_the_event_loop_once() -> None:
    begun: list[Future[None]] = []

    def begin() -> int:
        begun.append(Future())
        return len(begun)

    async def ask() -> int:
        lane, loop = Lane("one", threads=1, waiting=9), asyncio.get_running_loop()
        asked = [asyncio.create_task(lane.run(begin, lambda n: begun[n - 1])) for _ in range(9)]
        while len(begun) < 9:
            await asyncio.sleep(0.001)
        woken: list[Any] = []
        wake = loop.call_soon_threadsafe
        loop.call_soon_threadsafe = lambda *of, **how: woken.append(of) or wake(*of, **how)  # type: ignore[method-assign,assignment,func-returns-value,return-value]
        writer = threading.Thread(target=lambda: [one.set_result(None) for one in begun])
        writer.start()
        time.sleep(0.05)  # the loop is busy meanwhile
        writer.join()
        await asyncio.gather(*asked)
        return len(woken)

    assert asyncio.run(asyncio.wait_for(ask(), 10)) == 1


def test_an_answer_after_the_server_has_ended_hurts_nobody() -> None:
    begun: Future[None] = Future()
    lane = Lane("one", threads=1, waiting=0)

    async def ask() -> None:
        asked = asyncio.create_task(lane.run(int, lambda _: begun))
        await asyncio.sleep(0.01)
        asked.cancel()

    asyncio.run(ask())
    lane.executor.shutdown()
    begun.set_result(None)

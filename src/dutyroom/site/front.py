"""The ASGI front itself: start-up and shutdown, the live stream, and the way to Django."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs

from a2wsgi import WSGIMiddleware

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.live import Hub, Subscriber, event
from dutyroom.policy import Facts, may_read
from dutyroom.projections import board
from dutyroom.site.members import member_of_session

WORKERS: Final = 80
"""Threads for Django. They mostly wait for the group commit that answers them."""
BEAT_S: Final = 2.0
STREAM_PATH: Final = "/api/stream"

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Front:
    """An ASGI application: the stream here, the rest in Django's thread pool."""

    def __init__(self, django_application: Any) -> None:
        self._django = WSGIMiddleware(django_application, workers=WORKERS)
        self._hub = Hub()
        self._stopping = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http" and scope["path"] == STREAM_PATH:
            await self._stream(scope, receive, send)
        elif scope["type"] == "http":
            await self._django(scope, receive, send)  # type: ignore[arg-type]  # a2wsgi's own types

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await asyncio.to_thread(self._start)
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._stopping.set()
                await asyncio.to_thread(self._stop)
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> None:
        runtime.start(on_commit=self._hub.wake)
        self._hub.start()

    def _stop(self) -> None:
        self._hub.stop()
        runtime.stop()

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if scope["method"] != "GET":
            await _answer(send, 405, b'{"error":"method_not_allowed"}')
            return
        member = await asyncio.to_thread(member_of_session, headers.get("cookie", ""))
        if member is None:
            await _answer(send, 401, b'{"error":"not_signed_in"}')
            return
        if not may_read(member.role, member.unit or None, "stream", Facts()).allowed:
            await _answer(send, 403, b'{"error":"denied"}')
            return
        after = _position(headers, scope["query_string"])
        if after is None:
            await _answer(send, 422, b'{"error":"invalid","fields":[{"field":"after"}]}')
            return
        await self._feed(after, receive, send)

    async def _feed(self, after: int, receive: Receive, send: Send) -> None:
        subscriber = Subscriber(asyncio.get_running_loop())
        self._hub.subscribe(subscriber)
        gone = asyncio.create_task(_disconnected(receive))
        try:
            await send(_STREAM_START)
            for message in await asyncio.to_thread(_missed, after):
                await send(_chunk(message))
            while not gone.done() and not self._stopping.is_set():
                if subscriber.overflowed:
                    await send(_chunk(event("reset", "{}")))
                    return
                await send(_chunk(await self._next(subscriber)))
        except OSError:
            pass  # the console went away while we were writing: it will come back by itself
        finally:
            gone.cancel()
            self._hub.unsubscribe(subscriber)

    async def _next(self, subscriber: Subscriber) -> bytes:
        """What waits for this console, as one piece; a beat when nothing comes for a while."""
        try:
            first = await asyncio.wait_for(subscriber.queue.get(), BEAT_S)
        except TimeoutError:
            body = f'{{"server_time_ms":{now_ms()},"position":{self._hub.position}}}'
            return event("beat", body)
        parts = [first]
        while not subscriber.queue.empty():
            parts.append(subscriber.queue.get_nowait())
        return b"".join(parts)


def _missed(after: int) -> list[bytes]:
    """What happened while the console was away; `reset` if it comes from another journal."""
    patch = board.patch(after, now_ms())
    if after > patch.position:
        return [event("reset", "{}")]
    return [event("rows", patch.as_json(), patch.position)]


def _position(headers: dict[str, str], query: bytes) -> int | None:
    text = headers.get("last-event-id") or parse_qs(query.decode("latin-1")).get("after", ["0"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _chunk(body: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": True}


_STREAM_START: Final = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ],
}

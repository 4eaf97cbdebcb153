"""The ASGI front itself: start-up and shutdown, the live stream, and the way to Django."""

import asyncio
from dataclasses import asdict
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.http.request import split_domain_port, validate_host
from django.urls import get_resolver

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.devices import cookie_name, device_of
from dutyroom.api.live import Hub, Lists, Subscriber, event
from dutyroom.domain.kernel import About
from dutyroom.machine import garbage
from dutyroom.policy import limit_of, lists_for, may_read
from dutyroom.projections import board
from dutyroom.site import sessions
from dutyroom.site.bridge import UPLOADS_PATH, Bridge, Receive, Scope, Send
from dutyroom.site.lane import Crowded, Lane
from dutyroom.site.members import member_of_session
from dutyroom.site.models import Member
from dutyroom.site.refusing import refuse
from dutyroom.site.views import description

URGENT_THREADS: Final = 6
KNOWN_THREADS: Final = 1
SIGN_IN_THREADS: Final = 2
STREAM_THREADS: Final = 2
ACTION_THREADS: Final = 2
UPLOAD_THREADS: Final = 2
"""So many pictures at most are unpacked at once."""
OTHER_THREADS: Final = 12
MOST_CONNECTIONS: Final = (
    URGENT_THREADS
    + KNOWN_THREADS
    + SIGN_IN_THREADS
    + STREAM_THREADS
    + ACTION_THREADS
    + UPLOAD_THREADS
    + OTHER_THREADS
    + 4
)
"""Connections to the database that one process holds at most: one per thread, one for the journal's
writer, one for the live hub, two for calculations in the background."""
WAITING: Final = 1_000
URGENT_VERBS: Final = frozenset(
    {
        "call.receive",
        "call.claim",
        "call.hang_up",
        "incident.open",
        "incident.dispatch",
        "unit.raise_emergency",
        "unit.acknowledge_emergency",
        "unit.end_emergency",
    }
)
URGENT_PATHS: Final = frozenset(f"/api/actions/{verb}" for verb in URGENT_VERBS)
ACTIONS_PATH: Final = "/api/actions/"
SESSION_PATH: Final = "/api/session"
BEAT_S: Final = 2.0
STREAM_PATH: Final = "/api/stream"
NO_POSITION: Final = {
    "field": "after",
    "message": "a whole number of the journal",
    "message_zh": "日志中的整数位置",
}


class Front:
    """An ASGI application: the stream here, the rest in Django's threads."""

    def __init__(self, django_application: Any) -> None:
        self._django = Bridge(django_application, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        self._hub = Hub(sessions)
        self._stopping = asyncio.Event()
        self._urgent = Lane("urgent", URGENT_THREADS, WAITING)
        self._known = Lane("known", KNOWN_THREADS, WAITING)
        self._sign_in = Lane("sign-in", SIGN_IN_THREADS, WAITING)
        self._streams = Lane("streams", STREAM_THREADS, WAITING)
        self._actions = Lane("actions", ACTION_THREADS, WAITING)
        self._uploads = Lane("uploads", UPLOAD_THREADS, WAITING)
        self._other = Lane("other", OTHER_THREADS, WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http":
            return
        elif not _host_is_ours(scope):
            await refuse(send, 400, "wrong_host")
        elif scope["path"] == STREAM_PATH:
            await self._stream(scope, receive, send)
        else:
            await self._django(self._lane(scope), scope, receive, send)

    def _lane(self, scope: Scope) -> Lane:
        if scope["method"] != "POST":
            return self._other
        if scope["path"] in URGENT_PATHS:
            return self._urgent
        if scope["path"] == SESSION_PATH:
            return self._known if _is_known_device(scope) else self._sign_in
        if scope["path"].startswith(ACTIONS_PATH):
            return self._actions
        if scope["path"].startswith(UPLOADS_PATH):
            return self._uploads
        return self._other

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._streams.run(self._start)
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._stopping.set()
                await self._streams.run(self._stop)
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> None:
        _load()
        runtime.start(on_commit=self._hub.wake)
        self._hub.start()
        connections.close_all()
        garbage.as_usual()

    def _stop(self) -> None:
        self._hub.stop()
        runtime.stop()

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if scope["method"] != "GET":
            await refuse(send, 405, "method_not_allowed")
            return
        try:
            found = await self._streams.run(lambda: _signed_in(headers.get("cookie", "")))
        except (Crowded, DatabaseError):
            await refuse(send, 503, "busy")
            return
        if found is None:
            await refuse(send, 401, "not_signed_in")
            return
        member, session = found
        about = About(org=member.org)
        decided = may_read(member.role, member.unit or None, "stream", about, member.org)
        if not decided.allowed:
            await refuse(send, 403, "denied", because=asdict(decided.because))
            return
        after = _position(headers, scope["query_string"])
        if after is None:
            await refuse(send, 422, "invalid", fields=[NO_POSITION])
            return
        standing = (member.role, member.unit, member.org, member.password)
        org, lists = limit_of(member.role, "stream", member.org), lists_for(member.role)
        subscriber = Subscriber(asyncio.get_running_loop(), session, standing, org, lists)
        await self._feed(subscriber, after, receive, send)

    async def _feed(self, subscriber: Subscriber, after: int, receive: Receive, send: Send) -> None:
        self._hub.subscribe(subscriber)
        gone = asyncio.create_task(_disconnected(receive))
        try:
            await send(_STREAM_START)
            for message in await self._streams.run(lambda: _missed(after, *subscriber.limit)):
                await send(_chunk(message))
            while not gone.done() and not self._stopping.is_set():
                if subscriber.overflowed or subscriber.ended:
                    await send(_chunk(event("reset", "{}")))
                    return
                await send(_chunk(await self._next(subscriber)))
        except (OSError, Crowded, DatabaseError):
            pass  # the console went away, or can't be served now: it will come back by itself
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


def _load() -> None:
    """What Django would load with the first request: a room's first call doesn't wait for it."""
    get_resolver().url_patterns  # noqa: B018 (reading it loads it)
    description()


def _signed_in(cookie_header: str) -> tuple[Member, str] | None:
    close_old_connections()
    return member_of_session(cookie_header)


def _missed(after: int, org: str, lists: Lists = None) -> list[bytes]:
    """What happened while the console was away, of what it is limited to; `reset` if it comes from
    another journal, or was away for longer than what is closed stays on the board."""
    patch = board.patch_on_board(after, now_ms())
    if patch is None:
        return [event("reset", "{}")]
    missed = [event("rows", patch.limited_to(org, lists).as_json(), patch.position)]
    if not org and lists is None and (places := board.positions_since(after)):
        missed.append(event("positions", board.positions_json(places, now_ms())))
    return missed


def _host_is_ours(scope: Scope) -> bool:
    """As Django checks it; the stream and the files of the console don't pass through there."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1:
        return False
    domain, _ = split_domain_port(hosts[0])
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _is_known_device(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"cookie" and cookie_name().encode() in value:
            try:
                cookies = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                return False
            return device_of({key: one.value for key, one in cookies.items()}) is not None
    return False


def _position(headers: dict[str, str], query: bytes) -> int | None:
    text = headers.get("last-event-id") or parse_qs(query.decode("latin-1")).get("after", ["0"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


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

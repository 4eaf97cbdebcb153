"""From ASGI to Django's WSGI application. A request is read whole on the event loop, within limits
of size and time, before it takes a thread; its answer is sent from there too, after the thread is
free again. So neither who sends slowly nor who reads slowly holds a thread.

Each lane has threads of its own that the other lanes' requests can't take. A request whose work is
with the journal's writer holds none either.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.db import connections

from dutyroom.api.later import OUTCOME, WAITS, Later
from dutyroom.domain.attachments.known import LARGEST
from dutyroom.site.lane import Crowded, Lane
from dutyroom.site.refusing import refuse

BODY_S: Final = 10.0
"""How long a request's body may take to arrive."""
UPLOADS_PATH: Final = "/api/attachments/"
UPLOAD_S: Final = 60.0
"""How long an upload may take: a picture, by a telephone with a bad connection."""
LARGEST_UPLOAD: Final = LARGEST + 1
DRAINED: Final = 8_000_000
"""Of a body that is too large so much is still taken, so that its sender gets to read why."""
MOST_HELD: Final = 64_000_000
"""Bytes of half-sent bodies in all; beyond it only small bodies are read."""
SMALL: Final = 64_000
PIECE: Final = 65_536

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]


class _Unread(Exception):
    """A request that was not read to its end, and what to answer."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status, self.error = status, error


class _Gone(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Headers
    body: "bytes | _File | Later"


def _work(answer: _Answer) -> "Future[Any] | None":
    return answer.body.work if isinstance(answer.body, Later) else None


class _File:
    """WSGI's file wrapper: the file is sent from the event loop, piece by piece."""

    def __init__(self, file: Any, _block_size: int = 0) -> None:
        self.file = file

    def pieces(self) -> Iterable[bytes]:
        try:
            while piece := self.file.read(PIECE):
                yield piece
        finally:
            self.file.close()


class Bridge:
    """An ASGI application around a WSGI application."""

    def __init__(self, application: Any, largest_body: int) -> None:
        self._application = application
        self._largest_body = largest_body
        self._held = 0

    async def __call__(self, lane: Lane, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self._body(scope, receive)
            answer = await self._answer(lane, scope, body)
        except _Unread as error:
            await refuse(send, error.status, error.error)
        except Crowded:
            await refuse(send, 503, "busy")
        except _Gone:
            pass
        else:
            await _send(answer, send)

    async def _answer(self, lane: Lane, scope: Scope, body: bytes) -> _Answer:
        asked = {WAITS: True}
        answer = await lane.run(lambda: self._ask(scope, body, asked), _work)
        if not isinstance(answer.body, Later):
            return answer
        said = answer.body.said()
        if said is not None:
            headers = [one for one in answer.headers if one[0] != b"content-length"]
            status, text = said
            length = b"content-length", str(len(text)).encode()
            return _Answer(status, [*headers, length], text)
        failed = {OUTCOME: answer.body.work}
        return await lane.run(lambda: self._ask(scope, body, failed))

    def _ask(self, scope: Scope, body: bytes, besides: dict[str, Any]) -> _Answer:
        return _call(self._application, _environ(scope, body) | besides)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        names = dict(scope["headers"])
        length = names.get(b"content-length")
        if length is None and b"transfer-encoding" not in names:
            return b""
        is_upload = scope["path"].startswith(UPLOADS_PATH)
        largest = LARGEST_UPLOAD if is_upload else self._largest_body
        too_large = length is not None and int(length) > largest
        if too_large and b"expect" in names:
            raise _Unread(413, "too_large")
        try:
            async with asyncio.timeout(UPLOAD_S if is_upload else BODY_S):
                if too_large:
                    await _drain(receive, 0)
                return await self._read(receive, largest)
        except TimeoutError:
            raise _Unread(408, "too_slow") from None

    async def _read(self, receive: Receive, largest: int) -> bytes:
        message = await _next(receive)
        if not message.get("more_body", False) and len(message["body"]) <= largest:
            return bytes(message["body"])
        body = bytearray()
        try:
            while True:
                body += message["body"]
                self._held += len(message["body"])
                if len(body) > largest:
                    await _drain(receive, len(body))
                if not message.get("more_body", False):
                    return bytes(body)
                if self._held > MOST_HELD and len(body) > SMALL:
                    raise _Unread(503, "busy")
                message = await _next(receive)
        finally:
            self._held -= len(body)


async def _next(receive: Receive) -> MutableMapping[str, Any]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise _Gone
    return message


async def _drain(receive: Receive, taken: int) -> None:
    """Read on without keeping it, then refuse."""
    while taken < DRAINED:
        message = await _next(receive)
        taken += len(message["body"])
        if not message.get("more_body", False):
            break
    raise _Unread(413, "too_large")


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """PEP 3333's variables. Headers with an underscore are left out: they could pass for others."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _File,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        said = value.decode("latin-1")
        separator = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{separator}{said}" if key in environ else said
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


_suspected = 0
"""How often Django has answered that it can't serve: a thread that has not looked at its connection
since does so first, or each would fail once more after the database is back."""


def _call(application: Any, environ: dict[str, Any]) -> _Answer:
    """One request, on a thread."""
    global _suspected
    connection = connections["default"]
    if getattr(connection, "looked_at", 0) != _suspected:
        connection.errors_occurred = True  # Django tries it before the request, and opens it anew
        connection.looked_at = _suspected  # type: ignore[attr-defined]  # ours
    head: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        head[:] = status, headers

    iterable = application(environ, start_response)
    status, headers = head
    encoded = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
    code = int(status[:3])
    if code == 503:
        _suspected += 1
    if isinstance(iterable, _File):
        return _Answer(code, encoded, iterable)
    if isinstance(iterable, Later):
        iterable.close()
        iterable.begin()
        return _Answer(code, encoded, iterable)
    try:
        return _Answer(code, encoded, b"".join(iterable))
    finally:
        getattr(iterable, "close", lambda: None)()


async def _send(answer: _Answer, send: Send) -> None:
    start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
    if isinstance(answer.body, bytes):
        await send(start)
        for at in range(0, len(answer.body) - PIECE, PIECE):
            await send(_piece(answer.body[at : at + PIECE]))
        rest = answer.body[-((len(answer.body) - 1) % PIECE + 1) :] if answer.body else b""
        await send({"type": "http.response.body", "body": rest})
        return
    assert isinstance(answer.body, _File)
    pieces = answer.body.pieces()
    try:
        await send(start)
        for piece in pieces:
            await send(_piece(piece))
        await send({"type": "http.response.body", "body": b""})
    finally:
        pieces.close()  # type: ignore[attr-defined]  # a generator


def _piece(body: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": True}

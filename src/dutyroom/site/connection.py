"""One HTTP connection, with deadlines for what uvicorn lets take for ever: a request's head, and an
answer that nobody reads."""

import asyncio
import socket
from collections import OrderedDict
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S: Final = 10.0
"""From the first byte of a request (or the connection's opening) to the end of its head."""
SEND_S: Final = 20.0
"""How long the other side may take to read what waits for it (at most some 100 kB)."""
LARGEST_HEAD: Final = 32_768
MOST_CONNECTIONS: Final = 4_000
"""Then a new one replaces the one that has waited longest without having asked for anything."""


class Connection(H11Protocol):
    """As uvicorn's, and it ends by itself."""

    _asking: ClassVar["OrderedDict[Connection, None]"] = OrderedDict()
    """Connections without a whole request, the oldest first."""

    _head: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio does so only for sockets made with the protocol's number. Without it each
        # answer's body waits some 40 ms for the other side to acknowledge its head.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self.connections) > MOST_CONNECTIONS and self._asking:
            next(iter(self._asking)).transport.abort()
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._between_requests() and self._head is None:
            self._await_head()
        super().data_received(data)
        if not self._between_requests():
            self._head_came()
            if not self.cycle.more_body:
                self._asking.pop(self, None)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._await_reading()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_reading()

    def resume_writing(self) -> None:
        self._was_read()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        self._was_read()
        self._asking.pop(self, None)
        super().connection_lost(exc)

    def _between_requests(self) -> bool:
        cycle: Any = self.cycle
        return cycle is None or cycle.response_complete

    def _await_head(self) -> None:
        self._asking[self] = None
        self._head = self.loop.call_later(HEAD_S, self.transport.abort)

    def _head_came(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _was_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _await_reading(self) -> None:
        if self._unread is None:
            self._unread = self.loop.call_later(SEND_S, self._give_up)

    def _give_up(self) -> None:
        self._unread = None
        if self.transport.get_write_buffer_size():
            self.transport.abort()

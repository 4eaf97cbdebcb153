"""A way to a PostgreSQL server that can be cut and mended, as a network or a server is."""

import socket
import threading
from urllib.parse import parse_qs, quote, unquote, urlsplit


class Relay:
    """Listens on a port of its own and passes on to the server of ``address``."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        folder = unquote(parse_qs(parts.query).get("host", [""])[0] or parts.hostname or "")
        port = parts.port or 5432
        self._far = f"{folder}/.s.PGSQL.{port}" if folder.startswith("/") else (folder, port)
        self._held: list[socket.socket] = []
        self._listening: socket.socket | None = None
        self.mend()
        assert self._listening is not None
        self.port = self._listening.getsockname()[1]
        user = quote(unquote(parts.username or "postgres"))
        self.address = f"postgresql://{user}@127.0.0.1:{self.port}{parts.path}"

    def cut(self) -> None:
        """Whoever is connected is cut off, and nobody else gets through."""
        listening, self._listening = self._listening, None
        for one in ([listening] if listening else []) + self._held:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()
        self._held.clear()

    def mend(self) -> None:
        """From now on there is a way again, at the same port."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", getattr(self, "port", 0)))
        listening.listen(256)
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            unix = isinstance(self._far, str)
            far = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
            far.connect(self._far)
            self._held += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65_536):
            other.sendall(data)
    except OSError:
        pass
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

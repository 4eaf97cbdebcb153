"""Ports of this machine: whether one can be had, and holding it so that nobody else gets it."""

import errno
import socket
from typing import Final

LAST: Final = 65_535


class PortTaken(Exception):
    """Somebody else listens there, or we may not; ``no_host``: it is no address of this machine."""

    def __init__(self, host: str, port: int, why: str, no_host: bool = False) -> None:
        super().__init__(f"{host}:{port} can't be used ({why})")
        self.host, self.port, self.no_host = host, port, no_host


def hold(host: str, port: int) -> socket.socket:
    """Bind the address; it is ours until the socket is closed. Raises `PortTaken`."""
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # What the last server left half closed doesn't count; one that listens does.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except (OSError, UnicodeError) as error:
        held.close()
        why = getattr(error, "strerror", "") or str(error)
        other_port_may_do = getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES)
        raise PortTaken(host, port, why, no_host=not other_port_may_do) from error
    return held


def must_be_free(host: str, port: int) -> None:
    """Raises `PortTaken`."""
    hold(host, port).close()


def next_free(host: str, port: int) -> int:
    """The first port from ``port`` on that can be had. Raises `PortTaken` if there is none."""
    for found in range(port, LAST + 1):
        try:
            must_be_free(host, found)
        except PortTaken as error:
            if error.no_host:
                raise
            continue
        return found
    raise PortTaken(host, port, "nor any above it")

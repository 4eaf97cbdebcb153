"""Ports of this machine: whether one can be had, and holding it so that nobody else gets it."""

import socket
from typing import Final

LAST: Final = 65_535


class PortTaken(Exception):
    """Somebody else listens there, or we may not."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"{host}:{port} can't be used ({why})")
        self.host, self.port = host, port


def hold(host: str, port: int) -> socket.socket:
    """Bind the address; it is ours until the socket is closed. Raises `PortTaken`."""
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # What the last server left half closed doesn't count; one that listens does.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as error:
        held.close()
        raise PortTaken(host, port, error.strerror or str(error)) from error
    return held


def must_be_free(host: str, port: int) -> None:
    """Raises `PortTaken`."""
    hold(host, port).close()


def next_free(host: str, port: int) -> int:
    """The first port from ``port`` on that can be had. Raises `PortTaken` if there is none."""
    for found in range(port, LAST + 1):
        try:
            must_be_free(host, found)
        except PortTaken:
            continue
        return found
    raise PortTaken(host, port, "nor any above it")

"""A load client in a process of its own: keep-alive connections that send action after action."""

import argparse
import asyncio
import json
import random
import sys
import time
import urllib.request
import uuid
from http.cookies import SimpleCookie
from typing import Any

from bench.prepare import INCIDENTS
from bench.serving import PASSWORD


def sign_in(port: int, name: str = "bench") -> str:
    """Cookies and CSRF token as header lines."""
    base = f"http://127.0.0.1:{port}/api/session"
    with urllib.request.urlopen(base) as answer:
        cookie, token = _csrf(_cookies(answer))
    request = urllib.request.Request(
        base,
        json.dumps({"name": name, "password": PASSWORD}).encode(),
        {"Content-Type": "application/json", "X-CSRFToken": token, "Cookie": f"{cookie}={token}"},
    )
    with urllib.request.urlopen(request) as answer:
        cookies = _cookies(answer)
    line = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return f"Cookie: {line}\r\nX-CSRFToken: {_csrf(cookies)[1]}\r\n"


def _csrf(cookies: dict[str, str]) -> tuple[str, str]:
    """The cookie with the CSRF token; its name carries the room's id."""
    return next(one for one in cookies.items() if one[0].startswith("csrf-"))


def _cookies(answer: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in answer.headers.get_all("Set-Cookie", []):
        found |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    return found


async def one_client(
    port: int, path: str, headers: str, until: float, times: list[tuple[float, float]]
) -> None:
    """Send until the time is over; each answer must be a 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        command = {
            "incident": str(random.choice(INCIDENTS)),
            "note": str(uuid.uuid4()),
            "text": "a short note",
        }
        body = json.dumps({"action": str(uuid.uuid4()), "command": command}).encode()
        started = time.perf_counter()
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"{headers}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line[15:])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        answer = await reader.readexactly(length)
        if b" 200 " not in head[:15]:
            raise SystemExit(f"{head!r} {answer!r}")
        times.append((started, time.perf_counter() - started))
    writer.close()


async def load(
    port: int, path: str, clients: int, seconds: float, headers: str = ""
) -> list[tuple[float, float]]:
    """All clients at once, with the headers of a session or one of their own; returns start and
    duration of each request, in seconds."""
    headers = headers or sign_in(port)
    times: list[tuple[float, float]] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(one_client(port, path, headers, until, times) for _ in range(clients)))
    return times


def main() -> None:
    """Print the durations as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("clients", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--headers", default="", help="of a session that is there already")
    asked = parser.parse_args()
    sending = load(asked.port, asked.path, asked.clients, asked.seconds, asked.headers)
    times = asyncio.run(sending)
    json.dump(times, sys.stdout)


if __name__ == "__main__":
    main()

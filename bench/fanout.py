"""From an action to every open console: 200 consoles, 20 actions a second.

Latency is from the moment an action's request is sent until a console has read a patch that reaches
the action's journal position. A console has missed something if it never gets that far.
"""

import argparse
import asyncio
import bisect
import http.client
import json
import random
import subprocess
import sys
import time
import uuid

from bench.client import sign_in
from bench.prepare import INCIDENTS
from bench.serving import ROOT, Cores, server

CONSOLES = 200
PER_S = 20
LIMIT_MS = 200.0
OPEN_S = 60.0
"""Within this time all consoles follow the room; else measuring ends with an error."""


def loaded(port: int, headers: str) -> int:
    """The journal's position of a board, from which a console follows it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    lines = (line.split(": ", 1) for line in headers.splitlines() if line)
    connection.request("GET", "/api/board", headers=dict(lines))
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        sys.exit(f"the board can't be read: {answer.status} {answer.read()[:200]!r}")
    found: int = json.loads(answer.read())["position"]
    return found


async def console(
    port: int, headers: str, after: int, ready: asyncio.Event, seen: list[tuple[int, float]]
) -> None:
    """Read the live stream; note each position and when it was reached. Ready once it
    has what came since the board was read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET /api/stream?after={after} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"
    writer.write(asked.encode())
    await reader.readuntil(b"\r\n\r\n")
    position = 0
    try:
        while line := await reader.readline():
            if line.startswith(b"id: "):
                position = int(line[4:])
            elif line.startswith(b"data: ") and position:
                seen.append((position, time.perf_counter()))
                ready.set()
                position = 0
    finally:
        writer.close()


async def act(port: int, headers: str) -> tuple[int, float]:
    """One action; its position, and when its request was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    note = {"incident": str(random.choice(INCIDENTS)), "note": str(uuid.uuid4()), "text": "a note"}
    body = json.dumps({"action": str(uuid.uuid4()), "command": note}).encode()
    sent = time.perf_counter()
    writer.write(
        "POST /api/actions/incident.add_note HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    answer = await reader.read()
    writer.close()
    return json.loads(answer.partition(b"\r\n\r\n")[2])["position"], sent


async def measure(port: int, seconds: float) -> dict[str, float]:
    """All consoles in this process; returns p50 and p99 in milliseconds and what was missed."""
    headers = sign_in(port)
    after = loaded(port, headers)
    seen: list[list[tuple[int, float]]] = [[] for _ in range(CONSOLES)]
    events = [asyncio.Event() for _ in range(CONSOLES)]
    readers = [
        asyncio.create_task(console(port, headers, after, event, one))
        for event, one in zip(events, seen, strict=True)
    ]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in events)), OPEN_S)
    started, posts = time.perf_counter(), []
    for n in range(int(seconds * PER_S)):
        await asyncio.sleep(max(0.0, started + n / PER_S - time.perf_counter()))
        posts.append(asyncio.create_task(act(port, headers)))
    actions = await asyncio.gather(*posts)
    await asyncio.sleep(2.0)
    for task in readers:
        task.cancel()
    latencies, missed = [], 0
    for one in seen:
        positions = [position for position, _ in one]
        for position, sent in actions:
            at = bisect.bisect_left(positions, position)
            if at == len(positions):
                missed += 1
            else:
                latencies.append((one[at][1] - sent) * 1e3)
    latencies.sort()
    return {
        "p50": latencies[len(latencies) // 2],
        "p99": latencies[len(latencies) * 99 // 100],
        "missed": missed,
        "actions": len(actions),
    }


def main() -> None:
    """Print one line per database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="five seconds, not twenty")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    seconds = 5.0 if asked.quick else 20.0
    if asked.measure:
        json.dump(asyncio.run(measure(asked.measure, seconds)), sys.stdout)
        return
    print(f"{CONSOLES} consoles in a process of their own on the same machine, {PER_S} actions/s")
    print(f"{'database':<11}{'p50 ms':>8}{'p99 ms':>8}{'limit':>7}{'ratio':>7}{'missed':>8}  cores")
    for kind in asked.database or ["sqlite", "postgresql"]:
        with server(kind) as (port, _):
            cores = Cores()
            command = [sys.executable, "-m", "bench.fanout", "--measure", str(port)]
            command += ["--quick"] if asked.quick else []
            out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
            found = json.loads(out)
            print(f"{kind:<11}{found['p50']:>8.1f}{found['p99']:>8.1f}{LIMIT_MS:>7.0f}"
                  f"{found['p99'] / LIMIT_MS:>7.2f}{found['missed']:>8}  {cores.busy()}",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()

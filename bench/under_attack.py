"""What a stranger's flood costs the room, each figure beside its limit in the same run.

Half-sent bodies and slow readers beside ringing calls; the memory of forty tries to sign in at
once; three processes on a PostgreSQL with 100 connections; ending the streams of 500 consoles.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import time
import uuid
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench.client import sign_in
from bench.serving import Running, servers

SETUP: Final = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
"""
TOKEN: Final = (
    SETUP
    + """
from dutyroom.site.members import new_token
from dutyroom.site.models import Member
print(new_token(Member.objects.create(name="phone", role="gateway", password="!")))
"""
)
END: Final = (
    SETUP
    + """
from dutyroom.site.members import end_sessions
from dutyroom.site.models import Member
import time
print(time.time())
end_sessions(Member.objects.get(name="bench"))
"""
)
FOLLOW: Final = (
    SETUP
    + """
import datetime, time
from django.utils import timezone
from dutyroom.site import sessions
from dutyroom.site.models import Member, Session
later, member = timezone.now() + datetime.timedelta(hours=1), Member.objects.get(name="bench")
keys = [sessions.hashed(f"console {n}") for n in range(500)]
Session.objects.bulk_create(
    Session(session_key=key, session_data="", expire_date=later, member=member) for key in keys
)
def cpu_ms(work, times):
    work()
    start = time.thread_time()
    for _ in range(times):
        work()
    return (time.thread_time() - start) / times * 1e3
print(cpu_ms(sessions.epoch, 300), cpu_ms(lambda: sessions.standing(keys), 20))
"""
)
STRANGERS: Final = 200
CALL_LIMIT_MS: Final = 1_000
HASH_MB: Final = 100
MEMORY_LIMIT_MB: Final = 2 * HASH_MB + 50
END_LIMIT_S: Final = 2.0
CORE_LIMIT: Final = 1.0
CONSOLES: Final = 500


def main() -> None:
    """Print one line per attack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer calls, shorter floods")
    asked = parser.parse_args()
    print(f"{'attack':<46}{'figure':>24}{'limit':>12}{'ratio':>7}", flush=True)
    for kind in ("sqlite", "postgresql"):
        with servers(kind, 1) as ([one], _):
            flood(kind, one, 15 if asked.quick else 60)
            memory(kind, one)
    with servers("postgresql", 3) as (three, _):
        starve(three, 5.0 if asked.quick else 20.0)
    with servers("postgresql", 2) as (two, _):
        end_streams(two)


def line(what: str, figure: str, limit: str, ratio: float) -> None:
    print(f"{what:<46}{figure:>24}{limit:>12}{ratio:>7.2f}", flush=True)


def ring(port: int, token: str) -> float:
    """Milliseconds until a call of the telephone gateway is in the journal."""
    command = {"call": str(uuid.uuid4()), "line": "110-1"}
    body = json.dumps({"action": str(uuid.uuid4()), "command": command}).encode()
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        one.sendall(
            b"POST /api/actions/call.receive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            b"Content-Type: application/json\r\n"
            + f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        answer = _all_of(one)
    if b" 200 " not in answer[:15]:
        raise SystemExit(f"the call was not taken: {answer[:200]!r}")
    return (time.perf_counter() - started) * 1e3


def _all_of(one: socket.socket) -> bytes:
    """What comes until the other side closes."""
    return b"".join(iter(lambda: one.recv(65_536), b""))


def flood(kind: str, server: Running, calls: int) -> None:
    """Calls ring beside nothing, then beside 200 who send half and 200 who don't read."""
    token = server.run(TOKEN).strip()
    quiet = sorted(ring(server.port, token) for _ in range(calls))
    half = (
        b"POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b'Content-Length: 500\r\n\r\n{"name": '
    )
    slow = b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 4
    with ExitStack() as held:
        for said in (half, slow):
            for _ in range(STRANGERS):
                one = held.enter_context(socket.socket())
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
                one.connect(("127.0.0.1", server.port))
                one.sendall(said)
        beside = sorted(ring(server.port, token) for _ in range(calls))
    line(f"{kind}: call.receive alone, longest of {calls}", f"{quiet[-1]:.0f} ms",
         f"{CALL_LIMIT_MS} ms", quiet[-1] / CALL_LIMIT_MS)  # fmt: skip
    line(f"{kind}: beside {STRANGERS} half-sent, {STRANGERS} slow", f"{beside[-1]:.0f} ms",
         f"{CALL_LIMIT_MS} ms", beside[-1] / CALL_LIMIT_MS)  # fmt: skip


def memory(kind: str, server: Running) -> None:
    """Forty tries at once, each for another name, so that all of them may be hashed."""
    status = Path(f"/proc/{server.process.pid}/status")

    def mb(name: str) -> float:
        text = next(one for one in status.read_text().splitlines() if one.startswith(name))
        return int(text.split()[1]) / 1_024

    headers = sign_in(server.port)  # what a first sign-in loads is there
    headers = re.sub(r"; [^;=]+-device=[^;\r]+", "", headers)  # a stranger is no known device
    idle = mb("VmRSS")
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")  # the peak counts from here
    tries = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
    for number, one in enumerate(tries):
        body = json.dumps({"name": f"nobody {number}", "password": "x"})
        one.sendall(
            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"{headers}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
    answers = Counter(_all_of(one)[9:12] for one in tries)
    more = mb("VmHWM") - idle
    said = " ".join(f"{count} x {code.decode()}" for code, count in answers.items())
    line(f"{kind}: 40 tries to sign in at once ({said})", f"{more:.0f} MB more",
         f"{MEMORY_LIMIT_MB} MB", more / MEMORY_LIMIT_MB)  # fmt: skip


async def ask(port: int, headers: str, until: float, statuses: Counter[str]) -> None:
    """One client that loads the board, again and again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        writer.write(f"GET /api/board HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        statuses[head[9:12]] += 1
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        await reader.readexactly(int(length))
    writer.close()


def starve(three: list[Running], seconds: float) -> None:
    """200 clients on three processes: any 5xx, and how many connections the processes take."""
    import psycopg

    headers, statuses = sign_in(three[0].port), Counter[str]()

    async def load() -> None:
        until = time.perf_counter() + seconds
        ports = [three[number % 3].port for number in range(200)]
        await asyncio.gather(*(ask(port, headers, until, statuses) for port in ports))

    asyncio.run(load())
    with psycopg.connect(three[0].env["DUTYROOM_DATABASE"]) as admin:
        [[taken]] = admin.execute(
            "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"
        ).fetchall()
    failed = sum(count for status, count in statuses.items() if status.startswith("5"))
    said = f"{taken} connections"
    line(f"three processes, 200 clients: {sum(statuses.values())} answers", said, "97", taken / 97)
    line("  of them 5xx", str(failed), "0", float(failed))


async def console(port: int, headers: str, ready: asyncio.Event) -> float:
    """Follow the stream to its end; when that was."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /api/stream?after=0 HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
    while not (await reader.readline()).startswith(b"event: "):
        pass
    ready.set()
    while await reader.read(65_536):
        pass
    writer.close()
    return time.time()


def end_streams(two: list[Running]) -> None:
    """500 consoles on two processes; their member is signed out by a third."""

    async def follow() -> float:
        ready = [asyncio.Event() for _ in range(CONSOLES)]
        headers = [sign_in(two[0].port) for _ in range(4)]
        tasks = [
            asyncio.create_task(console(two[n % 2].port, headers[n % 4], one))
            for n, one in enumerate(ready)
        ]
        await asyncio.gather(*(one.wait() for one in ready))
        ended = await asyncio.to_thread(two[0].run, END)
        return max(await asyncio.gather(*tasks)) - float(ended)

    last_s = asyncio.run(asyncio.wait_for(follow(), 120))
    line(f"sign-out to the end of the last of {CONSOLES} streams", f"{last_s:.2f} s",
         f"{END_LIMIT_S:.0f} s", last_s / END_LIMIT_S)  # fmt: skip
    once_ms, all_ms = map(float, two[0].run(FOLLOW).split())
    share = once_ms / 10 + all_ms / 30 / 10  # each second, and every half minute
    line(f"following {CONSOLES} consoles' sessions", f"{share:.3f} % of a core",
         f"{CORE_LIMIT:.0f} %", share / CORE_LIMIT)  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()

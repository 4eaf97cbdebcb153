"""The lists, boards, clocks and rebuilding of a large city's room after a year.

200,000 incidents, 600,000 tasks, 50,000 open clocks and 5,000 members on PostgreSQL, made in bulk.
Every route that reads is asked over HTTP (`bench.scale_routes`), and measured beside its own
queries, run bare: their rows fetched, nothing made of them. The ratio is without what any answer
takes for the session (the first line). Wanted: p95 within 3 times the bare queries, and under
200 ms; the keeper under 5 % of a core.
"""

import argparse
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench.actions import processor_s
from bench.client import sign_in
from bench.scale_journal import journal
from bench.scale_room import Size
from bench.scale_routes import (
    AUDITOR,
    DISTRICT,
    FEWEST,
    MOST_S,
    NOTHING,
    ROOM,
    STATION,
    Asked,
    all_asked,
)
from bench.serving import Running, home, run, serving

WARM_UP = 3
PARTS = ("keeper", "answers", "plans", "verify", "rebuild")


def main() -> None:
    """Print the room, each answer, the keeper, start and memory, rebuilding, and plans."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the room")
    parser.add_argument("--part", type=int, default=1, help="so small a part of the room")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="make the room in this new folder, and leave it"
    )
    parser.add_argument(
        "--from", type=Path, metavar="DIR", dest="kept", help="measure the room that is kept there"
    )
    parser.add_argument(
        "--only", choices=PARTS, nargs="*", default=PARTS, help="these alone, in this order"
    )
    parser.add_argument(
        "--rebuild-s",
        type=float,
        metavar="S",
        help="end rebuilding then: what is left is estimated",
    )
    asked = parser.parse_args()
    if asked.keep is not None and asked.keep.exists():
        parser.error(f"{asked.keep} is there already: measure it by --from")
    if asked.kept is not None and not (asked.kept / "home").is_dir():
        parser.error(f"{asked.kept} holds no room: make one by --keep")
    folder: Path | None = asked.kept or asked.keep
    if asked.keep is not None:
        asked.keep.mkdir(parents=True)
    with home(asked.database, folder) as env:
        if asked.kept is None:
            _make(Size().part(100 if asked.quick else asked.part), asked.database, env)
        for part in asked.only:
            _measure(part, env, asked.tries, asked.rebuild_s)


def _make(size: Size, database: str, env: dict[str, str]) -> None:
    print(f"{size} on {database}", flush=True)
    command = [sys.executable, "-m", "bench.scale_room"]
    counts = map(str, (size.incidents, size.clocks, size.members))
    began = time.perf_counter()
    subprocess.run([*command, *counts], env=env, check=True)
    print(f"made in {time.perf_counter() - began:.0f} s", flush=True)


def _measure(part: str, env: dict[str, str], tries: int, rebuild_s: float | None) -> None:
    """The keeper comes first: a server keeps the clocks, too."""
    match part:
        case "keeper":
            print(run("from bench.scale_inside import keeper; keeper()", env), end="", flush=True)
        case "answers":
            with serving(env) as [server]:
                print(f"start: {server.started_s:.1f} s until it answers, {_memory(server)}")
                _answers(server, tries)
                used_s = processor_s(server)
                print(f"after all of these: {_memory(server)}, {used_s:.0f} s of processor")
        case "plans":
            with serving(env) as [server]:
                paths = [(path, cookie) for _, path, cookie in _addressed(server)]
                script = "from bench.scale_inside import plans; plans()"
                print(server.run(script, json.dumps(paths)), end="")
        case "verify":
            journal(env, "verify")
        case "rebuild":
            journal(env, "rebuild", rebuild_s)


def _addressed(server: Running) -> list[tuple[Asked, str, str]]:
    """All that is asked, with the address and the cookie."""
    names = json.loads(server.run("from bench.scale_inside import addresses; addresses()"))
    cookie = {
        one: sign_in(server.port, one).splitlines()[0].partition(": ")[2]
        for one in (ROOM, STATION, DISTRICT, AUDITOR)
    }
    return [(one, f"/api/{one.path.format(**names)}", cookie[one.who]) for one in all_asked()]


def _answers(server: Running, tries: int) -> None:
    addressed = _addressed(server)
    paths = [(path, cookie) for _, path, cookie in addressed]
    script = f"from bench.scale_inside import bare; bare({tries})"
    inside = json.loads(server.run(script, json.dumps(paths)))
    print(
        f"{'answer':<24}{'asks':>5}{'rows':>8}{'kB':>7}{'p50 ms':>8}{'p95 ms':>8}{'bare ms':>9}"
        f"{'ratio':>7}"
    )
    floor = 0.0
    for (asked, path, cookie), (count, rows, bare) in zip(addressed, inside, strict=True):
        times, size = _timed(server.port, path, cookie, tries)
        p50, p95 = at(times, 0.5), at(times, 0.95)
        floor = p50 if asked.name == NOTHING else floor
        ratio = max(0.0, p95 - floor) / bare if count else 0.0
        over = p95 > 200 or (ratio > 3 and not asked.logged)
        print(
            f"{asked.name:<24}{count:>5}{rows:>8}{size / 1e3:>7.0f}{p50:>8.1f}{p95:>8.1f}"
            f"{bare:>9.1f}{ratio:>7.1f}{'  (!)' if over else ''}{'  logged' * asked.logged}",
            flush=True,
        )


def _timed(port: int, path: str, cookie: str, tries: int) -> tuple[list[float], int]:
    """In ms, after some that don't count; and how many bytes were answered."""
    for _ in range(WARM_UP):
        _, size = _ask(port, path, cookie)
    times: list[float] = []
    until = time.perf_counter() + MOST_S
    while len(times) < tries and (len(times) < FEWEST or time.perf_counter() < until):
        took_s, size = _ask(port, path, cookie)
        times.append(took_s * 1e3)
    return times, size


def at(times: list[float], share: float) -> float:
    """The nearest-rank quantile."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _ask(port: int, path: str, cookie: str) -> tuple[float, int]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    began = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
    return time.perf_counter() - began, len(body)


def _memory(server: Running) -> str:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    kept = dict(line.split(":", 1) for line in status.splitlines() if line.startswith("Vm"))
    now, most = (int(kept[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now} MB (at most {most} MB)"


if __name__ == "__main__":
    main()

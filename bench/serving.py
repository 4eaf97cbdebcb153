"""Starts the real server in a throw-away home for a benchmark, on SQLite or PostgreSQL."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PASSWORD: Final = "bench-password"
CLI: Final = "from dutyroom.cli.main import main; main()"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address for DUTYROOM_DATABASE: empty for SQLite, else a PostgreSQL of our own. It opens
    the folders above it to its own user, so ``folder`` is no home."""
    if kind == "sqlite":
        yield ""
        return
    sys.path.insert(0, str(ROOT))
    from tests.harness.postgres import throw_away_server

    yield from throw_away_server(folder / "postgres")


@contextmanager
def home(kind: str, kept: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment of a room: of one that is thrown away, or in a folder that is kept, where a
    room may be already."""
    if kept is not None:
        with database(kind, kept.resolve()) as address:
            yield _environment(kept.resolve() / "home", address)
        return
    with (
        tempfile.TemporaryDirectory(prefix="dutyroom-bench-") as folder,
        database(kind, Path(folder)) as address,
    ):
        yield _environment(Path(folder) / "home", address)


def _environment(
    home: Path, address: str, settings: str = "dutyroom.site.settings"
) -> dict[str, str]:
    return os.environ | {
        "DUTYROOM_HOME": str(home),
        "DUTYROOM_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def server(kind: str, settings: str = "dutyroom.site.settings") -> Iterator[tuple[int, Path]]:
    """A prepared room and its server; yields the port and the home."""
    with servers(kind, 1, settings) as (running, home):
        yield running[0].port, home


@dataclass(frozen=True)
class Running:
    """A server process, and where it answers."""

    port: int
    process: "subprocess.Popen[bytes]"
    env: dict[str, str]
    started_s: float = 0.0

    def run(self, script: str, given: str = "") -> str:
        """What a script prints in a process of its own in this room; ``given`` is its input."""
        return run(script, self.env, given)


def run(script: str, env: dict[str, str], given: str = "") -> str:
    """What a script prints in a process of its own in the room of this environment."""
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, input=given.encode()
    )
    return done.stdout.decode()


@contextmanager
def servers(
    kind: str, count: int, settings: str = "dutyroom.site.settings", prepare: str = "bench.prepare"
) -> Iterator[tuple[list[Running], Path]]:
    """So many processes on one prepared room; yields them and the room's home. ``prepare`` is a
    module, with its arguments."""
    with tempfile.TemporaryDirectory(prefix="dutyroom-bench-") as folder:
        home = Path(folder) / "home"
        with database(kind, Path(folder)) as address:
            env = _environment(home, address, settings)
            subprocess.run([sys.executable, "-m", *prepare.split()], env=env, check=True)
            with serving(env, count) as running:
                yield running, home


@contextmanager
def serving(env: dict[str, str], count: int = 1) -> Iterator[list[Running]]:
    """So many processes on a prepared room."""
    running: list[Running] = []
    try:
        for _ in range(count):
            port, began = free_port(), time.perf_counter()
            command = [sys.executable, "-c", CLI, "serve", "--port", str(port)]
            process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
            running.append(Running(port, process, env))
            _wait(port, process)
            running[-1] = replace(running[-1], started_s=time.perf_counter() - began)
        yield running
    finally:
        for one in running:
            one.process.terminate()
        for one in running:
            one.process.wait(timeout=20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


class Cores:
    """How busy the machine's cores were between two looks (from /proc/stat)."""

    def __init__(self) -> None:
        self._before = self._look()

    @staticmethod
    def _look() -> list[tuple[int, int]]:
        lines = Path("/proc/stat").read_text().splitlines()
        rows = [line.split()[1:] for line in lines if line.startswith("cpu") and line[3] != " "]
        return [(sum(map(int, row)), int(row[3]) + int(row[4])) for row in rows]

    def busy(self) -> str:
        """Per core, in percent, since this was made."""
        pairs = zip(self._before, self._look(), strict=True)
        shares = [100 * (1 - (i1 - i0) / max(1, t1 - t0)) for (t0, i0), (t1, i1) in pairs]
        return " ".join(f"{share:.0f}%" for share in shares)

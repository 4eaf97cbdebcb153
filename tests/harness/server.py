"""The real server in a process of its own, in a home and a database of its own."""

import http.client
import json
import os
import signal
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bench.serving import ROOT, free_port

from tests.harness import templates
from tests.harness.commands import finished
from tests.harness.forked import Forked


@contextmanager
def own_database(config: pytest.Config, folder: Path) -> Iterator[str]:
    """A database for the server under test: a file of its own, or one more in our PostgreSQL."""
    if config.getoption("--database") == "sqlite":
        yield ""
        return
    address, name = os.environ["DUTYROOM_DATABASE"], f"server_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield address.replace("/dutyroom_test", f"/{name}")


class Server:
    """The real server in a process of its own, killed and started again.

    The room is what the module `prepare` makes; `prepared` is what it printed. It is a copy of one
    that was made before: the same room each time, or the `other` one, with keys of its own.
    ``through`` is the way on which the server finds its database, if it isn't the address itself.
    """

    def __init__(
        self, folder: Path, database: str, prepare: str = "bench.prepare", *, other: bool = False,
        through: str = "",
    ) -> None:  # fmt: skip
        self.env = os.environ | {
            "DUTYROOM_HOME": str(folder),
            "DUTYROOM_DATABASE": database,
            "PYTHONPATH": str(ROOT),
        }
        self.port = free_port()
        self.prepared = templates.copy(
            prepare, folder, database,
            lambda home, address: self.run(
                "-m", prepare, DUTYROOM_HOME=str(home), DUTYROOM_DATABASE=address
            ),
            other=other,
        )  # fmt: skip
        self.env["DUTYROOM_DATABASE"] = through or database
        self.start()

    def run(self, *command: str, **environ: str) -> str:
        """What a process of its own in this room prints."""
        done = finished(command, self.env | environ)
        assert done.code == 0, done
        return done.out

    def start(self) -> None:
        self.process = Forked(["serve", "--port", str(self.port)], self.env)
        until = time.monotonic() + 120  # on a busy machine
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        pytest.fail("the server did not start again")

    def stop(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=120)


def signed_in(port: int, name: str = "bench") -> dict[str, str]:
    """Headers of a session, a dispatcher's if not said otherwise."""
    from bench.client import sign_in

    lines = [line.split(": ", 1) for line in sign_in(port, name).split("\r\n") if line]
    return {"Content-Type": "application/json"} | dict(lines)


def post(port: int, verb: str, body: str, headers: dict[str, str]) -> tuple[int, Any] | None:
    """Status and answer of one action; None if the server could not be reached."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", f"/api/actions/{verb}", body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()

"""A full disk: actions are refused in so many words, nothing acknowledged is lost, and it passes."""

import http.client
import json
import os
import resource
import signal
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from bench.prepare import INCIDENTS
from bench.serving import PASSWORD
from tests.harness.server import Server, own_database, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow]
MOST_TRIES: Final = 500
ADD_NOTE: Final = "/api/actions/incident.add_note"
SIGN_IN: Final = {"name": "bench", "password": PASSWORD}
CLI: Final = "from dutyroom.cli.main import main; main()"
ACTIONS: Final = """
import json, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT action FROM journal_journalaction ORDER BY last")
    print(json.dumps([action for (action,) in cursor.fetchall()]))
"""


@dataclass(frozen=True)
class Disk:
    """Where the room lies, and how its space ends and comes back."""

    home: Path
    fill: Callable[[Server], None]
    make_space: Callable[[Server], None]


@pytest.fixture(params=["no space left on device", "no file may grow"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("a full disk under PostgreSQL is PostgreSQL's to handle")
    if request.param == "no file may grow":
        yield Disk(tmp_path / "home", _forbid_growth, _allow_growth)
        return
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "dutyroom-test", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    ballast = small / "ballast"
    try:
        yield Disk(small / "home", lambda _: _fill(ballast), lambda _: ballast.unlink())
    finally:
        subprocess.run(["umount", str(small)], check=True)


def _fill(ballast: Path) -> None:
    """Take all the space there is, to the last block."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass


def _forbid_growth(server: Server) -> None:
    home = Path(server.env["DUTYROOM_HOME"])
    largest = max(file.stat().st_size for file in home.glob("dutyroom.sqlite3*"))
    limits = (largest, resource.RLIM_INFINITY)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)


def _allow_growth(server: Server) -> None:
    limits = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)


@dataclass(frozen=True)
class Asked:
    """An answer of the server."""

    status: int
    body: Any
    retry_after: str | None

    def says_not_saved(self) -> bool:
        message = self.body.get("message", {})
        return (
            self.status == 503
            and self.body["error"] == "not_saved"
            and bool(message["en"] and message["zh"])
            and int(self.retry_after or 0) > 0
        )


def ask(server: Server, path: str, body: object = None, **headers: str) -> Asked:
    """One request, POST if there is a body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        method, sent = ("GET", None) if body is None else ("POST", json.dumps(body))
        connection.request(method, path, sent, headers)
        answer = connection.getresponse()
        text = answer.read()
        found = json.loads(text) if text.startswith(b"{") else {"text": text}
        return Asked(answer.status, found, answer.headers["Retry-After"])
    finally:
        connection.close()


def note(index: int = 0, *, text: str = "x" * 3_000) -> dict[str, Any]:
    incident = str(INCIDENTS[index % len(INCIDENTS)])
    command = {"incident": incident, "note": str(uuid.uuid4()), "text": text}
    return {"action": str(uuid.uuid4()), "command": command}


def until_refused(send: Callable[[int], Asked]) -> Asked:
    """Again and again, until what is left of the last pages is used up."""
    for index in range(MOST_TRIES):
        answer = send(index)
        if answer.status >= 500:
            return answer
    pytest.fail("the disk never got full")


def test_when_the_disk_is_full_nothing_is_lost_and_it_recovers(
    disk: Disk, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with own_database(request.config, tmp_path) as database:
        server = Server(disk.home, database)
        try:
            _work_through(server, disk)
        finally:
            server.stop(signal.SIGTERM)
        server.env["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
        assert json.loads(server.run("-c", CLI, "journal", "verify", "--json"))["ok"]


def _work_through(server: Server, disk: Disk) -> None:
    headers = signed_in(server.port)
    acknowledged: list[dict[str, Any]] = []
    refused: dict[str, Any] = {}

    def add_note(index: int) -> Asked:
        nonlocal refused
        body = note(index)
        answer = ask(server, ADD_NOTE, body, **headers)
        if answer.status == 200:
            acknowledged.append(body)
        else:
            refused = body
        return answer

    assert add_note(0).status == 200
    disk.fill(server)
    answer = until_refused(add_note)
    assert answer.says_not_saved(), answer
    _look_around(server, headers, acknowledged)
    disk.make_space(server)

    answer = ask(server, ADD_NOTE, refused, **headers)
    assert (answer.status, answer.body["repeated"]) == (200, False)
    acknowledged.append(refused)
    for body in acknowledged:
        answer = ask(server, ADD_NOTE, body, **headers)
        assert (answer.status, answer.body["repeated"]) == (200, True)
    remembered = json.loads(server.run("-c", ACTIONS))
    assert {one["action"] for one in acknowledged} <= set(remembered)
    assert len(remembered) == len(set(remembered))
    assert ask(server, "/api/session", SIGN_IN, **headers).status == 200


def _look_around(
    server: Server, headers: dict[str, str], acknowledged: list[dict[str, Any]]
) -> None:
    """As long as it lasts: the board goes on, whatever has to write says what is the matter."""
    board = ask(server, "/api/board", **headers)
    assert board.status == 200
    assert {row["id"] for row in board.body["incidents"]} == {str(one) for one in INCIDENTS}
    assert ask(server, ADD_NOTE, acknowledged[-1], **headers).body["repeated"]

    def read(index: int) -> Asked:
        return ask(server, f"/api/readings/incidents/{INCIDENTS[index % 40]}", **headers)

    answer = until_refused(read)
    assert answer.says_not_saved(), answer  # what can't be logged is not read
    assert set(answer.body) == {"error", "message"}
    answer = until_refused(lambda _: ask(server, "/api/session", SIGN_IN, **headers))
    assert answer.says_not_saved(), answer

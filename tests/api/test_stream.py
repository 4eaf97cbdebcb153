"""The live stream of the real server: nothing is missed, nothing personal is said."""

import http.client
import json
import re
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bench.prepare import INCIDENTS
from tests.harness.server import Server, own_database, post, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("stream")
    with own_database(request.config, folder) as database:
        made = Server(folder / "home", database)
        made.run("-c", OFFICER)
        yield made
        made.stop(signal.SIGTERM)


OFFICER = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from dutyroom.site.models import Member
Member.objects.enrol("officer", "field_officer", "bench-password", unit="P1")
"""


@contextmanager
def stream(
    server: Server, headers: dict[str, str], after: int = 0, **more: str
) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", f"/api/stream?after={after}", headers=headers | more)
    yield connection.getresponse()
    connection.close()


def next_event(answer: http.client.HTTPResponse, name: str) -> dict[str, Any]:
    """The data of the next event of a kind."""
    kind = ""
    while True:
        line = answer.readline().decode().strip()
        if line.startswith("event: "):
            kind = line[7:]
        if line.startswith("data: ") and kind == name:
            found: dict[str, Any] = json.loads(line[6:])
            return found


def note(server: Server, headers: dict[str, str], text: str = "secret-note") -> int:
    command = {"incident": str(INCIDENTS[0]), "note": str(uuid.uuid4()), "text": text}
    body = json.dumps({"action": str(uuid.uuid4()), "command": command})
    status, answer = post(server.port, "incident.add_note", body, headers) or (0, {})
    assert status == 200
    position: int = answer["position"]
    return position


def test_who_may_not_look_gets_no_stream(server: Server) -> None:
    with stream(server, {}) as answer:
        assert answer.status == 401
    with stream(server, signed_in(server.port, "officer")) as answer:
        assert answer.status == 403
    forged = re.sub(r"(dutyroom-\w+)=\w+", r"\1=forged", signed_in(server.port)["Cookie"])
    assert "=forged" in forged
    with stream(server, {}, Cookie=forged) as answer:
        assert answer.status == 401


def test_what_happened_while_away_is_sent_first(server: Server) -> None:
    headers = signed_in(server.port)
    with stream(server, headers) as answer:
        seen = next_event(answer, "rows")["position"]
    position = note(server, headers)
    with stream(server, headers, **{"Last-Event-ID": str(seen)}) as answer:
        patch = next_event(answer, "rows")
    assert patch["position"] >= position
    assert [row["id"] for row in patch["incidents"]] == [str(INCIDENTS[0])]
    assert patch["units"] == []


def test_two_consoles_agree_on_what_they_see(server: Server) -> None:
    headers = signed_in(server.port)
    with stream(server, headers) as one, stream(server, headers) as two:
        first, second = next_event(one, "rows"), next_event(two, "rows")
        position = note(server, headers)
        for answer, patch in ((one, first), (two, second)):
            while patch["position"] < position:
                patch.update(next_event(answer, "rows"))
        assert first["incidents"] == second["incidents"]


def test_a_position_of_another_journal_means_starting_over(server: Server) -> None:
    with stream(server, signed_in(server.port), after=10**9) as answer:
        assert next_event(answer, "reset") == {}


def test_a_writer_in_another_process_is_seen_and_nothing_personal_is_said(server: Server) -> None:
    headers = signed_in(server.port)
    with stream(server, headers) as answer:
        before = next_event(answer, "rows")["position"]
        server.run("-c", OTHER_PROCESS)
        patch = next_event(answer, "rows")
    assert patch["position"] > before
    assert patch["incidents"][0]["notes"] >= 1
    assert "secret" not in json.dumps(patch)


OTHER_PROCESS = f"""
import django, os, uuid
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from dutyroom.actions import runtime
from dutyroom.actions.request import Request
from dutyroom.domain.incidents.commands import AddNote
from dutyroom.domain.context import Actor
command = AddNote(uuid.UUID("{INCIDENTS[1]}"), uuid.uuid4(), "secret from elsewhere")
runtime.room().door.perform(Request(uuid.uuid4(), Actor("x", "dispatcher"), command))
runtime.stop()
"""

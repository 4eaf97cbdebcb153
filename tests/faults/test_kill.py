"""kill -9 while clients write: what was answered is there, once; what wasn't can be sent again."""

import json
import random
import signal
import threading
import time
import uuid
from pathlib import Path
from typing import Final

import pytest
from bench.prepare import INCIDENTS
from tests.harness.examples import DEEP
from tests.harness.server import Server, own_database, post, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow, pytest.mark.long]
KILLS: Final = 8 if DEEP else 2
CLIENTS: Final = 6


class Writer(threading.Thread):
    """A client that sends each action until it is answered, always with the same id."""

    def __init__(self, port: int, headers: dict[str, str], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.headers, self.stop = port, headers, stop
        self.acknowledged: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            action = str(uuid.uuid4())
            note = {
                "note": str(uuid.uuid4()),
                "text": "x",
                "incident": str(random.choice(INCIDENTS)),
            }
            body = json.dumps({"action": action, "command": note})
            while True:
                answer = post(self.port, "incident.add_note", body, self.headers)
                if answer is not None and answer[0] == 200:
                    break
                if self.stop.wait(0.05):
                    return
            self.acknowledged.append(action)


READ_ALL: Final = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
import django; django.setup()
from django.db import connection
from tests.harness.rooms import tables
def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
print(json.dumps({
    "actions": [action for (action,) in rows("SELECT action FROM journal_journalaction")],
    "entries": rows("SELECT action, COUNT(*) FROM journal_journalentry "
                    "WHERE type = 'incident.note_added.v1' GROUP BY action"),
    "board": tables(),
}, default=str))
"""
LATE: Final = 12
SOME_PLACE: Final = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
import django; django.setup()
from dutyroom.projections.packs import pack_in_force
one = pack_in_force().places[0]
print(json.dumps({"lon": one.lon, "lat": one.lat, "label": one.name.en, "kind": "place"}))
"""
CLI: Final = "from dutyroom.cli.main import main; main()"


def test_what_was_acknowledged_survives_kill_9(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    luck = random.Random(7)
    with own_database(request.config, tmp_path) as database:
        server = Server(tmp_path / "home", database)
        stop = threading.Event()
        sent = signed_in(server.port)
        writers = [Writer(server.port, sent, stop) for _ in range(CLIENTS)]
        for writer in writers:
            writer.start()
        for _ in range(KILLS):
            time.sleep(luck.uniform(0.4, 1.5))
            server.stop(signal.SIGKILL)
            server.start()
        time.sleep(0.5)
        stop.set()
        for writer in writers:
            writer.join(timeout=30)
        server.stop(signal.SIGTERM)

        acknowledged = [action for writer in writers for action in writer.acknowledged]
        assert len(acknowledged) > 50
        before = json.loads(server.run("-c", READ_ALL))
        entries = dict(before["entries"])
        assert set(acknowledged) <= set(entries)
        assert set(entries.values()) == {1}  # whatever was not acknowledged is there once or not
        assert set(entries) <= set(before["actions"])
        assert len(before["actions"]) == len(set(before["actions"]))
        assert json.loads(server.run("-c", CLI, "journal", "verify", "--json"))["ok"]
        server.run("-c", CLI, "journal", "rebuild")
        assert json.loads(server.run("-c", READ_ALL))["board"] == before["board"]


ESCALATIONS: Final = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
import django; django.setup()
from dutyroom.journal.models import JournalEntry
found = JournalEntry.objects.filter(type="loop.clock_escalated.v1").order_by("position")
print(json.dumps([
    [stream, body["clock"], body["step"]]
    for stream, text in found.values_list("stream", "body")
    for body in (json.loads(bytes(text)),)
]))
"""


@pytest.mark.deep
def test_a_keeper_that_is_killed_at_work_tells_of_each_late_clock_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with own_database(request.config, tmp_path) as database:
        server = Server(tmp_path / "home", database)
        sent = signed_in(server.port)
        opened = [str(uuid.uuid4()) for _ in range(LATE)]
        place = json.loads(server.run("-c", SOME_PLACE))
        two_hours_ago = time.time_ns() // 1_000_000 - 7_200_000
        for number, incident in enumerate(opened):
            command = {"incident": incident, "category": "POL-NOISE", "priority": 4, "place": place}
            body = json.dumps({
                "action": str(uuid.uuid4()), "command": command, "occurred_at_ms": two_hours_ago,
            })  # fmt: skip
            assert post(server.port, "incident.open", body, sent)[0] == 200  # type: ignore[index]
            if number in (LATE // 3, 2 * LATE // 3):  # with what the keeper does meanwhile
                time.sleep(1.2)
                server.stop(signal.SIGKILL)
                server.start()
        told: list[list[object]] = []
        until = time.monotonic() + 60
        while len(told) < LATE and time.monotonic() < until:
            time.sleep(0.5)
            told = json.loads(server.run("-c", ESCALATIONS))
        server.stop(signal.SIGTERM)
        assert {stream for stream, *_ in told} == {f"loop:{one}" for one in opened}
        assert len(told) == len({tuple(one) for one in told}) == LATE


TOLD: Final = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
import django; django.setup()
from dutyroom.journal.models import JournalEntry
kinds = ["deadline.told.v1", "loop.clock_escalated.v1"]
found = JournalEntry.objects.filter(type__in=kinds).order_by("position")
print(json.dumps([
    [stream, body.get("deadline") or body["clock"], body["step"]]
    for stream, text in found.values_list("stream", "body")
    for body in (json.loads(bytes(text)),)
]))
"""


@pytest.mark.deep
def test_a_keeper_that_is_killed_at_work_tells_of_each_kind_of_record_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Nobody looked for weeks, and then it is killed again and again while it does."""
    luck = random.Random(11)
    with own_database(request.config, tmp_path) as database:
        server = Server(tmp_path / "home", database)
        begun: list[str] = []
        for words in (["first"], [], []):
            late = server.run("-m", "tests.harness.late_work", str(LATE), *words)
            begun += json.loads(late)
            for _ in range(3):
                time.sleep(luck.uniform(0.1, 1.5))
                server.stop(signal.SIGKILL)
                server.start()
        told: list[list[object]] = []
        until = time.monotonic() + 120
        while {stream for stream, *_ in told} < {*begun} and time.monotonic() < until:
            time.sleep(1)
            told = json.loads(server.run("-c", TOLD))
        time.sleep(2)
        server.stop(signal.SIGTERM)
        told = json.loads(server.run("-c", TOLD))
        assert {*begun} <= {stream for stream, *_ in told}
        deadlines = [(stream, deadline) for stream, deadline, _ in told]
        assert len(deadlines) == len({*deadlines})
        assert json.loads(server.run("-c", CLI, "journal", "verify", "--json"))["ok"]

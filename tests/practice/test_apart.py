"""A practice can't reach the real room: not its database, not its journal, not its sessions."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.harness.answers import is_of
from tests.harness.rooms import TestRoom
from tests.practice.practised import POISON, Practised

from dutyroom.machine.home import Home
from dutyroom.practice.answers import PracticeDebrief
from dutyroom.practice.launching import environment, new_folder
from dutyroom.site.secret import room_id

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]

PRINT = """
import json
from dutyroom.site import settings as s
d = s.DATABASES["default"]
print(json.dumps([d["ENGINE"], str(d["NAME"]), s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]))
"""


def test_the_environment_names_nothing_of_the_real_room(tmp_path: Path) -> None:
    found = environment(tmp_path, {"PATH": "/bin", "LANG": "C", **POISON})
    assert found == {"PATH": "/bin", "LANG": "C", "DUTYROOM_HOME": str(tmp_path)}


def test_even_given_the_real_database_it_uses_its_own(tmp_path: Path) -> None:
    folder = new_folder(Home(tmp_path), "demo")
    env = os.environ | POISON | {"DUTYROOM_HOME": str(folder)}
    command = [sys.executable, "-c", PRINT]
    printed = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
    engine, name, session, csrf = json.loads(printed)
    assert (engine, name) == ("django.db.backends.sqlite3", str(folder / "dutyroom.sqlite3"))
    id_ = room_id((folder / "keys" / "site.secret").read_text())
    assert (session, csrf) == (f"dutyroom-{id_}", f"csrf-{id_}")
    assert id_ != room_id("the real room's secret")


def test_two_practices_of_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    assert new_folder(Home(tmp_path), "demo") != new_folder(Home(tmp_path), "demo")


@pytest.fixture
def practised(room: TestRoom, city: Path, tmp_path: Path) -> Iterator[Practised]:
    made = Practised(tmp_path, city)
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def head() -> Any:
    from django.db import connection

    from dutyroom.journal import read

    with connection.cursor() as cursor:
        return read.head(cursor)


def processes_of(folder: Path) -> list[str]:
    """Processes whose home this is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended, or be somebody else's
            if f"DUTYROOM_HOME={folder}".encode() in (process / "environ").read_bytes():
                found.append(process.name)
    return found


def eventually(look: Any) -> Any:
    until = time.monotonic() + 60
    while not (found := look()):
        assert time.monotonic() < until
        time.sleep(0.3)
    return found


@pytest.mark.each_commit
@pytest.mark.slow
def test_a_practice_with_actions_leaves_the_real_room_as_it_was(
    room: TestRoom, practised: Practised
) -> None:
    before = head()
    trainee = practised.sign_in("trainee1")
    board = eventually(lambda: _ringing(practised, trainee))
    call = board["calls"][0]["id"]
    practised.act(trainee, "call.claim", call=call)
    incident, place = str(uuid.uuid4()), room.place()
    spot = {"lon": place.lon, "lat": place.lat, "label": "here", "kind": "point"}
    category = room.pack.vocabulary.categories[0].code
    practised.act(
        trainee, "incident.open", incident=incident, category=category, priority=2, place=spot,
        call=call,
    )  # fmt: skip
    practised.act(trainee, "call.end", call=call)
    advised = eventually(lambda: _advice(practised, incident))
    path = f"/api/incidents/{incident}/recommendation"
    candidates = practised.ask("GET", path, trainee)[1]["candidates"]
    unit = next(o["unit"] for o in candidates if not o["chosen"] and o["arrival_s"] is not None)
    units = [{"assignment": str(uuid.uuid4()), "unit": unit}]
    practised.act(trainee, "incident.dispatch", incident=incident, units=units)

    trainer = practised.sign_in("trainer")
    status, answer, _ = practised.ask("GET", "/api/practice/debrief", trainer)
    assert status == 200
    assert answer["engine"]["calls"] > 0
    assert answer["engine"]["median_s"] > 0
    assert is_of(PracticeDebrief, answer)
    first, second = answer["trainees"]
    assert [one["call"] for one in first["answered"]] == [call]
    (sent,) = first["sent"]
    assert list(sent["sent"]) == [unit]
    assert set(sent["advised"]) == advised
    assert sent["difference_s"] is not None
    assert second["answered"] == second["sent"] == []

    # One's own figures only.
    assert practised.ask("GET", "/api/practice/debrief", trainee)[0] == 403
    own = practised.ask("GET", "/api/practice/own", trainee)[1]
    assert is_of(PracticeDebrief, own)
    assert [one["name"] for one in own["trainees"]] == ["trainee1"]

    # A session of the one is none in the other, even under the other's name.
    name = f"dutyroom-{room_id((practised.folder / 'keys' / 'site.secret').read_text())}"
    value = SimpleCookie(trainee["Cookie"])[name].value
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = value
    assert client.get("/api/board").status_code == 401
    from dutyroom.site.models import Member

    real = Client(headers={"host": "localhost"})
    real.force_login(Member.objects.create(name="d", role="dispatcher", password="!"))
    real_name = settings.SESSION_COOKIE_NAME
    stolen = real.cookies[real_name].value
    assert practised.ask("GET", "/api/board", {"Cookie": f"{name}={stolen}"})[0] == 401
    assert practised.ask("GET", "/api/board", {"Cookie": f"{real_name}={stolen}"})[0] == 401

    practised.process.send_signal(signal.SIGINT)
    practised.process.wait(timeout=120)
    written = json.loads((practised.folder / "debrief.json").read_text())
    assert written["trainees"][0]["sent"][0]["sent"] == sent["sent"]
    assert head() == before


@pytest.mark.slow
def test_a_crash_of_the_practice_leaves_the_real_room_untouched(
    room: TestRoom, practised: Practised
) -> None:
    before = head()
    practised.process.kill()
    practised.process.wait()
    assert head() == before
    assert room.open_incident()
    assert head().position > before.position
    # Nobody plays on in a room that has nobody left.
    eventually(lambda: not processes_of(practised.folder))


def _ringing(practised: Practised, headers: dict[str, str]) -> Any:
    board = practised.ask("GET", "/api/board", headers)[1]
    return board if board["calls"] else None


def _advice(practised: Practised, incident: str) -> set[str]:
    file = practised.folder / "advice.jsonl"
    lines = file.read_text().splitlines() if file.is_file() else []
    found = [one for one in map(json.loads, lines) if one["incident"] == incident]
    return set(found[-1]["chosen"]) if found else set()

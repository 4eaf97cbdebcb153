"""A full disk: actions are refused in so many words, nothing acknowledged is lost, and it passes."""

import json
import resource
import signal
import uuid
from pathlib import Path

import pytest
from bench.prepare import INCIDENTS
from tests.harness.server import Server, own_database, post, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow]


def note(incident: int = 0) -> str:
    command = {"incident": str(INCIDENTS[incident]), "note": str(uuid.uuid4()), "text": "x" * 3_000}
    return json.dumps({"action": str(uuid.uuid4()), "command": command})


def test_when_the_disk_is_full_nothing_is_lost_and_it_recovers(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("PostgreSQL's own disk is not the product's: it answers errors like any other")
    with own_database(request.config, tmp_path) as database:
        server = Server(tmp_path / "home", database)
        headers = signed_in(server.port)
        acknowledged = []
        first = note()
        assert post(server.port, "incident.add_note", first, headers) is not None
        acknowledged.append(json.loads(first)["action"])
        files = (tmp_path / "home").glob("dutyroom.sqlite3*")
        full = max(file.stat().st_size for file in files)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))

        refused = None
        for incident in range(40):  # until what is left of the last pages is used up
            body = note(incident)
            status, answer = post(server.port, "incident.add_note", body, headers) or (0, {})
            if status == 200:
                acknowledged.append(json.loads(body)["action"])
                continue
            assert status == 503
            assert answer["error"] == "not_saved"
            assert answer["message"]["en"]
            assert answer["message"]["zh"]
            refused = body
            break
        assert refused is not None

        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        status, answer = post(server.port, "incident.add_note", refused, headers) or (0, {})
        assert status == 200
        assert not answer["repeated"]
        acknowledged.append(json.loads(refused)["action"])
        for body in (first, refused):
            status, answer = post(server.port, "incident.add_note", body, headers) or (0, {})
            assert (status, answer["repeated"]) == (200, True)
        server.stop(signal.SIGTERM)
        cli = "from dutyroom.site.cli import main; main()"
        report = json.loads(server.run("-c", cli, "journal", "verify", "--json"))
        assert report["ok"]
        assert len(set(acknowledged)) == len(acknowledged)

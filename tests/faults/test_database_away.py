"""PostgreSQL with few connections, and away for a while: nobody gets a 500, and it passes."""

import http.client
import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bench.prepare import INCIDENTS
from tests.harness.relay import Relay
from tests.harness.server import Server, own_database, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow]
CLIENTS = 60
TRIES = 100
PATHS = ("/api/board", "/api/session", "/api/health", f"/api/readings/incidents/{INCIDENTS[0]}")


@pytest.fixture(scope="module")
def away(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Relay]]:
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("SQLite has no connections to run out of, and no network")
    folder: Path = tmp_path_factory.mktemp("away")
    with own_database(request.config, folder) as address:
        relay = Relay(address)
        server = Server(folder / "home", address, through=relay.address)
        yield server, relay
        server.stop(signal.SIGTERM)
        relay.cut()


def get(server: Server, path: str, headers: dict[str, str]) -> tuple[int, str | None, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Retry-After"], answer.read()
    finally:
        connection.close()


def test_a_process_takes_no_more_connections_than_it_says(away: tuple[Server, Relay]) -> None:
    from dutyroom.site.front import MOST_CONNECTIONS

    server, _ = away
    headers = signed_in(server.port)
    statuses: Counter[int] = Counter()

    def client() -> None:
        for _ in range(2):
            for path in PATHS:
                statuses[get(server, path, headers)[0]] += 1

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    name = server.env["DUTYROOM_DATABASE"].rpartition("/")[2]
    with psycopg.connect(os.environ["DUTYROOM_DATABASE"]) as admin:
        [[count]] = admin.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]
        ).fetchall()
    assert 0 < count <= MOST_CONNECTIONS
    assert 3 * MOST_CONNECTIONS <= 97, "three processes on a server with 100, 3 of them reserved"
    assert set(statuses) == {200}


def test_without_the_database_every_page_says_when_to_try_again(
    away: tuple[Server, Relay],
) -> None:
    server, relay = away
    headers = signed_in(server.port)
    for _ in range(3):
        assert {get(server, path, headers)[0] for path in PATHS} == {200}
    relay.cut()
    unknown = headers | {"Cookie": headers["Cookie"].replace(";", "x;") + "x"}
    for path in (*PATHS, "/api/field", "/api/stream"):  # their sessions and tokens are looked up
        for sent in (unknown, {"Authorization": "Bearer x"}):
            if path != "/api/stream" or sent is unknown:
                status, retry, body = get(server, path, sent)
                assert (status, bool(retry)) == (503, True), (path, body)
                assert json.loads(body)["error"] in ("not_saved", "busy")
    for path in ("/api/board", "/api/health", PATHS[-1]):  # what a known session asks
        assert get(server, path, headers)[:2] == (503, "2"), path
    relay.mend()
    answered = [get(server, path, headers)[0] for _ in range(TRIES) for path in PATHS]
    assert answered[-len(PATHS) * TRIES // 2 :] == [200] * (len(PATHS) * TRIES // 2)
    assert set(answered) <= {200, 503}
    assert signed_in(server.port)

"""Sign-out, another role, a disabled member: streams and pages end in every process."""

import copy
import http.client
import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.serving import free_port
from tests.harness.examples import some
from tests.harness.server import Server, own_database, signed_in

pytestmark = [pytest.mark.db, pytest.mark.slow]
BEATS = 3
"""A beat comes every two seconds."""
AFTER_OTHERS = 0
"""A stream that is to end does so with the others, which have ended: the next beat tells."""
LOOKS = 40


@pytest.fixture(scope="module")
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Server]]:
    """Two processes on one room."""
    folder: Path = tmp_path_factory.mktemp("ended")
    with own_database(request.config, folder) as database:
        one = Server(folder / "home", database)
        two = copy.copy(one)
        two.port = free_port()
        two.start()
        yield one, two
        two.stop(signal.SIGTERM)
        one.stop(signal.SIGTERM)


SCRIPT = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from dutyroom.site.members import end_sessions
from dutyroom.site.models import Member
"""
WAYS = {
    "signed out": "end_sessions(Member.objects.get(name='%s'))",
    "another role": "m = Member.objects.get(name='%s'); m.role = 'call_taker'; m.save()",
    "disabled": "m = Member.objects.get(name='%s'); m.is_active = False; m.save()",
    "another password": "m = Member.objects.get(name='%s'); m.set_password('x' * 9); m.save()",
}


@contextmanager
def stream(server: Server, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/api/stream?after=0", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200
    while not answer.readline().startswith(b"event: rows"):
        pass
    yield answer
    connection.close()


def ends(answer: http.client.HTTPResponse, within: int = BEATS) -> bool:
    """Whether the console has to load its board again, and the stream is over. What it was told
    while nobody listened doesn't count."""
    since_ms = time.time_ns() // 1_000_000
    beats = 0
    heard = b""
    while beats <= within:
        line = answer.readline()
        if not line:
            return heard.strip() == b"event: reset"
        heard = line if line.startswith(b"event: ") else heard
        if heard.startswith(b"event: beat") and line.startswith(b"data: "):
            beats += json.loads(line[6:])["server_time_ms"] >= since_ms
    return False


def status(server: Server, headers: dict[str, str], method: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def refused_soon(server: Server, headers: dict[str, str]) -> bool:
    for _ in range(LOOKS):
        if status(server, headers, "GET", "/api/find?q=1234") in (401, 403):
            return True
        time.sleep(0.1)
    return False


def enrol(server: Server, name: str) -> dict[str, str]:
    server.run("-c", f"{SCRIPT}Member.objects.enrol('{name}', 'dispatcher', 'bench-password')")
    return signed_in(server.port, name)


@pytest.mark.parametrize("way", some(WAYS, "signed out"))  # all end the same rows
def test_streams_and_pages_end_in_every_process(servers: tuple[Server, Server], way: str) -> None:
    headers = enrol(servers[0], way)
    others = signed_in(servers[0].port)
    with (
        stream(servers[0], headers) as here,
        stream(servers[1], headers) as there,
        stream(servers[1], others) as elsewhere,
    ):
        servers[0].run("-c", SCRIPT + WAYS[way] % way)
        assert ends(here)
        assert ends(there)
        if way != "another role":
            assert refused_soon(servers[0], headers)
            assert refused_soon(servers[1], headers)
        assert not ends(elsewhere, AFTER_OTHERS)


@pytest.mark.deep_on_postgresql
def test_a_sign_out_ends_the_streams_of_that_session_only(servers: tuple[Server, Server]) -> None:
    headers = enrol(servers[0], "twice")
    second = signed_in(servers[0].port, "twice")
    with stream(servers[1], headers) as mine, stream(servers[1], second) as other:
        assert status(servers[0], headers, "DELETE", "/api/session") == 200
        assert ends(mine)
        assert refused_soon(servers[1], headers)
        assert not ends(other, AFTER_OTHERS)

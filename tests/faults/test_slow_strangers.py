"""Who sends slowly, reads slowly or sends too much holds nobody up, and gets an end and a reason."""

import http.client
import json
import signal
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harness.server import Server, own_database, post

pytestmark = [pytest.mark.db, pytest.mark.slow, pytest.mark.deep_on_postgresql]
STRANGERS = 100
"""More than the server ever had threads."""
TOKEN = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from dutyroom.site.members import new_token
from dutyroom.site.models import Member
print(new_token(Member.objects.get_or_create(name="phone", role="gateway", password="!")[0]))
"""


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("slow")
    with own_database(request.config, folder) as database:
        made = Server(folder / "home", database)
        yield made
        made.stop(signal.SIGTERM)


@pytest.fixture(scope="module")
def gateway(server: Server) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.run('-c', TOKEN).strip()}"}


@pytest.fixture(scope="module", autouse=True)
def waiting(server: Server) -> Iterator[tuple[socket.socket, ...]]:
    """Some who wait for their end while the other tests are at work: that takes its time."""
    body = stranger(server, half_sent("/api/session"))
    head = stranger(server, b"GET /api/health HTTP/1.1\r\nHost: loc")
    nothing = stranger(server, b"")
    yield body, head, nothing
    for one in (body, head, nothing):
        one.close()


def stranger(server: Server, said: bytes, receive_bytes: int | None = None) -> socket.socket:
    """Somebody who has said this much and waits."""
    one = socket.socket()
    if receive_bytes is not None:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    one.settimeout(60)
    one.connect(("127.0.0.1", server.port))
    one.sendall(said)
    return one


def half_sent(path: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f'{head}Content-Length: 500\r\n\r\n{{"name": "x", '.encode()


def ring(server: Server, headers: dict[str, str]) -> int:
    command = {"call": str(uuid.uuid4()), "line": "110-1"}
    body = json.dumps({"action": str(uuid.uuid4()), "command": command})
    answer = post(server.port, "call.receive", body, headers | {"Content-Type": "application/json"})
    return answer[0] if answer else 0


@pytest.mark.parametrize("path", ["/api/session", "/api/actions/call.receive"])
def test_a_call_rings_beside_half_sent_bodies(
    server: Server, gateway: dict[str, str], path: str
) -> None:
    strangers = [stranger(server, half_sent(path)) for _ in range(STRANGERS)]
    try:
        assert ring(server, gateway) == 200
    finally:
        for one in strangers:
            one.close()


def test_a_call_rings_beside_those_who_do_not_read(server: Server, gateway: dict[str, str]) -> None:
    asked = b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 8
    strangers = [stranger(server, asked, receive_bytes=2_048) for _ in range(STRANGERS)]
    try:
        assert ring(server, gateway) == 200
    finally:
        for one in strangers:
            one.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused_in_so_many_words(
    server: Server, chunked: bool
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    pieces = [b"x" * 100_000] * 25
    if chunked:
        connection.request("POST", "/api/session", iter(pieces), encode_chunked=True,
                           headers={"Transfer-Encoding": "chunked"})  # fmt: skip
    else:
        connection.request("POST", "/api/session", b"".join(pieces))
    answer = connection.getresponse()
    assert answer.status == 413
    said = json.loads(answer.read())
    assert said["error"] == "too_large"
    assert said["message"]["en"].startswith("What was sent is too large.")
    assert said["message"]["zh"].startswith("发送的内容过大")
    connection.close()


@pytest.mark.parametrize("path", ["/api/stream", "/api/health", "/api/session"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_another_hosts_name_gets_no_answer_nor_a_stream(
    server: Server, path: str, host: str
) -> None:
    one = stranger(server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert one.recv(4_096).startswith(b"HTTP/1.1 400 ")
    one.close()


def test_whoever_goes_on_waiting_is_let_go(waiting: tuple[socket.socket, ...]) -> None:
    body, head, nothing = waiting
    answer = b"".join(iter(lambda: body.recv(4_096), b""))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too_slow" in answer
    assert head.recv(4_096) == b""
    assert nothing.recv(4_096) == b""

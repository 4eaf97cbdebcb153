"""An action is answered by the event loop when its group is on the disk, as it would be by a thread
that waits for it: the same status, the same headers, the same words."""

import asyncio
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DataError, OperationalError, connections
from django.test import Client
from tests.harness.rooms import TestRoom

from dutyroom.journal import writer as writing
from dutyroom.site import bridge
from dutyroom.site.lane import Lane

pytestmark = pytest.mark.db
type Answer = tuple[int, dict[bytes, bytes], Any]


class Page:
    """Sends actions by way of the bridge, and in the way of a server that can't wait."""

    def __init__(self, role: str) -> None:
        from dutyroom.site.models import Member

        client = Client()
        client.force_login(Member.objects.create(name="somebody", role=role, password="!"))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        token = "t" * 32
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        self.headers = {
            "host": "localhost",
            "content-type": "application/json",
            "cookie": cookie,
            "x-csrftoken": token,
        }
        self._application = get_wsgi_application()
        self._lane = Lane("test", threads=1, waiting=10)

    def waited_for(self, verb: str, body: bytes) -> Answer:
        """The answer of a thread that waits."""

        def call() -> bridge._Answer:
            return bridge._call(self._application, bridge._environ(self._scope(verb), body))

        found = self._lane.executor.submit(call).result()
        assert isinstance(found.body, bytes)
        return found.status, dict(found.headers), json.loads(found.body)

    def later(self, verb: str, body: bytes) -> Answer:
        """The answer of the event loop."""
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        through = bridge.Bridge(self._application, 1_000_000)
        asyncio.run(through(self._lane, self._scope(verb), receive, send))
        text = b"".join(one["body"] for one in sent[1:])
        headers = dict(sent[0]["headers"])
        assert int(headers[b"content-length"]) == len(text)
        assert len(headers) == len(sent[0]["headers"])
        return sent[0]["status"], headers, json.loads(text)

    def close(self) -> None:
        """Let go of the thread's connection."""
        self._lane.executor.submit(connections.close_all).result()
        self._lane.executor.shutdown()

    def _scope(self, verb: str) -> dict[str, Any]:
        path = f"/api/actions/{verb}"
        headers = self.headers | {"content-length": "1"}
        return {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "http_version": "1.1",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }


@pytest.fixture
def page(room: TestRoom) -> Iterator[Page]:
    found = Page("dispatcher")
    yield found
    found.close()


def note(room: TestRoom, **changes: Any) -> bytes:
    """A note on a fresh incident."""
    command = {"incident": str(room.open_incident()), "note": str(uuid.uuid4()), "text": "seen"}
    return json.dumps({"action": str(uuid.uuid4()), "command": command | changes}).encode()


def without_length(headers: dict[bytes, bytes]) -> dict[bytes, bytes]:
    return {name: value for name, value in headers.items() if name != b"content-length"}


def test_what_is_done_is_answered_with_the_same_headers(room: TestRoom, page: Page) -> None:
    status, headers, said = page.later("incident.add_note", note(room))
    waited = page.waited_for("incident.add_note", note(room))
    assert (status, without_length(headers)) == (200, without_length(waited[1]))
    assert said["events"] == ["incident.note_added.v1"] == waited[2]["events"]


def test_what_was_done_is_answered_in_the_same_words_again(room: TestRoom, page: Page) -> None:
    body = note(room)
    first, again = (page.later("incident.add_note", body)[2] for _ in range(2))
    assert again == first | {"repeated": True} == page.waited_for("incident.add_note", body)[2]


@pytest.mark.parametrize(
    ("verb", "changes", "status"),
    [
        ("incident.add_note", {"text": " "}, 409),
        ("incident.add_note", {"religion": "any"}, 422),
        ("incident.add_nothing", {}, 404),
    ],
)
def test_what_is_refused_is_answered_the_same(
    room: TestRoom, page: Page, verb: str, changes: dict[str, Any], status: int
) -> None:
    body = note(room, **changes)
    assert page.later(verb, body) == page.waited_for(verb, body)
    assert page.later(verb, body)[0] == status


def test_what_policy_denies_is_answered_the_same(room: TestRoom) -> None:
    auditor = Page("auditor")
    body = note(room)
    assert auditor.later("incident.add_note", body) == auditor.waited_for("incident.add_note", body)
    assert auditor.later("incident.add_note", body)[0] == 403
    auditor.close()


def test_who_has_no_session_or_no_token_gets_nothing_done(room: TestRoom, page: Page) -> None:
    body = note(room)
    token = page.headers.pop("x-csrftoken")
    assert page.later("incident.add_note", body)[0] == 403
    page.headers |= {"x-csrftoken": token, "cookie": f"{settings.CSRF_COOKIE_NAME}={token}"}
    assert page.later("incident.add_note", body)[0] == 401


@pytest.mark.parametrize(("fault", "status"), [(OperationalError, 503), (DataError, 500)])
def test_a_failure_is_answered_the_same_and_the_next_action_is_done(
    room: TestRoom,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
    fault: type[Exception],
    status: int,
) -> None:
    bodies = [note(room) for _ in range(2)]

    def fail(*_: Any) -> None:
        raise fault("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(writing.GroupWriter, "_commit", fail)
        found = [page.later("incident.add_note", one) for one in bodies]
        assert found == [page.waited_for("incident.add_note", one) for one in bodies]
    assert [one[0] for one in found] == [status] * 2
    assert (b"retry-after" in found[0][1]) == (status == 503)
    assert page.later("incident.add_note", bodies[0])[0] == 200


def test_work_that_can_not_be_begun_is_a_fault_in_words(
    room: TestRoom, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = note(room)

    def fail(*_: Any) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as broken:
        broken.setattr(writing.GroupWriter, "submit", fail)
        status, _, said = page.later("incident.add_note", body)
    assert (status, said["error"]) == (500, "failed")
    assert page.later("incident.add_note", body)[0] == 200

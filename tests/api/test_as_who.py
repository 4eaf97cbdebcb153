"""A page that outlived a sign-in in another window does nothing in the name of the next member."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.harness.rooms import TestRoom

pytestmark = pytest.mark.db


@pytest.fixture
def officer(room: TestRoom) -> Client:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    member = Member.objects.create(name="王五/2", role="field_officer", unit="P1", password="!")
    client.force_login(member)
    return client


def emergency(client: Client, said: str) -> Any:
    body = {"action": str(uuid.uuid4()), "command": {"unit": "P1"}}
    headers = {"x-dutyroom-as": said}
    verb = "unit.raise_emergency"
    return client.post(
        f"/api/actions/{verb}", body, content_type="application/json", headers=headers
    )


def test_the_member_who_pressed_it_may(room: TestRoom, officer: Client) -> None:
    said = f"{settings.ROOM_ID}/%E7%8E%8B%E4%BA%94%2F2"
    assert emergency(officer, said).status_code == 200


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("{room}/somebody-else", "another_member"),
        ("0123456789abcdef/%E7%8E%8B%E4%BA%94%2F2", "another_room"),
        ("", "another_room"),
        ("/", "another_room"),
        ("{room}/%FF%00", "another_member"),
    ],
)
def test_what_was_pressed_by_another_or_elsewhere_is_not_done(
    room: TestRoom, officer: Client, said: str, error: str
) -> None:
    answer = emergency(officer, said.format(room=settings.ROOM_ID))
    assert (answer.status_code, answer.json()) == (401, {"error": error})
    assert officer.get("/api/field").json()["unit"]["emergency"] is None


def test_a_reading_is_refused_too_for_it_would_be_logged_for_the_wrong_member(
    officer: Client,
) -> None:
    said = {"x-dutyroom-as": f"{settings.ROOM_ID}/somebody-else"}
    assert officer.get("/api/readings/field", headers=said).status_code == 401


def test_nobody_need_be_known_to_sign_in(room: TestRoom, officer: Client) -> None:
    said = {"x-dutyroom-as": f"{settings.ROOM_ID}/"}
    assert officer.get("/api/session", headers=said).json()["signed_in"]

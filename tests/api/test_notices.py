"""Notices through the API: posted, read by whom they concern, acknowledged, ended."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.core.ids import uuid7
from dutyroom.domain.notices.commands import AcknowledgeNotice, PostNotice, WithdrawNotice

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000


class Members:
    """Members who are signed in, each at a browser of their own."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}

    def sign_in(self, name: str, role: str, org: str = "") -> Client:
        from dutyroom.site.models import Member

        member = Member.objects.create(name=name, role=role, org=org, password="!", unit="P1")
        client = self.clients[name] = Client(headers={"host": "localhost"})
        client.force_login(member)
        return client

    def read(self, name: str) -> dict[str, str]:
        """The texts that the member reads, by the id of the notice."""
        answer = self.clients[name].get("/api/readings/notices")
        assert answer.status_code == 200, answer.content
        return {one["row"]["id"]: one["text"] for one in answer.json()["notices"]}

    def board(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.clients[name].get("/api/board").json()["notices"]
        return rows

    def post(self, name: str, **more: Any) -> Any:
        """Post one as a console does; its answer."""
        command = {"notice": str(uuid7(NOW[0], 1)), "text": "Bridge lift at 22:00", **more}
        csrf = self.clients[name].get("/api/session").json()["csrf"]
        return self.clients[name].post(
            "/api/actions/notice.post",
            {"action": str(uuid7(NOW[0], 2)), "command": command},
            content_type="application/json",
            headers={"x-csrftoken": csrf},
        )


NOW = [0]


@pytest.fixture
def members(room: TestRoom) -> Members:
    from dutyroom.actions.clock import now_ms

    NOW[0] = now_ms()
    found = Members()
    found.sign_in("chen", "dispatcher")
    found.sign_in("liu", "call_taker")
    found.sign_in("wang", "field_officer")
    found.sign_in("zhao", "auditor")
    return found


def posted(room: TestRoom, **more: Any) -> UUID:
    notice = room.id()
    until_ms = more.pop("until_ms", NOW[0] + HOUR_MS)
    room.done(DISPATCHER, PostNotice(notice, "Bridge lift at 22:00", until_ms, **more))
    return notice


def test_a_notice_is_posted_as_a_console_does(members: Members) -> None:
    answer = members.post("chen", until_ms=NOW[0] + HOUR_MS, answer="acknowledge")
    assert answer.status_code == 200, answer.content
    [row] = members.board("liu")
    assert row["by"] == "chen"
    # The one who said it isn't asked, nor who can't acknowledge.
    assert row["missing"] == ["liu", "wang"]
    assert "Bridge" not in json.dumps(row)
    assert list(members.read("wang").values()) == ["Bridge lift at 22:00"]


def test_the_text_is_sealed_and_each_reading_is_written_down(
    room: TestRoom, members: Members
) -> None:
    posted(room)
    members.read("wang")
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, actor, body FROM journal_journalentry ORDER BY position")
        entries = [(kind, actor, bytes(body).decode()) for kind, actor, body in cursor.fetchall()]
    assert not any("Bridge" in body for _, _, body in entries)
    kind, actor, body = entries[-1]
    assert (kind, actor, json.loads(body)["what"]) == ("record.read.v1", "wang", "notices")


def test_an_auditor_sees_that_there_is_one_and_not_what_it_says(
    room: TestRoom, members: Members
) -> None:
    posted(room)
    assert len(members.board("zhao")) == 1
    assert members.clients["zhao"].get("/api/readings/notices").status_code == 403


def test_a_phone_hears_that_a_notice_has_changed(room: TestRoom, members: Members) -> None:
    def position() -> int | None:
        found: int | None = members.clients["wang"].get("/api/field").json()["notices_position"]
        return found

    from dutyroom.site.models import Member

    Member.objects.filter(name="wang").update(unit=room.pack.units[0].id)
    assert position() is None
    notice = posted(room)
    first = position()
    assert first is not None
    room.done(DISPATCHER, WithdrawNotice(notice))
    assert (position() or 0) > first
    assert members.read("wang") == {}


def test_what_is_of_one_organisation_is_for_those_whom_it_holds_and_who_hold_it(
    room: TestRoom, members: Members
) -> None:
    city, *districts = [one.path for one in room.pack.orgs if one.path.count("/") < 2][:3]
    north, south = districts
    for name, org in (("north", north), ("south", south), ("city", city)):
        members.sign_in(name, "dispatcher", org)
    notice = posted(room, org=north, answer="acknowledge")
    [row] = members.board("chen")
    assert row["missing"] == ["chen", "city", "liu", "north", "wang"]
    assert list(members.read("north")) == list(members.read("city")) == [str(notice)]
    assert members.read("south") == {}


def test_it_ends_by_itself_and_leaves_the_board(room: TestRoom, members: Members) -> None:
    from dutyroom.projections import board
    from dutyroom.readings.notices import standing

    posted(room)
    assert len(standing(NOW[0])) == 1
    later = NOW[0] + HOUR_MS
    assert standing(later) == ()
    assert json.loads(board.snapshot(later).as_json())["notices"] == []


def test_what_was_acknowledged_is_seen_by_all(room: TestRoom, members: Members) -> None:
    notice = posted(room, answer="acknowledge")
    room.done(DISPATCHER, AcknowledgeNotice(notice))
    [row] = members.board("liu")
    assert row["acknowledged"] == ["dispatcher"]
    assert row["missing"] == ["chen", "liu", "wang"]

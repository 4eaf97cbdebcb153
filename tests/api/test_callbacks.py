"""Follow-up calls through the door: due when an incident is closed, read by the room, rated."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.actions.leaving import release_all
from dutyroom.bulletin import week_at
from dutyroom.domain.callbacks.commands import (
    AnswerCallBack,
    ClaimCallBack,
    NoteNotReached,
    UndoCallBack,
)
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MarkUnsafeToContact,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import Refusal

pytestmark = pytest.mark.db

TELEPHONE = "13800004829"
GOOD = {"attitude": "good", "speed": "good", "result": "fair", "solved": "solved"}


def concluded(room: TestRoom, category: str = "POL-THEFT") -> UUID:
    """An incident that was called in, and is closed."""
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", TELEPHONE))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, OpenIncident(incident, category, 3, room.place(), call=call))
    room.done(TAKER, EndCall(call))
    disposition = next(iter(room.pack.vocabulary.codes("dispositions")))
    room.done(DISPATCHER, SetDisposition(incident, disposition))
    room.done(DISPATCHER, CloseIncident(incident))
    return incident


def client(role: str) -> Client:
    from dutyroom.site.models import Member

    member = Member.objects.create(name=f"one-{role}", role=role, password="!")
    found = Client(headers={"host": "localhost"})
    found.force_login(member)
    return found


def test_it_is_on_the_board_read_with_its_telephone_and_gone_when_it_is_done(
    room: TestRoom,
) -> None:
    incident = concluded(room)
    row = room.row("call_backs", incident)
    assert (row["state"], row["attended"], row["category"]) == ("due", False, "POL-THEFT")
    taker = client("call_taker")
    read = taker.get(f"/api/readings/callbacks/{incident}").json()
    assert [one["number"] for one in read["incident"]["callers"]] == [TELEPHONE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry ORDER BY position DESC LIMIT 1")
        assert json.loads(bytes(cursor.fetchone()[0]))["what"] == "call_back"
    answer = AnswerCallBack(incident, **GOOD, comment="They were kind")  # type: ignore[arg-type]
    room.done(TAKER, answer)
    assert taker.get("/api/board").json()["call_backs"] == []
    read = taker.get(f"/api/readings/callbacks/{incident}").json()
    assert (read["comment"], read["row"]["state"]) == ("They were kind", "done")
    whole = taker.get(f"/api/readings/incidents/{incident}").json()
    assert whole["call_back"]["result"] == "fair"
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        assert not any(b"kind" in bytes(body) for (body,) in cursor.fetchall())


def test_its_telephone_is_not_shown_while_it_is_not_safe(room: TestRoom) -> None:
    incident = concluded(room)
    taker = client("call_taker")
    room.done(TAKER, MarkUnsafeToContact(incident, "offender-near"))
    read = taker.get(f"/api/readings/callbacks/{incident}")
    assert TELEPHONE not in read.content.decode()
    assert (read.json()["row"]["state"], read.json()["row"]["because"]) == ("aside", "unsafe")
    refused = room.ask(TAKER, ClaimCallBack(incident))
    assert isinstance(refused, Refusal)
    assert refused.name == "CallBackAside"
    assert taker.get("/api/board").json()["call_backs"] == []


def test_who_leaves_has_no_call_any_more(room: TestRoom) -> None:
    incident = concluded(room)
    room.done(TAKER, ClaimCallBack(incident))
    assert release_all(TAKER.id, lambda _org, _roles: True) == {}
    assert release_all(TAKER.id, lambda _org, _roles: False) == {"call_back": 1}
    assert room.row("call_backs", incident)["state"] == "due"


def test_what_is_not_solved_reopens_it_or_makes_a_task_for_a_station(room: TestRoom) -> None:
    one, other = concluded(room), concluded(room)
    reason = next(iter(room.pack.vocabulary.codes("reopen_reasons")))
    bad = GOOD | {"solved": "not_solved"}
    room.done(TAKER, AnswerCallBack(one, **bad, then="reopen", reason=reason))  # type: ignore[arg-type]
    assert room.row("incidents", one)["state"] == "open"
    task, org = room.id(), room.row("incidents", other)["org"]
    made = AnswerCallBack(other, **bad, then="task", task=task, org=org, text="Go and see them")  # type: ignore[arg-type]
    room.done(TAKER, made)
    row = room.row("tasks", task)
    assert (row["state"], row["org"], row["incident"]) == ("offered", org, str(other))
    assert room.row("incidents", other)["state"] == "closed"
    assert len(room.row("loops", task)["clocks"]) > 0
    [step] = [
        one for one in room.ask(TAKER, UndoCallBack(other)).params.items() if one[0] == "then"
    ]
    assert step == ("then", "task")


@pytest.mark.parametrize("role", ["gateway", "keeper", "operator", "station_officer"])
def test_no_machine_and_no_station_answers_or_reopens(room: TestRoom, role: str) -> None:
    incident = concluded(room)
    bad = GOOD | {"solved": "not_solved", "then": "reopen", "reason": "more-work"}
    for command in (AnswerCallBack(incident, **bad), NoteNotReached(incident)):  # type: ignore[arg-type]
        assert isinstance(room.ask(Actor("one", role), command), Denied)
    assert room.row("incidents", incident)["state"] == "closed"


def test_ratings_are_told_by_station_and_category_with_their_cases(room: TestRoom) -> None:
    done = [concluded(room) for _ in range(2)]
    for incident in done:
        room.done(TAKER, AnswerCallBack(incident, **GOOD))  # type: ignore[arg-type]
    lost = concluded(room, "POL-NOISE")
    for _ in range(3):
        room.done(SUPERVISOR, NoteNotReached(lost))
    boss = client("supervisor")
    found: dict[str, Any] = boss.get("/api/ratings").json()
    assert sorted(found["all"]["asked"]) == sorted(map(str, (*done, lost)))
    assert (len(found["all"]["replied"]), found["all"]["given_up"]) == (2, [str(lost)])
    assert found["all"]["reply"] is None  # of three no share is told
    assert [one["of"] for one in found["by_category"]] == ["POL-NOISE", "POL-THEFT"]
    org = found["by_org"][-1]["of"]
    assert boss.get(f"/api/ratings?org={org}").json()["all"]["asked"]
    assert {one["id"] for one in found["cases"]} == set(found["all"]["asked"])
    assert boss.get("/api/ratings?org=elsewhere").status_code == 404
    assert boss.get("/api/ratings?days=0").status_code == 422


def test_the_bulletin_of_the_week_has_what_callers_said_with_its_cases(room: TestRoom) -> None:
    done = [concluded(room) for _ in range(6)]
    for incident in done[:5]:
        room.done(TAKER, AnswerCallBack(incident, **GOOD))  # type: ignore[arg-type]
    boss = client("supervisor")
    week = week_at(now_ms(), room.pack.timezone).name
    found: dict[str, Any] = boss.get(f"/api/bulletin?week={week}").json()
    asked = found["ratings"]["asked"]
    assert sorted(asked) == sorted(map(str, done[:5]))  # the sixth is still to be called
    assert found["ratings"]["reply"]["share"] == 1
    assert sorted(id_ for one in found["ratings_by_org"] for id_ in one["asked"]) == sorted(asked)
    assert {*asked} <= {one["id"] for one in found["cases"]}
    assert len({one["id"] for one in found["cases"]}) == len(found["cases"])
    before: dict[str, Any] = boss.get("/api/bulletin").json()
    assert before["ratings"]["asked"] == []

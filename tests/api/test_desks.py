"""Requests to specialist desks through the API: asked, done, confirmed; who sees what of them."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.harness.rooms import DISPATCHER, TAKER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.api.desks import hours_now
from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AddDeskNote,
    AskDesk,
    ConfirmDeskRequest,
    FinishDeskRequest,
    ReturnDeskRequest,
    SendBackDeskRequest,
    UndoDeskReturn,
)
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    LinkCall,
    MergeIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.tasks.commands import JoinTask, OfferTask
from dutyroom.projections import board

pytestmark = pytest.mark.db


class Desks:
    """An incident of the north, and who works at two desks and a station."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        self.incident = room.open_incident()
        self.north: str = room.row("incidents", self.incident)["org"]
        by_code = {one.code: one for one in room.pack.desks}
        self.fraud, self.words = by_code["antifraud"], by_code["interpreters"]
        self.fan = self.member("fan", "desk_specialist", self.fraud.org)
        self.lei = self.member("lei", "desk_specialist", self.words.org, skills="english sign")
        self.chief = self.member("tang", "station_command", self.north)
        south = next(
            one.path for one in room.pack.orgs if one.id.startswith("PS") and one.path != self.north
        )
        self.other = self.member("he", "station_command", south)

    def member(self, name: str, role: str, org: str, skills: str = "") -> Actor:
        from dutyroom.site.models import Member

        Member.objects.create(name=name, role=role, org=org, password="!", skills=skills)
        return Actor(name, role, org=org)

    def client(self, actor: Actor) -> Client:
        from dutyroom.site.models import Member

        found = Client(headers={"host": "localhost"})
        found.force_login(Member.objects.get(name=actor.id))
        return found

    def board(self, actor: Actor) -> dict[str, Any]:
        found: dict[str, Any] = self.client(actor).get("/api/board").json()
        return found

    def asked(
        self, offer: str = "stop-payment", by: Actor = DISPATCHER, task: UUID | None = None
    ) -> UUID:
        id_, text = self.room.id(), "Account 6222"
        self.room.done(by, AskDesk(id_, self.incident, "antifraud", offer, text, task=task))
        return id_

    def read(self, actor: Actor, id_: UUID) -> Any:
        return self.client(actor).get(f"/api/readings/desk_requests/{id_}")


@pytest.fixture
def desks(room: TestRoom) -> Desks:
    return Desks(room)


def test_a_request_goes_to_the_desk_and_back_to_be_confirmed(room: TestRoom, desks: Desks) -> None:
    id_ = desks.asked()
    for command in (
        AcceptDeskRequest(id_),
        AddDeskNote(id_, room.id(), "Asked the bank"),
        FinishDeskRequest(id_, "Stopped"),
    ):
        room.done(desks.fan, command)
    row = room.row("desk_requests", id_)
    assert (row["state"], row["owner"], row["notes"]) == ("done", "fan", 1)
    room.done(DISPATCHER, SetDisposition(desks.incident, room.pack.vocabulary.dispositions[0].code))
    refused = room.ask(DISPATCHER, CloseIncident(desks.incident))
    assert isinstance(refused, Refusal)
    missing = [{"what": "desk_request", "desk_request": str(id_), "state": "done"}]
    assert refused.params["missing"] == missing
    chen = desks.member("chen", "dispatcher", "")
    reading = desks.client(chen).get(f"/api/readings/incidents/{desks.incident}").json()
    assert reading["missing"] == missing
    room.done(DISPATCHER, ConfirmDeskRequest(id_))
    room.done(DISPATCHER, CloseIncident(desks.incident))


def test_what_it_says_is_sealed_and_each_reading_is_written_down(
    room: TestRoom, desks: Desks
) -> None:
    id_ = desks.asked()
    room.done(desks.fan, AcceptDeskRequest(id_))
    room.done(desks.fan, FinishDeskRequest(id_, "Stopped at the bank"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        bodies = b"".join(bytes(body) for (body,) in cursor.fetchall()).decode()
    assert "6222" not in bodies
    assert "bank" not in bodies
    read = desks.read(desks.fan, id_).json()
    assert read["text"] == "Account 6222"
    assert read["incident"]["place"]["label"] == room.place().label
    said = [one["text"] for one in read["history"] if one.get("text")]
    assert said == ["Stopped at the bank"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, body FROM journal_journalentry ORDER BY position DESC")
        actor, body = cursor.fetchone()
    assert (actor, json.loads(bytes(body))["what"]) == ("fan", "desk_request")


def test_it_is_read_by_the_desk_and_by_who_looks_after_the_incident(desks: Desks) -> None:
    id_ = desks.asked()
    for actor, status in (
        (desks.fan, 200),
        (desks.chief, 200),
        (desks.lei, 403),
        (desks.other, 403),
    ):
        assert desks.read(actor, id_).status_code == status, actor.id
    assert (
        desks.client(desks.fan).get(f"/api/readings/incidents/{desks.incident}").status_code == 403
    )


def test_only_who_must_speak_to_the_caller_hears_who_called(room: TestRoom, desks: Desks) -> None:
    call = room.id()
    for command in (
        ClaimCall(call),
        RecordCallDetails(call, Caller("Wang Fang", "13800000000"), "My money"),
        LinkCall(desks.incident, call),
    ):
        if isinstance(command, ClaimCall):
            room.done(Actor("gateway", "gateway"), ReceiveCall(call, "110-1"))
        room.done(TAKER, command)
    stopping, freezing = desks.asked(), desks.asked("freeze")
    heard = desks.read(desks.fan, stopping).json()["incident"]["callers"]
    assert [one["number"] for one in heard] == ["13800000000"]
    assert desks.read(desks.fan, freezing).json()["incident"]["callers"] == []


def test_a_specialist_has_requests_of_the_own_desk_and_nothing_else(
    room: TestRoom, desks: Desks
) -> None:
    before = board.head()
    id_ = desks.asked()
    mine, theirs = desks.board(desks.fan), desks.board(desks.lei)
    assert [one["id"] for one in mine["desk_requests"]] == [str(id_)]
    for name in ("incidents", "calls", "units", "tasks", "loops"):
        assert mine[name] == theirs[name] == []
    assert theirs["desk_requests"] == []
    whole_room = desks.member("wu", "desk_specialist", "lanchuan")  # of a desk of the city itself
    assert desks.board(whole_room)["incidents"] == []
    only = frozenset({"desk_requests", "notices"})
    patch = board.patch(before, now_ms()).limited_to(desks.fraud.org, only)
    assert (len(patch.rows["desk_requests"]), patch.rows["incidents"], patch.gone) == (1, (), ())


def test_a_station_sees_what_is_asked_about_its_incidents_and_asks_about_no_other(
    room: TestRoom, desks: Desks
) -> None:
    id_ = desks.asked()
    assert [one["id"] for one in desks.board(desks.chief)["desk_requests"]] == [str(id_)]
    assert desks.board(desks.other)["desk_requests"] == []
    asking = AskDesk(room.id(), desks.incident, "antifraud", "freeze", "Account 1")
    assert isinstance(room.ask(desks.other, asking), Denied)
    own = desks.asked("freeze", desks.chief)
    room.done(desks.fan, AcceptDeskRequest(own))
    room.done(desks.fan, FinishDeskRequest(own, "Frozen"))
    assert isinstance(room.ask(desks.other, ConfirmDeskRequest(own)), Denied)
    assert isinstance(room.ask(desks.fan, ConfirmDeskRequest(own)), Denied)
    room.done(desks.chief, ConfirmDeskRequest(own))


def test_who_has_a_task_asks_for_it_and_reads_the_answer_on_it(
    room: TestRoom, desks: Desks
) -> None:
    """The task lies with another station than the one that looks after the incident."""
    south = desks.other.org
    officer = desks.member("gu", "station_officer", south)
    task, id_ = room.id(), room.id()
    room.done(DISPATCHER, OfferTask(task, desks.incident, "visit", south, "Ask at the shop"))
    asking = AskDesk(id_, desks.incident, "antifraud", "freeze", "Account 1", task=task)
    assert isinstance(room.ask(desks.chief, asking), Denied)
    room.done(desks.other, asking)
    for actor in (desks.chief, desks.other, desks.fan):
        [row] = desks.board(actor)["desk_requests"]
        assert (row["task"], row["task_kind"], row["orgs"]) == (str(task), "visit", [south])
        assert "shop" not in json.dumps(desks.read(actor, id_).json())

    def on_task(actor: Actor) -> Any:
        [one] = desks.client(actor).get(f"/api/readings/tasks/{task}").json()["requests"]
        return one["row"]["state"], one["answer"]

    assert on_task(officer) == ("asked", None)
    room.done(desks.fan, AcceptDeskRequest(id_))
    room.done(desks.fan, FinishDeskRequest(id_, "Frozen at noon"))
    assert on_task(officer) == on_task(desks.other) == ("done", "Frozen at noon")
    assert desks.client(desks.fan).get(f"/api/readings/tasks/{task}").status_code == 403
    room.done(desks.other, SendBackDeskRequest(id_, room.pack.loop.task_reasons[0].code))
    assert on_task(officer) == ("in_progress", None)
    room.done(desks.fan, FinishDeskRequest(id_, "Frozen at one"))
    room.done(desks.other, ConfirmDeskRequest(id_))
    assert on_task(officer) == ("confirmed", "Frozen at one")


def test_what_was_asked_for_a_task_is_read_where_it_was_joined_and_its_incident_merged(
    room: TestRoom, desks: Desks
) -> None:
    task, into = room.id(), room.id()
    for one in (task, into):
        room.done(DISPATCHER, OfferTask(one, desks.incident, "visit", desks.north, "Look"))
    before = desks.asked(task=task)
    other = room.open_incident(index=1)
    room.done(DISPATCHER, MergeIncident(desks.incident, other))
    after = room.id()
    asking = AskDesk(after, other, "antifraud", "freeze", "Account 2", task=task)
    room.done(DISPATCHER, asking)
    room.done(DISPATCHER, JoinTask(task, into))
    read = desks.client(desks.chief).get(f"/api/readings/tasks/{into}").json()
    assert [one["row"]["id"] for one in read["requests"]] == [str(before), str(after)]


def test_the_list_of_desks_says_which_are_open_and_busy(room: TestRoom, desks: Desks) -> None:
    room.done(desks.fan, AcceptDeskRequest(desks.asked()))
    desks.asked()
    answer = desks.client(desks.fan).get("/api/desks").json()["desks"]
    [fraud] = [one for one in answer if one["code"] == "antifraud"]
    assert (fraud["open"], fraud["changes_ms"], fraud["on_duty"]) == (True, None, 1)
    assert (fraud["waiting"], fraud["at_work"]) == (1, 1)


def test_the_hours_of_a_desk_by_day(room: TestRoom) -> None:
    [drones] = [one for one in room.pack.desks if one.code == "drones"]
    day = 1_780_243_200_000  # 2026-06-01, 00:00 in Shanghai
    assert hours_now(drones, day) == (False, day + 7 * 3_600_000)
    assert hours_now(drones, day + 8 * 3_600_000) == (True, day + 19 * 3_600_000)


def test_experts_are_named_for_a_request_that_asks_for_their_skill(
    room: TestRoom, desks: Desks
) -> None:
    found = {}
    desks.client(desks.lei)  # is on duty
    for skill in ("english", "japanese", ""):
        id_ = room.id()
        asking = AskDesk(id_, desks.incident, "interpreters", "telephone", "A tourist", skill)
        room.done(DISPATCHER, asking)
        found[skill] = desks.read(desks.chief, id_).json()["experts"]
    assert found == {"english": ["lei"], "japanese": [], "": ["lei"]}


def test_who_returned_a_request_by_mistake_has_it_again(room: TestRoom, desks: Desks) -> None:
    id_, reason = desks.asked(), room.pack.loop.task_reasons[0].code
    room.done(desks.fan, AcceptDeskRequest(id_))
    room.done(desks.fan, ReturnDeskRequest(id_, reason))
    assert room.row("desk_requests", id_)["returned_by"] == "fan"
    assert isinstance(room.ask(desks.lei, UndoDeskReturn(id_)), Denied)
    room.done(desks.fan, UndoDeskReturn(id_))
    row = room.row("desk_requests", id_)
    assert (row["state"], row["owner"], row["returned"]) == ("accepted", "fan", 0)

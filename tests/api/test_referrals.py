"""Referrals through the API: what goes over, who reads it, and that a partner sees nothing else."""

import json
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom

from dutyroom.actions.door import Denied
from dutyroom.actions.keeper import Keeper
from dutyroom.domain.agreements import CARRIED_FIELDS
from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import AddNote, OpenIncident
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    CloseReferral,
    FinishReferral,
    RecallReferral,
    RefuseReferral,
    RemindPartner,
    SendReferral,
)

pytestmark = pytest.mark.db


class Partners:
    """An incident with all that could be carried, and two partners."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        self.gas = self.member("eve", "partner", "lanchuan/gas")
        self.hotline = self.member("ding", "partner", "lanchuan/hotline")
        call, self.incident = room.id(), room.id()
        room.done(GATEWAY, ReceiveCall(call, "110-1", number="13900000000"))
        room.done(TAKER, ClaimCall(call))
        room.done(TAKER, RecordCallDetails(call, Caller("Wang Fang"), "It smells of gas"))
        opening = OpenIncident(self.incident, "AID-UTILITY", 2, room.place(), call=call)
        room.done(TAKER, opening)
        room.done(DISPATCHER, AddNote(self.incident, room.id(), "Second floor"))

    def member(self, name: str, role: str, org: str) -> Actor:
        from dutyroom.site.models import Member

        Member.objects.create(name=name, role=role, org=org, password="!")
        return Actor(name, role, org=org)

    def get(self, actor: Actor, path: str) -> Any:
        from dutyroom.site.models import Member

        client = Client(headers={"host": "localhost"})
        client.force_login(Member.objects.get(name=actor.id))
        answer = client.get(path)
        return answer.json() if answer.status_code == 200 else answer.status_code

    def sent(self, agreement: str = "gas-leaks", text: str = "Please shut it off") -> UUID:
        referral = self.room.id()
        self.room.done(DISPATCHER, SendReferral(referral, self.incident, agreement, text))
        return referral

    def read(self, actor: Actor, referral: UUID) -> Any:
        return self.get(actor, f"/api/readings/referrals/{referral}")


@pytest.fixture
def partners(room: TestRoom) -> Partners:
    return Partners(room)


def test_a_partner_reads_what_is_agreed_and_the_room_what_came_of_it(
    room: TestRoom, partners: Partners
) -> None:
    referral = partners.sent()
    assert room.row("referrals", referral)["state"] == "sent"
    read = partners.read(partners.gas, referral)
    place = room.place()
    assert read["carried"] == {
        "number": room.row("incidents", partners.incident)["number"],
        "category": "AID-UTILITY",
        "priority": 2,
        "time": room.row("incidents", partners.incident)["opened_at_ms"],
        "place": {"lon": place.lon, "lat": place.lat, "label": place.label, "kind": "place"},
        "known": ["It smells of gas"],
        "caller_telephone": ["13900000000"],
        "request": "Please shut it off",
    }
    room.done(partners.gas, AcceptReferral(referral))
    room.done(partners.gas, FinishReferral(referral, "Valve shut, meter changed"))
    chen = partners.member("chen", "dispatcher", "")
    assert partners.read(chen, referral)["outcome"] == "Valve shut, meter changed"
    room.done(DISPATCHER, CloseReferral(referral))


def test_each_agreement_carries_its_own_fields_as_they_were_when_it_was_sent(
    room: TestRoom, partners: Partners
) -> None:
    by_code = {one.code: one for one in room.pack.agreements}
    for code, actor in (("gas-leaks", partners.gas), ("hotline", partners.hotline)):
        referral = partners.sent(code)
        room.done(DISPATCHER, AddNote(partners.incident, room.id(), "Said later"))
        carried = partners.read(actor, referral)["carried"]
        assert set(carried) == set(by_code[code].fields)
        assert "Said later" not in json.dumps(carried)
    fields = {field for one in room.pack.agreements for field in one.fields}
    assert fields == set(CARRIED_FIELDS), "the demo has an agreement for each"


def test_what_it_says_is_sealed_and_its_reading_written_down(
    room: TestRoom, partners: Partners
) -> None:
    referral = partners.sent()
    room.done(partners.gas, AcceptReferral(referral))
    room.done(partners.gas, FinishReferral(referral, "Valve shut"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        bodies = [bytes(body).decode() for (body,) in cursor.fetchall()]
    for said in ("Wang", "13900000000", "smells", "shut"):
        assert not any(said in body for body in bodies)
    partners.read(partners.gas, referral)
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, body FROM journal_journalentry ORDER BY position DESC")
        actor, body = cursor.fetchone()
    assert (actor, json.loads(bytes(body))["what"]) == ("eve", "referral")


def test_a_partner_sees_its_own_referrals_and_nothing_else(
    room: TestRoom, partners: Partners
) -> None:
    mine, theirs = partners.sent("gas-leaks"), partners.sent("hotline")
    page = partners.get(partners.gas, "/api/partner")
    assert [one["id"] for one in page["referrals"]] == [str(mine)]
    assert [one["code"] for one in page["agreements"]] == ["gas-leaks"]
    assert {one["id"] for one in page["categories"]} == {"GAS-LEAK", "AID-UTILITY"}
    shown = json.dumps(page, ensure_ascii=False)
    for hidden in ("dispatcher", "hotline", "Wang", str(partners.incident), room.place().label):
        assert hidden not in shown, hidden
    assert partners.read(partners.gas, theirs) == 403
    assert "priority" not in partners.read(partners.hotline, theirs)["referral"]
    for path in (
        "/api/board",
        "/api/pack",
        "/api/colleagues",
        "/api/gazetteer?q=a",
        "/api/agreements",
        "/api/readings/notices",
        f"/api/readings/incidents/{partners.incident}",
    ):
        assert partners.get(partners.gas, path) == 403, path
    for command in (AcceptReferral(theirs), RecallReferral(mine)):
        assert isinstance(room.ask(partners.gas, command), Denied)


def test_looking_at_the_page_writes_nothing(room: TestRoom, partners: Partners) -> None:
    partners.sent()
    before = partners.get(partners.member("chen", "dispatcher", ""), "/api/board")["position"]
    partners.get(partners.gas, "/api/partner")
    assert partners.get(partners.gas, "/api/health")["position"] == before


def test_who_looks_after_the_incident_has_it_on_the_board_and_other_stations_have_not(
    room: TestRoom, partners: Partners
) -> None:
    referral = partners.sent()
    of = room.row("referrals", referral)["org"]
    other = next(o.path for o in room.pack.orgs if o.id.startswith("PS") and o.path != of)
    tang = partners.member("tang", "station_command", of)
    qian = partners.member("qian", "station_command", other)
    assert [o["id"] for o in partners.get(tang, "/api/board")["referrals"]] == [str(referral)]
    assert partners.get(qian, "/api/board")["referrals"] == []
    assert partners.read(tang, referral)["carried"]["known"] == ["It smells of gas"]
    assert partners.read(qian, referral) == 403
    again = SendReferral(room.id(), partners.incident, "water-mains")
    assert isinstance(room.ask(qian, again), Denied)
    room.done(tang, again)


def test_a_reminder_stands_on_the_partners_page_without_who_sent_it(
    room: TestRoom, partners: Partners
) -> None:
    referral = partners.sent()
    for _ in range(2):
        room.done(DISPATCHER, RemindPartner(referral))
    row = room.row("referrals", referral)
    assert (row["reminders"], row["reminded_by"]) == (2, DISPATCHER.id)
    [shown] = partners.get(partners.gas, "/api/partner")["referrals"]
    assert (shown["reminders"], shown["reminded_ms"]) == (2, row["reminded_ms"])
    assert "reminded_by" not in shown
    assert isinstance(room.ask(partners.gas, RemindPartner(referral)), Denied)


def test_the_keeper_says_once_that_nobody_has_answered(room: TestRoom, partners: Partners) -> None:
    referral = partners.sent()
    keeper = Keeper(room.room.door)
    row = room.row("referrals", referral)
    assert keeper.turn() == 0
    later = row["due_ms"] + 5_000
    with (
        patch("dutyroom.actions.keeper.now_ms", lambda: later),
        patch("dutyroom.actions.door.now_ms", lambda: later),
    ):
        while keeper.turn():
            pass
    row = room.row("referrals", referral)
    assert (row["state"], row["late"]) == ("expired", True)
    room.done(partners.gas, AcceptReferral(referral))
    assert room.row("referrals", referral)["late"]


def test_three_refusals_for_one_reason_propose_another_agreement(
    room: TestRoom, partners: Partners
) -> None:
    chen = partners.member("chen", "dispatcher", "")

    def found() -> Any:
        all_ = partners.get(chen, "/api/agreements")["agreements"]
        return next(one for one in all_ if one["agreement"]["code"] == "gas-leaks")

    for number, reason in enumerate(("outside-area", "unclear", "outside-area", "outside-area")):
        assert (found()["refused"], found()["proposed"]) == (number, [])
        referral = partners.sent()
        room.done(partners.gas, RefuseReferral(referral, reason))
        room.done(DISPATCHER, CloseReferral(referral))
    assert found()["proposed"] == ["outside-area"]
    assert found()["reasons"][0] == {"reason": "outside-area", "count": 3}
    assert (found()["sent"], found()["accepted"], found()["late"]) == (4, 0, 0)

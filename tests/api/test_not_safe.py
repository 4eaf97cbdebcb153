"""Not safe to contact: wherever a telephone is shown, it no longer is, and nobody calls back."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom

from dutyroom.actions.door import Denied
from dutyroom.api.openapi import STREAM, document
from dutyroom.domain.calls.commands import CallBack, ClaimCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    Dispatch,
    LiftUnsafeToContact,
    MarkUnsafeToContact,
    OpenIncident,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.referrals.commands import RecallReferral, SendReferral
from dutyroom.domain.tasks.commands import OfferTask, TaskKind
from dutyroom.readings.tasks import WITH_CALLERS

pytestmark = pytest.mark.db

TELEPHONE = "13800004829"
ROLES = ("call_taker", "dispatcher", "supervisor", "station_officer", "auditor", "field_officer")


class Matter:
    """An incident that was called in, with a unit on it, a task of each kind, and one who works
    there of each role."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        self.call, self.incident = room.id(), room.id()
        room.done(GATEWAY, ReceiveCall(self.call, "110-1", TELEPHONE))
        room.done(TAKER, ClaimCall(self.call))
        room.done(
            TAKER, OpenIncident(self.incident, "POL-DOMESTIC", 2, room.place(), call=self.call)
        )
        self.org: str = room.row("incidents", self.incident)["org"]
        room.sign_on_all()
        self.unit = next(one.id for one in room.pack.units if one.kind == "car")
        room.done(DISPATCHER, Dispatch(self.incident, (UnitToSend(room.id(), self.unit),)))
        self.tasks = {kind: self._offered(kind) for kind in (*sorted(WITH_CALLERS), "check")}
        self.clients = {role: self._client(role) for role in ROLES}

    def _offered(self, kind: TaskKind) -> UUID:
        task = self.room.id()
        self.room.done(DISPATCHER, OfferTask(task, self.incident, kind, self.org, "Look after it"))
        return task

    def _client(self, role: str) -> Client:
        from dutyroom.site.models import Member

        org = self.org if role == "station_officer" else ""
        unit = self.unit if role == "field_officer" else ""
        found = Client(headers={"host": "localhost"})
        member = Member.objects.create(name=role, role=role, org=org, unit=unit, password="!")
        found.force_login(member)
        return found

    def paths(self) -> dict[str, str]:
        """Every address that is read by GET about this matter, by its route."""
        from dutyroom.api.router import api

        ids = {"incident": self.incident, "call": self.call, "unit": self.unit, "q": "P1"}
        found = {}
        for route, operations in document(api)["paths"].items():
            if "get" not in operations or route == STREAM:
                continue
            for task in self.tasks.values():
                path = route.format_map(Known(ids | {"task": task}))
                found[f"{route} {path}"] = path
        return found

    def shown(self) -> set[tuple[str, str]]:
        """Where the telephone can be read: role and route."""
        return {
            (role, named.partition(" ")[0])
            for named, path in self.paths().items()
            for role, client in self.clients.items()
            if TELEPHONE in text_of(client.get(path))
        }


class Known(dict[str, Any]):
    def __missing__(self, _key: str) -> str:
        return "none"


def text_of(response: Any) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return str(whole, "utf-8", "replace")


@pytest.fixture
def matter(room: TestRoom) -> Matter:
    return Matter(room)


def test_the_telephone_is_in_no_answer_of_any_role_while_the_mark_stands(matter: Matter) -> None:
    room = matter.room
    before = matter.shown()
    routes = {route.rpartition("/readings/")[2] for _, route in before}
    assert {"incidents/{incident}", "calls/{call}", "tasks/{task}", "field"} <= routes
    room.done(TAKER, MarkUnsafeToContact(matter.incident, "offender-near"))
    assert matter.shown() == set()
    room.done(DISPATCHER, LiftUnsafeToContact(matter.incident))
    read = matter.clients["call_taker"].get(f"/api/readings/calls/{matter.call}")
    assert read.json()["number"] == TELEPHONE


def test_the_mark_stands_where_the_telephone_was(matter: Matter) -> None:
    room, clients = matter.room, matter.clients
    room.done(TAKER, MarkUnsafeToContact(matter.incident, "offender-near"))

    def read(role: str, path: str) -> Any:
        return json.loads(clients[role].get(f"/api/readings/{path}").content)

    row = room.row("incidents", matter.incident)
    assert (row["unsafe"], row["unsafe_reason"]) == (True, "offender-near")
    assert read("call_taker", f"incidents/{matter.incident}")["row"]["unsafe"]
    assert read("call_taker", f"calls/{matter.call}")["unsafe"]
    assert read("field_officer", "field")["incident"]["row"]["unsafe"]
    for task in matter.tasks.values():
        assert read("station_officer", f"tasks/{task}")["incident"]["row"]["unsafe"]


def test_nobody_calls_back_and_a_call_taker_does_not_lift_the_mark(matter: Matter) -> None:
    room = matter.room
    room.done(TAKER, MarkUnsafeToContact(matter.incident, "offender-near"))
    refused = room.ask(SUPERVISOR, CallBack(matter.call, "no_answer"))
    assert isinstance(refused, Refusal)
    assert refused.name == "NotSafeToContact"
    assert isinstance(room.ask(TAKER, LiftUnsafeToContact(matter.incident)), Denied)
    officer = Actor("luo", "field_officer", matter.unit)
    assert isinstance(room.ask(officer, LiftUnsafeToContact(matter.incident)), Denied)
    room.done(SUPERVISOR, LiftUnsafeToContact(matter.incident))
    room.done(TAKER, CallBack(matter.call, "no_answer"))


def test_what_was_sent_to_a_partner_before_no_longer_shows_the_telephone(room: TestRoom) -> None:
    """Nor does what is sent after the mark carry it."""
    from dutyroom.site.models import Member

    call, incident, before, after = (room.id() for _ in range(4))
    room.done(GATEWAY, ReceiveCall(call, "110-1", TELEPHONE))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, OpenIncident(incident, "AID-UTILITY", 2, room.place(), call=call))
    partner = Client(headers={"host": "localhost"})
    gas = Member.objects.create(name="eve", role="partner", org="lanchuan/gas", password="!")
    partner.force_login(gas)

    def read(referral: UUID) -> str:
        return text_of(partner.get(f"/api/readings/referrals/{referral}"))

    room.done(DISPATCHER, SendReferral(before, incident, "gas-leaks", "Please shut it off"))
    assert TELEPHONE in read(before)
    room.done(TAKER, MarkUnsafeToContact(incident, "shared-phone"))
    said = json.loads(read(before))
    assert said["unsafe"]
    assert "caller_telephone" not in said["carried"]
    room.done(DISPATCHER, LiftUnsafeToContact(incident))
    assert TELEPHONE in read(before)
    room.done(DISPATCHER, RecallReferral(before))
    room.done(TAKER, MarkUnsafeToContact(incident, "shared-phone"))
    room.done(DISPATCHER, SendReferral(after, incident, "gas-leaks", "Please shut it off"))
    room.done(DISPATCHER, LiftUnsafeToContact(incident))
    assert TELEPHONE not in read(after)


def test_a_partner_that_contacts_nobody_does_not_hear_of_the_mark(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    incident, referral = room.open_incident(category="AID-UTILITY"), room.id()
    room.done(TAKER, MarkUnsafeToContact(incident, "shared-phone"))
    room.done(DISPATCHER, SendReferral(referral, incident, "water-mains"))
    partner = Client(headers={"host": "localhost"})
    water = Member.objects.create(name="bai", role="partner", org="lanchuan/water", password="!")
    partner.force_login(water)
    assert (
        json.loads(text_of(partner.get(f"/api/readings/referrals/{referral}")))["unsafe"] is False
    )

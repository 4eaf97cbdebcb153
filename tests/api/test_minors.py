"""What concerns a minor is opened to fewer, on every path; each reading is written with the mark."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.api.test_tasks import Stations
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom

from dutyroom.actions.door import Denied
from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    Dispatch,
    LiftMinorMark,
    LinkCall,
    MarkMinor,
    MergeIncident,
    OpenIncident,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.matters.commands import OpenMatter, TakeMatter
from dutyroom.domain.referrals.commands import RecallReferral, SendReferral
from dutyroom.domain.tasks.commands import AcceptTask
from dutyroom.domain.units.commands import SignOn

pytestmark = pytest.mark.db
NAME = "Xiaohong"
OTHER_TAKER = Actor("second-taker", "call_taker")


class Case:
    """An incident with a call, a task, a matter and a unit; who could read it without the mark."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        self.stations = stations = Stations(room)
        self.call = room.id()
        room.done(GATEWAY, ReceiveCall(self.call, "110-1", "13800000000"))
        room.done(TAKER, ClaimCall(self.call))
        room.done(TAKER, RecordCallDetails(self.call, Caller(NAME, "13800000000"), "A child"))
        kind = room.pack.loop.matters.kinds[0]
        self.incident = stations.incident = room.id()
        opening = OpenIncident(
            self.incident, kind.categories[0], 2, room.place(), call=self.call, text=NAME
        )
        room.done(TAKER, opening)
        north = room.row("incidents", self.incident)["org"]
        assert north == stations.north
        self.second = stations.member("gao", "station_officer", north)
        self.task, self.matter = stations.offered(), room.id()
        room.done(stations.officer, AcceptTask(self.task))
        room.done(DISPATCHER, OpenMatter(self.matter, self.incident, kind.code, north, NAME))
        room.done(stations.officer, TakeMatter(self.matter))
        self.unit = room.pack.units[0].id
        room.done(DISPATCHER, SignOn(self.unit, ("a",)))
        room.done(DISPATCHER, Dispatch(self.incident, (UnitToSend(room.id(), self.unit),)))
        for one in (TAKER, OTHER_TAKER, DISPATCHER, SUPERVISOR):
            stations.member(one.id, one.role, one.org)
        self.crew = self.member_of(self.unit)
        self.elsewhere = self.member_of(room.pack.units[1].id)

    def member_of(self, unit: str) -> Actor:
        from dutyroom.site.models import Member

        name = f"crew-{unit}"
        Member.objects.create(name=name, role="field_officer", unit=unit, password="!")
        return Actor(name, "field_officer", unit)

    @property
    def readings(self) -> dict[str, tuple[str, dict[str, bool]]]:
        """Each path, and who reads it: True also with the mark."""
        s = self.stations
        desk = {DISPATCHER.id: True, SUPERVISOR.id: True}
        station = {s.chief.id: True, s.officer.id: True, self.second.id: False}
        return {
            "incident": (
                f"readings/incidents/{self.incident}",
                desk | {TAKER.id: True, OTHER_TAKER.id: False},
            ),
            "call": (
                f"readings/calls/{self.call}",
                desk | {TAKER.id: True, OTHER_TAKER.id: False},
            ),
            "task": (f"readings/tasks/{self.task}", desk | station),
            "matter": (f"readings/matters/{self.matter}", desk | station),
            "field": ("readings/field", {self.crew.id: True}),
        }

    @property
    def everybody(self) -> list[Actor]:
        s = self.stations
        return [
            TAKER, OTHER_TAKER, DISPATCHER, SUPERVISOR, s.chief, s.officer, s.other, self.second,
            self.crew,
        ]  # fmt: skip

    def opens(self, actor: Actor, path: str) -> bool:
        status: int = self.stations.client(actor).get(f"/api/{path}").status_code
        assert status in (200, 403), path
        return status == 200


@pytest.fixture
def case(room: TestRoom) -> Case:
    return Case(room)


def last_read() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry WHERE stream = 'reads' ORDER BY 1")
        cursor.execute(
            "SELECT body FROM journal_journalentry WHERE stream = 'reads' ORDER BY position DESC"
        )
        body: dict[str, Any] = json.loads(bytes(cursor.fetchone()[0]))
    return body


def test_who_reads_what_with_and_without_the_mark(case: Case) -> None:
    def matrix() -> dict[str, set[str]]:
        return {
            what: {one.id for one in case.everybody if case.opens(one, path)}
            for what, (path, _) in case.readings.items()
        }

    wanted = case.readings
    assert matrix() == {what: set(who) for what, (_, who) in wanted.items()}
    case.room.done(TAKER, MarkMinor(case.incident))
    tighter = {what: {one for one in who if who[one]} for what, (_, who) in wanted.items()}
    assert matrix() == tighter
    case.room.done(SUPERVISOR, LiftMinorMark(case.incident, "marked_by_mistake"))
    assert case.opens(OTHER_TAKER, case.readings["incident"][0])


def test_every_reading_is_written_with_the_mark(case: Case) -> None:
    readers: dict[str, Callable[[], Actor]] = {
        "incident": lambda: DISPATCHER,
        "call": lambda: TAKER,
        "task": lambda: case.stations.officer,
        "matter": lambda: case.stations.chief,
        "field": lambda: case.crew,
    }
    for minor in (False, True):
        for what, (path, _) in case.readings.items():
            assert case.opens(readers[what](), path)
            read = last_read()
            assert (read["what"], read["minor"]) == (what, minor)
            assert read["because"].endswith("; it concerns a minor") == minor
        case.room.done(TAKER, MarkMinor(case.incident))


def test_the_map_and_the_likely_duplicates_keep_its_place_from_call_takers(case: Case) -> None:
    place, body = case.room.place(), {"incidents": [str(case.incident)]}

    def seen(actor: Actor) -> tuple[int, list[str]]:
        client = case.stations.client(actor)
        places = client.post("/api/readings/places", body, content_type="application/json").json()
        near = client.get(f"/api/readings/duplicates?lon={place.lon}&lat={place.lat}").json()
        here = [
            one["label"] for one in near["candidates"] if one["incident"] == body["incidents"][0]
        ]
        return len(places["places"]), here

    assert seen(TAKER) == (1, [place.label])
    case.room.done(TAKER, MarkMinor(case.incident))
    assert seen(TAKER) == (0, [""])
    assert last_read()["minor"] is False
    assert seen(DISPATCHER) == (1, [place.label])
    assert last_read()["minor"] is True


def test_what_is_merged_with_it_is_kept_as_tightly(case: Case) -> None:
    room = case.room
    other = room.open_incident(index=5)
    path = f"readings/incidents/{other}"
    room.done(TAKER, MarkMinor(case.incident))
    assert case.opens(OTHER_TAKER, path)
    room.done(DISPATCHER, MergeIncident(other, case.incident))
    assert not case.opens(OTHER_TAKER, path)
    late = room.id()
    room.done(GATEWAY, ReceiveCall(late, "110-2"))
    room.done(OTHER_TAKER, ClaimCall(late))
    room.done(OTHER_TAKER, LinkCall(case.incident, late))
    assert case.opens(OTHER_TAKER, case.readings["incident"][0])


def test_no_list_and_no_finding_shows_a_name(case: Case) -> None:
    case.room.done(TAKER, MarkMinor(case.incident))
    number = case.room.row("incidents", case.incident)["number"]
    for actor, path in (
        (DISPATCHER, "board"),
        (DISPATCHER, f"find?q={number}"),
        (case.stations.officer, "board"),
        (case.stations.officer, "board"),
    ):
        text = case.stations.client(actor).get(f"/api/{path}").content.decode()
        assert NAME not in text
        assert '"minor":true' in text


def test_who_marks_and_who_lifts(case: Case) -> None:
    room, s = case.room, case.stations
    assert isinstance(room.ask(s.other, MarkMinor(case.incident)), Denied)
    assert isinstance(room.ask(case.elsewhere, MarkMinor(case.incident)), Denied)
    lift = LiftMinorMark(case.incident, "of_age")
    for actor in (s.officer, s.chief, case.crew, TAKER, DISPATCHER, SUPERVISOR):
        room.done(actor, MarkMinor(case.incident))
        if actor is not SUPERVISOR:
            assert isinstance(room.ask(actor, lift), Denied)
        room.done(SUPERVISOR, lift)
    assert UUID(room.row("incidents", case.incident)["id"]) == case.incident


def test_a_partner_has_what_concerns_a_minor_only_by_an_agreement_that_says_so(
    room: TestRoom,
) -> None:
    """It is refused when it is sent, and shut where the mark comes later."""
    from dutyroom.site.models import Member

    def read(org: str, referral: UUID) -> int:
        member, _ = Member.objects.get_or_create(name=org[9:], role="partner", org=org)
        client = Client(headers={"host": "localhost"})
        client.force_login(member)
        return client.get(f"/api/readings/referrals/{referral}").status_code

    early, late, fire = room.id(), room.id(), room.id()
    incident = room.open_incident(category="GAS-LEAK")
    room.done(DISPATCHER, SendReferral(early, incident, "gas-leaks"))
    assert read("lanchuan/gas", early) == 200
    room.done(TAKER, MarkMinor(incident))
    assert read("lanchuan/gas", early) == 403
    room.done(DISPATCHER, RecallReferral(early))
    refused = room.ask(DISPATCHER, SendReferral(late, incident, "gas-leaks"))
    assert isinstance(refused, Refusal)
    assert refused.name == "AgreementNotForMinors"
    room.done(DISPATCHER, SendReferral(fire, incident, "fires"))
    assert read("lanchuan/fire", fire) == 200
    assert last_read()["minor"] is True

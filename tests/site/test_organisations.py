"""Whose they are is known of members, units, calls and handovers, and said to consoles."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TestRoom, enrol

from dutyroom.actions.door import Denied
from dutyroom.domain.calls.commands import ReceiveCall
from dutyroom.domain.incidents.commands import AddNote, OpenIncident
from dutyroom.domain.orgs import concerns
from dutyroom.domain.units.commands import SignOn
from dutyroom.policy import decisions
from dutyroom.projections.models import CallView, ListedView
from dutyroom.site.models import Member, Session

pytestmark = pytest.mark.db
HOST = {"headers": {"host": "localhost"}}


def test_a_console_is_told_the_organisations_and_whose_its_member_is(room: TestRoom) -> None:
    client = Client(**HOST)
    path = room.pack.org_of("P1")
    client.force_login(Member.objects.create(name="7", role="dispatcher", password="!", org=path))
    assert client.get("/api/session").json()["member"]["org"] == path
    orgs = client.get("/api/pack").json()["orgs"]
    city = {"path": "lanchuan", "level": "city", "en": "Lanchuan", "zh": "澜川市"}
    assert orgs[0] == city | {"teams": ["command"]}
    assert path in [one["path"] for one in orgs if one["level"] == "station"]


def test_who_asks_is_of_their_organisation(room: TestRoom) -> None:
    from django.test import RequestFactory

    from dutyroom.api.asking import actor_of

    request = RequestFactory().get("/")
    request.user = Member(name="7", role="dispatcher", org="lanchuan/gucheng")
    assert actor_of(request).org == "lanchuan/gucheng"


def test_a_unit_is_of_the_organisation_of_its_station(room: TestRoom) -> None:
    row = room.row("units", "P1")
    assert row["org"] == room.pack.station(row["station"]).org != ""


def test_a_call_is_of_the_organisation_of_who_received_it(room: TestRoom) -> None:
    phone = Member(name="phone", role="gateway", org="lanchuan/gucheng")
    call = _asked(room, phone, "call.receive", call=str(room.id()), line="110-1")["call"]
    assert room.row("calls", call)["org"] == _shown("calls", call)["org"] == "lanchuan/gucheng"
    assert json.loads(CallView.objects.get(id=call).row)["org"] == "lanchuan/gucheng"


def test_a_call_that_the_room_received_is_of_the_whole_room(room: TestRoom) -> None:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1"))
    assert room.row("calls", call)["org"] == ""


def test_a_handover_is_of_the_organisation_of_who_hands_over(room: TestRoom) -> None:
    enrol(SUPERVISOR)
    chen = Member(name="chen", role="dispatcher", org="lanchuan/gucheng")
    asked = {"handover": str(room.id()), "to": SUPERVISOR.id}
    handover = _asked(room, chen, "desk.start_handover", **asked)["handover"]
    assert _shown("handovers", handover)["org"] == "lanchuan/gucheng"
    assert ListedView.objects.get(kind="handover", org="lanchuan/gucheng").id == handover


def _asked(room: TestRoom, member: Member, verb: str, **command: Any) -> dict[str, Any]:
    """The command, done by this member over the API."""
    member.password = "!"
    member.save()
    client = Client(**HOST)
    client.force_login(member)
    answer = client.post(
        f"/api/actions/{verb}",
        {"action": str(room.id()), "command": command},
        content_type="application/json",
        headers={"x-csrftoken": client.get("/api/session").json()["csrf"]},
    )
    assert answer.status_code == 200, answer.content
    return command


def _shown(kind: str, id_: str) -> dict[str, Any]:
    """The row of this record on the board that an auditor of the whole room reads."""
    client = Client(**HOST)
    client.force_login(Member.objects.create(name="zhao", role="auditor", password="!"))
    rows: list[dict[str, Any]] = client.get("/api/board").json()[kind]
    return next(row for row in rows if row["id"] == id_)


@pytest.mark.deep_on_postgresql
def test_the_members_of_a_demo_see_all_of_it_or_a_part(room: TestRoom) -> None:
    from dutyroom.site.rooms import enrol_demo_members

    enrol_demo_members(room.pack, "demo-password")
    orgs = dict(Member.objects.values_list("name", "org"))
    assert set(orgs.values()) <= {one.path for one in room.pack.orgs}
    other = next(
        one.path for one in room.pack.orgs
        if one.level == "station" and not concerns(one.path, orgs["dispatcher2"])
    )  # fmt: skip
    assert concerns(other, orgs["dispatcher"])
    assert orgs["officer"] == room.pack.org_of(Member.objects.get(name="officer").unit)


def test_an_open_stream_ends_when_its_member_is_of_another_organisation(room: TestRoom) -> None:
    from dutyroom.site.sessions import epoch, standing

    member = Member.objects.create(name="7", role="dispatcher", password="!", org="lanchuan")
    client = Client(**HOST)
    client.force_login(member)
    (key,) = Session.objects.values_list("session_key", flat=True)
    before, moved = standing([key]), epoch()
    member.org = "lanchuan/gucheng"
    member.save(update_fields=["org"])
    assert standing([key]) != before
    assert epoch() != moved


def test_an_incident_is_opened_and_changed_for_who_looks_after_its_zone(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, incident = room.place(), room.id()
    its_own = room.pack.org_of_zone(room.pack.zone_at(place.lon, place.lat))
    sister = next(one.path for one in room.pack.orgs if not concerns(one.path, its_own))
    category = room.pack.vocabulary.categories[0].code
    opening, note = OpenIncident(incident, category, 3, place), AddNote(incident, room.id(), "seen")
    for command in (opening, note):
        monkeypatch.setitem(decisions.VERBS, command.VERB, {"dispatcher": "own_org"})
        denied = room.ask(replace(DISPATCHER, org=sister), command)
        assert isinstance(denied, Denied)
        assert "not of your organisation" in denied.because.en
        room.done(replace(DISPATCHER, org=its_own), command)


def test_a_unit_signs_on_for_its_own_organisation(
    room: TestRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(decisions.VERBS, SignOn.VERB, {"dispatcher": "own_org"})
    unit = room.pack.units[0].id
    its_own = room.pack.org_of(unit)
    sister = next(one.path for one in room.pack.orgs if not concerns(one.path, its_own))
    assert isinstance(room.ask(replace(DISPATCHER, org=sister), SignOn(unit, ("x",))), Denied)
    room.done(replace(DISPATCHER, org=its_own), SignOn(unit, ("x",)))

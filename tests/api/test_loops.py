"""The clocks of an incident through the API: on the board, paused by hand, and why they are due."""

import itertools
import json
from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.door import Denied
from dutyroom.core.ids import uuid7
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ConcludeIncident,
    Dispatch,
    OpenIncident,
    SetDisposition,
    UnitToSend,
)
from dutyroom.domain.loops.commands import PauseClock
from dutyroom.domain.units.commands import SignOn
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db
_NUMBERS = itertools.count(1)


@pytest.fixture
def supervisor(room: TestRoom) -> Client:
    from dutyroom.site.models import Member

    member = Member.objects.create(name="sun", role="supervisor", password="!")
    client = Client(headers={"host": "localhost"})
    client.force_login(member)
    return client


@pytest.fixture
def incident(room: TestRoom) -> str:
    """One of priority 3: to be concluded within three working days."""
    id_ = room.id()
    category = room.pack.vocabulary.categories[0].code
    room.done(DISPATCHER, OpenIncident(id_, category, 3, room.place()))
    return str(id_)


def clocks_of(client: Client, incident: str) -> dict[str, Any]:
    """The clocks of its row on the board, by code."""
    rows = client.get("/api/board").json()["loops"]
    (row,) = [one for one in rows if one["id"] == incident]
    return {one["clock"]: one for one in row["clocks"]}


def act(client: Client, verb: str, **command: Any) -> Any:
    csrf = client.get("/api/session").json()["csrf"]
    return client.post(
        f"/api/actions/{verb}",
        {"action": str(uuid7(1, next(_NUMBERS))), "command": command},
        content_type="application/json",
        headers={"x-csrftoken": csrf},
    )


def test_the_board_shows_what_is_owed_for_an_incident(supervisor: Client, incident: str) -> None:
    clocks = clocks_of(supervisor, incident)
    assert set(clocks) == {"dispatch", "conclude"}
    assert clocks["dispatch"]["due_ms"] == clocks["dispatch"]["from_ms"] + 300_000


def test_the_pack_says_their_names_and_what_may_be_done_with_them(supervisor: Client) -> None:
    loop = supervisor.get("/api/pack").json()["loop"]
    conclude = next(one for one in loop["clocks"] if one["extensions"])
    assert (conclude["code"], conclude["approver"]) == ("conclude", "supervisor")
    assert set(conclude["pauses"]) <= {one["id"] for one in loop["reasons"]}


def test_why_a_deadline_is_what_it_is_adds_up_to_the_promise(
    supervisor: Client, incident: str
) -> None:
    why = supervisor.get(f"/api/incidents/{incident}/clocks/conclude/why").json()
    assert why["due_ms"] == clocks_of(supervisor, incident)["conclude"]["due_ms"]
    assert (why["counted"], why["within"]) == (3, {"count": 3, "unit": "working_day"})
    parts = why["parts"]
    assert sum(one["days"] for one in parts if one["kind"] == "counted") == 3
    assert parts[-1]["to_ms"] == why["due_ms"]
    assert all(one["to_ms"] == next_["from_ms"] for one, next_ in itertools.pairwise(parts))


def test_why_of_a_clock_that_counts_open_time_adds_up_in_milliseconds(
    supervisor: Client, incident: str
) -> None:
    why = supervisor.get(f"/api/incidents/{incident}/clocks/dispatch/why").json()
    assert (why["in_days"], why["counted"]) == (False, 300_000)


def test_a_paused_clock_says_for_what_reason(
    supervisor: Client, room: TestRoom, incident: str
) -> None:
    answer = act(
        supervisor, "loop.pause_clock", loop=incident, clock="conclude", reason="appraisal"
    )
    assert answer.status_code == 200, answer.content
    (pause,) = clocks_of(supervisor, incident)["conclude"]["pauses"]
    assert (pause["reason"], pause["to_ms"]) == ("appraisal", None)
    why = supervisor.get(f"/api/incidents/{incident}/clocks/conclude/why").json()
    assert why["due_ms"] is None


def test_a_reason_that_its_rule_does_not_know_is_refused_with_those_it_knows(
    room: TestRoom, incident: str
) -> None:
    refused = room.ask(DISPATCHER, PauseClock(incident, "dispatch", "appraisal"))  # type: ignore[arg-type]
    assert (refused.name, refused.params["allowed"]) == ("ReasonNotAllowed", ())


def test_what_has_no_such_clock_is_not_found(supervisor: Client, incident: str) -> None:
    for path in (f"{incident}/clocks/none", f"{uuid7(1, 2)}/clocks/conclude"):
        assert supervisor.get(f"/api/incidents/{path}/why").status_code == 404


def test_closing_waits_for_the_approval_that_the_route_wants(
    supervisor: Client, room: TestRoom
) -> None:
    serious = next(one for one in room.pack.loop.routes if one.needs_approval)
    id_ = room.id()
    room.done(DISPATCHER, OpenIncident(id_, serious.categories[0], 2, room.place()))
    room.done(DISPATCHER, SetDisposition(id_, room.pack.vocabulary.dispositions[0].code))
    refused = act(supervisor, "incident.close", incident=str(id_)).json()
    assert refused["params"]["missing"] == [{"what": "approval"}]
    reading = supervisor.get(f"/api/readings/incidents/{id_}").json()
    assert reading["missing"] == [{"what": "approval"}]
    act(supervisor, "loop.approve", loop=str(id_))
    assert supervisor.get(f"/api/readings/incidents/{id_}").json()["missing"] == []
    assert act(supervisor, "incident.close", incident=str(id_)).status_code == 200


def test_an_officer_on_the_scene_concludes_a_light_matter_and_no_other(room: TestRoom) -> None:
    light = next(one for one in room.pack.loop.routes if one.light)
    theirs, others = room.id(), room.id()
    unit = room.pack.units[0].id
    room.done(DISPATCHER, SignOn(unit, ("Wang",)))
    for id_ in (theirs, others):
        room.done(DISPATCHER, OpenIncident(id_, light.categories[0], 4, room.place()))
    sent = room.id()
    room.done(DISPATCHER, Dispatch(theirs, (UnitToSend(sent, unit),)))
    room.done(DISPATCHER, ArriveOnScene(theirs, sent))
    officer = Actor("wang", "field_officer", unit)
    assert isinstance(room.ask(officer, ConcludeIncident(others)), Denied)
    room.done(officer, ConcludeIncident(theirs))
    stages = json.loads(ListedView.objects.get(kind="loop", id=str(theirs)).row)["stages"]
    assert [one["stage"] for one in stages][-2:] == ["conclude", "concluded"]

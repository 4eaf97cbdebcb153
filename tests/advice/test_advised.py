"""A dispatch is judged by the advice that its sender was shown."""

from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, figures

from dutyroom.actions.clock import now_ms
from dutyroom.advice import advised
from dutyroom.advice.advised import as_shown
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import Dispatch, OpenIncident, UnitToSend
from dutyroom.domain.incidents.events import IncidentUnitDispatched

pytestmark = pytest.mark.db


@pytest.fixture
def incident(room: TestRoom) -> Any:
    """An incident that needs one patrol, and a room in which everybody is on duty."""
    room.sign_on_all()
    return room.open_incident(category=patrol_category(room))


def patrol_category(room: TestRoom) -> str:
    """A category for which the plan asks for one patrol and nothing else."""
    return next(
        plan.category
        for plan in room.pack.plans
        if [(need.capability, need.count) for need in plan.needs] == [("patrol", 1)]
    )


def recommended(room: TestRoom, incident: Any) -> Any:
    found = room.room.advisor.recommend(str(incident), now_ms())
    assert found is not None
    return found


def another_comes_nearer(room: TestRoom, chosen: str) -> str:
    """Somebody else drives to where the incident is; by now that one would be recommended."""
    other = next(
        unit.id for unit in room.pack.units if unit.id != chosen and "patrol" in unit.capabilities
    )
    place = room.place()
    room.room.advisor.move([(other, place.lon, place.lat, now_ms())])
    return other


def send(room: TestRoom, incident: Any, unit: str, advice: str = "", **more: Any) -> Any:
    assignment = room.id()
    actor = more.pop("actor", DISPATCHER)
    units = (UnitToSend(assignment, unit),)
    room.done(actor, Dispatch(incident, units, advice=advice, **more))
    row = room.row("incidents", incident)
    return next(one for one in row["assignments"] if one["id"] == str(assignment))


def test_advice_that_was_followed_is_no_override_whoever_came_nearer_meanwhile(
    room: TestRoom, incident: Any
) -> None:
    advice = recommended(room, incident)
    shown_ms = now_ms()
    shown = as_shown(advice, str(incident), DISPATCHER.id, shown_ms)
    other = another_comes_nearer(room, advice.chosen[0])
    assert recommended(room, incident).chosen == (other,)

    assert send(room, incident, advice.chosen[0], shown, override_reason="")["recommended"] is True
    assert figures()["overrides"] == {"count": 0, "of": 1, "reasons": []}
    event = last_dispatch(incident)
    assert event.advised_at_ms == shown_ms
    shown = {one.unit: one.arrival_s for one in advice.candidates}
    assert event.arrival_s == shown[advice.chosen[0]]


def last_dispatch(incident: Any) -> IncidentUnitDispatched:
    from django.db import connection

    from dutyroom.journal import read
    from dutyroom.projections.facts import fact

    with connection.cursor() as cursor:
        events = [fact(entry).event for entry in read.stream(cursor, f"incident:{incident}")]
    return [event for event in events if isinstance(event, IncidentUnitDispatched)][-1]


def test_sending_another_than_was_shown_is_an_override_even_if_it_is_nearer_by_now(
    room: TestRoom, incident: Any
) -> None:
    advice = recommended(room, incident)
    shown = as_shown(advice, str(incident), DISPATCHER.id, now_ms())
    other = another_comes_nearer(room, advice.chosen[0])
    reason = room.pack.vocabulary.override_reasons[0].code
    assert send(room, incident, other, shown, override_reason=reason)["recommended"] is False
    assert figures()["overrides"]["reasons"] == [{"reason": reason, "count": 1}]


def test_a_named_advice_is_not_worked_out_a_second_time(
    room: TestRoom, incident: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = recommended(room, incident)
    shown = as_shown(advice, str(incident), DISPATCHER.id, now_ms())
    monkeypatch.setattr(type(room.room.advisor), "recommend", lambda *_: pytest.fail("again"))
    assert send(room, incident, advice.chosen[0], shown)["recommended"] is True


def test_without_advice_the_recommendation_of_the_moment_counts_as_before(
    room: TestRoom, incident: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    under_lock: list[bool] = []
    recommend = type(room.room.advisor).recommend

    def watched(*args: Any) -> Any:
        under_lock.append(connection.in_atomic_block)
        return recommend(*args)

    advice = recommended(room, incident)
    other = another_comes_nearer(room, advice.chosen[0])
    monkeypatch.setattr(type(room.room.advisor), "recommend", watched)
    assert send(room, incident, advice.chosen[0])["recommended"] is False
    assert send(room, incident, other)["recommended"] is not None
    assert last_dispatch(incident).advised_at_ms is None
    assert under_lock == [False, False]


@pytest.mark.parametrize("wrong", ["forged", "another incident's", "another member's", "old"])
def test_an_advice_that_was_not_shown_for_this_counts_as_none_and_stops_nobody(
    room: TestRoom, incident: Any, wrong: str
) -> None:
    advice = recommended(room, incident)
    other = another_comes_nearer(room, advice.chosen[0])
    at_ms = now_ms()
    shown = {
        "forged": as_shown(advice, str(incident), DISPATCHER.id, at_ms)[:-1] + "!",
        "another incident's": as_shown(advice, str(room.id()), DISPATCHER.id, at_ms),
        "another member's": as_shown(advice, str(incident), SUPERVISOR.id, at_ms),
        "old": as_shown(advice, str(incident), DISPATCHER.id, at_ms - advised.LONGEST_MS - 1),
    }[wrong]
    assert send(room, incident, other, shown)["recommended"] is True
    assert last_dispatch(incident).advised_at_ms is None


def test_a_unit_that_was_met_on_view_is_not_sent_against_the_recommendation(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    incident, unit = room.id(), room.pack.units[0].id
    command = OpenIncident(
        incident, patrol_category(room), 3, room.place(5), channel="on_view", unit=unit
    )
    room.done(Actor("o1", "field_officer", unit), command)
    [there] = room.row("incidents", incident)["assignments"]
    assert there["recommended"] is None
    assert figures()["overrides"] == {"count": 0, "of": 0, "reasons": []}


def test_over_http_the_recommendation_brings_what_a_dispatch_names(
    room: TestRoom, incident: Any
) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="d", role="dispatcher", password="!"))
    advice = client.get(f"/api/incidents/{incident}/recommendation").json()
    another_comes_nearer(room, advice["chosen"][0])
    unit, assignment = advice["chosen"][0], room.id()
    command = {
        "incident": str(incident),
        "units": [{"assignment": str(assignment), "unit": unit}],
        "advice": advice["advice"],
    }
    body = {"action": str(room.id()), "command": command}
    sent = client.post("/api/actions/incident.dispatch", body, content_type="application/json")
    assert sent.status_code == 200
    assert room.row("incidents", incident)["assignments"][0]["recommended"] is True

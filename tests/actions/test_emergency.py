"""A unit in emergency: where and on what it was, and that nobody sends it meanwhile."""

import json
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test import Client
from tests.harness.rooms import DISPATCHER, TAKER, TestRoom

from dutyroom.actions import positions
from dutyroom.actions.clock import now_ms
from dutyroom.actions.positions import Fix
from dutyroom.dispatch import Reason
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    Dispatch,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.units.commands import AcknowledgeEmergency, EndEmergency, RaiseEmergency
from dutyroom.domain.values import Position
from dutyroom.evening.evening import Evening
from dutyroom.journal import read
from dutyroom.readings import records

pytestmark = pytest.mark.db
UNIT = "P1"
OFFICER = Actor("o1", "field_officer", UNIT)


@pytest.fixture
def incident(room: TestRoom) -> Any:
    """An incident that needs a patrol, with P1 standing next to it."""
    room.sign_on_all()
    category = next(
        plan.category
        for plan in room.pack.plans
        if [(need.capability, need.count) for need in plan.needs] == [("patrol", 1)]
    )
    stand(room, 0)
    return room.open_incident(category=category)


def stand(room: TestRoom, place: int) -> None:
    at = room.place(place)
    now = now_ms()
    fixes = [Fix(UNIT, at.lon, at.lat, now - back) for back in (2, 1, 0)]
    assert positions.take(fixes, now).accepted


def recommended(room: TestRoom, incident: Any) -> Any:
    return room.room.advisor.recommend(str(incident), now_ms())


def end(room: TestRoom) -> None:
    room.done(DISPATCHER, AcknowledgeEmergency(UNIT))
    room.done(DISPATCHER, EndEmergency(UNIT))


def test_a_free_unit_in_emergency_is_neither_recommended_nor_sent_until_it_has_ended(
    room: TestRoom, incident: Any
) -> None:
    assert recommended(room, incident).chosen == (UNIT,)
    room.done(OFFICER, RaiseEmergency(UNIT))
    advice = recommended(room, incident)
    assert UNIT not in advice.chosen
    shown = next(one for one in advice.candidates if one.unit == UNIT)
    assert shown.reasons[0] == Reason("in_emergency")
    send = Dispatch(incident, (UnitToSend(room.id(), UNIT),))
    refused = room.ask(DISPATCHER, send)
    assert isinstance(refused, Refusal)
    assert (refused.name, refused.params) == ("UnitInEmergency", {"unit": UNIT})
    end(room)
    assert recommended(room, incident).chosen == (UNIT,)
    room.done(DISPATCHER, send)


def test_a_unit_that_becomes_free_while_in_emergency_is_not_sent_again(
    room: TestRoom, incident: Any
) -> None:
    first, assignment = room.open_incident(index=0), room.id()
    room.done(DISPATCHER, Dispatch(first, (UnitToSend(assignment, UNIT),)))
    room.done(OFFICER, ArriveOnScene(first, assignment))
    room.done(OFFICER, RaiseEmergency(UNIT))
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(DISPATCHER, ClearAssignment(first, assignment, reason))
    assert room.row("units", UNIT)["status"] == "available"
    assert UNIT not in recommended(room, incident).chosen


def test_the_next_hour_does_not_count_on_it(room: TestRoom, incident: Any) -> None:
    def counted_on() -> int:
        moment = room.room.outlooks.moment(room.pack, now_ms())
        return sum(unit.free_in_s is not None for unit in moment.units)

    before = counted_on()
    room.done(OFFICER, RaiseEmergency(UNIT))
    assert counted_on() == before - 1
    end(room)
    assert counted_on() == before


def test_simulated_colleagues_neither_send_it_nor_play_its_crew(
    room: TestRoom, incident: Any
) -> None:
    evening = Evening(room.room, lambda *_: None, seed=1, speed=1.0, calls_per_h=0.001)
    evening._next_call_ms = now_ms() + 86_400_000
    assignment = room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, UNIT),)))
    room.done(OFFICER, RaiseEmergency(UNIT))
    for hour in range(1, 4):
        evening.step(now_ms() + hour * 3_600_000)
    assert room.row("units", UNIT)["status"] == "dispatched"
    end(room)
    evening.step(now_ms() + 5 * 3_600_000)
    assert room.row("units", UNIT)["status"] == "en_route"


def test_position_and_incident_are_those_of_the_press_whatever_comes_after(
    room: TestRoom, incident: Any
) -> None:
    assignment = room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, UNIT),)))
    room.done(OFFICER, ArriveOnScene(incident, assignment))
    room.done(OFFICER, RaiseEmergency(UNIT))
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(DISPATCHER, ClearAssignment(incident, assignment, reason))
    stand(room, 7)

    place, number = room.place(), room.row("incidents", incident)["number"]
    row = room.row("units", UNIT)
    assert row["emergency_zone"] == room.pack.zone_at(place.lon, place.lat)
    assert (row["emergency_incident"], row["emergency_number"]) == (str(incident), number)
    found = msgspec.to_builtins(records.emergency(room.room.reader, DISPATCHER, UNIT))
    assert (found["position"]["lon"], found["position"]["lat"]) == (place.lon, place.lat)
    assert (found["number"], found["zone"]) == (number, row["emergency_zone"])
    assert found["street"]["en"]
    with connection.cursor() as cursor:
        logged = json.loads(read.stream(cursor, "reads")[-1].body)
    assert (logged["what"], logged["incidents"]) == ("emergency", [str(incident)])


def test_a_press_that_came_late_is_that_of_its_time_and_place(
    room: TestRoom, incident: Any
) -> None:
    """The phone had no network: the work was over, and the unit elsewhere, when it arrived."""
    assignment, number = room.id(), room.row("incidents", incident)["number"]
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, UNIT),)))
    pressed, at = now_ms(), room.place(9)
    while now_ms() == pressed:  # what comes after is later, by the clock too
        pass
    reason = next(iter(room.pack.vocabulary.codes("cancel_reasons")))
    room.done(DISPATCHER, CancelAssignment(incident, assignment, reason))
    command = RaiseEmergency(UNIT, Position(at.lon, at.lat, pressed))
    room.done(OFFICER, command, occurred_at_ms=pressed)
    found = msgspec.to_builtins(records.emergency(room.room.reader, DISPATCHER, UNIT))
    assert found["position"] == {"lon": at.lon, "lat": at.lat, "at_ms": pressed}
    assert (found["since_ms"], found["number"]) == (pressed, number)


def test_a_phone_that_knows_no_better_than_0_0_is_not_believed(
    room: TestRoom, incident: Any
) -> None:
    room.done(OFFICER, RaiseEmergency(UNIT, Position(0.0, 0.0, now_ms())))
    found = msgspec.to_builtins(records.emergency(room.room.reader, DISPATCHER, UNIT))
    assert found["position"]["lon"] == room.place().lon


def test_a_fix_sent_along_that_is_older_than_the_last_one_known_is_not_where_it_is(
    room: TestRoom, incident: Any
) -> None:
    other = room.place(3)
    room.done(OFFICER, RaiseEmergency(UNIT, Position(other.lon, other.lat, 1)))
    found = msgspec.to_builtins(records.emergency(room.room.reader, DISPATCHER, UNIT))
    assert found["position"]["lon"] == room.place().lon


def test_a_phone_whose_clock_runs_ahead_is_believed_the_place_and_not_the_time(
    room: TestRoom, incident: Any
) -> None:
    at, ahead = room.place(3), now_ms() + 86_400_000
    room.done(OFFICER, RaiseEmergency(UNIT, Position(at.lon, at.lat, ahead)))
    found = msgspec.to_builtins(records.emergency(room.room.reader, DISPATCHER, UNIT))
    assert found["position"] == {"lon": at.lon, "lat": at.lat, "at_ms": found["since_ms"]}


def test_an_emergency_of_a_unit_that_never_reported_a_position_is_raised_all_the_same(
    room: TestRoom,
) -> None:
    room.done(Actor("o2", "field_officer", "P2"), RaiseEmergency("P2"))
    row = room.row("units", "P2")
    assert (row["emergency"], row["emergency_zone"], row["emergency_incident"]) == (
        "raised",
        None,
        None,
    )
    found = msgspec.to_builtins(records.emergency(room.room.reader, TAKER, "P2"))
    assert (found["position"], found["street"], found["incident"]) == (None, None, None)


def test_where_it_was_pressed_is_in_no_clear_body(room: TestRoom, incident: Any) -> None:
    room.done(OFFICER, RaiseEmergency(UNIT))
    with connection.cursor() as cursor:
        entry = read.stream(cursor, f"unit:{UNIT}")[-1]
    assert set(json.loads(entry.body)) == {"by", "zone", "incident", "number"}
    assert entry.sealed


def test_when_it_has_ended_its_place_is_no_longer_read(room: TestRoom, incident: Any) -> None:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="d", role="dispatcher", password="!"))
    assert client.get(f"/api/readings/emergencies/{UNIT}").status_code == 404
    body = {
        "action": str(room.id()),
        "command": {
            "unit": UNIT,
            "position": {"lon": room.place(9).lon, "lat": room.place(9).lat, "at_ms": now_ms()},
        },
    }
    path = "/api/actions/unit.raise_emergency"
    assert client.post(path, body, content_type="application/json").status_code == 200
    found = client.get(f"/api/readings/emergencies/{UNIT}").json()
    assert found["position"]["lon"] == room.place(9).lon
    end(room)
    assert client.get(f"/api/readings/emergencies/{UNIT}").status_code == 404

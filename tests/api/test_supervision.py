"""Supervision: who is free now, and late means late, whether somebody still waits or not."""

import uuid
from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom, figures

from dutyroom.domain.calls.commands import ClaimCall, ReceiveCall
from dutyroom.domain.incidents.commands import ArriveOnScene, Dispatch, UnitToSend
from dutyroom.domain.units.commands import MarkUnavailable, RaiseEmergency

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000


def late(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {
        name: (found[name]["late"], found[name]["late_open"])
        for name in ("answer", "dispatch", "on_scene")
    }


def test_who_still_waits_counts_as_late(room: TestRoom) -> None:
    room.done(GATEWAY, ReceiveCall(room.id(), "110-1", "13800000000"))
    room.open_incident()
    assert late(figures()) == {"answer": (0, 0), "dispatch": (0, 0), "on_scene": (0, 0)}
    found = figures(after_ms=HOUR_MS)
    assert late(found) == {"answer": (1, 1), "dispatch": (1, 1), "on_scene": (1, 1)}
    assert found["overdue"] == 1


def test_an_incident_that_somebody_is_on_the_way_to_can_still_be_late(room: TestRoom) -> None:
    room.sign_on_all()
    incident, unit = room.open_incident(), room.pack.units[0].id
    sent = UnitToSend(room.id(), unit)
    room.done(DISPATCHER, Dispatch(incident, (sent,)))
    assert late(figures(after_ms=HOUR_MS))["dispatch"] == (0, 0)
    assert late(figures(after_ms=HOUR_MS))["on_scene"] == (1, 1)
    room.done(DISPATCHER, ArriveOnScene(incident, sent.assignment))
    assert late(figures(after_ms=HOUR_MS))["on_scene"] == (0, 0)


def test_a_call_that_is_taken_waits_no_longer(room: TestRoom) -> None:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", ""))
    room.done(TAKER, ClaimCall(call))
    assert late(figures(after_ms=HOUR_MS))["answer"] == (0, 0)


def test_capacity_is_counted_by_kind_and_by_the_area_that_units_stand_in(room: TestRoom) -> None:
    from dutyroom.projections.models import UnitPosition

    first, *others = [unit for unit in room.pack.units if unit.kind == room.pack.units[0].kind]
    assert not any(kind["on_duty"] for kind in figures()["capacity"])
    room.sign_on_all()
    there = next(
        zone for zone in room.pack.zones if zone.id != room.pack.zone_at(first.lon, first.lat)
    )
    stand = next(
        place for place in room.pack.places if room.pack.zone_at(place.lon, place.lat) == there.id
    )
    UnitPosition.objects.create(unit=first.id, lon=stand.lon, lat=stand.lat, at_ms=1, received_ms=1)
    kinds = {one["kind"]: one for one in figures()["capacity"]}
    kind = kinds[first.kind]
    assert (kind["of"], kind["on_duty"], kind["free"]) == (1 + len(others),) * 3
    assert sum(kind["areas"].values()) == kind["free"]
    before = kind["areas"][there.id]
    room.done(DISPATCHER, MarkUnavailable(first.id, "meal"))
    kind = {one["kind"]: one for one in figures()["capacity"]}[first.kind]
    assert (kind["free"], kind["on_duty"]) == (len(others), 1 + len(others))
    assert kind["areas"].get(there.id, 0) == before - 1


def test_a_unit_in_an_emergency_is_not_free(room: TestRoom) -> None:
    room.sign_on_all()
    unit = room.pack.units[0]
    free = {one["kind"]: one["free"] for one in figures()["capacity"]}
    room.done(DISPATCHER, RaiseEmergency(unit.id))
    after = {one["kind"]: one["free"] for one in figures()["capacity"]}
    assert after == free | {unit.kind: free[unit.kind] - 1}


def test_takers_are_counted_idle_or_busy_by_their_sessions(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    def signed_in(name: str, role: str) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(Member.objects.create(name=name, role=role, password="!"))
        return client

    supervisor = signed_in("sun", "supervisor")
    takers = [signed_in(name, "call_taker") for name in ("taker", "ann", "bob")]

    def counted() -> dict[str, int]:
        answer: dict[str, int] = supervisor.get("/api/supervision").json()["takers"]
        return answer

    assert counted() == {"idle": 3, "busy": 0}
    call = uuid.uuid4()
    room.done(GATEWAY, ReceiveCall(call, "110-1", ""))
    room.done(TAKER, ClaimCall(call))
    assert counted() == {"idle": 2, "busy": 1}
    takers[1].logout()
    assert counted() == {"idle": 1, "busy": 1}

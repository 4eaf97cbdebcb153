"""Readings over HTTP: personal data, each reading decided by policy and logged."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotFound, actor_of, reader
from dutyroom.api.commands import Strict
from dutyroom.domain.units.row import UnitRow
from dutyroom.projections.attachments import attachments_of, last_change
from dutyroom.projections.models import IncidentView, UnitView
from dutyroom.projections.rows import read_unit
from dutyroom.readings import matters, orders, records, referrals, tasks
from dutyroom.readings.answers import (
    CallReading,
    Duplicates,
    EmergencyReading,
    FieldReading,
    IncidentReading,
    PlacesReading,
)
from dutyroom.readings.duplicates import duplicates_of
from dutyroom.readings.matters import MatterReading
from dutyroom.readings.notices import NoticesReading, notices
from dutyroom.readings.notices import last_change as last_notice
from dutyroom.readings.orders import OrderReading
from dutyroom.readings.referrals import ReferralReading
from dutyroom.readings.tasks import TaskReading

router = Router(tags=["readings"])


class WantedPlaces(Strict):
    incidents: Annotated[list[UUID], Field(min_length=1, max_length=1_000)]


class OwnUnit(msgspec.Struct, frozen=True, kw_only=True):
    """``incident_position`` is the journal position of the last change of its incident, or of what
    is attached to it,
    ``notices_position`` that of a notice."""

    unit: UnitRow
    incident_position: int | None
    notices_position: int | None


@router.post("/readings/places")
def places(request: HttpRequest, body: WantedPlaces) -> PlacesReading:
    """Where these incidents are, exactly."""
    room, actor = runtime.room(), actor_of(request)
    return PlacesReading(places=records.places(room.reader, actor, body.incidents, now_ms()))


@router.get("/readings/incidents/{incident}")
@may_answer(404)
def incident(request: HttpRequest, incident: UUID) -> IncidentReading:
    """Everything about one incident."""
    return records.incident(runtime.room().reader, actor_of(request), incident)


@router.get("/readings/calls/{call}")
@may_answer(404)
def call(request: HttpRequest, call: UUID) -> CallReading:
    """The details of one call."""
    return records.call(runtime.room().reader, actor_of(request), call)


@router.get("/readings/emergencies/{unit}")
@may_answer(404)
def emergency(request: HttpRequest, unit: str) -> EmergencyReading:
    """Where a unit's emergency button was pressed, and the incident that it was on then."""
    return records.emergency(runtime.room().reader, actor_of(request), unit)


@router.get("/readings/duplicates")
def duplicates(
    request: HttpRequest,
    lon: Annotated[float, Query(ge=-180, le=180)],
    lat: Annotated[float, Query(ge=-90, le=90)],
    category: Annotated[str, Query(max_length=40)] = "",
    exclude: UUID | None = None,
) -> Duplicates:
    """Open incidents near a place that may be the same."""
    room, actor = runtime.room(), actor_of(request)
    found = duplicates_of(room.reader, actor, lon, lat, category, exclude, now_ms())
    return Duplicates(candidates=found)


@router.get("/field")
@may_answer(404)
def own_unit(request: HttpRequest) -> OwnUnit:
    """The own unit's row, without personal data: read the field page again when it changes."""
    row = _own_row(request)
    held = IncidentView.objects.filter(id=row.incident or "").values_list("position", flat=True)
    position = held.first()
    if position is not None and row.incident:
        position = max(position, last_change(attachments_of([UUID(row.incident)])))
    return OwnUnit(unit=row, incident_position=position, notices_position=last_notice())


@router.get("/readings/notices")
def notices_that_stand(request: HttpRequest) -> NoticesReading:
    """The notices that stand and concern the one who asks, with their texts."""
    return notices(runtime.room().reader, actor_of(request), now_ms())


@router.get("/readings/tasks/{task}")
@may_answer(404)
def task(request: HttpRequest, task: UUID) -> TaskReading:
    """One task with its texts, and the incident that it is of."""
    return tasks.task(runtime.room().reader, actor_of(request), task)


@router.get("/readings/orders/{supervision_order}")
@may_answer(404)
def supervision_order(request: HttpRequest, supervision_order: UUID) -> OrderReading:
    """One supervision order with its texts, and the incident that it is on."""
    return orders.supervision_order(runtime.room().reader, actor_of(request), supervision_order)


@router.get("/readings/matters/{matter}")
@may_answer(404)
def matter(request: HttpRequest, matter: UUID) -> MatterReading:
    """One matter with what was written about it."""
    return matters.matter(runtime.room().reader, actor_of(request), matter)


@router.get("/readings/referrals/{referral}")
@may_answer(404)
def referral(request: HttpRequest, referral: UUID) -> ReferralReading:
    """One referral with what it carries, for the room and for the partner that it was sent to."""
    return referrals.referral(runtime.room().reader, actor_of(request), referral)


@router.get("/readings/field")
@may_answer(404)
def field(request: HttpRequest) -> FieldReading:
    """The own assignment of the officer who asks."""
    return records.field(runtime.room().reader, actor_of(request), _own_row(request))


def _own_row(request: HttpRequest) -> UnitRow:
    actor = reader(request, "field", unit=actor_of(request).unit)
    found = UnitView.objects.filter(id=actor.unit or "").values_list("row", flat=True).first()
    if found is None:
        raise NotFound
    return read_unit(found)

"""Readings over HTTP: personal data, each reading decided by policy and logged."""

import json
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import NotFound, actor_of, reader
from dutyroom.api.commands import Strict
from dutyroom.projections.models import IncidentView, UnitView
from dutyroom.readings import records

router = Router(tags=["readings"])


class WantedPlaces(Strict):
    incidents: Annotated[list[UUID], Field(min_length=1, max_length=1_000)]


@router.post("/readings/places")
def places(request: HttpRequest, body: WantedPlaces) -> dict[str, Any]:
    """Where these incidents are, exactly."""
    return {
        "places": records.places(runtime.room().reader, actor_of(request), body.incidents, now_ms())
    }


@router.get("/readings/incidents/{incident}")
def incident(request: HttpRequest, incident: UUID) -> dict[str, Any]:
    """Everything about one incident."""
    return records.incident(runtime.room().reader, actor_of(request), incident)


@router.get("/readings/calls/{call}")
def call(request: HttpRequest, call: UUID) -> dict[str, Any]:
    """The details of one call."""
    return records.call(runtime.room().reader, actor_of(request), call)


@router.get("/readings/emergencies/{unit}")
def emergency(request: HttpRequest, unit: str) -> dict[str, Any]:
    """Where a unit's emergency button was pressed, and the incident that it was on then."""
    return records.emergency(runtime.room().reader, actor_of(request), unit)


@router.get("/readings/duplicates")
def duplicates(
    request: HttpRequest,
    lon: Annotated[float, Query(ge=-180, le=180)],
    lat: Annotated[float, Query(ge=-90, le=90)],
    category: Annotated[str, Query(max_length=40)] = "",
    exclude: UUID | None = None,
) -> dict[str, Any]:
    """Open incidents near a place that may be the same."""
    room, actor = runtime.room(), actor_of(request)
    found = records.duplicates(room.reader, actor, lon, lat, category, exclude, now_ms())
    return {"candidates": found}


@router.get("/field")
def own_unit(request: HttpRequest) -> dict[str, Any]:
    """The own unit's row, without personal data: read the field page again when it changes."""
    row = _own_row(request)
    held = IncidentView.objects.filter(id=row["incident"] or "").values_list("position", flat=True)
    return {"unit": row, "incident_position": held.first()}


@router.get("/readings/field")
def field(request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """The own assignment of the officer who asks."""
    return records.field(runtime.room().reader, actor_of(request), _own_row(request))


def _own_row(request: HttpRequest) -> dict[str, Any]:
    actor = reader(request, "field", unit=actor_of(request).unit)
    found = UnitView.objects.filter(id=actor.unit or "").values_list("row", flat=True).first()
    if found is None:
        raise NotFound
    row: dict[str, Any] = json.loads(found)
    return row

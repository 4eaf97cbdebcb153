"""What a person reads of incidents and calls: details unsealed, each reading logged."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.citypack.near import street_near
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.kernel import About
from dutyroom.domain.units.events import UnitEmergencyRaised
from dutyroom.domain.units.row import UnitRow
from dutyroom.domain.units.state import UnitState
from dutyroom.journal import read
from dutyroom.projections import board
from dutyroom.projections.models import CallView, IncidentView
from dutyroom.projections.rows import read_call, read_incident
from dutyroom.readings.answers import (
    CallerReading,
    CallReading,
    EmergencyReading,
    FieldAssignment,
    FieldCaller,
    FieldIncident,
    FieldReading,
    IncidentPlace,
    IncidentReading,
    PressPosition,
)
from dutyroom.readings.places import opened_places
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Record, is_unsafe, said_in


def places(
    reader: Reader, actor: Actor, ids: Sequence[UUID], now_ms: int
) -> tuple[IncidentPlace, ...]:
    """Where incidents are, for the map and the queue: of those that are there, and no others."""
    reader.check(actor, "places")
    rows = board.incidents_on_board(now_ms).filter(id__in=[str(one) for one in ids])
    found = [
        (id_, position, read_incident(row).minor)
        for id_, position, row in rows.values_list("id", "place_position", "row")
    ]
    may = reader.reads_of_minors(actor, "places")
    positions = {id_: position for id_, position, minor in found if may or not minor}
    if not positions:
        return ()
    access = reader.open(
        actor,
        "places",
        incidents=[UUID(id_) for id_ in positions],
        minor=may and any(minor for _, _, minor in found),
    )
    return tuple(
        IncidentPlace(incident=id_, **msgspec.structs.asdict(place))
        for id_, place in opened_places(reader, access, positions).items()
        if place is not None
    )


def incident(reader: Reader, actor: Actor, id_: UUID) -> IncidentReading:
    """Everything about one incident. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "incident")
    row = _incident_row(id_)
    record = Record.load(reader, id_)
    facts = About(own=record.taken_by(actor.id))
    access = reader.open(
        actor, "incident", incidents=record.incidents, calls=record.calls, facts=facts
    )
    return record.detail(reader, access, row)


def call(reader: Reader, actor: Actor, id_: UUID) -> CallReading:
    """The details of one call. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "call")
    row = read_call(_row(CallView, id_))
    facts = About(own=row.claimed_by == actor.id)
    access = reader.open(actor, "call", calls=[id_], facts=facts)
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"call:{id_}"))
        unsafe = row.incident is not None and is_unsafe(reader, cursor, UUID(row.incident))
    said = said_in(reader.unseal(access, entries))
    if unsafe:
        said["number"] = ""
    return CallReading(row=row, because=access.because, unsafe=unsafe, **said)


def field(reader: Reader, actor: Actor, unit_row: UnitRow) -> FieldReading:
    """An officer's own assignment, with what is needed to handle it. Nothing else."""
    facts = About(unit=unit_row.id)
    if unit_row.incident is None:
        reader.open(actor, "field", facts=facts)
        return FieldReading(unit=unit_row, assignment=None, incident=None, next=())
    id_ = UUID(unit_row.incident)
    record = Record.load(reader, id_)
    access = reader.open(
        actor, "field", incidents=record.incidents, calls=record.calls, facts=facts
    )
    detail = record.detail(reader, access, _incident_row(id_))
    assignment = next(a for a in record.state.assignments if str(a.id) == unit_row.assignment)
    return FieldReading(
        unit=unit_row,
        assignment=FieldAssignment(
            id=str(assignment.id), state=assignment.state, since_ms=assignment.since_ms
        ),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=field_callers(detail.callers),
            attachments=detail.attachments,
        ),
        next=NEXT_STEPS.get(assignment.state, ()),
    )


def field_callers(callers: Sequence[CallerReading]) -> tuple[FieldCaller, ...]:
    """Who called, without on which line and when."""
    return tuple(FieldCaller(name=one.name, number=one.number, text=one.text) for one in callers)


NEXT_STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "dispatched": ("assignment.en_route", "assignment.on_scene"),
    "en_route": ("assignment.on_scene", "assignment.clear"),
    "on_scene": ("assignment.clear", "assignment.transport"),
    "transporting": ("assignment.at_facility", "assignment.clear"),
    "at_facility": ("assignment.clear",),
}


def emergency(reader: Reader, actor: Actor, unit: str) -> EmergencyReading:
    """Where the unit's emergency, which goes on, was raised. What it did since changes nothing.

    Raises `MayNotRead`, or `NoSuchRecord` if the unit has none.
    """
    reader.check(actor, "emergency", About(unit=unit))
    with connection.cursor() as cursor:
        state = reader.states.of(cursor, UnitState, f"unit:{unit}")
        pressed = read.latest(cursor, f"unit:{unit}", UnitEmergencyRaised.TYPE)
    if state is None or pressed is None or state.emergency == "quiet":
        raise NoSuchRecord(unit)
    incident = state.emergency_incident
    access = reader.open(
        actor, "emergency", incidents=[incident] if incident else [], facts=About(unit=unit)
    )
    [body] = reader.unseal(access, [pressed])
    position = (body or {}).get("position")
    street = street_near(reader.pack(), position["lon"], position["lat"]) if position else None
    return EmergencyReading(
        unit=unit,
        since_ms=state.emergency_since_ms,
        zone=state.emergency_zone or None,
        incident=str(incident) if incident else None,
        number=state.emergency_number or None,
        position=msgspec.convert(position, PressPosition) if position else None,
        street=street,
    )


def _incident_row(id_: UUID) -> IncidentRow:
    return read_incident(_row(IncidentView, id_))


def _row(view: Any, id_: UUID) -> str:
    found = view.objects.filter(id=str(id_)).values_list("row", flat=True).first()
    if found is None:
        raise NoSuchRecord(str(id_))
    return str(found)

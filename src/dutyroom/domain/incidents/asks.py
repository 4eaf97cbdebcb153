"""What a command about an incident needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from math import isfinite
from uuid import UUID

from dutyroom.domain.calls.known import IncidentOf
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LiftMinorMark,
    LiftUnsafeToContact,
    LinkCall,
    MarkMinor,
    MarkUnsafeToContact,
    MergeIncident,
    OnAssignment,
    OpenIncident,
    Reassign,
    RecordChase,
    SetPlace,
    SplitIncident,
    UndoReassign,
    UnlinkCall,
)
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.decide import IncidentCommand
from dutyroom.domain.incidents.known import (
    Approved,
    FreshNumber,
    OpenWork,
    ZoneAt,
    incident_of,
    zone_at,
)
from dutyroom.domain.incidents.state import AssignmentState, IncidentState, parts_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.units.known import unit_and_commitment
from dutyroom.domain.values import Place


def asks_of_incident(command: IncidentCommand, context: Context) -> Iterator[Ask]:
    """The incident, and the other records that the command is about.

    Some are known from others only: the calls of what is to be closed, the incident that a unit
    came from.
    """
    yield f"incident:{command.incident}"
    match command:
        case OpenIncident(place=place, call=call, unit=unit):
            yield FreshNumber()
            yield from _zone(place)
            if call is not None:
                yield from _call_and_its_incident(call, context)
            if unit:
                yield from unit_and_commitment(unit)
        case LinkCall(call=call) | RecordChase(call=call):
            yield from _call_and_its_incident(call, context)
        case UnlinkCall(call=call):
            yield f"call:{call}"
        case SetPlace(place=place):
            yield from _zone(place)
        case MergeIncident(into=into):
            yield f"incident:{into}"
        case SplitIncident(incident):
            state = incident_of(incident, context)
            if state is not None and state.merged_into is not None:
                yield f"incident:{state.merged_into}"
        case AcknowledgeChase(incident) | MarkUnsafeToContact(incident) | MarkMinor(incident):
            yield from _parts(incident, context)
        case LiftUnsafeToContact(incident) | LiftMinorMark(incident):
            yield from _parts(incident, context)
        case CloseIncident(incident) | ConcludeIncident(incident):
            yield Approved(incident)
            yield from _whole(incident, context)
        case Dispatch(units=units):
            for send in units:
                yield from unit_and_commitment(send.unit)
        case Reassign() | UndoReassign():
            yield from _moving(command, context)


def _zone(place: Place) -> Iterator[Ask]:
    """Nowhere (not a number) equals nothing, so that it would be asked for again and again."""
    if isfinite(place.lon) and isfinite(place.lat):
        yield ZoneAt(place.lon, place.lat)


def _call_and_its_incident(call: UUID, context: Context) -> Iterator[Ask]:
    linked = IncidentOf(call)
    yield f"call:{call}"
    yield linked
    before = context.answer(linked)
    if before is not None:
        yield f"incident:{before}"


def _parts(incident: UUID, context: Context) -> Iterator[Ask]:
    """All that was merged into it."""
    state = incident_of(incident, context)
    if state is not None:
        parts = parts_of(state, lambda id_: incident_of(id_, context))
        for one in (state, *(part for _, part in parts)):
            yield from (f"incident:{id_}" for id_ in one.absorbed)


def _whole(incident: UUID, context: Context) -> Iterator[Ask]:
    """All that is part of it, with all calls and the work that is still open."""
    state = incident_of(incident, context)
    if state is None:
        return
    parts = parts_of(state, lambda id_: incident_of(id_, context))
    for id_, one in ((incident, state), *parts):
        yield OpenWork(id_)
        yield from (f"call:{call}" for call in one.calls)
        yield from (f"incident:{id_}" for id_ in one.absorbed)


def _moving(command: Reassign | UndoReassign, context: Context) -> Iterator[Ask]:
    if isinstance(command, Reassign):
        yield f"incident:{command.to_incident}"
    assignment = _assignment(command, context)
    if assignment is None:
        return
    yield from unit_and_commitment(assignment.unit)
    if isinstance(command, UndoReassign) and assignment.moved_from is not None:
        yield f"incident:{assignment.moved_from.incident}"


def _assignment(command: OnAssignment, context: Context) -> AssignmentState | None:
    state = incident_of(command.incident, context)
    return state.assignment(command.assignment) if state else None


def about_incident(command: IncidentCommand, context: Context) -> About:
    """Who is on the incident; the unit of the assignment, or the one that met it on view; who looks
    after its zone, of one that is only being opened after the zone of its place."""
    state = incident_of(command.incident, context)
    on_incident = frozenset(one.unit for one in state.open_assignments) if state else frozenset()
    org = _looked_after_by(command, state, context)
    unit: str | None = None
    match command:
        case OpenIncident(unit=unit, channel=channel):
            on_view = channel == "on_view"
            return About(unit or None, on_incident, on_view=on_view, org=org, channel=channel)
        case OnAssignment():
            assignment = _assignment(command, context)
            unit = assignment.unit if assignment else None
    return About(unit, on_incident, org=org)


def _looked_after_by(
    command: IncidentCommand, state: IncidentState | None, context: Context
) -> str | None:
    """Who looks after it before the command; None if that isn't known."""
    zone_orgs = context.codes.org_of_zone
    if state is not None:
        known = state.zone in zone_orgs
        return looked_after_by(state, context.codes, context.loop) if known else None
    zone = zone_at(command.place, context) if isinstance(command, OpenIncident) else ""
    return zone_orgs.get(zone)

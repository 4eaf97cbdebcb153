"""What a decision needs to know: states, commitments, codes, a fresh number, the zone."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.actions import members
from dutyroom.actions.request import Request
from dutyroom.advice.advised import Advised
from dutyroom.citypack import CityPack
from dutyroom.citypack.codes import NO_CODES, codes_of
from dutyroom.core.ids import PUBLIC_NUMBERS, public_number
from dutyroom.domain.commands import OpenIncident, Place, Position, RaiseEmergency
from dutyroom.domain.context import Commitment, Context, Held
from dutyroom.domain.records import Records, needs
from dutyroom.domain.states import (
    CallState,
    HandoverState,
    IncidentState,
    State,
    UnitState,
)
from dutyroom.domain.whereabouts import place_doubt
from dutyroom.policy import Facts
from dutyroom.projections import crews

type StateOf = Callable[[str], State | None]


def facts_for_policy(command: Any, state: StateOf) -> Facts:
    """What policy may look at: the unit, who is on the incident, whether it was met on view."""
    incident_id = getattr(command, "incident", None)
    incident = state(f"incident:{incident_id}") if incident_id else None
    unit = getattr(command, "unit", None)
    on_incident: frozenset[str] = frozenset()
    if isinstance(incident, IncidentState):
        on_incident = frozenset(one.unit for one in incident.open_assignments)
        assignment_id = getattr(command, "assignment", None)
        assignment = incident.assignment(assignment_id) if assignment_id else None
        unit = assignment.unit if assignment else unit
    on_view = isinstance(command, OpenIncident) and command.channel == "on_view"
    return Facts(unit=unit or None, units_on_incident=on_incident, on_view=on_view)


def make_context(
    cursor: CursorWrapper,
    pack: CityPack | None,
    request: Request,
    now: int,
    state: StateOf,
    advised: Advised | None,
) -> Context:
    """Load what the command asks for. Runs under the journal's lock."""
    command = request.command
    context = Context(
        now_ms=now,
        occurred_at_ms=request.occurred_at_ms if request.occurred_at_ms is not None else now,
        actor=request.actor,
        codes=codes_of(pack) if pack else NO_CODES,
        pack_hash=pack.hash if pack else "",
    )
    asked = None
    while asked != (asked := needs(command, context)):  # some records are known from others only
        context = _load(cursor, pack, asked, context, state)
    if isinstance(command, RaiseEmergency) and pack is not None:
        return _at_the_press(cursor, pack, command, context, state)
    place = getattr(command, "place", None)
    return replace(
        context,
        number=_fresh_number(cursor) if isinstance(command, OpenIncident) else "",
        zone=pack.zone_at(place.lon, place.lat) if pack and isinstance(place, Place) else "",
        recommended=advised.chosen if advised else None,
        arrivals_s=advised.arrivals_s if advised else {},
        advised_at_ms=advised.shown_ms if advised else None,
    )


def _at_the_press(
    cursor: CursorWrapper,
    pack: CityPack,
    command: RaiseEmergency,
    context: Context,
    state: StateOf,
) -> Context:
    """Where the unit was when its button was pressed, and the incident that it was on then."""
    pressed_ms = context.occurred_at_ms
    position, last = command.position, _last_position(cursor, pack, command.unit)
    if position is None or place_doubt(position.lon, position.lat, pack.bounds):
        position = last
    elif last is not None and position.at_ms < last.at_ms <= pressed_ms:
        position = last  # what the phone sent along is an older fix than what is known
    elif position.at_ms > pressed_ms:  # its clock is wrong; its place needn't be
        position = replace(position, at_ms=pressed_ms)
    held = _held(cursor, command.unit, context.occurred_at_ms, state)
    zone = pack.zone_at(position.lon, position.lat) if position else ""
    return replace(context, position=position, held=held, zone=zone)


def _last_position(cursor: CursorWrapper, pack: CityPack, unit: str) -> Position | None:
    cursor.execute("SELECT lon, lat, at_ms FROM projections_unitposition WHERE unit = %s", [unit])
    row = cursor.fetchone()
    if row is None or place_doubt(row[0], row[1], pack.bounds):
        return None
    return Position(*row)


def _held(cursor: CursorWrapper, unit: str, at_ms: int, state: StateOf) -> Held | None:
    """The incident that the unit was on at a time that may lie back."""
    cursor.execute(
        "SELECT incident FROM projections_assignmentview WHERE unit = %s AND dispatched_at_ms <= %s"
        " AND (ended_at_ms IS NULL OR ended_at_ms > %s) ORDER BY dispatched_at_ms DESC",
        [unit, at_ms, at_ms],
    )
    row = cursor.fetchone()
    incident = state(f"incident:{row[0]}") if row else None
    return Held(UUID(row[0]), incident.number) if isinstance(incident, IncidentState) else None


def _load(
    cursor: CursorWrapper, pack: CityPack | None, asked: Records, context: Context, state: StateOf
) -> Context:
    calls = _states(CallState, "call", asked.calls, state)
    return replace(
        context,
        calls=calls,
        links=_links(cursor, calls),
        incidents=_states(IncidentState, "incident", asked.incidents, state),
        units=_units(pack, asked.units, state),
        commitments=_commitments(cursor, asked.units, state),
        handovers=_states(HandoverState, "handover", asked.handovers, state),
        aboard=crews.aboard(cursor, asked.people),
        receivers=members.receivers() if asked.receivers else None,
        open_incidents=_open_incidents(cursor) if asked.open_incidents else (),
    )


def _states[S: (CallState, IncidentState, HandoverState)](
    kind: type[S], prefix: str, ids: Iterable[UUID], state: StateOf
) -> dict[UUID, S]:
    found = ((id_, state(f"{prefix}:{id_}")) for id_ in sorted(ids))
    return {id_: one for id_, one in found if isinstance(one, kind)}


def _units(pack: CityPack | None, ids: Iterable[str], state: StateOf) -> dict[str, UnitState]:
    found: dict[str, UnitState] = {}
    for id_ in ids:
        if pack is not None and id_ in pack.unit_ids:
            unit = state(f"unit:{id_}")
            found[id_] = unit if isinstance(unit, UnitState) else UnitState()
    return found


def _commitments(
    cursor: CursorWrapper, units: Iterable[str], state: StateOf
) -> dict[str, Commitment]:
    found: dict[str, Commitment] = {}
    for unit in units:
        cursor.execute(
            'SELECT id, incident FROM projections_assignmentview WHERE unit = %s AND "open"',
            [unit],
        )
        row = cursor.fetchone()
        incident = state(f"incident:{row[1]}") if row else None
        if not isinstance(incident, IncidentState):
            continue
        assignment = incident.assignment(UUID(row[0]))
        if assignment is not None and assignment.open_state is not None:
            found[unit] = Commitment(
                UUID(row[1]), assignment.id, incident.number, assignment.open_state
            )
    return found


def _links(cursor: CursorWrapper, calls: Iterable[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for call in calls:
        cursor.execute("SELECT incident FROM projections_callview WHERE id = %s", [str(call)])
        row = cursor.fetchone()
        if row and row[0]:
            found[call] = UUID(row[0])
    return found


def _open_incidents(cursor: CursorWrapper) -> tuple[UUID, ...]:
    cursor.execute('SELECT id FROM projections_incidentview WHERE "open" ORDER BY opened_at_ms, id')
    return tuple(UUID(row[0]) for row in cursor.fetchall())


def _fresh_number(cursor: CursorWrapper) -> str:
    while True:
        number = public_number(secrets.randbelow(PUBLIC_NUMBERS))
        cursor.execute("SELECT 1 FROM projections_incidentview WHERE number = %s", [number])
        if cursor.fetchone() is None:
            return number

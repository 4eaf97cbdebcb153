"""From the facts of one action to the rows that it changes.

Each touched record's row is rendered from its state, so a rebuilt projection equals the live one:
both call `project` with the same facts in the same order. Raw upserts instead of the ORM, since
this runs inside every action.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.domain.calls.events import CallClaimed
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.incidents.events import (
    AssignmentCancelled,
    AssignmentCleared,
    AssignmentEnRoute,
    AssignmentOnScene,
    AssignmentRestored,
    AssignmentTakenOver,
    IncidentCallLinked,
    IncidentCallUnlinked,
    IncidentOpened,
    IncidentPlaceChanged,
    IncidentPriorityChanged,
    IncidentReleased,
    IncidentUnitDispatched,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.reads.events import RecordRead
from dutyroom.domain.units.events import UnitHeardFrom, UnitSignedOff, UnitSignedOn
from dutyroom.domain.units.state import UnitState
from dutyroom.projections import crews
from dutyroom.projections.facts import Fact, StateOf, by_stream
from dutyroom.projections.rows import (
    Change,
    Commitment,
    as_text,
    call_row,
    handover_row,
    incident_row,
    read_unit,
    unit_row,
)


def project(
    cursor: CursorWrapper, pack: CityPack, facts: Sequence[Fact], state_of: StateOf
) -> None:
    """Bring the read models up to date with the facts of one action.

    ``state_of`` gives the states after all these facts.
    """
    streams = by_stream(facts)
    _release_units(cursor, facts)
    for stream, here in _incidents_shown(streams, state_of).items():
        _project_incident(cursor, pack, stream, here, state_of)
    touched_calls = {one.id for one in facts if one.kind == "call"} | _linked_calls(facts)
    for call in sorted(touched_calls):
        _project_call(cursor, call, facts, state_of)
    for unit in sorted(_touched_units(facts, state_of)):
        if unit in pack.unit_ids:
            _project_unit(cursor, pack, unit, facts, state_of)
    for stream, here in streams.items():
        if stream.startswith("handover:"):
            _project_handover(cursor, here, state_of)
    for one in facts:
        if isinstance(one.event, RecordRead):
            project_read(cursor, one)


def project_read(cursor: CursorWrapper, one: Fact) -> None:
    """Note a reading for each incident that it was of."""
    read = one.event
    if not isinstance(read, RecordRead):
        raise TypeError(f"not a reading: {read}")
    rows = [
        (str(incident), one.position, one.role, one.occurred_at_ms, read.purpose, read.what)
        for incident in read.incidents
    ]
    cursor.executemany(
        "INSERT INTO projections_readview (incident, position, role, at_ms, purpose, what) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        rows,
    )


def seed_units(cursor: CursorWrapper, pack: CityPack, position: int, state_of: StateOf) -> None:
    """Give every unit of a newly adopted pack its row; units that are gone lose theirs."""
    here = [unit.id for unit in pack.units]
    marks = ", ".join(["%s"] * len(here)) or "''"
    cursor.execute(f"DELETE FROM projections_unitview WHERE id NOT IN ({marks})", here)
    cursor.execute(f"DELETE FROM projections_crewview WHERE unit NOT IN ({marks})", here)
    for unit in here:
        _write_unit(cursor, pack, unit, Change("", 0, position), None, state_of)
        state = state_of(f"unit:{unit}")
        if isinstance(state, UnitState):
            crews.write(cursor, unit, state.crew)


def clear(cursor: CursorWrapper) -> None:
    """Empty all read models (telemetry stays): the beginning of a rebuild."""
    for table in _TABLES:
        cursor.execute(f"DELETE FROM {table}")


_TABLES: Final = (
    "projections_callview",
    "projections_incidentview",
    "projections_assignmentview",
    "projections_unitview",
    "projections_crewview",
    "projections_handoverview",
    "projections_readview",
)


def _linked_calls(facts: Iterable[Fact]) -> set[str]:
    return {
        str(one.event.call)
        for one in facts
        if isinstance(one.event, IncidentCallLinked | IncidentCallUnlinked)
    }


def _touched_units(facts: Iterable[Fact], state_of: StateOf) -> set[str]:
    touched = {one.id for one in facts if one.kind == "unit"}
    for one in facts:
        unit = getattr(one.event, "unit", None)
        if one.kind == "incident" and isinstance(unit, str):
            touched.add(unit)
        if isinstance(one.event, _CHANGES_PRIORITY):  # which the rows of its units show
            incident = state_of(one.stream)
            if isinstance(incident, IncidentState):
                touched |= {each.unit for each in incident.open_assignments}
    return touched


_CHANGES_PRIORITY: Final = (
    IncidentPriorityChanged,
    IncidentUrgencyKept,
    IncidentReleased,
    IncidentCallUnlinked,
)


# --- incidents and assignments ---------------------------------------------------------------


def _incidents_shown(streams: Mapping[str, list[Fact]], state_of: StateOf) -> dict[str, list[Fact]]:
    """The facts by incident whose row shows them: its own, and those of what is merged into it."""
    shown = {stream: here for stream, here in streams.items() if stream.startswith("incident:")}
    for stream, here in tuple(shown.items()):
        seen = {stream}
        state = state_of(stream)
        while isinstance(state, IncidentState) and state.merged_into is not None:
            outer = f"incident:{state.merged_into}"
            if outer in seen:
                break
            seen.add(outer)
            if outer not in streams:
                shown.setdefault(outer, here)
            state = state_of(outer)
    return shown


def _merged_into(incident: IncidentState, state_of: StateOf) -> list[IncidentState]:
    """All that are part of an incident, along chains of merges."""
    found: list[IncidentState] = []
    waiting, seen = list(incident.absorbed), set[UUID]()
    while waiting:
        id_ = waiting.pop(0)
        state = state_of(f"incident:{id_}")
        if id_ not in seen and isinstance(state, IncidentState):
            seen.add(id_)
            found.append(state)
            waiting += state.absorbed
    return found


def _project_incident(
    cursor: CursorWrapper,
    pack: CityPack,
    stream: str,
    here: Sequence[Fact],
    state_of: StateOf,
) -> None:
    state = state_of(stream)
    if not isinstance(state, IncidentState):
        return
    last, id_ = here[-1], stream.partition(":")[2]
    row = incident_row(pack, id_, state, _change(last), _merged_into(state, state_of))
    placed = [
        one.position
        for one in here
        if one.stream == stream and isinstance(one.event, IncidentOpened | IncidentPlaceChanged)
    ]
    values = {
        "number": state.number,
        "zone": state.zone,
        "category": state.category,
        "priority": state.priority,
        "state": state.state,
        "open": state.state == "open",
        "opened_at_ms": state.opened_at_ms,
        "changed_at_ms": last.occurred_at_ms,
        "position": last.position,
        "row": as_text(row),
    }
    if placed:
        values["place_position"] = placed[-1]
    _upsert(cursor, "projections_incidentview", id_, values, only_new={"place_position": 0})
    changed = {getattr(one.event, "assignment", None) for one in here}
    for one in state.assignments:
        if one.id in changed:
            _project_assignment(cursor, id_, str(one.id), state, here)


def _release_units(cursor: CursorWrapper, facts: Iterable[Fact]) -> None:
    """A unit that moves leaves its old assignment before it gets the new one."""
    ended = AssignmentTakenOver | AssignmentCleared | AssignmentCancelled
    for one in facts:
        if isinstance(one.event, ended):
            cursor.execute(
                'UPDATE projections_assignmentview SET "open" = %s WHERE id = %s',
                [False, str(one.event.assignment)],
            )


def _project_assignment(
    cursor: CursorWrapper, incident: str, id_: str, state: IncidentState, here: Sequence[Fact]
) -> None:
    one = next(a for a in state.assignments if str(a.id) == id_)
    values: dict[str, Any] = {
        "incident": incident,
        "unit": one.unit,
        "state": one.state,
        "open": one.open_state is not None,
        "recommended": one.recommended,
        "reason": one.reason,
    }
    times: dict[str, int | None] = dict.fromkeys(
        ("en_route_at_ms", "on_scene_at_ms", "ended_at_ms")
    )
    fresh = {"override_reason": "", "dispatched_at_ms": one.since_ms, **times}
    for each in here:
        if str(getattr(each.event, "assignment", "")) == id_:
            values |= _times(each)
    _upsert(cursor, "projections_assignmentview", id_, values, only_new=fresh)


def _times(one: Fact) -> dict[str, Any]:
    match one.event:
        case IncidentUnitDispatched():
            return {
                "dispatched_at_ms": one.occurred_at_ms,
                "override_reason": one.event.override_reason,
            }
        case AssignmentEnRoute():
            return {"en_route_at_ms": one.occurred_at_ms}
        case AssignmentOnScene():
            return {"on_scene_at_ms": one.occurred_at_ms}
        case AssignmentCleared() | AssignmentCancelled() | AssignmentTakenOver():
            return {"ended_at_ms": one.occurred_at_ms}
        case AssignmentRestored():
            return {"ended_at_ms": None}
    return {}


# --- calls, units, handovers -----------------------------------------------------------------


def _project_call(
    cursor: CursorWrapper, id_: str, facts: Sequence[Fact], state_of: StateOf
) -> None:
    state = state_of(f"call:{id_}")
    if not isinstance(state, CallState):
        return
    cursor.execute("SELECT incident, claimed_at_ms FROM projections_callview WHERE id = %s", [id_])
    incident, claimed_at_ms = cursor.fetchone() or (None, None)
    last = facts[0]
    for one in facts:
        match one.event:
            case IncidentCallLinked(call) if str(call) == id_:
                incident, last = one.id, one
            case IncidentCallUnlinked(call) if str(call) == id_:
                incident, last = (None if incident == one.id else incident), one
            case CallClaimed() if one.id == id_:
                claimed_at_ms, last = claimed_at_ms or one.occurred_at_ms, one
            case _ if one.kind == "call" and one.id == id_:
                last = one
    row = call_row(id_, state, incident, _change(last))
    values = {
        "state": state.state,
        "incident": incident,
        "received_at_ms": state.received_at_ms,
        "claimed_at_ms": claimed_at_ms,
        "open": state.state != "ended",
        "position": last.position,
        "row": as_text(row),
    }
    _upsert(cursor, "projections_callview", id_, values)


def _project_unit(
    cursor: CursorWrapper, pack: CityPack, id_: str, facts: Sequence[Fact], state_of: StateOf
) -> None:
    last, heard_at_ms = facts[0], None
    for one in facts:
        about = one.id == id_ if one.kind == "unit" else getattr(one.event, "unit", None) == id_
        if about:
            last = one
            # What the crew itself reports is a sign of life; what others enter for it is not.
            if one.role == "field_officer" or isinstance(one.event, UnitHeardFrom):
                heard_at_ms = one.occurred_at_ms
        if one.id == id_ and isinstance(one.event, UnitSignedOn | UnitSignedOff):
            crews.write(cursor, id_, getattr(one.event, "crew", ()))
    _write_unit(cursor, pack, id_, _change(last), heard_at_ms, state_of)


def _write_unit(
    cursor: CursorWrapper,
    pack: CityPack,
    id_: str,
    last: Change,
    heard_at_ms: int | None,
    state_of: StateOf,
) -> None:
    state = state_of(f"unit:{id_}")
    unit = state if isinstance(state, UnitState) else UnitState()
    if heard_at_ms is None:
        cursor.execute('SELECT "row" FROM projections_unitview WHERE id = %s', [id_])
        found = cursor.fetchone()
        heard_at_ms = read_unit(found[0]).heard_at_ms if found else unit.heard_at_ms
    row = unit_row(pack, id_, unit, _commitment(cursor, id_, state_of), heard_at_ms, last)
    values = {"status": row.status, "position": last.position, "row": as_text(row)}
    _upsert(cursor, "projections_unitview", id_, values)


def _commitment(cursor: CursorWrapper, unit: str, state_of: StateOf) -> Commitment | None:
    cursor.execute(
        'SELECT id, incident FROM projections_assignmentview WHERE unit = %s AND "open"', [unit]
    )
    found = cursor.fetchone()
    if found is None:
        return None
    assignment, incident = found
    state = state_of(f"incident:{incident}")
    if not isinstance(state, IncidentState):
        return None
    one = next((a for a in state.assignments if str(a.id) == assignment), None)
    return Commitment(incident, state.number, state.priority, one) if one else None


def _project_handover(cursor: CursorWrapper, here: Sequence[Fact], state_of: StateOf) -> None:
    state = state_of(here[0].stream)
    if not isinstance(state, HandoverState):
        return
    position = here[-1].position
    row = handover_row(here[0].id, state, position)
    values = {"open": state.state == "offered", "position": position, "row": as_text(row)}
    _upsert(cursor, "projections_handoverview", here[0].id, values)


def _change(last: Fact) -> Change:
    return Change(last.actor, last.occurred_at_ms, last.position)


def _upsert(
    cursor: CursorWrapper,
    table: str,
    id_: str,
    values: Mapping[str, Any],
    only_new: Mapping[str, Any] | None = None,
) -> None:
    """Write one row by id. ``only_new`` are values for a row that does not exist yet."""
    first = {**(only_new or {}), **values}
    columns = ["id", *first]
    marks = ", ".join(["%s"] * len(columns))
    names = ", ".join(f'"{column}"' for column in columns)
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in values)
    cursor.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}",
        [id_, *first.values()],
    )

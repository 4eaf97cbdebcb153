"""Rows of incidents and of their assignments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec

from dutyroom.citypack.codes import codes_of
from dutyroom.domain.calls.events import CallDetailsRecorded
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.events import (
    AssignmentCancelled,
    AssignmentCleared,
    AssignmentEnRoute,
    AssignmentOnScene,
    AssignmentReceived,
    AssignmentRestored,
    AssignmentTakenOver,
    IncidentCallUnlinked,
    IncidentOpened,
    IncidentPlaceChanged,
    IncidentReleased,
    IncidentUnitDispatched,
    OfAssignment,
)
from dutyroom.domain.incidents.needed import NOBODY, Needed, may_be_needed, suggests
from dutyroom.domain.incidents.state import AssignmentState, IncidentState, parts_of
from dutyroom.journal.inserting import upsert
from dutyroom.projections.asked import KINDS, asked_about, incident_asked_about
from dutyroom.projections.facts import Fact, StateOf
from dutyroom.projections.latest import LatestRows
from dutyroom.projections.projector import Projector, Writing, change, own_facts
from dutyroom.projections.rows import as_text, read_incident

_ON_BOARD: Final = '"open" OR id IN (SELECT id FROM projections_chaseview WHERE waits)'
_FEWER_CHASES: Final = (IncidentCallUnlinked, IncidentReleased)
"""What may leave an incident without any chase."""
_LATEST: Final = LatestRows()


def _state(id_: object, state_of: StateOf) -> IncidentState | None:
    state = state_of(f"incident:{id_}")
    return state if isinstance(state, IncidentState) else None


def _part(writing: Writing, id_: UUID) -> IncidentState | None:
    return _state(id_, writing.state_of)


def _touched(writing: Writing) -> Mapping[str, Sequence[Fact]]:
    """The facts by incident whose row shows them: its own, those of what is merged into it, that
    one of its callers can be called back, and that somebody who may be needed is asked."""
    own = own_facts("incident", writing.facts)
    suggested = suggests(codes_of(writing.pack))
    for one in writing.facts:
        if isinstance(one.event, CallDetailsRecorded) and one.event.with_number:
            linked = _incident_of(writing, one.id)
            if linked is not None:
                own.setdefault(linked, []).append(one)
        elif suggested and (incident := incident_asked_about(writing, one)) is not None:
            own.setdefault(incident, []).append(one)
    shown: dict[str, Sequence[Fact]] = dict(own)
    for id_, here in own.items():
        seen = {id_}
        state = _state(id_, writing.state_of)
        while state is not None and state.merged_into is not None:
            outer = str(state.merged_into)
            if outer in seen:
                break
            seen.add(outer)
            if outer not in own:
                shown.setdefault(outer, here)
            state = _state(outer, writing.state_of)
    return shown


def _incident_of(writing: Writing, call: str) -> str | None:
    writing.cursor.execute("SELECT incident FROM projections_callview WHERE id = %s", [call])
    row = writing.cursor.fetchone()
    return row[0] if row else None


def _calls(whole: Iterable[IncidentState], state_of: StateOf) -> Iterator[CallState]:
    """The calls of an incident and of what is merged into it."""
    found = (state_of(f"call:{call}") for part in whole for call in part.calls)
    return (one for one in found if isinstance(one, CallState))


def _asked(writing: Writing, whole: Mapping[str, IncidentState], here: Sequence[Fact]) -> Needed:
    """Who was asked about an incident, the first of the whole, as far as its open points ask."""
    state = next(iter(whole.values()))
    needed = may_be_needed(state, codes_of(writing.pack), minor=False)
    if state.state != "open" or needed == NOBODY:
        return NOBODY
    stream = f"incident:{next(iter(whole))}"
    fresh = any(isinstance(f.event, IncidentOpened) and f.stream == stream for f in here)
    if fresh and len(whole) == 1 and not any(one.kind in KINDS for one in here):
        return NOBODY  # nobody can have been asked before
    return asked_about(writing.cursor, [*whole])


def _write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
    state = _state(id_, writing.state_of)
    if state is None:
        return
    last, stream = here[-1], f"incident:{id_}"
    parts = {str(part): one for part, one in parts_of(state, partial(_part, writing))}
    merged = [*parts.values()]
    placed = [
        one.position
        for one in here
        if one.stream == stream and isinstance(one.event, IncidentOpened | IncidentPlaceChanged)
    ]
    calls = [*_calls((state, *merged), writing.state_of)]
    asked = _asked(writing, {id_: state} | parts, here)
    row = _LATEST.row(writing.pack, id_, state, change(last), merged, calls, asked)
    values = {
        "zone": state.zone,
        "category": state.category,
        "priority": state.priority,
        "state": state.state,
        "changed_at_ms": last.occurred_at_ms,
        "org": row.org,
        "progress": row.progress,
        "position": last.position,
        "row": as_text(row),
    }
    if placed:
        values["place_position"] = placed[-1]
    # An index is written for each of its columns that an UPDATE names, changed or not.
    first = {"number": state.number, "opened_at_ms": state.opened_at_ms, "place_position": 0}
    was, is_open = writing.before.get(stream), state.state == "open"
    knows = isinstance(was, IncidentState) and (was.state == "open") == is_open
    (first if knows else values)["open"] = is_open
    upsert(writing.cursor, "projections_incidentview", id_, values, only_new=first)
    if row.chases or any(isinstance(one.event, _FEWER_CHASES) for one in here):
        waits = not row.chase_seen and state.state != "merged"
        upsert(writing.cursor, "projections_chaseview", id_, {"waits": waits})
    changed: dict[UUID, list[Fact]] = {}
    for one in here:
        if isinstance(one.event, OfAssignment):
            changed.setdefault(one.event.assignment, []).append(one)
    for assignment in state.assignments:
        if assignment.id in changed:
            _write_assignment(writing, id_, assignment, changed[assignment.id])


def _release_units(writing: Writing) -> None:
    """A unit that moves leaves its old assignment before it gets the new one."""
    for one in writing.facts:
        if isinstance(one.event, AssignmentTakenOver | AssignmentCleared | AssignmentCancelled):
            writing.cursor.execute(
                'UPDATE projections_assignmentview SET "open" = %s WHERE id = %s',
                [False, str(one.event.assignment)],
            )


def _write_assignment(
    writing: Writing, incident: str, one: AssignmentState, here: Sequence[Fact]
) -> None:
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
    received = (f.event.since_ms for f in here if isinstance(f.event, AssignmentReceived))
    fresh = {
        "override_reason": "",
        "dispatched_at_ms": next(received, one.since_ms),  # when it came; it may be over by now
        **times,
    }
    for each in here:
        values |= _times(each)
    upsert(writing.cursor, "projections_assignmentview", str(one.id), values, only_new=fresh)


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


def _follow_pack(writing: Writing, _position: int) -> None:
    """What is open is for who looks after its zone by the newly adopted pack: the one before sees
    it no longer."""
    cursor, codes = writing.cursor, codes_of(writing.pack)
    cursor.execute(f"SELECT DISTINCT zone, org FROM projections_incidentview WHERE {_ON_BOARD}")
    found = cursor.fetchall()
    orgs = {zone: writing.pack.org_of_zone(zone) for zone, _ in found}
    for zone in dict.fromkeys(zone for zone, org in found if orgs[zone] != org):
        cursor.execute(
            "SELECT id, row FROM projections_incidentview "
            f"WHERE zone = %s AND (org IS NULL OR org <> %s) AND ({_ON_BOARD})",
            [zone, orgs[zone]],
        )
        for id_, text in cursor.fetchall():
            state, row = _state(id_, writing.state_of), read_incident(text)
            org = looked_after_by(state, codes, writing.pack.loop) if state else row.org
            if org == row.org:  # a complaint lies above the organisation of its zone
                continue
            cursor.execute(
                "UPDATE projections_incidentview SET org = %s, row = %s WHERE id = %s",
                [org, as_text(msgspec.structs.replace(row, org=org)), id_],
            )


PROJECTOR: Final = Projector(
    tables=(
        "projections_incidentview",
        "projections_chaseview",
        "projections_assignmentview",
    ),
    touched=_touched,
    write=_write,
    before=_release_units,
    adopted=_follow_pack,
)

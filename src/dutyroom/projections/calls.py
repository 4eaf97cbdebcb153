"""Rows of calls."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from dutyroom.domain.calls.events import CallClaimed
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.incidents.events import (
    IncidentCallLinked,
    IncidentCallUnlinked,
    IncidentChased,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.journal.inserting import upsert
from dutyroom.projections.facts import Fact
from dutyroom.projections.projector import Projector, Writing, change
from dutyroom.projections.rows import as_text, call_row


def _touched(writing: Writing) -> Mapping[str, Sequence[Fact]]:
    """Their own facts, and those that link them to an incident or take them off it."""
    found: dict[str, list[Fact]] = {}
    for one in writing.facts:
        if one.kind == "call":
            found.setdefault(one.id, []).append(one)
        elif isinstance(one.event, IncidentCallLinked | IncidentCallUnlinked | IncidentChased):
            found.setdefault(str(one.event.call), []).append(one)
    return {id_: found[id_] for id_ in sorted(found)}


def _write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
    state, cursor = writing.state_of(f"call:{id_}"), writing.cursor
    if not isinstance(state, CallState):
        return
    cursor.execute("SELECT incident, claimed_at_ms FROM projections_callview WHERE id = %s", [id_])
    incident, claimed_at_ms = cursor.fetchone() or (None, None)
    for one in here:
        match one.event:
            case IncidentCallLinked() | IncidentChased():
                incident = one.id
            case IncidentCallUnlinked():
                incident = None if incident == one.id else incident
            case CallClaimed():
                claimed_at_ms = claimed_at_ms or one.occurred_at_ms
    last = here[-1]
    linked = writing.state_of(f"incident:{incident}") if incident else None
    chase = isinstance(linked, IncidentState) and linked.is_chase(UUID(id_))
    values = {
        "state": state.state,
        "incident": incident,
        "received_at_ms": state.received_at_ms,
        "claimed_at_ms": claimed_at_ms,
        "open": state.state != "ended",
        "position": last.position,
        "row": as_text(call_row(id_, state, incident, change(last), chase=chase)),
    }
    upsert(cursor, "projections_callview", id_, values)


PROJECTOR: Final = Projector(("projections_callview",), _touched, _write)

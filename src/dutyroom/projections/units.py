"""Rows of units, and who is aboard."""

from collections.abc import Mapping, Sequence
from typing import Final

from dutyroom.domain.incidents.events import (
    IncidentCallUnlinked,
    IncidentPriorityChanged,
    IncidentReleased,
    IncidentUrgencyKept,
    OfAssignment,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Change
from dutyroom.domain.units.events import UnitHeardFrom, UnitSignedOff, UnitSignedOn
from dutyroom.domain.units.state import UnitState
from dutyroom.journal.inserting import upsert
from dutyroom.projections import crews
from dutyroom.projections.facts import Fact
from dutyroom.projections.projector import Projector, Writing, change
from dutyroom.projections.rows import Commitment, as_text, read_unit, unit_row

_CHANGES_PRIORITY: Final = (
    IncidentPriorityChanged,
    IncidentUrgencyKept,
    IncidentReleased,
    IncidentCallUnlinked,
)


def _touched(writing: Writing) -> Mapping[str, Sequence[Fact]]:
    """The facts about units of the pack: their own, and those of their assignments. Where only the
    priority changed that they show, the action's first fact stands for it."""
    found: dict[str, list[Fact]] = {}
    shown: set[str] = set()
    for one in writing.facts:
        if one.kind == "unit":
            found.setdefault(one.id, []).append(one)
        elif isinstance(one.event, OfAssignment):
            found.setdefault(one.event.unit, []).append(one)
        elif isinstance(one.event, _CHANGES_PRIORITY):
            incident = writing.state_of(one.stream)
            if isinstance(incident, IncidentState):
                shown |= {each.unit for each in incident.open_assignments}
    for unit in shown:
        found.setdefault(unit, [writing.facts[0]])
    return {id_: found[id_] for id_ in sorted(found) if id_ in writing.pack.unit_ids}


def _write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
    heard_at_ms = None
    for one in here:
        # What the crew itself reports is a sign of life; what others enter for it is not.
        about = one.kind == "unit" or isinstance(one.event, OfAssignment)
        if about and (one.role == "field_officer" or isinstance(one.event, UnitHeardFrom)):
            heard_at_ms = one.occurred_at_ms
        match one.event:
            case UnitSignedOn(crew):
                crews.write(writing.cursor, id_, crew)
            case UnitSignedOff():
                crews.write(writing.cursor, id_, ())
    _write_row(writing, id_, change(here[-1]), heard_at_ms)


def _write_row(writing: Writing, id_: str, last: Change, heard_at_ms: int | None) -> None:
    state, cursor = writing.state_of(f"unit:{id_}"), writing.cursor
    unit = state if isinstance(state, UnitState) else UnitState()
    if heard_at_ms is None:
        cursor.execute('SELECT "row" FROM projections_unitview WHERE id = %s', [id_])
        found = cursor.fetchone()
        heard_at_ms = read_unit(found[0]).heard_at_ms if found else unit.heard_at_ms
    row = unit_row(writing.pack, id_, unit, _commitment(writing, id_), heard_at_ms, last)
    values = {"status": row.status, "position": last.position, "row": as_text(row)}
    upsert(cursor, "projections_unitview", id_, values)


def _commitment(writing: Writing, unit: str) -> Commitment | None:
    writing.cursor.execute(
        'SELECT id, incident FROM projections_assignmentview WHERE unit = %s AND "open"', [unit]
    )
    found = writing.cursor.fetchone()
    if found is None:
        return None
    assignment, incident = found
    state = writing.state_of(f"incident:{incident}")
    if not isinstance(state, IncidentState):
        return None
    one = next((a for a in state.assignments if str(a.id) == assignment), None)
    return Commitment(incident, state.number, state.priority, one) if one else None


def _seed(writing: Writing, position: int) -> None:
    """Every unit of the newly adopted pack gets its row; units that are gone lose theirs."""
    cursor, here = writing.cursor, [unit.id for unit in writing.pack.units]
    marks = ", ".join(["%s"] * len(here)) or "''"
    cursor.execute(f"DELETE FROM projections_unitview WHERE id NOT IN ({marks})", here)
    cursor.execute(f"DELETE FROM projections_crewview WHERE unit NOT IN ({marks})", here)
    for unit in here:
        _write_row(writing, unit, Change("", 0, position), None)
        state = writing.state_of(f"unit:{unit}")
        if isinstance(state, UnitState):
            crews.write(cursor, unit, state.crew)


PROJECTOR: Final = Projector(
    tables=("projections_unitview", "projections_crewview"),
    touched=_touched,
    write=_write,
    adopted=_seed,
)

"""It concerns a minor: a mark on an incident and all that is part of it, set and lifted by hand."""

from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.commands import LiftMinorMark, MarkMinor
from dutyroom.domain.incidents.events import IncidentMinorMarked, IncidentMinorMarkLifted
from dutyroom.domain.incidents.known import whole_of
from dutyroom.domain.incidents.state import Find, IncidentState, outermost, parts_of
from dutyroom.domain.kernel import Decision, Emitted


def concerns_minor(id_: UUID, find: Find) -> bool:
    """Whether an incident, what it was merged into, or anything that is merged there is marked."""
    state = find(outermost(id_, find))
    if state is None:
        return False
    return state.minor or any(part.minor for _, part in parts_of(state, find))


def decide_mark_minor(command: MarkMinor, state: IncidentState, context: Context) -> Decision:
    """Mark it, with all that is merged into it: what is split out again stays marked."""
    return tuple(
        Emitted(f"incident:{id_}", IncidentMinorMarked())
        for id_, part in whole_of(command.incident, state, context)
        if not part.minor
    )


def decide_lift_minor(command: LiftMinorMark, state: IncidentState, context: Context) -> Decision:
    """Lift the mark, from all that is part of it."""
    return tuple(
        Emitted(f"incident:{id_}", IncidentMinorMarkLifted(command.reason))
        for id_, part in whole_of(command.incident, state, context)
        if part.minor
    )

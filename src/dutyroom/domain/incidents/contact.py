"""Not safe to contact: a mark on an incident and all that is part of it, set and lifted by hand."""

from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.calls.known import NotSafe
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.commands import LiftUnsafeToContact, MarkUnsafeToContact
from dutyroom.domain.incidents.events import IncidentContactSafe, IncidentContactUnsafe
from dutyroom.domain.incidents.known import whole_of
from dutyroom.domain.incidents.state import Find, IncidentState, outermost, parts_of
from dutyroom.domain.kernel import Decision, Emitted


def not_safe(id_: UUID, find: Find) -> NotSafe | None:
    """The mark on an incident, on what it was merged into, or on anything that is merged there:
    who called about one part of a matter is in danger by all of it."""
    outer = outermost(id_, find)
    state = find(outer)
    if state is None:
        return None
    for one, part in ((outer, state), *parts_of(state, find)):
        if part.unsafe:
            return NotSafe(one, part.number, part.unsafe_reason)
    return None


def decide_mark(command: MarkUnsafeToContact, state: IncidentState, context: Context) -> Decision:
    """Mark it, with all that is merged into it: what is split out again stays marked."""
    reason = command.reason
    if reason not in (context.codes.contact_reasons or {""}):
        return (
            shared_refusals.unknown_code("reason", reason)
            if reason
            else shared_refusals.reason_needed("reason")
        )
    return tuple(
        Emitted(f"incident:{id_}", IncidentContactUnsafe(reason))
        for id_, part in whole_of(command.incident, state, context)
        if not part.unsafe or part.unsafe_reason != reason
    )


def decide_lift(command: LiftUnsafeToContact, state: IncidentState, context: Context) -> Decision:
    """Lift the mark, from all that is part of it."""
    return tuple(
        Emitted(f"incident:{id_}", IncidentContactSafe())
        for id_, part in whole_of(command.incident, state, context)
        if part.unsafe
    )

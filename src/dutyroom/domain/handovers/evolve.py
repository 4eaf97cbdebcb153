"""What an event changes in a handover."""

from dataclasses import replace

from dutyroom.domain.handovers.events import (
    HandoverCancelled,
    HandoverCompleted,
    HandoverIncidentConfirmed,
    HandoverStarted,
)
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.kernel import Event
from dutyroom.domain.values import with_id


def evolve_handover(state: HandoverState | None, event: Event, at_ms: int) -> HandoverState | None:
    """A handover after an event of its stream."""
    if state is None:
        if isinstance(event, HandoverStarted):
            return HandoverState(
                "offered", event.by, event.to, at_ms, event.incidents, org=event.org
            )
        return None
    match event:
        case HandoverIncidentConfirmed(incident):
            return replace(state, confirmed=with_id(state.confirmed, incident))
        case HandoverCompleted():
            return replace(state, state="completed", since_ms=at_ms)
        case HandoverCancelled(because):
            left = because == "left"
            return replace(state, state="cancelled", since_ms=at_ms, left=left)
    return state

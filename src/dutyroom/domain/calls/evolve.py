"""What an event changes in a call."""

from dutyroom.domain.calls.events import (
    CallCalledBack,
    CallClaimed,
    CallDetailsRecorded,
    CallEnded,
    CallHungUp,
    CallMarkedSilent,
    CallReceived,
    CallReleased,
)
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.kernel import Event
from dutyroom.domain.replacing import replace


def evolve_call(state: CallState | None, event: Event, at_ms: int) -> CallState | None:
    """A call after an event of its stream."""
    if state is None:
        if isinstance(event, CallReceived):
            return CallState(
                "ringing",
                event.line,
                at_ms,
                at_ms,
                org=event.org,
                has_number=event.with_number,
            )
        return None
    match event:
        case CallClaimed(by):
            return replace(state, state="claimed", claimed_by=by, since_ms=at_ms)
        case CallReleased() if state.hung_up:
            return replace(state, state="abandoned", claimed_by="", since_ms=at_ms)
        case CallReleased():
            return replace(state, state="ringing", claimed_by="", since_ms=at_ms)
        case CallHungUp() if state.state != "ended":
            return replace(state, state="abandoned", hung_up=True, since_ms=at_ms)
        case CallMarkedSilent():
            return replace(state, silent=True)
        case CallCalledBack():
            return replace(state, call_backs=state.call_backs + 1)
        case CallDetailsRecorded(with_number):
            return replace(state, has_details=True, has_number=with_number or state.has_number)
        case CallEnded(reason):
            return replace(state, state="ended", no_incident_reason=reason, since_ms=at_ms)
    return state

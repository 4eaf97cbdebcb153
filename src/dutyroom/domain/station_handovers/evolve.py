"""What an event changes in a station's handover."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
from dutyroom.domain.station_handovers.events import (
    StationHandoverCancelled,
    StationHandoverCompleted,
    StationHandoverStarted,
    StationHandoverTaken,
    StationItemConfirmed,
)
from dutyroom.domain.station_handovers.state import Confirmed, StationHandoverState


def evolve_station_handover(
    state: StationHandoverState | None, event: Event, at_ms: int
) -> StationHandoverState | None:
    """A handover after an event of its stream."""
    if state is None:
        if isinstance(event, StationHandoverStarted):
            return StationHandoverState("open", event.org, event.by, event.to, at_ms, event.items)
        return None
    match event:
        case StationHandoverTaken(by):
            return replace(state, to=by)
        case StationItemConfirmed(_, kind, item, owner):
            others = (one for one in state.confirmed if (one.kind, one.item) != (kind, item))
            return replace(state, confirmed=(*others, Confirmed(kind, item, owner)))
        case StationHandoverCompleted(by):
            return replace(state, phase="completed", ended_by=by, ended_ms=at_ms)
        case StationHandoverCancelled(by):
            return replace(state, phase="cancelled", ended_by=by, ended_ms=at_ms)
    return state

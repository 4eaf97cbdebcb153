"""What an event changes in a unit."""

from dutyroom.domain.kernel import Event
from dutyroom.domain.replacing import replace
from dutyroom.domain.units.events import (
    UnitEmergencyAcknowledged,
    UnitEmergencyEnded,
    UnitEmergencyRaised,
    UnitFreed,
    UnitHeardFrom,
    UnitMarkedAvailable,
    UnitMarkedUnavailable,
    UnitSignedOff,
    UnitSignedOn,
)
from dutyroom.domain.units.state import UnitState


def evolve_unit(state: UnitState | None, event: Event, at_ms: int) -> UnitState:
    """A unit after an event of its stream. A unit without events is `UnitState()`."""
    state = state or UnitState()
    match event:
        case UnitSignedOn(crew) if state.on_duty:
            return replace(state, crew=crew)
        case UnitSignedOn(crew):
            return replace(state, on_duty=True, crew=crew, since_ms=at_ms)
        case UnitSignedOff():
            return replace(state, on_duty=False, crew=(), unavailable_reason="", since_ms=at_ms)
        case UnitMarkedUnavailable(reason):
            return replace(state, unavailable_reason=reason, since_ms=at_ms)
        case UnitMarkedAvailable():
            return replace(state, unavailable_reason="", since_ms=at_ms)
        case UnitFreed():
            return replace(state, since_ms=max(state.since_ms, at_ms))
        case UnitHeardFrom():
            return replace(state, heard_at_ms=at_ms)
        case UnitEmergencyRaised(_, zone, incident, number):
            return replace(
                state,
                emergency="raised",
                emergency_since_ms=at_ms,
                emergency_zone=zone,
                emergency_incident=incident,
                emergency_number=number,
            )
        case UnitEmergencyAcknowledged():
            return replace(state, emergency="acknowledged")
        case UnitEmergencyEnded():
            return replace(
                state,
                emergency="quiet",
                emergency_since_ms=None,
                emergency_zone="",
                emergency_incident=None,
                emergency_number="",
            )
    return state

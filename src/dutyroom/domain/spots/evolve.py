"""What an event changes in a spot."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
from dutyroom.domain.spots.events import SpotDropped, SpotTakenOn
from dutyroom.domain.spots.state import SpotState


def evolve_spot(state: SpotState | None, event: Event, at_ms: int) -> SpotState | None:
    """A spot after an event of its stream."""
    if state is None:
        return SpotState("taken_on", event, at_ms) if isinstance(event, SpotTakenOn) else None
    return replace(state, phase="dropped") if isinstance(event, SpotDropped) else state

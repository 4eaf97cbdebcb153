"""What is known of a spot: a public place, and no person."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.kernel import Deadline
from dutyroom.domain.spots.events import SpotTakenOn

type SpotPhase = Literal["taken_on", "dropped"]


@dataclass(frozen=True, slots=True)
class SpotState:
    phase: SpotPhase
    taken: SpotTakenOn
    at_ms: int

    def phase_at(self, now_ms: int) -> str:
        """Its phase at a time: it ends by itself."""
        over = self.phase == "taken_on" and now_ms >= self.taken.until_ms
        return "over" if over else self.phase


def clocks(state: SpotState) -> tuple[Deadline, ...]:
    """When it ends by itself."""
    return (Deadline("expire", state.taken.until_ms, ends=True),)

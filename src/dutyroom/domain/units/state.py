"""What is known of a unit. No personal data but the names of its crew."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.marked import IncidentId, MemberId, UnavailableReason, ZoneId
from dutyroom.domain.values import OpenPhase

type Emergency = Literal["quiet", "raised", "acknowledged"]
type UnitStatus = Literal["off_duty", "unavailable", "available"] | OpenPhase


@dataclass(frozen=True, slots=True)
class UnitState:
    """The default is a unit that never signed on. `heard_at_ms` is its last real message.

    Zone, incident and public number of an emergency are those of the press, whatever came after.
    `since_ms` is when its duty or availability last changed, or its last assignment ended.
    """

    on_duty: bool = False
    crew: tuple[MemberId, ...] = ()
    unavailable_reason: UnavailableReason = ""
    since_ms: int = 0
    heard_at_ms: int | None = None
    emergency: Emergency = "quiet"
    emergency_since_ms: int | None = None
    emergency_zone: ZoneId = ""
    emergency_incident: IncidentId | None = None
    emergency_number: str = ""

    @property
    def unavailable(self) -> bool:
        return self.unavailable_reason != ""

    def status(self, committed: OpenPhase | None) -> UnitStatus:
        """The derived status. `committed` is the state of its most advanced open assignment."""
        if committed is not None:
            return committed
        if not self.on_duty:
            return "off_duty"
        return "unavailable" if self.unavailable else "available"

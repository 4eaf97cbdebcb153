"""Events of a unit. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    AssignmentId,
    IncidentId,
    MemberId,
    UnavailableReason,
    UnitId,
    ZoneId,
)
from dutyroom.domain.units.commands import MoveReason


@dataclass(frozen=True, slots=True)
class UnitSignedOn(Event):
    TYPE: ClassVar[str] = "unit.signed_on.v1"
    crew: tuple[MemberId, ...]


@dataclass(frozen=True, slots=True)
class UnitCrewMoved(Event):
    """These people come from another unit, which has gone on without them or off duty."""

    TYPE: ClassVar[str] = "unit.crew_moved.v1"
    members: tuple[MemberId, ...]
    from_unit: UnitId
    reason: MoveReason


@dataclass(frozen=True, slots=True)
class UnitSignedOff(Event):
    TYPE: ClassVar[str] = "unit.signed_off.v1"


@dataclass(frozen=True, slots=True)
class UnitMarkedUnavailable(Event):
    TYPE: ClassVar[str] = "unit.marked_unavailable.v1"
    reason: UnavailableReason


@dataclass(frozen=True, slots=True)
class UnitMarkedAvailable(Event):
    TYPE: ClassVar[str] = "unit.marked_available.v1"


@dataclass(frozen=True, slots=True)
class UnitFreed(Event):
    """Its assignment ended and it has no other: it is available, or unavailable, since then."""

    TYPE: ClassVar[str] = "unit.freed.v1"
    assignment: AssignmentId


@dataclass(frozen=True, slots=True)
class UnitHeardFrom(Event):
    TYPE: ClassVar[str] = "unit.heard_from.v1"


@dataclass(frozen=True, slots=True)
class UnitEmergencyRaised(Event):
    """Zone and incident (with its public number) are those of the press; empty if unknown, and in
    older journals. The position itself is sealed."""

    TYPE: ClassVar[str] = "unit.emergency_raised.v1"
    by: MemberId
    zone: ZoneId = ""
    incident: IncidentId | None = None
    number: str = ""

    @property
    def public_number(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True)
class UnitEmergencyAcknowledged(Event):
    TYPE: ClassVar[str] = "unit.emergency_acknowledged.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class UnitEmergencyEnded(Event):
    TYPE: ClassVar[str] = "unit.emergency_ended.v1"
    by: MemberId

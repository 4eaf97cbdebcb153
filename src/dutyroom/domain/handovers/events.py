"""Events of a handover. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Event


@dataclass(frozen=True, slots=True)
class HandoverStarted(Event):
    """`incidents` are those that were open at the start."""

    TYPE: ClassVar[str] = "desk.handover_started.v1"
    by: str
    to: str
    incidents: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class HandoverIncidentConfirmed(Event):
    TYPE: ClassVar[str] = "desk.incident_confirmed.v1"
    incident: UUID


@dataclass(frozen=True, slots=True)
class HandoverCompleted(Event):
    TYPE: ClassVar[str] = "desk.handover_completed.v1"


@dataclass(frozen=True, slots=True)
class HandoverCancelled(Event):
    TYPE: ClassVar[str] = "desk.handover_cancelled.v1"

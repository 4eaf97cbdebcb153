"""Events of a handover. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath


@dataclass(frozen=True, slots=True)
class HandoverStarted(Event):
    """`incidents` are those that were open at the start.

    `org` is the path of the organisation of who hands over: "" is the whole room, and what older
    journals say.
    """

    TYPE: ClassVar[str] = "desk.handover_started.v1"
    by: MemberId
    to: MemberId
    incidents: tuple[IncidentId, ...]
    org: OrgPath = ""


@dataclass(frozen=True, slots=True)
class HandoverIncidentConfirmed(Event):
    TYPE: ClassVar[str] = "desk.incident_confirmed.v1"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class HandoverCompleted(Event):
    TYPE: ClassVar[str] = "desk.handover_completed.v1"


@dataclass(frozen=True, slots=True)
class HandoverCancelled(Event):
    """`because`: "left" where the one to whom it was offered has left, or does other work."""

    TYPE: ClassVar[str] = "desk.handover_cancelled.v1"
    because: Literal["", "left"] = ""

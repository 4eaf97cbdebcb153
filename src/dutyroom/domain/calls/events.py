"""Events of a call. Never edited, deleted or renamed: a new meaning is a new class and version."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.calls.commands import LineId
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import MemberId, NoIncidentReason, OrgPath


@dataclass(frozen=True, slots=True)
class CallReceived(Event):
    """`org` is the path of the organisation of who received it: "" is the whole room, and what
    older journals say. `with_number`: its number is in the sealed body; older ones don't say."""

    TYPE: ClassVar[str] = "call.received.v1"
    line: LineId
    org: OrgPath = ""
    with_number: bool | None = None


@dataclass(frozen=True, slots=True)
class CallClaimed(Event):
    TYPE: ClassVar[str] = "call.claimed.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class CallReleased(Event):
    TYPE: ClassVar[str] = "call.released.v1"


@dataclass(frozen=True, slots=True)
class CallHungUp(Event):
    TYPE: ClassVar[str] = "call.hung_up.v1"


@dataclass(frozen=True, slots=True)
class CallMarkedSilent(Event):
    TYPE: ClassVar[str] = "call.marked_silent.v1"


@dataclass(frozen=True, slots=True)
class CallCalledBack(Event):
    TYPE: ClassVar[str] = "call.called_back.v1"
    outcome: str


@dataclass(frozen=True, slots=True)
class CallDetailsRecorded(Event):
    """The details themselves are sealed; only the fields that were said are in the sealed body.
    `with_number`: a number to call back on is one of them; older journals don't say."""

    TYPE: ClassVar[str] = "call.details_recorded.v1"
    with_number: bool | None = None


@dataclass(frozen=True, slots=True)
class CallEnded(Event):
    TYPE: ClassVar[str] = "call.ended.v1"
    no_incident_reason: NoIncidentReason

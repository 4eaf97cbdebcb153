"""Events of a supervision order. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath, Priority, TaskReason
from dutyroom.domain.tasks.commands import TaskId, Team


@dataclass(frozen=True, slots=True)
class OrderGiven(Event):
    """`number` is the incident's. `from_org` is that of who gave it, "" the room. What is ordered
    is sealed."""

    TYPE: ClassVar[str] = "supervision_order.given.v1"
    by: MemberId
    incident: IncidentId
    number: str
    task: TaskId | None
    org: OrgPath
    priority: Priority
    due_ms: int
    team: Team = ""
    owner: MemberId = ""
    from_org: OrgPath = ""


@dataclass(frozen=True, slots=True)
class OrderAcknowledged(Event):
    TYPE: ClassVar[str] = "supervision_order.acknowledged.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderAcknowledgementUndone(Event):
    TYPE: ClassVar[str] = "supervision_order.acknowledgement_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderAnswered(Event):
    """The answer is sealed."""

    TYPE: ClassVar[str] = "supervision_order.answered.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderAnswerTakenBack(Event):
    TYPE: ClassVar[str] = "supervision_order.answer_taken_back.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderAccepted(Event):
    TYPE: ClassVar[str] = "supervision_order.accepted.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderAcceptanceUndone(Event):
    TYPE: ClassVar[str] = "supervision_order.acceptance_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderSentBack(Event):
    """By when another answer is wanted. What is missing is sealed, if anything was said of it."""

    TYPE: ClassVar[str] = "supervision_order.sent_back.v1"
    by: MemberId
    reason: TaskReason
    due_ms: int


@dataclass(frozen=True, slots=True)
class OrderWithdrawn(Event):
    TYPE: ClassVar[str] = "supervision_order.withdrawn.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderRestored(Event):
    TYPE: ClassVar[str] = "supervision_order.restored.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderReminded(Event):
    TYPE: ClassVar[str] = "supervision_order.reminded.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OrderReleased(Event):
    """`owner`, whom it named, no longer does this work: it has fallen back to the team or to the
    command office, which acknowledges it anew unless it is answered."""

    TYPE: ClassVar[str] = "supervision_order.released.v1"
    by: MemberId
    owner: MemberId

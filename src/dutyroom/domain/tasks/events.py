"""Events of a task. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MemberId, NoteId, OrgPath, Priority, TaskReason
from dutyroom.domain.tasks.commands import StepId, TaskId, TaskKind, Team


@dataclass(frozen=True, slots=True)
class TaskOffered(Event):
    """`number` is the incident's; `from_org` is who gets it back if it is returned. Its text and
    those of its steps are sealed. `after_close`: it answers who was called after the incident was
    closed, which stays so."""

    TYPE: ClassVar[str] = "task.offered.v1"
    by: MemberId
    incident: IncidentId
    number: str
    kind: TaskKind
    priority: Priority
    due_ms: int | None
    org: OrgPath
    team: Team
    owner: MemberId
    from_org: OrgPath
    steps: tuple[StepId, ...]
    after_close: bool = False


@dataclass(frozen=True, slots=True)
class TaskAccepted(Event):
    TYPE: ClassVar[str] = "task.accepted.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskReturned(Event):
    """`org` has it again."""

    TYPE: ClassVar[str] = "task.returned.v1"
    by: MemberId
    reason: TaskReason
    org: OrgPath


@dataclass(frozen=True, slots=True)
class TaskReturnUndone(Event):
    """It is offered again to whom it was offered before it was returned; back again with who had
    it back before."""

    TYPE: ClassVar[str] = "task.return_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskReassigned(Event):
    """It is offered to another; `from_org` is who gets it back if it is returned."""

    TYPE: ClassVar[str] = "task.reassigned.v1"
    by: MemberId
    org: OrgPath
    team: Team
    owner: MemberId
    from_org: OrgPath


@dataclass(frozen=True, slots=True)
class TaskReleased(Event):
    """It has fallen back to its team; `owner` had it."""

    TYPE: ClassVar[str] = "task.released.v1"
    by: MemberId
    owner: MemberId
    because: Literal["undone", "left"]


@dataclass(frozen=True, slots=True)
class TaskStarted(Event):
    TYPE: ClassVar[str] = "task.started.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskStartUndone(Event):
    TYPE: ClassVar[str] = "task.start_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskNoteAdded(Event):
    """The text is sealed."""

    TYPE: ClassVar[str] = "task.note_added.v1"
    note: NoteId


@dataclass(frozen=True, slots=True)
class TaskStepTicked(Event):
    TYPE: ClassVar[str] = "task.step_ticked.v1"
    step: StepId
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskStepUnticked(Event):
    TYPE: ClassVar[str] = "task.step_unticked.v1"
    step: StepId
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskSubmitted(Event):
    """What came of it is sealed."""

    TYPE: ClassVar[str] = "task.submitted.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskApproved(Event):
    TYPE: ClassVar[str] = "task.approved.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskApprovalUndone(Event):
    TYPE: ClassVar[str] = "task.approval_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskSentBack(Event):
    TYPE: ClassVar[str] = "task.sent_back.v1"
    by: MemberId
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class TaskWithdrawn(Event):
    TYPE: ClassVar[str] = "task.withdrawn.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskReminded(Event):
    TYPE: ClassVar[str] = "task.reminded.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskSplit(Event):
    TYPE: ClassVar[str] = "task.split.v1"
    by: MemberId
    split_into: tuple[TaskId, ...]


@dataclass(frozen=True, slots=True)
class TaskBecamePart(Event):
    """It was split off another one."""

    TYPE: ClassVar[str] = "task.became_part.v1"
    by: MemberId
    part_of: TaskId


@dataclass(frozen=True, slots=True)
class TaskJoined(Event):
    TYPE: ClassVar[str] = "task.joined.v1"
    by: MemberId
    joined_into: TaskId


@dataclass(frozen=True, slots=True)
class TaskTookIn(Event):
    """Another one was joined into it."""

    TYPE: ClassVar[str] = "task.took_in.v1"
    by: MemberId
    joined: TaskId


@dataclass(frozen=True, slots=True)
class TaskJoinUndone(Event):
    TYPE: ClassVar[str] = "task.join_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class TaskLetGo(Event):
    """What was joined into it is a task of its own again."""

    TYPE: ClassVar[str] = "task.let_go.v1"
    by: MemberId
    joined: TaskId


@dataclass(frozen=True, slots=True)
class TaskDueChanged(Event):
    TYPE: ClassVar[str] = "task.due_changed.v1"
    by: MemberId
    due_ms: int | None
    reason: TaskReason

"""What may be asked about a task. Its texts travel only in sealed bodies."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, MemberId, NoteId, OrgPath, Priority, TaskReason
from dutyroom.domain.values import Sealed

TaskId = Annotated[UUID, IdOf("task")]
StepId = Annotated[UUID, IdOf("step")]
TaskKind = Literal[
    "investigate", "visit", "mediate", "call_back", "hand_over", "prevent", "check", "custom"
]
Team = Literal["", "command", "community", "case"]
"""The teams of a police station: command office, community team, case team; "" for none of them."""
TEAMS: Final[tuple[Team, ...]] = ("command", "community", "case")
"""All that there may be; which an organisation has is said by the city pack."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """One thing to do, in a few words."""

    step: StepId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class OfTask(Command):
    """What is asked about one task."""

    task: TaskId


@dataclass(frozen=True, slots=True)
class OfferTask(OfTask):
    """Offer work on an incident to an organisation, one of its teams, or a member of it.

    `due_ms` (milliseconds UTC) is by when it is wanted, None for no such time.
    """

    VERB: ClassVar[str] = "task.offer"
    incident: IncidentId
    kind: TaskKind
    org: OrgPath
    text: Sealed[str]
    team: Team = ""
    owner: MemberId = ""
    priority: Priority = 3
    due_ms: int | None = None
    steps: tuple[NewStep, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptTask(OfTask):
    """Take it: it is one's own from then on."""

    VERB: ClassVar[str] = "task.accept"


@dataclass(frozen=True, slots=True)
class ReturnTask(OfTask):
    """Give it back to the organisation that offered it."""

    VERB: ClassVar[str] = "task.return"
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class UndoReturn(OfTask):
    """It is with them again, as it was: asked by who returned it, while nobody else has it."""

    VERB: ClassVar[str] = "task.undo_return"


@dataclass(frozen=True, slots=True)
class ReassignTask(OfTask):
    """Offer it to another organisation, team or member."""

    VERB: ClassVar[str] = "task.reassign"
    org: OrgPath
    team: Team = ""
    owner: MemberId = ""


@dataclass(frozen=True, slots=True)
class ReleaseTask(OfTask):
    """Let it fall back to its team: the owner undoes the acceptance; or, asked by the operator, has
    left."""

    VERB: ClassVar[str] = "task.release"


@dataclass(frozen=True, slots=True)
class StartTask(OfTask):
    """Begin with it; one that was submitted is taken back to work."""

    VERB: ClassVar[str] = "task.start"


@dataclass(frozen=True, slots=True)
class UndoStart(OfTask):
    """It was begun by mistake: it is accepted, as before, while nothing has come of it."""

    VERB: ClassVar[str] = "task.undo_start"


@dataclass(frozen=True, slots=True)
class AddTaskNote(OfTask):
    """Write something down about it."""

    VERB: ClassVar[str] = "task.add_note"
    note: NoteId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class TickStep(OfTask):
    """One of its steps is done."""

    VERB: ClassVar[str] = "task.tick_step"
    step: StepId


@dataclass(frozen=True, slots=True)
class UntickStep(OfTask):
    """It isn't done after all."""

    VERB: ClassVar[str] = "task.untick_step"
    step: StepId


@dataclass(frozen=True, slots=True)
class SubmitTask(OfTask):
    """Say what came of it, and have it approved."""

    VERB: ClassVar[str] = "task.submit"
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class ApproveTask(OfTask):
    """It is done. Never by the one who submitted it."""

    VERB: ClassVar[str] = "task.approve"


@dataclass(frozen=True, slots=True)
class UndoApproval(OfTask):
    """It waits for approval again, as long as its incident is open."""

    VERB: ClassVar[str] = "task.undo_approval"


@dataclass(frozen=True, slots=True)
class SendBackTask(OfTask):
    """It isn't done yet: its owner goes on with it."""

    VERB: ClassVar[str] = "task.send_back"
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class WithdrawTask(OfTask):
    """It is no longer wanted. What was joined into it goes on by itself."""

    VERB: ClassVar[str] = "task.withdraw"


@dataclass(frozen=True, slots=True)
class RemindOfTask(OfTask):
    """Press whoever has it."""

    VERB: ClassVar[str] = "task.remind"


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A part of a task that is split, offered anew as a task of its own."""

    task: TaskId
    org: OrgPath
    text: Sealed[str]
    team: Team = ""
    owner: MemberId = ""


@dataclass(frozen=True, slots=True)
class SplitTask(OfTask):
    """Offer parts of it as tasks of their own; it goes on with what is left."""

    VERB: ClassVar[str] = "task.split"
    parts: tuple[TaskPart, ...]


@dataclass(frozen=True, slots=True)
class JoinTask(OfTask):
    """Have it done with another task of the same incident, where its notes are read from then
    on."""

    VERB: ClassVar[str] = "task.join"
    into: TaskId


@dataclass(frozen=True, slots=True)
class UndoJoin(OfTask):
    """It is a task of its own again, as it was before."""

    VERB: ClassVar[str] = "task.undo_join"


@dataclass(frozen=True, slots=True)
class ChangeDue(OfTask):
    """It is wanted by another time; None: by no time. Asked by who offered it, with a reason."""

    VERB: ClassVar[str] = "task.change_due"
    due_ms: int | None
    reason: TaskReason

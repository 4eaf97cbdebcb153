"""What is known of a task, without its texts."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import IncidentId, MemberId, NoteId, OrgPath, Priority, TaskReason
from dutyroom.domain.tasks.commands import StepId, TaskId, TaskKind, Team
from dutyroom.domain.watching.state import Watched

type TaskPhase = Literal[
    "offered", "accepted", "in_progress", "submitted", "approved", "returned", "withdrawn", "joined"
]
HOUR_MS: Final = 3_600_000
OVER: Final[tuple[TaskPhase, ...]] = ("approved", "withdrawn", "joined")


@dataclass(frozen=True, slots=True)
class Returned:
    """How a task stood when `by` returned it."""

    by: MemberId
    phase: TaskPhase
    org: OrgPath
    team: Team
    owner: MemberId
    trail: tuple[OrgPath, ...]
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class TaskState(Watched):
    """It always has an organisation that it lies with: `org`, with one of its teams or members, if
    they are named. `first_org` offered it first; `trail` are those that passed it on, the one who
    gets it back last.

    `reason`: why it was last returned or sent back. Of `reminders` the last one counts by name and
    time. `part_of`: the one that it was split off, `parts`: those that were split off it. `joined`
    were joined into it; of one that is joined itself, `before` is how it stood. `returned_from`:
    how it stood before it was returned last, as long as nobody else has it.
    """

    phase: TaskPhase
    incident: IncidentId
    number: str
    kind: TaskKind
    priority: Priority
    due_ms: int | None
    org: OrgPath
    team: Team
    owner: MemberId
    first_org: OrgPath
    trail: tuple[OrgPath, ...]
    offered_by: MemberId
    offered_ms: int
    since_ms: int
    steps: tuple[StepId, ...] = ()
    ticked: tuple[StepId, ...] = ()
    notes: tuple[NoteId, ...] = ()
    reason: TaskReason = ""
    returned: int = 0
    sent_back: int = 0
    submitted_by: MemberId = ""
    approved_by: MemberId = ""
    reminders: int = 0
    reminded_by: MemberId = ""
    reminded_ms: int | None = None
    after_close: bool = False
    part_of: TaskId | None = None
    parts: tuple[TaskId, ...] = ()
    joined_into: TaskId | None = None
    joined: tuple[TaskId, ...] = ()
    before: TaskPhase | Literal[""] = ""
    returned_from: Returned | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more is owed of it: it is approved, or no longer wanted."""
        return self.phase in OVER


def clocks(state: TaskState) -> tuple[Deadline, ...]:
    """By when it is wanted, until it is submitted: its owner and the command office are told, then
    the supervisor. What came back to the room is the dispatchers'."""
    if state.due_ms is None or state.over or state.phase == "submitted":
        return ()
    here = "station_command" if state.org else "dispatcher"
    tell = (
        Tell(0, (here,), (state.owner,) if state.owner else ()),
        Tell(4 * HOUR_MS, ("supervisor",)),
    )
    risk_ms = last_tenth_ms(state.offered_ms, state.due_ms)
    return (Deadline("task", state.due_ms, tell=tell, again_ms=24 * HOUR_MS, risk_ms=risk_ms),)

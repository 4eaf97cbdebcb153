"""What is known of a request to a specialist desk, without its texts."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.desk_requests.events import Queued
from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import (
    DeskCode,
    DeskOffer,
    DeskSkill,
    IncidentId,
    MemberId,
    NoteId,
    OrgPath,
    Priority,
    TaskReason,
)
from dutyroom.domain.tasks.commands import TaskId, TaskKind
from dutyroom.domain.watching.state import Watched

type DeskRequestPhase = Literal[
    "asked", "accepted", "in_progress", "done", "confirmed", "returned", "withdrawn"
]
MINUTE_MS: Final = 60_000
OVER: Final[tuple[DeskRequestPhase, ...]] = ("confirmed", "withdrawn")
AT_WORK: Final[tuple[DeskRequestPhase, ...]] = ("accepted", "in_progress")
"""What counts against the desk's capacity."""


@dataclass(frozen=True, slots=True)
class DeskReturned:
    """How a request stood when `by` returned it."""

    by: MemberId
    phase: DeskRequestPhase
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class DeskRequestState(Watched):
    """`owner` is the specialist who accepted it, "" while nobody has. `reason`: why it was last
    returned or sent back. Of `reminders` the last one counts by name and time. `task`: what it is
    needed for, with its kind and who had it when this was asked. `accept_from_ms`: from when the
    desk's promise counts; `provisional`: that uses a day whose holidays hadn't been announced.
    `returned_from`: how it stood before it was returned last, as long as it wasn't asked again."""

    phase: DeskRequestPhase
    incident: IncidentId
    number: str
    desk: DeskCode
    offer: DeskOffer
    skill: DeskSkill
    priority: Priority
    org: OrgPath
    org_too: OrgPath
    from_org: OrgPath
    accept_by_ms: int
    queued: Queued
    asked_by: MemberId
    asked_ms: int
    since_ms: int
    owner: MemberId = ""
    notes: tuple[NoteId, ...] = ()
    reason: TaskReason = ""
    returned: int = 0
    sent_back: int = 0
    confirmed_by: MemberId = ""
    reminders: int = 0
    reminded_by: MemberId = ""
    reminded_ms: int | None = None
    task: TaskId | None = None
    task_kind: TaskKind | None = None
    task_org: OrgPath = ""
    accept_from_ms: int | None = None
    provisional: bool = False
    returned_from: DeskReturned | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more is owed of it: it is confirmed, or no longer wanted."""
        return self.phase in OVER


def clocks(state: DeskRequestState) -> tuple[Deadline, ...]:
    """By when it is to be accepted or returned: the desk is told, and who asked; then the room."""
    if state.phase != "asked":
        return ()
    tell = (
        Tell(0, ("desk_specialist",), (state.asked_by,), members_org=state.from_org),
        Tell(5 * MINUTE_MS, ("dispatcher",)),
        Tell(15 * MINUTE_MS, ("supervisor",)),
    )
    due_ms, risk_ms = state.accept_by_ms, last_tenth_ms(state.asked_ms, state.accept_by_ms)
    return (Deadline("accept", due_ms, tell=tell, again_ms=30 * MINUTE_MS, risk_ms=risk_ms),)

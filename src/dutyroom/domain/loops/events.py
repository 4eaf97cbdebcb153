"""Events of an incident's loop: the stages that it goes through, and the clocks that run for it.

Each event of a clock says when the clock is due from then on, as it was calculated by the rule and
the calendar of that day: what was promised stays in the record, whatever a later city pack says.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    ClockCode,
    ClockReason,
    GivenTaskCode,
    IncidentId,
    MemberId,
    OrgPath,
    RouteCode,
)
from dutyroom.domain.tasks.commands import TaskId


@dataclass(frozen=True, slots=True)
class LoopBegun(Event):
    """It has a first stage or clock. `number` is the incident's, `org` looks after it. `task_on`:
    it is the loop of a task, which is on this incident."""

    TYPE: ClassVar[str] = "loop.begun.v1"
    number: str
    org: OrgPath
    task_on: IncidentId | None = None


@dataclass(frozen=True, slots=True)
class LoopMoved(Event):
    """The incident lies with another organisation now."""

    TYPE: ClassVar[str] = "loop.moved.v1"
    org: OrgPath


@dataclass(frozen=True, slots=True)
class LoopStageEntered(Event):
    """The incident stands at another stage, or is over: `concluded`, or `merged` into another.

    `role` owes its work, in the organisation that looks after the incident; ""
    where it is over. `route` is the way it goes by, of the pack in force.
    """

    TYPE: ClassVar[str] = "loop.stage_entered.v1"
    stage: Literal["analyse", "assign", "handle", "supervise", "conclude", "concluded", "merged"]
    role: str
    route: RouteCode


@dataclass(frozen=True, slots=True)
class LoopTaskGiven(Event):
    """The city pack has this task (`given`) done of such an incident: it was offered by itself."""

    TYPE: ClassVar[str] = "loop.task_given.v1"
    given: GivenTaskCode
    task: TaskId


@dataclass(frozen=True, slots=True)
class LoopApproved(Event):
    """`by` approved how the incident was handled. It no longer counts where the incident goes back
    to be handled."""

    TYPE: ClassVar[str] = "loop.approved.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class LoopApprovalWithdrawn(Event):
    TYPE: ClassVar[str] = "loop.approval_withdrawn.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class OfRun(Event):
    """What happens to the latest run of a clock."""

    clock: ClockCode


@dataclass(frozen=True, slots=True)
class Timed(OfRun):
    """`due_ms`: None while it is paused. `look_ms`: when the keeper looks at it next."""

    due_ms: int | None
    look_ms: int | None


@dataclass(frozen=True, slots=True)
class ClockStarted(Timed):
    """It runs from `from_ms`, by the rule at this place of the pack's list, `pack` its hash.

    `provisional`: it counts days whose holidays haven't been announced.
    """

    TYPE: ClassVar[str] = "loop.clock_started.v1"
    from_ms: int
    rule: int
    pack: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockRetimed(Timed):
    """Another rule or calendar counts from now on; or it goes on, since what ended it was undone.
    Pauses and extensions stay."""

    TYPE: ClassVar[str] = "loop.clock_retimed.v1"
    rule: int
    pack: str
    provisional: bool
    because: Literal["urgency", "pack", "restored"]


@dataclass(frozen=True, slots=True)
class ClockPaused(OfRun):
    """`reason`: of the pack, or empty for an incident that was merged into another."""

    TYPE: ClassVar[str] = "loop.clock_paused.v1"
    reason: ClockReason


@dataclass(frozen=True, slots=True)
class ClockResumed(Timed):
    TYPE: ClassVar[str] = "loop.clock_resumed.v1"
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockExtended(Timed):
    """`by` approved it."""

    TYPE: ClassVar[str] = "loop.clock_extended.v1"
    provisional: bool
    by: MemberId
    reason: ClockReason


@dataclass(frozen=True, slots=True)
class ClockMet(OfRun):
    """What was promised has happened, so long after it was due; 0 in time."""

    TYPE: ClassVar[str] = "loop.clock_met.v1"
    late_ms: int


@dataclass(frozen=True, slots=True)
class ClockEnded(OfRun):
    """It no longer counts: the incident is another kind of matter now, its time ran out and its
    rule says that it lapses then, what it is about is `over`, or it begins anew (`restarted`)."""

    TYPE: ClassVar[str] = "loop.clock_ended.v1"
    because: Literal["urgency", "pack", "lapsed", "over", "restarted"]


@dataclass(frozen=True, slots=True)
class ClockWarned(OfRun):
    """It will be due soon. `late_ms`: so long after the warning should have come."""

    TYPE: ClassVar[str] = "loop.clock_warned.v1"
    look_ms: int | None
    late_ms: int


@dataclass(frozen=True, slots=True)
class ClockEscalated(OfRun):
    """It is over. `step` counts from 1 and goes on with repetitions of the last.

    `to` are the members who were told, of `role`; roles before it of whom nobody was on duty are
    `passed`. `late_ms`: so long after this step should have come.
    """

    TYPE: ClassVar[str] = "loop.clock_escalated.v1"
    step: int
    role: str
    to: tuple[MemberId, ...]
    passed: tuple[str, ...]
    look_ms: int | None
    late_ms: int

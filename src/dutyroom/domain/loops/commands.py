"""What may be asked about the loop of an incident."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import ClockCode, ClockReason, IncidentId


@dataclass(frozen=True, slots=True)
class OfClock(Command):
    """What is asked about one clock of an incident; `loop` is the incident's id."""

    loop: IncidentId
    clock: ClockCode


@dataclass(frozen=True, slots=True)
class PauseClock(OfClock):
    """Let a clock stand still, for a reason that its rule allows."""

    VERB: ClassVar[str] = "loop.pause_clock"
    reason: ClockReason


@dataclass(frozen=True, slots=True)
class ResumeClock(OfClock):
    """Let it go on: it is due later by the open time that it stood still."""

    VERB: ClassVar[str] = "loop.resume_clock"


@dataclass(frozen=True, slots=True)
class ExtendClock(OfClock):
    """Prolong it by what its rule allows; who asks is the one who approves it."""

    VERB: ClassVar[str] = "loop.extend_clock"
    reason: ClockReason


@dataclass(frozen=True, slots=True)
class ApproveHandling(Command):
    """Approve how the incident was handled, which its route may need before it is closed."""

    VERB: ClassVar[str] = "loop.approve"
    loop: IncidentId


@dataclass(frozen=True, slots=True)
class WithdrawApproval(Command):
    """Take the approval back, while the incident is open."""

    VERB: ClassVar[str] = "loop.withdraw_approval"
    loop: IncidentId


@dataclass(frozen=True, slots=True)
class LookAtClocks(Command):
    """Warn of, escalate and end what has fallen due. Asked by the keeper; twice does it once."""

    VERB: ClassVar[str] = "loop.look_at_clocks"
    loop: IncidentId

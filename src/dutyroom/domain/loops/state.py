"""What is known of the clocks of an incident."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.clocks.pauses import Pause
from dutyroom.domain.kernel import Deadline
from dutyroom.domain.marked import ClockCode, MemberId, OrgPath

type RunPhase = Literal["running", "paused", "met", "ended"]
MERGED = ""
"""The reason of a pause because the incident was merged into another."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock. Of a code the latest run counts; those before it stay in the record.

    `due_ms` is None while it is paused; `look_ms` is when the keeper looks at it next. `steps`
    are the escalations so far, `told` whom the last one reached. `late_ms`: how late it was met,
    None before. `ended`: why it no longer counts.
    """

    clock: ClockCode
    state: RunPhase
    from_ms: int
    rule: int
    pack: str
    due_ms: int | None
    look_ms: int | None
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    extensions: int = 0
    warned_ms: int | None = None
    steps: int = 0
    escalated_ms: int | None = None
    told: tuple[MemberId, ...] = ()
    stopped_ms: int | None = None
    late_ms: int | None = None
    ended: str = ""

    @property
    def runs(self) -> bool:
        """Whether it runs, or will go on."""
        return self.state in ("running", "paused")


@dataclass(frozen=True, slots=True)
class LoopState:
    """The clocks of one incident, in the order in which they started."""

    number: str
    org: OrgPath
    clocks: tuple[Run, ...] = ()

    def run(self, clock: str) -> Run | None:
        """The latest run of a clock."""
        return next((one for one in reversed(self.clocks) if one.clock == clock), None)

    @property
    def running(self) -> tuple[Run, ...]:
        """Those that run, or will go on."""
        return tuple(one for one in self.clocks if one.runs)


def clocks(state: LoopState) -> tuple[Deadline, ...]:
    """What is owed, and when the keeper looks."""
    return tuple(
        Deadline(one.clock, one.due_ms, look_ms=one.look_ms)
        for one in state.running
        if one.due_ms is not None
    )

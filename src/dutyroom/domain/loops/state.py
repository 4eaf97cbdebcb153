"""What is known of the loop of an incident: its stages and its clocks."""

from dataclasses import dataclass, replace
from typing import Literal

from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.route import Stage
from dutyroom.domain.kernel import Deadline, last_tenth_ms
from dutyroom.domain.marked import (
    ClockCode,
    GivenTaskCode,
    IncidentId,
    MemberId,
    OrgPath,
    RouteCode,
)

type RunPhase = Literal["running", "paused", "met", "ended"]
MERGED = ""
"""The reason of a pause because the incident was merged into another."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock. Of a code the latest run counts; those before it stay in the record.

    `due_ms` is None while it is paused; `look_ms` is when the keeper looks at it next. `steps`
    are the escalations so far, `told` whom the last one reached. `late_ms`: how late it was met,
    None before. `ended`: why it no longer counts; `still`: it stood still when it was over.
    `paused_last`: when it was paused last, less than a tenth of its time was left.
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
    still: bool = False
    paused_last: bool = False

    @property
    def runs(self) -> bool:
        """Whether it runs, or will go on."""
        return self.state in ("running", "paused")

    @property
    def may_come_back(self) -> bool:
        """Whether it ended only because the incident was another kind of matter, or another pack
        was in force."""
        return self.ended in ("urgency", "pack")

    @property
    def is_merged(self) -> bool:
        """Whether it stands still because the incident was merged into another."""
        return self.state == "paused" and self.pauses[-1].reason == MERGED

    @property
    def back(self) -> "Run":
        """As it was before it ended, or was met: what stood still then still does."""
        if self.runs:
            return self
        back = replace(self, state="running", ended="", stopped_ms=None, late_ms=None, still=False)
        if not self.still:
            return back
        *before, last = self.pauses
        return replace(back, state="paused", pauses=(*before, replace(last, to_ms=None)))


type Standing = Stage | Literal["concluded", "merged"]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stage in which the incident was, or is: then `to_ms` is None."""

    stage: Standing
    owner: str
    from_ms: int
    to_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LoopState:
    """The stages of one incident, and its clocks in the order in which they started; or the clocks
    of one task, which is on the incident `task_on`.

    `stages`: empty where the pack has no routes; the last one is where the incident stands.
    `approved_by`: who approved how it was handled; "" nobody since it was handled last. `given`:
    the tasks that the pack has given for it.
    """

    number: str
    org: OrgPath
    clocks: tuple[Run, ...] = ()
    route: RouteCode = ""
    stages: tuple[Stay, ...] = ()
    approved_by: MemberId = ""
    task_on: IncidentId | None = None
    given: tuple[GivenTaskCode, ...] = ()

    @property
    def stay(self) -> Stay | None:
        """Where it stands."""
        return self.stages[-1] if self.stages else None

    @property
    def is_over(self) -> bool:
        """Whether nobody owes anything any more."""
        return self.stay is None or self.stay.stage in ("concluded", "merged")

    @property
    def approved(self) -> bool:
        """Whether somebody has approved how it was handled, since it was concluded last: it may
        have been reopened while no pack had routes."""
        return self.approved_by != "" and (self.stay is None or self.stay.stage != "concluded")

    def run(self, clock: str) -> Run | None:
        """The latest run of a clock."""
        return next((one for one in reversed(self.clocks) if one.clock == clock), None)

    @property
    def running(self) -> tuple[Run, ...]:
        """Those that run, or will go on."""
        return tuple(one for one in self.clocks if one.runs)

    @property
    def owed(self) -> tuple[Run, ...]:
        """Those of them that somebody has to do something about: of what is merged into another
        incident, that one's count."""
        if self.stay is not None and self.stay.stage == "merged":
            return ()
        return tuple(one for one in self.running if not one.is_merged)


def clocks(state: LoopState) -> tuple[Deadline, ...]:
    """What is owed, and when the keeper looks. A clock that has warned is at risk."""
    return tuple(
        Deadline(
            one.clock,
            one.due_ms,
            look_ms=one.look_ms,
            risk_ms=one.from_ms
            if one.warned_ms is not None
            else last_tenth_ms(one.from_ms, one.due_ms),
        )
        for one in state.running
        if one.due_ms is not None
    )

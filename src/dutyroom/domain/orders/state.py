"""What is known of a supervision order, without its texts."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath, Priority, TaskReason
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.commands import TaskId, Team
from dutyroom.domain.watching.state import Watched

type OrderPhase = Literal["given", "acknowledged", "answered", "accepted", "withdrawn"]
MINUTE_MS: Final = 60_000
OVER: Final[tuple[OrderPhase, ...]] = ("accepted", "withdrawn")
OWED: Final[tuple[OrderPhase, ...]] = ("given", "acknowledged")
"""Where the answer is still owed by the organisation."""


@dataclass(frozen=True, slots=True)
class OrderState(Watched):
    """`org` owes the answer by `due_ms`: its command office, or the team or the member of it that
    is named, too. `from_org` gave it, "" the room. `before`: how it stood when it was withdrawn.

    `reason`: why the last answer was sent back. `late_ms`: how late the answer that stands came.
    Of `reminders` the last one counts by name and time. `left`: who had it by name and has left,
    until it is acknowledged anew.
    """

    phase: OrderPhase
    incident: IncidentId
    number: str
    task: TaskId | None
    org: OrgPath
    priority: Priority
    due_ms: int
    given_by: MemberId
    given_ms: int
    since_ms: int
    acknowledged_by: MemberId = ""
    answered_by: MemberId = ""
    accepted_by: MemberId = ""
    late_ms: int | None = None
    reason: TaskReason = ""
    sent_back: int = 0
    reminders: int = 0
    reminded_by: MemberId = ""
    reminded_ms: int | None = None
    before: OrderPhase | None = None
    team: Team = ""
    owner: MemberId = ""
    from_org: OrgPath = ""
    left: MemberId = ""

    def is_with(self, member: MemberId, org: OrgPath) -> bool:
        """Whether it was given to a member of an organisation: by name, or to their team."""
        mine = self.owner == member if self.owner else self.team != ""
        return mine and within(self.org, org)

    @property
    def over(self) -> bool:
        """Whether nothing more is owed of it: its answer was accepted, or isn't wanted."""
        return self.phase in OVER


def clocks(state: OrderState) -> tuple[Deadline, ...]:
    """By when it is to be answered, until it is: the command office that owes it is told, and who
    gave it; then every supervisor."""
    if state.phase not in OWED:
        return ()
    tell = (
        Tell(0, ("station_command",), (state.given_by,)),
        Tell(30 * MINUTE_MS, ("supervisor",)),
    )
    due_ms, risk_ms = state.due_ms, last_tenth_ms(state.given_ms, state.due_ms)
    again_ms = 240 * MINUTE_MS
    return (Deadline("supervision_order", due_ms, tell=tell, again_ms=again_ms, risk_ms=risk_ms),)

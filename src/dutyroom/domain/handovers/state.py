"""What is known of a handover."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath
from dutyroom.domain.watching.state import Watched

HALF_AN_HOUR_MS: Final = 1_800_000
type HandoverPhase = Literal["offered", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class HandoverState(Watched):
    """`org` is the path of the organisation of who hands over. `left`: it fell back to them, since
    the one to whom it was offered has left."""

    state: HandoverPhase
    by: MemberId
    to: MemberId
    since_ms: int
    incidents: tuple[IncidentId, ...] = ()
    confirmed: tuple[IncidentId, ...] = ()
    org: OrgPath = ""
    left: bool = False


def clocks(state: HandoverState) -> tuple[Deadline, ...]:
    """Half an hour after it was offered it has been taken over: both are told, and the
    supervisor."""
    if state.state != "offered":
        return ()
    tell = (Tell(0, ("supervisor",), (state.to, state.by)),)
    due_ms = state.since_ms + HALF_AN_HOUR_MS
    risk_ms = last_tenth_ms(state.since_ms, due_ms)
    return (Deadline("handover", due_ms, tell=tell, again_ms=HALF_AN_HOUR_MS, risk_ms=risk_ms),)

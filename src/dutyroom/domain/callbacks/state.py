"""What is known of a follow-up call, without what the caller said."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.callbacks.commands import Rating, Solved, Then
from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import CategoryCode, MemberId, OrgPath
from dutyroom.domain.watching.state import Watched

type CallBackPhase = Literal["due", "taken", "aside", "done", "given_up", "dropped"]
HOUR_MS: Final = 3_600_000
TO_CALL: Final[tuple[CallBackPhase, ...]] = ("due", "taken")


@dataclass(frozen=True, slots=True)
class CallBackState(Watched):
    """`attempts` in vain. The ratings, `solved` and `then` are None until the caller answered;
    `because`: why it is set aside. `due_from_ms`: from when its time counts; `provisional`: that
    counts days whose holidays hadn't been announced then."""

    phase: CallBackPhase
    number: str
    category: CategoryCode
    org: OrgPath
    due_ms: int
    by_hand: bool
    attended: bool
    offered_ms: int
    since_ms: int
    taken_by: MemberId = ""
    attempts: int = 0
    attitude: Rating | None = None
    speed: Rating | None = None
    result: Rating | None = None
    solved: Solved | None = None
    then: Then = ""
    because: str = ""
    due_from_ms: int | None = None
    provisional: bool = False

    @property
    def to_call(self) -> bool:
        """Whether somebody is to call."""
        return self.phase in TO_CALL


def clocks(state: CallBackState) -> tuple[Deadline, ...]:
    """By when the caller is to be called. Four hours before, within the hours in which that time
    ends, the room is told, or who has taken it; once it is over, the supervisor."""
    if not state.to_call:
        return ()
    room = () if state.taken_by else ("call_taker",)
    tell = (
        Tell(-4 * HOUR_MS, (*room, "dispatcher"), (state.taken_by,) if state.taken_by else ()),
        Tell(0, ("supervisor",)),
    )
    due_ms, risk_ms = state.due_ms, last_tenth_ms(state.offered_ms, state.due_ms)
    return (Deadline("call_back", due_ms, tell=tell, again_ms=24 * HOUR_MS, risk_ms=risk_ms),)

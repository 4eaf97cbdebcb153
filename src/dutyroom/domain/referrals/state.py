"""What is known of a referral, without what it says."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import MemberId, ReferralReason
from dutyroom.domain.referrals.events import ReferralSent
from dutyroom.domain.watching.state import Watched

type ReferralPhase = Literal[
    "sent", "expired", "accepted", "in_progress", "done", "refused", "recalled", "closed"
]
MINUTE_MS: Final = 60_000
WAITING: Final[tuple[ReferralPhase, ...]] = ("sent", "expired", "accepted", "in_progress")
"""As long as the partner owes something: an answer, or what came of it."""


@dataclass(frozen=True, slots=True)
class ReferralState(Watched):
    """`sent` is what was said first. `expired`: nobody had answered in time, whatever came after;
    `told` are those who heard of that. `outcome`: how it came out, also once it is closed.
    `answered_by` accepted or refused it. Of `reminders` the last one counts by name and time."""

    phase: ReferralPhase
    sent: ReferralSent
    sent_ms: int
    since_ms: int
    expired: bool = False
    told: tuple[MemberId, ...] = ()
    answered_by: MemberId = ""
    answered_ms: int | None = None
    reason: ReferralReason = ""
    outcome: Literal["", "done", "refused"] = ""
    reminders: int = 0
    reminded_by: MemberId = ""
    reminded_ms: int | None = None

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it, or to look at it."""
        return self.phase not in ("recalled", "closed")


def clocks(state: ReferralState) -> tuple[Deadline, ...]:
    """By when the partner answers: the room is told, and who sent it, again and again."""
    if state.phase not in ("sent", "expired"):
        return ()
    tell = (Tell(0, ("dispatcher", "supervisor"), (state.sent.by,)),)
    due_ms = state.sent.due_ms
    return (
        Deadline(
            "answer",
            due_ms,
            look_ms=due_ms if state.phase == "sent" else None,  # its time is over then
            tell=tell,
            again_ms=30 * MINUTE_MS,
            risk_ms=last_tenth_ms(state.sent_ms, due_ms),
        ),
    )

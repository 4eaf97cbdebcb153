"""What is known of a notice, without its text."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.kernel import Deadline
from dutyroom.domain.marked import MemberId
from dutyroom.domain.notices.commands import NoticeId
from dutyroom.domain.notices.events import NoticePosted

type NoticePhase = Literal["posted", "withdrawn", "replaced"]


@dataclass(frozen=True, slots=True)
class NoticeState:
    """`posted` is what was said first; `acknowledged` are those who answered, in that order."""

    phase: NoticePhase
    posted: NoticePosted
    at_ms: int
    acknowledged: tuple[MemberId, ...] = ()
    replaced_by: NoticeId | None = None

    def phase_at(self, now_ms: int) -> str:
        """Its phase at a time: a notice expires by itself."""
        over = self.phase == "posted" and now_ms >= self.posted.until_ms
        return "expired" if over else self.phase

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who must acknowledge it and have not yet."""
        if self.posted.answer != "acknowledge":
            return ()
        return tuple(one for one in self.posted.asked if one not in self.acknowledged)


def clocks(state: NoticeState) -> tuple[Deadline, ...]:
    """By when everybody must have acknowledged it, and when it ends."""
    posted = state.posted
    ends = Deadline("expire", posted.until_ms, ends=True)
    if not state.missing:
        return (ends,)
    return (Deadline("acknowledge", posted.due_ms or posted.until_ms), ends)

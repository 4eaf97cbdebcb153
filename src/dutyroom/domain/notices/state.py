"""What is known of a notice, without its text."""

from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell
from dutyroom.domain.marked import MemberId
from dutyroom.domain.notices.commands import NoticeId
from dutyroom.domain.notices.events import NoticePosted
from dutyroom.domain.watching.state import Watched

BEFORE_END_MS: Final = 600_000
type NoticePhase = Literal["posted", "withdrawn", "replaced"]


@dataclass(frozen=True, slots=True)
class NoticeState(Watched):
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
    """By when everybody must have acknowledged it, and when it ends. Who posted it is told where
    somebody has not, and the supervisor: then, or ten minutes before it ends."""
    posted = state.posted
    ends = Deadline("expire", posted.until_ms, ends=True)
    if not state.missing:
        return (ends,)
    due_ms = posted.due_ms or posted.until_ms
    after_ms = 0 if due_ms < posted.until_ms else -BEFORE_END_MS
    tell = (Tell(after_ms, ("supervisor",), (posted.by,)),)
    return (Deadline("acknowledge", due_ms, tell=tell), ends)

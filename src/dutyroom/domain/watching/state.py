"""What a record knows of those who were told that something of it is due."""

from dataclasses import dataclass, replace

from dutyroom.domain.kernel import State
from dutyroom.domain.marked import MemberId
from dutyroom.domain.watching.events import DeadlineTold


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody was told of a deadline as it was then, at `due_ms`: it counts no longer where it was
    put off. `steps`: how many have been told, or passed over, so far; the others are those of the
    last telling. `told` is empty where nobody was on duty."""

    deadline: str
    due_ms: int
    steps: int
    role: str
    told: tuple[MemberId, ...]
    passed: tuple[str, ...]
    at_ms: int
    late_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The state of a record whose deadlines the keeper watches: the last alarm of each."""

    alarms: tuple[Alarm, ...] = ()

    def alarm(self, deadline: str, due_ms: int) -> Alarm | None:
        """What was told of a deadline as it stands now."""
        found = (one for one in self.alarms if (one.deadline, one.due_ms) == (deadline, due_ms))
        return next(found, None)


def after_telling(state: State, event: DeadlineTold, at_ms: int) -> State:
    """A record after somebody was told; what isn't watched stays as it was."""
    if not isinstance(state, Watched):
        return state
    alarm = Alarm(
        event.deadline,
        event.due_ms,
        event.step,
        event.role,
        event.to,
        event.passed,
        at_ms,
        event.late_ms,
    )
    others = tuple(one for one in state.alarms if one.deadline != event.deadline)
    return replace(state, alarms=(*others, alarm))

"""Which step of a deadline is told when: its steps, then the last one again and again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from dutyroom.clocks.escalation import after_fallen
from dutyroom.domain.kernel import Deadline
from dutyroom.domain.watching.state import Watched


@dataclass(frozen=True, slots=True)
class Fallen:
    """A step that has fallen, counted from 0 over steps and repetitions, and when it did."""

    number: int
    at_ms: int


def at_ms(deadline: Deadline, number: int) -> int | None:
    """When the step of a number falls; None if there is none."""
    last = len(deadline.tell) - 1
    if number <= last:
        return deadline.due_ms + deadline.tell[number].after_ms
    if last < 0:
        return None
    last_ms = deadline.due_ms + deadline.tell[last].after_ms
    if deadline.again is not None:
        return deadline.again.at_ms(last_ms, number - last)
    return None if deadline.again_ms is None else last_ms + (number - last) * deadline.again_ms


def fallen(deadline: Deadline, told: int, now_ms: int) -> Fallen | None:
    """The latest step that has fallen of those after the first ``told``; those before it that
    nobody looked at are not told any more."""
    after = after_fallen(partial(at_ms, deadline), told, now_ms)
    fell_ms = at_ms(deadline, after - 1) if after > told else None
    return None if fell_ms is None else Fallen(after - 1, fell_ms)


def told_of(state: object, deadline: Deadline) -> int:
    """How many steps have been told, or passed over, of a deadline as it stands now."""
    alarm = state.alarm(deadline.name, deadline.due_ms) if isinstance(state, Watched) else None
    return alarm.steps if alarm else 0


def with_looks(state: object, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines of a record, each with when the keeper looks at it next."""
    return tuple(
        replace(one, look_ms=_earlier(one.look_ms, at_ms(one, told_of(state, one))))
        if one.tell
        else one
        for one in deadlines
    )


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)

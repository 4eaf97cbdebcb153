"""Which step of a deadline is told when: its steps, then the last one again and again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

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
    if last < 0 or deadline.again_ms is None:
        return None
    return deadline.due_ms + deadline.tell[last].after_ms + (number - last) * deadline.again_ms


def fallen(deadline: Deadline, told: int, now_ms: int) -> Fallen | None:
    """The latest step that has fallen of those after the first ``told``; those before it that
    nobody looked at are not told any more."""
    found = None
    number = told
    while (falls := at_ms(deadline, number)) is not None and falls <= now_ms:
        found = Fallen(number, falls)
        last = len(deadline.tell) - 1
        if number > last and deadline.again_ms:  # however long nobody looked
            number += (now_ms - falls) // deadline.again_ms
            found = Fallen(number, falls + (number - found.number) * deadline.again_ms)
        number += 1
    return found


def told_of(state: object, deadline: Deadline) -> int:
    """How many steps have been told, or passed over, of a deadline as it stands now."""
    alarm = state.alarm(deadline.name, deadline.due_ms) if isinstance(state, Watched) else None
    return alarm.steps if alarm else 0


def with_looks(state: object, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines of a record, each with when the keeper looks at it next."""
    return tuple(
        replace(one, look_ms=at_ms(one, told_of(state, one))) if one.tell else one
        for one in deadlines
    )

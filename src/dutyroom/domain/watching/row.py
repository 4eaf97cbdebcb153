"""What rows say of those who were told. Times are milliseconds UTC."""

from collections.abc import Iterable

import msgspec

from dutyroom.domain.kernel import Deadline
from dutyroom.domain.watching.state import Watched


class AlarmRow(msgspec.Struct, frozen=True, kw_only=True):
    """Members were told of a deadline of the record that is owed still, at `at_ms`, which was
    `late_ms` after that should have been. `told`: empty where nobody was on duty; roles of whom
    nobody was are `passed`. `steps`: how many have been told so far."""

    deadline: str
    due_ms: int
    steps: int
    role: str
    told: tuple[str, ...]
    passed: tuple[str, ...]
    at_ms: int
    late_ms: int


def alarm_row(state: Watched, deadlines: Iterable[Deadline]) -> AlarmRow | None:
    """The last telling of a deadline that runs still."""
    found = (state.alarm(one.name, one.due_ms) for one in deadlines)
    last = max((one for one in found if one), key=lambda one: one.at_ms, default=None)
    if last is None:
        return None
    return AlarmRow(
        deadline=last.deadline,
        due_ms=last.due_ms,
        steps=last.steps,
        role=last.role,
        told=last.told,
        passed=last.passed,
        at_ms=last.at_ms,
        late_ms=last.late_ms,
    )

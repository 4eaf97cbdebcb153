"""What happens to a record when a time of it comes near, or has come. Never edited, deleted or
renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import MemberId


@dataclass(frozen=True, slots=True)
class DeadlineTold(Event):
    """Somebody was told of a deadline of the record in whose stream this stands. `deadline` is what
    its kind calls it, `due_ms` when it was due then.

    `step` counts from 1 and goes on with repetitions of the last. `to` are the members who were
    told, `role` the first of those that the step names; roles before it of whom nobody was on duty
    are `passed`. `late_ms`: so long after this step should have come.
    """

    TYPE: ClassVar[str] = "deadline.told.v1"
    deadline: str
    due_ms: int
    step: int
    role: str
    to: tuple[MemberId, ...]
    passed: tuple[str, ...]
    late_ms: int

"""Whom a city pack has the deadlines of records tell that aren't clocks, and when."""

from dataclasses import dataclass
from typing import Final

from dutyroom.clocks.arithmetic import backward, forward
from dutyroom.clocks.calendar import Calendar
from dutyroom.clocks.rule import Length

TOLD: Final = (
    "task",
    "supervision_order",
    "desk_request",
    "matter",
    "matter.review",
    "referral",
    "call_back",
    "notice",
    "station_handover",
    "handover",
)
"""What has a time of its own: the kinds of record; and a dispute that ends by itself."""
ENDS_THEN: Final = frozenset(("matter.review",))
"""Of which nothing is left once the time has come."""


@dataclass(frozen=True, slots=True)
class TellStep:
    """Whom a step tells, so long after the time, or ``before`` it: who has these roles, and with
    ``own`` also whose it is: its owner, who asked, who takes over."""

    roles: tuple[str, ...]
    length: Length
    before: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """The steps of a deadline: those before it first, then the last one ``again`` and again; all in
    open time of a calendar. ``of``: one of `TOLD`."""

    of: str
    calendar: str
    steps: tuple[TellStep, ...]
    again: Length | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """So often the last step is repeated, in open time of a calendar."""

    every: Length
    calendar: Calendar

    def at_ms(self, from_ms: int, times: int) -> int | None:
        """When it comes for the so-many-th time; None if there is no such time."""
        return forward(self.calendar, from_ms, self.every.times(times))


def falls_ms(step: TellStep, calendar: Calendar, due_ms: int) -> int:
    """When a step of a deadline falls."""
    if step.before:
        return backward(calendar, due_ms, step.length)
    found = forward(calendar, due_ms, step.length)
    return due_ms if found is None else found

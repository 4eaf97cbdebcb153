"""Rules of clocks: from which event to which event, within how long, counted how."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from dutyroom.core.text import Text

type Unit = Literal["second", "minute", "hour", "day", "working_day"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit.__value__)
"""The first three are open time of the calendar; a `day` is a day of the year; a `working_day` one
on which the calendar opens."""
_MS: Final = {"second": 1_000, "minute": 60_000, "hour": 3_600_000}

type Ends = Literal["midnight", "closing"]
ENDS: Final[tuple[Ends, ...]] = get_args(Ends.__value__)
type Expiry = Literal["escalate", "lapses"]
EXPIRIES: Final[tuple[Expiry, ...]] = get_args(Expiry.__value__)


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit."""

    count: int
    unit: Unit

    @property
    def in_days(self) -> bool:
        """Whether days are counted, not open time."""
        return self.unit not in _MS

    @property
    def ms(self) -> int:
        """Open milliseconds; KeyError for days, which have no length."""
        return self.count * _MS[self.unit]

    def times(self, factor: int) -> "Length":
        """So many times as much."""
        return Length(self.count * factor, self.unit)

    def adds_to(self, other: "Length") -> bool:
        """Whether both can be counted in one go."""
        return self.unit == other.unit if self.in_days else not other.in_days


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told so long after the end."""

    role: str
    after: Length


@dataclass(frozen=True, slots=True)
class Extensions:
    """How often the time may be prolonged, by how much each time, and who approves."""

    at_most: int
    by: Length
    approver: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a rule is written, and from which day on it holds."""

    citation: Text
    from_date: date


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock of a pack. ValueError if its lengths can't be counted together.

    ``starts`` and ``stops`` are types of events without a version. ``categories`` and
    ``priorities``: empty for all. ``counts_first``: whether the day in which it starts counts, or
    the hour. ``rolls``: an end on a day on which the calendar is closed goes to the next open day.
    ``ends``: when on its last day a clock of days ends. ``pauses``: codes of the reasons for which
    it may be paused. ``again``: repeats of the last step. ``lapses``: what was promised, or
    allowed, is over then, and nobody is told. ``confirmed``: by the centre's lawyers. ``tasks``: of
    a clock of tasks, the kinds that have it; empty for all. ``restarts``: types of events with
    which a clock that runs begins anew, with its whole time.
    """

    code: str
    name: Text
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    within: Length
    calendar: str
    edition: Edition
    categories: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    counts_first: bool = True
    rolls: bool = False
    ends: Ends = "midnight"
    pauses: tuple[str, ...] = ()
    warn: Length | None = None
    escalate: tuple[Step, ...] = ()
    again: Length | None = None
    extensions: Extensions | None = None
    expiry: Expiry = "escalate"
    confirmed: bool = False
    tasks: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.within.count < 1 or (self.again is not None and self.again.count < 1):
            raise ValueError(f"the clock {self.code!r} has a length of nothing")
        if self.extensions is not None and not self.extensions.by.adds_to(self.within):
            raise ValueError(f"the clock {self.code!r} is extended in other units than it counts")

    @property
    def of_tasks(self) -> bool:
        """Whether it is a clock of tasks, not of incidents."""
        return all(one.startswith("task.") for one in self.starts)

    def is_for_task(self, kind: str, priority: int) -> bool:
        """Whether a task of this kind and priority has this clock."""
        return (
            self.of_tasks
            and (not self.tasks or kind in self.tasks)
            and (not self.priorities or priority in self.priorities)
        )

    def is_for(self, category: str, priority: int) -> bool:
        """Whether an incident of this category and priority has this clock."""
        return (
            not self.of_tasks
            and (not self.categories or category in self.categories)
            and (not self.priorities or priority in self.priorities)
        )

    def may_extend(self, granted: int) -> bool:
        """Whether it may be extended once more, where it has been so often."""
        return self.extensions is not None and granted < self.extensions.at_most

"""What a roster is made from: shifts, crew members, needs, rules and wishes; days count from 0.

Day 0 is a Monday; days before it are negative. Day 5 and 6 of each seven are the weekend.
"""

from dataclasses import dataclass
from enum import StrEnum

DAY_MIN = 1440


class Rule(StrEnum):
    """The rules that a roster keeps."""

    REST = "rest"
    DAYS_RUNNING = "days_running"
    NIGHTS_RUNNING = "nights_running"
    WEEK_HOURS = "week_hours"
    DAYS_OFF = "days_off"
    ONE_A_DAY = "one_a_day"
    LEAVE = "leave"
    CAPABILITY = "capability"


@dataclass(frozen=True, slots=True)
class RosterShift:
    """Starts ``start_min`` minutes after midnight of its day, and lasts ``length_min``."""

    name: str
    start_min: int
    length_min: int
    night: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One crew member (by index) on one shift (by index) of one day."""

    member: int
    day: int
    shift: int


@dataclass(frozen=True, slots=True)
class Wish:
    """To work (``works``) or not on a day, or on one shift of it; ``weight`` counts if not met."""

    day: int
    works: bool
    shift: int | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class CrewMember:
    """``leave`` are days off that are granted; ``before`` are (day, shift) worked before day 0."""

    id: str
    capabilities: frozenset[str] = frozenset()
    max_week_min: int | None = None
    leave: frozenset[int] = frozenset()
    wishes: tuple[Wish, ...] = ()
    before: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class RosterNeed:
    """At least ``count`` on a shift, of whom each has ``capability``, if one is named."""

    day: int
    shift: int
    count: int
    capability: str = ""


@dataclass(frozen=True, slots=True)
class RosterRules:
    """``min_rest_min`` between shifts; weeks run from Monday, a shift counts where it starts."""

    min_rest_min: int = 660
    max_days_running: int = 6
    max_nights_running: int = 4
    max_week_min: int = 2880
    min_days_off_a_week: int = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much among rosters that keep all rules; wishes bring their own weight.

    Spreads are the most that a crew member has less the least: of nights, of weekend shifts, of all
    shifts. ``surplus`` is per shift worked beyond what a shift needs.
    """

    night_spread: int = 10
    weekend_spread: int = 10
    shift_spread: int = 5
    surplus: int = 20
    wish: int = 2


@dataclass(frozen=True, slots=True)
class RosterTask:
    """A roster to be made for ``days`` days; ``today`` is one to compare with."""

    days: int
    shifts: tuple[RosterShift, ...]
    members: tuple[CrewMember, ...]
    needs: tuple[RosterNeed, ...]
    rules: RosterRules = RosterRules()
    weights: Weights = Weights()
    today: tuple[Turn, ...] | None = None

    def __post_init__(self) -> None:
        if self.days < 1 or not self.shifts or not self.members:
            raise ValueError("a roster needs days, shifts and crew members")
        for need in self.needs:
            self._check(need.day, need.shift)
        for member in self.members:
            for wish in member.wishes:
                self._check(wish.day, wish.shift or 0)
            for day, shift in member.before:
                if day >= 0 or not 0 <= shift < len(self.shifts):
                    raise ValueError(f"{member.id}: ({day}, {shift}) is no shift before day 0")
        for turn in self.today or ():
            self._check(turn.day, turn.shift)

    def _check(self, day: int, shift: int) -> None:
        if not (0 <= day < self.days and 0 <= shift < len(self.shifts)):
            raise ValueError(f"there is no day {day} with a shift {shift}")

    def start_min(self, day: int, shift: int) -> int:
        return day * DAY_MIN + self.shifts[shift].start_min

    def rest_min(self, one: tuple[int, int], other: tuple[int, int]) -> int:
        """Minutes from the end of one (day, shift) to the start of a later one; may be negative."""
        return self.start_min(*other) - self.start_min(*one) - self.shifts[one[1]].length_min

    def week_limit_min(self, member: int) -> int:
        own = self.members[member].max_week_min
        return self.rules.max_week_min if own is None else own

    def needed(self, day: int, shift: int) -> int:
        """The greatest number that any need of this shift asks for."""
        return max(
            (need.count for need in self.needs if (need.day, need.shift) == (day, shift)), default=0
        )


def is_weekend(day: int) -> bool:
    return day % 7 >= 5

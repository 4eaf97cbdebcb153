"""Specialist desks as a city pack lists them: what each offers, when, how much, how soon."""

from dataclasses import dataclass

from dutyroom.clocks.arithmetic import forward
from dutyroom.clocks.calendar import Calendar
from dutyroom.clocks.rule import Length
from dutyroom.core.text import Text
from dutyroom.domain.marked import OrgPath


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a desk does, or a skill that it has; a retired one is readable and no longer
    asked for. ``caller``: for what it does, it speaks to who called."""

    code: str
    text: Text
    retired: bool = False
    caller: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """``org``: the path of the organisation that it is of. ``calendar``: its hours. ``capacity``:
    how many requests it works on at once. ``accept``: within how much of its hours it promises to
    accept or return what it is asked. ``skills``: what may be asked for by name.
    ``categories``: of which incidents it may be needed, so that an open point says so; none: it is
    suggested for no incident."""

    code: str
    text: Text
    org: OrgPath
    calendar: Calendar
    capacity: int
    accept: Length
    offers: tuple[Offered, ...]
    skills: tuple[Offered, ...] = ()
    retired: bool = False
    categories: frozenset[str] = frozenset()

    def answers_by_ms(self, from_ms: int) -> int:
        """By when, in ms UTC, it accepts or returns what it is asked at a time: in its own
        hours."""
        due_ms = forward(self.calendar, from_ms, self.accept)
        assert due_ms is not None  # nothing pauses it, and every calendar opens
        return due_ms

    def offer(self, code: str) -> Offered | None:
        """What it does, by its code, if that may still be asked for."""
        return next((one for one in self.offers if one.code == code and not one.retired), None)

    def skill(self, code: str) -> Offered | None:
        """The same of its skills."""
        return next((one for one in self.skills if one.code == code and not one.retired), None)

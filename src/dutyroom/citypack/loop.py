"""The loop of a pack: calendars, clocks, and reasons for which a clock may be paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dutyroom.citypack.vocabulary import Code
from dutyroom.clocks import Calendar, Rule


@dataclass(frozen=True, slots=True)
class Loop:
    """Empty where a pack has no ``loop.json``. ``calendars``: `always` first. ``clocks``: in the
    order of the file; one code has several editions, each from another day on."""

    calendars: tuple[Calendar, ...] = ()
    clocks: tuple[Rule, ...] = ()
    pause_reasons: tuple[Code, ...] = ()

    def calendar(self, code: str) -> Calendar:
        """The calendar of a code; KeyError if there is none."""
        return _of_code(code, self.calendars)

    def pause_reason(self, code: str) -> Code:
        """The reason of a code; KeyError if there is none."""
        return _of_code(code, self.pause_reasons)

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The clocks that begin on a day: of each code the latest edition that holds by then."""
        found: dict[str, Rule] = {}
        for rule in self.clocks:
            held = found.get(rule.code)
            if rule.edition.from_date <= day and (
                held is None or held.edition.from_date < rule.edition.from_date
            ):
                found[rule.code] = rule
        return tuple(found.values())


NO_LOOP: Final = Loop()


def _of_code[T: (Calendar, Code)](code: str, among: Iterable[T]) -> T:
    for one in among:
        if one.code == code:
            return one
    raise KeyError(code)

"""Follow-up calls by a pack: which incidents have one, by when, and when it is given up."""

from dataclasses import dataclass
from datetime import date

from dutyroom.clocks.arithmetic import Promise, due
from dutyroom.clocks.calendar import NOTHING_CITED, Calendar
from dutyroom.clocks.rule import Edition, Length, Rule


@dataclass(frozen=True, slots=True)
class CallBackRule:
    """``categories`` and ``priorities``: empty for all. ``attended``: only for incidents at which a
    unit was on scene."""

    within: Length
    categories: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    attended: bool = False

    def is_for(self, category: str, priority: int, attended: bool) -> bool:
        """Whether such an incident is called back about by this rule."""
        return (
            (not self.categories or category in self.categories)
            and (not self.priorities or priority in self.priorities)
            and (attended or not self.attended)
        )


@dataclass(frozen=True, slots=True)
class CallBacks:
    """``attempts``: after so many in vain it is given up. ``answer``: within so long who was not
    satisfied is answered. ``rules``: the first that is for an incident counts; there is at least
    one.
    """

    calendar: Calendar
    rules: tuple[CallBackRule, ...]
    attempts: int
    answer: Length

    def rule_for(self, category: str, priority: int, attended: bool) -> CallBackRule | None:
        """The rule for an incident; None where it isn't called back about."""
        return next((one for one in self.rules if one.is_for(category, priority, attended)), None)

    def due_ms(self, within: Length, from_ms: int) -> int:
        """When a length of the calendar is over, in ms UTC."""
        found = self.promise(within, from_ms).due_ms
        assert found is not None  # only a pause has no end
        return found

    def promise(self, within: Length, from_ms: int) -> Promise:
        """When a length of the calendar is over; of days the first doesn't count, and the last ends
        with the calendar's hours."""
        days = within.in_days
        rule = Rule(
            "call_back",
            NOTHING_CITED,
            (),
            (),
            within,
            self.calendar.code,
            Edition(NOTHING_CITED, date.min),
            counts_first=not days,
            ends="closing" if days else "midnight",
        )
        return due(rule, self.calendar, from_ms)

"""When calls usually come: from recorded ones, by the hour of the day, or of the week where the
period is long enough to distinguish its days."""

from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dutyroom.learning.fitting_calls import FEWEST_FITTED, NotEnough
from dutyroom.rehearsal.scenario.model import HOUR_S, hour_of_week

DAY_H: Final = 24
WEEK_H: Final = 7 * DAY_H
LEAST_H: Final = 2 * DAY_H - 1
"""Two days, from the first call to the last: of less the hours of a day can't be distinguished."""
WEEKS_APART_H: Final = 3 * WEEK_H - 1
"""Three weeks: of less the days of a week can't be distinguished."""
QUARTER_S: Final = 15 * 60

type Hours = NDArray[np.float64]
"""Something for each hour of the day, or of the week from Monday's midnight on."""


class UsualWeek:
    """When calls of a period came; ``hours`` is how long it was, from the first call to the last.

    Each hour counts by how often it was in the period: one that begins at noon and ends at
    midnight has more evenings than mornings.
    """

    def __init__(self, received_ms: Sequence[int], clock: ZoneInfo) -> None:
        """`NotEnough` if there are few calls, or they are of a short time."""
        begin_ms, end_ms = min(received_ms, default=0), max(received_ms, default=0)
        self.hours = (end_ms - begin_ms) / (HOUR_S * 1000)
        if len(received_ms) < FEWEST_FITTED or self.hours < LEAST_H:
            raise NotEnough(
                f"{len(received_ms)} calls of categories with a plan over {self.hours:.1f} hours: "
                f"at least {FEWEST_FITTED} over {LEAST_H} hours are needed. Choose a longer period"
            )
        self.knows_days = self.hours >= WEEKS_APART_H
        self._length = WEEK_H if self.knows_days else DAY_H
        quarters = range(begin_ms, end_ms, QUARTER_S * 1000)
        self._seen = self._counted(_hours(quarters, clock)) * (QUARTER_S / HOUR_S)
        self._hour = _hours(received_ms, clock)
        count = len(received_ms)
        self._all_day = _mixed(self._day(self._hour), np.ones(DAY_H), count)
        self._all = _mixed(self._rates(self._hour), np.resize(self._all_day, self._length), count)

    def per_h(self, numbers: Sequence[int]) -> float:
        """How many of these calls (by their number) come in an hour, on average."""
        return float(self._rates(self._hour[numbers]).mean())

    def by_hour(self, numbers: Sequence[int]) -> tuple[float, ...]:
        """The weights of the hours for these calls; their mean is 1.

        24 of them, or 168 where days are known. The few are mixed with the many: their day with
        that of all calls, their week with how this day would go in the week of all calls. What
        they are mixed with counts as one call for each weight.
        """
        hours = self._hour[numbers]
        weights = _mixed(self._day(hours), self._all_day, len(hours))
        if self.knows_days:
            expected = np.resize(weights / self._all_day, WEEK_H) * self._all
            weights = _mixed(self._rates(hours), expected, len(hours))
        return tuple((weights / weights.mean()).round(6).tolist())

    def _rates(self, hours: NDArray[np.int64]) -> Hours:
        """Calls in each hour, by how often it was seen."""
        return self._counted(hours) / self._seen

    def _day(self, hours: NDArray[np.int64]) -> Hours:
        """The same for the hours of a day, whatever day it is."""
        day: Hours = self._rates(hours).reshape(-1, DAY_H).mean(axis=0)
        return day

    def _counted(self, hours: NDArray[np.int64]) -> Hours:
        return np.bincount(hours % self._length, minlength=self._length).astype(np.float64)


def _hours(at_ms: Iterable[int], clock: ZoneInfo) -> NDArray[np.int64]:
    return np.fromiter((hour_of_week(each, clock) for each in at_ms), np.int64)


def _mixed(own: Hours, other: Hours, count: int) -> Hours:
    """Two curves; ``own`` counts as so many calls, ``other`` as one for each of its weights."""
    return count * own / own.sum() + len(other) * other / other.sum()

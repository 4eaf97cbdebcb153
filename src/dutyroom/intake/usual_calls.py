"""A room's usual calls from recorded ones, for its own look ahead.

Only sums are kept: how many calls of each category and priority came, at which hours of the day and
from which zones. Nothing is kept of persons.
"""

from collections import Counter, defaultdict
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dutyroom.actions.usual_calls import served_plan
from dutyroom.citypack import CityPack
from dutyroom.intake.fitting_calls import FEWEST_FITTED, Calls, NotEnough, where_of
from dutyroom.intake.learning import OWN_PLACES, SMOOTHING
from dutyroom.rehearsal.scenario.model import HOUR_S, hour_of_week
from dutyroom.rehearsal.scenario.usual import HOURS, UsualCalls, UsualKind

LEAST_H: Final = 47
"""Two days, from the first call to the last: of less the hours of a day can't be told apart."""
HOUR_MS: Final = HOUR_S * 1000
QUARTER_MS: Final = 15 * 60 * 1000

type Hours = NDArray[np.float64]
"""Something for each hour of the day."""


def learn_usual(source: str, pack: CityPack, calls: Calls) -> UsualCalls:
    """What usually comes; of categories that the pack has a plan and units for. `NotEnough` if the
    calls are few, or of a short time."""
    known = [own for own in calls if served_plan(pack, own[0].category, own[0].priority)]
    received_ms = [own[0].at("received_at") for own in known]
    begin_ms, end_ms = min(received_ms, default=0), max(received_ms, default=0)
    hours = (end_ms - begin_ms) / HOUR_MS
    if len(known) < FEWEST_FITTED or hours < LEAST_H:
        raise NotEnough(
            f"{len(known)} calls over {hours:.1f} hours: at least {FEWEST_FITTED} over {LEAST_H} "
            "hours are needed. Choose a longer period"
        )
    clock = ZoneInfo(pack.timezone)
    seen = _times_seen(begin_ms, end_ms, clock)
    hour = np.array([hour_of_week(at_ms, clock) % HOURS for at_ms in received_ms])
    zone = [pack.zone_at(*where_of(own)) for own in known]
    all_day = np.bincount(hour, minlength=HOURS) / seen
    all_zones = Counter(zone)
    of_kind: dict[tuple[str, int], list[int]] = defaultdict(list)
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for number, own in enumerate(known):
        of_kind[own[0].category, own[0].priority].append(number)
        zones[own[0].category][zone[number]] += 1
    kinds = []
    for (category, priority), numbers in sorted(of_kind.items()):
        day = np.bincount(hour[numbers], minlength=HOURS) / seen
        own_places = zones[category].total() >= OWN_PLACES
        places = zones[category] if own_places else all_zones
        kinds.append(
            UsualKind(
                category,
                priority,
                per_h=round(float(day.mean()), 6),
                by_hour=_shape(day, len(numbers), all_day),
                zones=dict(sorted(places.items())),
            )
        )
    return UsualCalls(source, pack.hash, begin_ms, end_ms, len(known), tuple(kinds))


def _shape(day: Hours, count: int, all_day: Hours) -> tuple[float, ...]:
    """A kind's own day, mixed with that of all calls; its mean is 1."""
    mixed = count * day / day.sum() + SMOOTHING * all_day / all_day.sum()
    return tuple((mixed / mixed.mean()).round(4).tolist())


def _times_seen(begin_ms: int, end_ms: int, clock: ZoneInfo) -> Hours:
    """How often each hour of the day was in a period, in parts too: one that begins at noon and
    ends at midnight has more evenings than mornings."""
    at = [hour_of_week(at_ms, clock) % HOURS for at_ms in range(begin_ms, end_ms, QUARTER_MS)]
    seen: Hours = np.bincount(at, minlength=HOURS) * np.float64(QUARTER_MS / HOUR_MS)
    return seen

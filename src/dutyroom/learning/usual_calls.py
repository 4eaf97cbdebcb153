"""A room's usual calls from recorded ones, for its own look ahead.

Only sums are kept: how many calls of each category and priority came, at which hours and from which
zones. Nothing is kept of persons.
"""

from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

from dutyroom.advice.usual_calls import served_plan
from dutyroom.citypack import CityPack
from dutyroom.learning.fitting_calls import Calls, where_of
from dutyroom.learning.usual_scenario import OWN_PLACES
from dutyroom.learning.usual_week import UsualWeek
from dutyroom.rehearsal.scenario.usual import UsualCalls, UsualKind


def learn_usual(source: str, pack: CityPack, calls: Calls) -> UsualCalls:
    """What usually comes; of categories that the pack has a plan and units for. `NotEnough` if the
    calls are few, or of a short time."""
    known = [own for own in calls if served_plan(pack, own[0].category, own[0].priority)]
    received_ms = [own[0].at("received_at") for own in known]
    week = UsualWeek(received_ms, ZoneInfo(pack.timezone))
    zone = [pack.zone_at(*where_of(own)) for own in known]
    all_zones = Counter(zone)
    of_kind: dict[tuple[str, int], list[int]] = defaultdict(list)
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for number, own in enumerate(known):
        of_kind[own[0].category, own[0].priority].append(number)
        zones[own[0].category][zone[number]] += 1
    kinds = []
    for (category, priority), numbers in sorted(of_kind.items()):
        own_places = zones[category].total() >= OWN_PLACES
        places = zones[category] if own_places else all_zones
        kinds.append(
            UsualKind(
                category,
                priority,
                per_h=round(week.per_h(numbers), 6),
                by_hour=week.by_hour(numbers),
                zones=dict(sorted(places.items())),
            )
        )
    begin_ms, end_ms = min(received_ms), max(received_ms)
    return UsualCalls(source, pack.hash, begin_ms, end_ms, len(known), tuple(kinds))

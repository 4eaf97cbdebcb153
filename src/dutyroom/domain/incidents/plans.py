"""What an incident needs, and what of it is still unmet."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from dutyroom.domain.context import Codes
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.incidents.urgency import matters
from dutyroom.domain.values import Need, Urgency

type PlanFor = Callable[[str, int], Iterable[Need]]
"""The response plan of a category and priority; empty where there is none."""


@dataclass(frozen=True, slots=True)
class SourcedNeed:
    """A need, and where it comes from. `merged`: from another matter that is part of it."""

    capability: str
    count: int
    source: Literal["plan", "answer", "more", "merged"]


def sourced_needs(
    plan_for: PlanFor, incident: IncidentState, codes: Codes
) -> tuple[SourcedNeed, ...]:
    """The needs of the plan, then what answers add, what was requested on top, and what others
    that are part of it need beyond that.

    Of plans and answers the largest number counts, since they report the same happening; what
    was requested by hand is added up.
    """
    own, *others = matters(incident)
    needs = [SourcedNeed(need.capability, need.count, "plan") for need in _plan(plan_for, own)]
    needs += [SourcedNeed(need.capability, need.count, "answer") for need in _added(codes, own)]
    needs += [SourcedNeed(need.capability, need.count, "more") for need in incident.more]
    if others:  # hardly ever, and this is asked with every action
        needs += _beyond(plan_for, own, others, codes)
    return tuple(needs)


def _beyond(
    plan_for: PlanFor, own: Urgency, others: Iterable[Urgency], codes: Codes
) -> list[SourcedNeed]:
    """What other matters need beyond the own one."""
    planned = _total(_plan(plan_for, own), _added(codes, own))
    most, requested = planned.copy(), Counter[str]()
    for one in others:
        most |= _total(_plan(plan_for, one), _added(codes, one))
        requested += _total(one.more)
    beyond = most - planned + requested
    return [SourcedNeed(capability, count, "merged") for capability, count in beyond.items()]


def _plan(plan_for: PlanFor, matter: Urgency) -> tuple[Need, ...]:
    return tuple(plan_for(matter.category, matter.priority))


def _added(codes: Codes, matter: Urgency) -> tuple[Need, ...]:
    meanings = (codes.answer(matter.category, *answered) for answered in matter.answers)
    return tuple(need for meaning in meanings if meaning for need in meaning.adds)


def _total(*needs: Iterable[Need]) -> Counter[str]:
    found = Counter[str]()
    for need in chain(*needs):
        found[need.capability] += need.count
    return found


def plan_needs(plan_for: PlanFor, incident: IncidentState, codes: Codes) -> tuple[Need, ...]:
    """All that the incident needs: one entry per capability, in the order they first appear."""
    counts: dict[str, int] = {}
    for need in sourced_needs(plan_for, incident, codes):
        counts[need.capability] = counts.get(need.capability, 0) + need.count
    return tuple(Need(capability, count) for capability, count in counts.items())


def unmet(needs: Sequence[Need], assigned: Iterable[frozenset[str]]) -> tuple[Need, ...]:
    """What is still missing when each assigned unit fills at most one place.

    `assigned` holds the capabilities of each unit with an open assignment. Units are placed so
    that as few places as possible stay empty (augmenting paths, Kuhn 1955): a unit that can do
    two things takes the place that nobody else can fill.
    """
    places = [need.capability for need in needs for _ in range(need.count)]
    units = list(assigned)
    filled_by: dict[int, int] = {}

    def place_unit(unit: int, tried: set[int]) -> bool:
        for place, capability in enumerate(places):
            if capability not in units[unit] or place in tried:
                continue
            tried.add(place)
            if place not in filled_by or place_unit(filled_by[place], tried):
                filled_by[place] = unit
                return True
        return False

    for unit in range(len(units)):
        place_unit(unit, set())
    missing: dict[str, int] = {}
    for place, capability in enumerate(places):
        if place not in filled_by:
            missing[capability] = missing.get(capability, 0) + 1
    return tuple(Need(capability, count) for capability, count in missing.items())

"""What an incident needs, and what of it is still unmet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.commands import Need
from dutyroom.domain.context import Codes
from dutyroom.domain.states import IncidentState


@dataclass(frozen=True, slots=True)
class SourcedNeed:
    """A need, and where it comes from."""

    capability: str
    count: int
    source: Literal["plan", "answer", "more"]


def sourced_needs(
    plan: Iterable[Need], incident: IncidentState, codes: Codes
) -> tuple[SourcedNeed, ...]:
    """The needs of the plan, then what answers add, then what was requested on top."""
    needs = [SourcedNeed(need.capability, need.count, "plan") for need in plan]
    for prompt, answer in incident.answers:
        meaning = codes.answer(incident.category, prompt, answer)
        adds = meaning.adds if meaning else ()
        needs += [SourcedNeed(need.capability, need.count, "answer") for need in adds]
    needs += [SourcedNeed(need.capability, need.count, "more") for need in incident.more]
    return tuple(needs)


def plan_needs(plan: Iterable[Need], incident: IncidentState, codes: Codes) -> tuple[Need, ...]:
    """All that the incident needs: one entry per capability, in the order they first appear."""
    counts: dict[str, int] = {}
    for need in sourced_needs(plan, incident, codes):
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

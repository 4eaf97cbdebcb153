"""What an incident needs, and what is unmet."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.incidents.plans import SourcedNeed, plan_needs, sourced_needs, unmet
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.values import Need

from .strategies import CODES, START_MS, needs

FIRE = IncidentState(
    "open", "n", "FIRE", 1, "north", "telephone", START_MS, START_MS, answers=(("inside", "yes"),)
)


def engines(_: str, priority: int) -> list[Need]:
    return [Need("engine", 2 if priority > 1 else 3)]


def test_answers_and_requests_add_to_the_plan() -> None:
    incident = replace(FIRE, more=(Need("engine", 1), Need("patrol", 1)))
    assert sourced_needs(engines, incident, CODES) == (
        SourcedNeed("engine", 3, "plan"),
        SourcedNeed("ambulance", 1, "answer"),
        SourcedNeed("engine", 1, "more"),
        SourcedNeed("patrol", 1, "more"),
    )
    assert plan_needs(engines, incident, CODES) == (
        Need("engine", 4),
        Need("ambulance", 1),
        Need("patrol", 1),
    )


def test_answers_to_prompts_of_another_category_add_nothing() -> None:
    noise = replace(FIRE, category="NOISE")
    assert plan_needs(engines, noise, CODES) == (Need("engine", 3),)


def test_a_unit_takes_the_place_that_nobody_else_can_fill() -> None:
    wanted = (Need("engine", 1), Need("ambulance", 1))
    both, engine_only = frozenset({"engine", "ambulance"}), frozenset({"engine"})
    assert unmet(wanted, [both, engine_only]) == ()
    assert unmet(wanted, [engine_only, engine_only]) == (Need("ambulance", 1),)
    assert unmet(wanted, [both]) == (Need("ambulance", 1),)


units = st.lists(st.frozensets(st.sampled_from(sorted(CODES.capabilities)), max_size=2), max_size=4)


@given(st.lists(needs, max_size=2, unique_by=lambda need: need.capability), units)
def test_no_other_placing_leaves_fewer_places_empty(
    wanted: list[Need], assigned: list[frozenset[str]]
) -> None:
    places = [need.capability for need in wanted for _ in range(need.count)]
    slots: list[frozenset[str]] = assigned + [frozenset()] * len(places)
    fewest = min(
        sum(place not in unit for place, unit in zip(places, order, strict=True))
        for order in permutations(slots, len(places))
    )
    assert sum(need.count for need in unmet(wanted, assigned)) == fewest

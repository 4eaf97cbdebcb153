"""Simulated colleagues leave to people what people have begun."""

from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    Dispatch,
    OpenIncident,
    UnitToSend,
)
from dutyroom.evening.evening import TAKER, Evening

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


@pytest.fixture
def evening(room: TestRoom) -> Evening:
    """One in which nobody calls."""
    room.sign_on_all()
    found = Evening(room.room, lambda *_: None, seed=1, calls_per_h=0.001)
    found._next_call_ms = now_ms() + 86_400_000
    return found


def opened_by(room: TestRoom, who: Actor) -> UUID:
    """An incident that needs one patrol."""
    incident = room.id()
    category = next(
        plan.category
        for plan in room.pack.plans
        if [(need.capability, need.count) for need in plan.needs] == [("patrol", 1)]
    )
    room.done(who, OpenIncident(incident, category, 2, room.place()))
    return incident


def test_what_a_person_opened_waits_until_a_person_can_have_signed_in(
    room: TestRoom, evening: Evening
) -> None:
    theirs = opened_by(room, Actor("taker", "call_taker"))
    ours = opened_by(room, TAKER)
    at_ms = now_ms()
    evening.step(at_ms + 100_000)
    assert room.row("incidents", ours)["assignments"]
    assert room.row("incidents", theirs)["assignments"] == []
    evening.step(at_ms + 200_000)
    assert room.row("incidents", theirs)["assignments"]


def test_so_does_one_that_a_person_only_changed_until_it_is_closed(
    room: TestRoom, evening: Evening
) -> None:
    incident = opened_by(room, TAKER)
    unit = next(unit.id for unit in room.pack.units if "patrol" in unit.capabilities)
    crew = Actor(f"{unit}-1", "field_officer", unit)
    assignment = room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, unit),)))
    evening.step(now_ms())
    room.done(crew, ArriveOnScene(incident, assignment))
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(crew, ClearAssignment(incident, assignment, reason))
    at_ms = now_ms()
    evening.step(at_ms + 60_000)
    assert room.row("incidents", incident)["state"] == "open"
    evening.step(at_ms + 200_000)
    assert room.row("incidents", incident)["state"] == "closed"

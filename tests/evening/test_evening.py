"""Simulated colleagues leave to people what people have begun."""

from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.actions.request import Request
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    Dispatch,
    OpenIncident,
    UnitToSend,
)
from dutyroom.domain.loops.commands import ApproveHandling
from dutyroom.evening import closing
from dutyroom.evening.evening import TAKER, Evening

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


@pytest.fixture
def evening(room: TestRoom, monkeypatch: pytest.MonkeyPatch) -> Evening:
    """One in which nobody calls, and no matter leaves work."""
    monkeypatch.setattr(closing, "LEAVES_WORK", 0.0)
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


def handled_by_ours(room: TestRoom, category: str, priority: int, unit: str) -> tuple[UUID, UUID]:
    """Met by a crew, who is on scene."""
    incident, assignment = room.id(), room.id()
    crew = Actor(f"{unit}-1", "field_officer", unit)
    opened = OpenIncident(
        incident, category, priority, room.place(), "on_view", unit=unit, assignment=assignment
    )
    room.done(crew, opened)
    return incident, assignment


def test_what_needs_approval_is_approved_before_it_is_closed_and_nothing_is_refused(
    room: TestRoom, evening: Evening
) -> None:
    patrols = [unit.id for unit in room.pack.units if "patrol" in unit.capabilities]
    incident, assignment = handled_by_ours(room, "POL-DOMESTIC", 3, patrols[0])
    crew = Actor(f"{patrols[0]}-1", "field_officer", patrols[0])
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(crew, ClearAssignment(incident, assignment, reason))
    asked = watched(room)
    at_ms = now_ms()
    for after_s in (30, 60, 2_000, 2_030):
        evening.step(at_ms + after_s * 1_000)
    assert asked == ["incident.set_disposition", "loop.approve", "incident.close"]


def test_what_a_person_approved_stays_open_until_they_can_have_taken_it_back(
    room: TestRoom, evening: Evening
) -> None:
    unit = next(unit.id for unit in room.pack.units if "patrol" in unit.capabilities)
    incident, assignment = handled_by_ours(room, "POL-DOMESTIC", 3, unit)
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    crew = Actor(f"{unit}-1", "field_officer", unit)
    room.done(crew, ClearAssignment(incident, assignment, reason))
    evening.step(now_ms() + 30_000)
    room.done(SUPERVISOR, ApproveHandling(incident))
    asked = watched(room)
    at_ms = now_ms()
    evening.step(at_ms + 150_000)
    assert asked == []
    evening.step(at_ms + 200_000)
    assert asked == ["incident.close"]


def test_light_matters_are_concluded_from_the_scene_once_the_crew_is_done(
    room: TestRoom, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "CONCLUDED", 1.0)
    unit = next(unit.id for unit in room.pack.units if "patrol" in unit.capabilities)
    incident, _ = handled_by_ours(room, "POL-NOISE", 4, unit)
    asked = watched(room)
    evening.step(now_ms() + 3_000_000)
    assert asked == ["incident.conclude"]
    assert room.row("incidents", incident)["state"] == "closed"


def test_some_matters_leave_work_for_the_station_and_stay_open_until_it_is_done(
    room: TestRoom, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LEAVES_WORK", 1.0)
    unit = next(unit.id for unit in room.pack.units if "patrol" in unit.capabilities)
    incident, assignment = handled_by_ours(room, "POL-THEFT", 3, unit)
    crew = Actor(f"{unit}-1", "field_officer", unit)
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(crew, ClearAssignment(incident, assignment, reason))
    asked = watched(room)
    at_ms = now_ms()
    for after_s in (30, 60, 90):
        evening.step(at_ms + after_s * 1_000)
    by_room = [verb for verb in asked if not verb.startswith("desk_request.")]  # some matters ask
    assert by_room == ["task.offer", "incident.set_disposition"]
    for after_s in range(600, 7_200, 120):
        evening.step(at_ms + after_s * 1_000)
    by_room = [verb for verb in asked if not verb.startswith("desk_request.")]
    assert by_room[-2:] == ["task.approve", "incident.close"]


def watched(room: TestRoom) -> list[str]:
    """What is asked of the door from now on; all of it must be done."""
    asked: list[str] = []
    perform = room.room.door.perform

    def watch(request: Request) -> object:
        outcome = perform(request)
        asked.append(request.command.VERB)
        assert isinstance(outcome, Done), (request.command, outcome)
        return outcome

    room.room.door.perform = watch
    return asked

"""Assignments: sending, steps, moving units between incidents."""

from dataclasses import replace

import pytest

from dutyroom.domain.decide import decide
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    OpenIncident,
    Reassign,
    SetDisposition,
    StartEnRoute,
    StartTransport,
    UndoReassign,
    UnitToSend,
)
from dutyroom.domain.incidents.events import IncidentUnitDispatched
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.units.commands import MarkUnavailable, SignOn
from dutyroom.domain.values import Place

from .room import Room
from .strategies import ASSIGNMENTS, INCIDENTS, START_MS

ONE, OTHER, THIRD = INCIDENTS
A1, A2, B1, B2, *_ = ASSIGNMENTS
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")


@pytest.fixture
def room() -> Room:
    """Two open incidents, two crews on duty, E1 without one."""
    room = Room()
    for incident in (ONE, OTHER):
        room.does(OpenIncident(incident, "NOISE", 3, PLACE))
    for unit in ("P1", "P2"):
        room.does(SignOn(unit, (f"crew of {unit}",)))
    return room


def send(incident: object, *units: tuple[object, str], **reasons: str) -> Dispatch:
    named = tuple(UnitToSend(assignment, unit) for assignment, unit in units)  # type: ignore[arg-type]
    return Dispatch(incident, named, **reasons)  # type: ignore[arg-type]


def test_several_units_go_together_or_not_at_all(room: Room) -> None:
    refusal = room.refuses(send(ONE, (A1, "P1"), (A2, "E1")))
    assert (refusal.name, refusal.params["unit"]) == ("UnitOffDuty", "E1")
    assert room.incidents[ONE].assignments == ()
    room.does(send(ONE, (A1, "P1"), (A2, "P2")))
    assert [one.unit for one in room.incidents[ONE].open_assignments] == ["P1", "P2"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (send(ONE), "NothingToSend"),
        (send(ONE, (A1, "P1"), (A2, "P1")), "UnitNamedTwice"),
        (send(ONE, (A1, "P1"), (A1, "P2")), "AssignmentExists"),
        (send(ONE, (A1, "Z9")), "UnknownUnit"),
        (send(ONE, (A1, "P1"), override_reason="whim"), "UnknownCode"),
        (send(THIRD, (A1, "P1")), "UnknownIncident"),
    ],
)
def test_a_dispatch_that_makes_no_sense_is_refused(
    room: Room, command: Dispatch, name: str
) -> None:
    assert room.refuses(command).name == name


def test_a_committed_unit_is_refused_with_the_number_of_its_incident(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    refusal = room.refuses(send(OTHER, (B1, "P1")))
    assert refusal.name == "UnitAlreadyCommitted"
    assert refusal.params["number"] == room.incidents[ONE].number
    assert refusal.params["incident"] == str(ONE)


def test_an_unavailable_unit_is_only_sent_with_a_reason(room: Room) -> None:
    room.does(MarkUnavailable("P1", "meal"))
    assert room.refuses(send(ONE, (A1, "P1"))).params["reason"] == "meal"
    room.does(send(ONE, (A1, "P1"), unavailable_reason="closer"))
    assert room.commitments()["P1"].incident == ONE


def test_an_override_is_counted_unit_by_unit(room: Room) -> None:
    command = send(ONE, (A1, "P1"), (A2, "P2"), override_reason="closer")
    context = replace(
        room.context(command), recommended=frozenset({"P1"}), arrivals_s={"P1": 60.0, "P2": 90.5}
    )
    decision = decide(command, context)
    assert not isinstance(decision, Refusal)
    sent = [one.event for one in decision if isinstance(one.event, IncidentUnitDispatched)]
    assert [(one.recommended, one.override_reason, one.arrival_s) for one in sent] == [
        (True, "", 60.0),
        (False, "closer", 90.5),
    ]


def test_steps_may_be_skipped_but_never_go_back(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    assert room.refuses(ClearAssignment(ONE, A1, "done")).name == "CancelInstead"
    room.does(ArriveOnScene(ONE, A1))
    assert room.refuses(StartEnRoute(ONE, A1)).name == "CannotGoBack"
    assert room.refuses(CancelAssignment(ONE, A1, "not_needed")).name == "ClearInstead"
    assert room.does(ArriveOnScene(ONE, A1)) == ()
    room.does(ClearAssignment(ONE, A1, "done"))
    assert room.refuses(StartTransport(ONE, A1)).name == "AssignmentHasEnded"
    assert room.commitments() == {}


def test_arrival_cannot_be_entered_before_the_dispatch(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    refusal = room.refuses(ArriveOnScene(ONE, A1), occurred_at_ms=START_MS)
    assert refusal.name == "TimeBeforeLastStep"
    room.does(ArriveOnScene(ONE, A1), occurred_at_ms=room.now_ms + 1)


def test_a_clock_that_was_set_back_stops_nobody(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.now_ms -= 3_600_000
    assert room.does(ArriveOnScene(ONE, A1)) == ("assignment.on_scene.v1",)


def test_a_reassignment_is_one_step_and_can_be_undone(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.does(ArriveOnScene(ONE, A1))
    before = room.incidents[ONE]
    moved = room.does(Reassign(ONE, A1, OTHER, B1))
    assert moved == ("assignment.taken_over.v1", "incident.unit_dispatched.v1")
    assert room.commitments()["P1"].assignment == B1
    assert room.does(UndoReassign(OTHER, B1)) == (
        "assignment.cancelled.v1",
        "assignment.restored.v1",
    )
    assert room.incidents[ONE] == before
    assert room.refuses(UndoReassign(OTHER, B1)).name == "NothingToUndo"


def test_work_on_a_moved_assignment_is_answered_by_where_it_goes_on(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.does(Reassign(ONE, A1, OTHER, B1))
    refusal = room.refuses(ArriveOnScene(ONE, A1))
    assert refusal.params["to_incident"] == str(OTHER)
    assert refusal.params["to_assignment"] == str(B1)


def test_an_undo_comes_too_late_once_the_unit_has_arrived(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.does(Reassign(ONE, A1, OTHER, B1))
    room.does(ArriveOnScene(OTHER, B1))
    assert room.refuses(UndoReassign(OTHER, B1)).name == "NothingToUndo"


def test_an_undo_comes_too_late_once_the_first_incident_is_closed(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.does(Reassign(ONE, A1, OTHER, B1))
    room.does(SetDisposition(ONE, "helped"))
    room.does(CloseIncident(ONE))
    assert room.refuses(UndoReassign(OTHER, B1)).name == "NothingToUndo"


def test_a_plain_dispatch_has_no_reassignment_to_undo(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    assert room.refuses(UndoReassign(ONE, A1)).name == "NothingToUndo"


def test_a_unit_marked_unavailable_is_not_reassigned(room: Room) -> None:
    room.does(send(ONE, (A1, "P1")))
    room.does(MarkUnavailable("P1", "meal"))
    assert room.refuses(Reassign(ONE, A1, OTHER, B1)).name == "UnitUnavailable"

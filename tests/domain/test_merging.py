"""Merging and splitting: nothing is lost."""

import pytest

from dutyroom.domain.incidents.commands import (
    AddNote,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    SetDisposition,
    SplitIncident,
    UnitToSend,
)
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place

from .room import Room
from .strategies import ASSIGNMENTS, INCIDENTS, NOTES

ONE, OTHER, THIRD = INCIDENTS
A1, A2, B1, *_ = ASSIGNMENTS
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")


@pytest.fixture
def room() -> Room:
    """Three open incidents; P1 is on scene at the first, P2 was sent to the second."""
    room = Room()
    for incident in INCIDENTS:
        room.does(OpenIncident(incident, "NOISE", 3, PLACE))
    for unit, incident, assignment in (("P1", ONE, A1), ("P2", OTHER, B1)):
        room.does(SignOn(unit, (f"crew of {unit}",)))
        room.does(Dispatch(incident, (UnitToSend(assignment, unit),)))
    room.does(ArriveOnScene(ONE, A1))
    return room


def at_work(room: Room, incident: object) -> dict[str, tuple[str, int]]:
    state = room.incidents[incident]  # type: ignore[index]
    return {one.unit: (one.state, one.since_ms) for one in state.open_assignments}


def test_units_go_along_with_a_merge_in_the_state_they_have(room: Room) -> None:
    before = at_work(room, ONE) | at_work(room, OTHER)
    room.does(MergeIncident(ONE, OTHER))
    assert at_work(room, ONE) == {}
    assert at_work(room, OTHER) == before
    assert room.incidents[OTHER].absorbed == (ONE,)


def test_a_split_takes_back_only_what_the_incident_brought(room: Room) -> None:
    first, second = at_work(room, ONE), at_work(room, OTHER)
    room.does(MergeIncident(ONE, OTHER))
    room.does(SplitIncident(ONE))
    assert (at_work(room, ONE), at_work(room, OTHER)) == (first, second)
    assert room.incidents[OTHER].absorbed == ()


def test_what_was_cleared_meanwhile_stays_where_it_was_cleared(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    moved = room.commitments()["P1"].assignment
    room.does(ClearAssignment(OTHER, moved, "done"))
    room.does(SplitIncident(ONE))
    assert at_work(room, ONE) == {}
    cleared = room.incidents[OTHER].assignment(moved)
    assert cleared is not None
    assert cleared.state == "cleared"


def test_a_chain_is_split_from_the_outside_in(room: Room) -> None:
    first, second = at_work(room, ONE), at_work(room, OTHER)
    room.does(MergeIncident(ONE, OTHER))
    room.does(MergeIncident(OTHER, THIRD))
    assert at_work(room, THIRD) == first | second
    refusal = room.refuses(SplitIncident(ONE))
    assert refusal.name == "SplitOuterFirst"
    assert (refusal.params["merged"], refusal.params["into"]) == (str(OTHER), str(THIRD))
    room.does(SplitIncident(OTHER))
    assert at_work(room, OTHER) == first | second
    room.does(SplitIncident(ONE))
    assert (at_work(room, ONE), at_work(room, OTHER)) == (first, second)
    assert at_work(room, THIRD) == {}


def test_merging_and_splitting_can_be_repeated(room: Room) -> None:
    first = at_work(room, ONE)
    for _ in range(3):
        room.does(MergeIncident(ONE, OTHER))
        room.does(SplitIncident(ONE))
    assert at_work(room, ONE) == first


def test_merging_twice_is_no_error_but_into_a_third_is(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    assert room.does(MergeIncident(ONE, OTHER)) == ()
    assert room.refuses(MergeIncident(ONE, THIRD)).name == "AlreadyMerged"
    assert room.refuses(MergeIncident(THIRD, ONE)).params["into"] == str(OTHER)


def test_an_incident_is_not_merged_into_itself(room: Room) -> None:
    assert room.refuses(MergeIncident(ONE, ONE)).name == "CannotMergeIntoItself"


def test_a_note_that_comes_late_is_kept_with_the_incident_it_was_written_for(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    room.does(AddNote(ONE, NOTES[0], "seen"))
    assert room.incidents[ONE].notes == (NOTES[0],)


def test_an_incident_can_be_split_out_of_one_that_was_closed(room: Room) -> None:
    room.does(MergeIncident(THIRD, OTHER))
    room.does(CancelAssignment(OTHER, B1, "not_needed"))
    room.does(SetDisposition(OTHER, "helped"))
    room.does(CloseIncident(OTHER))
    room.does(SplitIncident(THIRD))
    assert room.incidents[THIRD].state == "open"
    assert room.incidents[OTHER].state == "closed"

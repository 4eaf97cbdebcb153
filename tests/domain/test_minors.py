"""What concerns a minor: the mark goes with all that is part of an incident."""

import pytest

from dutyroom.domain.incidents.commands import (
    CloseIncident,
    LiftMinorMark,
    MarkMinor,
    MergeIncident,
    OpenIncident,
    SetDisposition,
    SplitIncident,
)
from dutyroom.domain.incidents.minors import concerns_minor
from dutyroom.domain.values import Place

from .room import Room
from .strategies import INCIDENTS

ONE, OTHER, THIRD = INCIDENTS


@pytest.fixture
def room() -> Room:
    found = Room()
    for one in INCIDENTS:
        found.does(OpenIncident(one, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
        found.does(SetDisposition(one, "helped"))
    return found


def concerned(room: Room) -> list[bool]:
    return [concerns_minor(one, room.incidents.get) for one in INCIDENTS]


def test_it_is_marked_once_and_lifted_with_a_reason_also_when_closed(room: Room) -> None:
    room.does(CloseIncident(ONE))
    assert room.does(MarkMinor(ONE)) == ("incident.minor_marked.v1",)
    assert room.does(MarkMinor(ONE)) == ()
    assert concerned(room) == [True, False, False]
    assert room.does(LiftMinorMark(ONE, "of_age")) == ("incident.minor_mark_lifted.v1",)
    assert room.does(LiftMinorMark(ONE, "of_age")) == ()
    assert concerned(room) == [False, False, False]


def test_it_holds_for_all_that_is_merged_and_stays_with_what_is_split_out(room: Room) -> None:
    room.does(MarkMinor(THIRD))
    room.does(MergeIncident(THIRD, OTHER))
    assert concerned(room) == [False, True, True]
    room.does(MergeIncident(ONE, OTHER))
    assert concerned(room) == [True, True, True]
    assert room.refuses(MarkMinor(ONE)).name == "IncidentIsMerged"
    assert len(room.does(MarkMinor(OTHER))) == 2
    room.does(SplitIncident(ONE))
    assert concerned(room) == [True, True, True]
    room.does(LiftMinorMark(OTHER, "marked_by_mistake"))
    assert concerned(room) == [True, False, False]

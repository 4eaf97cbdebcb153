"""Not safe to contact: marked for a reason, for all that is part of a matter, until it is lifted."""

from dataclasses import replace
from uuid import UUID

import pytest

from dutyroom.domain.calls.commands import CallBack, Caller, ClaimCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    LiftUnsafeToContact,
    LinkCall,
    MarkUnsafeToContact,
    MergeIncident,
    OpenIncident,
    SplitIncident,
)
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.values import Place

from .room import Room
from .strategies import CALLS, INCIDENTS

pytestmark = pytest.mark.unit

ONE, OTHER, _ = INCIDENTS
CALL = CALLS[0]
PLACE = Place(121.0, 31.0, "Bridge", "point")
MARK = MarkUnsafeToContact(ONE, "offender_near")


@pytest.fixture
def room() -> Room:
    """An incident with a call, and another one."""
    room = Room()
    for id_ in (ONE, OTHER):
        room.does(OpenIncident(id_, "NOISE", 3, PLACE))
    room.does(ReceiveCall(CALL, "110-1", "13800000000"))
    room.does(ClaimCall(CALL))
    room.does(LinkCall(ONE, CALL))
    return room


def is_marked(room: Room, incident: UUID) -> bool:
    return not_safe(incident, room.incidents.get) is not None


def test_nobody_is_called_back_while_the_mark_stands(room: Room) -> None:
    assert room.does(MARK) == ("incident.contact_unsafe.v1",)
    assert room.does(MARK) == ()
    refused = room.refuses(CallBack(CALL, "no_answer"))
    assert (refused.name, refused.params["reason"]) == ("NotSafeToContact", "offender_near")
    assert room.does(LiftUnsafeToContact(ONE)) == ("incident.contact_safe.v1",)
    assert room.does(LiftUnsafeToContact(ONE)) == ()
    assert room.does(CallBack(CALL, "no_answer")) == ("call.called_back.v1",)


def test_a_reason_of_the_pack_is_given_where_it_has_some(room: Room) -> None:
    assert room.refuses(MarkUnsafeToContact(ONE)).name == "ReasonNeeded"
    assert room.refuses(MarkUnsafeToContact(ONE, "because")).name == "UnknownCode"
    room.codes = replace(room.codes, contact_reasons=frozenset())
    assert room.does(MarkUnsafeToContact(ONE)) == ("incident.contact_unsafe.v1",)


def test_it_holds_for_what_is_merged_in_either_direction(room: Room) -> None:
    room.does(MarkUnsafeToContact(OTHER, "offender_near"))
    room.does(MergeIncident(ONE, OTHER))
    assert room.refuses(CallBack(CALL, "no_answer")).params["incident"] == str(OTHER)
    assert room.refuses(MARK).name == "IncidentIsMerged"
    room.does(SplitIncident(ONE))
    assert room.does(CallBack(CALL, "no_answer"))
    room.does(MARK)
    room.does(MergeIncident(ONE, OTHER))
    assert is_marked(room, OTHER)


def test_what_is_marked_while_it_is_merged_stays_marked_when_it_is_split(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    assert len(room.does(MarkUnsafeToContact(OTHER, "offender_near"))) == 2
    room.does(SplitIncident(ONE))
    assert is_marked(room, ONE)
    assert is_marked(room, OTHER)
    room.does(MergeIncident(ONE, OTHER))
    assert len(room.does(LiftUnsafeToContact(OTHER))) == 2
    assert not is_marked(room, ONE)


def test_what_the_caller_says_is_still_written_down(room: Room) -> None:
    from dutyroom.domain.calls.commands import RecordCallDetails

    room.does(MARK)
    assert room.does(RecordCallDetails(CALL, Caller(name="Li"), "He is coming back"))

"""Chases: further calls about the same matter, counted, raised once until somebody acknowledges."""

import pytest

from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.incidents.chasing import chased
from dutyroom.domain.incidents.closing import missing_for_close
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    CloseIncident,
    LinkCall,
    MergeIncident,
    OpenIncident,
    RecordChase,
    SetDisposition,
    SplitIncident,
    UnlinkCall,
)
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.values import Place

from .room import Room
from .strategies import CALLS, INCIDENTS

ONE, OTHER, _ = INCIDENTS
FIRST, AGAIN, THIRD = CALLS
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")


def room_with_calls() -> Room:
    """One incident, opened from the first of three calls."""
    room = Room()
    for call in CALLS:
        room.does(ReceiveCall(call, "110-1"))
        room.does(ClaimCall(call))
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, call=FIRST))
    return room


def test_a_chase_is_a_call_of_the_incident_and_is_counted() -> None:
    room = room_with_calls()
    assert room.does(RecordChase(ONE, AGAIN)) == ("incident.chased.v1",)
    one = room.incidents[ONE]
    assert one.calls == (FIRST, AGAIN)
    assert [chase.call for chase in one.chases] == [AGAIN]
    assert room.links[AGAIN] == ONE
    assert room.does(EndCall(AGAIN)) == ("call.ended.v1",)


def test_the_same_call_chases_once() -> None:
    room = room_with_calls()
    room.does(RecordChase(ONE, AGAIN))
    assert room.does(RecordChase(ONE, AGAIN)) == ()
    assert len(room.incidents[ONE].chases) == 1


def test_a_chase_leaves_priority_needs_and_promises_as_they_are() -> None:
    room = room_with_calls()
    before = room.incidents[ONE]
    room.does(RecordChase(ONE, AGAIN))
    after = room.incidents[ONE]
    assert (after.priority, after.inherited, after.waiting_from_ms) == (
        before.priority,
        before.inherited,
        before.waiting_from_ms,
    )


def test_it_is_raised_until_somebody_acknowledges_and_counts_meanwhile() -> None:
    room = room_with_calls()
    assert chased((room.incidents[ONE],)).seen
    room.does(RecordChase(ONE, AGAIN))
    first_ms = room.now_ms
    assert not chased((room.incidents[ONE],)).seen
    room.does(RecordChase(ONE, THIRD))
    told = chased((room.incidents[ONE],))
    assert (told.count, told.first_ms, told.last_ms) == (2, first_ms, room.now_ms)
    assert not told.seen
    assert room.does(AcknowledgeChase(ONE, room.now_ms)) == ("incident.chase_acknowledged.v1",)
    assert chased((room.incidents[ONE],)).seen
    assert room.does(AcknowledgeChase(ONE, room.now_ms)) == ()


def test_a_chase_after_the_acknowledgement_raises_it_once_more() -> None:
    room = room_with_calls()
    room.does(RecordChase(ONE, AGAIN))
    room.does(AcknowledgeChase(ONE, room.now_ms))
    room.does(RecordChase(ONE, THIRD))
    told = chased((room.incidents[ONE],))
    assert (told.count, told.seen) == (2, False)


def test_a_chase_that_came_after_what_was_looked_at_is_not_acknowledged() -> None:
    room = room_with_calls()
    room.does(RecordChase(ONE, AGAIN))
    looked_at_ms = room.now_ms
    room.does(RecordChase(ONE, THIRD))
    room.does(AcknowledgeChase(ONE, looked_at_ms))
    assert [chase.seen for chase in room.incidents[ONE].chases] == [True, False]


def test_a_chase_can_be_taken_back() -> None:
    room = room_with_calls()
    room.does(RecordChase(ONE, AGAIN))
    assert room.does(UnlinkCall(ONE, AGAIN)) == ("incident.call_unlinked.v1",)
    one = room.incidents[ONE]
    assert (one.calls, one.chases) == ((FIRST,), ())
    assert AGAIN not in room.links


def test_a_report_becomes_a_chase_and_a_chase_a_report() -> None:
    room = room_with_calls()
    room.does(LinkCall(ONE, AGAIN, category="NOISE", priority=1))
    raised = room.incidents[ONE].inherited
    assert room.does(RecordChase(ONE, AGAIN)) == ("incident.chased.v1",)
    assert room.incidents[ONE].calls == (FIRST, AGAIN)
    assert room.incidents[ONE].inherited == raised
    room.does(LinkCall(ONE, AGAIN))
    one = room.incidents[ONE]
    assert (one.calls, one.chases) == ((FIRST, AGAIN), ())
    assert [(one.source, one.parts) for one in one.inherited] == [
        (one.source, one.parts) for one in raised
    ]
    assert one.priority == 1


def test_the_call_that_reported_it_is_no_chase() -> None:
    room = room_with_calls()
    refusal = room.refuses(RecordChase(ONE, FIRST))
    assert (refusal.name, refusal.params["call"]) == ("CallReportedIt", str(FIRST))


def test_a_chase_takes_its_call_off_the_incident_that_it_was_linked_to() -> None:
    room = room_with_calls()
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE, call=AGAIN))
    moved = room.does(RecordChase(ONE, AGAIN))
    assert moved == ("incident.call_unlinked.v1", "incident.chased.v1")
    assert room.incidents[OTHER].calls == ()


def test_a_ringing_call_chases_nothing() -> None:
    room = Room()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE))
    room.does(ReceiveCall(AGAIN, "110-1"))
    assert room.refuses(RecordChase(ONE, AGAIN)).name == "CallNotClaimed"


def test_closing_asks_for_the_end_of_a_chasing_call_as_of_any_other() -> None:
    room = room_with_calls()
    room.does(EndCall(FIRST))
    room.does(RecordChase(ONE, AGAIN))
    room.does(SetDisposition(ONE, "helped"))
    missing = missing_for_close(
        ONE, room.incidents[ONE], room.incidents.get, room.calls.get, room.open_work
    )
    assert [(one["what"], one["call"]) for one in missing] == [("call", str(AGAIN))]


def closed() -> Room:
    room = room_with_calls()
    room.does(EndCall(FIRST))
    room.does(SetDisposition(ONE, "helped"))
    room.does(CloseIncident(ONE))
    return room


def test_a_closed_matter_is_chased_and_stays_closed() -> None:
    room = closed()
    room.does(RecordChase(ONE, AGAIN))
    one = room.incidents[ONE]
    assert (one.state, chased((one,)).seen) == ("closed", False)
    room.does(AcknowledgeChase(ONE, room.now_ms))
    assert room.incidents[ONE].state == "closed"


def test_a_chase_of_a_closed_matter_can_be_taken_back_and_a_report_of_it_not() -> None:
    room = closed()
    room.does(RecordChase(ONE, AGAIN))
    assert room.refuses(UnlinkCall(ONE, FIRST)).name == "IncidentIsClosed"
    room.does(UnlinkCall(ONE, AGAIN))
    assert room.incidents[ONE].chases == ()


@pytest.fixture
def merged() -> Room:
    """A chased incident that is then merged into another."""
    room = room_with_calls()
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    room.does(RecordChase(ONE, AGAIN))
    room.does(MergeIncident(ONE, OTHER))
    return room


def whole(room: Room) -> tuple[IncidentState, ...]:
    return room.incidents[OTHER], room.incidents[ONE]


def test_a_merged_incident_is_chased_where_it_went(merged: Room) -> None:
    refusal = merged.refuses(RecordChase(ONE, THIRD))
    assert (refusal.name, refusal.params["into"]) == ("IncidentIsMerged", str(OTHER))
    merged.does(RecordChase(OTHER, THIRD))
    assert chased(whole(merged)).count == 2


def test_the_chases_of_what_was_merged_are_acknowledged_with_it_and_stay_so(merged: Room) -> None:
    merged.does(RecordChase(OTHER, THIRD))
    assert merged.does(AcknowledgeChase(OTHER, merged.now_ms)) == (
        "incident.chase_acknowledged.v1",
        "incident.chase_acknowledged.v1",
    )
    assert chased(whole(merged)).seen
    merged.does(SplitIncident(ONE))
    one = chased((merged.incidents[ONE],))
    assert (one.count, one.seen) == (1, True)

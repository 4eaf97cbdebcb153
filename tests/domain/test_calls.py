"""Calls: taken, cut off, called back, ended."""

from dutyroom.domain.asking import about
from dutyroom.domain.calls.commands import (
    CallBack,
    Caller,
    ClaimCall,
    EndCall,
    HangUpCall,
    MarkCallSilent,
    ReceiveCall,
    RecordCallDetails,
    ReleaseCall,
)
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import LinkCall, OpenIncident, UnlinkCall
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.values import Place

from .room import Room
from .strategies import CALLS, INCIDENTS

CALL, (ONE, OTHER, _) = CALLS[0], INCIDENTS
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")
BO, PHONE = Actor("bo", "call_taker"), Actor("phone", "gateway", org="city/north")


def ringing() -> Room:
    room = Room()
    room.does(ReceiveCall(CALL, "110-1", "13800000000"))
    return room


def claimed() -> Room:
    room = ringing()
    room.does(ClaimCall(CALL))
    return room


def test_a_number_is_sealed_under_the_key_of_its_call() -> None:
    decision = Room().act(ReceiveCall(CALL, "110-1", "13800000000"))
    assert not isinstance(decision, Refusal)
    (received,) = decision
    assert received.sealed == {"number": "13800000000"}
    assert received.key == received.stream == f"call:{CALL}"
    assert "13800000000" not in repr(received.event)


def test_only_what_was_said_is_recorded() -> None:
    decision = claimed().act(RecordCallDetails(CALL, Caller(name="Li"), ""))
    assert not isinstance(decision, Refusal)
    assert [one.sealed for one in decision] == [{"name": "Li"}]
    assert claimed().does(RecordCallDetails(CALL)) == ()


def test_claiming_ones_own_call_again_is_no_error_but_anothers_is() -> None:
    room = claimed()
    assert room.does(ClaimCall(CALL)) == ()
    assert room.refuses(ClaimCall(CALL), BO).params["by"] == "anna"


def test_a_call_that_was_cut_off_must_be_called_back_before_it_ends() -> None:
    room = ringing()
    room.does(HangUpCall(CALL))
    assert room.refuses(EndCall(CALL, "wrong_number")).name == "CallBackOwed"
    assert room.refuses(CallBack(CALL, "no_answer")).name == "CallNotClaimed"
    room.does(ClaimCall(CALL))
    assert room.refuses(EndCall(CALL, "wrong_number")).name == "CallBackOwed"
    room.does(CallBack(CALL, "no_answer"))
    assert room.does(EndCall(CALL, "wrong_number")) == ("call.ended.v1",)


def test_a_silent_call_must_be_called_back_before_it_ends() -> None:
    room = claimed()
    room.does(MarkCallSilent(CALL))
    assert room.does(MarkCallSilent(CALL)) == ()
    assert room.refuses(EndCall(CALL, "wrong_number")).name == "CallBackOwed"


def test_a_call_with_an_incident_ends_without_a_reason_or_a_call_back() -> None:
    room = claimed()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL))
    room.does(HangUpCall(CALL))
    room.does(EndCall(CALL))
    assert room.calls[CALL].no_incident_reason == ""


def test_a_call_without_an_incident_needs_a_reason_of_the_pack() -> None:
    assert claimed().refuses(EndCall(CALL)).name == "ReasonNeeded"
    refusal = claimed().refuses(EndCall(CALL, "bored"))
    assert (refusal.name, refusal.params["value"]) == ("UnknownCode", "bored")


def test_a_late_hang_up_does_not_take_a_claimed_call_back_away() -> None:
    room = ringing()
    room.does(HangUpCall(CALL))
    room.does(ClaimCall(CALL))
    assert room.does(HangUpCall(CALL)) == ()
    assert room.calls[CALL].state == "claimed"


def test_a_released_call_back_is_abandoned_again_and_a_live_call_rings_again() -> None:
    room = claimed()
    room.does(ReleaseCall(CALL))
    assert room.calls[CALL].state == "ringing"
    room.does(HangUpCall(CALL))
    room.does(ClaimCall(CALL))
    room.does(ReleaseCall(CALL))
    assert room.calls[CALL].state == "abandoned"


def test_linking_to_another_incident_moves_the_call_in_one_step() -> None:
    room = claimed()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL))
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    moved = room.does(LinkCall(OTHER, CALL))
    assert moved == ("incident.call_unlinked.v1", "incident.call_linked.v1")
    assert room.links == {CALL: OTHER}
    assert room.does(LinkCall(OTHER, CALL)) == ()


def test_an_ended_call_cannot_lose_its_only_incident() -> None:
    room = claimed()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL))
    room.does(EndCall(CALL))
    assert room.refuses(UnlinkCall(ONE, CALL)).name == "CallNeedsIncident"


def test_policy_knows_whose_a_call_is() -> None:
    room, receive = Room(), ReceiveCall(CALL, "110-1")
    assert about(receive, room.context(receive, PHONE)).org == "city/north"
    claim = ClaimCall(CALL)
    assert about(claim, room.context(claim)).org is None
    room.does(receive, PHONE)
    assert about(claim, room.context(claim)).org == "city/north"

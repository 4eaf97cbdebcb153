"""Units on and off duty, emergencies, handing over the desk, adopting a pack."""

from dataclasses import replace

import pytest

from dutyroom.domain.asking import about
from dutyroom.domain.centre.commands import AdoptPack
from dutyroom.domain.context import Actor
from dutyroom.domain.decide import decide
from dutyroom.domain.handovers.commands import (
    CancelHandover,
    CompleteHandover,
    ConfirmIncident,
    StartHandover,
)
from dutyroom.domain.handovers.known import Receivers
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    Dispatch,
    OpenIncident,
    Reassign,
    UndoReassign,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.units.commands import (
    AcknowledgeEmergency,
    EndEmergency,
    HearFrom,
    MarkUnavailable,
    RaiseEmergency,
    SignOff,
    SignOn,
)
from dutyroom.domain.units.events import UnitEmergencyRaised
from dutyroom.domain.units.known import AtPress, Press
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.values import Place, Position

from .room import ANNA, Room
from .strategies import ASSIGNMENTS, HANDOVERS, INCIDENTS

ONE, OTHER, _ = INCIDENTS
DESK = HANDOVERS[0]
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")
BO = Actor("bo", "dispatcher")


@pytest.fixture
def room() -> Room:
    room = Room()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE))
    room.does(SignOn("P1", ("anna", "bo")))
    return room


def test_a_crew_signs_on_and_off(room: Room) -> None:
    assert room.does(SignOn("P1", ("anna", "bo"))) == ()
    assert room.refuses(SignOn("P1", ())).name == "CrewIsEmpty"
    room.does(MarkUnavailable("P1", "meal"))
    room.does(SignOff("P1"))
    assert room.units["P1"].status(None) == "off_duty"
    room.does(SignOn("P1", ("bo",)))
    assert room.units["P1"].status(None) == "available"


def test_a_change_of_crew_does_not_make_a_unit_available(room: Room) -> None:
    room.does(MarkUnavailable("P1", "meal"))
    room.does(SignOn("P1", ("bo",)))
    assert room.units["P1"].status(None) == "unavailable"


def test_a_unit_on_an_incident_cannot_sign_off(room: Room) -> None:
    room.does(Dispatch(ONE, (UnitToSend(ASSIGNMENTS[0], "P1"),)))
    assert room.refuses(SignOff("P1")).name == "UnitAlreadyCommitted"
    assert room.units["P1"].status("en_route") == "en_route"


def test_only_a_real_message_is_hearing_from_a_unit(room: Room) -> None:
    room.does(MarkUnavailable("P1", "meal"))
    assert room.units["P1"].heard_at_ms is None
    room.does(HearFrom("P1"))
    assert room.units["P1"].heard_at_ms == room.now_ms


def test_an_emergency_is_acknowledged_before_it_ends(room: Room) -> None:
    room.does(RaiseEmergency("P1"))
    since = room.units["P1"].emergency_since_ms
    assert room.does(RaiseEmergency("P1")) == ()
    assert room.refuses(EndEmergency("P1")).name == "EmergencyNotAcknowledged"
    assert room.refuses(SignOff("P1")).name == "EmergencyGoesOn"
    room.does(AcknowledgeEmergency("P1"))
    assert room.does(AcknowledgeEmergency("P1")) == ()
    assert room.units["P1"].emergency_since_ms == since
    room.does(EndEmergency("P1"))
    assert room.units["P1"].emergency == "quiet"


def test_an_emergency_is_not_refused_for_a_wrong_clock_or_for_being_off_duty(room: Room) -> None:
    far = room.now_ms + 86_400_000
    assert room.does(RaiseEmergency("E1"), occurred_at_ms=far)
    assert room.refuses(RaiseEmergency("Z9")).name == "UnknownUnit"


def test_a_unit_in_emergency_is_sent_nowhere_until_it_has_ended(room: Room) -> None:
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    room.does(RaiseEmergency("P1"))
    send = Dispatch(ONE, (UnitToSend(ASSIGNMENTS[0], "P1"),))
    for stage in (None, AcknowledgeEmergency("P1")):
        if stage:
            room.does(stage)
        assert room.refuses(send).name == "UnitInEmergency"
        anyway = replace(send, unavailable_reason="closer", override_reason="closer")
        assert room.refuses(anyway).name == "UnitInEmergency"
    room.does(EndEmergency("P1"))
    room.does(send)


def test_a_unit_in_emergency_is_moved_to_no_other_incident_and_back_to_none(room: Room) -> None:
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    room.does(Dispatch(ONE, (UnitToSend(ASSIGNMENTS[0], "P1"),)))
    room.does(Reassign(ONE, ASSIGNMENTS[0], OTHER, ASSIGNMENTS[1]))
    room.does(RaiseEmergency("P1"))
    back = UndoReassign(OTHER, ASSIGNMENTS[1])
    assert room.refuses(back).name == "UnitInEmergency"
    on = Reassign(OTHER, ASSIGNMENTS[1], ONE, ASSIGNMENTS[2])
    assert room.refuses(on).name == "UnitInEmergency"
    send = Dispatch(ONE, (UnitToSend(ASSIGNMENTS[2], "P1"),))
    assert room.refuses(send).name == "UnitInEmergency"
    room.does(ArriveOnScene(OTHER, ASSIGNMENTS[1]))  # what it reports itself is still taken


def test_an_incident_is_opened_where_a_unit_in_emergency_is(room: Room) -> None:
    room.does(RaiseEmergency("P1"))
    met = OpenIncident(OTHER, "NOISE", 1, PLACE, channel="on_view", unit="P1")
    assert "incident.unit_dispatched.v1" in room.does(met)


def test_an_emergency_keeps_the_incident_of_the_press(room: Room) -> None:
    room.does(Dispatch(ONE, (UnitToSend(ASSIGNMENTS[0], "P1"),)))
    room.does(ArriveOnScene(ONE, ASSIGNMENTS[0]))
    room.does(RaiseEmergency("P1"))
    room.does(ClearAssignment(ONE, ASSIGNMENTS[0], "done"))
    unit = room.units["P1"]
    assert (unit.emergency_incident, unit.emergency_number) == (ONE, "1000-0009")
    room.does(AcknowledgeEmergency("P1"))
    assert room.units["P1"].emergency_incident == ONE
    room.does(EndEmergency("P1"))
    assert room.units["P1"].emergency_incident is None


def test_where_the_button_was_pressed_is_sealed_and_the_zone_is_in_clear(room: Room) -> None:
    command = RaiseEmergency("P1")
    here = Position(121.5, 31.5, room.now_ms)
    press = {AtPress("P1", None): Press(here, "north")}
    known = replace(room.context(command), answers=press)
    [emitted] = decide(command, known)
    assert emitted.event == UnitEmergencyRaised(ANNA.id, zone="north")
    assert emitted.sealed == {"position": {"lon": 121.5, "lat": 31.5, "at_ms": room.now_ms}}
    assert emitted.key == f"emergency:P1:{room.now_ms}"


def test_the_desk_changes_hands_when_each_open_incident_was_confirmed(room: Room) -> None:
    room.does(StartHandover(DESK, "bo"))
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    room.does(ConfirmIncident(DESK, ONE), BO)
    assert room.does(ConfirmIncident(DESK, ONE), BO) == ()
    refusal = room.refuses(CompleteHandover(DESK), BO)
    assert (refusal.name, refusal.params["incidents"]) == ("HandoverIncomplete", [str(OTHER)])
    room.does(ConfirmIncident(DESK, OTHER), BO)
    room.does(CompleteHandover(DESK), BO)
    assert room.handovers[DESK].state == "completed"


def test_only_the_receiver_confirms_and_completes(room: Room) -> None:
    room.does(StartHandover(DESK, "bo"))
    assert room.refuses(ConfirmIncident(DESK, ONE)).name == "NotYourHandover"
    assert room.refuses(CompleteHandover(DESK)).name == "NotYourHandover"


def test_a_handover_is_cancelled_by_its_two_sides_or_a_supervisor(room: Room) -> None:
    room.does(StartHandover(DESK, "bo"))
    stranger = Actor("chen", "dispatcher")
    assert room.refuses(CancelHandover(DESK), stranger).name == "NotYourHandover"
    assert room.does(CancelHandover(DESK), Actor("dai", "supervisor"))


def test_the_desk_stays_with_who_offered_it_when_the_receiver_leaves(room: Room) -> None:
    room.does(StartHandover(DESK, "bo"))
    room.does(CancelHandover(DESK), Actor("operator", "operator"))
    assert (room.handovers[DESK].state, room.handovers[DESK].left) == ("cancelled", True)
    room.does(StartHandover(HANDOVERS[1], "bo"))
    room.does(CancelHandover(HANDOVERS[1]))
    assert not room.handovers[HANDOVERS[1]].left


def test_policy_knows_whose_desk_is_handed_over(room: Room) -> None:
    start, confirm = StartHandover(DESK, "bo"), ConfirmIncident(DESK, ONE)
    north = replace(ANNA, org="city/north")
    assert about(start, room.context(start, north)).org == "city/north"
    assert about(confirm, room.context(confirm)).org is None
    room.does(start, north)
    assert about(confirm, room.context(confirm, BO)).org == "city/north"
    complete = CompleteHandover(DESK)
    assert about(complete, room.context(complete, BO)).org == "city/north"


def test_a_desk_is_not_handed_to_oneself(room: Room) -> None:
    assert room.refuses(StartHandover(DESK, ANNA.id)).name == "CannotHandToYourself"


def test_the_desk_goes_only_to_a_member_who_may_take_it(room: Room) -> None:
    assert room.refuses(StartHandover(DESK, " ")).name == "UnknownReceiver"
    refusal = room.refuses(StartHandover(DESK, "bob"))
    assert refusal.name == "UnknownReceiver"
    assert refusal.params["known"] == ["bo", "chen", "dai"]
    assert "bo, chen, dai" in refusal.remedy.en
    assert DESK not in room.handovers


@pytest.mark.parametrize("spelt", [" Bo", "ｂｏ"])
def test_the_receiver_is_found_however_the_name_is_spelt(room: Room, spelt: str) -> None:
    room.does(StartHandover(DESK, spelt))
    assert room.handovers[DESK].to == "bo"


def test_of_two_names_that_differ_in_case_the_one_that_was_written_receives(room: Room) -> None:
    command = StartHandover(DESK, "bo")
    context = replace(room.context(command), answers={Receivers(): ("Bo", "bo")})
    decided = decide(command, context)
    assert not isinstance(decided, Refusal)
    assert [getattr(one.event, "to", "") for one in decided] == ["bo"]


def test_where_no_members_are_kept_any_name_is_taken(room: Room) -> None:
    command = StartHandover(DESK, "bob")
    assert not isinstance(decide(command, replace(room.context(command), answers={})), Refusal)


def test_adopting_the_pack_in_force_changes_nothing(room: Room) -> None:
    command = AdoptPack("demo", "1", "h1")
    assert room.does(command) == ("centre.pack_adopted.v1",)
    assert decide(command, replace(room.context(command), pack_hash="h1")) == ()


def test_a_unit_that_never_signed_on_is_off_duty() -> None:
    assert UnitState().status(None) == "off_duty"

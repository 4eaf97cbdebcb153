"""Incidents: opened, described, concluded, reopened."""

from dataclasses import replace
from typing import Any

import pytest

from dutyroom.domain.asking import about, asks
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.decide import CLOCK_TOLERANCE_MS
from dutyroom.domain.incidents.closing import missing_for_close
from dutyroom.domain.incidents.commands import (
    AddNote,
    AnswerPrompt,
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetCategory,
    SetDisposition,
    SetPriority,
    StrikeNote,
    UnitToSend,
)
from dutyroom.domain.incidents.state import AssignmentState
from dutyroom.domain.kernel import Command, Refusal
from dutyroom.domain.units.commands import RaiseEmergency, SignOn
from dutyroom.domain.values import Place, Position

from .room import Room
from .strategies import ASSIGNMENTS, CALLS, INCIDENTS, NOTES, START_MS

ONE, OTHER, _ = INCIDENTS
CALL, FIRST = CALLS[0], ASSIGNMENTS[0]
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")


def room_with_incident() -> Room:
    room = Room()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE))
    return room


def test_opening_from_a_call_links_it_and_seals_place_and_text() -> None:
    room = Room()
    room.does(ReceiveCall(CALL, "110-1"))
    room.does(ClaimCall(CALL))
    decision = room.act(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL, text="loud neighbours"))
    assert not isinstance(decision, Refusal)
    opened, linked, noted = decision
    assert (opened.event.TYPE, linked.event.TYPE) == (
        "incident.opened.v1",
        "incident.call_linked.v1",
    )
    assert opened.sealed == {
        "place": {"lon": 121.0, "lat": 31.0, "label": "Bridge Road 4", "kind": "address"}
    }
    assert noted.sealed == {"text": "loud neighbours"}
    assert opened.key == noted.key == f"incident:{ONE}"
    assert "Bridge" not in repr(opened.event)
    assert room.incidents[ONE].calls == (CALL,)


def test_opening_from_a_call_that_still_rings_is_refused_as_a_whole() -> None:
    room = Room()
    room.does(ReceiveCall(CALL, "110-1"))
    refusal = room.refuses(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL))
    assert refusal.name == "CallNotClaimed"
    assert ONE not in room.incidents


def test_on_view_the_unit_is_on_scene_at_once() -> None:
    room = Room()
    on_view = OpenIncident(ONE, "NOISE", 3, PLACE, "on_view", unit="P1", assignment=FIRST)
    assert room.refuses(on_view).name == "UnitOffDuty"
    room.does(SignOn("P1", ("anna",)))
    room.does(on_view)
    assert [(one.unit, one.state) for one in room.incidents[ONE].assignments] == [
        ("P1", "on_scene")
    ]
    again = OpenIncident(OTHER, "NOISE", 3, PLACE, "on_view", unit="P1")
    assert room.refuses(again).name == "UnitAlreadyCommitted"


@pytest.mark.parametrize("channel", ["order", "petition", "window"])
def test_a_matter_that_did_not_begin_with_a_call_keeps_how_it_became_known(channel: Any) -> None:
    room = Room()
    entered = OpenIncident(ONE, "NOISE", 3, PLACE, channel)
    assert about(entered, room.context(entered)).channel == channel
    room.does(entered)
    assert (room.incidents[ONE].channel, room.incidents[ONE].state) == (channel, "open")
    assert room.refuses(replace(entered, incident=OTHER, unit="P1")).name == "UnitOnlyOnView"


def test_a_unit_is_only_named_on_view() -> None:
    refusal = Room().refuses(OpenIncident(ONE, "NOISE", 3, PLACE, unit="P1"))
    assert refusal.name == "UnitOnlyOnView"


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (OpenIncident(ONE, "ALIENS", 1, PLACE), "category"),
        (OpenIncident(ONE, "FIRE", 9, PLACE), "priority"),
        (OpenIncident(ONE, "FIRE", 1, PLACE, answers=(("armed", "yes"),)), "prompt"),
        (OpenIncident(ONE, "FIRE", 1, PLACE, answers=(("inside", "maybe"),)), "answer"),
    ],
)
def test_codes_that_the_pack_does_not_have_are_refused(command: Command, field: str) -> None:
    refusal = Room().refuses(command)
    assert (refusal.name, refusal.params["field"]) == ("UnknownCode", field)


def test_a_place_that_is_nowhere_is_refused() -> None:
    nowhere = Place(float("nan"), 31.0, "?", "point")
    assert Room().refuses(OpenIncident(ONE, "FIRE", 1, nowhere)).name == "PlaceOutside"


def test_an_answer_raises_the_priority_and_never_lowers_it() -> None:
    room = room_with_incident()
    raised = room.does(AnswerPrompt(ONE, "armed", "yes"))
    assert raised == ("incident.prompt_answered.v1", "incident.priority_changed.v1")
    assert room.incidents[ONE].priority == 2
    room.does(SetPriority(ONE, 1))
    room.does(AnswerPrompt(ONE, "armed", "no"))
    assert room.does(AnswerPrompt(ONE, "armed", "yes")) == ("incident.prompt_answered.v1",)
    assert room.incidents[ONE].priority == 1
    assert room.incidents[ONE].answers == (("armed", "yes"),)


def test_answers_at_the_opening_raise_the_priority_too() -> None:
    room = Room()
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, answers=(("armed", "yes"),)))
    assert room.incidents[ONE].priority == 2


def test_the_last_answer_to_a_prompt_counts() -> None:
    room = Room()
    both = (("armed", "yes"), ("armed", "no"))
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, answers=both))
    assert room.incidents[ONE].answers == (("armed", "no"),)
    assert room.incidents[ONE].priority == 3


def test_setting_what_is_already_so_changes_nothing() -> None:
    room = room_with_incident()
    assert room.does(SetCategory(ONE, "NOISE")) == ()
    assert room.does(SetPriority(ONE, 3)) == ()
    room.does(AddNote(ONE, NOTES[0], "seen"))
    assert room.does(AddNote(ONE, NOTES[0], "seen")) == ()
    room.does(StrikeNote(ONE, NOTES[0]))
    assert room.does(StrikeNote(ONE, NOTES[0])) == ()


def test_the_category_that_it_was_opened_with_stays_beside_the_one_that_it_has_now() -> None:
    room = room_with_incident()
    room.does(SetCategory(ONE, "FIRE"))
    one = room.incidents[ONE]
    assert (one.first_category, one.category) == ("NOISE", "FIRE")
    room.does(SetCategory(ONE, "NOISE"))
    assert room.incidents[ONE].first_category == "NOISE"


def test_closing_says_all_that_is_missing() -> None:
    room = Room()
    room.does(ReceiveCall(CALL, "110-1"))
    room.does(ClaimCall(CALL))
    room.does(OpenIncident(ONE, "NOISE", 3, PLACE, call=CALL))
    room.does(SignOn("P1", ("anna",)))
    room.does(Dispatch(ONE, (UnitToSend(FIRST, "P1"),)))
    refusal = room.refuses(CloseIncident(ONE))
    assert refusal.name == "IncidentNotReady"
    assert refusal.params["missing"] == [
        {"what": "disposition"},
        {"what": "assignment", "assignment": str(FIRST), "unit": "P1", "state": "dispatched"},
        {"what": "call", "call": str(CALL), "state": "claimed"},
    ]
    room.does(ArriveOnScene(ONE, FIRST))
    room.does(ClearAssignment(ONE, FIRST, "done"))
    assert room.incidents[ONE].state == "open"
    room.does(SetDisposition(ONE, "helped"))
    room.does(EndCall(CALL))
    assert room.does(CloseIncident(ONE)) == ("incident.closed.v1",)
    assert room.incidents[ONE].progress == "cleared"


def test_calls_of_a_merged_incident_count_for_closing() -> None:
    room = room_with_incident()
    room.does(ReceiveCall(CALL, "110-1"))
    room.does(ClaimCall(CALL))
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE, call=CALL))
    room.does(MergeIncident(OTHER, ONE))
    room.does(SetDisposition(ONE, "helped"))
    missing = room.refuses(CloseIncident(ONE)).params["missing"]
    assert missing == [{"what": "call", "call": str(CALL), "state": "claimed"}]


def test_a_reopened_incident_needs_a_disposition_again() -> None:
    room = room_with_incident()
    room.does(SetDisposition(ONE, "helped"))
    room.does(CloseIncident(ONE))
    assert room.refuses(ReopenIncident(ONE, "bored")).name == "UnknownCode"
    room.does(ReopenIncident(ONE, "came_back"))
    assert room.refuses(CloseIncident(ONE)).params["missing"] == [{"what": "disposition"}]


def test_entries_afterwards_have_their_own_time_but_not_the_future() -> None:
    room = room_with_incident()
    room.does(AddNote(ONE, NOTES[0], "seen"), occurred_at_ms=START_MS)
    latest_ms = room.now_ms + 1_000 + CLOCK_TOLERANCE_MS
    room.does(SetPriority(ONE, 2), occurred_at_ms=latest_ms)
    refusal = room.refuses(SetPriority(ONE, 1), occurred_at_ms=latest_ms + 1_001)
    assert refusal.name == "TimeInFuture"


def test_closing_cannot_be_entered_before_the_opening() -> None:
    room = room_with_incident()
    room.does(SetDisposition(ONE, "helped"))
    refusal = room.refuses(CloseIncident(ONE), occurred_at_ms=START_MS - 1)
    assert refusal.name == "TimeBeforeOpening"


def test_a_unit_that_was_cleared_without_a_reason_is_missing_one() -> None:
    cleared = AssignmentState(FIRST, "P1", "cleared", START_MS)
    state = replace(
        room_with_incident().incidents[ONE], assignments=(cleared,), disposition="helped"
    )
    assert missing_for_close(ONE, state, {}.get, {}.get, lambda _: ()) == (
        {"what": "clear_reason", "assignment": str(FIRST), "unit": "P1"},
    )


@pytest.mark.parametrize("lon", [float("nan"), float("inf")])
def test_a_place_that_is_no_number_is_asked_for_once(lon: float) -> None:
    """A number that equals nothing was asked for without end."""
    place = Place(lon, 31.0, "", "point")
    at = Position(lon, 31.0, START_MS)
    for command in (OpenIncident(INCIDENTS[0], "FIRE", 1, place), RaiseEmergency("P1", at)):
        context = Room().context(command)
        assert asks(command, context) <= context.states.keys() | context.answers.keys() | {
            f"incident:{INCIDENTS[0]}",
            f"loop:{INCIDENTS[0]}",
        }

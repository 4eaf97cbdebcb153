"""Referrals: what may be done with one when, and that it carries what is agreed and no more."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.agreements import CARRIED_FIELDS, CarriedField
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    LiftMinorMark,
    MarkMinor,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    CloseReferral,
    FinishReferral,
    LookAtReferral,
    RecallReferral,
    RefuseReferral,
    RemindPartner,
    ReopenReferral,
    SendReferral,
    StartReferral,
    UndoAnswer,
)
from dutyroom.domain.referrals.events import ReferralExpired, ReferralSent
from dutyroom.domain.referrals.state import ReferralPhase, ReferralState, clocks
from dutyroom.domain.referrals.table import REFERRAL
from dutyroom.domain.values import Place
from dutyroom.domain.watching.steps import with_looks

from .room import Room
from .strategies import GAS, INCIDENTS, REFERRALS, START_MS

pytestmark = pytest.mark.unit

ONE, OTHER = INCIDENTS[:2]
IT = REFERRALS[0]
STREAM = f"referral:{IT}"
EVE = Actor("eve", "partner", org="city/gas")
KEEPER = Actor("keeper", "keeper")
SEND = SendReferral(IT, ONE, "gas-leaks", "Please shut it off")
FOUND: dict[str, object] = {
    "place": {"lon": 121.0, "lat": 31.0, "label": "Bridge", "kind": "point"},
    "known": ["It smells"],
    "caller_name": ["Wang"],
    "caller_telephone": ["555"],
    "notes": ["Second floor"],
}


@pytest.fixture
def room() -> Room:
    """Two open incidents that lack nothing but to be closed."""
    found = Room()
    found.to_carry = FOUND
    for one in (ONE, OTHER):
        found.does(OpenIncident(one, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
        found.does(SetDisposition(one, "helped"))
    return found


def it(room: Room) -> ReferralState:
    return room.referrals[IT]


def agreed(room: Room, **changed: Any) -> None:
    """The agreement says something else from now on."""
    room.codes = replace(room.codes, agreements={GAS.code: replace(GAS, **changed)})


# --- the table -------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "referral.send": SEND,
    "referral.accept": AcceptReferral(IT),
    "referral.refuse": RefuseReferral(IT, "busy"),
    "referral.undo_answer": UndoAnswer(IT),
    "referral.start": StartReferral(IT),
    "referral.finish": FinishReferral(IT, "Shut off"),
    "referral.remind": RemindPartner(IT),
    "referral.recall": RecallReferral(IT),
    "referral.close": CloseReferral(IT),
    "referral.reopen": ReopenReferral(IT),
    "referral.look_at": LookAtReferral(IT),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in REFERRAL.items()],
)
def test_a_referral_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(SEND)
    phase: Any = state
    room.states[STREAM] = replace(it(room), phase=phase, outcome="done", answered_by="eve")
    if state == "none":
        del room.states[STREAM]
    room.now_ms += GAS.accept_ms
    decision = room.act(COMMANDS[verb], EVE)
    if cell == DONE:
        assert decision == ()
    elif cell == GO:
        assert not isinstance(decision, Refusal), decision
        assert decision
    else:
        assert isinstance(decision, Refusal)
        assert decision.name == cell


def test_the_table_has_every_state_and_verb() -> None:
    states = ("none", *get_args(ReferralPhase.__value__))
    assert set(REFERRAL) == {(state, verb) for state in states for verb in COMMANDS}


# --- what it carries -------------------------------------------------------------------------


@given(st.sets(st.sampled_from(CARRIED_FIELDS), min_size=1))
def test_it_carries_the_fields_of_the_agreement_and_no_others(fields: set[CarriedField]) -> None:
    room = Room()
    room.to_carry = FOUND
    room.does(OpenIncident(ONE, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
    ordered = tuple(one for one in CARRIED_FIELDS if one in fields)
    agreed(room, fields=ordered)
    text = "Please shut it off" if "request" in fields else ""
    decision = room.act(replace(SEND, text=text))
    assert not isinstance(decision, Refusal)
    [emitted] = decision
    everything = FOUND | {
        "number": "1000-0009",
        "category": "NOISE",
        "priority": 3,
        "time": room.incidents[ONE].opened_at_ms,
        "request": text,
    }
    assert emitted.sealed == {"carried": {one: everything[one] for one in ordered}}
    assert emitted.key == f"incident:{ONE}"
    assert isinstance(emitted.event, ReferralSent)
    assert emitted.event.fields == ordered
    assert not any(said in repr(emitted.event) for said in ("Wang", "555", "smells", "floor"))


def test_what_is_not_there_is_not_carried(room: Room) -> None:
    room.to_carry = {}
    decision = room.act(replace(SEND, text=""))
    assert not isinstance(decision, Refusal)
    [emitted] = decision
    assert emitted.sealed is not None
    assert set(emitted.sealed["carried"]) == {"number", "category", "priority", "time"}  # type: ignore[call-overload]


# --- sending ---------------------------------------------------------------------------------


def test_it_is_sent_by_an_agreement_that_is_in_force_and_for_its_category(room: Room) -> None:
    assert room.refuses(replace(SEND, agreement="none")).name == "NoSuchAgreement"
    agreed(room, categories=frozenset({"FIRE"}))
    assert room.refuses(SEND).name == "AgreementNotForCategory"
    for changed in ({"from_ms": room.now_ms + 60_000}, {"until_ms": room.now_ms}):
        agreed(room, **changed)
        assert room.refuses(SEND).name == "AgreementNotInForce"
    agreed(room, fields=("number",))
    assert room.refuses(SEND).name == "RequestNotAgreed"
    agreed(room, categories=frozenset())
    assert room.does(SEND) == ("referral.sent.v1",)
    assert it(room).sent.due_ms == room.now_ms + GAS.accept_ms


def test_what_concerns_a_minor_is_sent_only_where_the_agreement_says_so(room: Room) -> None:
    room.does(MarkMinor(OTHER))
    room.does(MergeIncident(OTHER, ONE))
    refused = room.refuses(SEND)
    assert refused.name == "AgreementNotForMinors"
    assert "minors in agreements.json" in refused.remedy.en
    agreed(room, minors=True)
    room.does(SEND)
    room.does(RecallReferral(IT))
    agreed(room, minors=False)
    room.does(LiftMinorMark(ONE, "of_age"))
    room.does(replace(SEND, referral=REFERRALS[1]))


def test_the_second_one_to_refer_it_hears_who_was_first(room: Room) -> None:
    room.does(SEND)
    again = SendReferral(REFERRALS[1], ONE, "gas-leaks")
    refused = room.refuses(again, Actor("bo", "dispatcher"))
    assert (refused.name, refused.params["by"]) == ("AlreadyReferred", "anna")
    room.does(RecallReferral(IT))
    room.does(again)


def test_only_an_open_incident_is_referred(room: Room) -> None:
    room.does(CloseIncident(ONE))
    assert room.refuses(SEND).params["state"] == "closed"
    assert room.refuses(replace(SEND, incident=INCIDENTS[2])).params["state"] == "none"


def test_an_incident_is_not_closed_while_a_partner_owes_something(room: Room) -> None:
    room.does(replace(SEND, incident=OTHER))
    room.does(MergeIncident(OTHER, ONE))
    for command in (None, AcceptReferral(IT), StartReferral(IT)):
        if command is not None:
            room.does(command, EVE)
        [missing] = room.refuses(CloseIncident(ONE)).params["missing"]  # type: ignore[misc]
        assert missing == {"what": "referral", "referral": str(IT), "state": it(room).phase}
    room.does(FinishReferral(IT, "Shut off"), EVE)
    room.does(CloseIncident(ONE))


# --- answering -------------------------------------------------------------------------------


def test_it_goes_from_the_room_to_the_partner_and_back(room: Room) -> None:
    room.does(SEND)
    assert room.refuses(RefuseReferral(IT, "bored"), EVE).name == "UnknownCode"
    room.does(AcceptReferral(IT), EVE)
    assert room.refuses(FinishReferral(IT, " "), EVE).name == "ReferralTextWrong"
    types = room.does(FinishReferral(IT, "Shut off"), EVE)
    assert types == ("referral.started.v1", "referral.done.v1")
    room.does(StartReferral(IT), EVE)
    assert (it(room).phase, it(room).outcome) == ("in_progress", "")
    decision = room.act(FinishReferral(IT, "Shut off"), EVE)
    assert not isinstance(decision, Refusal)
    assert (decision[0].sealed, decision[0].key) == ({"text": "Shut off"}, f"incident:{ONE}")
    room.does(CloseReferral(IT))
    assert not it(room).open
    room.does(ReopenReferral(IT))
    assert (it(room).phase, it(room).open) == ("done", True)


def test_an_answer_is_taken_back_until_work_has_begun(room: Room) -> None:
    room.does(SEND)
    for answer in (AcceptReferral(IT), RefuseReferral(IT, "busy")):
        room.does(answer, EVE)
        room.does(UndoAnswer(IT), EVE)
        assert (it(room).phase, it(room).answered_by, it(room).reason) == ("sent", "", "")
    room.does(AcceptReferral(IT), EVE)
    room.does(StartReferral(IT), EVE)
    assert room.refuses(UndoAnswer(IT), EVE).name == "ReferralHasMovedOn"


def test_a_partner_who_accepts_and_falls_silent_holds_no_incident_back(room: Room) -> None:
    room.does(SEND)
    room.does(AcceptReferral(IT), EVE)
    room.does(StartReferral(IT), EVE)
    room.does(RecallReferral(IT))
    assert it(room).open is False
    refused = room.refuses(FinishReferral(IT, "Shut off"), EVE)
    assert (refused.name, refused.params["state"]) == ("ReferralIsOver", "recalled")


def test_a_refusal_is_seen_and_listed_again(room: Room) -> None:
    room.does(SEND)
    room.does(RefuseReferral(IT, "busy"), EVE)
    room.does(CloseReferral(IT))
    room.does(ReopenReferral(IT))
    assert (it(room).phase, it(room).reason) == ("refused", "busy")


# --- its clock -------------------------------------------------------------------------------


def looks(room: Room) -> int | None:
    """When the keeper looks at it next."""
    (owed,) = with_looks(it(room), clocks(it(room)))
    return owed.look_ms


def test_whoever_is_on_duty_is_told_once_that_nobody_has_answered(room: Room) -> None:
    room.on_duty = {"dispatcher": ("anna", "bo"), "supervisor": ("dai",)}
    room.does(SEND)
    due = it(room).sent.due_ms
    assert looks(room) == due
    assert room.does(LookAtReferral(IT), KEEPER) == ()
    room.now_ms = due + 4_000
    decision = room.act(LookAtReferral(IT), KEEPER)
    assert not isinstance(decision, Refusal)
    assert decision[0].event == ReferralExpired(("anna", "bo", "dai"), 5_000)
    assert looks(room) == due + 30 * 60_000
    assert room.does(LookAtReferral(IT), KEEPER) == ()
    room.does(AcceptReferral(IT), EVE)
    room.does(UndoAnswer(IT), EVE)
    assert (it(room).phase, it(room).expired) == ("expired", True)
    room.now_ms = due + 30 * 60_000
    assert room.does(LookAtReferral(IT), KEEPER) == ("deadline.told.v1",)
    assert room.does(LookAtReferral(IT), KEEPER) == ()
    room.does(RefuseReferral(IT, "busy"), EVE)
    assert clocks(it(room)) == ()


def test_nothing_is_entered_before_the_last_step(room: Room) -> None:
    room.does(SEND)
    early = room.refuses(RecallReferral(IT), occurred_at_ms=START_MS)
    assert early.name == "TimeBeforeReferral"
    assert (
        room.refuses(replace(SEND, referral=REFERRALS[2]), occurred_at_ms=START_MS - 1).name
        == "TimeBeforeOpening"
    )


@pytest.mark.parametrize("done", [False, True])
def test_nothing_is_owed_again_once_the_incident_was_concluded(room: Room, done: bool) -> None:
    room.does(SEND)
    if done:
        room.does(AcceptReferral(IT), EVE)
        room.does(FinishReferral(IT, "Shut off"), EVE)
    else:
        room.does(RefuseReferral(IT, "busy"), EVE)
    room.does(MergeIncident(ONE, OTHER))
    again = StartReferral(IT) if done else UndoAnswer(IT)
    state = it(room)
    room.does(again, EVE)  # what it was merged into is open
    room.states[STREAM] = state
    room.does(CloseIncident(OTHER))
    assert room.refuses(again, EVE).name == "ReferredIncidentIsOver"


# --- reminding ---------------------------------------------------------------------------------


def test_reminders_are_counted_with_who_and_when_and_move_no_time(room: Room) -> None:
    room.does(SEND)
    before = it(room)
    room.now_ms += 60_000
    room.does(RemindPartner(IT))
    room.does(AcceptReferral(IT), EVE)
    room.now_ms += 60_000
    room.does(RemindPartner(IT), Actor("bo", "dispatcher"))
    state = it(room)
    assert (state.reminders, state.reminded_by, state.reminded_ms) == (2, "bo", room.now_ms)
    assert (state.sent.due_ms, state.phase) == (before.sent.due_ms, "accepted")
    room.does(FinishReferral(IT, "Shut off"), EVE)
    assert room.refuses(RemindPartner(IT)).name == "ReferralHasMovedOn"

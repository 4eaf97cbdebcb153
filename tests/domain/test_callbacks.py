"""Follow-up calls: one for an incident, due by the pack's rule; what a caller's answer leads to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dutyroom.clocks import Length
from dutyroom.clocks.calendar import NOTHING_CITED, Calendar
from dutyroom.clocks.callbacks import CallBackRule, CallBacks
from dutyroom.clocks.loop import Loop
from dutyroom.domain.callbacks.commands import (
    AnswerCallBack,
    ClaimCallBack,
    DropCallBack,
    NoteNotReached,
    OfferCallBack,
    ReleaseCallBack,
    UndoCallBack,
)
from dutyroom.domain.callbacks.state import CallBackState, clocks
from dutyroom.domain.callbacks.table import CALL_BACK
from dutyroom.domain.calls.commands import CallBack, ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    LiftUnsafeToContact,
    LinkCall,
    MarkUnsafeToContact,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.tasks.commands import ReassignTask
from dutyroom.domain.values import Place

from .room import Room
from .strategies import CALLS, INCIDENTS, START_MS, TASKS

pytestmark = pytest.mark.unit

ONE, OTHER, _ = INCIDENTS
CALL, TASK = CALLS[0], TASKS[0]
PLACE = Place(121.0, 31.0, "Bridge", "point")
BO, CHIEF = Actor("bo", "call_taker"), Actor("chief", "supervisor")
OFFICE = Calendar(
    "office", NOTHING_CITED, "Asia/Shanghai", (((510, 1050),),) * 5 + ((),) * 2
)  # 08:30 to 17:30
RULES = CallBacks(
    OFFICE,
    (
        CallBackRule(Length(3, "working_day"), ("NOISE",), attended=True),
        CallBackRule(Length(5, "working_day"), ("NOISE",)),
    ),
    attempts=3,
    answer=Length(5, "working_day"),
)
GOOD = AnswerCallBack(ONE, "good", "fair", "good", "solved")
BAD = replace(GOOD, solved="not_solved")


@pytest.fixture
def room() -> Room:
    """Two incidents, one of them with a call; the south is another station."""
    room = Room()
    room.loop = Loop(call_backs=RULES)
    room.codes = replace(
        room.codes,
        orgs=frozenset({"city", "city/north", "city/south"}),
        org_of_zone={"north": "city/north", "south": "city/south"},
    )
    for id_ in (ONE, OTHER):
        room.does(OpenIncident(id_, "NOISE", 3, PLACE))
    room.does(ReceiveCall(CALL, "110-1", "13800000000"))
    room.does(ClaimCall(CALL))
    room.does(LinkCall(ONE, CALL))
    room.does(EndCall(CALL))
    return room


def close(room: Room, incident: Any = ONE) -> tuple[str, ...]:
    room.does(SetDisposition(incident, "helped"))
    return room.does(CloseIncident(incident))


def state_of(room: Room, incident: Any = ONE) -> CallBackState:
    state = room.states[f"call_back:{incident}"]
    assert isinstance(state, CallBackState)
    return state


# --- the table -------------------------------------------------------------------------------

COMMANDS: Mapping[str, Command] = {
    "call_back.offer": OfferCallBack(ONE),
    "call_back.claim": ClaimCallBack(ONE),
    "call_back.release": ReleaseCallBack(ONE),
    "call_back.not_reached": NoteNotReached(ONE),
    "call_back.answer": GOOD,
    "call_back.undo": UndoCallBack(ONE),
    "call_back.drop": DropCallBack(ONE),
}


@pytest.mark.parametrize(
    ("phase", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in CALL_BACK.items()],
)
def test_a_follow_up_call_does_what_its_table_says(
    room: Room, phase: Any, verb: str, cell: str
) -> None:
    close(room)
    del room.states[f"call_back:{ONE}"]
    by = "bo" if cell == "CallBackTaken" else "anna"
    if phase != "none":
        taken = by if phase == "taken" else ""
        room.states[f"call_back:{ONE}"] = CallBackState(
            phase, "1000-0009", "NOISE", "city/north", START_MS, True, False, START_MS, START_MS,
            taken_by=taken,
        )  # fmt: skip
    decision = room.act(COMMANDS[verb])
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


# --- when there is one -----------------------------------------------------------------------


def test_it_is_due_by_the_working_days_of_the_pack_when_its_incident_is_closed(room: Room) -> None:
    assert close(room) == ("incident.closed.v1", "call_back.offered.v1")
    one = state_of(room)
    closed = datetime.fromtimestamp(START_MS / 1000, UTC)
    assert closed.isoformat() == "2025-11-24T16:00:00+00:00"  # Tuesday, 00:00 in Shanghai
    due = datetime.fromtimestamp(one.due_ms / 1000, UTC)
    assert due.isoformat() == "2025-12-02T09:30:00+00:00"  # five days on, at the end of the day
    assert [deadline.due_ms for deadline in clocks(one)] == [one.due_ms]
    assert one.org == "city/north"


def test_where_somebody_was_at_the_door_it_is_due_earlier() -> None:
    attended, not_attended = (RULES.rule_for("NOISE", 3, there) for there in (True, False))
    assert attended is not None
    assert not_attended is not None
    assert (attended.within.count, not_attended.within.count) == (3, 5)
    assert RULES.rule_for("FIRE", 1, True) is None


def test_nobody_is_called_where_nobody_called_or_the_pack_has_no_rule(room: Room) -> None:
    assert close(room, OTHER) == ("incident.closed.v1",)
    assert room.refuses(OfferCallBack(OTHER)).name == "NobodyToCall"
    room.loop = Loop()
    assert close(room) == ("incident.closed.v1",)
    assert room.refuses(OfferCallBack(ONE)).name == "CallBacksNotUsed"


def test_one_can_be_offered_by_hand_once_it_is_concluded_and_dropped_again(room: Room) -> None:
    assert room.refuses(OfferCallBack(ONE)).name == "CallBackNotYet"
    assert room.refuses(OfferCallBack(INCIDENTS[2])).name == "CallBackNotYet"
    room.loop = Loop(call_backs=replace(RULES, rules=(CallBackRule(Length(5, "day"), ("FIRE",)),)))
    assert close(room) == ("incident.closed.v1",)
    assert room.does(OfferCallBack(ONE)) == ("call_back.offered.v1",)
    assert room.refuses(OfferCallBack(ONE)).name == "CallBackExists"
    room.does(DropCallBack(ONE))
    assert clocks(state_of(room)) == ()
    room.does(UndoCallBack(ONE))
    assert state_of(room).phase == "due"


def test_what_the_pack_asks_for_is_nobodys_to_leave_out(room: Room) -> None:
    close(room)
    assert room.refuses(DropCallBack(ONE)).name == "CallBackIsWanted"


def test_a_matter_that_is_concluded_twice_has_one_survey(room: Room) -> None:
    close(room)
    assert room.does(ReopenIncident(ONE, "came_back")) == (
        "incident.reopened.v2",
        "call_back.set_aside.v1",
    )
    refused = room.refuses(NoteNotReached(ONE))
    assert (refused.name, refused.params["because"]) == ("CallBackAside", "reopened")
    assert close(room) == ("incident.closed.v1", "call_back.taken_up.v1")
    room.does(GOOD)
    room.does(ReopenIncident(ONE, "came_back"))
    assert close(room) == ("incident.closed.v1",)
    assert state_of(room).phase == "done"


def test_its_time_is_provisional_until_it_is_due_again_by_days_that_are_announced(
    room: Room,
) -> None:
    unannounced = replace(OFFICE, announced_until=date(2000, 12, 31))
    room.loop = Loop(call_backs=replace(RULES, calendar=unannounced))
    close(room)
    assert (state_of(room).provisional, state_of(room).due_from_ms) == (True, room.now_ms)
    room.does(ReopenIncident(ONE, "came_back"))
    room.now_ms += 60_000
    room.loop = Loop(call_backs=RULES)
    assert close(room)[-1] == "call_back.taken_up.v1"
    assert (state_of(room).provisional, state_of(room).due_from_ms) == (False, room.now_ms)


def test_it_is_set_aside_also_where_a_later_pack_has_no_follow_up_calls(room: Room) -> None:
    close(room)
    room.loop = Loop()
    room.does(ReopenIncident(ONE, "came_back"))
    assert (state_of(room).phase, state_of(room).because) == ("aside", "reopened")
    close(room)
    assert state_of(room).phase == "aside"
    room.loop = Loop(call_backs=RULES)
    room.does(ReopenIncident(ONE, "came_back"))
    close(room)
    assert state_of(room).phase == "due"
    room.loop = Loop()
    room.does(MarkUnsafeToContact(ONE, "offender_near"))
    assert (state_of(room).phase, state_of(room).because) == ("aside", "unsafe")


def test_what_was_merged_has_none_of_its_own(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    assert close(room, OTHER) == ("incident.closed.v1", "call_back.offered.v1")
    assert f"call_back:{ONE}" not in room.states


# --- not safe --------------------------------------------------------------------------------


def test_none_is_offered_or_made_while_it_is_not_safe(room: Room) -> None:
    room.does(MarkUnsafeToContact(ONE, "offender_near"))
    assert close(room) == ("incident.closed.v1",)
    assert room.refuses(OfferCallBack(ONE)).name == "NotSafeToContact"
    assert room.does(LiftUnsafeToContact(ONE)) == (
        "incident.contact_safe.v1",
        "call_back.offered.v1",
    )
    assert room.does(MarkUnsafeToContact(ONE, "offender_near"))[-1] == "call_back.set_aside.v1"
    for command in (ClaimCallBack(ONE), NoteNotReached(ONE), GOOD):
        refused = room.refuses(command)
        assert (refused.name, refused.params["because"]) == ("CallBackAside", "unsafe")
    assert room.refuses(CallBack(CALL, "reached")).name == "CallHasEnded"
    assert room.does(LiftUnsafeToContact(ONE))[-1] == "call_back.taken_up.v1"


def test_what_is_undone_while_nobody_may_call_is_set_aside(room: Room) -> None:
    close(room)
    room.does(GOOD)
    room.does(MarkUnsafeToContact(ONE, "offender_near"))
    assert room.does(UndoCallBack(ONE)) == ("call_back.undone.v1", "call_back.set_aside.v1")


# --- who calls -------------------------------------------------------------------------------


def test_the_second_one_hears_who_was_first_and_a_supervisor_takes_over(room: Room) -> None:
    close(room)
    room.does(ClaimCallBack(ONE), BO)
    for command in (ClaimCallBack(ONE), NoteNotReached(ONE), GOOD, ReleaseCallBack(ONE)):
        refused = room.refuses(command)
        assert (refused.name, refused.params["by"]) == ("CallBackTaken", "bo")
    assert room.does(ClaimCallBack(ONE), BO) == ()
    assert room.does(ClaimCallBack(ONE), CHIEF) == ("call_back.claimed.v1",)
    room.does(ReleaseCallBack(ONE), CHIEF)
    assert state_of(room).taken_by == ""


@pytest.mark.parametrize("org", ["city/north", "city/north/desk"])
def test_nobody_calls_about_their_own_station(room: Room, org: str) -> None:
    close(room)
    own = replace(BO, org=org)
    for command in (ClaimCallBack(ONE), NoteNotReached(ONE), GOOD):
        assert room.refuses(command, own).name == "CallBackOfOwnStation"
    assert room.does(ClaimCallBack(ONE), replace(BO, org="city/south"))


def test_it_is_given_up_after_as_many_attempts_as_the_pack_says(room: Room) -> None:
    close(room)
    for _ in range(2):
        assert room.does(NoteNotReached(ONE)) == ("call_back.not_reached.v1",)
    assert room.does(NoteNotReached(ONE))[-1] == "call_back.given_up.v1"
    assert (state_of(room).phase, state_of(room).attempts) == ("given_up", 3)
    assert room.refuses(GOOD).name == "CallBackIsOver"
    room.does(UndoCallBack(ONE))
    assert (state_of(room).phase, state_of(room).attempts) == ("due", 2)


# --- what is said ----------------------------------------------------------------------------


def test_each_is_said_apart_and_the_comment_is_sealed(room: Room) -> None:
    close(room)
    decision = room.act(replace(GOOD, comment=" They were kind "))
    assert isinstance(decision, tuple)
    [one] = decision
    assert (one.sealed, one.key) == ({"comment": "They were kind"}, f"incident:{ONE}")
    assert "kind" not in repr(one.event)
    state = state_of(room)
    assert (state.attitude, state.speed, state.result) == ("good", "fair", "good")
    assert room.refuses(GOOD).name == "CallBackIsOver"
    long = replace(GOOD, comment="x" * 2_001)
    room.does(UndoCallBack(ONE))
    assert room.refuses(long).name == "TaskTextWrong"
    declined = AnswerCallBack(ONE, "declined", "declined", "declined", "declined")
    assert room.does(declined) == ("call_back.answered.v1",)


@pytest.mark.parametrize(
    "change",
    [{"solved": "not_solved"}, {"attitude": "poor"}, {"speed": "poor"}, {"result": "poor"}],
)
def test_who_is_not_satisfied_is_answered(room: Room, change: dict[str, Any]) -> None:
    close(room)
    assert room.refuses(replace(GOOD, **change)).name == "DissatisfiedUnanswered"


def test_not_solved_reopens_the_incident_in_the_same_breath(room: Room) -> None:
    close(room)
    again = replace(BAD, then="reopen")
    assert room.refuses(again).name == "UnknownCode"
    assert state_of(room).phase == "due"
    assert room.does(replace(again, reason="came_back"), BO) == (
        "call_back.answered.v1",
        "incident.reopened.v2",
    )
    assert room.incidents[ONE].state == "open"
    assert room.refuses(UndoCallBack(ONE)).name == "AnswerWasActedOn"


def test_or_makes_a_task_that_is_due_in_five_working_days_while_it_stays_closed(
    room: Room,
) -> None:
    close(room)
    task = replace(BAD, then="task", task=TASK, org="city/north", text="Go and see them")
    assert room.refuses(replace(task, text=" ")).name == "TaskTextWrong"
    assert room.refuses(replace(task, org="elsewhere")).name == "TaskNeedsOrganisation"
    assert room.refuses(replace(task, task=None)).name == "TaskNeedsOrganisation"
    assert room.does(task, BO) == ("call_back.answered.v1", "task.offered.v1")
    made = room.tasks[TASK]
    assert made.due_ms == RULES.due_ms(RULES.answer, room.now_ms)
    assert (made.phase, made.org, room.incidents[ONE].state) == ("offered", "city/north", "closed")
    assert room.does(ReassignTask(TASK, "city/south")) == ("task.reassigned.v1",)
    room.does(ReopenIncident(ONE, "came_back"))
    room.does(SetDisposition(ONE, "helped"))
    missing = room.refuses(CloseIncident(ONE)).params["missing"]
    assert {"what": "task", "task": str(TASK), "state": "offered"} in missing  # type: ignore[operator]


def test_a_complaint_about_an_officer_is_answered_by_another_organisation(room: Room) -> None:
    """Neither the one that looks after the place, nor that of a unit that was there."""
    room.loop = Loop(call_backs=RULES, complaints=("NOISE",))
    room.codes = replace(room.codes, orgs=frozenset({*room.codes.orgs, "city/north/case"}))
    close(room)
    reopen = replace(BAD, then="reopen", reason="came_back")
    assert room.refuses(reopen).name == "ComplaintNotReopened"
    task = replace(BAD, then="task", task=TASK, text="Answer the caller")
    for own in ("city/north", "city/north/case"):
        assert room.refuses(replace(task, org=own)).name == "ComplaintOfOwnStation"
    room.does(replace(task, org="city/south"))
    assert room.refuses(ReassignTask(TASK, "city/north")).name == "ComplaintOfOwnStation"
    assert room.does(ReassignTask(TASK, "city"))


def test_a_pack_of_another_day_counts_in_its_own_hours() -> None:
    hours = replace(RULES, answer=Length(4, "hour"))
    monday = int(datetime(2025, 11, 24, 8, 0, tzinfo=UTC).timestamp() * 1000)  # 16:00 there
    due = datetime.fromtimestamp(hours.due_ms(hours.answer, monday) / 1000, UTC)
    assert due.isoformat() == "2025-11-25T03:00:00+00:00"

"""Requests to specialist desks: what may be done with one when and by whom, and what is asked of a
desk that is closed or full."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AddDeskNote,
    AskDesk,
    AskDeskAgain,
    ConfirmDeskRequest,
    FinishDeskRequest,
    ReleaseDeskRequest,
    RemindDesk,
    ReturnDeskRequest,
    SendBackDeskRequest,
    StartDeskRequest,
    UndoDeskConfirmation,
    UndoDeskReturn,
    WithdrawDeskRequest,
)
from dutyroom.domain.desk_requests.events import DeskAsked
from dutyroom.domain.desk_requests.row import render
from dutyroom.domain.desk_requests.state import (
    DeskRequestPhase,
    DeskRequestState,
    DeskReturned,
    clocks,
)
from dutyroom.domain.desk_requests.table import DESK_REQUEST
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Change, Command, Refusal
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    OfferTask,
    SubmitTask,
    WithdrawTask,
)
from dutyroom.domain.values import Place

from .room import ANNA, Room
from .strategies import DESK_REQUESTS, INCIDENTS, NOTES, START_MS, TASKS

ONE, OTHER = INCIDENTS[:2]
STOP, MORE, THIRD = DESK_REQUESTS
BO = Actor("bo", "desk_specialist", org="city/fraud")
CHEN = Actor("chen", "desk_specialist", org="city/fraud")
OPERATOR = Actor("operator", "operator")
ASK = AskDesk(STOP, ONE, "fraud", "stop", "Account 6222, 8,000 yuan at 09:40")
TELEPHONE = AskDesk(MORE, ONE, "words", "telephone", "A lost tourist", "english")
VISIT = OfferTask(TASKS[0], ONE, "visit", "city/north", "Ask the neighbours")
FOR_VISIT = replace(ASK, task=TASKS[0])
DAY_MS, HOUR_MS = 86_400_000, 3_600_000
MIDNIGHT_MS = START_MS - START_MS % DAY_MS + DAY_MS
"""The desk `words` is open from midnight to noon, UTC."""


@pytest.fixture
def room() -> Room:
    """Two open incidents; Bo and Chen work at the desk against fraud."""
    found = Room()
    found.now_ms = MIDNIGHT_MS
    for one in (ONE, OTHER):
        found.does(OpenIncident(one, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
        found.does(SetDisposition(one, "helped"))
    return found


def request(room: Room) -> DeskRequestState:
    return room.desk_requests[STOP]


def done(room: Room) -> None:
    room.does(ASK)
    room.does(AcceptDeskRequest(STOP), BO)
    room.does(FinishDeskRequest(STOP, "Stopped at 09:52."), BO)


# --- the table -------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "desk_request.ask": ASK,
    "desk_request.ask_again": AskDeskAgain(STOP),
    "desk_request.accept": AcceptDeskRequest(STOP),
    "desk_request.release": ReleaseDeskRequest(STOP),
    "desk_request.return": ReturnDeskRequest(STOP, "not_ours"),
    "desk_request.undo_return": UndoDeskReturn(STOP),
    "desk_request.start": StartDeskRequest(STOP),
    "desk_request.add_note": AddDeskNote(STOP, NOTES[0], "Asked the bank"),
    "desk_request.finish": FinishDeskRequest(STOP, "Stopped."),
    "desk_request.confirm": ConfirmDeskRequest(STOP),
    "desk_request.undo_confirmation": UndoDeskConfirmation(STOP),
    "desk_request.send_back": SendBackDeskRequest(STOP, "unclear"),
    "desk_request.withdraw": WithdrawDeskRequest(STOP),
    "desk_request.remind": RemindDesk(STOP),
}
BY = {"desk_request.accept": CHEN, "desk_request.release": OPERATOR}
"""Who asks, where it isn't Bo, who has it."""


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in DESK_REQUEST.items()],
)
def test_a_request_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(ASK)
    phase: Any = state
    free = state in ("asked", "returned") or verb == "desk_request.accept"
    returned = DeskReturned("bo", "asked", "") if state == "returned" else None
    owner = "" if free else "bo"
    there = replace(request(room), phase=phase, owner=owner, returned_from=returned)
    room.states[f"desk_request:{STOP}"] = there
    if state == "none":
        del room.states[f"desk_request:{STOP}"]
    decision = room.act(COMMANDS[verb], BY.get(verb, BO))
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_every_state_of_a_request_is_in_its_table() -> None:
    assert {state for state, _ in DESK_REQUEST} == {"none", *get_args(DeskRequestPhase.__value__)}


# --- asking ----------------------------------------------------------------------------------


def test_what_is_wanted_is_sealed_with_the_incident(room: Room) -> None:
    decision = room.act(ASK)
    assert isinstance(decision, tuple)
    [one] = decision
    assert (one.key, one.sealed) == (f"incident:{ONE}", {"text": ASK.text})
    assert isinstance(one.event, DeskAsked)
    assert "6222" not in repr(one.event)


@pytest.mark.parametrize(
    ("change", "name", "field"),
    [
        ({"desk": "elsewhere"}, "UnknownCode", "desk"),
        ({"offer": "telephone"}, "UnknownCode", "offer"),
        ({"skill": "english"}, "UnknownCode", "skill"),
        ({"priority": 9}, "UnknownCode", "priority"),
        ({"text": "  "}, "TaskTextWrong", "text"),
        ({"incident": INCIDENTS[2]}, "IncidentTakesNoTask", None),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    room: Room, change: dict[str, Any], name: str, field: str | None
) -> None:
    refused = room.refuses(replace(ASK, **change))
    assert (refused.name, refused.params.get("field")) == (name, field)


def test_what_a_desk_no_longer_does_is_not_asked_for(room: Room) -> None:
    fraud = room.codes.desks["fraud"]
    offers = (replace(fraud.offers[0], retired=True),)
    desks = {**room.codes.desks, "fraud": replace(fraud, offers=offers)}
    room.codes = replace(room.codes, desks=desks)
    assert room.refuses(ASK).name == "UnknownCode"


def test_it_is_to_be_accepted_in_time_and_then_has_no_clock(room: Room) -> None:
    room.does(ASK)
    (owed,) = clocks(request(room))
    assert (owed.name, owed.due_ms) == ("accept", room.now_ms + 5 * 60_000)
    room.does(AcceptDeskRequest(STOP), BO)
    assert clocks(request(room)) == ()
    room.does(ReleaseDeskRequest(STOP), BO)
    assert len(clocks(request(room))) == 1


def test_a_closed_desk_says_when_it_opens_and_what_waits_is_promised_from_then(room: Room) -> None:
    room.now_ms = MIDNIGHT_MS + 13 * HOUR_MS
    refused = room.refuses(TELEPHONE)
    assert (refused.name, refused.params["opens_ms"]) == ("DeskClosed", MIDNIGHT_MS + DAY_MS)
    room.does(replace(TELEPHONE, queue=True))
    state = room.desk_requests[MORE]
    assert (state.queued, state.accept_by_ms) == ("closed", MIDNIGHT_MS + DAY_MS + 600_000)


def test_a_minute_before_it_closes_the_promise_goes_on_the_next_day(room: Room) -> None:
    room.now_ms = MIDNIGHT_MS + 12 * HOUR_MS - 61_000
    room.does(TELEPHONE)
    assert room.desk_requests[MORE].accept_by_ms == MIDNIGHT_MS + DAY_MS + 9 * 60_000


def test_what_is_promised_for_a_day_that_nobody_has_announced_is_provisional(room: Room) -> None:
    desks = room.codes.desks
    today = datetime.fromtimestamp(room.now_ms / 1000, UTC).date()
    announced = replace(desks["words"].calendar, announced_until=today - timedelta(days=3))
    words = replace(desks["words"], calendar=announced)
    room.codes = replace(room.codes, desks={**desks, "words": words})
    room.does(TELEPHONE)
    asked = room.desk_requests[MORE]
    assert (asked.provisional, asked.accept_from_ms) == (True, room.now_ms)
    room.does(ReturnDeskRequest(MORE, "not_ours"), replace(BO, org="city/words"))
    room.codes = replace(room.codes, desks=desks)
    room.now_ms += 60_000
    room.does(AskDeskAgain(MORE))
    asked = room.desk_requests[MORE]
    assert (asked.provisional, asked.accept_from_ms) == (False, room.now_ms)


def test_a_desk_at_capacity_says_so_and_what_may_wait_is_asked(room: Room) -> None:
    room.does(ASK)
    another = replace(ASK, desk_request=MORE)
    room.does(another)  # nobody works on the first one yet
    room.does(AcceptDeskRequest(STOP), BO)
    refused = room.refuses(replace(ASK, desk_request=THIRD))
    assert refused.name == "DeskFull"
    assert (refused.params["load"], refused.params["capacity"]) == (1, 1)
    room.does(replace(ASK, desk_request=THIRD, queue=True))
    assert room.desk_requests[THIRD].queued == "full"
    room.does(FinishDeskRequest(STOP, "Stopped."), BO)
    room.does(WithdrawDeskRequest(MORE))
    room.does(AskDeskAgain(MORE))


def test_what_was_returned_is_asked_again_with_a_new_clock(room: Room) -> None:
    room.does(ASK)
    room.does(ReturnDeskRequest(STOP, "unclear"), BO)
    assert (request(room).phase, request(room).reason) == ("returned", "unclear")
    room.now_ms += HOUR_MS
    room.does(AskDeskAgain(STOP))
    assert request(room).accept_by_ms == room.now_ms + 5 * 60_000
    assert (request(room).phase, request(room).returned) == ("asked", 1)


def test_a_closed_incident_asks_no_desk(room: Room) -> None:
    room.does(CloseIncident(ONE))
    assert room.refuses(ASK).params["state"] == "closed"


# --- for a task ------------------------------------------------------------------------------


def test_what_is_asked_for_a_task_names_it_its_kind_and_who_has_it(room: Room) -> None:
    room.does(VISIT)
    decision = room.act(FOR_VISIT)
    assert isinstance(decision, tuple)
    [one] = decision
    assert isinstance(one.event, DeskAsked)
    said = (one.event.task, one.event.task_kind, one.event.task_org)
    assert said == (TASKS[0], "visit", "city/north")
    assert "neighbours" not in repr(one)
    row = render(str(STOP), request(room), Change("anna", room.now_ms, 7))
    assert (row.task, row.task_kind, row.orgs) == (str(TASKS[0]), "visit", ("city/north",))


def test_it_is_an_open_task_of_the_incident_or_of_what_was_merged_into_it(room: Room) -> None:
    assert room.refuses(FOR_VISIT).name == "TaskNotOfIncident"
    room.does(VISIT)
    assert room.refuses(replace(FOR_VISIT, incident=OTHER)).name == "TaskNotOfIncident"
    room.does(MergeIncident(ONE, OTHER))
    room.does(FOR_VISIT)
    room.does(replace(FOR_VISIT, desk_request=MORE, incident=OTHER))
    room.does(WithdrawTask(TASKS[0]))
    over = replace(FOR_VISIT, desk_request=THIRD, incident=OTHER)
    assert room.refuses(over).name == "TaskNotOfIncident"


def test_a_task_ends_while_its_request_is_open_and_the_incident_does_not(room: Room) -> None:
    room.does(VISIT)
    room.does(FOR_VISIT)
    luo = Actor("bo", "station_officer", org="city/north")
    room.does(AcceptTask(TASKS[0]), luo)
    room.does(SubmitTask(TASKS[0], "They heard nothing"), luo)
    room.does(ApproveTask(TASKS[0]))
    missing = room.refuses(CloseIncident(ONE)).params["missing"]
    assert missing == [{"what": "desk_request", "desk_request": str(STOP), "state": "asked"}]


# --- two people at once, and who may ---------------------------------------------------------


def test_of_two_who_accept_it_the_second_hears_who_was_first(room: Room) -> None:
    room.does(ASK)
    assert room.does(AcceptDeskRequest(STOP), BO) == ("desk_request.accepted.v1",)
    assert room.does(AcceptDeskRequest(STOP), BO) == ()
    refused = room.refuses(AcceptDeskRequest(STOP), CHEN)
    assert (refused.name, refused.params["owner"]) == ("DeskRequestHasMovedOn", "bo")


@pytest.mark.parametrize(
    "verb", ["start", "finish", "return", "release"], ids=lambda verb: f"it is {verb}"
)
def test_only_who_accepted_it_works_on_it(room: Room, verb: str) -> None:
    room.does(ASK)
    room.does(AcceptDeskRequest(STOP), BO)
    command = COMMANDS[f"desk_request.{verb}"]
    assert room.refuses(command, CHEN).name == "DeskRequestIsOfAnother"
    room.does(command, BO)


def test_a_request_that_was_withdrawn_meanwhile_says_so_and_a_note_is_kept(room: Room) -> None:
    room.does(ASK)
    room.does(AcceptDeskRequest(STOP), BO)
    room.does(WithdrawDeskRequest(STOP))
    refused = room.refuses(FinishDeskRequest(STOP, "Stopped."), BO)
    assert (refused.name, refused.params["state"]) == ("DeskRequestIsOver", "withdrawn")
    note = AddDeskNote(STOP, NOTES[0], "Asked the bank")
    assert room.does(note, BO) == ("desk_request.note_added.v1",)
    assert room.does(note, BO) == ()


# --- work and its end ------------------------------------------------------------------------


def test_what_is_finished_without_having_been_begun_has_begun(room: Room) -> None:
    room.does(ASK)
    room.does(AcceptDeskRequest(STOP), BO)
    finish = FinishDeskRequest(STOP, "Stopped.")
    assert room.does(finish, BO) == ("desk_request.started.v1", "desk_request.finished.v1")


def test_what_is_sent_back_goes_on_with_its_owner_and_is_counted(room: Room) -> None:
    done(room)
    assert room.refuses(SendBackDeskRequest(STOP, "no such reason")).name == "UnknownCode"
    room.does(SendBackDeskRequest(STOP, "unclear"))
    state = request(room)
    assert (state.phase, state.owner, state.sent_back) == ("in_progress", "bo", 1)


def test_a_confirmation_is_undone_while_the_incident_is_open(room: Room) -> None:
    done(room)
    room.does(ConfirmDeskRequest(STOP))
    assert (request(room).phase, request(room).confirmed_by) == ("confirmed", "anna")
    room.does(UndoDeskConfirmation(STOP))
    assert request(room).phase == "done"
    room.does(ConfirmDeskRequest(STOP))
    room.does(CloseIncident(ONE))
    assert room.refuses(UndoDeskConfirmation(STOP)).name == "IncidentTakesNoTask"


@pytest.mark.parametrize("phase", ["accepted", "in_progress", "done"])
def test_who_leaves_leaves_what_they_had_to_the_desk(room: Room, phase: DeskRequestPhase) -> None:
    done(room)
    room.states[f"desk_request:{STOP}"] = replace(request(room), phase=phase)
    room.does(ReleaseDeskRequest(STOP), OPERATOR)
    state = request(room)
    assert (state.phase, state.owner) == ("done" if phase == "done" else "asked", "")
    if phase == "done":
        room.does(SendBackDeskRequest(STOP, "unclear"))
    assert request(room).phase == "asked"
    room.does(AcceptDeskRequest(STOP), CHEN)


def test_what_is_confirmed_no_more_is_not_left_to_who_has_gone(room: Room) -> None:
    done(room)
    room.does(ConfirmDeskRequest(STOP))
    room.works_at_desk = {}
    room.does(UndoDeskConfirmation(STOP))
    assert (request(room).phase, request(room).owner) == ("done", "")


# --- the incident ----------------------------------------------------------------------------


def test_an_incident_is_not_closed_while_a_request_is_open(room: Room) -> None:
    done(room)
    missing = room.refuses(CloseIncident(ONE)).params["missing"]
    assert missing == [{"what": "desk_request", "desk_request": str(STOP), "state": "done"}]
    room.does(ConfirmDeskRequest(STOP))
    room.does(CloseIncident(ONE))


def test_a_request_counts_for_the_incident_that_its_own_was_merged_into(room: Room) -> None:
    room.does(ASK)
    room.does(MergeIncident(ONE, OTHER))
    [missing] = room.refuses(CloseIncident(OTHER)).params["missing"]  # type: ignore[misc]
    assert missing["desk_request"] == str(STOP)
    room.does(AcceptDeskRequest(STOP), BO)
    room.does(FinishDeskRequest(STOP, "Stopped."), BO)
    room.does(ConfirmDeskRequest(STOP), ANNA)
    room.does(CloseIncident(OTHER))


def test_reminders_are_counted_with_who_and_when(room: Room) -> None:
    room.does(ASK)
    room.does(RemindDesk(STOP))
    state = request(room)
    assert (state.reminders, state.reminded_by, state.reminded_ms) == (1, "anna", room.now_ms)


def test_a_step_entered_afterwards_does_not_lie_before_the_one_before_it(room: Room) -> None:
    room.does(ASK)
    early = request(room).since_ms - 1
    refused = room.refuses(AcceptDeskRequest(STOP), BO, occurred_at_ms=early)
    assert refused.name == "TimeBeforeDeskRequest"


# --- undoing a return --------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [(), (AcceptDeskRequest,), (AcceptDeskRequest, StartDeskRequest)])
def test_who_returned_it_by_mistake_has_it_again_as_far_as_they_had_come(
    room: Room, steps: tuple[type[Any], ...]
) -> None:
    room.does(ASK)
    for step in steps:
        room.does(step(STOP), BO)
    before = request(room)
    room.now_ms += HOUR_MS
    room.does(ReturnDeskRequest(STOP, "not_ours"), BO)
    assert render(str(STOP), request(room), Change("bo", room.now_ms, 7)).returned_by == "bo"
    room.does(UndoDeskReturn(STOP), BO)
    assert replace(request(room), since_ms=before.since_ms) == before


def test_nobody_else_takes_a_return_back_and_not_once_it_was_asked_again(room: Room) -> None:
    room.does(ASK)
    room.does(ReturnDeskRequest(STOP, "not_ours"), BO)
    assert room.refuses(UndoDeskReturn(STOP), CHEN).name == "DeskRequestIsOfAnother"
    room.does(AskDeskAgain(STOP))
    assert room.refuses(UndoDeskReturn(STOP), BO).name == "DeskRequestHasMovedOn"
    assert request(room).returned == 1
    room.does(WithdrawDeskRequest(STOP))
    assert room.refuses(UndoDeskReturn(STOP), BO).name == "DeskRequestIsOver"

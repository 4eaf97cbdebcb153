"""Supervision orders: what may be done with one when and by whom, and that none is forgotten."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.clocks.loop import Loop
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.orders import ORDERS as AGGREGATE
from dutyroom.domain.orders.commands import (
    AcceptAnswer,
    AcknowledgeOrder,
    AnswerOrder,
    GiveOrder,
    ReleaseOrder,
    RemindOfOrder,
    RestoreOrder,
    SendAnswerBack,
    TakeAnswerBack,
    UndoAcceptance,
    UndoAcknowledgement,
    WithdrawOrder,
)
from dutyroom.domain.orders.events import OrderGiven, OrderSentBack
from dutyroom.domain.orders.state import OrderPhase, OrderState, clocks
from dutyroom.domain.orders.table import ORDER
from dutyroom.domain.tasks.commands import OfferTask, WithdrawTask
from dutyroom.domain.values import Place

from .room import ANNA, Room
from .strategies import INCIDENTS, ORDERS, START_MS, TASKS, of_class

ONE, OTHER = INCIDENTS[:2]
IT = ORDERS[0]
NORTH = "city/north"
HOUR_MS = 3_600_000
WEI = Actor("wei", "supervisor")
CHIEF = Actor("dai", "station_command", org=NORTH)
BO = Actor("bo", "station_officer", org=NORTH)
OPERATOR = Actor("operator", "operator")
GIVE = GiveOrder(IT, ONE, NORTH, "Go there again, and report")


@pytest.fixture
def room() -> Room:
    """Two open incidents."""
    found = Room()
    place = Place(121.0, 31.0, "Bridge", "point")
    for one in (ONE, OTHER):
        found.does(OpenIncident(one, "NOISE", 3, place))
        found.does(SetDisposition(one, "helped"))
    return found


def order(room: Room) -> OrderState:
    return room.orders[IT]


def answered(room: Room) -> None:
    room.does(GIVE, WEI)
    room.does(AnswerOrder(IT, "Was there; it is quiet now."), CHIEF)


# --- the table -------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "supervision_order.give": GIVE,
    "supervision_order.acknowledge": AcknowledgeOrder(IT),
    "supervision_order.undo_acknowledgement": UndoAcknowledgement(IT),
    "supervision_order.answer": AnswerOrder(IT, "Was there"),
    "supervision_order.take_answer_back": TakeAnswerBack(IT),
    "supervision_order.accept": AcceptAnswer(IT),
    "supervision_order.undo_acceptance": UndoAcceptance(IT),
    "supervision_order.send_back": SendAnswerBack(IT, "unclear"),
    "supervision_order.withdraw": WithdrawOrder(IT),
    "supervision_order.restore": RestoreOrder(IT),
    "supervision_order.release": ReleaseOrder(IT),
    "supervision_order.remind": RemindOfOrder(IT),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in ORDER.items()],
)
def test_an_order_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(GIVE, WEI)
    phase: Any = state
    room.states[f"supervision_order:{IT}"] = replace(
        order(room), phase=phase, owner="bo", before="given" if state == "withdrawn" else None
    )
    if state == "none":
        del room.states[f"supervision_order:{IT}"]
    decision = room.act(COMMANDS[verb], WEI)
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_every_state_of_an_order_is_in_its_table() -> None:
    assert {state for state, _ in ORDER} == {"none", *get_args(OrderPhase.__value__)}


# --- giving ----------------------------------------------------------------------------------


def test_what_is_ordered_is_sealed_with_the_incident(room: Room) -> None:
    decision = room.act(GIVE, WEI)
    assert isinstance(decision, tuple)
    [one] = decision
    assert (one.key, one.sealed) == (f"incident:{ONE}", {"text": "Go there again, and report"})
    assert isinstance(one.event, OrderGiven)
    assert "again" not in repr(one.event)


def test_it_is_to_be_answered_within_the_usual_time_of_the_pack(room: Room) -> None:
    room.does(GIVE, WEI)
    assert order(room).due_ms == room.now_ms + 4 * HOUR_MS
    room.loop = Loop(orders_answered_within_ms=HOUR_MS)
    room.does(replace(GIVE, supervision_order=ORDERS[1]), WEI)
    assert room.orders[ORDERS[1]].due_ms == room.now_ms + HOUR_MS


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"org": ""}, "OrderNeedsOrganisation"),
        ({"org": "elsewhere"}, "OrderNeedsOrganisation"),
        ({"priority": 9}, "UnknownCode"),
        ({"text": "  "}, "OrderTextWrong"),
        ({"text": "x" * 2_001}, "OrderTextWrong"),
        ({"due_ms": START_MS}, "OrderDueWrong"),
        ({"due_ms": START_MS + 91 * 24 * HOUR_MS}, "OrderDueWrong"),
        ({"incident": INCIDENTS[2]}, "IncidentTakesNoOrder"),
        ({"task": TASKS[0]}, "TaskNotOfIncident"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    room: Room, change: dict[str, Any], name: str
) -> None:
    assert room.refuses(replace(GIVE, **change), WEI).name == name


def test_an_order_is_on_a_task_as_long_as_that_is_open_and_part_of_the_incident(
    room: Room,
) -> None:
    visit = TASKS[0]
    room.does(OfferTask(visit, ONE, "visit", NORTH, "Ask the neighbours"))
    room.does(replace(GIVE, task=visit), WEI)
    assert order(room).task == visit
    again = replace(GIVE, supervision_order=ORDERS[1], task=visit)
    assert room.refuses(replace(again, incident=OTHER), WEI).name == "TaskNotOfIncident"
    room.does(MergeIncident(ONE, OTHER))
    room.does(replace(again, incident=OTHER), WEI)
    room.does(WithdrawTask(visit))
    last = replace(again, supervision_order=ORDERS[2], incident=OTHER)
    assert room.refuses(last, WEI).name == "TaskNotOfIncident"


def test_nothing_is_ordered_before_the_incident_was_opened_nor_once_it_is_closed(
    room: Room,
) -> None:
    opened_ms = room.incidents[ONE].opened_at_ms
    assert room.refuses(GIVE, WEI, occurred_at_ms=opened_ms - 1).name == "TimeBeforeOpening"
    room.does(CloseIncident(ONE))
    refused = room.refuses(GIVE, WEI)
    assert (refused.name, refused.params["state"]) == ("IncidentTakesNoOrder", "closed")


# --- answering and judging -------------------------------------------------------------------


def test_the_answer_is_owed_by_its_time_until_it_is_there(room: Room) -> None:
    room.does(GIVE, WEI)
    owed = clocks(order(room))
    assert [(one.name, one.due_ms) for one in owed] == [("supervision_order", order(room).due_ms)]
    room.does(AcknowledgeOrder(IT), CHIEF)
    assert clocks(order(room)) == owed
    room.does(AnswerOrder(IT, "Was there"), CHIEF)
    assert clocks(order(room)) == ()
    room.does(TakeAnswerBack(IT), CHIEF)
    assert clocks(order(room)) == owed


def test_what_nobody_acknowledged_is_acknowledged_by_its_answer(room: Room) -> None:
    room.does(GIVE, WEI)
    assert room.does(AnswerOrder(IT, "Was there"), CHIEF) == (
        "supervision_order.acknowledged.v1",
        "supervision_order.answered.v1",
    )
    state = order(room)
    assert (state.phase, state.acknowledged_by, state.answered_by) == ("answered", "dai", "dai")


def test_the_second_answer_hears_who_was_first(room: Room) -> None:
    answered(room)
    refused = room.refuses(AnswerOrder(IT, "Me too"), Actor("bo", "station_command", org=NORTH))
    assert (refused.name, refused.params["answered_by"]) == ("OrderHasMovedOn", "dai")


def test_an_answer_says_how_late_it_came(room: Room) -> None:
    room.does(GIVE, WEI)
    due_ms = order(room).due_ms
    room.does(AnswerOrder(IT, "In time"), CHIEF)
    assert order(room).late_ms == 0
    room.does(TakeAnswerBack(IT), CHIEF)
    assert order(room).late_ms is None
    room.now_ms = due_ms + 59_000
    room.does(AnswerOrder(IT, "Too late"), CHIEF)
    assert order(room).late_ms == 60_000


def test_who_answered_does_not_judge_the_answer(room: Room) -> None:
    answered(room)
    for command in (AcceptAnswer(IT), SendAnswerBack(IT, "unclear")):
        assert room.refuses(command, CHIEF).name == "OwnAnswer"
    room.does(AcceptAnswer(IT), WEI)
    assert (order(room).phase, order(room).accepted_by) == ("accepted", "wei")


def test_what_is_sent_back_is_owed_again_by_the_old_time_or_a_new_one(room: Room) -> None:
    answered(room)
    due_ms = order(room).due_ms
    assert room.refuses(SendAnswerBack(IT, "no such reason"), WEI).name == "UnknownCode"
    assert room.refuses(SendAnswerBack(IT, "unclear", "", START_MS), WEI).name == "OrderDueWrong"
    decision = room.act(SendAnswerBack(IT, "unclear", "Who was asked?"), WEI)
    assert isinstance(decision, tuple)
    assert decision[0].event == OrderSentBack("wei", "unclear", due_ms)
    assert decision[0].sealed == {"text": "Who was asked?"}
    assert (order(room).phase, order(room).sent_back, order(room).reason) == (
        "acknowledged", 1, "unclear",
    )  # fmt: skip
    room.does(AnswerOrder(IT, "The neighbours"), CHIEF)
    room.does(SendAnswerBack(IT, "unclear", due_ms=due_ms + HOUR_MS), WEI)
    assert (order(room).due_ms, order(room).sent_back) == (due_ms + HOUR_MS, 2)


def test_a_pack_without_reasons_asks_for_none(room: Room) -> None:
    room.codes = replace(room.codes, task_reasons=frozenset())
    answered(room)
    assert room.refuses(SendAnswerBack(IT, "unclear"), WEI).name == "UnknownCode"
    room.does(SendAnswerBack(IT, ""), WEI)


def test_what_is_withdrawn_is_restored_as_it_stood(room: Room) -> None:
    answered(room)
    before = order(room)
    room.does(WithdrawOrder(IT), WEI)
    assert clocks(order(room)) == ()
    room.does(RestoreOrder(IT), WEI)
    assert order(room) == replace(before, since_ms=room.now_ms)


def test_reminders_are_counted_with_who_and_when(room: Room) -> None:
    room.does(GIVE, WEI)
    for _ in range(2):
        room.does(RemindOfOrder(IT), WEI)
    state = order(room)
    assert (state.reminders, state.reminded_by, state.reminded_ms) == (2, "wei", room.now_ms)
    assert state.since_ms == state.given_ms


def test_a_step_entered_afterwards_does_not_lie_before_the_one_before_it(room: Room) -> None:
    room.does(GIVE, WEI)
    early = order(room).since_ms - 1
    assert room.refuses(AcknowledgeOrder(IT), CHIEF, occurred_at_ms=early).name == "TimeBeforeOrder"
    room.does(AcknowledgeOrder(IT), CHIEF, occurred_at_ms=early + 1)


# --- its incident ----------------------------------------------------------------------------


def missing(room: Room, incident: object) -> object:
    refused = room.refuses(CloseIncident(incident))  # type: ignore[arg-type]
    assert refused.name == "IncidentNotReady"
    return refused.params["missing"]


def owed(state: str) -> list[dict[str, str]]:
    return [{"what": "supervision_order", "supervision_order": str(IT), "state": state}]


@pytest.mark.parametrize("end", [AcceptAnswer(IT), WithdrawOrder(IT)])
def test_an_incident_is_not_closed_while_an_order_on_it_is_open(room: Room, end: Command) -> None:
    room.does(GIVE, WEI)
    assert missing(room, ONE) == owed("given")
    room.does(AnswerOrder(IT, "Was there"), CHIEF)
    assert missing(room, ONE) == owed("answered")
    room.does(end, WEI)
    room.does(CloseIncident(ONE))
    back = UndoAcceptance(IT) if isinstance(end, AcceptAnswer) else RestoreOrder(IT)
    assert room.refuses(back, WEI).name == "IncidentTakesNoOrder"


def test_orders_on_what_was_merged_count_for_the_one_it_was_merged_into(room: Room) -> None:
    answered(room)
    room.does(MergeIncident(ONE, OTHER))
    assert missing(room, OTHER) == owed("answered")
    room.does(AcceptAnswer(IT), WEI)
    room.does(UndoAcceptance(IT), WEI)
    room.does(AcceptAnswer(IT), WEI)
    room.does(CloseIncident(OTHER))
    refused = room.refuses(UndoAcceptance(IT), WEI)
    assert (refused.name, refused.params["incident"]) == ("IncidentTakesNoOrder", str(OTHER))


ACTORS = st.sampled_from([ANNA, WEI, CHIEF])
ASKED = st.sampled_from(AGGREGATE.commands).flatmap(of_class)


@given(st.lists(st.tuples(ASKED, ACTORS), max_size=20))
def test_whatever_comes_an_order_that_is_owed_has_an_organisation_and_a_deadline(
    asked: list[tuple[Command, Actor]],
) -> None:
    room = Room()
    place = Place(121.0, 31.0, "Bridge", "point")
    for incident in INCIDENTS:
        room.does(OpenIncident(incident, "NOISE", 3, place))
    room.does(GIVE, WEI)
    for command, actor in asked:
        room.act(command, actor)
    for state in room.orders.values():
        assert state.org in room.codes.orgs
        assert (state.phase in ("given", "acknowledged")) == (clocks(state) != ())
        assert (state.phase == "accepted") == (state.accepted_by != "" and state.before is None)


@pytest.mark.parametrize("accepted", [False, True])
def test_none_comes_back_to_an_organisation_that_is_no_more(room: Room, accepted: bool) -> None:
    """By another city pack: nobody would owe its answer."""
    answered(room)
    room.does(AcceptAnswer(IT) if accepted else WithdrawOrder(IT), WEI)
    room.codes = replace(room.codes, orgs=frozenset({"city"}))
    back = UndoAcceptance(IT) if accepted else RestoreOrder(IT)
    assert room.refuses(back, WEI).name == "OrderOrganisationIsGone"


# --- who leaves ------------------------------------------------------------------------------

TO_BO = replace(GIVE, team="case", owner="bo")


def test_an_order_to_who_leaves_falls_back_and_is_acknowledged_anew(room: Room) -> None:
    room.does(TO_BO, WEI)
    room.does(AcknowledgeOrder(IT), BO)
    assert room.does(ReleaseOrder(IT), OPERATOR) == ("supervision_order.released.v1",)
    state = order(room)
    said = (state.phase, state.owner, state.team, state.left, state.acknowledged_by)
    assert said == ("given", "", "case", "bo", "")
    assert room.does(ReleaseOrder(IT), OPERATOR) == ()
    room.does(AcknowledgeOrder(IT), CHIEF)
    assert (order(room).phase, order(room).left) == ("acknowledged", "")


def test_an_answer_stays_when_who_gave_it_leaves(room: Room) -> None:
    room.does(TO_BO, WEI)
    room.does(AnswerOrder(IT, "Was there"), BO)
    room.does(ReleaseOrder(IT), OPERATOR)
    state = order(room)
    assert (state.phase, state.owner, state.answered_by) == ("answered", "", "bo")
    room.does(AcceptAnswer(IT), WEI)


@pytest.mark.parametrize("over", ["accepted", "withdrawn"])
def test_what_is_over_no_more_is_not_left_to_who_has_gone(room: Room, over: str) -> None:
    room.does(TO_BO, WEI)
    if over == "accepted":
        room.does(AnswerOrder(IT, "Was there"), BO)
        room.does(AcceptAnswer(IT), WEI)
        undo: Command = UndoAcceptance(IT)
    else:
        room.does(WithdrawOrder(IT), WEI)
        undo = RestoreOrder(IT)
    room.works_for = {}
    room.does(undo, WEI)
    assert (order(room).owner, order(room).left) == ("", "bo")


def test_who_still_works_there_keeps_what_is_restored(room: Room) -> None:
    room.does(TO_BO, WEI)
    room.does(WithdrawOrder(IT), WEI)
    room.does(RestoreOrder(IT), WEI)
    assert order(room).owner == "bo"

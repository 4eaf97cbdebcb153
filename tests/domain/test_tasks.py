"""Tasks: what may be done with one when and by whom, and that it always lies with somebody."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.context import Actor
from dutyroom.domain.decide import decide
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Command, Emitted, Refusal
from dutyroom.domain.tasks import TASKS as AGGREGATE
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    ChangeDue,
    JoinTask,
    NewStep,
    OfferTask,
    ReassignTask,
    ReleaseTask,
    RemindOfTask,
    ReturnTask,
    SendBackTask,
    SplitTask,
    StartTask,
    SubmitTask,
    TaskPart,
    TickStep,
    UndoApproval,
    UndoJoin,
    UndoReturn,
    UndoStart,
    UntickStep,
    WithdrawTask,
)
from dutyroom.domain.tasks.events import TaskOffered, TaskReleased
from dutyroom.domain.tasks.state import Returned, TaskPhase, TaskState, clocks
from dutyroom.domain.tasks.table import TASK
from dutyroom.domain.values import Place

from .room import ANNA, Room
from .strategies import CODES, INCIDENTS, NOTES, START_MS, STEPS, TASKS, of_class

ONE, OTHER = INCIDENTS[:2]
VISIT, SECOND, THIRD = TASKS
DOOR, PAPER, ELSE = STEPS
BO, CHEN = (
    Actor("bo", "station_officer", org=(NORTH := "city/north")),
    Actor("chen", "x", org=NORTH),
)
CHIEF = Actor("dai", "station_command", org=NORTH)
OPERATOR = Actor("operator", "operator")
STEPS_TO_DO = (NewStep(DOOR, "Ring the bell"), NewStep(PAPER, "Have it signed"))
OFFER = OfferTask(VISIT, ONE, "visit", NORTH, "Ask the neighbours", steps=STEPS_TO_DO)


@pytest.fixture
def room() -> Room:
    """Two open incidents; Bo and Chen work at the station in the north."""
    found = Room()
    place = Place(121.0, 31.0, "Bridge", "point")
    for one in (ONE, OTHER):
        found.does(OpenIncident(one, "NOISE", 3, place))
        found.does(SetDisposition(one, "helped"))
    return found


def task(room: Room) -> TaskState:
    return room.tasks[VISIT]


def submitted(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    room.does(SubmitTask(VISIT, "They heard nothing."), BO)


# --- the table -------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "task.offer": OFFER,
    "task.accept": AcceptTask(VISIT),
    "task.return": ReturnTask(VISIT, "not_ours"),
    "task.undo_return": UndoReturn(VISIT),
    "task.reassign": ReassignTask(VISIT, "city", "case"),
    "task.release": ReleaseTask(VISIT),
    "task.start": StartTask(VISIT),
    "task.undo_start": UndoStart(VISIT),
    "task.add_note": AddTaskNote(VISIT, NOTES[0], "Nobody at home"),
    "task.tick_step": TickStep(VISIT, DOOR),
    "task.untick_step": UntickStep(VISIT, PAPER),
    "task.submit": SubmitTask(VISIT, "They heard nothing."),
    "task.approve": ApproveTask(VISIT),
    "task.undo_approval": UndoApproval(VISIT),
    "task.send_back": SendBackTask(VISIT, "unclear"),
    "task.withdraw": WithdrawTask(VISIT),
    "task.remind": RemindOfTask(VISIT),
    "task.split": SplitTask(VISIT, (TaskPart(THIRD, NORTH, "Ask upstairs"),)),
    "task.join": JoinTask(VISIT, SECOND),
    "<task.take_in>": JoinTask(SECOND, VISIT),
    "task.undo_join": UndoJoin(VISIT),
    "task.change_due": ChangeDue(VISIT, START_MS + 90_000_000, "unclear"),
}
BY = {"task.accept": CHEN, "task.release": OPERATOR, "task.approve": CHIEF}
"""Who asks, where it isn't Bo, who owns the task."""


RETURNED = Returned("bo", "offered", NORTH, "", "", ("",), "")


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in TASK.items()],
)
def test_a_task_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(OFFER)
    room.does(replace(OFFER, task=SECOND, steps=()))
    phase: Any = state
    there = replace(
        task(room),
        phase=phase,
        owner="" if state == "returned" or verb == "task.accept" else "bo",
        ticked=() if verb == "task.undo_start" else (PAPER,),
        submitted_by="" if verb == "task.undo_start" else "bo",
        before="offered" if state == "joined" else "",
        joined_into=THIRD if state == "joined" else None,
        returned_from=RETURNED if state == "returned" else None,
    )
    room.states[f"task:{VISIT}"] = there
    if state == "none":
        del room.states[f"task:{VISIT}"]
    decision = room.act(COMMANDS[verb], BY.get(verb, BO))
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_every_state_of_a_task_is_in_its_table() -> None:
    assert {state for state, _ in TASK} == {"none", *get_args(TaskPhase.__value__)}


# --- offering --------------------------------------------------------------------------------


def test_what_is_to_be_done_is_sealed_with_the_incident(room: Room) -> None:
    decision = room.act(OFFER)
    assert isinstance(decision, tuple)
    [one] = decision
    assert one.key == f"incident:{ONE}"
    assert one.sealed == {
        "text": "Ask the neighbours",
        "steps": {str(DOOR): "Ring the bell", str(PAPER): "Have it signed"},
    }
    assert isinstance(one.event, TaskOffered)
    assert one.event.steps == (DOOR, PAPER)
    assert "neighbours" not in repr(one.event)
    assert "bell" not in repr(one.event)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"org": ""}, "TaskNeedsOrganisation"),
        ({"org": "elsewhere"}, "TaskNeedsOrganisation"),
        ({"owner": "nobody"}, "OwnerNotOfOrganisation"),
        ({"owner": "bo", "org": "city"}, "OwnerNotOfOrganisation"),
        ({"priority": 9}, "UnknownCode"),
        ({"text": "  "}, "TaskTextWrong"),
        ({"text": "x" * 2_001}, "TaskTextWrong"),
        ({"steps": (NewStep(DOOR, ""),)}, "TaskTextWrong"),
        ({"steps": (NewStep(DOOR, "a"), NewStep(DOOR, "b"))}, "TaskStepsWrong"),
        ({"due_ms": START_MS}, "TaskDueWrong"),
        ({"due_ms": START_MS + 401 * 86_400_000}, "TaskDueWrong"),
        ({"incident": INCIDENTS[2]}, "IncidentTakesNoTask"),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(
    room: Room, change: dict[str, Any], name: str
) -> None:
    assert room.refuses(replace(OFFER, **change)).name == name


def test_a_closed_incident_takes_no_task(room: Room) -> None:
    room.does(CloseIncident(ONE))
    refused = room.refuses(OFFER)
    assert (refused.name, refused.params["state"]) == ("IncidentTakesNoTask", "closed")


def test_no_work_was_offered_before_its_incident_was_opened(room: Room) -> None:
    opened_ms = room.incidents[ONE].opened_at_ms
    refused = room.refuses(OFFER, occurred_at_ms=opened_ms - 1)
    assert refused.name == "TimeBeforeOpening"
    room.does(OFFER, occurred_at_ms=opened_ms)


def test_it_is_wanted_by_its_time_until_it_is_submitted(room: Room) -> None:
    due_ms = START_MS + 86_400_000
    room.does(replace(OFFER, due_ms=due_ms))
    assert [(one.name, one.due_ms) for one in clocks(task(room))] == [("task", due_ms)]
    room.does(AcceptTask(VISIT), BO)
    assert [(one.name, one.due_ms) for one in clocks(task(room))] == [("task", due_ms)]
    room.does(SubmitTask(VISIT, "Done."), BO)
    assert clocks(task(room)) == ()
    room.does(SendBackTask(VISIT, "unclear"), CHIEF)
    assert [(one.name, one.due_ms) for one in clocks(task(room))] == [("task", due_ms)]


# --- two people at once ----------------------------------------------------------------------


def test_of_two_who_accept_it_the_second_hears_who_was_first(room: Room) -> None:
    room.does(OFFER)
    assert room.does(AcceptTask(VISIT), BO) == ("task.accepted.v1",)
    assert room.does(AcceptTask(VISIT), BO) == ()
    refused = room.refuses(AcceptTask(VISIT), CHEN)
    assert (refused.name, refused.params["state"], refused.params["owner"]) == (
        "TaskHasMovedOn",
        "accepted",
        "bo",
    )


def test_what_is_offered_to_one_member_is_not_accepted_by_another(room: Room) -> None:
    room.does(replace(OFFER, owner="bo"))
    assert room.refuses(AcceptTask(VISIT), CHEN).name == "TaskIsOfAnother"
    room.does(AcceptTask(VISIT), BO)


@pytest.mark.parametrize("verb", ["task.start", "task.tick_step", "task.submit", "task.return"])
def test_only_its_owner_works_on_it(room: Room, verb: str) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    assert room.refuses(COMMANDS[verb], CHEN).name == "TaskIsOfAnother"
    room.does(COMMANDS[verb], BO)


def test_a_task_that_was_withdrawn_meanwhile_says_so_and_a_note_is_kept(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    room.does(WithdrawTask(VISIT))
    refused = room.refuses(SubmitTask(VISIT, "Done."), BO)
    assert (refused.name, refused.params["state"]) == ("TaskIsOver", "withdrawn")
    assert room.does(AddTaskNote(VISIT, NOTES[0], "Nobody at home"), BO) == ("task.note_added.v1",)
    assert room.does(AddTaskNote(VISIT, NOTES[0], "Nobody at home"), BO) == ()


# --- work ------------------------------------------------------------------------------------


def test_what_is_submitted_without_having_been_begun_has_begun(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    assert room.does(SubmitTask(VISIT, "Done."), BO) == ("task.started.v1", "task.submitted.v1")


def test_steps_are_ticked_and_unticked_once(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    assert room.does(TickStep(VISIT, DOOR), BO) == ("task.step_ticked.v1",)
    assert room.does(TickStep(VISIT, DOOR), BO) == ()
    assert task(room).ticked == (DOOR,)
    room.does(UntickStep(VISIT, DOOR), BO)
    assert task(room).ticked == ()
    assert room.refuses(TickStep(VISIT, ELSE), BO).name == "UnknownStep"


def test_who_submitted_it_does_not_approve_it(room: Room) -> None:
    submitted(room)
    assert room.refuses(ApproveTask(VISIT), BO).name == "OwnSubmission"
    room.does(ApproveTask(VISIT), CHIEF)
    assert (task(room).phase, task(room).approved_by) == ("approved", "dai")


def test_what_is_sent_back_goes_on_with_its_owner_and_is_counted(room: Room) -> None:
    submitted(room)
    assert room.refuses(SendBackTask(VISIT, "no such reason"), CHIEF).name == "UnknownCode"
    room.does(SendBackTask(VISIT, "unclear"), CHIEF)
    state = task(room)
    assert (state.phase, state.owner, state.sent_back, state.reason) == (
        "in_progress",
        "bo",
        1,
        "unclear",
    )


def test_its_owner_takes_it_back_to_work_before_it_is_approved(room: Room) -> None:
    submitted(room)
    room.does(StartTask(VISIT), BO)
    assert task(room).phase == "in_progress"


def test_a_pack_without_reasons_asks_for_none(room: Room) -> None:
    room.codes = replace(room.codes, task_reasons=frozenset())
    room.does(OFFER)
    assert room.refuses(ReturnTask(VISIT, "not_ours"), BO).name == "UnknownCode"
    room.does(ReturnTask(VISIT, ""), BO)


def test_reminders_are_counted_with_who_and_when(room: Room) -> None:
    room.does(OFFER)
    room.does(RemindOfTask(VISIT))
    room.does(RemindOfTask(VISIT), CHIEF)
    state = task(room)
    assert (state.reminders, state.reminded_by, state.reminded_ms) == (2, "dai", room.now_ms)


def test_a_step_entered_afterwards_does_not_lie_before_the_one_before_it(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    early = task(room).since_ms - 1
    assert room.refuses(StartTask(VISIT), BO, occurred_at_ms=early).name == "TimeBeforeTask"
    room.does(StartTask(VISIT), BO, occurred_at_ms=early + 1)


# --- from hand to hand -----------------------------------------------------------------------


def test_what_is_returned_passes_over_organisations_that_are_no_more(room: Room) -> None:
    """By another city pack: with them it would lie with nobody."""
    for orgs, back in (({"city", NORTH}, "city"), ({NORTH}, ""), ({"elsewhere"}, "")):
        room.states.pop(f"task:{VISIT}", None)
        room.codes = CODES
        room.does(OFFER)
        room.does(ReassignTask(VISIT, "city", owner="anna"))
        room.does(ReassignTask(VISIT, NORTH), Actor("cai", "station_command", org="city"))
        room.codes = replace(CODES, orgs=frozenset(orgs))
        room.does(ReturnTask(VISIT, "not_ours"), BO)
        assert (task(room).phase, task(room).org) == ("returned", back)


def test_what_is_returned_goes_back_from_hand_to_hand_to_who_offered_it_first(room: Room) -> None:
    room.does(replace(OFFER, org="city"))
    room.does(ReassignTask(VISIT, NORTH, "case"), Actor("anna", "x", org="city"))
    room.does(ReassignTask(VISIT, NORTH, "", "bo"), CHIEF)
    assert task(room).trail == ("", "city", NORTH)
    room.does(AcceptTask(VISIT), BO)
    seen = []
    for _ in range(3):
        room.does(ReturnTask(VISIT, "not_ours"), BO if not seen else CHIEF)
        state = task(room)
        seen.append((state.phase, state.org, state.team, state.owner))
    assert seen == [("returned", org, "", "") for org in (NORTH, "city", "")]
    assert room.refuses(ReturnTask(VISIT, "not_ours"), CHIEF).name == "NobodyToReturnTo"
    assert task(room).returned == 3


def test_who_passes_it_on_twice_gets_it_back_once(room: Room) -> None:
    room.does(OFFER)
    for owner in ("bo", "chen"):
        room.does(ReassignTask(VISIT, NORTH, "", owner), CHIEF)
    assert task(room).trail == ("", NORTH)
    assert room.does(ReassignTask(VISIT, NORTH, "", "chen"), CHIEF) == ()


def test_accepting_is_undone_by_its_owner_alone(room: Room) -> None:
    room.does(replace(OFFER, team="community"))
    room.does(AcceptTask(VISIT), BO)
    assert room.refuses(ReleaseTask(VISIT), CHEN).name == "TaskIsOfAnother"
    room.does(ReleaseTask(VISIT), BO)
    state = task(room)
    assert (state.phase, state.owner, state.org, state.team) == ("offered", "", NORTH, "community")


def test_who_leaves_leaves_the_task_to_the_team(room: Room) -> None:
    submitted(room)
    decision = room.act(ReleaseTask(VISIT), OPERATOR)
    assert isinstance(decision, tuple)
    assert [one.event for one in decision] == [TaskReleased("operator", "bo", "left")]
    assert (task(room).phase, task(room).owner) == ("submitted", "")
    room.does(SendBackTask(VISIT, "unclear"), CHIEF)
    assert (task(room).phase, task(room).owner) == ("offered", "")


def test_whose_owner_left_after_the_approval_is_the_teams_once_that_is_undone(room: Room) -> None:
    submitted(room)
    room.does(ApproveTask(VISIT), CHIEF)
    room.works_for["bo"] = "city"
    assert room.does(UndoApproval(VISIT), CHIEF) == ("task.approval_undone.v1",)
    room.does(ApproveTask(VISIT), CHIEF)
    for now in ("city/south", None):
        room.works_for = {"bo": now} if now else {}
        room.does(UndoApproval(VISIT), CHIEF)
        assert (task(room).phase, task(room).owner) == ("submitted", "")
        room.does(ApproveTask(VISIT), CHIEF)


def test_a_withdrawal_is_undone_by_offering_it_again_while_the_incident_is_open(room: Room) -> None:
    room.does(OFFER)
    room.does(WithdrawTask(VISIT))
    room.does(ReassignTask(VISIT, NORTH))
    assert task(room).phase == "offered"
    room.does(WithdrawTask(VISIT))
    room.does(CloseIncident(ONE))
    assert room.refuses(ReassignTask(VISIT, NORTH)).name == "IncidentTakesNoTask"


# --- its incident ----------------------------------------------------------------------------


def missing(room: Room, incident: object) -> object:
    refused = room.refuses(CloseIncident(incident))  # type: ignore[arg-type]
    assert refused.name == "IncidentNotReady"
    return refused.params["missing"]


@pytest.mark.parametrize("end", [ApproveTask(VISIT), WithdrawTask(VISIT)])
def test_an_incident_is_not_closed_while_a_task_of_it_is_open(room: Room, end: Command) -> None:
    submitted(room)
    assert missing(room, ONE) == [{"what": "task", "task": str(VISIT), "state": "submitted"}]
    room.does(end, CHIEF)
    room.does(CloseIncident(ONE))


def test_tasks_of_what_was_merged_count_for_the_one_it_was_merged_into(room: Room) -> None:
    submitted(room)
    room.does(MergeIncident(ONE, OTHER))
    assert missing(room, OTHER) == [{"what": "task", "task": str(VISIT), "state": "submitted"}]
    room.does(ApproveTask(VISIT), CHIEF)
    room.does(UndoApproval(VISIT), CHIEF)
    room.does(ApproveTask(VISIT), CHIEF)
    room.does(CloseIncident(OTHER))
    refused = room.refuses(UndoApproval(VISIT), CHIEF)
    assert (refused.name, refused.params["incident"]) == ("IncidentTakesNoTask", str(OTHER))


def test_a_merged_incident_takes_no_new_task(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    assert room.refuses(OFFER).params["state"] == "merged"


# --- always with somebody --------------------------------------------------------------------

ACTORS = st.sampled_from([ANNA, BO, CHEN, CHIEF, OPERATOR])
ASKED = st.sampled_from(AGGREGATE.commands).flatmap(of_class)


@given(st.lists(st.tuples(ASKED, ACTORS), max_size=30))
def test_whatever_comes_a_task_lies_with_an_organisation_and_work_on_it_has_an_owner(
    asked: list[tuple[Command, Actor]],
) -> None:
    room = Room()
    place = Place(121.0, 31.0, "Bridge", "point")
    for incident in INCIDENTS:
        room.does(OpenIncident(incident, "NOISE", 3, place))
    for one in TASKS:
        room.does(replace(OFFER, task=one))
    for command, actor in asked:
        room.act(command, actor)
        for state in room.tasks.values():
            back_at_the_room = state.org == "" and state.phase in ("returned", "withdrawn")
            assert state.org in CODES.orgs or back_at_the_room
            assert state.owner or state.phase not in ("accepted", "in_progress")
            assert state.over or room.refuses(CloseIncident(state.incident))


def test_an_event_that_makes_no_sense_changes_nothing(room: Room) -> None:
    room.does(OFFER)
    before = task(room)
    decision = decide(OFFER, room.context(OFFER))
    assert isinstance(decision, Refusal)
    again = Emitted(f"task:{VISIT}", room.journal[-1][1])
    assert evolve(before, again.event, START_MS) == before


# --- teams -----------------------------------------------------------------------------------


def test_a_task_goes_only_to_a_team_that_its_organisation_has(room: Room) -> None:
    room.codes = replace(room.codes, teams={NORTH: ("command", "case"), "city": ()})
    for wanted in (replace(OFFER, team="community"), replace(OFFER, org="city", team="case")):
        assert room.refuses(wanted).name == "UnknownTeam"
    refused = room.refuses(replace(OFFER, team="community"))
    assert refused.params == {"team": "community", "org": NORTH, "known": ["command", "case"]}
    assert "command office, case team" in refused.remedy.en
    assert "综合指挥室、办案队" in refused.remedy.zh
    room.does(replace(OFFER, team="case"))
    assert room.refuses(ReassignTask(VISIT, NORTH, "community")).name == "UnknownTeam"
    room.does(ReassignTask(VISIT, NORTH, "command"))
    part = TaskPart(SECOND, NORTH, "Ask below", "community")
    assert room.refuses(SplitTask(VISIT, (part,))).name == "UnknownTeam"


# --- undoing a return --------------------------------------------------------------------------


def test_who_returned_it_by_mistake_has_it_again_as_far_as_they_had_come(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    room.does(StartTask(VISIT), BO)
    before = task(room)
    room.does(ReturnTask(VISIT, "not_ours"), BO)
    assert room.does(UndoReturn(VISIT), BO) == (
        "task.return_undone.v1",
        "task.accepted.v1",
        "task.started.v1",
    )
    assert replace(task(room), since_ms=before.since_ms) == before


def test_what_nobody_had_accepted_is_offered_again(room: Room) -> None:
    room.does(replace(OFFER, team="community"))
    before = task(room)
    room.does(ReturnTask(VISIT, "not_ours"), BO)
    assert room.does(UndoReturn(VISIT), BO) == ("task.return_undone.v1",)
    assert replace(task(room), since_ms=before.since_ms) == before


def test_nobody_else_takes_a_return_back_and_not_once_another_has_the_task(room: Room) -> None:
    room.does(OFFER)
    room.does(ReturnTask(VISIT, "not_ours"), BO)
    assert room.refuses(UndoReturn(VISIT), CHEN).name == "TaskIsOfAnother"
    room.does(ReassignTask(VISIT, "city"))
    assert room.refuses(UndoReturn(VISIT), BO).name == "TaskHasMovedOn"


def test_what_had_come_back_and_was_returned_further_by_mistake_is_back_again(room: Room) -> None:
    room.does(OFFER)
    room.does(ReassignTask(VISIT, NORTH, "community"), CHIEF)
    room.does(ReturnTask(VISIT, "unclear"), BO)
    before = task(room)
    room.does(ReturnTask(VISIT, "not_ours"), CHIEF)
    assert room.does(UndoReturn(VISIT), CHIEF) == ("task.return_undone.v1",)
    after = task(room)
    assert (after.phase, after.org, after.owner) == ("returned", NORTH, "")
    assert (after.trail, after.reason, after.returned) == (before.trail, "unclear", 1)


def test_nothing_comes_back_to_an_organisation_that_the_pack_no_longer_has(room: Room) -> None:
    room.does(OFFER)
    room.does(ReturnTask(VISIT, "not_ours"), BO)
    room.codes = replace(room.codes, orgs=room.codes.orgs - {NORTH})
    assert room.refuses(UndoReturn(VISIT), BO).name == "TaskNeedsOrganisation"


# --- undoing a beginning -----------------------------------------------------------------------


def begun(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    room.does(StartTask(VISIT), BO)


def test_what_was_begun_by_mistake_is_accepted_as_before(room: Room) -> None:
    room.does(OFFER)
    room.does(AcceptTask(VISIT), BO)
    before = task(room)
    room.does(StartTask(VISIT), BO)
    assert room.refuses(UndoStart(VISIT), CHEN).name == "TaskIsOfAnother"
    assert room.does(UndoStart(VISIT), BO) == ("task.start_undone.v1",)
    assert replace(task(room), since_ms=before.since_ms) == before
    room.does(ReleaseTask(VISIT), BO)


def test_work_that_has_been_done_was_begun(room: Room) -> None:
    begun(room)
    room.does(TickStep(VISIT, DOOR), BO)
    refused = room.refuses(UndoStart(VISIT), BO)
    assert (refused.name, refused.params["what"]) == ("TaskWorkRecorded", "step")
    room.does(UntickStep(VISIT, DOOR), BO)
    room.does(UndoStart(VISIT), BO)
    room.does(SubmitTask(VISIT, "They heard nothing."), BO)
    room.does(StartTask(VISIT), BO)
    refused = room.refuses(UndoStart(VISIT), BO)
    assert (refused.name, refused.params["what"]) == ("TaskWorkRecorded", "result")

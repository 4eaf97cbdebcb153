"""Stages that wait for tasks: they see what was decided in the same action."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dutyroom.clocks.calendar import always
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.route import Fact, Leg, Route
from dutyroom.domain.context import Actor
from dutyroom.domain.decide import decide
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
    SplitIncident,
)
from dutyroom.domain.incidents.known import OpenWork
from dutyroom.domain.incidents.state import parts_of
from dutyroom.domain.kernel import Command, Index, Refusal
from dutyroom.domain.loops.commands import ApproveHandling, WithdrawApproval
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    JoinTask,
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
    UndoApproval,
    UndoJoin,
    WithdrawTask,
)
from tests.harness.examples import examples

from .room import Room
from .strategies import CODES, INCIDENTS, NOTES, TASKS
from .test_loops import HERE, NAME
from .test_loops import rule as clock

FIRST, SECOND, THIRD = INCIDENTS
VISIT, ASK, CHECK = TASKS
NORTH = "city/north"
BO = Actor("bo", "station_officer", org=NORTH)
CHIEF = Actor("dai", "station_command", org=NORTH)
SUPERVISOR = Actor("sun", "supervisor")
REASON = min(CODES.task_reasons)


def route(*until: Fact, supervise: tuple[Fact, ...] = ("approved",)) -> Route:
    return Route(
        "waits",
        NAME,
        (
            Leg("handle", "station_officer", until),
            Leg("supervise", "supervisor", supervise),
            Leg("conclude", "dispatcher"),
        ),
    )


DONE_FIRST = route("disposition", "tasks_done")
APPROVED_FIRST = route("disposition", "tasks_approved")
LATER = route("disposition", supervise=("tasks_approved", "approved"))
ONLY_TASKS = route("tasks_done", supervise=("disposition", "tasks_approved"))
NEVER = route("disposition")


def opened(way: Route, *incidents: UUID, **more: Any) -> Room:
    room = Room(replace(CODES, org_of_zone={"north": NORTH, "south": "city"}))
    room.loop = Loop((always("Asia/Shanghai"),), routes=(way,), **more)
    for one in incidents or (FIRST,):
        room.does(OpenIncident(one, "NOISE", 3, HERE))
        room.does(SetDisposition(one, "helped"))
    return room


def offer(task: UUID = VISIT, incident: UUID = FIRST) -> OfferTask:
    return OfferTask(task, incident, "visit", NORTH, "Ask the neighbours")


def loop_of(room: Room, incident: UUID = FIRST) -> LoopState:
    state = room.states[f"loop:{incident}"]
    assert isinstance(state, LoopState)
    return state


def stage(room: Room, incident: UUID = FIRST) -> str:
    stay = loop_of(room, incident).stay
    assert stay is not None
    return stay.stage


def do(room: Room, task: UUID = VISIT) -> None:
    room.does(AcceptTask(task), BO)
    room.does(SubmitTask(task, "They heard nothing."), BO)


class TestInTheSameAction:
    def test_a_task_leads_back_to_the_stage_that_waits_for_it(self) -> None:
        room = opened(DONE_FIRST)
        assert stage(room) == "supervise"
        assert room.does(offer()) == ("task.offered.v1", "loop.stage_entered.v1")
        assert stage(room) == "handle"

    def test_the_last_one_that_is_submitted_ends_it(self) -> None:
        room = opened(DONE_FIRST)
        room.does(offer())
        room.does(offer(ASK))
        do(room)
        assert stage(room) == "handle"
        room.does(AcceptTask(ASK), BO)
        room.does(StartTask(ASK), BO)
        done = room.does(SubmitTask(ASK, "They did."), BO)
        assert done == ("task.submitted.v1", "loop.stage_entered.v1")
        assert stage(room) == "supervise"

    def test_what_is_approved_is_more_than_what_is_done(self) -> None:
        room = opened(APPROVED_FIRST)
        room.does(offer())
        do(room)
        assert stage(room) == "handle"
        room.does(ApproveTask(VISIT), CHIEF)
        assert stage(room) == "supervise"
        room.does(UndoApproval(VISIT), CHIEF)
        assert stage(room) == "handle"

    def test_what_is_sent_back_is_to_be_done_again(self) -> None:
        room = opened(DONE_FIRST)
        room.does(offer())
        do(room)
        assert stage(room) == "supervise"
        room.does(SendBackTask(VISIT, REASON), CHIEF)
        assert stage(room) == "handle"

    def test_what_is_no_longer_wanted_isnt_waited_for_and_comes_back(self) -> None:
        room = opened(APPROVED_FIRST)
        room.does(offer())
        room.does(WithdrawTask(VISIT), CHIEF)
        assert stage(room) == "supervise"
        room.does(ReassignTask(VISIT, NORTH), CHIEF)
        assert stage(room) == "handle"

    def test_what_is_returned_lies_with_somebody_still(self) -> None:
        room = opened(DONE_FIRST)
        room.does(offer())
        room.does(ReturnTask(VISIT, REASON), BO)
        assert stage(room) == "handle"

    def test_what_was_joined_is_to_be_done_once_it_is_a_task_of_its_own_again(self) -> None:
        room = opened(APPROVED_FIRST)
        room.does(offer())
        room.does(offer(ASK))
        room.does(JoinTask(ASK, VISIT), CHIEF)
        do(room)
        room.does(ApproveTask(VISIT), CHIEF)
        assert stage(room) == "supervise"
        room.does(UndoJoin(ASK), CHIEF)
        assert stage(room) == "handle"

    def test_clocks_of_the_stage_begin_and_end_with_it(self) -> None:
        check = clock("check", 60, starts=("stage.handle",), stops=("stage.supervise",))
        room = opened(DONE_FIRST, clocks=(check,))
        room.does(offer())
        assert [one.state for one in loop_of(room).clocks][-1] == "running"
        do(room)
        assert [one.state for one in loop_of(room).clocks][-1] == "met"

    def test_a_task_of_a_part_is_one_of_the_whole(self) -> None:
        room = opened(DONE_FIRST, FIRST, SECOND, THIRD)
        room.does(offer(incident=SECOND))
        room.does(MergeIncident(SECOND, FIRST))
        assert (stage(room), stage(room, SECOND)) == ("handle", "merged")
        room.does(MergeIncident(FIRST, THIRD))
        assert stage(room, THIRD) == "handle"
        do(room)
        assert stage(room, THIRD) == "supervise"
        room.does(SendBackTask(VISIT, REASON), CHIEF)
        assert stage(room, THIRD) == "handle"
        room.does(SplitIncident(FIRST))
        room.does(SplitIncident(SECOND))
        assert [stage(room, one) for one in (THIRD, FIRST, SECOND)] == [
            "supervise",
            "supervise",
            "handle",
        ]

    def test_a_task_after_the_conclusion_changes_nothing_until_it_is_reopened(self) -> None:
        room = opened(ONLY_TASKS)
        room.does(CloseIncident(FIRST))
        room.does(ReopenIncident(FIRST, "came_back"))
        room.does(SetDisposition(FIRST, "helped"))
        assert stage(room) == "conclude"
        room.does(offer())
        assert stage(room) == "handle"


class TestApproval:
    def test_how_it_was_handled_is_approved_once_the_tasks_before_are_done(self) -> None:
        for way, last in ((DONE_FIRST, "submit"), (APPROVED_FIRST, "approve")):
            room = opened(way)
            room.does(offer())
            refused = room.refuses(ApproveHandling(FIRST), SUPERVISOR)
            assert (refused.name, refused.params["lacking"]) == ("NotHandledYet", ("task",))
            do(room)
            if last == "approve":
                assert room.refuses(ApproveHandling(FIRST), SUPERVISOR).name == "NotHandledYet"
                room.does(ApproveTask(VISIT), CHIEF)
            room.does(ApproveHandling(FIRST), SUPERVISOR)
            assert stage(room) == "conclude"

    def test_another_task_wants_another_approval(self) -> None:
        room = opened(DONE_FIRST)
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(offer())
        assert (stage(room), loop_of(room).approved_by) == ("handle", "")
        do(room)
        assert stage(room) == "supervise"

    def test_tasks_of_its_own_stage_may_be_approved_afterwards(self) -> None:
        room = opened(LATER)
        room.does(offer())
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        assert stage(room) == "supervise"
        do(room)
        room.does(ApproveTask(VISIT), CHIEF)
        assert stage(room) == "conclude"


class TestWhatIsLoaded:
    """Nothing more, unless a stage may hang on it."""

    def more(self, room: Room, command: Command, actor: Actor = CHIEF) -> set[Index[Any]]:
        context = room.context(command, actor, room.now_ms)
        decided = decide(command, context)
        assert not isinstance(decided, Refusal), decided
        assert decided
        more = room.more_of(context, decided)
        return {*more.answers} - {*context.answers}

    def test_what_ends_and_begins_no_task_asks_nothing(self) -> None:
        room = opened(DONE_FIRST)
        room.does(offer())
        for command, actor in (
            (RemindOfTask(VISIT), CHIEF),
            (AddTaskNote(VISIT, NOTES[0], "Nobody there"), BO),
            (AcceptTask(VISIT), BO),
            (StartTask(VISIT), BO),
            (ReleaseTask(VISIT), BO),
        ):
            assert self.more(room, command, actor) == set()
            room.does(command, actor)
        room.does(AcceptTask(VISIT), BO)
        assert self.more(room, SubmitTask(VISIT, "Done"), BO) == {OpenWork(FIRST)}

    def test_a_pack_whose_routes_wait_for_no_task_asks_nothing(self) -> None:
        room = opened(NEVER)
        assert self.more(room, offer()) == set()
        assert self.more(room, SetDisposition(FIRST, "nothing_found")) == set()

    def test_an_incident_that_stands_where_no_task_matters_asks_nothing(self) -> None:
        room = opened(DONE_FIRST)
        room.does(OpenIncident(SECOND, "NOISE", 3, HERE))
        assert self.more(room, offer(incident=SECOND)) == set()
        assert self.more(room, SetDisposition(SECOND, "helped")) == {OpenWork(SECOND)}

    def test_of_what_was_merged_the_tasks_of_each_part_are_asked_for(self) -> None:
        room = opened(DONE_FIRST, FIRST, SECOND, THIRD)
        room.does(MergeIncident(SECOND, FIRST))
        room.does(MergeIncident(FIRST, THIRD))
        wanted = {OpenWork(one) for one in INCIDENTS}
        assert self.more(room, offer(incident=THIRD)) == wanted


class StagesAndTasks(RuleBasedStateMachine):
    """Whatever is done with tasks and incidents, each stands where all that happened says."""

    way = DONE_FIRST

    def __init__(self) -> None:
        super().__init__()
        self.room = opened(self.way, *INCIDENTS)

    @rule(
        task=st.sampled_from(TASKS),
        other=st.sampled_from(TASKS),
        incident=st.sampled_from(INCIDENTS),
        data=st.data(),
    )
    def work(self, task: UUID, other: UUID, incident: UUID, data: st.DataObject) -> None:
        part = TaskPart(other, "visit", NORTH, "A part of it")
        commands: list[tuple[Command, Actor]] = [
            (offer(task, incident), CHIEF),
            (AcceptTask(task), BO),
            (StartTask(task), BO),
            (SubmitTask(task, "done"), BO),
            (ApproveTask(task), CHIEF),
            (UndoApproval(task), CHIEF),
            (SendBackTask(task, REASON), CHIEF),
            (ReturnTask(task, REASON), BO),
            (WithdrawTask(task), CHIEF),
            (ReassignTask(task, NORTH), CHIEF),
            (JoinTask(task, other), CHIEF),
            (UndoJoin(task), CHIEF),
            (SplitTask(task, (part,)), CHIEF),
        ]
        self.room.act(*data.draw(st.sampled_from(commands)))

    @rule(incident=st.sampled_from(INCIDENTS), into=st.sampled_from(INCIDENTS), data=st.data())
    def happen(self, incident: UUID, into: UUID, data: st.DataObject) -> None:
        commands: list[Command] = [
            MergeIncident(incident, into),
            SplitIncident(incident),
            SetDisposition(incident, "helped"),
            SetDisposition(incident, "nothing_found"),
            CloseIncident(incident),
            ReopenIncident(incident, "came_back"),
            ApproveHandling(incident),
            WithdrawApproval(incident),
        ]
        self.room.act(data.draw(st.sampled_from(commands)), SUPERVISOR)

    @invariant()
    def each_stands_where_the_whole_journal_says(self) -> None:
        again = Room()
        for stream, event, at_ms in self.room.journal:
            again.apply(stream, event, at_ms)
        for id_, incident in again.incidents.items():
            if incident.state != "open":
                continue
            whole = {id_, *(part for part, _ in parts_of(incident, again.incidents.get))}
            phases = {one.phase for one in again.tasks.values() if one.incident in whole}
            loop = loop_of(again, id_)
            facts: set[Fact] = {"disposition"} if incident.disposition else set()
            if not phases & {"offered", "accepted", "in_progress", "returned"}:
                facts |= {"tasks_done"}
                facts |= {"tasks_approved"} if "submitted" not in phases else set()
            facts |= {"approved"} if loop.approved else set()
            assert stage(again, id_) == self.way.leg(facts).stage


@pytest.mark.parametrize("wanted", [DONE_FIRST, APPROVED_FIRST, LATER, ONLY_TASKS])
def test_a_stage_is_where_the_whole_journal_says(wanted: Route) -> None:
    class Machine(StagesAndTasks):
        way = wanted

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Machine,
        settings=settings(max_examples=examples(20, at_night=400), stateful_step_count=40),
    )

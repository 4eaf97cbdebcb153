"""Clocks of tasks: by when one is to be accepted and done, and whom the keeper tells."""

from dataclasses import replace
from typing import Any

from dutyroom.clocks.calendar import always
from dutyroom.clocks.loop import Loop, Reason
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident, SetPriority
from dutyroom.domain.loops.commands import LookAtClocks, PauseClock
from dutyroom.domain.loops.state import LoopState, Run
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    JoinTask,
    OfferTask,
    ReassignTask,
    StartTask,
    SubmitTask,
    UndoApproval,
    UndoJoin,
    UndoStart,
    WithdrawTask,
)

from .room import Room
from .strategies import CODES, INCIDENTS, uuids_of
from .test_loops import HERE, KEEPER, MINUTE_MS, NAME, rule

FIRST = INCIDENTS[0]
TASK, OTHER, _ = uuids_of("task")
OFFICER = Actor("li", "station_officer", org="city/north")
SUPERVISOR = Actor("sun", "supervisor")
ACCEPT = rule("accept", 30, starts=("task.offered", "task.reassigned"), stops=("task.accepted",))
DONE = rule("report", 120, starts=("task.offered",), stops=("task.submitted",), pauses=("weather",))


def offered(*rules: Any, **more: Any) -> Room:
    room = Room(replace(CODES, org_of_zone={"north": "city/north", "south": "city"}))
    room.loop = Loop((always("Asia/Shanghai"),), rules, (Reason("weather", NAME),))
    room.on_duty = {"dispatcher": ("anna",), "supervisor": ("sun",)}
    room.does(OpenIncident(FIRST, "FIRE", 1, HERE))
    room.does(OfferTask(TASK, FIRST, "visit", "city/north", "Ask", **more))
    return room


def loop_of(room: Room, task: Any = TASK) -> LoopState:
    state = room.states[f"loop:{task}"]
    assert isinstance(state, LoopState)
    return state


def run_of(room: Room, clock: str) -> Run:
    run = loop_of(room).run(clock)
    assert run is not None
    return run


def test_a_task_has_clocks_of_its_own_from_when_it_is_offered_until_it_is_done() -> None:
    room = offered(ACCEPT, DONE)
    loop = loop_of(room)
    assert (loop.number, loop.org, loop.task_on) == ("1000-0009", "city/north", FIRST)
    assert [one.clock for one in loop.clocks] == ["accept", "report"]
    room.does(AcceptTask(TASK), OFFICER)
    assert (run_of(room, "accept").state, run_of(room, "accept").late_ms) == ("met", 0)
    room.does(SubmitTask(TASK, "Nothing"), OFFICER)
    assert run_of(room, "report").state == "met"
    room.does(ApproveTask(TASK), SUPERVISOR)
    assert columns_open(room) is False


def columns_open(room: Room) -> bool:
    from dutyroom.domain.loops.row import columns

    return columns(loop_of(room)).open


def test_only_rules_for_its_kind_and_priority_count() -> None:
    visits = replace(ACCEPT, tasks=("visit",))
    others = replace(DONE, tasks=("mediate",))
    urgent = replace(DONE, code="report", priorities=(1,))
    room = offered(visits, others, urgent, priority=3)
    assert [one.clock for one in loop_of(room).clocks] == ["accept"]
    assert f"loop:{FIRST}" not in room.states


def test_the_priority_of_the_incident_changes_nothing_of_a_task() -> None:
    room = offered(ACCEPT)
    before = loop_of(room)
    room.does(SetPriority(FIRST, 3))
    assert loop_of(room) == before


def test_its_clock_lies_with_the_organisation_that_has_it() -> None:
    room = offered(ACCEPT)
    room.does(ReassignTask(TASK, "city"))
    assert (loop_of(room).org, len(loop_of(room).clocks)) == ("city", 1)


def test_a_task_that_is_no_longer_wanted_has_no_clock_that_runs() -> None:
    room = offered(ACCEPT, DONE)
    room.does(WithdrawTask(TASK))
    assert {(one.state, one.ended) for one in loop_of(room).clocks} == {("ended", "over")}


def test_a_late_task_is_escalated_once_and_can_be_paused() -> None:
    room = offered(ACCEPT, DONE)
    room.does(PauseClock(TASK, "report", "weather"))
    room.now_ms += 31 * MINUTE_MS
    assert room.does(LookAtClocks(TASK), KEEPER) == ("loop.clock_escalated.v1",)
    assert run_of(room, "accept").told == ("anna",)
    assert room.does(LookAtClocks(TASK), KEEPER) == ()


def test_another_pack_counts_from_when_the_keeper_looks() -> None:
    room = offered(ACCEPT)
    room.states[f"loop:{TASK}"] = replace(
        loop_of(room), clocks=(replace(run_of(room, "accept"), pack="older"),)
    )
    assert room.does(LookAtClocks(TASK), KEEPER) == ("loop.clock_retimed.v1",)
    room.loop = Loop((always("Asia/Shanghai"),), (DONE,))
    room.states[f"loop:{TASK}"] = replace(
        loop_of(room), clocks=(replace(run_of(room, "accept"), pack="older"),)
    )
    assert room.does(LookAtClocks(TASK), KEEPER) == ("loop.clock_ended.v1",)


def test_another_who_gets_it_has_the_whole_time_where_the_rule_says_so() -> None:
    room = offered(replace(DONE, restarts=("task.reassigned",)))
    room.now_ms += 30 * MINUTE_MS
    room.does(ReassignTask(TASK, "city"))
    before, now = loop_of(room).clocks
    assert (before.ended, now.due_ms) == ("restarted", room.now_ms + 120 * MINUTE_MS)


def test_joined_and_parted_again_its_clocks_go_on_as_they_did() -> None:
    room = offered(ACCEPT, DONE)
    room.does(OfferTask(OTHER, FIRST, "visit", "city/north", "Ask too"))
    room.does(PauseClock(TASK, "report", "weather"))
    accept, report = run_of(room, "accept"), run_of(room, "report")
    room.does(JoinTask(TASK, OTHER))
    assert not columns_open(room)
    room.now_ms += 5 * MINUTE_MS
    room.does(UndoJoin(TASK))
    assert (run_of(room, "accept"), run_of(room, "report")) == (accept, report)
    assert columns_open(room)


def test_what_is_wanted_again_after_all_has_its_clocks_and_what_begins_anew_does_so() -> None:
    room = offered(ACCEPT, DONE)
    accept, report = run_of(room, "accept"), run_of(room, "report")
    room.does(AcceptTask(TASK), OFFICER)
    room.does(WithdrawTask(TASK))
    room.now_ms += 5 * MINUTE_MS
    room.does(ReassignTask(TASK, "city/north"))
    assert run_of(room, "report") == report
    again = run_of(room, "accept")
    assert (again.state, again.from_ms > accept.from_ms) == ("running", True)


def test_an_approval_that_is_undone_brings_back_what_it_met_and_what_it_ended() -> None:
    until_approved = rule("approve", 240, starts=("task.offered",), stops=("task.approved",))
    closed = rule("close", 480, starts=("task.offered",), stops=("incident.closed",))
    room = offered(until_approved, closed, DONE)
    before = [run_of(room, one) for one in ("approve", "close")]
    room.does(AcceptTask(TASK), OFFICER)
    room.does(SubmitTask(TASK, "Nothing"), OFFICER)
    report = run_of(room, "report")
    room.does(ApproveTask(TASK), SUPERVISOR)
    assert not columns_open(room)
    room.does(UndoApproval(TASK), SUPERVISOR)
    assert [run_of(room, one) for one in ("approve", "close")] == before
    assert run_of(room, "report") == report  # met before, by what stands


def test_what_the_pack_in_force_does_not_know_comes_back_with_one_that_does() -> None:
    room = offered(DONE)
    ours, before = room.loop, run_of(room, "report")
    room.does(WithdrawTask(TASK))
    room.loop = Loop((always("Asia/Shanghai"),), (ACCEPT,))
    room.does(ReassignTask(TASK, "city/north"))
    assert run_of(room, "report").ended == "pack"
    room.loop = ours
    assert "loop.clock_retimed.v1" in room.does(LookAtClocks(TASK), KEEPER)
    assert run_of(room, "report") == before


def test_a_pack_that_knows_its_clock_again_lets_it_go_on_unless_it_is_done() -> None:
    room = offered(ACCEPT, DONE)
    ours, before = room.loop, run_of(room, "report")
    room.loop = Loop((always("Asia/Shanghai"),), (rule("other", 5),))
    older = tuple(replace(one, pack="older") for one in loop_of(room).clocks)
    room.states[f"loop:{TASK}"] = replace(loop_of(room), clocks=older)
    assert set(room.does(LookAtClocks(TASK), KEEPER)) == {"loop.clock_ended.v1"}
    room.does(AcceptTask(TASK), OFFICER)
    room.loop = ours
    assert room.does(LookAtClocks(TASK), KEEPER) == ("loop.clock_retimed.v1",)
    assert run_of(room, "report") == before
    assert run_of(room, "accept").ended == "pack"
    assert room.does(LookAtClocks(TASK), KEEPER) == ()


def test_a_beginning_that_is_undone_brings_back_the_clock_that_it_met() -> None:
    begin = rule("begin", 60, starts=("task.offered",), stops=("task.started",))
    room = offered(begin, ACCEPT)
    before = run_of(room, "begin")
    room.does(AcceptTask(TASK), OFFICER)
    accepted = run_of(room, "accept")
    room.now_ms += 5 * MINUTE_MS
    room.does(StartTask(TASK), OFFICER)
    assert run_of(room, "begin").state == "met"
    room.now_ms += 5 * MINUTE_MS
    room.does(UndoStart(TASK), OFFICER)
    assert run_of(room, "begin") == before
    assert run_of(room, "accept") == accepted
    room.does(StartTask(TASK), OFFICER)
    assert run_of(room, "begin").state == "met"

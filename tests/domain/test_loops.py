"""Clocks of incidents: what starts, stops, pauses and prolongs them, and whom the keeper tells."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from dutyroom.clocks.calendar import always
from dutyroom.clocks.loop import Loop, Reason
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Edition, Extensions, Length, Rule, Step
from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    AddNote,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
    SetPlace,
    SetPriority,
    SplitIncident,
    UnitToSend,
)
from dutyroom.domain.kernel import DONE, GO, Change, Command, Refusal
from dutyroom.domain.loops.commands import (
    ExtendClock,
    LookAtClocks,
    PauseClock,
    ResumeClock,
)
from dutyroom.domain.loops.events import ClockEscalated
from dutyroom.domain.loops.row import columns, render
from dutyroom.domain.loops.state import LoopState, Run
from dutyroom.domain.loops.table import CLOCK
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place

from .room import Room
from .strategies import ASSIGNMENTS, CODES, INCIDENTS, NOTES

FIRST, SECOND, _ = INCIDENTS
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
HERE = Place(121.0, 31.0, "East Street", "street")
ELSEWHERE = Place(121.1, 31.0, "Bridge", "point")
SUPERVISOR = Actor("sun", "supervisor")
KEEPER = Actor("keeper", "keeper")
NAME = Text("", "")


def rule(code: str, minutes: int, **more: Any) -> Rule:
    """A clock from the opening to the end of the incident, open at all times."""
    given = {
        "starts": ("incident.opened", "incident.reopened"),
        "stops": ("incident.closed",),
        "warn": Length(10, "minute"),
        "escalate": (
            Step("dispatcher", Length(0, "minute")),
            Step("supervisor", Length(15, "minute")),
        ),
        "again": Length(30, "minute"),
    }
    edition = Edition(NAME, date(2025, 1, 1))
    length = Length(minutes, "minute")
    return Rule(code, NAME, within=length, calendar="always", edition=edition, **(given | more))


REPORT = rule(
    "report",
    60,
    pauses=("weather",),
    extensions=Extensions(1, Length(30, "minute"), "supervisor"),
)
ACCEPT = rule("accept", 1, stops=("incident.unit_dispatched",), warn=None)


def room_with(*rules: Rule) -> Room:
    room = Room(replace(CODES, org_of_zone={"north": "city/north", "south": "city"}))
    room.loop = Loop((always("Asia/Shanghai"),), rules, (Reason("weather", NAME),))
    room.on_duty = {"dispatcher": ("anna", "bo"), "supervisor": ("sun",)}
    return room


def opened(*rules: Rule, priority: int = 1) -> Room:
    room = room_with(*rules)
    room.does(OpenIncident(FIRST, "FIRE", priority, HERE))
    return room


def loop_of(room: Room, incident: UUID = FIRST) -> LoopState:
    state = room.states[f"loop:{incident}"]
    assert isinstance(state, LoopState)
    return state


def run_of(room: Room, clock: str = "report", incident: UUID = FIRST) -> Run:
    run = loop_of(room, incident).run(clock)
    assert run is not None
    return run


def after(room: Room, minutes: float) -> int:
    """Moves the room's time on, so that a command comes so long after the incident was opened."""
    room.now_ms = run_of_any(room).from_ms + int(minutes * MINUTE_MS) - 1_000
    return room.now_ms + 1_000


def run_of_any(room: Room) -> Run:
    return loop_of(room).clocks[0]


def keeper_looks(room: Room, minutes: float) -> tuple[str, ...]:
    after(room, minutes)
    return room.does(LookAtClocks(FIRST), KEEPER)


def last_escalation(room: Room) -> ClockEscalated:
    return next(e for _, e, _ in reversed(room.journal) if isinstance(e, ClockEscalated))


def send(room: Room) -> None:
    room.does(SignOn("E1", ("Wang",)))
    room.does(Dispatch(FIRST, (UnitToSend(ASSIGNMENTS[0], "E1"),)))


def close(room: Room) -> tuple[str, ...]:
    room.does(SetDisposition(FIRST, "helped"))
    return room.does(CloseIncident(FIRST))


class TestStarting:
    def test_a_pack_without_clocks_starts_none(self) -> None:
        room = room_with()
        assert room.does(OpenIncident(FIRST, "FIRE", 1, HERE)) == ("incident.opened.v1",)

    def test_opening_starts_the_clocks_of_its_category_and_priority(self) -> None:
        room = opened(
            REPORT,
            rule("other_priority", 5, priorities=(3,)),
            rule("other_category", 5, categories=("NOISE",)),
            rule("later", 5, starts=("incident.unit_dispatched",)),
        )
        assert [run.clock for run in loop_of(room).clocks] == ["report"]
        assert run_of(room).due_ms == run_of(room).from_ms + HOUR_MS

    def test_of_two_rules_of_one_clock_the_first_that_is_for_the_incident_counts(self) -> None:
        room = opened(rule("report", 5, priorities=(1,)), rule("report", 50))
        assert run_of(room).due_ms == run_of(room).from_ms + 5 * MINUTE_MS

    def test_the_loop_lies_with_the_organisation_that_looks_after_the_zone(self) -> None:
        assert loop_of(opened(REPORT)).org == "city/north"

    def test_what_it_waited_for_stops_it_in_time(self) -> None:
        room = opened(REPORT)
        assert close(room)[-2:] == ("incident.closed.v1", "loop.clock_met.v1")
        assert (run_of(room).state, run_of(room).late_ms) == ("met", 0)

    def test_a_note_stops_and_starts_the_clocks_that_name_it(self) -> None:
        kept = rule("kept", 5, stops=("incident.note_added",))
        again = rule("again", 30, starts=("incident.note_added",))
        room = opened(kept, again)
        noted = room.does(AddNote(FIRST, NOTES[0], "Blue door"))
        assert noted == ("incident.note_added.v1", "loop.clock_met.v1", "loop.clock_started.v1")

    def test_what_comes_late_says_by_how_much_and_stays_in_the_record(self) -> None:
        room = opened(REPORT)
        after(room, 90)
        room.does(SetDisposition(FIRST, "helped"))
        after(room, 90)
        room.does(CloseIncident(FIRST))
        assert run_of(room).late_ms == 30 * MINUTE_MS

    def test_each_clock_is_independent_of_the_others(self) -> None:
        room = opened(ACCEPT, REPORT)
        send(room)
        assert run_of(room, "accept").state == "met"
        assert run_of(room, "report").state == "running"

    def test_reopening_starts_new_clocks_and_keeps_the_old_ones(self) -> None:
        room = opened(REPORT)
        close(room)
        room.does(ReopenIncident(FIRST, "came_back"))
        assert [one.state for one in loop_of(room).clocks] == ["met", "running"]
        assert run_of(room).from_ms == room.now_ms


class TestUrgency:
    @pytest.mark.parametrize("paused", [False, True])
    def test_a_clock_that_another_priority_ended_goes_on_with_the_priority_that_it_is_for(
        self, paused: bool
    ) -> None:
        room = opened(replace(REPORT, priorities=(1,)))
        after(room, 10)
        room.does(PauseClock(FIRST, "report", "weather"), SUPERVISOR)
        after(room, 20)
        if not paused:
            room.does(ResumeClock(FIRST, "report"), SUPERVISOR)
        room.does(SetPriority(FIRST, 3))
        assert run_of(room).ended == "urgency"
        after(room, 30)
        room.does(SetPriority(FIRST, 1))
        run = run_of(room)
        assert len(loop_of(room).clocks) == 1
        assert (run.state, run.ended, run.stopped_ms) == (
            "paused" if paused else "running", "", None,
        )  # fmt: skip
        if paused:
            after(room, 40)
            room.does(ResumeClock(FIRST, "report"), SUPERVISOR)
        still_ms = (30 if paused else 10) * MINUTE_MS
        due_ms = run_of(room).due_ms
        assert due_ms is not None
        assert abs(due_ms - (run.from_ms + HOUR_MS + still_ms)) <= 2_000

    def test_it_goes_on_running_if_it_ran_when_it_ended(self) -> None:
        """Though a pause ended in the same minute, as entries afterwards say."""
        room = opened(replace(REPORT, priorities=(1,)))
        after(room, 5)
        room.does(PauseClock(FIRST, "report", "weather"))
        after(room, 10)
        at_ms = room.now_ms
        room.does(ResumeClock(FIRST, "report"), occurred_at_ms=at_ms)
        room.does(SetPriority(FIRST, 2), occurred_at_ms=at_ms)
        room.does(SetPriority(FIRST, 1))
        assert (run_of(room).state, len(run_of(room).pauses)) == ("running", 1)

    def test_it_does_not_come_back_for_a_unit_that_is_done_or_was_called_off(self) -> None:
        for end, stops in (
            (ClearAssignment(FIRST, ASSIGNMENTS[0], "done"), "assignment.cleared"),
            (CancelAssignment(FIRST, ASSIGNMENTS[0], "not_needed"), "assignment.cancelled"),
        ):
            accept = rule(
                "accept", 5, starts=("incident.unit_dispatched",), stops=(stops,), priorities=(1,)
            )
            room = opened(accept)
            send(room)
            if isinstance(end, ClearAssignment):
                room.does(ArriveOnScene(FIRST, ASSIGNMENTS[0]))
            room.does(SetPriority(FIRST, 2))
            room.does(end)
            room.does(SetPriority(FIRST, 1))
            assert [one.state for one in loop_of(room).clocks] == ["ended"]

    def test_a_change_of_priority_counts_from_when_the_incident_was_opened(self) -> None:
        room = opened(rule("report", 5, priorities=(1,)), rule("report", 50), priority=2)
        room.does(SetPriority(FIRST, 1))
        assert run_of(room).due_ms == run_of(room).from_ms + 5 * MINUTE_MS

    def test_pauses_survive_it(self) -> None:
        paused = replace(REPORT, priorities=(2,))
        room = opened(paused, replace(REPORT, within=Length(30, "minute")), priority=2)
        room.does(PauseClock(FIRST, "report", "weather"))
        room.does(SetPriority(FIRST, 1))
        assert run_of(room).state == "paused"
        room.now_ms += HOUR_MS
        room.does(ResumeClock(FIRST, "report"))
        run = run_of(room)
        still = sum((one.to_ms or 0) - one.from_ms for one in run.pauses)
        assert run.due_ms == run.from_ms + 30 * MINUTE_MS + still

    def test_a_clock_that_is_not_for_it_any_more_ends_and_stays_in_the_record(self) -> None:
        room = opened(rule("report", 60, priorities=(1,)))
        room.does(SetPriority(FIRST, 2))
        assert (run_of(room).state, run_of(room).ended) == ("ended", "urgency")

    def test_a_clock_that_is_for_it_now_runs_from_the_opening(self) -> None:
        room = opened(REPORT, rule("urgent", 20, priorities=(1,)), priority=2)
        room.does(SetPriority(FIRST, 1))
        assert run_of(room, "urgent").from_ms == run_of(room, "report").from_ms

    def test_what_has_happened_already_is_not_waited_for(self) -> None:
        room = opened(REPORT, replace(ACCEPT, priorities=(1,)), priority=2)
        send(room)
        room.does(SetPriority(FIRST, 1))
        assert loop_of(room).run("accept") is None


class TestMerging:
    def merged(self) -> Room:
        room = opened(REPORT)
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(MergeIncident(FIRST, SECOND))
        return room

    def test_merging_stops_the_clocks_of_the_merged_one_only(self) -> None:
        room = self.merged()
        assert (run_of(room).state, run_of(room).due_ms) == ("paused", None)
        assert run_of(room, incident=SECOND).state == "running"

    def test_a_merged_incident_escalates_nothing(self) -> None:
        assert keeper_looks(self.merged(), 600) == ()

    def test_it_is_not_to_be_watched_as_paused_in_its_last_tenth(self) -> None:
        """Nobody can do anything about it: its other part has clocks of its own."""
        room = opened(REPORT)
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.now_ms += 58 * MINUTE_MS
        room.does(MergeIncident(FIRST, SECOND))
        (clock,) = render(str(FIRST), loop_of(room), Change("", 0, 0)).clocks
        assert (clock.state, clock.paused_last) == ("paused", False)

    @pytest.mark.parametrize("paused", [False, True])
    def test_it_is_over_with_what_it_was_merged_into_and_goes_on_if_it_is_split_after_all(
        self, paused: bool
    ) -> None:
        room = opened(REPORT)
        if paused:
            room.does(PauseClock(FIRST, "report", "weather"))
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(MergeIncident(FIRST, SECOND))
        merged = run_of(room)
        room.does(SetDisposition(SECOND, "helped"))
        room.does(CloseIncident(SECOND))
        assert (run_of(room).state, run_of(room).ended) == ("ended", "over")
        assert not columns(loop_of(room)).open
        room.does(ReopenIncident(SECOND, "came_back"))
        assert not columns(loop_of(room)).open
        room.does(SplitIncident(FIRST))
        run = run_of(room)
        assert (run.state, run.pauses[0].from_ms) == (
            "paused" if paused else "running",
            merged.pauses[0].from_ms,
        )
        assert run.runs
        assert run.ended == ""

    def test_nobody_resumes_it_while_it_is_merged(self) -> None:
        assert self.merged().refuses(ResumeClock(FIRST, "report")).name == "ReasonNotAllowed"

    def test_nor_one_that_was_paused_before(self) -> None:
        room = opened(REPORT)
        room.does(PauseClock(FIRST, "report", "weather"))
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(MergeIncident(FIRST, SECOND))
        assert room.refuses(ResumeClock(FIRST, "report")).name == "ReasonNotAllowed"
        room.does(SplitIncident(FIRST))
        room.does(ResumeClock(FIRST, "report"))
        assert run_of(room).state == "running"

    def test_splitting_resumes_them_with_the_time_that_was_left(self) -> None:
        room = self.merged()
        room.now_ms += HOUR_MS
        room.does(SplitIncident(FIRST))
        run = run_of(room)
        (still,) = run.pauses
        assert run.state == "running"
        assert run.due_ms == run.from_ms + HOUR_MS + (still.to_ms or 0) - still.from_ms

    def test_a_clock_that_was_paused_before_stays_paused_after_a_split(self) -> None:
        room = opened(REPORT)
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(PauseClock(FIRST, "report", "weather"))
        room.does(MergeIncident(FIRST, SECOND))
        room.does(SplitIncident(FIRST))
        assert run_of(room).pauses[-1].reason == "weather"
        assert run_of(room).state == "paused"


class TestPausing:
    def test_it_stands_still_for_a_reason_of_its_rule(self) -> None:
        room = opened(REPORT)
        room.does(PauseClock(FIRST, "report", "weather"))
        assert (run_of(room).state, run_of(room).due_ms) == ("paused", None)

    @pytest.mark.parametrize("reason", ["", "waiting_for_owner", "no such reason"])
    def test_another_reason_is_refused(self, reason: str) -> None:
        room = opened(REPORT)
        assert room.refuses(PauseClock(FIRST, "report", reason)).params["allowed"] == ("weather",)

    def test_what_is_late_is_not_hidden_by_a_pause(self) -> None:
        room = opened(REPORT)
        after(room, 60)
        assert room.refuses(PauseClock(FIRST, "report", "weather")).name == "ClockHasRunOut"

    def test_nor_by_one_that_is_entered_afterwards(self) -> None:
        room = opened(REPORT)
        keeper_looks(room, 61)
        early = run_of(room).from_ms + 30 * MINUTE_MS
        refused = room.refuses(PauseClock(FIRST, "report", "weather"), occurred_at_ms=early)
        assert refused.name == "ClockHasRunOut"

    def test_an_entry_afterwards_begins_no_pause_before_its_clock_and_ends_none_before_it(
        self,
    ) -> None:
        room = opened(REPORT)
        from_ms = run_of(room).from_ms
        for minutes, begins, pause_ms in (
            (10, from_ms - HOUR_MS, from_ms),
            (30, from_ms + 20 * MINUTE_MS, from_ms + 20 * MINUTE_MS),
        ):
            after(room, minutes)
            room.does(PauseClock(FIRST, "report", "weather"), occurred_at_ms=begins)
            room.does(ResumeClock(FIRST, "report"), occurred_at_ms=from_ms - HOUR_MS)
            assert run_of(room).pauses[-1] == Pause("weather", pause_ms, pause_ms)
        assert run_of(room).due_ms == from_ms + HOUR_MS

    def test_a_merge_that_comes_too_late_makes_nothing_up_for_it(self) -> None:
        room = opened(REPORT)
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        due_ms = run_of(room).due_ms
        after(room, 90)
        room.does(MergeIncident(FIRST, SECOND))
        room.now_ms += HOUR_MS
        room.does(SplitIncident(FIRST))
        assert run_of(room).due_ms == due_ms

    def test_a_shorter_rule_leaves_a_paused_clock_standing(self) -> None:
        shorter = replace(REPORT, within=Length(30, "minute"), priorities=(1,))
        room = opened(shorter, REPORT, priority=2)
        after(room, 45)
        room.does(PauseClock(FIRST, "report", "weather"))
        room.does(SetPriority(FIRST, 1))
        assert (run_of(room).state, run_of(room).due_ms) == ("paused", None)

    def test_a_paused_clock_can_be_met(self) -> None:
        room = opened(REPORT)
        room.does(PauseClock(FIRST, "report", "weather"))
        after(room, 90)
        room.does(SetDisposition(FIRST, "helped"))
        room.does(CloseIncident(FIRST))
        assert (run_of(room).state, run_of(room).late_ms) == ("met", 0)


class TestExtending:
    def test_it_is_due_later_by_what_its_rule_says_and_who_approved_it_is_kept(self) -> None:
        room = opened(REPORT)
        room.does(ExtendClock(FIRST, "report", "weather"), SUPERVISOR)
        assert run_of(room).due_ms == run_of(room).from_ms + 90 * MINUTE_MS
        assert room.journal[-1][1].by == "sun"  # type: ignore[attr-defined]

    def test_not_more_often_than_its_rule_says(self) -> None:
        room = opened(REPORT)
        room.does(ExtendClock(FIRST, "report", "weather"), SUPERVISOR)
        again = room.refuses(ExtendClock(FIRST, "report", "weather"), SUPERVISOR)
        assert again.name == "NotExtendedAgain"

    def test_only_by_the_role_that_approves(self) -> None:
        assert opened(REPORT).refuses(ExtendClock(FIRST, "report", "weather")).name == (
            "NotTheApprover"
        )

    def test_with_a_reason_of_the_pack(self) -> None:
        room = opened(REPORT)
        refused = room.refuses(ExtendClock(FIRST, "report", "because"), SUPERVISOR)
        assert refused.name == "ReasonNotAllowed"


class TestTheKeeper:
    def test_it_warns_once(self) -> None:
        room = opened(REPORT)
        assert keeper_looks(room, 49.9) == ()
        assert keeper_looks(room, 50) == ("loop.clock_warned.v1",)
        assert keeper_looks(room, 50.1) == ()

    def test_it_tells_who_is_on_duty_of_the_roles_of_the_rule_one_after_the_other(self) -> None:
        room = opened(REPORT)
        keeper_looks(room, 50)
        assert keeper_looks(room, 60) == ("loop.clock_escalated.v1",)
        assert last_escalation(room).to == ("anna", "bo")
        assert keeper_looks(room, 60.1) == ()
        keeper_looks(room, 75)
        assert last_escalation(room).to == ("sun",)

    def test_it_tells_the_last_one_again_and_again(self) -> None:
        room = opened(REPORT)
        for minutes in (50, 60, 75, 105, 135):
            assert keeper_looks(room, minutes) != ()
        assert (last_escalation(room).step, last_escalation(room).to) == (4, ("sun",))

    def test_stopped_for_a_day_it_tells_once_says_how_late_and_the_next_lies_ahead(self) -> None:
        room = opened(REPORT)
        assert keeper_looks(room, 24 * 60) == ("loop.clock_escalated.v1",)
        said = last_escalation(room)
        assert said.to == ("sun",)
        assert 0 < said.late_ms < 30 * MINUTE_MS
        assert (said.look_ms or 0) > room.now_ms
        assert keeper_looks(room, 24 * 60 + 0.1) == ()

    def test_two_keepers_tell_once(self) -> None:
        room = opened(REPORT)
        keeper_looks(room, 60)
        assert keeper_looks(room, 60.1) == ()

    def test_where_nobody_is_on_duty_the_next_is_told_at_once(self) -> None:
        room = opened(REPORT)
        room.on_duty = {"supervisor": ("sun",)}
        keeper_looks(room, 60)
        said = last_escalation(room)
        assert (said.to, said.passed) == (("sun",), ("dispatcher",))
        assert said.look_ms == run_of(room).from_ms + (75 + 30) * MINUTE_MS

    def test_where_nobody_at_all_is_on_duty_the_next_step_comes_all_the_same(self) -> None:
        room = opened(REPORT)
        room.on_duty = {}
        keeper_looks(room, 60)
        assert last_escalation(room).passed == ("dispatcher", "supervisor")
        room.on_duty = {"supervisor": ("sun",)}
        keeper_looks(room, 75)
        assert last_escalation(room).to == ("sun",)

    def test_a_clock_that_lapses_ends_and_tells_nobody(self) -> None:
        room = opened(replace(REPORT, expiry="lapses", escalate=(), again=None, warn=None))
        assert keeper_looks(room, 60) == ("loop.clock_ended.v1",)
        assert run_of(room).ended == "lapsed"

    def test_it_leaves_a_paused_clock_alone(self) -> None:
        room = opened(REPORT)
        room.does(PauseClock(FIRST, "report", "weather"))
        assert keeper_looks(room, 600) == ()

    def test_a_clock_of_another_pack_goes_by_the_rule_that_is_in_force(self) -> None:
        room = opened(REPORT)
        room.states[f"loop:{FIRST}"] = replace(
            loop_of(room), clocks=(replace(run_of(room), pack="older"),)
        )
        assert keeper_looks(room, 60) == ("loop.clock_retimed.v1",)
        assert keeper_looks(room, 60.1) == ("loop.clock_escalated.v1",)

    def test_a_clock_that_a_pack_in_between_did_not_know_goes_on(self) -> None:
        for meanwhile, state in ((None, "running"), (SetPriority(FIRST, 2), "running"),
                                 (CloseIncident(FIRST), "ended")):  # fmt: skip
            room = opened(REPORT)
            from_ms, known = run_of(room).from_ms, room.loop
            run = replace(run_of(room), pack="older")
            room.states[f"loop:{FIRST}"] = replace(loop_of(room), clocks=(run,))
            room.loop = replace(known, clocks=(ACCEPT,))
            assert keeper_looks(room, 5) == ("loop.clock_ended.v1",)
            if meanwhile:
                room.does(SetDisposition(FIRST, "helped"))
                room.does(meanwhile)
            room.loop = known
            keeper_looks(room, 10)
            assert (run_of(room).state, run_of(room).from_ms) == (state, from_ms)
            assert run_of(room).due_ms == from_ms + HOUR_MS
            assert keeper_looks(room, 11) == ()

    def test_a_clock_that_the_new_pack_does_not_know_ends(self) -> None:
        room = opened(REPORT)
        room.loop = replace(room.loop, clocks=(ACCEPT,))
        room.states[f"loop:{FIRST}"] = replace(
            loop_of(room), clocks=(replace(run_of(room), pack="older"),)
        )
        assert keeper_looks(room, 60) == ("loop.clock_ended.v1",)
        assert run_of(room).ended == "pack"


RUNS: dict[str, Iterable[Command]] = {
    "running": (),
    "paused": (PauseClock(FIRST, "report", "weather"),),
    "met": (SetDisposition(FIRST, "helped"), CloseIncident(FIRST)),
    "ended": (SetPriority(FIRST, 2),),
}
COMMANDS: dict[str, tuple[Command, Actor]] = {
    "loop.pause_clock": (PauseClock(FIRST, "report", "weather"), SUPERVISOR),
    "loop.resume_clock": (ResumeClock(FIRST, "report"), SUPERVISOR),
    "loop.extend_clock": (ExtendClock(FIRST, "report", "weather"), SUPERVISOR),
    "loop.look_at_clocks": (LookAtClocks(FIRST), KEEPER),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in CLOCK.items()],
)
def test_a_clock_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    room = room_with(replace(REPORT, priorities=(1,)))
    if state != "none":
        room.does(OpenIncident(FIRST, "FIRE", 1, HERE))
        for command in RUNS[state]:
            room.does(command)
        after(room, 50)
    decision = room.act(*COMMANDS[verb])
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


@pytest.mark.parametrize(("minutes", "is_last"), [(53, False), (55, True)])
def test_a_clock_says_whether_it_was_paused_in_its_last_tenth(minutes: int, is_last: bool) -> None:
    room = opened(REPORT)
    after(room, minutes)
    room.does(PauseClock(FIRST, "report", "weather"))
    assert run_of(room).paused_last == is_last


def test_time_in_which_it_stood_still_is_no_part_of_the_last_tenth() -> None:
    room = opened(REPORT)
    after(room, 10)
    room.does(PauseClock(FIRST, "report", "weather"))
    after(room, 610)
    room.does(ResumeClock(FIRST, "report"))
    after(room, 650)  # 10 of its 60 minutes are left
    room.does(PauseClock(FIRST, "report", "weather"))
    assert not run_of(room).paused_last


def test_a_pause_that_is_over_ends_where_the_clock_went_on() -> None:
    room = opened(REPORT)
    room.does(PauseClock(FIRST, "report", "weather"))
    began = room.now_ms
    room.does(ResumeClock(FIRST, "report"))
    assert run_of(room).pauses == (Pause("weather", began, room.now_ms),)


class TestRestarting:
    """AP 62: a transfer gives the whole time again."""

    RULE = rule("report", 60, restarts=("incident.place_changed",), pauses=("weather",))

    def test_a_clock_that_runs_begins_anew_with_its_whole_time(self) -> None:
        room = opened(self.RULE)
        room.now_ms += 20 * MINUTE_MS
        assert room.does(SetPlace(FIRST, ELSEWHERE))[1:] == (
            "loop.clock_ended.v1",
            "loop.clock_started.v1",
        )
        before, now = loop_of(room).clocks
        assert (before.state, before.ended, before.stopped_ms) == (
            "ended",
            "restarted",
            room.now_ms,
        )
        assert (now.from_ms, now.due_ms) == (room.now_ms, room.now_ms + 60 * MINUTE_MS)

    def test_one_that_was_broken_stays_so_in_the_record(self) -> None:
        room = opened(self.RULE)
        keeper_looks(room, 61)
        room.does(SetPlace(FIRST, ELSEWHERE))
        before, now = loop_of(room).clocks
        assert before.steps == 1
        assert before.due_ms is not None
        assert before.stopped_ms is not None
        assert before.due_ms < before.stopped_ms
        assert now.steps == 0

    def test_one_that_does_not_run_is_not_begun_by_it(self) -> None:
        room = opened(replace(self.RULE, starts=("incident.reopened",)))
        assert room.does(SetPlace(FIRST, ELSEWHERE)) == ("incident.place_changed.v1",)


def test_by_another_pack_the_keeper_tells_who_looks_after_the_place_now() -> None:
    room = Room(replace(CODES, org_of_zone={"north": "city/gone"}))
    room.loop = Loop((always("Asia/Shanghai"),), (REPORT,))
    room.does(OpenIncident(FIRST, "FIRE", 1, HERE))
    room.on_duty = {"dispatcher": ("bo",), "supervisor": ("sun",)}
    room.duty_of = {"bo": "city/north", "sun": ""}
    room.codes = replace(room.codes, org_of_zone={"north": "city/north"})
    room.now_ms += 61 * MINUTE_MS
    happened = room.does(LookAtClocks(FIRST), KEEPER)
    assert happened == ("loop.moved.v1", "loop.clock_escalated.v1")
    loop = room.states[f"loop:{FIRST}"]
    assert isinstance(loop, LoopState)
    assert (loop.org, loop.clocks[0].told) == ("city/north", ("bo",))
    assert room.does(LookAtClocks(FIRST), KEEPER) == ()

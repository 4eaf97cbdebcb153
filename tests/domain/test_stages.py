"""Stages of incidents: which route they go by, what leads from one to the next, and who owns it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.clocks.calendar import always
from dutyroom.clocks.loop import NO_LOOP, Loop
from dutyroom.clocks.route import FACTS, STAGES, Fact, Leg, Light, Route
from dutyroom.domain.calls.commands import ClaimCall, ReceiveCall
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LinkCall,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
    SetPriority,
    SplitIncident,
    StartEnRoute,
    UnitToSend,
)
from dutyroom.domain.kernel import DONE, GO, Refusal
from dutyroom.domain.loops.commands import ApproveHandling, WithdrawApproval
from dutyroom.domain.loops.row import columns
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.loops.table import LOOP
from dutyroom.domain.units.commands import SignOn

from .room import Room
from .strategies import ASSIGNMENTS, CALLS, CODES, INCIDENTS
from .test_loops import HERE, NAME, rule

FIRST, SECOND, _ = INCIDENTS
SENT = ASSIGNMENTS[0]
USUAL = Route(
    "usual",
    NAME,
    (
        Leg("analyse", "call_taker", ("sent",)),
        Leg("assign", "dispatcher", ("accepted",)),
        Leg("handle", "field_officer", ("cleared",)),
        Leg("supervise", "supervisor", ("disposition",)),
        Leg("conclude", "dispatcher"),
    ),
)
LIGHT = Route(
    "light",
    NAME,
    (Leg("handle", "field_officer", ("cleared",)), Leg("conclude", "dispatcher")),
    priorities=(3,),
    light=Light("helped", "done"),
)


def room_with(*routes: Route, **more: Any) -> Room:
    room = Room(replace(CODES, org_of_zone={"north": "city/north", "south": "city"}))
    room.loop = Loop((always("Asia/Shanghai"),), routes=routes, **more)
    return room


def opened(*routes: Route, priority: int = 1, **more: Any) -> Room:
    room = room_with(*routes, **more)
    room.does(SignOn("E1", ("Wang",)))
    room.does(SignOn("P1", ("Chen",)))
    room.does(OpenIncident(FIRST, "FIRE", priority, HERE))
    return room


def loop_of(room: Room, incident: Any = FIRST) -> LoopState:
    state = room.states[f"loop:{incident}"]
    assert isinstance(state, LoopState)
    return state


def stays(room: Room) -> list[str]:
    return [one.stage for one in loop_of(room).stages]


def stage(room: Room) -> tuple[str, str]:
    stay = loop_of(room).stay
    assert stay is not None
    return stay.stage, stay.owner


def send(room: Room) -> None:
    room.does(Dispatch(FIRST, (UnitToSend(SENT, "E1"),)))


def to_the_scene(room: Room) -> None:
    send(room)
    room.does(ArriveOnScene(FIRST, SENT))


class TestAlongTheRoute:
    def test_a_pack_without_routes_has_no_stages(self) -> None:
        room = room_with()
        assert room.does(OpenIncident(FIRST, "FIRE", 1, HERE)) == ("incident.opened.v1",)

    def test_an_incident_goes_through_its_stages_as_the_work_is_done(self) -> None:
        room = opened(USUAL)
        seen = [stage(room)]
        for command in (
            Dispatch(FIRST, (UnitToSend(SENT, "E1"),)),
            StartEnRoute(FIRST, SENT),
            ArriveOnScene(FIRST, SENT),
            ClearAssignment(FIRST, SENT, "done"),
            SetDisposition(FIRST, "helped"),
            CloseIncident(FIRST),
        ):
            room.does(command)
            seen.append(stage(room))
        assert seen == [
            ("analyse", "call_taker"),
            ("assign", "dispatcher"),
            ("handle", "field_officer"),
            ("handle", "field_officer"),
            ("supervise", "supervisor"),
            ("conclude", "dispatcher"),
            ("concluded", ""),
        ]

    def test_each_stage_begins_where_the_one_before_it_ends(self) -> None:
        room = opened(USUAL)
        to_the_scene(room)
        found = loop_of(room).stages
        assert [one.stage for one in found] == ["analyse", "assign", "handle"]
        assert found[0].from_ms == room.incidents[FIRST].opened_at_ms
        assert [one.to_ms for one in found[:-1]] == [one.from_ms for one in found[1:]]
        assert found[-1].to_ms is None

    def test_it_is_of_the_organisation_that_looks_after_its_zone(self) -> None:
        assert loop_of(opened(USUAL)).org == "city/north"

    def test_a_cancelled_unit_leads_back(self) -> None:
        room = opened(USUAL)
        send(room)
        room.does(CancelAssignment(FIRST, SENT, "not_needed"))
        assert stays(room) == ["analyse", "assign", "analyse"]

    def test_a_unit_that_comes_later_leads_back_to_handling(self) -> None:
        room = opened(USUAL)
        to_the_scene(room)
        room.does(ClearAssignment(FIRST, SENT, "done"))
        room.does(Dispatch(FIRST, (UnitToSend(ASSIGNMENTS[1], "P1"),)))
        room.does(ArriveOnScene(FIRST, ASSIGNMENTS[1]))
        assert stays(room)[-3:] == ["supervise", "assign", "handle"]

    def test_a_reopened_incident_begins_again(self) -> None:
        room = opened(USUAL)
        room.does(SetDisposition(FIRST, "helped"))
        room.does(CloseIncident(FIRST))
        room.does(ReopenIncident(FIRST, "came_back"))
        assert stays(room) == ["analyse", "concluded", "analyse"]

    def test_a_merged_incident_has_no_stage_of_its_own_until_it_is_split(self) -> None:
        room = opened(USUAL)
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(MergeIncident(FIRST, SECOND))
        assert stage(room) == ("merged", "")
        assert loop_of(room).is_over
        room.does(SplitIncident(FIRST))
        assert stage(room) == ("analyse", "call_taker")

    def test_another_priority_leads_to_another_route(self) -> None:
        room = opened(LIGHT, USUAL)
        room.does(SetPriority(FIRST, 3))
        assert (stage(room), loop_of(room).route) == (("handle", "field_officer"), "light")

    def test_where_another_pack_has_no_route_it_stays_until_it_is_over(self) -> None:
        room = opened(USUAL)
        room.loop = Loop((always("Asia/Shanghai"),), (rule("report", 60),))
        send(room)
        assert stage(room) == ("analyse", "call_taker")
        room.does(ArriveOnScene(FIRST, SENT))
        room.does(ClearAssignment(FIRST, SENT, "done"))
        room.does(SetDisposition(FIRST, "helped"))
        room.does(CloseIncident(FIRST))
        assert stage(room) == ("concluded", "")

    def test_an_incident_from_before_the_routes_gets_its_stage_with_what_happens_next(self) -> None:
        room = opened()
        room.loop = Loop((always("Asia/Shanghai"),), routes=(USUAL,))
        send(room)
        assert stays(room) == ["assign"]

    @given(st.sets(st.sampled_from(FACTS)), st.sets(st.sampled_from(STAGES[:-1])))
    def test_all_before_the_stage_is_done_and_the_stage_is_not(
        self, facts: set[Fact], wanted: set[str]
    ) -> None:
        legs = [one for one in USUAL.legs if one.stage in {*wanted, "conclude"}]
        leg = replace(USUAL, legs=tuple(legs)).leg(facts)
        before = legs[: legs.index(leg)]
        assert all({*one.until} <= facts for one in before)
        assert leg is legs[-1] or not {*leg.until} <= facts


class TestClocksOfStages:
    def test_a_clock_runs_from_one_stage_to_another(self) -> None:
        check = rule("report", 60, starts=("stage.supervise",), stops=("stage.conclude",))
        room = opened(USUAL, clocks=(check,))
        to_the_scene(room)
        assert loop_of(room).clocks == ()
        room.does(ClearAssignment(FIRST, SENT, "done"))
        (run,) = loop_of(room).clocks
        assert (run.state, run.from_ms) == ("running", room.now_ms)
        room.does(SetDisposition(FIRST, "helped"))
        assert loop_of(room).clocks[0].state == "met"

    def test_a_stage_that_is_passed_over_ends_what_waited_for_it(self) -> None:
        """A unit that is on its way comes with a merge; a light matter is concluded unsupervised."""
        quick = rule("quick", 60, starts=("stage.analyse",), stops=("stage.assign",))
        check = rule("check", 60, starts=("stage.handle",), stops=("stage.supervise",))
        room = opened(LIGHT, USUAL, clocks=(quick, check))
        room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
        room.does(Dispatch(SECOND, (UnitToSend(SENT, "E1"),)))
        room.does(ArriveOnScene(SECOND, SENT))
        room.does(MergeIncident(SECOND, FIRST))
        assert stays(room) == ["analyse", "handle"]
        assert [one.state for one in loop_of(room).clocks] == ["met", "running"]
        room.does(SetPriority(FIRST, 3))
        room.does(ConcludeIncident(FIRST))
        assert [one.state for one in loop_of(room).clocks] == ["met", "met"]

    def test_a_clock_does_not_come_back_where_its_stage_was_passed_over_meanwhile(self) -> None:
        quick = rule(
            "quick", 60, starts=("stage.analyse",), stops=("stage.assign",), priorities=(1,)
        )
        room = opened(USUAL, clocks=(quick,))
        room.does(SetPriority(FIRST, 2))
        room.does(OpenIncident(SECOND, "FIRE", 2, HERE))
        room.does(Dispatch(SECOND, (UnitToSend(SENT, "E1"),)))
        room.does(ArriveOnScene(SECOND, SENT))
        room.does(MergeIncident(SECOND, FIRST))
        room.does(SetPriority(FIRST, 1))
        assert [one.state for one in loop_of(room).clocks] == ["ended"]

    def test_an_entry_afterwards_ends_no_stage_before_it_began(self) -> None:
        check = rule("check", 60, starts=("stage.conclude",))
        room = opened(USUAL, clocks=(check,))
        to_the_scene(room)
        room.does(ClearAssignment(FIRST, SENT, "done"))
        cleared_ms = room.now_ms
        room.now_ms += 60_000
        room.does(SetDisposition(FIRST, "helped"), occurred_at_ms=cleared_ms - 1_500)
        *_, before, last = loop_of(room).stages
        assert (before.from_ms, before.to_ms, last.from_ms) == (cleared_ms,) * 3
        assert loop_of(room).clocks[0].from_ms == cleared_ms

    def test_a_clock_of_the_stage_that_lasts_comes_with_another_priority(self) -> None:
        check = rule(
            "report", 60, starts=("stage.assign",), stops=("stage.handle",), priorities=(2,)
        )
        room = opened(USUAL, clocks=(check,))
        send(room)
        since_ms = room.now_ms
        room.does(SetPriority(FIRST, 2))
        (run,) = loop_of(room).clocks
        assert run.from_ms == since_ms


SERIOUS = Route(
    "usual",
    NAME,
    (
        Leg("handle", "field_officer", ("cleared", "disposition")),
        Leg("supervise", "supervisor", ("approved",)),
        Leg("conclude", "dispatcher"),
    ),
)
SUPERVISOR = Actor("sun", "supervisor")


def handled(*routes: Route) -> Room:
    room = opened(*routes)
    to_the_scene(room)
    room.does(ClearAssignment(FIRST, SENT, "done"))
    room.does(SetDisposition(FIRST, "helped"))
    return room


class TestApproval:
    def test_a_serious_matter_is_closed_once_somebody_has_approved_how_it_was_handled(self) -> None:
        room = handled(SERIOUS)
        assert stage(room) == ("supervise", "supervisor")
        assert room.refuses(CloseIncident(FIRST)).params["missing"] == [{"what": "approval"}]
        done = room.does(ApproveHandling(FIRST), SUPERVISOR)
        assert done == ("loop.approved.v1", "loop.stage_entered.v1")
        assert (stage(room)[0], loop_of(room).approved_by) == ("conclude", "sun")
        room.does(CloseIncident(FIRST))
        assert stage(room) == ("concluded", "")

    def test_it_can_be_withdrawn_until_the_incident_is_closed(self) -> None:
        room = handled(SERIOUS)
        assert room.does(WithdrawApproval(FIRST), SUPERVISOR) == ()
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        assert room.does(ApproveHandling(FIRST), SUPERVISOR) == ()
        room.does(WithdrawApproval(FIRST), SUPERVISOR)
        assert stage(room) == ("supervise", "supervisor")
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(CloseIncident(FIRST))
        assert room.refuses(WithdrawApproval(FIRST), SUPERVISOR).name == "TooLateToWithdraw"

    def test_what_is_handled_again_is_approved_again(self) -> None:
        room = handled(SERIOUS)
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(Dispatch(FIRST, (UnitToSend(ASSIGNMENTS[1], "P1"),)))
        assert loop_of(room).approved_by == ""
        room.does(ArriveOnScene(FIRST, ASSIGNMENTS[1]))
        refused = room.refuses(ApproveHandling(FIRST), SUPERVISOR)
        assert (refused.name, refused.params["lacking"]) == ("NotHandledYet", ("assignment",))
        room.does(ClearAssignment(FIRST, ASSIGNMENTS[1], "done"))
        assert stage(room)[0] == "supervise"

    def test_reopening_needs_another_approval(self) -> None:
        room = handled(SERIOUS)
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(CloseIncident(FIRST))
        room.does(ReopenIncident(FIRST, "came_back"))
        assert loop_of(room).approved_by == ""

    def test_an_approval_is_of_what_it_was_given_for(self) -> None:
        """Another outcome, or another incident that becomes part of it, was never approved."""
        for command in (SetDisposition(FIRST, "nothing_found"), MergeIncident(SECOND, FIRST)):
            room = handled(SERIOUS)
            room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
            room.does(ApproveHandling(FIRST), SUPERVISOR)
            room.does(command)
            assert stage(room) == ("supervise", "supervisor")
            assert room.refuses(CloseIncident(FIRST)).params["missing"] == [{"what": "approval"}]

    def test_what_goes_another_way_from_then_on_is_approved_anew(self) -> None:
        room = handled(LIGHT, SERIOUS)
        room.does(SetPriority(FIRST, 3))
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(SetPriority(FIRST, 1))
        assert stage(room) == ("supervise", "supervisor")
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(SetPriority(FIRST, 2))
        assert stage(room) == ("conclude", "dispatcher")

    def test_whatever_a_stage_waits_for_what_is_handled_again_is_approved_again(self) -> None:
        for legs in (
            (Leg("handle", "field_officer", ("disposition",)), *SERIOUS.legs[1:]),
            SERIOUS.legs[1:],
        ):
            room = handled(replace(SERIOUS, legs=legs))
            room.does(ApproveHandling(FIRST), SUPERVISOR)
            room.does(Dispatch(FIRST, (UnitToSend(ASSIGNMENTS[1], "P1"),)))
            assert (stage(room)[0], loop_of(room).approved_by) == ("supervise", "")
            room.does(CancelAssignment(FIRST, ASSIGNMENTS[1], "not_needed"))
            room.does(ApproveHandling(FIRST), SUPERVISOR)
            room.does(CloseIncident(FIRST))
            room.does(ReopenIncident(FIRST, "came_back"))
            assert loop_of(room).approved_by == ""

    def test_what_was_reopened_while_no_pack_had_routes_is_approved_again(self) -> None:
        room = handled(SERIOUS)
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(CloseIncident(FIRST))
        routes, room.loop = room.loop, Loop((always("Asia/Shanghai"),))
        room.does(ReopenIncident(FIRST, "came_back"))
        room.does(SetDisposition(FIRST, "helped"))
        room.loop = routes
        assert room.refuses(CloseIncident(FIRST)).params["missing"] == [{"what": "approval"}]
        room.does(ApproveHandling(FIRST), SUPERVISOR)  # it is at a stage again: then it counts
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(CloseIncident(FIRST))

    def test_what_needs_approval_still_does_as_a_part_of_another(self) -> None:
        other = replace(LIGHT, categories=("NOISE",), priorities=())
        room = handled(other, SERIOUS)
        room.does(OpenIncident(SECOND, "NOISE", 3, HERE))
        room.does(SetDisposition(SECOND, "helped"))
        room.does(MergeIncident(FIRST, SECOND))
        for end in (CloseIncident(SECOND), ConcludeIncident(SECOND)):
            assert room.refuses(end).params["missing"] == [{"what": "approval"}]
        room.does(ApproveHandling(SECOND), SUPERVISOR)
        room.does(CloseIncident(SECOND))

    def test_what_nobody_was_sent_to_is_approved_all_the_same(self) -> None:
        room = opened(SERIOUS)
        assert room.refuses(ApproveHandling(FIRST), SUPERVISOR).name == "NotHandledYet"
        room.does(SetDisposition(FIRST, "nothing_found"))
        room.does(ApproveHandling(FIRST), SUPERVISOR)
        room.does(CloseIncident(FIRST))

    def test_other_matters_need_none(self) -> None:
        for room in (handled(USUAL), handled()):
            room.does(CloseIncident(FIRST))

    @pytest.mark.parametrize(("cell", "expected"), LOOP.items())
    def test_every_cell_of_its_table_holds(self, cell: tuple[str, str], expected: str) -> None:
        phase, verb = cell
        room = handled(SERIOUS) if phase != "none" else room_with(SERIOUS)
        if phase == "concluded":
            room.does(ApproveHandling(FIRST), SUPERVISOR)
            room.does(CloseIncident(FIRST))
        elif phase == "open" and verb == WithdrawApproval.VERB:
            room.does(ApproveHandling(FIRST), SUPERVISOR)
        elif phase == "merged":
            room.does(OpenIncident(SECOND, "FIRE", 1, HERE))
            room.does(MergeIncident(FIRST, SECOND))
        kinds: dict[str, type[ApproveHandling | WithdrawApproval]] = {
            one.VERB: one for one in (ApproveHandling, WithdrawApproval)
        }
        decision = room.act(kinds[verb](FIRST), SUPERVISOR)
        if isinstance(decision, Refusal):
            assert decision.name == expected
        else:
            assert expected == (GO if decision else DONE)


class TestLightMatters:
    def test_it_is_concluded_from_the_scene_in_one_step(self) -> None:
        room = opened(LIGHT, USUAL, priority=3)
        to_the_scene(room)
        done = room.does(ConcludeIncident(FIRST))
        assert done == (
            "assignment.cleared.v1",
            "incident.disposition_set.v1",
            "incident.closed.v1",
            "loop.stage_entered.v1",
            "loop.stage_entered.v1",
        )
        assert room.incidents[FIRST].disposition == "helped"
        assert room.incidents[FIRST].assignments[0].reason == "done"
        assert stage(room) == ("concluded", "")

    def test_what_was_said_before_stays(self) -> None:
        room = opened(LIGHT, priority=3)
        to_the_scene(room)
        room.does(SetDisposition(FIRST, "nothing_found"))
        room.does(ConcludeIncident(FIRST))
        assert room.incidents[FIRST].disposition == "nothing_found"

    def test_twice_does_it_once(self) -> None:
        room = opened(LIGHT, priority=3)
        room.does(ConcludeIncident(FIRST))
        assert room.does(ConcludeIncident(FIRST)) == ()

    def test_other_matters_are_concluded_step_by_step(self) -> None:
        for room in (opened(LIGHT, USUAL), opened()):
            to_the_scene(room)
            assert room.refuses(ConcludeIncident(FIRST)).name == "NotALightMatter"

    def test_a_unit_that_is_still_on_its_way_must_be_seen_to_first(self) -> None:
        room = opened(LIGHT, priority=3)
        send(room)
        room.does(StartEnRoute(FIRST, SENT))
        refused = room.refuses(ConcludeIncident(FIRST))
        assert refused.name == "IncidentNotReady"
        (missing,) = refused.params["missing"]  # type: ignore[misc]
        assert (missing["what"], missing["state"]) == ("assignment", "en_route")

    def test_a_caller_who_is_still_on_the_line_is_heard_first(self) -> None:
        room = opened(LIGHT, priority=3)
        room.does(ReceiveCall(CALLS[0], "1"))
        room.does(ClaimCall(CALLS[0]))
        room.does(LinkCall(FIRST, CALLS[0]))
        assert room.refuses(ConcludeIncident(FIRST)).name == "IncidentNotReady"


def test_what_a_pack_without_a_loop_sees_the_end_of_is_over() -> None:
    room = opened(USUAL)
    room.loop = NO_LOOP
    room.does(SetDisposition(FIRST, "helped"))
    room.does(CloseIncident(FIRST))
    assert stage(room)[0] == "concluded"
    assert not columns(loop_of(room)).open

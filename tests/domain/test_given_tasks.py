"""Tasks that the city pack gives by itself: once, where the incident has come to their stage."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from dutyroom.clocks.given import GivenTask
from dutyroom.clocks.route import Leg
from dutyroom.core.text import Text, both
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetCategory,
    SetDisposition,
    UnitToSend,
)
from dutyroom.domain.kernel import Emitted
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, SubmitTask, WithdrawTask
from dutyroom.domain.tasks.state import TaskState

from .room import Room
from .strategies import ASSIGNMENTS, INCIDENTS
from .test_clocks_of_tasks import ACCEPT
from .test_loops import HERE
from .test_stages import FIRST, LIGHT, SENT, USUAL, opened, room_with, send, stage, to_the_scene

pytestmark = pytest.mark.unit

VISIT = GivenTask(
    "visit-after-fire",
    "visit",
    "supervise",
    Text("Visit the house", "走访住户"),
    "community",
    (Text("Ring the bell", "上门"), Text("Look at the wiring", "查看电路")),
    ("FIRE",),
)
CHECK = GivenTask("check-the-street", "check", "handle", Text("Look again", "复查"))
OFFICER = Actor("li", "station_officer", org="city/north")
CHIEF = Actor("sun", "supervisor")


def given_in(room: Room, incident: Any = FIRST) -> list[TaskState]:
    return [one for one in room.tasks.values() if one.incident == incident]


def done_with(room: Room) -> tuple[str, ...]:
    to_the_scene(room)
    return room.does(ClearAssignment(FIRST, SENT, "done"))


def test_it_is_offered_to_the_team_of_who_looks_after_the_incident_at_its_stage() -> None:
    room = opened(USUAL, tasks=(VISIT,))
    to_the_scene(room)
    assert given_in(room) == []
    assert room.does(ClearAssignment(FIRST, SENT, "done"))[-2:] == (
        "loop.task_given.v1",
        "task.offered.v1",
    )
    (task,) = given_in(room)
    assert (task.phase, task.kind, task.org, task.team) == (
        "offered", "visit", "city/north", "community",
    )  # fmt: skip
    assert (task.priority, task.number, len(task.steps)) == (1, room.incidents[FIRST].number, 2)


def test_what_is_to_be_done_is_sealed_with_the_incident_in_both_languages() -> None:
    room = opened(USUAL, tasks=(VISIT,))
    to_the_scene(room)
    decided = room.act(ClearAssignment(FIRST, SENT, "done"))
    assert isinstance(decided, tuple)
    offered = next(one for one in decided if one.event.TYPE == "task.offered.v1")
    assert isinstance(offered, Emitted)
    assert offered.key == f"incident:{FIRST}"
    assert offered.sealed is not None
    assert offered.sealed["text"] == both(VISIT.text)
    steps = offered.sealed["steps"]
    assert isinstance(steps, dict)
    assert list(steps.values()) == [both(one) for one in VISIT.steps]
    assert [UUID(one) for one in steps] == list(given_in(room)[0].steps)


def test_it_has_the_clocks_of_every_task() -> None:
    room = opened(USUAL, tasks=(VISIT,), clocks=(ACCEPT,))
    done_with(room)
    (task,) = room.tasks
    loop = room.states[f"loop:{task}"]
    assert isinstance(loop, LoopState)
    assert [one.clock for one in loop.clocks] == ["accept"]
    assert loop.task_on == FIRST


def test_it_comes_once_whatever_leads_back_to_its_stage() -> None:
    room = opened(USUAL, tasks=(VISIT, CHECK))
    done_with(room)
    assert len(given_in(room)) == 2
    room.does(Dispatch(FIRST, (UnitToSend(ASSIGNMENTS[1], "P1"),)))
    assert stage(room)[0] == "assign"
    room.does(ArriveOnScene(FIRST, ASSIGNMENTS[1]))
    room.does(ClearAssignment(FIRST, ASSIGNMENTS[1], "done"))
    for task in room.tasks:
        room.does(WithdrawTask(task), CHIEF)
    room.does(SetDisposition(FIRST, "helped"))
    room.does(CloseIncident(FIRST))
    room.does(ReopenIncident(FIRST, "came_back"))
    assert len(given_in(room)) == 2


def test_closing_waits_until_it_is_approved_or_withdrawn() -> None:
    room = opened(USUAL, tasks=(VISIT,))
    done_with(room)
    room.does(SetDisposition(FIRST, "helped"))
    (task,) = room.tasks
    missing = room.refuses(CloseIncident(FIRST)).params["missing"]
    assert missing == [{"what": "task", "task": str(task), "state": "offered"}]
    room.does(AcceptTask(task), OFFICER)
    room.does(SubmitTask(task, "All is well"), OFFICER)
    room.does(ApproveTask(task), CHIEF)
    room.does(CloseIncident(FIRST))


def test_a_light_matter_is_not_concluded_over_it() -> None:
    room = opened(LIGHT, USUAL, priority=3, tasks=(CHECK,))
    send(room)
    to_scene = room.refuses(ConcludeIncident(FIRST)).params["missing"]
    assert {"what": "task", "task": str(next(iter(room.tasks))), "state": "offered"} in to_scene  # type: ignore[operator]


def test_a_stage_that_was_passed_over_gives_its_tasks_all_the_same() -> None:
    room = opened(LIGHT, USUAL, priority=3, tasks=(replace(CHECK, stage="analyse"),))
    assert stage(room)[0] == "handle"
    assert len(given_in(room)) == 1


def test_only_incidents_of_its_categories_and_priorities_leave_it() -> None:
    room = opened(USUAL, tasks=(replace(VISIT, stage="analyse", categories=("NOISE",)),))
    assert given_in(room) == []
    room.does(SetCategory(FIRST, "NOISE"))
    assert len(given_in(room)) == 1


def test_what_is_merged_leaves_nothing_of_its_own() -> None:
    room = opened(USUAL, tasks=(CHECK,))
    second = INCIDENTS[1]
    room.does(OpenIncident(second, "FIRE", 1, HERE))
    room.does(MergeIncident(second, FIRST))
    to_the_scene(room)
    assert (len(given_in(room)), given_in(room, second)) == (1, [])


def test_where_there_is_no_such_team_it_lies_with_the_organisation() -> None:
    room = opened(USUAL, tasks=(CHECK, replace(VISIT, stage="handle")))
    room.codes = replace(room.codes, teams={})
    to_the_scene(room)
    assert [(one.org, one.team) for one in given_in(room)] == [("city/north", "")] * 2


def test_where_the_room_itself_looks_after_the_zone_the_topmost_organisation_has_it() -> None:
    room = room_with(USUAL, tasks=(replace(CHECK, stage="analyse"),))
    room.codes = replace(room.codes, org_of_zone={})
    room.does(OpenIncident(FIRST, "FIRE", 1, HERE))
    assert [one.org for one in given_in(room)] == ["city"]


def test_a_pack_that_names_none_gives_none() -> None:
    room = opened(USUAL)
    done_with(room)
    assert room.tasks == {}


def test_a_stage_that_waits_for_tasks_waits_for_what_is_given_with_it() -> None:
    legs = (
        *USUAL.legs[:2],
        Leg("handle", "field_officer", ("cleared", "tasks_done")),
        USUAL.legs[-1],
    )
    room = opened(replace(USUAL, legs=legs), tasks=(VISIT, replace(CHECK, stage="analyse")))
    done_with(room)
    room.does(SetDisposition(FIRST, "helped"))
    assert stage(room)[0] == "handle"
    for task in tuple(room.tasks):
        room.does(AcceptTask(task), OFFICER)
        room.does(SubmitTask(task, "All is well"), OFFICER)
    assert stage(room)[0] == "handle"
    assert len(room.tasks) == 2

"""A complaint about an officer is out of reach of that officer's station, whatever is done with it."""

from dataclasses import replace

import pytest

from dutyroom.clocks.loop import Loop
from dutyroom.clocks.route import Leg, Route
from dutyroom.core.text import Text
from dutyroom.domain.asking import about
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    Dispatch,
    MarkMinor,
    MergeIncident,
    OpenIncident,
    SetCategory,
    SplitIncident,
    UnitToSend,
)
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.joint_operations.commands import BeginJointOperation, JoinOperation
from dutyroom.domain.kernel import Command
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.matters.commands import LinkMatter, OpenMatter, ReassignMatter
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    OfferTask,
    ReassignTask,
    ReturnTask,
    StartTask,
    SubmitTask,
)
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place

from .room import Room
from .strategies import (
    ASSIGNMENTS,
    INCIDENTS,
    MATTERS,
    NOTES,
    ORDERS,
    TASKS,
    UNITS,
    uuids_of,
)
from .test_callbacks import RULES

pytestmark = pytest.mark.unit

ONE, OTHER, THIRD = INCIDENTS
TASK, MATTER, ORDER = TASKS[0], MATTERS[0], ORDERS[0]
OPERATION = uuids_of("joint_operation")[0]
NORTH, SOUTH, WEST = "city/old/north", "city/old/south", "city/new/west"
OFFICER = Actor("bo", "station_officer", org=NORTH)
COMMAND = Actor("chen", "station_command", org=NORTH)
CHIEF = Actor("chief", "supervisor")
COMPLAINT = "FIRE"
"""What complaints are called in this room; all happens in the zone of the north."""
PLACE = Place(121.0, 31.0, "Bridge", "point")


@pytest.fixture
def room() -> Room:
    room = Room()
    route = Route("usual", Text("Usual", "一般"), (Leg("conclude", "dispatcher"),))
    room.loop = Loop(call_backs=RULES, routes=(route,), complaints=(COMPLAINT,))
    room.works_for = {"bo": NORTH, "chen": NORTH}
    orgs = frozenset({"city", "city/old", "city/new", NORTH, SOUTH, WEST})
    room.codes = replace(
        room.codes,
        orgs=orgs,
        org_of_zone={"north": NORTH, "south": SOUTH},
        org_of_unit={UNITS[0]: NORTH, UNITS[1]: WEST},
        matter_kinds={"neighbours": frozenset({COMPLAINT, "NOISE"})},
    )
    room.does(OpenIncident(ONE, COMPLAINT, 3, PLACE))
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    return room


def of(room: Room, command: Command) -> str | None:
    """The organisation that policy asks about."""
    return about(command, room.context(command, CHIEF, room.now_ms)).org


def after(room: Room) -> str:
    return looked_after_by(room.incidents[ONE], room.codes, room.loop)


def test_who_looks_after_it_is_above_the_station_of_the_place(room: Room) -> None:
    assert after(room) == "city/old"
    assert of(room, MarkMinor(ONE)) == "city/old"
    assert of(room, MarkMinor(OTHER)) == NORTH


def test_and_above_the_stations_of_all_units_that_were_there(room: Room) -> None:
    for at, unit in enumerate(UNITS[:2]):
        room.does(SignOn(unit, (f"Wang {at}",)))
        room.does(Dispatch(ONE, (UnitToSend(ASSIGNMENTS[at], unit),)))
    assert after(room) == "city"


def test_above_the_topmost_organisation_is_the_room(room: Room) -> None:
    room.codes = replace(room.codes, org_of_zone={"north": "city"})
    assert after(room) == ""


def test_its_clocks_lie_there_too_and_go_there_with_the_category(room: Room) -> None:
    def org_of(id_: object) -> str:
        loop = room.states[f"loop:{id_}"]
        assert isinstance(loop, LoopState)
        return loop.org

    assert (org_of(ONE), org_of(OTHER)) == ("city/old", NORTH)
    assert "loop.moved.v1" in room.does(SetCategory(OTHER, COMPLAINT))
    assert org_of(OTHER) == "city/old"
    room.does(SetCategory(OTHER, "NOISE"))
    assert org_of(OTHER) == NORTH


def test_nobody_gives_its_station_work_on_it(room: Room) -> None:
    def refused(command: Command) -> str:
        return room.refuses(command, CHIEF).name

    assert refused(OfferTask(TASK, ONE, "check", NORTH, "Ask")) == "ComplaintOfOwnStation"
    assert refused(GiveOrder(ORDER, ONE, NORTH, "Answer")) == "ComplaintOfOwnStation"
    assert refused(OpenMatter(MATTER, ONE, "neighbours", NORTH, "Talk")) == "ComplaintOfOwnStation"
    joint = BeginJointOperation(OPERATION, ONE, (SOUTH, NORTH), "Find out")
    assert refused(joint) == "ComplaintOfOwnStation"
    room.does(replace(joint, orgs=(SOUTH, WEST)), CHIEF)
    assert refused(JoinOperation(OPERATION, NORTH)) == "ComplaintOfOwnStation"
    room.does(JoinOperation(OPERATION, "city/old"), CHIEF)
    room.does(GiveOrder(ORDER, ONE, SOUTH, "Answer"), CHIEF)


def test_a_dispute_that_has_it_goes_to_another_station(room: Room) -> None:
    room.does(OpenMatter(MATTER, ONE, "neighbours", SOUTH, "Talk", team=""), CHIEF)
    assert room.refuses(ReassignMatter(MATTER, NORTH), CHIEF).name == "ComplaintOfOwnStation"
    own = MATTERS[1]
    room.does(OpenMatter(own, OTHER, "neighbours", NORTH, "Talk", team=""), CHIEF)
    assert room.refuses(LinkMatter(own, ONE), CHIEF).name == "ComplaintOfOwnStation"


def test_what_its_station_had_before_it_became_one_it_can_only_give_back(room: Room) -> None:
    room.does(OfferTask(TASK, OTHER, "check", NORTH, "Ask"), CHIEF)
    room.does(AcceptTask(TASK), OFFICER)
    room.does(SetCategory(OTHER, COMPLAINT))
    for command in (StartTask(TASK), SubmitTask(TASK, "Nothing to it")):
        assert room.refuses(command, OFFICER).name == "ComplaintOfOwnStation"
    room.does(AddTaskNote(TASK, NOTES[0], "We were there at nine"), OFFICER)
    room.does(ReturnTask(TASK, "not_ours"), OFFICER)
    room.does(ReassignTask(TASK, SOUTH), CHIEF)
    room.does(AcceptTask(TASK), Actor("dai", "station_officer", org=SOUTH))


def test_nor_does_it_approve_what_was_submitted_before(room: Room) -> None:
    room.does(OfferTask(TASK, OTHER, "check", NORTH, "Ask"), CHIEF)
    room.does(AcceptTask(TASK), OFFICER)
    room.does(SubmitTask(TASK, "Nothing to it"), OFFICER)
    room.does(SetCategory(OTHER, COMPLAINT))
    assert room.refuses(ApproveTask(TASK), COMMAND).name == "ComplaintOfOwnStation"
    room.does(ApproveTask(TASK), CHIEF)


def test_it_is_not_merged_with_what_is_none(room: Room) -> None:
    assert room.refuses(MergeIncident(ONE, OTHER)).name == "ComplaintStaysApart"
    assert room.refuses(MergeIncident(OTHER, ONE)).name == "ComplaintStaysApart"
    room.does(OpenIncident(THIRD, COMPLAINT, 3, PLACE))
    room.does(MergeIncident(THIRD, ONE))
    room.does(SplitIncident(THIRD))

"""Joint operations: what may be done when, by one plan and into one log; and who takes part."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import CloseIncident, OpenIncident, SetDisposition
from dutyroom.domain.joint_operations.commands import (
    AddPlanLine,
    BeginJointOperation,
    EndJointOperation,
    JoinOperation,
    LeaveOperation,
    ReopenJointOperation,
    StrikePlanLine,
    TickPlanLine,
    UntickPlanLine,
    WriteLog,
)
from dutyroom.domain.joint_operations.events import LogWritten
from dutyroom.domain.joint_operations.state import (
    JointOperationPhase,
    JointOperationState,
    LineState,
    PlanLine,
)
from dutyroom.domain.joint_operations.table import JOINT_OPERATION
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.values import Place

from .room import Room
from .strategies import INCIDENTS, NOTES, uuids_of

ONE = INCIDENTS[0]
SEARCH, OTHER = uuids_of("joint_operation")[:2]
DRAG, ASK, ELSE = uuids_of("plan_line")
CITY, NORTH = "city", "city/north"
BEGIN = BeginJointOperation(SEARCH, ONE, (CITY, NORTH), "Find the boat")
OFFICER = Actor("bo", "station_officer", org=NORTH)


@pytest.fixture
def room() -> Room:
    found = Room()
    found.does(OpenIncident(ONE, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
    found.does(SetDisposition(ONE, "helped"))
    return found


def state(room: Room) -> JointOperationState:
    found = room.states[f"joint_operation:{SEARCH}"]
    assert isinstance(found, JointOperationState)
    return found


COMMANDS: dict[str, Command] = {
    "joint_operation.begin": BEGIN,
    "joint_operation.join": JoinOperation(SEARCH, NORTH),
    "joint_operation.leave": LeaveOperation(SEARCH, CITY),
    "joint_operation.add_line": AddPlanLine(SEARCH, ASK, CITY, "Ask the boat yard"),
    "joint_operation.strike_line": StrikePlanLine(SEARCH, DRAG),
    "joint_operation.tick_line": TickPlanLine(SEARCH, DRAG),
    "joint_operation.untick_line": UntickPlanLine(SEARCH, DRAG),
    "joint_operation.write_log": WriteLog(SEARCH, NOTES[0], "Nothing at pier 2"),
    "joint_operation.end": EndJointOperation(SEARCH, "Found"),
    "joint_operation.reopen": ReopenJointOperation(SEARCH),
}


@pytest.mark.parametrize(
    ("phase", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in JOINT_OPERATION.items()],
)
def test_an_operation_does_what_its_table_says(
    room: Room, phase: Any, verb: str, cell: str
) -> None:
    room.does(BEGIN)
    done: LineState = "done" if verb.endswith((".untick_line", ".end")) else "open"
    orgs = (CITY,) if verb.endswith(".join") else (CITY, NORTH)
    there = replace(state(room), phase=phase, orgs=orgs, lines=(PlanLine(DRAG, NORTH, done),))
    room.states[f"joint_operation:{SEARCH}"] = there
    if phase == "none":
        del room.states[f"joint_operation:{SEARCH}"]
    decision = room.act(COMMANDS[verb])
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_every_state_of_an_operation_is_in_its_table() -> None:
    phases = get_args(JointOperationPhase.__value__)
    assert {phase for phase, _ in JOINT_OPERATION} == {"none", *phases}


def test_its_aim_is_sealed_with_the_incident(room: Room) -> None:
    decision = room.act(BEGIN)
    assert isinstance(decision, tuple)
    assert (decision[0].key, decision[0].sealed) == (f"incident:{ONE}", {"text": "Find the boat"})
    assert "boat" not in repr(decision[0].event)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"orgs": (CITY,)}, "JointOperationNeedsOrganisations"),
        ({"orgs": (CITY, CITY)}, "JointOperationNeedsOrganisations"),
        ({"orgs": (CITY, "elsewhere")}, "JointOperationNeedsOrganisations"),
        ({"text": " "}, "TaskTextWrong"),
        ({"incident": INCIDENTS[2]}, "IncidentTakesNoTask"),
    ],
)
def test_an_operation_that_makes_no_sense_is_refused(
    room: Room, change: dict[str, Any], name: str
) -> None:
    assert room.refuses(replace(BEGIN, **change)).name == name


def test_each_line_is_of_one_that_takes_part_and_nobody_leaves_with_work_open(room: Room) -> None:
    room.does(replace(BEGIN, orgs=(CITY, NORTH)))
    room.does(AddPlanLine(SEARCH, DRAG, NORTH, "Drag the basin"))
    assert room.does(AddPlanLine(SEARCH, DRAG, NORTH, "Drag the basin")) == ()
    refused = room.refuses(LeaveOperation(SEARCH, NORTH))
    assert (refused.name, refused.params["count"]) == ("PlanLinesAreOpen", 1)
    room.does(TickPlanLine(SEARCH, DRAG), OFFICER)
    room.does(LeaveOperation(SEARCH, NORTH))
    assert state(room).orgs == (CITY,)
    assert room.refuses(AddPlanLine(SEARCH, ASK, NORTH, "Ask again")).name == "OrgTakesNoPart"
    room.does(JoinOperation(SEARCH, NORTH))
    assert state(room).orgs == (CITY, NORTH)


def test_nothing_is_left_to_do_for_one_that_has_left_and_the_last_one_stays(room: Room) -> None:
    """Else an operation would keep its incident open, with nobody who has it."""
    room.does(replace(BEGIN, orgs=(CITY, NORTH)))
    room.does(AddPlanLine(SEARCH, DRAG, NORTH, "Drag the basin"))
    room.does(TickPlanLine(SEARCH, DRAG), OFFICER)
    room.does(LeaveOperation(SEARCH, NORTH))
    assert room.refuses(UntickPlanLine(SEARCH, DRAG)).name == "OrgTakesNoPart"
    assert room.refuses(LeaveOperation(SEARCH, CITY)).name == "LastOneTakesPart"
    room.does(JoinOperation(SEARCH, NORTH))
    room.does(UntickPlanLine(SEARCH, DRAG))
    assert [one.state for one in state(room).lines] == ["open"]


def test_it_ends_when_everything_is_done_or_struck(room: Room) -> None:
    room.does(BEGIN)
    for line in (DRAG, ASK):
        room.does(AddPlanLine(SEARCH, line, NORTH, "Look"))
    room.does(TickPlanLine(SEARCH, DRAG))
    refused = room.refuses(EndJointOperation(SEARCH, "Found"))
    assert (refused.name, refused.params["count"]) == ("PlanLinesAreOpen", 1)
    room.does(StrikePlanLine(SEARCH, ASK))
    assert room.refuses(TickPlanLine(SEARCH, ASK)).name == "UnknownPlanLine"
    assert room.refuses(TickPlanLine(SEARCH, ELSE)).name == "UnknownPlanLine"
    room.does(EndJointOperation(SEARCH, "Found"))
    assert room.refuses(JoinOperation(SEARCH, CITY)).name == "JointOperationIsOver"
    room.does(ReopenJointOperation(SEARCH))
    room.does(EndJointOperation(SEARCH, "Found at pier 4"))
    room.does(CloseIncident(ONE))
    assert room.refuses(ReopenJointOperation(SEARCH)).params["state"] == "closed"


def test_the_log_says_for_which_organisation_it_was_written(room: Room) -> None:
    room.does(replace(BEGIN, orgs=("city/north", "city")))
    for actor, org in ((OFFICER, NORTH), (Actor("anna", "dispatcher"), "")):
        note = NOTES[0] if org else NOTES[1]
        decision = room.act(WriteLog(SEARCH, note, "Nothing here"), actor)
        assert isinstance(decision, tuple)
        assert isinstance(decision[0].event, LogWritten)
        assert decision[0].event.org == org
        for emitted in decision:
            room.apply(emitted.stream, emitted.event, room.now_ms)
        assert room.does(WriteLog(SEARCH, note, "Nothing here"), actor) == ()


def test_an_incident_is_not_closed_while_an_operation_on_it_goes_on(room: Room) -> None:
    room.does(BEGIN)
    [missing] = room.refuses(CloseIncident(ONE)).params["missing"]  # type: ignore[misc]
    assert missing == {"what": "joint_operation", "joint_operation": str(SEARCH), "state": "open"}
    room.does(EndJointOperation(SEARCH, "Found"))
    room.does(CloseIncident(ONE))

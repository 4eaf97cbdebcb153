"""The transition tables: every cell is walked, and what is decided is what the table says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dutyroom.clocks.loop import Loop
from dutyroom.clocks.route import Leg, Light, Route
from dutyroom.core.text import Text
from dutyroom.domain import AGGREGATES, COMMANDS
from dutyroom.domain.calls.commands import (
    CallBack,
    ClaimCall,
    EndCall,
    HangUpCall,
    MarkCallSilent,
    ReceiveCall,
    RecordCallDetails,
    ReleaseCall,
)
from dutyroom.domain.calls.known import IncidentOf
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.calls.table import CALL
from dutyroom.domain.context import Actor, Context
from dutyroom.domain.decide import decide
from dutyroom.domain.handovers.commands import (
    CancelHandover,
    CompleteHandover,
    ConfirmIncident,
    StartHandover,
)
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.handovers.table import HANDOVER
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    AddNote,
    AnswerPrompt,
    ArriveAtFacility,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LiftMinorMark,
    LiftUnsafeToContact,
    LinkCall,
    MarkMinor,
    MarkUnsafeToContact,
    MergeIncident,
    OpenIncident,
    Reassign,
    RecordChase,
    ReopenIncident,
    ReopenPoint,
    RequestMore,
    SetCategory,
    SetDisposition,
    SetPlace,
    SetPriority,
    SettlePoint,
    SplitIncident,
    StartEnRoute,
    StartTransport,
    StrikeNote,
    UndoReassign,
    UnitToSend,
    UnlinkCall,
)
from dutyroom.domain.incidents.known import FreshNumber, ZoneAt, incident_of
from dutyroom.domain.incidents.state import AssignmentState, Chase, IncidentState, SettledPoint
from dutyroom.domain.incidents.table import ASSIGNMENT, INCIDENT
from dutyroom.domain.kernel import DONE, GO, Command, Decision, Index, Refusal, State, Table
from dutyroom.domain.units.commands import MarkUnavailable, SignOn
from dutyroom.domain.units.known import Commitment, CommitmentOf
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.units.table import EMERGENCY, UNIT
from dutyroom.domain.values import OPEN_PHASES, Moved, Place

from .strategies import ASSIGNMENTS, CALLS, CODES, HANDOVERS, INCIDENTS, NOTES, START_MS

CALL_ID, (ONE, OTHER, THIRD), (MINE, NEW, OLD, *_) = CALLS[0], INCIDENTS, ASSIGNMENTS
DESK = HANDOVERS[0]
PLACE = Place(121.0, 31.0, "Bridge", "point")
OPEN = IncidentState("open", "1000-0009", "NOISE", 3, "north", "telephone", START_MS, START_MS)
LIGHT = Route(
    "light", Text("", ""), (Leg("conclude", "dispatcher"),), light=Light("helped", "done")
)
ON_DUTY = UnitState(on_duty=True, crew=("anna",))


def context(
    states: Mapping[str, State], answers: Mapping[Index[Any], object] | None = None
) -> Context:
    always: dict[Index[Any], object] = {
        FreshNumber(): "n",
        ZoneAt(PLACE.lon, PLACE.lat): "north",
    }
    return Context(
        START_MS,
        START_MS,
        Actor("bo", "dispatcher"),
        replace(CODES, unavailable_reasons=frozenset({"meal", "repair"})),
        loop=Loop(routes=(LIGHT,)),
        states=states,
        answers={**always, **(answers or {})},
    )


def matches(cell: str, decision: Decision) -> None:
    if isinstance(decision, Refusal):
        assert decision.name == cell
    else:
        assert cell == (GO if decision else DONE)


def cells(table: Table) -> list[object]:
    return [pytest.param(*key, cell, id=" ".join(key)) for key, cell in table.items()]


# --- calls -----------------------------------------------------------------------------------

CALL_COMMANDS: dict[str, Command] = {
    "call.receive": ReceiveCall(CALL_ID, "110-1"),
    "call.claim": ClaimCall(CALL_ID),
    "call.release": ReleaseCall(CALL_ID),
    "call.hang_up": HangUpCall(CALL_ID),
    "call.mark_silent": MarkCallSilent(CALL_ID),
    "call.call_back": CallBack(CALL_ID, "reached"),
    "call.record_details": RecordCallDetails(CALL_ID, text="smoke"),
    "call.end": EndCall(CALL_ID, "wrong_number"),
    "<link>": LinkCall(OTHER, CALL_ID),
    "<unlink>": UnlinkCall(ONE, CALL_ID),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(CALL))
def test_a_call_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    call = CallState(state, "110-1", START_MS, START_MS, "anna", call_backs=1)  # type: ignore[arg-type]
    there = state != "none"
    one = replace(OPEN, calls=(CALL_ID,) if there else ())
    known = context(
        {f"incident:{ONE}": one, f"incident:{OTHER}": OPEN}
        | ({f"call:{CALL_ID}": call} if there else {}),
        {IncidentOf(CALL_ID): ONE} if there else {},
    )
    matches(cell, decide(CALL_COMMANDS[verb], known))


# --- incidents -------------------------------------------------------------------------------

INCIDENT_COMMANDS: dict[str, Command] = {
    "incident.open": OpenIncident(ONE, "FIRE", 1, PLACE),
    "incident.link_call": LinkCall(ONE, CALL_ID),
    "incident.unlink_call": UnlinkCall(ONE, CALLS[1]),
    "incident.record_chase": RecordChase(ONE, CALL_ID),
    "incident.acknowledge_chase": AcknowledgeChase(ONE, START_MS),
    "<take chase back>": UnlinkCall(ONE, CALLS[2]),
    "incident.set_category": SetCategory(ONE, "FIRE"),
    "incident.set_priority": SetPriority(ONE, 1),
    "incident.set_place": SetPlace(ONE, PLACE),
    "incident.answer_prompt": AnswerPrompt(ONE, "armed", "no"),
    "incident.settle_point": SettlePoint(ONE, "units", "confirmed"),
    "incident.reopen_point": ReopenPoint(ONE, "place"),
    "incident.add_note": AddNote(ONE, NOTES[1], "seen"),
    "incident.strike_note": StrikeNote(ONE, NOTES[0]),
    "incident.request_more": RequestMore(ONE, "engine"),
    "incident.merge": MergeIncident(ONE, OTHER),
    "incident.split": SplitIncident(ONE),
    "incident.set_disposition": SetDisposition(ONE, "nothing_found"),
    "incident.close": CloseIncident(ONE),
    "incident.conclude": ConcludeIncident(ONE),
    "incident.reopen": ReopenIncident(ONE, "came_back"),
    "incident.mark_unsafe": MarkUnsafeToContact(ONE, "offender_near"),
    "incident.lift_unsafe": LiftUnsafeToContact(ONE),
    "incident.mark_minor": MarkMinor(ONE),
    "incident.lift_minor": LiftMinorMark(ONE, "of_age"),
    "incident.dispatch": Dispatch(ONE, (UnitToSend(NEW, "P1"),)),
    "<absorb>": MergeIncident(OTHER, ONE),
    "<release>": SplitIncident(THIRD),
    "<lose call>": LinkCall(OTHER, CALLS[1]),
    "<receive unit>": Reassign(OTHER, MINE, ONE, NEW),
    "<take unit back>": UndoReassign(OTHER, MINE),
}


def incident_context(state: str) -> Context:
    """`ONE` is in the state; `OTHER` is open with a unit from `ONE`; `THIRD` is merged into it."""
    left = AssignmentState(
        OLD,
        "E1",
        "taken_over",
        START_MS,
        moved_to=Moved(OTHER, MINE),
        state_before="en_route",
        since_before_ms=START_MS,
    )
    one = replace(
        OPEN,
        state=state,  # type: ignore[arg-type]
        calls=CALLS[1:],
        chases=(Chase(CALLS[2], START_MS),),
        settled=(SettledPoint("place", "", "confirmed", ""),),
        unsafe=True,
        notes=(NOTES[0],),
        assignments=(left,),
        disposition="helped",
        merged_into=OTHER if state == "merged" else None,
    )
    came = AssignmentState(MINE, "E1", "dispatched", START_MS, moved_from=Moved(ONE, OLD))
    merged = replace(OPEN, state="merged", merged_into=ONE)
    claimed = CallState("claimed", "110-1", START_MS, START_MS, "bo")
    known = {
        f"incident:{OTHER}": replace(OPEN, assignments=(came,)),
        f"incident:{THIRD}": merged,
        f"call:{CALL_ID}": claimed,
        f"call:{CALLS[1]}": replace(claimed, state="abandoned"),
        f"call:{CALLS[2]}": replace(claimed, state="abandoned"),
        "unit:P1": ON_DUTY,
        "unit:E1": ON_DUTY,
    }
    return context(
        known if state == "none" else {f"incident:{ONE}": one, **known},
        {
            IncidentOf(CALLS[1]): ONE,
            CommitmentOf("E1"): Commitment(OTHER, MINE, "n", "dispatched"),
        },
    )


@pytest.mark.parametrize(("state", "verb", "cell"), cells(INCIDENT))
def test_an_incident_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    known = incident_context(state)
    one = incident_of(ONE, known)
    if verb == "incident.lift_minor" and one is not None:
        marked = {f"incident:{ONE}": replace(one, minor=True)}
        known = replace(known, states={**known.states, **marked})
    if verb == "incident.merge" and state == "merged":
        assert one is not None
        elsewhere = {f"incident:{ONE}": replace(one, merged_into=THIRD)}
        known = replace(known, states={**known.states, **elsewhere})
    matches(cell, decide(INCIDENT_COMMANDS[verb], known))


# --- assignments -----------------------------------------------------------------------------

ASSIGNMENT_COMMANDS: dict[str, Command] = {
    "assignment.en_route": StartEnRoute(ONE, MINE),
    "assignment.on_scene": ArriveOnScene(ONE, MINE),
    "assignment.transport": StartTransport(ONE, MINE),
    "assignment.at_facility": ArriveAtFacility(ONE, MINE),
    "assignment.clear": ClearAssignment(ONE, MINE, "done"),
    "assignment.cancel": CancelAssignment(ONE, MINE, "not_needed"),
    "assignment.reassign": Reassign(ONE, MINE, OTHER, NEW),
    "assignment.undo_reassign": UndoReassign(ONE, MINE),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(ASSIGNMENT))
def test_an_assignment_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    mine = AssignmentState(MINE, "E1", state, START_MS, moved_from=Moved(OTHER, OLD))  # type: ignore[arg-type]
    left = AssignmentState(
        OLD, "E1", "taken_over", START_MS, moved_to=Moved(ONE, MINE), state_before="on_scene"
    )
    known = context(
        {
            f"incident:{ONE}": replace(OPEN, assignments=() if state == "none" else (mine,)),
            f"incident:{OTHER}": replace(OPEN, assignments=(left,)),
            "unit:E1": ON_DUTY,
        }
    )
    matches(cell, decide(ASSIGNMENT_COMMANDS[verb], known))


# --- units -----------------------------------------------------------------------------------


def unit_command(verb: str) -> Command:
    match verb:
        case "unit.sign_on":
            return SignOn("P1", ("bo", "chen"))
        case "unit.mark_unavailable":
            return MarkUnavailable("P1", "repair")
        case "<dispatch>" | "<send>":
            return Dispatch(ONE, (UnitToSend(NEW, "P1"),))
    return COMMANDS[verb]("P1")  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(("state", "verb", "cell"), cells(UNIT))
def test_a_unit_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    unit = UnitState(
        on_duty=state != "off_duty",
        unavailable_reason="meal" if state == "unavailable" else "",
    )
    if verb == "unit.mark_available" and state == "committed":
        unit = replace(unit, unavailable_reason="meal")
    if verb == "unit.acknowledge_emergency":
        unit = replace(unit, emergency="raised")
    if verb == "unit.end_emergency":
        unit = replace(unit, emergency="acknowledged")
    busy = Commitment(OTHER, MINE, "n", "on_scene")
    known = context(
        {f"incident:{ONE}": OPEN} | ({} if state == "none" else {"unit:P1": unit}),
        {CommitmentOf("P1"): busy} if state == "committed" else {},
    )
    matches(cell, decide(unit_command(verb), known))


@pytest.mark.parametrize(("state", "verb", "cell"), cells(EMERGENCY))
def test_an_emergency_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    unit = replace(ON_DUTY, emergency=state)  # type: ignore[arg-type]
    known = context({"unit:P1": unit, f"incident:{ONE}": OPEN})
    matches(cell, decide(unit_command(verb), known))


# --- the desk --------------------------------------------------------------------------------

HANDOVER_COMMANDS: dict[str, Command] = {
    "desk.start_handover": StartHandover(DESK, "anna"),
    "desk.confirm_incident": ConfirmIncident(DESK, ONE),
    "desk.complete_handover": CompleteHandover(DESK),
    "desk.cancel_handover": CancelHandover(DESK),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(HANDOVER))
def test_a_handover_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    offered = HandoverState(state, "anna", "bo", START_MS)  # type: ignore[arg-type]
    known = context(
        {f"incident:{ONE}": OPEN} | ({} if state == "none" else {f"handover:{DESK}": offered})
    )
    matches(cell, decide(HANDOVER_COMMANDS[verb], known))


def test_every_verb_has_its_row() -> None:
    """So that a new command can't be forgotten in the tables."""
    tables = [table for one in AGGREGATES for table in one.tables.values()]
    rows = {verb for table in tables for _, verb in table if not verb.startswith("<")}
    assert rows == COMMANDS.keys() - {"centre.adopt_pack"}


def test_every_state_has_its_column() -> None:
    def columns(table: Table) -> set[str]:
        return {state for state, _ in table}

    assert columns(ASSIGNMENT) == {"none", *OPEN_PHASES, "cleared", "cancelled", "taken_over"}
    for table in (table for one in AGGREGATES for table in one.tables.values()):
        assert len(table) == len(columns(table)) * len({verb for _, verb in table})

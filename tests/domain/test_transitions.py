"""The transition tables: every cell is walked, and what is decided is what the table says."""

from dataclasses import replace

import pytest

from dutyroom.domain import commands as c
from dutyroom.domain.context import Actor, Commitment, Context, Decision
from dutyroom.domain.decide import decide
from dutyroom.domain.events import Moved
from dutyroom.domain.refusals import Refusal
from dutyroom.domain.states import (
    OPEN_PHASES,
    AssignmentState,
    CallState,
    HandoverState,
    IncidentState,
    UnitState,
)
from dutyroom.domain.transitions import (
    ASSIGNMENT,
    CALL,
    DONE,
    EMERGENCY,
    GO,
    HANDOVER,
    INCIDENT,
    UNIT,
    Table,
)

from .strategies import ASSIGNMENTS, CALLS, CODES, HANDOVERS, INCIDENTS, NOTES, START_MS

CALL_ID, (ONE, OTHER, THIRD), (MINE, NEW, OLD, *_) = CALLS[0], INCIDENTS, ASSIGNMENTS
DESK = HANDOVERS[0]
PLACE = c.Place(121.0, 31.0, "Bridge", "point")
OPEN = IncidentState("open", "1000-0009", "NOISE", 3, "north", "telephone", START_MS, START_MS)
ON_DUTY = UnitState(on_duty=True, crew=("anna",))


def context(**known: object) -> Context:
    base = Context(START_MS, START_MS, Actor("bo", "dispatcher"), CODES, number="n", zone="north")
    return replace(base, **known)  # type: ignore[arg-type]


def matches(cell: str, decision: Decision) -> None:
    if isinstance(decision, Refusal):
        assert decision.name == cell
    else:
        assert cell == (GO if decision else DONE)


def cells(table: Table) -> list[object]:
    return [pytest.param(*key, cell, id=" ".join(key)) for key, cell in table.items()]


# --- calls -----------------------------------------------------------------------------------

CALL_COMMANDS: dict[str, c.Command] = {
    "call.receive": c.ReceiveCall(CALL_ID, "110-1"),
    "call.claim": c.ClaimCall(CALL_ID),
    "call.release": c.ReleaseCall(CALL_ID),
    "call.hang_up": c.HangUpCall(CALL_ID),
    "call.mark_silent": c.MarkCallSilent(CALL_ID),
    "call.call_back": c.CallBack(CALL_ID, "reached"),
    "call.record_details": c.RecordCallDetails(CALL_ID, text="smoke"),
    "call.end": c.EndCall(CALL_ID, "wrong_number"),
    "<link>": c.LinkCall(OTHER, CALL_ID),
    "<unlink>": c.UnlinkCall(ONE, CALL_ID),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(CALL))
def test_a_call_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    call = CallState(state, "110-1", START_MS, START_MS, "anna", call_backs=1)  # type: ignore[arg-type]
    known = context(
        calls={} if state == "none" else {CALL_ID: call},
        links={} if state == "none" else {CALL_ID: ONE},
        incidents={ONE: replace(OPEN, calls=() if state == "none" else (CALL_ID,)), OTHER: OPEN},
    )
    matches(cell, decide(CALL_COMMANDS[verb], known))


# --- incidents -------------------------------------------------------------------------------

INCIDENT_COMMANDS: dict[str, c.Command] = {
    "incident.open": c.OpenIncident(ONE, "FIRE", 1, PLACE),
    "incident.link_call": c.LinkCall(ONE, CALL_ID),
    "incident.unlink_call": c.UnlinkCall(ONE, CALLS[1]),
    "incident.set_category": c.SetCategory(ONE, "FIRE"),
    "incident.set_priority": c.SetPriority(ONE, 1),
    "incident.set_place": c.SetPlace(ONE, PLACE),
    "incident.answer_prompt": c.AnswerPrompt(ONE, "armed", "no"),
    "incident.add_note": c.AddNote(ONE, NOTES[1], "seen"),
    "incident.strike_note": c.StrikeNote(ONE, NOTES[0]),
    "incident.request_more": c.RequestMore(ONE, "engine"),
    "incident.merge": c.MergeIncident(ONE, OTHER),
    "incident.split": c.SplitIncident(ONE),
    "incident.set_disposition": c.SetDisposition(ONE, "nothing_found"),
    "incident.close": c.CloseIncident(ONE),
    "incident.reopen": c.ReopenIncident(ONE, "came_back"),
    "incident.dispatch": c.Dispatch(ONE, (c.UnitToSend(NEW, "P1"),)),
    "<absorb>": c.MergeIncident(OTHER, ONE),
    "<release>": c.SplitIncident(THIRD),
    "<lose call>": c.LinkCall(OTHER, CALLS[1]),
    "<receive unit>": c.Reassign(OTHER, MINE, ONE, NEW),
    "<take unit back>": c.UndoReassign(OTHER, MINE),
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
        calls=(CALLS[1],),
        notes=(NOTES[0],),
        assignments=(left,),
        disposition="helped",
        merged_into=OTHER if state == "merged" else None,
    )
    came = AssignmentState(MINE, "E1", "dispatched", START_MS, moved_from=Moved(ONE, OLD))
    merged = replace(OPEN, state="merged", merged_into=ONE)
    known = {OTHER: replace(OPEN, assignments=(came,)), THIRD: merged}
    claimed = CallState("claimed", "110-1", START_MS, START_MS, "bo")
    return context(
        incidents=known if state == "none" else {ONE: one, **known},
        calls={CALL_ID: claimed, CALLS[1]: replace(claimed, state="abandoned")},
        links={CALLS[1]: ONE},
        units={"P1": ON_DUTY, "E1": ON_DUTY},
        commitments={"E1": Commitment(OTHER, MINE, "n", "dispatched")},
    )


@pytest.mark.parametrize(("state", "verb", "cell"), cells(INCIDENT))
def test_an_incident_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    known = incident_context(state)
    if verb == "incident.merge" and state == "merged":
        known = replace(
            known,
            incidents={**known.incidents, ONE: replace(known.incidents[ONE], merged_into=THIRD)},
        )
    matches(cell, decide(INCIDENT_COMMANDS[verb], known))


# --- assignments -----------------------------------------------------------------------------

ASSIGNMENT_COMMANDS: dict[str, c.Command] = {
    "assignment.en_route": c.StartEnRoute(ONE, MINE),
    "assignment.on_scene": c.ArriveOnScene(ONE, MINE),
    "assignment.transport": c.StartTransport(ONE, MINE),
    "assignment.at_facility": c.ArriveAtFacility(ONE, MINE),
    "assignment.clear": c.ClearAssignment(ONE, MINE, "done"),
    "assignment.cancel": c.CancelAssignment(ONE, MINE, "not_needed"),
    "assignment.reassign": c.Reassign(ONE, MINE, OTHER, NEW),
    "assignment.undo_reassign": c.UndoReassign(ONE, MINE),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(ASSIGNMENT))
def test_an_assignment_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    mine = AssignmentState(MINE, "E1", state, START_MS, moved_from=Moved(OTHER, OLD))  # type: ignore[arg-type]
    left = AssignmentState(
        OLD, "E1", "taken_over", START_MS, moved_to=Moved(ONE, MINE), state_before="on_scene"
    )
    known = context(
        incidents={
            ONE: replace(OPEN, assignments=() if state == "none" else (mine,)),
            OTHER: replace(OPEN, assignments=(left,)),
        },
        units={"E1": ON_DUTY},
    )
    matches(cell, decide(ASSIGNMENT_COMMANDS[verb], known))


# --- units -----------------------------------------------------------------------------------


def unit_command(verb: str) -> c.Command:
    match verb:
        case "unit.sign_on":
            return c.SignOn("P1", ("bo", "chen"))
        case "unit.mark_unavailable":
            return c.MarkUnavailable("P1", "repair")
        case "<dispatch>" | "<send>":
            return c.Dispatch(ONE, (c.UnitToSend(NEW, "P1"),))
    return c.COMMANDS[verb]("P1")  # type: ignore[call-arg, arg-type]


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
        incidents={ONE: OPEN},
        units={} if state == "none" else {"P1": unit},
        commitments={"P1": busy} if state == "committed" else {},
        codes=replace(CODES, unavailable_reasons=frozenset({"meal", "repair"})),
    )
    matches(cell, decide(unit_command(verb), known))


@pytest.mark.parametrize(("state", "verb", "cell"), cells(EMERGENCY))
def test_an_emergency_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    unit = replace(ON_DUTY, emergency=state)  # type: ignore[arg-type]
    known = context(units={"P1": unit}, incidents={ONE: OPEN})
    matches(cell, decide(unit_command(verb), known))


# --- the desk --------------------------------------------------------------------------------

HANDOVER_COMMANDS: dict[str, c.Command] = {
    "desk.start_handover": c.StartHandover(DESK, "anna"),
    "desk.confirm_incident": c.ConfirmIncident(DESK, ONE),
    "desk.complete_handover": c.CompleteHandover(DESK),
    "desk.cancel_handover": c.CancelHandover(DESK),
}


@pytest.mark.parametrize(("state", "verb", "cell"), cells(HANDOVER))
def test_a_handover_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    offered = HandoverState(state, "anna", "bo", START_MS)  # type: ignore[arg-type]
    known = context(handovers={} if state == "none" else {DESK: offered}, incidents={ONE: OPEN})
    matches(cell, decide(HANDOVER_COMMANDS[verb], known))


def test_every_verb_has_its_row() -> None:
    """So that a new command can't be forgotten in the tables."""
    tables = (CALL, INCIDENT, ASSIGNMENT, UNIT, HANDOVER)
    rows = {verb for table in tables for _, verb in table if not verb.startswith("<")}
    assert rows == c.COMMANDS.keys() - {"centre.adopt_pack"}


def test_every_state_has_its_column() -> None:
    def columns(table: Table) -> set[str]:
        return {state for state, _ in table}

    assert columns(ASSIGNMENT) == {"none", *OPEN_PHASES, "cleared", "cancelled", "taken_over"}
    for table in (CALL, INCIDENT, ASSIGNMENT, UNIT, HANDOVER, EMERGENCY):
        assert len(table) == len(columns(table)) * len({verb for _, verb in table})

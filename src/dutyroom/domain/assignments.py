"""Units on incidents: dispatch, the steps of an assignment, reassignment and its undoing."""

from uuid import UUID

from dutyroom.domain import commands as c
from dutyroom.domain import events as e
from dutyroom.domain import refusals
from dutyroom.domain.context import Context, Decision
from dutyroom.domain.events import Emitted, Moved
from dutyroom.domain.incident_checks import check_incident
from dutyroom.domain.refusals import Refusal
from dutyroom.domain.states import AssignmentState, IncidentState, UnitState
from dutyroom.domain.transitions import ASSIGNMENT, DONE, EMERGENCY, GO, UNIT

UNDONE = "undone"
"""The reason of an assignment cancelled by undoing a reassignment. The only one not of the pack."""

type AssignmentCommand = (
    c.StartEnRoute
    | c.ArriveOnScene
    | c.StartTransport
    | c.ArriveAtFacility
    | c.ClearAssignment
    | c.CancelAssignment
    | c.Reassign
    | c.UndoReassign
)


# --- dispatch --------------------------------------------------------------------------------


def check_dispatchable(unit: str, unavailable_reason: str, context: Context) -> Refusal | None:
    """Why the unit can't be sent, or None. A reason lets an unavailable unit be sent."""
    state = context.units.get(unit)
    committed = context.commitments.get(unit)
    match UNIT[duty(state, committed is not None), "<dispatch>"]:
        case "UnitAlreadyCommitted" if committed is not None:
            return refusals.unit_already_committed(
                unit, committed.incident, committed.number, committed.assignment
            )
        case "UnitOffDuty":
            return refusals.unit_off_duty(unit)
        case "UnknownUnit":
            return refusals.unknown_unit(unit)
    if state is not None and state.unavailable and not unavailable_reason:
        return refusals.unit_unavailable(unit, state.unavailable_reason)
    return None


def check_safe(unit: str, context: Context) -> Refusal | None:
    """Why a unit can't be sent anywhere: it has raised an emergency. No reason overrides that."""
    state = context.units.get(unit)
    if state is None or EMERGENCY[state.emergency, "<send>"] == GO:
        return None
    return refusals.unit_in_emergency(unit)


def duty(state: UnitState | None, committed: bool) -> str:
    """The unit's column in the table of units."""
    if state is None:
        return "none"
    if committed:
        return "committed"
    if not state.on_duty:
        return "off_duty"
    return "unavailable" if state.unavailable else "available"


def decide_dispatch(command: c.Dispatch, context: Context) -> Decision:
    """Send all the units, or none and say what stands in the way of the first."""
    state = check_incident(command.incident, command.VERB, context)
    if not isinstance(state, IncidentState):
        return state
    for field, reason in (
        ("override_reason", command.override_reason),
        ("unavailable_reason", command.unavailable_reason),
    ):
        if reason and reason not in context.codes.override_reasons:
            return refusals.unknown_code(field, reason)
    if not command.units:
        return refusals.nothing_to_send()
    if early := _check_after_opening(state, context):
        return early
    emitted: list[Emitted] = []
    units: set[str] = set()
    ids = {one.id for one in state.assignments}
    for send in command.units:
        if send.unit in units:
            return refusals.unit_named_twice(send.unit)
        if send.assignment in ids:
            return refusals.assignment_exists(send.assignment)
        refused = check_safe(send.unit, context) or check_dispatchable(
            send.unit, command.unavailable_reason, context
        )
        if refused is not None:
            return refused
        units.add(send.unit)
        ids.add(send.assignment)
        emitted.append(_dispatched(command, send, context))
    return tuple(emitted)


def _dispatched(command: c.Dispatch, send: c.UnitToSend, context: Context) -> Emitted:
    recommended = _recommended(send.unit, context)
    event = e.IncidentUnitDispatched(
        send.assignment,
        send.unit,
        recommended=recommended,
        arrival_s=context.arrivals_s.get(send.unit),
        override_reason="" if recommended else command.override_reason,
        unavailable_reason=(
            command.unavailable_reason if context.units[send.unit].unavailable else ""
        ),
        moved_from=None,
        advised_at_ms=context.advised_at_ms,
    )
    return Emitted(f"incident:{command.incident}", event)


def _recommended(unit: str, context: Context) -> bool | None:
    return None if context.recommended is None else unit in context.recommended


def _check_after_opening(state: IncidentState, context: Context) -> Refusal | None:
    if context.afterwards and context.occurred_at_ms < state.opened_at_ms:
        return refusals.time_before_opening(context.occurred_at_ms, state.opened_at_ms)
    return None


# --- steps -----------------------------------------------------------------------------------


def check_assignment(
    incident: UUID, assignment: UUID, verb: str, context: Context
) -> AssignmentState | Decision:
    """The assignment if its table allows the verb; else the refusal, or () when it is done."""
    of = context.incidents.get(incident)
    if of is None:
        return refusals.unknown_incident(incident)
    state = of.assignment(assignment)
    if state is None:
        return refusals.unknown_assignment(assignment)
    cell = ASSIGNMENT[state.state, verb]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refuse(cell, state)
    if context.afterwards and context.occurred_at_ms < state.since_ms:
        return refusals.time_before_last_step(context.occurred_at_ms, state.since_ms, state.unit)
    return state


def _refuse(name: str, state: AssignmentState) -> Refusal:
    match name:
        case "CannotGoBack":
            return refusals.cannot_go_back(state.id, state.unit, state.state)
        case "CancelInstead":
            return refusals.cancel_instead(state.id, state.unit)
        case "ClearInstead":
            return refusals.clear_instead(state.id, state.unit)
        case "NothingToUndo":
            return refusals.nothing_to_undo(state.id)
    to = (state.moved_to.incident, state.moved_to.assignment) if state.moved_to else None
    return refusals.assignment_has_ended(state.id, state.unit, state.state, to)


def decide_assignment(command: AssignmentCommand, context: Context) -> Decision:
    """Decide a command about one assignment."""
    state = check_assignment(command.incident, command.assignment, command.VERB, context)
    if not isinstance(state, AssignmentState):
        return state
    stream, id_, unit = f"incident:{command.incident}", state.id, state.unit
    match command:
        case c.StartEnRoute():
            return (Emitted(stream, e.AssignmentEnRoute(id_, unit)),)
        case c.ArriveOnScene():
            return (Emitted(stream, e.AssignmentOnScene(id_, unit)),)
        case c.StartTransport():
            return (Emitted(stream, e.AssignmentTransporting(id_, unit)),)
        case c.ArriveAtFacility():
            return (Emitted(stream, e.AssignmentAtFacility(id_, unit)),)
        case c.ClearAssignment(_, _, reason):
            if reason not in context.codes.clear_reasons:
                return refusals.unknown_code("reason", reason)
            return (Emitted(stream, e.AssignmentCleared(id_, unit, reason)), _freed(state))
        case c.CancelAssignment(_, _, reason):
            if reason not in context.codes.cancel_reasons:
                return refusals.unknown_code("reason", reason)
            return (Emitted(stream, e.AssignmentCancelled(id_, unit, reason)), _freed(state))
        case c.Reassign():
            return _reassign(command, state, context)
        case c.UndoReassign():
            return _undo(command, state, context)


def _freed(state: AssignmentState) -> Emitted:
    return Emitted(f"unit:{state.unit}", e.UnitFreed(state.id))


# --- reassignment ----------------------------------------------------------------------------


def _reassign(command: c.Reassign, state: AssignmentState, context: Context) -> Decision:
    if command.to_incident == command.incident:
        return ()
    target = check_incident(command.to_incident, "<receive unit>", context)
    if not isinstance(target, IncidentState):
        return target
    if target.assignment(command.new_assignment) is not None:
        return refusals.assignment_exists(command.new_assignment)
    unit = context.units.get(state.unit)
    if unit is None:
        return refusals.unknown_unit(state.unit)
    if unsafe := check_safe(state.unit, context):
        return unsafe
    if unit.unavailable:
        return refusals.unit_unavailable(state.unit, unit.unavailable_reason)
    if early := _check_after_opening(target, context):
        return early
    left = leave(state, command.to_incident, command.new_assignment)
    came = e.IncidentUnitDispatched(
        command.new_assignment,
        state.unit,
        recommended=_recommended(state.unit, context),
        arrival_s=context.arrivals_s.get(state.unit),
        override_reason="",
        unavailable_reason="",
        moved_from=Moved(command.incident, state.id),
    )
    return (
        Emitted(f"incident:{command.incident}", left),
        Emitted(f"incident:{command.to_incident}", came),
    )


def leave(state: AssignmentState, to: UUID, new: UUID) -> e.AssignmentTakenOver:
    """The end of an open assignment that goes on elsewhere."""
    if state.open_state is None:
        raise ValueError("only an open assignment can move")
    return e.AssignmentTakenOver(state.id, state.unit, to, new, state.open_state)


def _undo(command: c.UndoReassign, state: AssignmentState, context: Context) -> Decision:
    """Possible while the unit has not arrived and the incident it came from is still open."""
    refused = refusals.nothing_to_undo(command.assignment)
    origin = state.moved_from
    home = context.incidents.get(origin.incident) if origin else None
    if origin is None or home is None or home.state != "open":
        return refused
    former = home.assignment(origin.assignment)
    if former is None or former.state_before is None:
        return refused
    if unsafe := check_safe(state.unit, context):
        return unsafe
    restored = e.AssignmentRestored(
        former.id, former.unit, former.state_before, former.since_before_ms
    )
    return (
        Emitted(
            f"incident:{command.incident}", e.AssignmentCancelled(state.id, state.unit, UNDONE)
        ),
        Emitted(f"incident:{origin.incident}", restored),
    )

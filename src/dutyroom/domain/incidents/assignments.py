"""Units on incidents: dispatch, the steps of an assignment, reassignment and its undoing."""

from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.checks import check_incident
from dutyroom.domain.incidents.commands import (
    ArriveAtFacility,
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    Dispatch,
    Reassign,
    StartEnRoute,
    StartTransport,
    UndoReassign,
    UnitToSend,
)
from dutyroom.domain.incidents.events import (
    AssignmentAtFacility,
    AssignmentCancelled,
    AssignmentCleared,
    AssignmentEnRoute,
    AssignmentOnScene,
    AssignmentRestored,
    AssignmentTakenOver,
    AssignmentTransporting,
    IncidentUnitDispatched,
)
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import AssignmentState, IncidentState
from dutyroom.domain.incidents.table import ASSIGNMENT
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.units import refusals as unit_refusals
from dutyroom.domain.units.checks import check_dispatchable, check_safe
from dutyroom.domain.units.events import UnitFreed
from dutyroom.domain.units.known import unit_of
from dutyroom.domain.values import Moved

UNDONE = "undone"
"""The reason of an assignment cancelled by undoing a reassignment. The only one not of the pack."""
type AssignmentCommand = (
    StartEnRoute
    | ArriveOnScene
    | StartTransport
    | ArriveAtFacility
    | ClearAssignment
    | CancelAssignment
    | Reassign
    | UndoReassign
)


def decide_dispatch(command: Dispatch, context: Context) -> Decision:
    """Send all the units, or none and say what stands in the way of the first."""
    state = check_incident(command.incident, command.VERB, context)
    if not isinstance(state, IncidentState):
        return state
    reasons: tuple[tuple[shared_refusals.Coded, str], ...] = (
        ("override_reason", command.override_reason),
        ("unavailable_reason", command.unavailable_reason),
    )
    for field, reason in reasons:
        if reason and reason not in context.codes.override_reasons:
            return shared_refusals.unknown_code(field, reason)
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


def _dispatched(command: Dispatch, send: UnitToSend, context: Context) -> Emitted:
    recommended = _recommended(send.unit, context)
    state = unit_of(send.unit, context)
    event = IncidentUnitDispatched(
        send.assignment,
        send.unit,
        recommended=recommended,
        arrival_s=context.arrivals_s.get(send.unit),
        override_reason="" if recommended else command.override_reason,
        unavailable_reason=command.unavailable_reason if state and state.unavailable else "",
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


def check_assignment(
    incident: UUID, assignment: UUID, verb: str, context: Context
) -> AssignmentState | Decision:
    """The assignment if its table allows the verb; else the refusal, or () when it is done."""
    of = incident_of(incident, context)
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
        case StartEnRoute():
            return (Emitted(stream, AssignmentEnRoute(id_, unit)),)
        case ArriveOnScene():
            return (Emitted(stream, AssignmentOnScene(id_, unit)),)
        case StartTransport():
            return (Emitted(stream, AssignmentTransporting(id_, unit)),)
        case ArriveAtFacility():
            return (Emitted(stream, AssignmentAtFacility(id_, unit)),)
        case ClearAssignment(_, _, reason):
            if reason not in context.codes.clear_reasons:
                return shared_refusals.unknown_code("reason", reason)
            return (Emitted(stream, AssignmentCleared(id_, unit, reason)), _freed(state))
        case CancelAssignment(_, _, reason):
            if reason not in context.codes.cancel_reasons:
                return shared_refusals.unknown_code("reason", reason)
            return (Emitted(stream, AssignmentCancelled(id_, unit, reason)), _freed(state))
        case Reassign():
            return _reassign(command, state, context)
        case UndoReassign():
            return _undo(command, state, context)


def _freed(state: AssignmentState) -> Emitted:
    return Emitted(f"unit:{state.unit}", UnitFreed(state.id))


def _reassign(command: Reassign, state: AssignmentState, context: Context) -> Decision:
    if command.to_incident == command.incident:
        return ()
    target = check_incident(command.to_incident, "<receive unit>", context)
    if not isinstance(target, IncidentState):
        return target
    if target.assignment(command.new_assignment) is not None:
        return refusals.assignment_exists(command.new_assignment)
    unit = unit_of(state.unit, context)
    if unit is None:
        return unit_refusals.unknown_unit(state.unit)
    if unsafe := check_safe(state.unit, context):
        return unsafe
    if unit.unavailable:
        return unit_refusals.unit_unavailable(state.unit, unit.unavailable_reason)
    if early := _check_after_opening(target, context):
        return early
    left = leave(state, command.to_incident, command.new_assignment)
    came = IncidentUnitDispatched(
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


def leave(state: AssignmentState, to: UUID, new: UUID) -> AssignmentTakenOver:
    """The end of an open assignment that goes on elsewhere."""
    if state.open_state is None:
        raise ValueError("only an open assignment can move")
    return AssignmentTakenOver(state.id, state.unit, to, new, state.open_state)


def _undo(command: UndoReassign, state: AssignmentState, context: Context) -> Decision:
    """Possible while the unit has not arrived and the incident it came from is still open."""
    refused = refusals.nothing_to_undo(command.assignment)
    origin = state.moved_from
    home = incident_of(origin.incident, context) if origin else None
    if origin is None or home is None or home.state != "open":
        return refused
    former = home.assignment(origin.assignment)
    if former is None or former.state_before is None:
        return refused
    if unsafe := check_safe(state.unit, context):
        return unsafe
    restored = AssignmentRestored(
        former.id, former.unit, former.state_before, former.since_before_ms
    )
    return (
        Emitted(f"incident:{command.incident}", AssignmentCancelled(state.id, state.unit, UNDONE)),
        Emitted(f"incident:{origin.incident}", restored),
    )

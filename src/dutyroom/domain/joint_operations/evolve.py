"""What an event changes in a joint operation."""

from dataclasses import replace

from dutyroom.domain.joint_operations.commands import PlanLineId
from dutyroom.domain.joint_operations.events import (
    JointOperationBegun,
    JointOperationEnded,
    JointOperationReopened,
    LogWritten,
    OrganisationJoined,
    OrganisationLeft,
    PlanLineAdded,
    PlanLineStruck,
    PlanLineTicked,
    PlanLineUnticked,
)
from dutyroom.domain.joint_operations.state import JointOperationState, LineState, PlanLine
from dutyroom.domain.kernel import Event


def evolve_joint_operation(
    state: JointOperationState | None, event: Event, at_ms: int
) -> JointOperationState | None:
    """An operation after an event of its stream."""
    if state is None:
        return _begun(event, at_ms) if isinstance(event, JointOperationBegun) else None
    match event:
        case OrganisationJoined(_, org) if org not in state.orgs:
            return replace(state, orgs=(*state.orgs, org))
        case OrganisationLeft(_, org):
            return replace(state, orgs=tuple(one for one in state.orgs if one != org))
        case PlanLineAdded(_, line, org) if state.line(line) is None:
            return replace(state, lines=(*state.lines, PlanLine(line, org)))
        case PlanLineStruck(_, line):
            return _line(state, line, "struck")
        case PlanLineTicked(_, line):
            return _line(state, line, "done")
        case PlanLineUnticked(_, line):
            return _line(state, line, "open")
        case LogWritten(_, note) if note not in state.notes:
            return replace(state, notes=(*state.notes, note))
        case JointOperationEnded():
            return replace(state, phase="closed", since_ms=at_ms)
        case JointOperationReopened():
            return replace(state, phase="open", since_ms=at_ms)
    return state


def _begun(event: JointOperationBegun, at_ms: int) -> JointOperationState:
    orgs = tuple(dict.fromkeys(event.orgs))
    return JointOperationState(
        "open", event.incident, event.number, orgs, event.by, begun_ms=at_ms, since_ms=at_ms
    )


def _line(state: JointOperationState, line: PlanLineId, to: LineState) -> JointOperationState:
    lines = tuple(replace(one, state=to) if one.id == line else one for one in state.lines)
    return replace(state, lines=lines)

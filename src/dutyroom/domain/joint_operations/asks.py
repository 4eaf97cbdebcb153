"""What a command about a joint operation needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of, upwards_of
from dutyroom.domain.joint_operations.commands import (
    BeginJointOperation,
    JoinOperation,
    OfPlanLine,
    ReopenJointOperation,
)
from dutyroom.domain.joint_operations.decide import JointOperationCommand
from dutyroom.domain.joint_operations.state import JointOperationState
from dutyroom.domain.kernel import About, Ask


def asks_of_joint_operation(command: JointOperationCommand, context: Context) -> Iterator[Ask]:
    """The operation; its incident, with what that was merged into, where that counts."""
    stream = f"joint_operation:{command.joint_operation}"
    yield stream
    if isinstance(command, BeginJointOperation):
        yield from upwards_of(command.incident, context)
    state = context.find(JointOperationState, stream)
    if state is not None and isinstance(command, ReopenJointOperation | JoinOperation):
        yield from upwards_of(state.incident, context)


def about_joint_operation(command: JointOperationCommand, context: Context) -> About:
    """A line of the plan is of who is to do it; all else, of the part that who asks takes in it,
    of the first organisation if they take none. What only begins is of who looks after the
    incident."""
    state = context.find(JointOperationState, f"joint_operation:{command.joint_operation}")
    if state is None:
        if not isinstance(command, BeginJointOperation):
            return About()
        incident = incident_of(command.incident, context)
        return About(
            org=looked_after_by(incident, context.codes, context.loop) if incident else None
        )
    if isinstance(command, OfPlanLine):
        line = state.line(command.plan_line)
        if line is not None:
            return About(org=line.org)
    part = state.part_of(context.actor.org)
    return About(org=part if part is not None else next(iter(state.orgs), None))

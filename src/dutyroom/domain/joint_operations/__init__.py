"""Joint operations: several organisations work on an incident by one plan and write one log."""

from typing import Final

from dutyroom.domain.joint_operations import commands, events, refusals
from dutyroom.domain.joint_operations.asks import about_joint_operation, asks_of_joint_operation
from dutyroom.domain.joint_operations.decide import JointOperationCommand, decide_joint_operation
from dutyroom.domain.joint_operations.evolve import evolve_joint_operation
from dutyroom.domain.joint_operations.row import LIST
from dutyroom.domain.joint_operations.state import JointOperationState
from dutyroom.domain.joint_operations.table import JOINT_OPERATION
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers

JOINT_OPERATIONS: Final = Aggregate[JointOperationCommand, JointOperationState](
    "joint_operation",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=JointOperationState,
    refusals=makers(refusals),
    tables={"joint_operation": JOINT_OPERATION},
    decide=decide_joint_operation,
    evolve=evolve_joint_operation,
    asks=asks_of_joint_operation,
    about=about_joint_operation,
    list=LIST,
)

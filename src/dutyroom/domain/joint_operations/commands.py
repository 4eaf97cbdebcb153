"""What may be asked about a joint operation. Its texts travel sealed only."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, NoteId, OrgPath
from dutyroom.domain.values import Sealed

JointOperationId = Annotated[UUID, IdOf("joint_operation")]
PlanLineId = Annotated[UUID, IdOf("plan_line")]


@dataclass(frozen=True, slots=True)
class OfJointOperation(Command):
    """What is asked about one operation."""

    joint_operation: JointOperationId


@dataclass(frozen=True, slots=True)
class BeginJointOperation(OfJointOperation):
    """Have several organisations work on an incident by one plan; the text is its aim."""

    VERB: ClassVar[str] = "joint_operation.begin"
    incident: IncidentId
    orgs: tuple[OrgPath, ...]
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class JoinOperation(OfJointOperation):
    """An organisation takes part."""

    VERB: ClassVar[str] = "joint_operation.join"
    org: OrgPath


@dataclass(frozen=True, slots=True)
class LeaveOperation(OfJointOperation):
    """It takes part no longer; what it had to do must be done or struck."""

    VERB: ClassVar[str] = "joint_operation.leave"
    org: OrgPath


@dataclass(frozen=True, slots=True)
class AddPlanLine(OfJointOperation):
    """Something that one of the organisations is to do."""

    VERB: ClassVar[str] = "joint_operation.add_line"
    plan_line: PlanLineId
    org: OrgPath
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class OfPlanLine(OfJointOperation):
    """What is asked about one line of the plan."""

    plan_line: PlanLineId


@dataclass(frozen=True, slots=True)
class StrikePlanLine(OfPlanLine):
    """It is no longer to be done."""

    VERB: ClassVar[str] = "joint_operation.strike_line"


@dataclass(frozen=True, slots=True)
class TickPlanLine(OfPlanLine):
    """It is done."""

    VERB: ClassVar[str] = "joint_operation.tick_line"


@dataclass(frozen=True, slots=True)
class UntickPlanLine(OfPlanLine):
    """It isn't done after all."""

    VERB: ClassVar[str] = "joint_operation.untick_line"


@dataclass(frozen=True, slots=True)
class WriteLog(OfJointOperation):
    """Write something into the one log."""

    VERB: ClassVar[str] = "joint_operation.write_log"
    note: NoteId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class EndJointOperation(OfJointOperation):
    """Everything in the plan is done or struck: say what came of it."""

    VERB: ClassVar[str] = "joint_operation.end"
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class ReopenJointOperation(OfJointOperation):
    """It isn't over after all."""

    VERB: ClassVar[str] = "joint_operation.reopen"

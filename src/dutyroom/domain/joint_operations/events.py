"""Events of a joint operation. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.joint_operations.commands import PlanLineId
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MemberId, NoteId, OrgPath


@dataclass(frozen=True, slots=True)
class JointOperationBegun(Event):
    """`number` is the incident's. The aim is sealed."""

    TYPE: ClassVar[str] = "joint_operation.begun.v1"
    by: MemberId
    incident: IncidentId
    number: str
    orgs: tuple[OrgPath, ...]


@dataclass(frozen=True, slots=True)
class OrganisationJoined(Event):
    TYPE: ClassVar[str] = "joint_operation.joined.v1"
    by: MemberId
    org: OrgPath


@dataclass(frozen=True, slots=True)
class OrganisationLeft(Event):
    TYPE: ClassVar[str] = "joint_operation.left.v1"
    by: MemberId
    org: OrgPath


@dataclass(frozen=True, slots=True)
class PlanLineAdded(Event):
    """The text is sealed."""

    TYPE: ClassVar[str] = "joint_operation.line_added.v1"
    by: MemberId
    plan_line: PlanLineId
    org: OrgPath


@dataclass(frozen=True, slots=True)
class PlanLineStruck(Event):
    TYPE: ClassVar[str] = "joint_operation.line_struck.v1"
    by: MemberId
    plan_line: PlanLineId


@dataclass(frozen=True, slots=True)
class PlanLineTicked(Event):
    TYPE: ClassVar[str] = "joint_operation.line_ticked.v1"
    by: MemberId
    plan_line: PlanLineId


@dataclass(frozen=True, slots=True)
class PlanLineUnticked(Event):
    TYPE: ClassVar[str] = "joint_operation.line_unticked.v1"
    by: MemberId
    plan_line: PlanLineId


@dataclass(frozen=True, slots=True)
class LogWritten(Event):
    """`org`: for which organisation, "" for the room. The text is sealed."""

    TYPE: ClassVar[str] = "joint_operation.log_written.v1"
    by: MemberId
    note: NoteId
    org: OrgPath


@dataclass(frozen=True, slots=True)
class JointOperationEnded(Event):
    """What came of it is sealed."""

    TYPE: ClassVar[str] = "joint_operation.ended.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class JointOperationReopened(Event):
    TYPE: ClassVar[str] = "joint_operation.reopened.v1"
    by: MemberId

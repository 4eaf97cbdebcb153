"""What is known of a joint operation, without its texts."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.joint_operations.commands import PlanLineId
from dutyroom.domain.marked import IncidentId, MemberId, NoteId, OrgPath
from dutyroom.domain.orgs import within

type JointOperationPhase = Literal["open", "closed"]
type LineState = Literal["open", "done", "struck"]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan, and who is to do it."""

    id: PlanLineId
    org: OrgPath
    state: LineState = "open"


@dataclass(frozen=True, slots=True)
class JointOperationState:
    """`orgs` take part now, in the order in which they came."""

    phase: JointOperationPhase
    incident: IncidentId
    number: str
    orgs: tuple[OrgPath, ...]
    begun_by: MemberId
    begun_ms: int
    since_ms: int
    lines: tuple[PlanLine, ...] = ()
    notes: tuple[NoteId, ...] = ()

    def line(self, id_: PlanLineId) -> PlanLine | None:
        """A line of the plan; None if there is none of this id."""
        return next((one for one in self.lines if one.id == id_), None)

    def part_of(self, org: OrgPath) -> OrgPath | None:
        """Which of those that take part belongs to somebody of an organisation: their own, or one
        below it; None if none does."""
        return next((one for one in self.orgs if within(one, org)), None)

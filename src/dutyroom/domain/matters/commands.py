"""What may be asked about a matter. Its texts travel only in sealed bodies."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, MatterKind, MemberId, NoteId, OrgPath
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.values import Sealed

MatterId = Annotated[UUID, IdOf("matter")]
MediationId = Annotated[UUID, IdOf("mediation")]
MediationResult = Literal["all_agreed", "some_agreed", "again", "nobody_came", "no_agreement"]
"""How a mediation went; after `again` there is to be another one."""
Outcome = Literal["settled", "partly_settled", "mediation_failed", "given_up"]
"""What became of a dispute; after `mediation_failed` a case is made of it."""


@dataclass(frozen=True, slots=True)
class OfMatter(Command):
    """What is asked about one matter."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class OpenMatter(OfMatter):
    """Follow the dispute of an incident from now on."""

    VERB: ClassVar[str] = "matter.open"
    incident: IncidentId
    kind: MatterKind
    org: OrgPath
    text: Sealed[str]
    team: Team = "community"
    owner: MemberId = ""


@dataclass(frozen=True, slots=True)
class UndoOpening(OfMatter):
    """It was opened by mistake, and nothing has been done about it."""

    VERB: ClassVar[str] = "matter.undo_open"


@dataclass(frozen=True, slots=True)
class TakeMatter(OfMatter):
    """It is one's own from then on."""

    VERB: ClassVar[str] = "matter.take"


@dataclass(frozen=True, slots=True)
class ReleaseMatter(OfMatter):
    """Let it fall back to its team: the owner undoes the taking; or, asked by the operator, has
    left."""

    VERB: ClassVar[str] = "matter.release"


@dataclass(frozen=True, slots=True)
class ReassignMatter(OfMatter):
    """Give it to another organisation, team or member."""

    VERB: ClassVar[str] = "matter.reassign"
    org: OrgPath
    team: Team = ""
    owner: MemberId = ""


@dataclass(frozen=True, slots=True)
class LinkMatter(OfMatter):
    """Another incident is of the same dispute."""

    VERB: ClassVar[str] = "matter.link"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class UnlinkMatter(OfMatter):
    """It isn't, after all. The incident that it was opened from stays."""

    VERB: ClassVar[str] = "matter.unlink"
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class PlanMediation(OfMatter):
    """Bring the sides together at a time."""

    VERB: ClassVar[str] = "matter.plan_mediation"
    mediation: MediationId
    at_ms: int
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class DropMediation(OfMatter):
    """It doesn't take place."""

    VERB: ClassVar[str] = "matter.drop_mediation"
    mediation: MediationId


@dataclass(frozen=True, slots=True)
class HoldMediation(OfMatter):
    """It has taken place: how it went."""

    VERB: ClassVar[str] = "matter.hold_mediation"
    mediation: MediationId
    result: MediationResult
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class UndoMediation(OfMatter):
    """It hasn't taken place after all, or went otherwise: the last one that was held, while nothing
    has come after it."""

    VERB: ClassVar[str] = "matter.undo_mediation"
    mediation: MediationId


@dataclass(frozen=True, slots=True)
class AddMatterNote(OfMatter):
    """Write something down about it."""

    VERB: ClassVar[str] = "matter.add_note"
    note: NoteId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class ConcludeMatter(OfMatter):
    """Say what became of it. What was settled is still watched for a while; what failed becomes a
    case of the case team."""

    VERB: ClassVar[str] = "matter.conclude"
    outcome: Outcome
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class UndoOutcome(OfMatter):
    """It goes on."""

    VERB: ClassVar[str] = "matter.undo_outcome"


@dataclass(frozen=True, slots=True)
class ConfirmMatter(OfMatter):
    """It must still be followed: it is looked at again later, and doesn't end before."""

    VERB: ClassVar[str] = "matter.confirm"


@dataclass(frozen=True, slots=True)
class DecideCase(OfMatter):
    """The case that it became has been decided."""

    VERB: ClassVar[str] = "matter.decide_case"

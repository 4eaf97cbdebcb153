"""What may be asked about a public place that calls again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, OrgPath, PublicPlaceKey, RepeatKind
from dutyroom.domain.tasks.commands import TaskId, Team
from dutyroom.domain.values import Sealed

SpotId = Annotated[UUID, IdOf("spot")]


@dataclass(frozen=True, slots=True)
class TakeOnSpot(Command):
    """Do something about a place: a task of prevention, on an incident of its own.

    `place` is a public place of the pack by its key; `kind` what happens there again and again.
    """

    VERB: ClassVar[str] = "spot.take_on"
    spot: SpotId
    place: PublicPlaceKey
    kind: RepeatKind
    incident: IncidentId
    task: TaskId
    org: OrgPath
    text: Sealed[str]
    team: Team = "community"
    due_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DropSpot(Command):
    """Count no longer what happened there since; a task that nobody has begun is withdrawn."""

    VERB: ClassVar[str] = "spot.drop"
    spot: SpotId

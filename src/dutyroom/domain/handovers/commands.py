"""What may be asked about a handover of the desk."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, MemberId

HandoverId = Annotated[UUID, IdOf("handover")]


@dataclass(frozen=True, slots=True)
class StartHandover(Command):
    """Offer the desk to a colleague (`to` is a staff number), who confirms each open incident."""

    VERB: ClassVar[str] = "desk.start_handover"
    handover: HandoverId
    to: MemberId


@dataclass(frozen=True, slots=True)
class ConfirmIncident(Command):
    """The receiver has read an open incident and takes it over."""

    VERB: ClassVar[str] = "desk.confirm_incident"
    handover: HandoverId
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class CompleteHandover(Command):
    """The receiver takes the desk. Refused while an open incident is not confirmed."""

    VERB: ClassVar[str] = "desk.complete_handover"
    handover: HandoverId


@dataclass(frozen=True, slots=True)
class CancelHandover(Command):
    """Take the offer of the desk back, or decline it; or, asked by the operator, whoever it was
    offered to has left."""

    VERB: ClassVar[str] = "desk.cancel_handover"
    handover: HandoverId

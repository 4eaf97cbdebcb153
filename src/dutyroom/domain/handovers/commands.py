"""What may be asked about a handover of the desk."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command


@dataclass(frozen=True, slots=True)
class StartHandover(Command):
    """Offer the desk to a colleague (`to` is a staff number), who confirms each open incident."""

    VERB: ClassVar[str] = "desk.start_handover"
    handover: UUID
    to: str


@dataclass(frozen=True, slots=True)
class ConfirmIncident(Command):
    VERB: ClassVar[str] = "desk.confirm_incident"
    handover: UUID
    incident: UUID


@dataclass(frozen=True, slots=True)
class CompleteHandover(Command):
    VERB: ClassVar[str] = "desk.complete_handover"
    handover: UUID


@dataclass(frozen=True, slots=True)
class CancelHandover(Command):
    VERB: ClassVar[str] = "desk.cancel_handover"
    handover: UUID

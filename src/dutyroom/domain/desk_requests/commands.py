"""What may be asked about a request to a specialist desk. Its texts travel sealed only."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import (
    DeskCode,
    DeskOffer,
    DeskSkill,
    IdOf,
    IncidentId,
    NoteId,
    Priority,
    TaskReason,
)
from dutyroom.domain.tasks.commands import TaskId
from dutyroom.domain.values import Sealed

DeskRequestId = Annotated[UUID, IdOf("desk_request")]


@dataclass(frozen=True, slots=True)
class OfDeskRequest(Command):
    """What is asked about one request."""

    desk_request: DeskRequestId


@dataclass(frozen=True, slots=True)
class AskDesk(OfDeskRequest):
    """Ask a specialist desk for something that it offers, on an incident; `skill` is one that is
    needed for it, "" for none in particular. `task`: the open task of the incident that it is
    needed for.

    `queue`: also where the desk is closed or full, so that it waits for its turn.
    """

    VERB: ClassVar[str] = "desk_request.ask"
    incident: IncidentId
    desk: DeskCode
    offer: DeskOffer
    text: Sealed[str]
    skill: DeskSkill = ""
    priority: Priority = 3
    queue: bool = False
    task: TaskId | None = None


@dataclass(frozen=True, slots=True)
class AskDeskAgain(OfDeskRequest):
    """Ask once more for what was returned, or was withdrawn."""

    VERB: ClassVar[str] = "desk_request.ask_again"
    queue: bool = False


@dataclass(frozen=True, slots=True)
class AcceptDeskRequest(OfDeskRequest):
    """Take it: it is one's own from then on."""

    VERB: ClassVar[str] = "desk_request.accept"


@dataclass(frozen=True, slots=True)
class ReleaseDeskRequest(OfDeskRequest):
    """Let it fall back to the desk: its owner undoes the acceptance; or, asked by the operator, has
    left."""

    VERB: ClassVar[str] = "desk_request.release"


@dataclass(frozen=True, slots=True)
class ReturnDeskRequest(OfDeskRequest):
    """Give it back to who asked."""

    VERB: ClassVar[str] = "desk_request.return"
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class UndoDeskReturn(OfDeskRequest):
    """It is with the desk again, as it was: asked by who returned it, while nobody has asked once
    more."""

    VERB: ClassVar[str] = "desk_request.undo_return"


@dataclass(frozen=True, slots=True)
class StartDeskRequest(OfDeskRequest):
    """Begin with it; what was finished is taken back to work."""

    VERB: ClassVar[str] = "desk_request.start"


@dataclass(frozen=True, slots=True)
class AddDeskNote(OfDeskRequest):
    """Write something down about it."""

    VERB: ClassVar[str] = "desk_request.add_note"
    note: NoteId
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class FinishDeskRequest(OfDeskRequest):
    """Say what came of it, and have that confirmed."""

    VERB: ClassVar[str] = "desk_request.finish"
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class ConfirmDeskRequest(OfDeskRequest):
    """It is what was asked for."""

    VERB: ClassVar[str] = "desk_request.confirm"


@dataclass(frozen=True, slots=True)
class UndoDeskConfirmation(OfDeskRequest):
    """It waits to be confirmed again, as long as its incident is open."""

    VERB: ClassVar[str] = "desk_request.undo_confirmation"


@dataclass(frozen=True, slots=True)
class SendBackDeskRequest(OfDeskRequest):
    """It isn't what was asked for yet: the desk goes on with it."""

    VERB: ClassVar[str] = "desk_request.send_back"
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class WithdrawDeskRequest(OfDeskRequest):
    """It is no longer wanted."""

    VERB: ClassVar[str] = "desk_request.withdraw"


@dataclass(frozen=True, slots=True)
class RemindDesk(OfDeskRequest):
    """Press the desk."""

    VERB: ClassVar[str] = "desk_request.remind"

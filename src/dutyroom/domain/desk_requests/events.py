"""Events of a request to a specialist desk. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    DeskCode,
    DeskOffer,
    DeskSkill,
    IncidentId,
    MemberId,
    NoteId,
    OrgPath,
    Priority,
    TaskReason,
)
from dutyroom.domain.tasks.commands import TaskId, TaskKind

Queued = Literal["", "closed", "full"]
"""Why a request waits from the beginning; "" where the desk was open and had room."""


@dataclass(frozen=True, slots=True)
class DeskAsked(Event):
    """`number` is the incident's; `org` the desk's, `org_too` that of who looks after the incident,
    `from_org` that of who asks. By `accept_by_ms` it is to be accepted or returned. `task`: what it
    is needed for, with its kind and who had it then. `provisional`: the desk's holidays of the day
    on which that time is over hadn't been announced. Its text is sealed."""

    TYPE: ClassVar[str] = "desk_request.asked.v1"
    by: MemberId
    incident: IncidentId
    number: str
    desk: DeskCode
    offer: DeskOffer
    skill: DeskSkill
    priority: Priority
    org: OrgPath
    org_too: OrgPath
    from_org: OrgPath
    accept_by_ms: int
    queued: Queued
    task: TaskId | None = None
    task_kind: TaskKind | None = None
    task_org: OrgPath = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class DeskAskedAgain(Event):
    TYPE: ClassVar[str] = "desk_request.asked_again.v1"
    by: MemberId
    accept_by_ms: int
    queued: Queued
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class DeskRequestAccepted(Event):
    TYPE: ClassVar[str] = "desk_request.accepted.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskRequestReleased(Event):
    """It has fallen back to the desk; `owner` had it."""

    TYPE: ClassVar[str] = "desk_request.released.v1"
    by: MemberId
    owner: MemberId
    because: Literal["undone", "left"]


@dataclass(frozen=True, slots=True)
class DeskRequestReturned(Event):
    TYPE: ClassVar[str] = "desk_request.returned.v1"
    by: MemberId
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class DeskReturnUndone(Event):
    """The desk is asked again, as it was before the request was returned."""

    TYPE: ClassVar[str] = "desk_request.return_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskRequestStarted(Event):
    TYPE: ClassVar[str] = "desk_request.started.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskNoteAdded(Event):
    """The text is sealed."""

    TYPE: ClassVar[str] = "desk_request.note_added.v1"
    note: NoteId


@dataclass(frozen=True, slots=True)
class DeskRequestFinished(Event):
    """What came of it is sealed."""

    TYPE: ClassVar[str] = "desk_request.finished.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskRequestConfirmed(Event):
    TYPE: ClassVar[str] = "desk_request.confirmed.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskConfirmationUndone(Event):
    TYPE: ClassVar[str] = "desk_request.confirmation_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskRequestSentBack(Event):
    TYPE: ClassVar[str] = "desk_request.sent_back.v1"
    by: MemberId
    reason: TaskReason


@dataclass(frozen=True, slots=True)
class DeskRequestWithdrawn(Event):
    TYPE: ClassVar[str] = "desk_request.withdrawn.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class DeskReminded(Event):
    TYPE: ClassVar[str] = "desk_request.reminded.v1"
    by: MemberId

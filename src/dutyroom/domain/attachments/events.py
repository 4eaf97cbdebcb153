"""Events of an attachment. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.attachments.commands import AttachmentKind, StrikeReason
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MemberId, OrgPath
from dutyroom.domain.tasks.commands import TaskId


@dataclass(frozen=True, slots=True)
class AttachmentAdded(Event):
    """Its name is sealed. `digest` is the SHA-256 of the sealed bytes in hexadecimal, `size` how
    many bytes there are unsealed; `width` and `height` of a picture, else 0."""

    TYPE: ClassVar[str] = "attachment.added.v1"
    by: MemberId
    incident: IncidentId
    task: TaskId | None
    org: OrgPath
    kind: AttachmentKind
    size: int
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class AttachmentStruck(Event):
    TYPE: ClassVar[str] = "attachment.struck.v1"
    by: MemberId
    reason: StrikeReason


@dataclass(frozen=True, slots=True)
class AttachmentRestored(Event):
    TYPE: ClassVar[str] = "attachment.restored.v1"
    by: MemberId

"""What may be asked about an attachment. Its bytes are uploaded before, apart from the journal."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId
from dutyroom.domain.tasks.commands import TaskId
from dutyroom.domain.values import Sealed

AttachmentId = Annotated[UUID, IdOf("attachment")]
AttachmentKind = Literal["jpeg", "png", "pdf", "text"]
"""What it is by its content, as it is kept: what came as WebP is kept as one of the first two."""
StrikeReason = Literal["misfiled", "unclear_picture", "twice", "needless"]
"""Why one is struck: it is of something else, nothing can be seen, it is there already, it says
nothing about the matter."""


@dataclass(frozen=True, slots=True)
class OfAttachment(Command):
    """What is asked about one attachment."""

    attachment: AttachmentId


@dataclass(frozen=True, slots=True)
class AddAttachment(OfAttachment):
    """Attach what was uploaded under this id to an incident, or to a task of it.

    `text` is the name that it is to have.
    """

    VERB: ClassVar[str] = "attachment.add"
    incident: IncidentId
    text: Sealed[str]
    task: TaskId | None = None


@dataclass(frozen=True, slots=True)
class StrikeAttachment(OfAttachment):
    """Show it no longer; it is kept."""

    VERB: ClassVar[str] = "attachment.strike"
    reason: StrikeReason


@dataclass(frozen=True, slots=True)
class RestoreAttachment(OfAttachment):
    """Show it again."""

    VERB: ClassVar[str] = "attachment.restore"

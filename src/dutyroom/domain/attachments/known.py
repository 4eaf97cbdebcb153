"""What is known of uploaded bytes, and of what an incident has already."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from dutyroom.domain.attachments.commands import AttachmentKind
from dutyroom.domain.kernel import Index

LARGEST: Final = 10_000_000
"""Bytes of one attachment, as it comes and as it is kept."""
MOST: Final = 100
MOST_BYTES: Final = 200_000_000
"""Of one incident with all its tasks, struck ones included, since they are kept."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that were looked at, sealed and brought to the disk."""

    incident: UUID
    by: str
    kind: AttachmentKind
    size: int
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Uploaded(Index[Upload | None]):
    """What was uploaded under an id; None if nothing was, or it was swept away since."""

    attachment: UUID

    def unknown(self) -> Upload | None:
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many attachments there are, and how many bytes."""

    count: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class KeptOf(Index[Kept]):
    """What an incident has, with all its tasks."""

    incident: UUID

    def unknown(self) -> Kept:
        return Kept()

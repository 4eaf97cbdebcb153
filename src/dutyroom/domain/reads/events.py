"""Readings of sealed data, as events. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Event


@dataclass(frozen=True, slots=True)
class RecordRead(Event):
    """Somebody read sealed data (written by `readings`): what, for which purpose, why allowed."""

    TYPE: ClassVar[str] = "record.read.v1"
    what: str
    incidents: tuple[UUID, ...]
    calls: tuple[UUID, ...]
    purpose: str
    because: str

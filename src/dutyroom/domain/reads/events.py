"""Readings of sealed data, as events. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import CallId, IncidentId


@dataclass(frozen=True, slots=True)
class RecordRead(Event):
    """Somebody read sealed data (written by `readings`): what, for which purpose, why allowed.
    `minor`: it concerns a minor."""

    TYPE: ClassVar[str] = "record.read.v1"
    what: str
    incidents: tuple[IncidentId, ...]
    calls: tuple[CallId, ...]
    purpose: str
    because: str
    minor: bool = False

"""Events of a spot. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    IncidentId,
    MemberId,
    OrgPath,
    PublicPlaceKey,
    RepeatKind,
    ZoneId,
)
from dutyroom.domain.tasks.commands import TaskId


@dataclass(frozen=True, slots=True)
class SpotTakenOn(Event):
    """`place` is a public place of the pack. `window_days`: what is counted before and after;
    `until_ms`: it is no longer counted then."""

    TYPE: ClassVar[str] = "spot.taken_on.v1"
    by: MemberId
    place: PublicPlaceKey
    zone: ZoneId
    kind: RepeatKind
    incident: IncidentId
    number: str
    task: TaskId
    org: OrgPath
    window_days: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class SpotDropped(Event):
    TYPE: ClassVar[str] = "spot.dropped.v1"
    by: MemberId

"""Events of a station's handover. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import MemberId, OrgPath
from dutyroom.domain.station_handovers.items import HandedItem, ItemId, ItemKind


@dataclass(frozen=True, slots=True)
class StationHandoverStarted(Event):
    """`items` are those that were late or due on that day; `to` is "" until somebody takes it."""

    TYPE: ClassVar[str] = "station.handover_started.v1"
    by: MemberId
    org: OrgPath
    to: MemberId
    items: tuple[HandedItem, ...]


@dataclass(frozen=True, slots=True)
class StationHandoverTaken(Event):
    """`by` goes on with it; `before` had it, "" for nobody."""

    TYPE: ClassVar[str] = "station.handover_taken.v1"
    by: MemberId
    before: MemberId


@dataclass(frozen=True, slots=True)
class StationItemConfirmed(Event):
    """`owner` has it from now on."""

    TYPE: ClassVar[str] = "station.item_confirmed.v1"
    by: MemberId
    kind: ItemKind
    item: ItemId
    owner: MemberId


@dataclass(frozen=True, slots=True)
class StationHandoverCompleted(Event):
    TYPE: ClassVar[str] = "station.handover_completed.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class StationHandoverCancelled(Event):
    TYPE: ClassVar[str] = "station.handover_cancelled.v1"
    by: MemberId

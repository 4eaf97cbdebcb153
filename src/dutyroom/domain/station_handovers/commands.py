"""What may be asked about the handover of a station."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, MemberId, OrgPath
from dutyroom.domain.station_handovers.items import ItemId, ItemKind

StationHandoverId = Annotated[UUID, IdOf("station_handover")]


@dataclass(frozen=True, slots=True)
class OfStationHandover(Command):
    """What is asked about one of them."""

    station_handover: StationHandoverId


@dataclass(frozen=True, slots=True)
class StartStationHandover(OfStationHandover):
    """List what is late and what falls due today at a station, for who comes. `to` is a member of
    its command office, "" whoever of them takes it."""

    VERB: ClassVar[str] = "station.start_handover"
    org: OrgPath
    to: MemberId = ""


@dataclass(frozen=True, slots=True)
class TakeStationHandover(OfStationHandover):
    """Be the one who takes over, also where another one has begun: `instead_of` is whom the list
    named, "" for nobody."""

    VERB: ClassVar[str] = "station.take_handover"
    instead_of: MemberId = ""


@dataclass(frozen=True, slots=True)
class ConfirmStationItem(OfStationHandover):
    """The one who takes over has read an item, and says who has it from now on. A task is given to
    them; else who follows it stands in the handover alone."""

    VERB: ClassVar[str] = "station.confirm_item"
    kind: ItemKind
    item: ItemId
    owner: MemberId


@dataclass(frozen=True, slots=True)
class CompleteStationHandover(OfStationHandover):
    """The station is taken over. Refused while anything late has no confirmed owner."""

    VERB: ClassVar[str] = "station.complete_handover"


@dataclass(frozen=True, slots=True)
class CancelStationHandover(OfStationHandover):
    """It isn't handed over now after all; what was confirmed stays with its owners."""

    VERB: ClassVar[str] = "station.cancel_handover"

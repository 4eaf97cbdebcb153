"""What is known of a station besides the states of its records."""

from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain.kernel import Index
from dutyroom.domain.station_handovers.items import HandedItem


@dataclass(frozen=True, slots=True)
class DueItems(Index[tuple[HandedItem, ...]]):
    """What is late now with an organisation itself, or falls due there on this day, the longest
    late first."""

    org: str

    def unknown(self) -> tuple[HandedItem, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OpenStationHandover(Index[UUID | None]):
    """The handover of an organisation that is under way."""

    org: str

    def unknown(self) -> UUID | None:
        return None


@dataclass(frozen=True, slots=True)
class CommandOffice(Index[tuple[str, ...] | None]):
    """The members who may take an organisation over; None where members aren't known."""

    org: str

    def unknown(self) -> None:
        return None

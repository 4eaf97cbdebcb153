"""What is known of incidents besides their own states."""

from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Index
from dutyroom.domain.values import Place


@dataclass(frozen=True, slots=True)
class OpenIncidents(Index[tuple[UUID, ...]]):
    """All incidents that are open now."""

    def unknown(self) -> tuple[UUID, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class FreshNumber(Index[str]):
    """A public number that no incident has."""

    def unknown(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Approved(Index[bool]):
    """Whether somebody has approved how the incident was handled, since it was handled last."""

    incident: UUID

    def unknown(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ZoneAt(Index[str]):
    """The zone of a place (WGS84); empty outside the city."""

    lon: float
    lat: float

    def unknown(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is neither approved nor withdrawn."""

    task: UUID
    state: str


@dataclass(frozen=True, slots=True)
class OpenTasks(Index[tuple[OpenTask, ...]]):
    """Those of one incident."""

    incident: UUID

    def unknown(self) -> tuple[OpenTask, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A supervision order whose answer was neither accepted nor is unwanted."""

    supervision_order: UUID
    state: str


@dataclass(frozen=True, slots=True)
class OpenOrders(Index[tuple[OpenOrder, ...]]):
    """Those of one incident."""

    incident: UUID

    def unknown(self) -> tuple[OpenOrder, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OpenDeskRequest:
    """A request to a specialist desk that is neither confirmed nor withdrawn."""

    desk_request: UUID
    state: str


@dataclass(frozen=True, slots=True)
class OpenDeskRequests(Index[tuple[OpenDeskRequest, ...]]):
    """Those of one incident."""

    incident: UUID

    def unknown(self) -> tuple[OpenDeskRequest, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A referral that a partner hasn't done, refused or lost to a recall."""

    referral: UUID
    state: str


@dataclass(frozen=True, slots=True)
class OpenReferrals(Index[tuple[OpenReferral, ...]]):
    """Those of one incident."""

    incident: UUID

    def unknown(self) -> tuple[OpenReferral, ...]:
        return ()


def incident_of(id_: UUID, context: Context) -> IncidentState | None:
    """The incident, if there is one."""
    return context.find(IncidentState, f"incident:{id_}")


def zone_at(place: Place, context: Context) -> str:
    """The zone of a place; empty outside the city, and for a place that is no number."""
    return context.answer(ZoneAt(place.lon, place.lat))

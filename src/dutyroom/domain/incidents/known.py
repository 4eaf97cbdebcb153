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
class Work:
    """A record of a kind, such as a task, that keeps an incident from being closed."""

    kind: str
    id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class OpenWork(Index[tuple[Work, ...]]):
    """All of one incident, whatever its kind (`List.keeps_open`)."""

    incident: UUID

    def unknown(self) -> tuple[Work, ...]:
        return ()


def incident_of(id_: UUID, context: Context) -> IncidentState | None:
    """The incident, if there is one."""
    return context.find(IncidentState, f"incident:{id_}")


def zone_at(place: Place, context: Context) -> str:
    """The zone of a place; empty outside the city, and for a place that is no number."""
    return context.answer(ZoneAt(place.lon, place.lat))

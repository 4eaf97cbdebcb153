"""What is known of incidents besides their own states."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState, chain_of, parts_of
from dutyroom.domain.kernel import Ask, Index
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


def upwards_of(id_: UUID, context: Context) -> Iterator[Ask]:
    """What must be loaded to know what an incident is part of by now: the chain of those that it
    was merged into, itself first."""
    for one in chain_of(id_, partial(incident_of, context=context)):
        yield f"incident:{one}"


def whole_of(
    id_: UUID, state: IncidentState, context: Context
) -> Iterator[tuple[UUID, IncidentState]]:
    """An incident with all that was merged into it."""
    yield id_, state
    yield from parts_of(state, partial(incident_of, context=context))


def zone_at(place: Place, context: Context) -> str:
    """The zone of a place; empty outside the city, and for a place that is no number."""
    return context.answer(ZoneAt(place.lon, place.lat))

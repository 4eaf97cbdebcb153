"""Values that records of several kinds share. No personal data but where a field is `Sealed`."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Final, Literal
from uuid import UUID

from dutyroom.domain.marked import (
    AssignmentId,
    CapabilityCode,
    CategoryCode,
    IncidentId,
    Priority,
    PromptAnswers,
    UnitId,
)

SEALED = "sealed"
type Sealed[T] = Annotated[T, SEALED]
PlaceKind = Literal["address", "street", "crossing", "place", "point"]
LONGEST_UNIT: Final = 20
"""Characters of a unit's id at most, since lists keep it in columns."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened, exactly. Personal data: only the zone is ever in clear."""

    lon: float
    lat: float
    label: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Position:
    """Where a unit was at a time (WGS84, milliseconds UTC). Personal data of its crew."""

    lon: float
    lat: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Need:
    """How many units with a capability are needed."""

    capability: CapabilityCode
    count: int


PointKind = Literal["place", "prompt", "number", "category", "similar", "units", "partner", "desk"]
"""What may still be open about an incident: where it is, a question of its category, whom to call
back, what it is, whether it is one with another, whether enough units were sent, whether a partner
or a specialist desk is needed."""
Settled = Literal["confirmed", "struck"]

type OpenPhase = Literal["dispatched", "en_route", "on_scene", "transporting", "at_facility"]
"""The states of an assignment in which its unit is committed."""
type Progress = Literal["pending", "dispatched", "en_route", "on_scene", "cleared"]
"""How far the help of an incident has come."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The other end of a move: an assignment of an incident."""

    incident: IncidentId
    assignment: AssignmentId


@dataclass(frozen=True, slots=True)
class Urgency:
    """What one matter asked for when it became part of an incident.

    `waiting_from_ms` is when its promises began, `progress` how far its help had come, `served`
    the units that had already done their work for it.
    """

    category: CategoryCode
    priority: Priority
    answers: PromptAnswers
    more: tuple[Need, ...]
    waiting_from_ms: int
    progress: Progress
    served: tuple[UnitId, ...]


class _Many(tuple[UUID, ...]):  # noqa: SLOT001 (a tuple has no room for slots)
    """Ids that are too many to look through. `places`, by number, also has what was added to them
    since: it is shared with what they became."""

    _places: dict[int, int] | None = None

    @property
    def places(self) -> dict[int, int]:
        if self._places is None:
            self._places = {one.int: place for place, one in enumerate(self)}
        return self._places

    def having(self, id_: UUID) -> "_Many":
        longer = _Many((*self, id_))
        if len(self.places) == len(self):  # nothing else was added to them
            self.places[id_.int] = len(self)
            longer._places = self.places
        return longer


_FEW: Final = 32
"""So many are looked through as fast."""
_NUMBER: Final = attrgetter("int")


def has_id(ids: tuple[UUID, ...], id_: UUID) -> bool:
    """Whether it is one of them. By their numbers: `in` would call Python for each of them, and an
    incident may have hundreds of notes."""
    if isinstance(ids, _Many):
        return ids.places.get(id_.int, len(ids)) < len(ids)
    return id_.int in map(_NUMBER, ids)


def with_id(ids: tuple[UUID, ...], id_: UUID) -> tuple[UUID, ...]:
    if has_id(ids, id_):
        return ids
    if len(ids) < _FEW:
        return (*ids, id_)
    return (ids if isinstance(ids, _Many) else _Many(ids)).having(id_)


def without_id(ids: tuple[UUID, ...], id_: UUID) -> tuple[UUID, ...]:
    return tuple(one for one in ids if one != id_)


OPEN_PHASES: tuple[OpenPhase, ...] = (
    "dispatched",
    "en_route",
    "on_scene",
    "transporting",
    "at_facility",
)
"""From the least to the most advanced."""

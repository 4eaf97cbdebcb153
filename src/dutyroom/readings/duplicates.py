"""Open incidents that may be the same happening as the one that is being taken."""

import math
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from dutyroom.citypack import METRES_PER_DEGREE, CityPack
from dutyroom.domain.context import Actor
from dutyroom.projections.models import IncidentView
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import (
    Alike,
    Duplicate,
    PlaceReading,
)
from dutyroom.readings.places import opened_places
from dutyroom.readings.reader import Reader

NEAR_M: Final[Mapping[Alike, float]] = {"category": 600.0, "kind": 300.0, "other": 100.0}
"""How far away an open incident may be the same happening: of the same category; of the same kind
(the same capability leads the response, as for all fires); of any other."""
NEAR_MINUTES: Final = 90


def duplicates_of(
    reader: Reader,
    actor: Actor,
    lon: float,
    lat: float,
    category: str,
    exclude: UUID | None,
    now: int,
) -> tuple[Duplicate, ...]:
    """Open incidents that may be the same happening as one of this category at a place.

    The further away, the more alike the category must be (`NEAR_M`): a sick person in the next
    street is no duplicate of a fire. Without a category yet, those of any kind count as alike. The
    likeliest first: same category, then same kind, then distance.
    """
    may = reader.reads_of_minors(actor, "duplicates")
    open_rows = {
        id_: (read_incident(row), position)
        for id_, row, position in IncidentView.objects.filter(
            open=True, opened_at_ms__gte=now - NEAR_MINUTES * 60_000
        ).values_list("id", "row", "place_position")
        if exclude is None or id_ != str(exclude)
    }
    access = reader.open(
        actor,
        "duplicates",
        incidents=[UUID(one) for one in open_rows],
        minor=may and any(row.minor for row, _ in open_rows.values()),
    )
    found = opened_places(
        reader, access, {id_: position for id_, (_, position) in open_rows.items()}
    )
    pack = reader.pack()
    near = []
    for id_, place in found.items():
        if place is None:
            continue
        row = open_rows[id_][0]
        alike = _alike(pack, category, row.category)
        distance_m = _distance_m(lon, lat, place)
        if distance_m <= NEAR_M[alike]:
            near.append(
                Duplicate(
                    incident=id_,
                    number=row.number,
                    category=row.category,
                    alike=alike,
                    distance_m=round(distance_m),
                    minutes=max(0, now - row.opened_at_ms) // 60_000,
                    label=place.label if may or not row.minor else "",
                )
            )
    ranks = list(NEAR_M)
    near.sort(key=lambda one: (ranks.index(one.alike), one.distance_m))
    return tuple(near[:5])


def _alike(pack: CityPack, category: str, other: str) -> Alike:
    """How alike two categories are; a key of `NEAR_M`."""
    if category == other:
        return "category"
    leads = _leading_need(pack, category), _leading_need(pack, other)
    return "kind" if not category or leads[0] == leads[1] is not None else "other"


def _leading_need(pack: CityPack, category: str) -> str | None:
    """The capability that comes first in the category's plan: the service that leads."""
    try:
        plan = pack.plan_for(category, pack.vocabulary.category(category).priority)
    except KeyError:
        return None
    return plan[0].capability if plan else None


def _distance_m(lon: float, lat: float, place: PlaceReading) -> float:
    """Equirectangular approximation, good at city size."""
    east = (place.lon - lon) * math.cos(math.radians(lat))
    return math.hypot(east, place.lat - lat) * METRES_PER_DEGREE

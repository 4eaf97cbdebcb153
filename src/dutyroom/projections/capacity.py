"""Who could still be sent: free units by kind, and by the area that they stand in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from dutyroom.citypack import CityPack
from dutyroom.domain.units.row import UnitRow
from dutyroom.projections.figures import KindCapacity
from dutyroom.projections.models import UnitPosition


def capacity(pack: CityPack, units: Iterable[UnitRow]) -> tuple[KindCapacity, ...]:
    """Per kind, in the order of the vocabulary.

    A unit in an emergency isn't free. The area is that of the latest position, of the station
    where there is none.
    """
    places = {
        unit: (lon, lat)
        for unit, lon, lat in UnitPosition.objects.values_list("unit", "lon", "lat").iterator()
    }
    of: Counter[str] = Counter()
    on_duty: Counter[str] = Counter()
    free: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        kind = unit.kind
        of[kind] += 1
        on_duty[kind] += unit.status != "off_duty"
        if unit.status == "available" and not unit.emergency:
            lon, lat = places.get(unit.id, (unit.lon, unit.lat))
            free[kind][_zone(pack, lon, lat)] += 1
    order = {kind.code: place for place, kind in enumerate(pack.vocabulary.kinds)}
    return tuple(
        KindCapacity(
            kind=kind,
            of=of[kind],
            on_duty=on_duty[kind],
            free=free[kind].total(),
            areas=dict(sorted(free[kind].items())),
        )
        for kind in sorted(of, key=lambda kind: (order.get(kind, len(order)), kind))
    )


@lru_cache(maxsize=16_384)
def _zone(pack: CityPack, lon: float, lat: float) -> str:
    """Free units mostly stand still: their area is looked up once."""
    return pack.zone_at(lon, lat)

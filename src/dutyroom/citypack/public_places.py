"""Public places of a pack, by which incidents are counted: landmarks, junctions, roads, zones.

Never a household: a house number, a point on the map and a place where people live are no public
places. Which one something happened at is decided by kind and position alone; what was typed is not
looked at, and whatever is said of a public place comes from the pack.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from typing import Final, Literal

import numpy as np

from dutyroom.citypack.model import CityPack
from dutyroom.citypack.roads import METRES_PER_DEGREE
from dutyroom.citypack.street_lines import street_line
from dutyroom.core.text import Text
from dutyroom.domain.values import PlaceKind

type PublicKind = Literal["place", "crossing", "street", "zone"]

PUBLIC: Final = frozenset(
    {
        "bridge", "clinic", "community", "exhibition", "fuel", "government", "hospital", "hotel",
        "landmark", "library", "mall", "market", "metro", "museum", "park", "pier", "school",
        "square", "stadium", "station", "temple", "theatre", "university",
    }
)  # fmt: skip
"""Kinds of places of a pack that are counted. Those where people live are not among them, and a
kind that isn't here may be one."""
NEAR_M: Final = 40.0
"""So far from what the gazetteer gave, it is still the same."""


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """``key`` is its kind and id, the same as long as the pack has it."""

    key: str
    kind: PublicKind
    name: Text
    lon: float
    lat: float
    zone: str


@lru_cache(maxsize=4)
def public_places(pack: CityPack) -> "PublicPlaces":
    """Those of a pack, made once."""
    return PublicPlaces(pack)


class PublicPlaces:
    """All of one pack. Built once."""

    def __init__(self, pack: CityPack) -> None:
        self._pack = pack
        self._of_kind: dict[PlaceKind, list[PublicPlace]] = {
            "place": [
                self._made("place", one.id, one.name, one.lon, one.lat)
                for one in pack.places
                if one.kind in PUBLIC
            ],
            "crossing": self._crossings(),
            "street": self._streets(),
        }
        zones = (
            PublicPlace(f"zone:{one.id}", "zone", one.name, *one.centre, one.id)
            for one in pack.zones
        )
        every = (*(one for kind in self._of_kind.values() for one in kind), *zones)
        self._by_key = {one.key: one for one in reversed(every)}

    @property
    def crossings(self) -> tuple[PublicPlace, ...]:
        """Junctions of two named streets, in the order of the road network."""
        return tuple(self._of_kind["crossing"])

    def of(self, key: str) -> PublicPlace | None:
        """The public place of a key."""
        return self._by_key.get(key)

    def at(self, kind: PlaceKind, lon: float, lat: float) -> PublicPlace | None:
        """The public place that a place of this kind is; None for a house number, a point, and what
        lies nowhere near."""
        there = self._of_kind.get(kind, ())
        wide = cos(radians(lat))
        found = min(
            ((hypot((one.lon - lon) * wide, one.lat - lat), one.key) for one in there),
            default=None,
        )
        if found is None or found[0] * METRES_PER_DEGREE > NEAR_M:
            return None
        return self._by_key[found[1]]

    def _made(self, kind: PublicKind, id_: str, name: Text, lon: float, lat: float) -> PublicPlace:
        return PublicPlace(f"{kind}:{id_}", kind, name, lon, lat, self._pack.zone_at(lon, lat))

    def _crossings(self) -> list[PublicPlace]:
        roads, streets = self._pack.roads, self._pack.streets
        found = []
        for node, (a, b, *_) in (roads.crossings if roads is not None else {}).items():
            assert roads is not None
            one, other = streets[a], streets[b]
            name = Text(f"{one.name.en} / {other.name.en}", f"{one.name.zh}与{other.name.zh}交叉口")
            at = float(roads.node_lon[node]), float(roads.node_lat[node])
            found.append(self._made("crossing", f"{one.id}/{other.id}", name, *at))
        return found

    def _streets(self) -> list[PublicPlace]:
        """Each at the middle of its line, where the gazetteer has it."""
        roads = self._pack.roads
        if roads is None:
            return []
        arcs: dict[int, list[int]] = {}
        for arc, street in enumerate(roads.arc_street.tolist()):
            arcs.setdefault(street, []).append(arc)
        found = []
        for number, street in enumerate(self._pack.streets):
            if number in arcs:
                line = street_line(roads, np.array(arcs[number], dtype=np.int64))
                at = line.at(line.length_m / 2)
                found.append(self._made("street", street.id, street.name, *at))
        return found

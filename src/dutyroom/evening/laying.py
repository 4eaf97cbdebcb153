"""What is laid out before the demo begins: entries with their times, from a seed."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import numpy as np

from dutyroom.citypack import CityPack, PackUnit
from dutyroom.core.ids import uuid7
from dutyroom.domain.context import Actor
from dutyroom.domain.values import Place
from dutyroom.evening.halves import both
from dutyroom.evening.stations import SIMULATED, stations_of

MOST_STATIONS: Final = 4

type Entry = tuple[int, Actor, Any]
"""When it happened (milliseconds UTC), who did it, and what."""


def first_stations(pack: CityPack) -> tuple[str, ...]:
    """Police stations that look after zones, in the order of the zones."""
    known = stations_of((one.path, one.level) for one in pack.orgs)
    return tuple(dict.fromkeys(one.org for one in pack.zones if one.org in known))[:MOST_STATIONS]


def new_id(random: np.random.Generator, at_ms: int) -> UUID:
    """An id of that time."""
    return uuid7(at_ms, int.from_bytes(random.bytes(10)) & ((1 << 74) - 1))


@dataclass(slots=True)
class Laying:
    """Where and by whom, in one city."""

    pack: CityPack
    seed: int
    now_ms: int
    stations: tuple[str, ...]
    random: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)

    @property
    def dispatcher(self) -> Actor:
        """The simulated dispatcher, who works for the whole city."""
        return Actor(f"{SIMULATED}dispatcher", "dispatcher", org=self.pack.orgs[0].path)

    def at(self, hours_ago: float) -> int:
        """So long before now, in milliseconds UTC."""
        return self.now_ms - round(hours_ago * 3_600_000)

    def new(self, at_ms: int) -> UUID:
        """An id of that time."""
        return new_id(self.random, at_ms)

    def crew(self, unit: str) -> tuple[str, ...]:
        """Everybody aboard."""
        return tuple(f"{unit}-{n + 1}" for n in range(self.pack.unit(unit).crew))

    def unit(self, category: str, priority: int, number: int) -> PackUnit:
        """One that meets alone what the category needs."""
        needs = {one.capability for one in self.pack.plan_for(category, priority)}
        able = [unit for unit in self.pack.units if needs <= unit.capabilities]
        return able[number % len(able)]

    def place(self, org: str) -> Place:
        """A public place that the station looks after; the middle of its zone, if there is none."""
        zones = [one for one in self.pack.zones if one.org == org]
        own = {one.id for one in zones}
        near = [one for one in self.pack.places if self.pack.zone_at(one.lon, one.lat) in own]
        if not near:
            lon, lat = zones[0].centre
            return Place(lon, lat, both(zones[0].name), "point")
        one = near[self.random.integers(len(near))]
        return Place(one.lon, one.lat, both(one.name), "place")

"""A city pack in memory: everything one place brings along. Frozen; nothing here reads files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack.roads import RoadNetwork
from dutyroom.citypack.vocabulary import Plan, Prompt, Vocabulary
from dutyroom.citypack.zones import Zone, ZoneIndex
from dutyroom.clocks.loop import NO_LOOP, Loop, Reason
from dutyroom.core.text import Text
from dutyroom.domain.agreements import Agreement
from dutyroom.domain.desks import Desk
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.values import Need


@dataclass(frozen=True, slots=True)
class RoadTravel:
    """Travel over the road network: driving times x siren factor x factor of the local hour."""

    siren_factor: float
    hour_factors: tuple[float, ...]
    source: str = ""
    kind: Literal["roads"] = "roads"


@dataclass(frozen=True, slots=True, eq=False)
class MatrixTravel:
    """Seconds from zone to zone: ``seconds[from, to]``, in the order of ``zones``."""

    zones: tuple[str, ...]
    seconds: NDArray[np.float64]
    source: str = ""
    kind: Literal["matrix"] = "matrix"


@dataclass(frozen=True, slots=True)
class DistanceTravel:
    """``start_s`` + straight line x ``detour_factor`` / ``speed_kmh``."""

    detour_factor: float
    speed_kmh: float
    start_s: float
    source: str = ""
    kind: Literal["distance"] = "distance"


TravelSpec = RoadTravel | MatrixTravel | DistanceTravel


type OrgLevel = Literal["province", "city", "county", "station", "desk", "partner"]


@dataclass(frozen=True, slots=True)
class Org:
    """An organisation; ``parent`` is "" for the topmost one, ``path`` as in `domain.orgs`.
    ``teams``: those of its teams that work can be given to."""

    id: str
    parent: str
    level: OrgLevel
    text: Text
    path: str
    teams: tuple[Team, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """Where units are based; ``org`` is the path of whose they are."""

    id: str
    name: Text
    lon: float
    lat: float
    org: str


@dataclass(frozen=True, slots=True)
class PackUnit:
    """A unit as the pack lists it; ``lon`` and ``lat`` are those of its station.

    ``call_sign`` is what it is called in each language; None: its id in both.
    """

    id: str
    kind: str
    station: str
    capabilities: frozenset[str]
    crew: int
    lon: float
    lat: float
    call_sign: Text | None = None


@dataclass(frozen=True, slots=True)
class Street:
    """A named street; the road network's arcs refer to its place in the list."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Place:
    """A public place: a school, a hospital, a square, a bridge."""

    id: str
    name: Text
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Clocks:
    """Promised times in seconds; the mappings go by priority level or by assignment state."""

    answer_s: float
    call_back_s: float
    dispatch_s: Mapping[int, float]
    en_route_s: float
    on_scene_s: Mapping[int, float]
    silence_s: Mapping[str, float]
    amber_share: float
    stale_position_s: float


@dataclass(frozen=True, eq=False)
class CityPack:
    """One place: zones, organisations, stations, units, vocabulary, plans, clocks, streets,
    places, roads, drawing, loop, specialist desks, agreements with partners and why these may
    refuse. ``orgs``: each after its parent, so the topmost one first."""

    name: str
    title: Text
    version: str
    timezone: str
    centre: tuple[float, float]
    travel: TravelSpec
    zones: tuple[Zone, ...]
    orgs: tuple[Org, ...]
    stations: tuple[Station, ...]
    units: tuple[PackUnit, ...]
    vocabulary: Vocabulary
    prompts: Mapping[str, tuple[Prompt, ...]]
    plans: tuple[Plan, ...]
    clocks: Clocks
    streets: tuple[Street, ...]
    places: tuple[Place, ...]
    roads: RoadNetwork | None
    basemap: dict[str, Any] | None
    hash: str
    folder: Path
    loop: Loop = NO_LOOP
    desks: tuple[Desk, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    referral_reasons: tuple[Reason, ...] = ()

    def plan_for(self, category: str, priority: int) -> tuple[Need, ...]:
        """What an incident needs; KeyError for a category without a plan."""
        exact = self._plans.get((category, priority))
        return exact if exact is not None else self._plans[category, None]

    def zone_at(self, lon: float, lat: float) -> str:
        """The id of the zone at a point; outside every polygon, the nearest zone."""
        return self._zone_index.zone_at(lon, lat)

    def zone(self, id: str) -> Zone:
        """The zone of an id; KeyError if the pack has none."""
        return self._zones[id]

    def unit(self, id: str) -> PackUnit:
        """The unit of an id; KeyError if the pack has none."""
        return self._units[id]

    def org_of(self, unit: str) -> str:
        """The path of a unit's organisation, that of its station; KeyError if the pack has none."""
        return self.station(self.unit(unit).station).org

    def org_of_zone(self, zone: str) -> str:
        """The path of the organisation that looks after a zone; that of the whole room for a zone
        that the pack no longer has."""
        known = self._zones.get(zone)
        return known.org if known else ""

    def station(self, id: str) -> Station:
        """The station of an id; KeyError if the pack has none."""
        return self._stations[id]

    @cached_property
    def unit_ids(self) -> frozenset[str]:
        """The ids of all units."""
        return frozenset(self._units)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all zones, in degrees."""
        return self._zone_index.bounds

    @cached_property
    def _zone_index(self) -> ZoneIndex:
        return ZoneIndex(self.zones)

    @cached_property
    def _zones(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def _units(self) -> dict[str, PackUnit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _stations(self) -> dict[str, Station]:
        return {station.id: station for station in self.stations}

    @cached_property
    def _plans(self) -> dict[tuple[str, int | None], tuple[Need, ...]]:
        return {(plan.category, plan.priority): plan.needs for plan in self.plans}

"""What a city pack brings to a scenario: points, ways, units, and plausible calls."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack.model import CityPack, DistanceTravel, MatrixTravel, RoadTravel, Station
from dutyroom.core.text import Text
from dutyroom.dispatch.plain_travel import ByDistance
from dutyroom.dispatch.travel import origins_of
from dutyroom.rehearsal.scenario.model import CallKind, Duration, Geography, ScenarioUnit
from dutyroom.rehearsal.scenario.read_parts import metres
from dutyroom.rehearsal.scenario.routes import MOST_POINTS, chosen_nodes, ways_between

CALLS_PER_H_AND_UNIT: Final = 0.4
"""Where a scenario doesn't say how many calls there are: a busy, but not an overloaded, room."""
PRIORITY_SHARES: Final = (0.15, 0.3, 0.35, 0.2)
ON_SCENE: Final = Duration(25 * 60.0, 0.8)
TURNOUT: Final = Duration(60.0, 0.5)
HANDOVER: Final = Duration(20 * 60.0, 0.5)
BY_HOUR: Final = (
    0.7, 0.6, 0.5, 0.4, 0.4, 0.5, 0.7, 0.9, 1.1, 1.1, 1.1, 1.2,
    1.2, 1.2, 1.2, 1.2, 1.3, 1.3, 1.4, 1.4, 1.3, 1.2, 1.0, 0.9,
)  # fmt: skip
"""The usual shape of a day, quiet before dawn and busiest in the evening: our own assumption, for
scenarios that bring no figures of their own."""


@lru_cache(maxsize=4)
def pack_geography(
    pack: CityPack, closed_streets: frozenset[str] = frozenset(), most_points: int = MOST_POINTS
) -> tuple[Geography, Mapping[str, int]]:
    """The pack's points and ways, and the point of each station. The same pack gives the same
    object, so that what is made from it is made once."""
    match pack.travel:
        case RoadTravel() as spec:
            return _over_roads(pack, spec, closed_streets, most_points)
        case MatrixTravel() as spec:
            centres = [pack.zone(zone).centre for zone in spec.zones]
            travel: NDArray[np.float64] = np.where(np.isnan(spec.seconds), np.inf, spec.seconds)
            geography = _geography(spec.zones, centres, spec.zones, travel, spec.source)
            row = {zone: at for at, zone in enumerate(spec.zones)}
            return geography, {s.id: row[pack.zone_at(s.lon, s.lat)] for s in pack.stations}
        case DistanceTravel() as spec:
            return _by_distance(pack, spec)


def point_of(station: Station, pack: CityPack) -> str:
    """The id of the point where a station of the pack is, without making the geography."""
    match pack.travel:
        case RoadTravel():
            assert pack.roads is not None
            return _node_id(pack.roads.nearest_node(station.lon, station.lat))
        case MatrixTravel():
            return pack.zone_at(station.lon, station.lat)
        case DistanceTravel():
            return station.id


def _node_id(node: int) -> str:
    return f"n{node}"


def _over_roads(
    pack: CityPack, spec: RoadTravel, closed_streets: frozenset[str], most_points: int
) -> tuple[Geography, dict[str, int]]:
    roads = pack.roads
    assert roads is not None
    station_node = {s.id: roads.nearest_node(s.lon, s.lat) for s in pack.stations}
    nodes = chosen_nodes(roads, list(station_node.values()), most_points)
    closed = None
    if closed_streets:
        ids = [street.id for street in pack.streets]
        numbers = [ids.index(street) for street in closed_streets]
        closed = np.isin(roads.arc_street, numbers)
    travel, next_point = ways_between(roads, nodes, closed)
    if closed is not None:
        stations = np.searchsorted(nodes, sorted(set(station_node.values())))
        nodes, travel, next_point = _reachable(nodes, travel, next_point, stations)
    lon, lat = roads.node_lon[nodes], roads.node_lat[nodes]
    x_m, y_m = metres(lon, lat)
    zones = tuple(pack.zone_at(float(a), float(b)) for a, b in zip(lon, lat, strict=True))
    factors = np.array([spec.siren_factor * factor for factor in spec.hour_factors])
    geography = Geography(
        tuple(map(_node_id, nodes.tolist())), x_m, y_m, lon, lat, zones, travel,
        hour_factor=factors, next_point=next_point, source=spec.source,
    )  # fmt: skip
    point = {int(node): at for at, node in enumerate(nodes)}
    return geography, {key: point[node] for key, node in station_node.items()}


def _reachable(
    nodes: NDArray[np.int64],
    travel: NDArray[np.float64],
    next_point: NDArray[np.uint16],
    stations: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.uint16]]:
    """Without the points that a closed street cuts off: they lie on it, and nothing else does."""
    keep = np.isfinite(travel[stations]).any(axis=0) & np.isfinite(travel[:, stations]).any(axis=1)
    keep[stations] = True
    number = np.cumsum(keep) - 1
    kept = np.ix_(keep, keep)
    return nodes[keep], travel[kept], number[next_point[kept]].astype(np.uint16)


def _by_distance(pack: CityPack, spec: DistanceTravel) -> tuple[Geography, dict[str, int]]:
    """Points are the stations, the public places and the middles of the zones."""
    named: dict[str, tuple[float, float]] = {s.id: (s.lon, s.lat) for s in pack.stations}
    for zone in pack.zones:
        named.setdefault(f"zone-{zone.id}", zone.centre)
    for place in pack.places:
        named.setdefault(f"place-{place.id}", (place.lon, place.lat))
    ids, points = tuple(named), list(named.values())
    travel = distance_matrix(spec, points)
    zones = tuple(pack.zone_at(lon, lat) for lon, lat in points)
    geography = _geography(ids, points, zones, travel, spec.source)
    return geography, {s.id: at for at, s in enumerate(pack.stations)}


def distance_matrix(spec: DistanceTravel, points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """Seconds[from, to] as the live room calculates them."""
    travel = ByDistance(spec.detour_factor, spec.speed_kmh, spec.start_s)
    origins = origins_of(travel, points)
    return np.array([travel.seconds_to(point, origins, 0) for point in points]).T


def _geography(
    ids: tuple[str, ...],
    points: list[tuple[float, float]],
    zones: tuple[str, ...],
    travel: NDArray[np.float64],
    source: str,
) -> Geography:
    lon, lat = np.array(points, np.float64).T
    x_m, y_m = metres(lon, lat)
    return Geography(ids, x_m, y_m, lon, lat, zones, travel, source=source)


def pack_units(pack: CityPack, station_point: Mapping[str, int]) -> tuple[ScenarioUnit, ...]:
    """The pack's units, always on duty; the agency is the kind of unit."""
    return tuple(
        ScenarioUnit(u.id, station_point[u.station], u.capabilities, u.kind, u.station)
        for u in pack.units
    )


def pack_kinds(pack: CityPack, geography: Geography, per_h: float | None) -> tuple[CallKind, ...]:
    """Calls of the pack's categories: shares by priority, within it by the category's own share,
    and an equal weight for each zone. A category without a share has no calls."""
    total = per_h if per_h is not None else CALLS_PER_H_AND_UNIT * len(pack.units)
    live = [c for c in pack.vocabulary.categories if not c.retired and c.share > 0]
    weights: dict[str, float] = {}
    for category in live:
        level = min(category.priority, len(PRIORITY_SHARES))
        same = sum(c.share for c in live if min(c.priority, len(PRIORITY_SHARES)) == level)
        weights[category.code] = PRIORITY_SHARES[level - 1] * category.share / same
    whole = sum(weights.values())
    in_zone: dict[str, int] = {}
    for zone in geography.zone:
        in_zone[zone] = in_zone.get(zone, 0) + 1
    point_weight = tuple(1.0 / in_zone[zone] for zone in geography.zone)
    return tuple(
        CallKind(
            category=c.code,
            per_h=total * weights[c.code] / whole,
            priority=c.priority,
            needs=pack.plan_for(c.code, c.priority),
            on_scene=ON_SCENE,
            turnout=TURNOUT,
            by_hour=BY_HOUR,
            point_weight=point_weight,
        )
        for c in live
    )


def pack_names(pack: CityPack) -> dict[str, dict[str, Text]]:
    """What people call the areas, stations and agencies (kinds of unit)."""
    return {
        "area": {zone.id: zone.name for zone in pack.zones},
        "station": {station.id: station.name for station in pack.stations},
        "agency": {kind.code: kind.text for kind in pack.vocabulary.kinds},
    }


def call_signs(pack: CityPack) -> dict[str, Text]:
    """What people call the units that have a call sign."""
    return {unit.id: unit.call_sign for unit in pack.units if unit.call_sign}


def pack_targets(pack: CityPack) -> dict[int, float]:
    """The promised response by priority: until dispatched, plus until on scene."""
    clocks: Any = pack.clocks
    return {level: float(s) for level, s in clocks.on_scene_s.items()}

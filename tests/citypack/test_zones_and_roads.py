"""Zones and nodes at a point agree with the slow and simple way of finding them."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.citypack import CityPack, RoadNetwork, Text, Zone
from dutyroom.citypack.roads import biggest_connected_part
from dutyroom.citypack.zones import ZoneIndex

unit = st.floats(0, 1, exclude_max=True)
wide = st.floats(-0.5, 1.5)


def zone(id: str, west: float, south: float, east: float, north: float) -> Zone:
    ring = np.array(
        [[west, south], [east, south], [east, north], [west, north], [west, south]], dtype=float
    )
    return Zone(id, Text(id, id), ((ring,),))


def rays_cross(ring: np.ndarray, lon: float, lat: float) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


@given(x=unit, y=unit)
def test_a_point_in_the_city_is_in_the_zone_whose_polygon_holds_it(
    demo: CityPack, x: float, y: float
) -> None:
    west, south, east, north = demo.bounds
    lon, lat = west + x * (east - west), south + y * (north - south)
    holding = [
        zone.id
        for zone in demo.zones
        if sum(rays_cross(ring, lon, lat) for polygon in zone.polygons for ring in polygon) % 2
    ]
    assert len(holding) <= 1
    found = demo.zone_at(lon, lat)
    assert found == holding[0] if holding else found in {zone.id for zone in demo.zones}


def test_outside_every_polygon_the_nearest_zone_is_taken() -> None:
    index = ZoneIndex((zone("west", 0, 0, 1, 1), zone("east", 3, 0, 4, 1)))
    assert index.zone_at(1.9, 0.5) == "west"
    assert index.zone_at(2.1, 0.5) == "east"
    assert index.zone_at(-170, -80) == "west"


def test_a_hole_is_not_part_of_its_zone() -> None:
    outer, inner = zone("ring", 0, 0, 10, 10), zone("hole", 4, 4, 6, 6)
    with_hole = Zone("ring", Text("Ring", "环"), ((outer.polygons[0][0], inner.polygons[0][0]),))
    index = ZoneIndex((with_hole, inner))
    assert index.zone_at(5, 5) == "hole"
    assert index.zone_at(3, 5) == "ring"


@given(x=wide, y=wide)
def test_the_nearest_node_is_the_nearest(demo: CityPack, x: float, y: float) -> None:
    roads = demo.roads
    assert roads is not None
    west, south, east, north = demo.bounds
    lon, lat = west + x * (east - west), south + y * (north - south)
    scale = np.cos(np.radians(roads.node_lat.mean()))
    squares = ((roads.node_lon - lon) * scale) ** 2 + (roads.node_lat - lat) ** 2
    found = roads.nearest_node(lon, lat)
    assert np.isclose(squares[found], squares.min(), rtol=1e-9)


@given(st.lists(st.tuples(unit, unit), min_size=1, max_size=30), wide, wide)
def test_the_nearest_node_is_found_in_any_cloud(
    cloud: list[tuple[float, float]], x: float, y: float
) -> None:
    lon, lat = (np.array(values) for values in zip(*cloud, strict=True))
    none = np.empty(0, dtype=np.int32)
    empty = np.empty(0)
    roads = RoadNetwork(lon, lat, none, none, empty, empty, none.astype(np.int8), none)
    scale = np.cos(np.radians(lat.mean()))
    squares = ((lon - x) * scale) ** 2 + (lat - y) ** 2
    assert np.isclose(squares[roads.nearest_node(x, y)], squares.min(), rtol=1e-9)


@given(st.integers(1, 12), st.data())
def test_the_biggest_connected_part_is_the_biggest(count: int, data: st.DataObject) -> None:
    node = st.integers(0, count - 1)
    arcs = data.draw(st.lists(st.tuples(node, node), max_size=30))
    reach = np.eye(count, dtype=bool)
    for _ in range(count):
        for a, b in arcs:
            reach[a] |= reach[b]
    parts = [reach[n] & reach[:, n] for n in range(count)]
    tails = np.array([a for a, _ in arcs], dtype=np.int32)
    heads = np.array([b for _, b in arcs], dtype=np.int32)
    found = biggest_connected_part(count, tails, heads)
    assert found.sum() == max(part.sum() for part in parts)
    assert any((found == part).all() for part in parts)


def test_crossings_are_nodes_of_two_or_more_streets(demo: CityPack) -> None:
    roads = demo.roads
    assert roads is not None
    node, streets = next(iter(roads.crossings.items()))
    assert len(streets) >= 2
    for street in streets:
        assert node in roads.nodes_of_street(street)

"""The demo city keeps its promises for any seed and size."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from tests.harness.examples import examples

from dutyroom.citypack import CityPack, generate_city, read_pack
from dutyroom.citypack.roads import ROAD_CLASSES
from dutyroom.domain.orgs import within


@settings(max_examples=examples(6))
@given(nodes=st.integers(800, 2000), units=st.integers(20, 90), seed=st.integers(0, 2**31))
def test_any_city_is_a_sound_pack(
    tmp_path_factory: pytest.TempPathFactory, nodes: int, units: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    generate_city(folder, nodes=nodes, units=units, seed=seed)
    pack = read_pack(folder)
    assert len(pack.units) == units
    assert pack.roads is not None
    assert abs(len(pack.roads.node_lon) - nodes) < 0.05 * nodes
    assert is_strongly_connected(pack)
    assert len(pack.zones) >= 8
    names = [*pack.zones, *pack.stations, *pack.streets, *pack.places]
    assert all(named.name.en.isascii() and not named.name.zh.isascii() for named in names)
    assert len({street.name.zh for street in pack.streets}) == len(pack.streets)
    assert not on_the_wrong_side(pack)
    assert_is_organised(pack)
    homes = {pack.zone_at(lon, lat) for lon, lat in node_positions(pack)}
    assert homes == {zone.id for zone in pack.zones}


def assert_is_organised(pack: CityPack) -> None:
    """A city, several districts with several stations each, partners; every station in its own."""
    levels = {one.path: one.level for one in pack.orgs}
    assert next(iter(levels)) == pack.name
    districts = [path for path, level in levels.items() if level == "county"]
    assert len(districts) >= 2
    for district in districts:
        assert sum(within(path, district) for path in levels) >= 3, district
    assert list(levels.values()).count("city") == 1
    assert {one.partner for one in pack.agreements} == {
        path for path, level in levels.items() if level == "partner"
    }
    for station in pack.stations:
        assert station.org.endswith(f"/{station.id}")
        assert levels[station.org] == "station"
    for zone in pack.zones:
        here = {one.org for one in pack.stations if pack.zone_at(one.lon, one.lat) == zone.id}
        assert zone.org in here, "a police station of its own"


def is_strongly_connected(pack: CityPack) -> bool:
    """By another road than the pack's own check: scipy's components."""
    roads = pack.roads
    assert roads is not None
    count = len(roads.node_lon)
    ones = np.ones(len(roads.arc_from))
    graph = coo_array((ones, (roads.arc_from, roads.arc_to)), shape=(count, count)).tocsr()
    parts, _ = connected_components(graph, directed=True, connection="strong")
    return bool(parts == 1)


def node_positions(pack: CityPack) -> list[tuple[float, float]]:
    assert pack.roads is not None
    return list(zip(pack.roads.node_lon.tolist(), pack.roads.node_lat.tolist(), strict=True))


SIDES = {"东": (1, 0), "西": (-1, 0), "北": (0, 1), "南": (0, -1)}


def on_the_wrong_side(pack: CityPack) -> list[str]:
    """Roads such as Nanjing East Road that don't lie to that side of Nanjing Road."""
    middles = street_middles(pack)
    wrong = []
    for name, (lon, lat) in middles.items():
        whole = f"{name[:-2]}路"
        if name[-1] == "路" and name[-2] in SIDES and whole in middles:
            east, north = SIDES[name[-2]]
            at_lon, at_lat = middles[whole]
            if (lon - at_lon) * east + (lat - at_lat) * north <= 0:
                wrong.append(name)
    return wrong


def street_middles(pack: CityPack) -> dict[str, tuple[float, float]]:
    """The middle of each street by its Chinese name, weighted by length."""
    roads = pack.roads
    assert roads is not None
    named = roads.arc_street >= 0
    number, metres = roads.arc_street[named], roads.arc_length_m[named]
    sums = [
        np.bincount(number, metres * (at[roads.arc_from] + at[roads.arc_to])[named] / 2)
        / np.bincount(number, metres)
        for at in (roads.node_lon, roads.node_lat)
    ]
    return {
        street.name.zh: (lon, lat)
        for street, lon, lat in zip(pack.streets, *map(np.ndarray.tolist, sums), strict=True)
    }


def test_roads_are_called_after_the_side_on_which_they_lie(demo: CityPack) -> None:
    sided = [s for s in demo.streets if re.search(r"(East|West|North|South) Road$", s.name.en)]
    assert len(sided) > 40
    assert on_the_wrong_side(demo) == []


def test_a_street_with_two_bridges_has_the_west_one_in_the_west(demo: CityPack) -> None:
    at = {place.name.zh: place.lon for place in demo.places if place.kind == "bridge"}
    west = [name for name in at if "西大桥" in name]
    assert len(west) == 3
    assert all(at[name] < at[name.replace("西大桥", "东大桥")] for name in west)


def test_places_have_names_that_a_city_would_give(demo: CityPack) -> None:
    names = {place.name.zh: place for place in demo.places}
    # Nobody says "Nanjing East Market": the road is named whole, or not by its side.
    cut = [
        name
        for name in names
        for street in demo.streets
        if re.search(r"(East|West|North|South) Road$", street.name.en)
        and name.startswith(street.name.zh[:-1])
        and not name.startswith(street.name.zh)
    ]
    assert cut == []
    assert names["鼓楼"].name.en == "Drum Tower"
    assert not [name for name in names if name.endswith("岛公园")]
    assert len(names) == len(demo.places)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate_city(tmp_path / name, nodes=800, units=25, seed=7)
    generate_city(tmp_path / "c", nodes=800, units=25, seed=8)
    files = {
        name: {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.*")
        }
        for name in ("a", "b", "c")
    }
    assert files["a"] == files["b"] != files["c"]


def test_the_demo_city_is_what_the_readme_says(demo: CityPack) -> None:
    assert (demo.title.en, demo.title.zh) == ("Lanchuan", "澜川市")
    assert len(demo.units) == 60
    assert 8 <= len(demo.zones) <= 14
    assert len(demo.streets) > 200
    assert len(demo.places) > 200
    assert {unit.kind for unit in demo.units} == {kind.code for kind in demo.vocabulary.kinds}
    assert len(demo.vocabulary.priorities) == 4
    assert len(demo.prompts) == 18
    assert len([place for place in demo.places if place.kind == "bridge"]) >= 4


def test_the_demo_city_has_every_class_of_road_and_some_one_way_streets(demo: CityPack) -> None:
    roads = demo.roads
    assert roads is not None
    assert set(roads.arc_class.tolist()) == set(range(len(ROAD_CLASSES)))
    arcs = set(zip(roads.arc_from.tolist(), roads.arc_to.tolist(), strict=True))
    assert len(arcs) == len(roads.arc_from)
    assert 50 < sum((b, a) not in arcs for a, b in arcs) < 0.1 * len(arcs)


def test_no_arc_is_shorter_than_the_straight_line(demo: CityPack) -> None:
    roads = demo.roads
    assert roads is not None
    dx = (roads.node_lon[roads.arc_from] - roads.node_lon[roads.arc_to]) * np.cos(np.radians(30.86))
    dy = roads.node_lat[roads.arc_from] - roads.node_lat[roads.arc_to]
    straight_m = np.hypot(dx, dy) * 111_195
    assert (roads.arc_length_m > straight_m - 0.6).all()


def test_districts_tile_the_city(demo: CityPack) -> None:
    """Every border between two districts is drawn by both, in opposite directions."""
    edges = [
        (tuple(a), tuple(b))
        for zone in demo.zones
        for polygon in zone.polygons
        for ring in polygon
        for a, b in itertools.pairwise(ring.tolist())
    ]
    assert len(set(edges)) == len(edges)
    shared = [edge for edge in edges if edge[::-1] in set(edges)]
    assert len(shared) > 0.5 * len(edges)


@pytest.mark.parametrize(("nodes", "units"), [(100, 60), (3000, 5)])
def test_a_city_too_small_for_its_plans_is_refused(tmp_path: Path, nodes: int, units: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        generate_city(tmp_path, nodes=nodes, units=units)
    assert not list(tmp_path.iterdir())

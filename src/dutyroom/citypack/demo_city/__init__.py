"""The demo city Lanchuan: made by rules from a seed, the same bytes for the same arguments."""

import itertools
from math import cos, radians
from pathlib import Path
from random import Random
from typing import Any

from dutyroom.citypack.demo_city.fleet import fleet
from dutyroom.citypack.demo_city.ground import lay_out
from dutyroom.citypack.demo_city.growth import GrownCity, grow
from dutyroom.citypack.demo_city.mesh import Mesh, Point
from dutyroom.citypack.demo_city.network import SPEEDS_KMH, Network, length_m, make_network
from dutyroom.citypack.demo_city.organisations import CITY, looks_after, organisations
from dutyroom.citypack.demo_city.outlines import district_rings, drawing
from dutyroom.citypack.demo_city.sites import Site, bases, district_names, public_places
from dutyroom.citypack.read_orgs import COLUMNS as ORG_COLUMNS
from dutyroom.citypack.roads import METRES_PER_DEGREE, ROAD_CLASSES
from dutyroom.citypack.write import area_feature, write_features, write_json, write_table
from dutyroom.core.text import Text

FEWEST_NODES = 800
CENTRE = (118.72, 30.86)
_WORDS = (
    "agreements.json",
    "clocks.json",
    "desks.json",
    "holidays.csv",
    "loop.json",
    "plans.json",
    "prompts.json",
    "vocabulary.json",
)
_HOUR_FACTORS = (
    0.84, 0.82, 0.80, 0.80, 0.82, 0.88, 1.00, 1.22, 1.35, 1.20, 1.08, 1.08,
    1.10, 1.05, 1.05, 1.10, 1.20, 1.38, 1.40, 1.22, 1.08, 1.00, 0.94, 0.88,
)  # fmt: skip


def generate_city(folder: Path, *, nodes: int = 3000, units: int = 60, seed: int = 1) -> None:
    """Write a city pack with about ``nodes`` road nodes and exactly ``units`` units.

    The city keeps its density: its area grows with the nodes. Raises ValueError below 800 nodes
    or 20 units, with which the city would have no districts or couldn't meet its own plans.
    """
    if nodes < FEWEST_NODES:
        raise ValueError(f"a demo city needs at least {FEWEST_NODES} nodes")
    ground = lay_out(nodes, _stream(seed, "ground"))
    city = grow(ground, nodes, _stream(seed, "streets"))
    network = make_network(city, ground.radius_m, _stream(seed, "names"))
    places = public_places(city, network, ground.radius_m, _stream(seed, "places"))
    names = district_names(city)
    stations = bases(city, network, names, places)
    fleet_rows = fleet(units, stations)
    _write_words(folder, nodes, units, seed)
    _write_districts(folder, city, names, stations)
    _write_roads(folder, city.mesh, network)
    _write_sites(folder, stations, places)
    write_table(folder / "org.csv", ORG_COLUMNS, organisations(city, names, stations))
    columns = ("id", "kind", "station", "capabilities", "crew", "name_en", "name_zh")
    write_table(folder / "units.csv", columns, fleet_rows)
    write_features(
        folder / "basemap.geojson",
        (
            area_feature({"kind": kind}, [[_round(ring)]])
            for kind, ring in drawing(city.mesh, ground)
        ),
    )


def _stream(seed: int, purpose: str) -> Random:
    """One stream of random numbers per purpose, so that a change to one leaves the others alone."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 - a city is no secret


def _lon_lat(x: float, y: float) -> Point:
    scale = METRES_PER_DEGREE * cos(radians(CENTRE[1]))
    return round(CENTRE[0] + x / scale, 6), round(CENTRE[1] + y / METRES_PER_DEGREE, 6)


def _round(ring: list[Point]) -> list[Point]:
    return [_lon_lat(x, y) for x, y in ring]


def _write_words(folder: Path, nodes: int, units: int, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in _WORDS:
        (folder / name).write_bytes((Path(__file__).parent / "words" / name).read_bytes())
    city: dict[str, Any] = {
        "name": CITY,
        "title": {"en": "Lanchuan", "zh": "澜川市"},
        "version": f"1-{nodes}-{units}-{seed}",
        "timezone": "Asia/Shanghai",
        "centre": CENTRE,
        "travel": "roads",
    }
    write_json(folder / "city.json", city)
    write_json(
        folder / "travel.json",
        {
            "siren_factor": 0.8,
            "hour_factors": _HOUR_FACTORS,
            "source": "Made up for the demo city: two rush hours, quiet nights",
        },
    )


def _write_districts(
    folder: Path, city: GrownCity, names: dict[int, Text], stations: dict[str, Site]
) -> None:
    looked_after = looks_after(city, names, stations)
    features = []
    for zone, rings in district_rings(city.mesh).items():
        name = names[zone]
        properties = {
            "id": name.en.lower(),
            "name_en": name.en,
            "name_zh": f"{name.zh}街道",
            "org": looked_after[zone],
        }
        outer = [ring for ring in rings if _signed(ring) > 0]
        holes = [ring for ring in rings if _signed(ring) <= 0]
        # A hole goes to the biggest part: parts that are cut off are never big enough for one.
        outer.sort(key=_signed, reverse=True)
        polygons = [[_round(ring)] for ring in outer]
        polygons[0] += [_round(ring) for ring in holes]
        features.append(area_feature(properties, polygons))
    write_features(folder / "zones.geojson", features)


def _signed(ring: list[Point]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))


def _write_roads(folder: Path, mesh: Mesh, network: Network) -> None:
    place = {vertex: number for number, vertex in enumerate(network.nodes)}
    nodes = (_lon_lat(mesh.xs[v], mesh.ys[v]) for v in network.nodes)
    write_table(folder / "roads" / "nodes.csv", ("lon", "lat"), nodes)
    streets: list[tuple[str, str, str]] = []
    arcs = []
    for number, street in enumerate(network.streets):
        street_id = ""
        if street.name is not None:
            street_id = f"S{len(streets) + 1:04d}"
            streets.append((street_id, street.name.en, street.name.zh))
        for a, b in street.edges:
            road_class = network.classes[min(a, b), max(a, b)]
            metres = max(round(length_m(mesh, a, b), 1), 1.0)
            rest = (metres, SPEEDS_KMH[road_class], ROAD_CLASSES[road_class], street_id)
            arcs.append((place[a], place[b], *rest))
            if number not in network.one_way:
                arcs.append((place[b], place[a], *rest))
    arcs.sort()
    columns = ("from", "to", "length_m", "speed_kmh", "class", "street")
    write_table(folder / "roads" / "arcs.csv", columns, arcs)
    write_table(folder / "streets.csv", ("id", "name_en", "name_zh"), streets)


def _write_sites(folder: Path, stations: dict[str, Site], places: list[Site]) -> None:
    write_table(
        folder / "stations.csv",
        ("id", "name_en", "name_zh", "lon", "lat", "org"),
        ((key, s.name.en, s.name.zh, *_lon_lat(s.x, s.y), key) for key, s in stations.items()),
    )
    write_table(
        folder / "places.csv",
        ("id", "name_en", "name_zh", "kind", "lon", "lat"),
        (
            (f"L{number:04d}", p.name.en, p.name.zh, p.kind, *_lon_lat(p.x, p.y))
            for number, p in enumerate(places, 1)
        ),
    )

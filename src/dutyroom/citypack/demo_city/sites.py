"""What stands in the city: public places, and the stations that units start from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from random import Random

import numpy as np

from dutyroom.citypack.demo_city.growth import BRIDGE, SIDE, GrownCity
from dutyroom.citypack.demo_city.mesh import Mesh, Point
from dutyroom.citypack.demo_city.names import DISTRICTS, joined, pairs
from dutyroom.citypack.demo_city.network import Network, StreetLine
from dutyroom.core.text import Text

_BESIDE_STREET_M = 32.0
_BY_STREET = (
    ("school", "Primary School", "小学", 34),
    ("school", "Middle School", "中学", 20),
    ("market", "Market", "农贸市场", 22),
    ("metro", "Metro Station", "地铁站", 40),
    ("mall", "Shopping Centre", "购物中心", 12),
    ("square", "Square", "广场", 10),
    ("clinic", "Clinic", "社区卫生服务中心", 16),
    ("community", "Community Centre", "社区服务中心", 16),
    ("hotel", "Hotel", "宾馆", 14),
    ("fuel", "Service Station", "加油站", 12),
    ("estate", "Gardens", "小区", 40),
)
_ONE_OF_A_KIND = (
    ("square", "People's Square", "人民广场", 0.06, 0.12),
    ("government", "City Hall", "市民中心", 0.20, 0.16),
    ("station", "Lanchuan Railway Station", "澜川站", 0.38, 0.50),
    ("station", "Lanchuan South Railway Station", "澜川南站", -0.20, -0.66),
    ("station", "Long-distance Bus Station", "长途汽车站", 0.30, 0.44),
    ("museum", "Lanchuan Museum", "澜川博物馆", -0.08, 0.10),
    ("library", "City Library", "市图书馆", 0.22, 0.10),
    ("theatre", "Riverside Theatre", "滨江大剧院", 0.05, -0.20),
    ("stadium", "Olympic Sports Centre", "奥体中心", 0.45, -0.38),
    ("university", "Lanchuan University", "澜川大学", -0.55, 0.18),
    ("university", "Institute of Technology", "理工学院", -0.42, -0.52),
    ("market", "Dongmen Night Market", "东门夜市", 0.18, 0.02),
    ("landmark", "Drum Tower", "鼓楼", -0.12, 0.04),
    ("pier", "Passenger Pier", "客运码头", 0.02, -0.04),
    ("exhibition", "Exhibition Centre", "会展中心", 0.50, 0.12),
    ("hospital", "First People's Hospital", "第一人民医院", 0.02, 0.20),
    ("hospital", "Second People's Hospital", "第二人民医院", -0.10, -0.42),
    ("hospital", "Third People's Hospital", "第三人民医院", 0.58, 0.34),
    ("hospital", "Hospital of Chinese Medicine", "中医院", -0.34, 0.10),
    ("hospital", "Children's Hospital", "儿童医院", 0.28, -0.28),
    ("hospital", "Riverside Central Hospital", "滨江中心医院", -0.58, -0.30),
    ("hospital", "University Hospital", "澜川大学附属医院", -0.52, 0.50),
    ("hospital", "East District Hospital", "东区医院", 0.68, -0.22),
)


@dataclass(frozen=True, slots=True)
class Site:
    """A named point in metres; ``zone`` is set for stations."""

    name: Text
    kind: str
    x: float
    y: float
    zone: int = -1


def district_names(city: GrownCity) -> dict[int, Text]:
    """The old town lies north of the centre, Jiangnan south of it; the others follow outwards."""
    middles = district_middles(city)
    order = sorted(middles, key=lambda zone: (hypot(*middles[zone]), zone))
    bank = {face.zone: face.bank for face in city.mesh.faces.values() if face.bank != 0}
    north = next(zone for zone in order if bank[zone] > 0)
    south = next(zone for zone in order if bank[zone] < 0)
    ordered = [north, south, *(zone for zone in order if zone not in (north, south))]
    return {
        zone: Text(pinyin, characters)
        for zone, (pinyin, characters) in zip(ordered, pairs(DISTRICTS), strict=False)
    }


def district_middles(city: GrownCity) -> dict[int, Point]:
    """The middle of the blocks of each district: its busy part, since busy blocks are small."""
    sums: dict[int, list[float]] = {}
    for number in sorted(city.mesh.faces):
        face = city.mesh.faces[number]
        if face.bank != 0 and face.use == "built":
            x, y = city.mesh.centroid(city.mesh.loop(number))
            total = sums.setdefault(face.zone, [0.0, 0.0, 0.0])
            total[0] += 1.0
            total[1] += x
            total[2] += y
    return {zone: (x / count, y / count) for zone, (count, x, y) in sorted(sums.items())}


def public_places(city: GrownCity, network: Network, radius_m: float, random: Random) -> list[Site]:
    """A few hundred places; more in a bigger city."""
    mesh = city.mesh
    share = min(4.0, max(0.3, len(network.nodes) / 3000))
    roadside = _Roadside(mesh, network)
    sites = [
        Site(Text(en, zh), kind, *roadside.near(x * radius_m, y * radius_m))
        for kind, en, zh, x, y in _ONE_OF_A_KIND
    ]
    sites += _bridges(mesh, network)
    sites += _parks(city, round(45 * share), random)
    sites += _by_street(mesh, network, share, random)
    return sites


class _Roadside:
    """Finds the spot just off the road that is nearest to a wanted place."""

    def __init__(self, mesh: Mesh, network: Network) -> None:
        self._mesh = mesh
        self._edges = [edge for edge, road in network.classes.items() if road != BRIDGE]
        ends = np.array(self._edges)
        xs, ys = np.array(mesh.xs), np.array(mesh.ys)
        self._middle_x = xs[ends].mean(axis=1)
        self._middle_y = ys[ends].mean(axis=1)

    def near(self, x: float, y: float) -> Point:
        nearest = np.argmin((self._middle_x - x) ** 2 + (self._middle_y - y) ** 2)
        return _off(self._mesh, *self._edges[int(nearest)], 0.5)


def _off(mesh: Mesh, a: int, b: int, share: float) -> Point:
    dx, dy = mesh.xs[b] - mesh.xs[a], mesh.ys[b] - mesh.ys[a]
    length = hypot(dx, dy) or 1.0
    return (
        mesh.xs[a] + dx * share - dy / length * _BESIDE_STREET_M,
        mesh.ys[a] + dy * share + dx / length * _BESIDE_STREET_M,
    )


def _bridges(mesh: Mesh, network: Network) -> Iterator[Site]:
    for street in network.streets:
        over = [edge for edge in street.edges if network.classes[_key(edge)] == BRIDGE]
        if not over or street.name is None:
            continue
        # Both ends of each edge count, so that a ring's two bridges come apart at the river.
        groups = _runs(over)
        root = _root(street.name)
        for (x, y), (en, zh) in zip(
            *_sides([_between(mesh, group) for group in groups]), strict=True
        ):
            yield Site(Text(f"{root.en} {en}Bridge", f"{root.zh}{zh}大桥"), "bridge", x, y)


def _between(mesh: Mesh, group: list[tuple[int, int]]) -> Point:
    ends = [v for edge in group for v in edge]
    return sum(mesh.xs[v] for v in ends) / len(ends), sum(mesh.ys[v] for v in ends) / len(ends)


def _sides(bridges: list[Point]) -> tuple[list[Point], list[tuple[str, str]]]:
    """The bridges of one street from west to east, and what distinguishes them."""
    found = sorted(bridges)
    if len(found) == 1:
        return found, [("", "")]
    if len(found) == 2:
        return found, [("West ", "西"), ("East ", "东")]
    return found, [(f"No. {n} ", f"{n}号") for n in range(1, len(found) + 1)]


def _key(edge: tuple[int, int]) -> tuple[int, int]:
    return (min(edge), max(edge))


def _runs(edges: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Edges that hang together, each group a bridge."""
    groups: list[list[tuple[int, int]]] = []
    for edge in edges:
        touching = [g for g in groups if {v for e in g for v in e} & set(edge)]
        merged = [edge, *(e for g in touching for e in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def _root(name: Text) -> Text:
    """A street's name without what kind of street it is; that of Nanjing East Road stays whole, as
    nothing is called Nanjing East."""
    if re.search(r" (?:East|West|North|South) Road$", name.en):
        return name
    return Text(name.en.rsplit(" ", 1)[0], re.sub(r"(?:大道|[路街巷里])$", "", name.zh))


def _parks(city: GrownCity, most: int, random: Random) -> list[Site]:
    mesh = city.mesh
    green = [n for n in sorted(mesh.faces) if mesh.faces[n].use in ("park", "lake")]
    green.sort(key=lambda n: (hypot(*mesh.centroid(mesh.loop(n))), n))
    firsts = pairs(
        "翠 Cui|莲 Lian|梅 Mei|兰 Lan|竹 Zhu|松 Song|鹤 He|桂 Gui|枫 Feng|荷 He|桃 Tao|樱 Ying"
    )
    seconds = pairs("园 yuan|山 shan|溪 xi|泉 quan|林 lin|亭 ting|谷 gu|苑 yuan")
    names = [(joined(a[0], b[0]), a[1] + b[1]) for a in firsts for b in seconds]
    random.shuffle(names)
    lakes = iter(
        pairs("镜湖 Jinghu|月湖 Yuehu|莲湖 Lianhu|东湖 Donghu|鉴湖 Jianhu|天鹅湖 Tian'ehu")
    )
    others = iter(names)
    sites = []
    for number in green[:most]:
        pinyin, zh = next(lakes if mesh.faces[number].use == "lake" else others, ("", ""))
        if zh:
            site = Site(
                Text(f"{pinyin} Park", f"{zh}公园"), "park", *mesh.centroid(mesh.loop(number))
            )
            sites.append(site)
    return sites


def _by_street(mesh: Mesh, network: Network, share: float, random: Random) -> Iterator[Site]:
    named = [s for s in network.streets if s.name is not None and s.length_m > 300]
    for kind, en, zh, count in _BY_STREET:
        big = [s for s in named if s.road_class != SIDE] if kind != "estate" else named
        for street in random.sample(big, min(round(count * share), len(big))):
            yield _on_street(mesh, network, street, kind, (en, zh), random)


def _on_street(
    mesh: Mesh,
    network: Network,
    street: StreetLine,
    kind: str,
    what: tuple[str, str],
    random: Random,
) -> Site:
    edges = [e for e in street.edges if network.classes[_key(e)] != BRIDGE]
    # Towards the core, where more happens: the best of three random spots.
    picks = [edges[random.randrange(len(edges))] for _ in range(3)]
    a, b = min(picks, key=lambda e: hypot(mesh.xs[e[0]], mesh.ys[e[0]]))
    x, y = _off(mesh, a, b, random.uniform(0.25, 0.75))
    assert street.name is not None
    # A square or an estate has a name of its own; a market is that of its street.
    base = _root(street.name) if kind in ("square", "estate", "mall") else street.name
    return Site(Text(f"{base.en} {what[0]}", f"{base.zh}{what[1]}"), kind, x, y)


def bases(
    city: GrownCity, network: Network, names: dict[int, Text], places: list[Site]
) -> dict[str, Site]:
    """Stations by id: police in every district, fire in every other one."""
    roadside = _Roadside(city.mesh, network)
    middles = district_middles(city)
    found = {}
    for number, zone in enumerate(names, 1):
        x, y = roadside.near(*middles[zone])
        name = Text(f"{names[zone].en} Police Station", f"{names[zone].zh}派出所")
        found[f"PS{number:02d}"] = Site(name, "police", x, y, zone)
    for number, zone in enumerate(list(names)[::2], 1):
        x, y = roadside.near(middles[zone][0] * 1.12 + 260, middles[zone][1] * 1.12 - 190)
        name = Text(f"{names[zone].en} Fire Station", f"{names[zone].zh}消防救援站")
        found[f"FS{number:02d}"] = Site(name, "fire", x, y, zone)
    for number, hospital in enumerate((p for p in places if p.kind == "hospital"), 1):
        name = Text(f"{hospital.name.en} Ambulance Base", f"{hospital.name.zh}急救站")
        found[f"AS{number:02d}"] = Site(name, "ambulance", hospital.x, hospital.y)
    for number, zh, zone in ((1, "一", next(iter(names))), (2, "二", list(names)[1])):
        x, y = roadside.near(middles[zone][0] - 420, middles[zone][1] + 350)
        name = Text(f"Traffic Police Brigade {number}", f"交警{zh}大队")
        found[f"TS{number:02d}"] = Site(name, "traffic", x, y, zone)
    return found

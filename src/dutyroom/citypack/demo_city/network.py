"""From mesh to roads: nodes, arcs in one or both directions, and streets with names."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from random import Random

import numpy as np

from dutyroom.citypack.demo_city.growth import (
    ARTERIAL,
    BRIDGE,
    COLLECTOR,
    OUTLINE,
    RING,
    SIDE,
    GrownCity,
)
from dutyroom.citypack.demo_city.mesh import NO_ROAD, Mesh, Point
from dutyroom.citypack.demo_city.names import part_of, road_names, street_names
from dutyroom.citypack.roads import biggest_connected_part
from dutyroom.core.text import Text

SPEEDS_KMH = {RING: 70.0, ARTERIAL: 50.0, COLLECTOR: 40.0, SIDE: 28.0, BRIDGE: 55.0}
_STRAIGHT = 0.87
"""Cosine of the bend up to which two streets that meet are one street."""
_SHORTEST_NAMED_M = 230.0
_ONE_WAY_SHARE = 0.22
_RING_NAMES = {
    3: (("Inner", "内环"), ("Middle", "中环"), ("Outer", "外环")),
    7: (("First", "一环"), ("Second", "二环"), ("Third", "三环"), ("Fourth", "四环"),
        ("Fifth", "五环"), ("Sixth", "六环"), ("Seventh", "七环")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StreetLine:
    """A street: its name (None: nameless) and its edges as (from vertex, to vertex)."""

    name: Text | None
    edges: list[tuple[int, int]]
    length_m: float
    road_class: int


@dataclass(frozen=True, slots=True)
class Network:
    """Vertices of the mesh that are nodes, in order; streets; which streets are one-way."""

    nodes: list[int]
    streets: list[StreetLine]
    one_way: set[int]
    classes: dict[tuple[int, int], int]


def make_network(city: GrownCity, radius_m: float, random: Random) -> Network:
    """Everything that can be driven on; every node is reached from every other one."""
    mesh = city.mesh
    edges = _connected(_without_stubs(mesh))
    streets = _name(city, _streets(mesh, edges, city), random)
    nodes = sorted(
        {v for edge in edges for v in edge}, key=lambda v: _along_curve(mesh, v, radius_m)
    )
    one_way = _one_way(mesh, nodes, streets, radius_m, random)
    return Network(nodes, streets, one_way, {edge: mesh.cuts[edge].road_class for edge in edges})


def _without_stubs(mesh: Mesh) -> list[tuple[int, int]]:
    """All road edges but the small streets that would end at the city's outline."""
    rim = {v for pair, cut in mesh.cuts.items() if cut.number == OUTLINE for v in pair}
    edges = [pair for pair, cut in mesh.cuts.items() if cut.road_class != NO_ROAD]
    return [
        (a, b)
        for a, b in edges
        if not ((a in rim or b in rim) and mesh.cuts[a, b].road_class in (SIDE, COLLECTOR))
    ]


def _connected(edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    vertices = sorted({v for edge in edges for v in edge})
    number = {v: k for k, v in enumerate(vertices)}
    ends = np.array([(number[a], number[b]) for a, b in edges], dtype=np.int32)
    there_and_back = np.concatenate((ends, ends[:, ::-1]))
    inside = biggest_connected_part(len(vertices), there_and_back[:, 0], there_and_back[:, 1])
    return [edge for edge, keep in zip(edges, inside[ends[:, 0]], strict=True) if keep]


def _along_curve(mesh: Mesh, vertex: int, radius_m: float) -> tuple[int, int]:
    """Order along a Z-curve (Morton, 1966): nodes near each other are near in memory."""
    x = int((mesh.xs[vertex] / radius_m + 2) * 255)
    y = int((mesh.ys[vertex] / radius_m + 2) * 255)
    key = 0
    for bit in range(11):
        key |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1
    return key, vertex


def _streets(
    mesh: Mesh, edges: list[tuple[int, int]], city: GrownCity
) -> list[list[tuple[int, int]]]:
    """Edges put together: those of one cut, and of cuts that run straight on into each other."""
    leader: dict[int, int] = {}

    def lead(cut: int) -> int:
        while leader.setdefault(cut, cut) != cut:
            leader[cut] = leader[leader[cut]]
            cut = leader[cut]
        return cut

    fixed = {*city.ring_cuts, *city.bank_cuts}
    around: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for a, b in edges:
        cut = mesh.cuts[a, b]
        if cut.number not in fixed and cut.road_class != BRIDGE:
            around[a].append((b, cut.number, cut.road_class))
            around[b].append((a, cut.number, cut.road_class))
    for vertex in sorted(around):
        ends = around[vertex]
        pairs = sorted(
            (_bend(mesh, p[0], vertex, q[0]), p[1], q[1])
            for i, p in enumerate(ends)
            for q in ends[i + 1 :]
            if p[2] == q[2] and p[1] != q[1]
        )
        taken: set[int] = set()
        for cosine, first, second in pairs:
            if cosine < -_STRAIGHT and not {first, second} & taken:
                taken |= {first, second}
                leader[lead(first)] = lead(second)
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in edges:
        groups[lead(mesh.cuts[a, b].number)].append((a, b))
    return [groups[key] for key in sorted(groups)]


def _bend(mesh: Mesh, p: int, vertex: int, q: int) -> float:
    """Cosine of the angle p-vertex-q: -1 for straight on."""
    ax, ay = mesh.xs[p] - mesh.xs[vertex], mesh.ys[p] - mesh.ys[vertex]
    bx, by = mesh.xs[q] - mesh.xs[vertex], mesh.ys[q] - mesh.ys[vertex]
    return (ax * bx + ay * by) / (hypot(ax, ay) * hypot(bx, by) or 1.0)


def length_m(mesh: Mesh, a: int, b: int) -> float:
    """Metres between two vertices."""
    return hypot(mesh.xs[a] - mesh.xs[b], mesh.ys[a] - mesh.ys[b])


def _name(city: GrownCity, groups: list[list[tuple[int, int]]], random: Random) -> list[StreetLine]:
    """The longest streets choose first; short ones stay nameless."""
    mesh = city.mesh
    rings = _RING_NAMES[3 if len(city.ring_cuts) == 3 else 7]
    fixed = {
        cut: Text(f"{en} Ring Road", f"{zh}路")
        for cut, (en, zh) in zip(city.ring_cuts, rings, strict=False)
    }
    fixed[city.bank_cuts[0]] = Text("Binjiang Avenue", "滨江大道")
    fixed[city.bank_cuts[1]] = Text("Yanjiang Road", "沿江路")
    roads, small = road_names(random), street_names(random)
    measured = [(sum(length_m(mesh, a, b) for a, b in group), group) for group in groups]
    measured.sort(key=lambda pair: (-pair[0], pair[1][0]))
    # Liberation Road, the main street of most cities, crosses the river.
    main = next(
        number
        for number, (_, group) in enumerate(measured)
        if mesh.cuts[group[0]].number not in fixed
        and any(mesh.cuts[edge].road_class == BRIDGE for edge in group)
    )
    measured.insert(0, measured.pop(main))
    used = {name.zh for name in fixed.values()}
    whole: list[tuple[Text, Point]] = []
    streets = []
    for metres, group in measured:
        classes = [mesh.cuts[edge].road_class for edge in group]
        road_class = next((c for c in classes if c != BRIDGE), ARTERIAL)
        name = fixed.get(mesh.cuts[group[0]].number)
        if name is None and metres >= _SHORTEST_NAMED_M:
            great = road_class in (ARTERIAL, COLLECTOR)
            middle = _middle(mesh, group)
            name = _fresh(roads, used) if great else None
            if name is not None:
                whole.append((name, middle))
            elif great:
                name = _fresh(_parts_near(middle, whole), used)
            name = name or _fresh(small, used)
        streets.append(StreetLine(name, _in_line(group), metres, road_class))
    return streets


def _middle(mesh: Mesh, group: list[tuple[int, int]]) -> Point:
    """The middle of a street, by length."""
    lengths = [length_m(mesh, a, b) for a, b in group]
    total = sum(lengths) or 1.0
    x = sum(m * (mesh.xs[a] + mesh.xs[b]) / 2 for m, (a, b) in zip(lengths, group, strict=True))
    y = sum(m * (mesh.ys[a] + mesh.ys[b]) / 2 for m, (a, b) in zip(lengths, group, strict=True))
    return x / total, y / total


def _parts_near(middle: Point, roads: list[tuple[Text, Point]]) -> Iterator[Text]:
    """Names such as Nanjing East Road, after the roads around; the nearest first."""
    x, y = middle
    for road, (at_x, at_y) in sorted(roads, key=lambda r: hypot(x - r[1][0], y - r[1][1])):
        name = part_of(road, x - at_x, y - at_y)
        if name is not None:
            yield name


def _fresh(names: Iterator[Text], used: set[str]) -> Text | None:
    """The next name that no street has yet; None when they have run out."""
    name = next((name for name in names if name.zh not in used), None)
    if name is not None:
        used.add(name.zh)
    return name


def _in_line(group: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges of a street from one end to the other, if it is a line; else as they come."""
    around: dict[int, list[int]] = defaultdict(list)
    for a, b in group:
        around[a].append(b)
        around[b].append(a)
    ends = sorted(v for v, others in around.items() if len(others) == 1)
    if len(ends) != 2 or any(len(others) > 2 for others in around.values()):
        return group
    line, before, here = [], -1, ends[0]
    while here != ends[1]:
        after = next(v for v in around[here] if v != before)
        line.append((here, after))
        before, here = here, after
    return line if len(line) == len(group) else group


def _one_way(
    mesh: Mesh, nodes: list[int], streets: list[StreetLine], radius_m: float, random: Random
) -> set[int]:
    """Some side streets of the inner city, as long as everything can still be reached."""
    chosen = {
        number
        for number, street in enumerate(streets)
        if street.road_class == SIDE
        and 150 < street.length_m < 1500
        and all(a == b for (_, a), (b, _) in zip(street.edges, street.edges[1:], strict=False))
        and hypot(mesh.xs[street.edges[0][0]], mesh.ys[street.edges[0][0]]) < 0.62 * radius_m
        and random.random() < _ONE_WAY_SHARE
    }
    place = {v: k for k, v in enumerate(nodes)}
    while True:
        arcs = [
            (place[a], place[b])
            for number, street in enumerate(streets)
            for p, q in street.edges
            for a, b in (((p, q),) if number in chosen else ((p, q), (q, p)))
        ]
        ends = np.array(arcs, dtype=np.int32)
        inside = biggest_connected_part(len(nodes), ends[:, 0], ends[:, 1])
        if inside.all():
            return chosen
        chosen -= {
            number
            for number in chosen
            if not all(inside[place[v]] for edge in streets[number].edges for v in edge)
        }

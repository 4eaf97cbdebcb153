"""Growing a city on its ground: great lines first, then streets until there are enough."""

from dataclasses import dataclass
from heapq import heappop, heappush
from math import hypot
from random import Random

from dutyroom.citypack.demo_city.cutting import cut_along, halve
from dutyroom.citypack.demo_city.districts import share_out
from dutyroom.citypack.demo_city.ground import Ground
from dutyroom.citypack.demo_city.mesh import NO_ROAD, Cut, Face, Mesh, Point
from dutyroom.citypack.roads import ROAD_CLASSES

RING, ARTERIAL, COLLECTOR, SIDE, BRIDGE = range(len(ROAD_CLASSES))
NORTH, WATER, SOUTH = 1, 0, -1
OUTLINE = -1
_NARROWEST_M2 = 2_500.0
_MIDSTREAM = -2


@dataclass(frozen=True, slots=True)
class GrownCity:
    """The mesh, the numbers of its named cuts, and how many districts it has."""

    mesh: Mesh
    ring_cuts: list[int]
    bank_cuts: list[int]
    zone_count: int


def grow(ground: Ground, nodes: int, random: Random) -> GrownCity:
    """A mesh with about ``nodes`` vertices on roads."""
    mesh = Mesh()
    cuts = _Cuts()
    outline = [mesh.add_vertex(x, y) for x, y in ground.outline]
    for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
        mesh.add_edge(a, b, Cut(NO_ROAD, OUTLINE))
    mesh.add_face(Face(outline, WATER))
    bank_cuts = [_bank(mesh, cuts, ground.north_bank), _bank(mesh, cuts, ground.south_bank)]
    cut_along(mesh, list(mesh.faces), ground.river, Cut(NO_ROAD, _MIDSTREAM))
    _name_banks(mesh, bank_cuts)
    ring_cuts = [_across(mesh, cuts, ring, RING) for ring in ground.rings]
    for road in ground.over_river:
        _across(mesh, cuts, road, ARTERIAL)
    for road in ground.along_river:
        cut_along(mesh, _land(mesh), road, cuts.new(ARTERIAL))
    streets = _Streets(mesh, ground, cuts, random)
    zone_count = max(8, min(14, round(11 + (nodes - 3000) / 30_000)))
    streets.grow_to_faces(18 * zone_count)
    share_out(mesh, zone_count, ground.block_area_m2)
    streets.lay_out_parks()
    # About so many crossings are lost again where small streets would end at the outline.
    streets.grow_to_nodes(nodes + round(nodes**0.5))
    return GrownCity(mesh, ring_cuts, bank_cuts, zone_count)


class _Cuts:
    """Numbers the cuts: each line of the ground and each street has its own."""

    def __init__(self) -> None:
        self._last = -1

    def new(self, road_class: int) -> Cut:
        self._last += 1
        return Cut(road_class, self._last)


def _bank(mesh: Mesh, cuts: _Cuts, line: list[Point]) -> int:
    cut = cuts.new(ARTERIAL)
    cut_along(mesh, list(mesh.faces), line, cut)
    return cut.number


def _name_banks(mesh: Mesh, bank_cuts: list[int]) -> None:
    """Mark each face as north, south or river, by the lines on its border."""
    for number, face in mesh.faces.items():
        loop = mesh.loop(number)
        border = {
            mesh.cuts[min(a, b), max(a, b)].number
            for a, b in zip(loop, loop[1:] + loop[:1], strict=True)
        }
        if _MIDSTREAM in border:
            face.bank, face.use = WATER, "water"
        else:
            face.bank = NORTH if bank_cuts[0] in border else SOUTH


def _land(mesh: Mesh) -> list[int]:
    return [number for number, face in mesh.faces.items() if face.bank != WATER]


def _across(mesh: Mesh, cuts: _Cuts, line: list[Point], road_class: int) -> int:
    """A line over land, and over the river as a bridge."""
    cut = cuts.new(road_class)
    land = _land(mesh)
    water = [number for number, face in mesh.faces.items() if face.bank == WATER]
    cut_along(mesh, land, line, cut)
    cut_along(mesh, water, line, Cut(BRIDGE, cut.number))
    return cut.number


class _Streets:
    """Halves the face that is biggest for its place, again and again."""

    def __init__(self, mesh: Mesh, ground: Ground, cuts: _Cuts, random: Random) -> None:
        self._mesh = mesh
        self._ground = ground
        self._cuts = cuts
        self._random = random
        self._heap: list[tuple[float, int, Point, float]] = []
        self._parks = False
        for number, face in mesh.faces.items():
            if face.bank != WATER:
                self._push(number)

    def grow_to_faces(self, count: int) -> None:
        while self._heap and len(self._mesh.faces) < count:
            self._halve_biggest()

    def grow_to_nodes(self, count: int) -> None:
        mesh = self._mesh
        idle = {v for pair, cut in mesh.cuts.items() if cut.road_class == NO_ROAD for v in pair}
        busy = {v for pair, cut in mesh.cuts.items() if cut.road_class != NO_ROAD for v in pair}
        unused = len(idle - busy)
        while self._heap and len(mesh.xs) - unused < count:
            self._halve_biggest()

    def lay_out_parks(self) -> None:
        """From now on some quarters become parks; two big ones are placed first."""
        self._parks = True
        mesh, radius_m = self._mesh, self._ground.radius_m
        for share_x, share_y, use in ((0.10, 0.22, "park"), (-0.42, 0.36, "lake")):
            number = min(
                (n for n, face in mesh.faces.items() if face.bank != WATER),
                key=lambda n: _from_point(mesh, n, share_x * radius_m, share_y * radius_m),
            )
            mesh.faces[number].use = use

    def _becomes_park(self, number: int, middle: Point, area_m2: float) -> bool:
        face = self._mesh.faces[number]
        edge = hypot(*middle) > self._ground.ring_shares[-1] * self._ground.radius_m
        smallest, biggest, chance = (6e4, 4e5, 0.16) if edge else (2e4, 1.6e5, 0.045)
        if face.use == "built" and smallest < area_m2 < biggest and self._random.random() < chance:
            face.use = "park"
        return face.use != "built"

    def _push(self, number: int) -> None:
        loop = self._mesh.loop(number)
        area = self._mesh.area(loop)
        if area < _NARROWEST_M2:
            return
        middle = self._mesh.centroid(loop)
        wanted = self._ground.block_area_m2(*middle)
        heappush(self._heap, (-area / wanted, number, middle, area))

    def _halve_biggest(self) -> None:
        pressure, number, middle, area_m2 = heappop(self._heap)
        mesh, random = self._mesh, self._random
        if self._parks and self._becomes_park(number, middle, area_m2):
            return
        wildness = 0.35 + hypot(*middle) / self._ground.radius_m
        for attempt in range(6):
            children = halve(
                mesh,
                number,
                middle,
                area_m2,
                self._cuts.new(_class_for(-pressure)),
                shift=random.gauss(0.0, 0.05 + 0.03 * attempt),
                tilt=random.gauss(0.0, (0.05 + 0.05 * attempt) * wildness),
                bend=random.gauss(0.0, 0.045) if -pressure > 5 else 0.0,
                attempt=attempt,
            )
            if children is not None:
                for child in children:
                    self._push(child)
                return


def _class_for(pressure: float) -> int:
    """A street that divides a quarter carries more than one that divides a block."""
    return ARTERIAL if pressure > 42 else COLLECTOR if pressure > 9 else SIDE


def _from_point(mesh: Mesh, number: int, x: float, y: float) -> float:
    cx, cy = mesh.centroid(mesh.loop(number))
    return hypot(cx - x, cy - y)

"""Districts: quarters of the city put together so that each has about as much to do."""

from collections import Counter, defaultdict
from collections.abc import Callable
from math import hypot

from dutyroom.citypack.demo_city.mesh import Mesh, Point

_ROUNDS = 12


def share_out(mesh: Mesh, count: int, block_area_m2: Callable[[float, float], float]) -> None:
    """Give every face a district, about ``count`` in all, none of them across the river.

    Lloyd's algorithm (1982) on the quarters of each bank, weighted by their number of blocks.
    """
    centres = {number: mesh.centroid(mesh.loop(number)) for number in mesh.faces}
    weights = {
        number: mesh.area(mesh.loop(number)) / block_area_m2(*centres[number])
        for number in mesh.faces
    }
    land = [number for number in mesh.faces if mesh.faces[number].bank != 0]
    total = sum(weights[number] for number in land)
    next_zone = 0
    for bank in (1, -1):
        quarters = [number for number in land if mesh.faces[number].bank == bank]
        part = sum(weights[number] for number in quarters) / total
        zones = max(2, round(count * part))
        for number, zone in _clusters(quarters, centres, weights, zones).items():
            mesh.faces[number].zone = next_zone + zone
        next_zone += zones
    neighbours = face_neighbours(mesh)
    _join_strays(mesh, land, neighbours)
    _give_river(mesh, neighbours)


def _clusters(
    quarters: list[int], centres: dict[int, Point], weights: dict[int, float], count: int
) -> dict[int, int]:
    seeds = [max(quarters, key=lambda q: weights[q])]
    while len(seeds) < count:
        seeds.append(
            max(
                quarters,
                key=lambda q: (
                    weights[q] ** 0.3 * min(_apart(centres[q], centres[s]) for s in seeds)
                ),
            )
        )
    means = [centres[seed] for seed in seeds]
    chosen: dict[int, int] = {}
    loads = [1.0] * count
    for _ in range(_ROUNDS):
        # A busy district pushes its border inwards: distance counts more where the load is high.
        chosen = {
            q: min(range(count), key=lambda z: _apart(centres[q], means[z]) * loads[z])
            for q in quarters
        }
        sums = [[1e-9, 0.0, 0.0] for _ in range(count)]
        for q, zone in chosen.items():
            sums[zone][0] += weights[q]
            sums[zone][1] += weights[q] * centres[q][0]
            sums[zone][2] += weights[q] * centres[q][1]
        means = [
            (x / weight, y / weight) if weight > 1e-6 else means[zone]
            for zone, (weight, x, y) in enumerate(sums)
        ]
        fair = sum(part[0] for part in sums) / count
        loads = [
            load * min(1.15, max(0.87, (part[0] / fair) ** 0.25))
            for load, part in zip(loads, sums, strict=True)
        ]
    return chosen


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def face_neighbours(mesh: Mesh) -> dict[int, Counter[int]]:
    """For each face the faces beside it, with the number of edges they share."""
    beside: dict[tuple[int, int], int] = {}
    neighbours: dict[int, Counter[int]] = defaultdict(Counter)
    for number in mesh.faces:
        loop = mesh.loop(number)
        for a, b in zip(loop, loop[1:] + loop[:1], strict=True):
            beside[a, b] = number
    for (a, b), number in beside.items():
        other = beside.get((b, a))
        if other is not None:
            neighbours[number][other] += 1
    return neighbours


def _join_strays(mesh: Mesh, land: list[int], neighbours: dict[int, Counter[int]]) -> None:
    """A part of a district that is cut off from the rest goes to the district around it."""
    for zone in sorted({mesh.faces[number].zone for number in land}):
        parts = _parts([n for n in land if mesh.faces[n].zone == zone], neighbours)
        for part in sorted(parts, key=len)[:-1]:
            around = Counter(
                mesh.faces[other].zone
                for number in part
                for other in neighbours[number]
                if other not in part and mesh.faces[other].bank == mesh.faces[number].bank
            )
            if around:
                for number in part:
                    mesh.faces[number].zone = around.most_common(1)[0][0]


def _parts(numbers: list[int], neighbours: dict[int, Counter[int]]) -> list[set[int]]:
    left = dict.fromkeys(numbers)
    parts = []
    while left:
        part: set[int] = set()
        queue = [next(iter(left))]
        while queue:
            number = queue.pop()
            if number in left:
                del left[number]
                part.add(number)
                queue.extend(other for other in neighbours[number] if other in left)
        parts.append(part)
    return parts


def _give_river(mesh: Mesh, neighbours: dict[int, Counter[int]]) -> None:
    """Each half of the river belongs to the bank it lies on, so the border is in midstream."""
    left = [number for number, face in mesh.faces.items() if face.bank == 0]
    while left:
        for number in left:
            beside = Counter[int]()
            for other, edges in neighbours[number].items():
                # A river face without a bank of its own follows its neighbour upstream.
                if mesh.faces[other].zone >= 0:
                    on_land = mesh.faces[other].bank != 0
                    beside[mesh.faces[other].zone] += edges * (1000 if on_land else 1)
            if beside:
                mesh.faces[number].zone = beside.most_common(1)[0][0]
        left = [number for number in left if mesh.faces[number].zone < 0]

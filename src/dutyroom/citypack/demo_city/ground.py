"""The ground a demo city stands on: its outline, the river, rings and great roads as lines."""

from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt
from random import Random

from dutyroom.citypack.demo_city.mesh import Point

_RADIUS_OF_3000_M = 5_100.0
_EMBANKMENT_M = 55.0
_TURN = 0.16
"""How far the city's axes are turned from the compass, in radians."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Sizes and lines in metres around the centre. The river runs from west to east."""

    radius_m: float
    outline: list[Point]
    river: list[Point]
    river_half_m: list[float]
    north_bank: list[Point]
    south_bank: list[Point]
    rings: list[list[Point]]
    ring_shares: list[float]
    over_river: list[list[Point]]
    along_river: list[list[Point]]

    def block_area_m2(self, x: float, y: float) -> float:
        """How big a block wants to be here: small in the core, wide at the edge."""
        share = hypot(x, y) / self.radius_m
        return 13_000.0 * (1.0 + 1.2 * share + 4.5 * share**3)


def lay_out(nodes: int, random: Random) -> Ground:
    """The lines of a city for about so many crossings; area grows with their number."""
    growth = nodes / 3000
    radius_m = _RADIUS_OF_3000_M * sqrt(growth)
    wander = _Wander(random, 5)
    outline = _around(radius_m, 0.045, wander, 48 + int(radius_m / 400))
    river, halves = _river(radius_m, 165.0 * growth**0.2, random)
    ring_count = max(3, min(7, round(radius_m / 3_600)))
    inner, outer = 0.27, 0.83
    shares = [inner + (outer - inner) * k / (ring_count - 1) for k in range(ring_count)]
    rings = [
        _around(radius_m * share, 0.05, _Wander(random, 4), max(56, int(radius_m * share / 45)))
        for share in shares
    ]
    return Ground(
        radius_m=radius_m,
        outline=outline[:-1],
        river=river,
        river_half_m=halves,
        north_bank=_beside(river, halves, 1.0),
        south_bank=_beside(river, halves, -1.0),
        rings=rings,
        ring_shares=shares,
        over_river=_over_river(radius_m, random),
        along_river=_along_river(radius_m, shares[0], ring_count, random),
    )


class _Wander:
    """A smooth periodic function of an angle, between about -1 and 1."""

    def __init__(self, random: Random, waves: int) -> None:
        self._waves = [
            (k, random.uniform(0.3, 1.0) / k, random.uniform(0, 2 * pi))
            for k in range(2, 2 + waves)
        ]

    def __call__(self, angle: float) -> float:
        return sum(size * sin(k * angle + start) for k, size, start in self._waves)


def _around(radius_m: float, noise: float, wander: _Wander, count: int) -> list[Point]:
    """A closed line between circle and square (superellipse), uneven, counter-clockwise."""
    points = []
    for k in range(count):
        angle = 2 * pi * k / count
        shape = (abs(cos(angle)) ** 2.7 + abs(sin(angle)) ** 2.7) ** (-1 / 2.7)
        distance = radius_m * shape * 0.93 * (1 + noise * wander(angle))
        points.append((distance * cos(angle + _TURN), distance * sin(angle + _TURN)))
    return [*points, points[0]]


def _river(radius_m: float, half_m: float, random: Random) -> tuple[list[Point], list[float]]:
    """A river that winds past the centre, as points from west to east and half widths."""
    start = random.uniform(-0.5, 0.5)
    reach = 1.5 * radius_m
    count = int(2 * reach / 85)
    points, halves = [], []
    for k in range(count + 1):
        x = -reach + 2 * reach * k / count
        share = x / radius_m
        y = radius_m * (
            0.22 * sin(2.9 * share + 0.6 + start) + 0.055 * sin(7.1 * share + 2 * start) - 0.10
            + 0.10 * share
        )  # fmt: skip
        points.append((x, y))
        halves.append(half_m * (1.0 + 0.22 * sin(4.3 * share + start) + 0.1 * sin(9.7 * share)))
    return points, halves


def _beside(river: list[Point], halves: list[float], side: float) -> list[Point]:
    """The riverside road: off the water by the width of an embankment."""
    return offset(river, [side * (half + _EMBANKMENT_M) for half in halves])


def offset(line: list[Point], distances_m: list[float]) -> list[Point]:
    """A line beside a line: to its left for positive distances."""
    points = []
    for k, (x, y) in enumerate(line):
        x0, y0 = line[max(k - 1, 0)]
        x1, y1 = line[min(k + 1, len(line) - 1)]
        length = hypot(x1 - x0, y1 - y0)
        points.append(
            (x - distances_m[k] * (y1 - y0) / length, y + distances_m[k] * (x1 - x0) / length)
        )
    return points


def _over_river(radius_m: float, random: Random) -> list[list[Point]]:
    """Axes from north to south, which cross the river by bridges."""
    shares = (-0.62, -0.36, -0.13, 0.12, 0.37, 0.64)
    return [_swung(radius_m, share * radius_m, _TURN + pi / 2, random) for share in shares]


def _along_river(
    radius_m: float, inner_share: float, ring_count: int, random: Random
) -> list[list[Point]]:
    """Roads from west to east, and roads out to the edge; they end at the riverside."""
    shares = (-0.55, 0.16, 0.42, 0.68)
    roads = [_swung(radius_m, share * radius_m, _TURN, random) for share in shares]
    for k in range(4 + 2 * (ring_count - 3)):
        angle = (
            _TURN + pi / 4 + 2 * pi * (k + random.uniform(-0.18, 0.18)) / (4 + 2 * (ring_count - 3))
        )
        roads.append(_outward(radius_m, inner_share, angle, random))
    return roads


def _swung(radius_m: float, aside_m: float, angle: float, random: Random) -> list[Point]:
    """A road right across the city, off the centre by so much, with a slow swing."""
    swing, start = random.uniform(0.015, 0.04) * radius_m, random.uniform(0, 2 * pi)
    count = int(2.6 * radius_m / 160)
    points = []
    for k in range(count + 1):
        along = -1.3 * radius_m + 2.6 * radius_m * k / count
        across = aside_m + swing * sin(3.1 * along / radius_m + start)
        points.append(
            (along * cos(angle) - across * sin(angle), along * sin(angle) + across * cos(angle))
        )
    return points


def _outward(radius_m: float, inner_share: float, angle: float, random: Random) -> list[Point]:
    """A road from just inside the inner ring to the edge of the city."""
    bend = random.uniform(-0.10, 0.10)
    first, last = inner_share * 0.8 * radius_m, 1.4 * radius_m
    count = int((last - first) / 150)
    points = []
    for k in range(count + 1):
        distance = first + (last - first) * k / count
        turned = angle + bend * (distance / radius_m) ** 2
        points.append((distance * cos(turned), distance * sin(turned)))
    return points

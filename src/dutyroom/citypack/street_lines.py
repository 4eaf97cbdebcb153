"""Streets as lines: their edges joined, and the place of a house number along them."""

from collections import defaultdict
from dataclasses import dataclass
from math import cos, hypot, radians

import numpy as np

from dutyroom.citypack.roads import METRES_PER_DEGREE, RoadNetwork

METRES_PER_NUMBER = 8.0
"""Street frontage per house number: odd and even numbers face each other."""

Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class StreetLine:
    """A street's parts as points (lon, lat) with the metres from its beginning."""

    points: Line
    along_m: list[float]

    @property
    def length_m(self) -> float:
        """Length of all parts together."""
        return self.along_m[-1]

    def at(self, metres: float) -> tuple[float, float]:
        """The point so many metres from the beginning, at most the end."""
        lon = np.interp(metres, self.along_m, [point[0] for point in self.points])
        lat = np.interp(metres, self.along_m, [point[1] for point in self.points])
        return float(lon), float(lat)


def street_line(roads: RoadNetwork, arcs: np.ndarray[tuple[int], np.dtype[np.int64]]) -> StreetLine:
    """The line of the street that these arcs make up, beginning at its western end.

    Where a street has several parts, they follow each other from west to east, and the gaps
    between them have no length.
    """
    pairs = zip(roads.arc_from[arcs].tolist(), roads.arc_to[arcs].tolist(), strict=True)
    edges = sorted({(min(pair), max(pair)) for pair in pairs})
    parts: list[Line] = []
    for chain in chains(edges):
        part = [(float(roads.node_lon[v]), float(roads.node_lat[v])) for v in chain]
        parts.append(part if part[0] <= part[-1] else part[::-1])
    points: Line = []
    along_m: list[float] = []
    reached_m = 0.0
    for part in sorted(parts):
        for number, point in enumerate(part):
            if number:
                reached_m += _apart_m(part[number - 1], point)
            points.append(point)
            along_m.append(reached_m)
    return StreetLine(points, along_m)


def _apart_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    scale = cos(radians(a[1]))
    return hypot((a[0] - b[0]) * scale, a[1] - b[1]) * METRES_PER_DEGREE


def chains(edges: list[tuple[int, int]]) -> list[list[int]]:
    """Edges joined end to end, as long as the way on is the only one."""
    around: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        around[a].append(b)
        around[b].append(a)
    left = {(min(edge), max(edge)) for edge in edges}
    chains = []
    ends = [vertex for vertex in around if len(around[vertex]) != 2]
    for start in [*ends, *around]:
        for neighbour in around[start]:
            before, here, chain = start, neighbour, [start]
            while (min(before, here), max(before, here)) in left:
                left.remove((min(before, here), max(before, here)))
                chain.append(here)
                if len(around[here]) == 2:
                    first, second = around[here]
                    before, here = here, second if first == before else first
            if len(chain) > 1:
                chains.append(chain)
    return chains

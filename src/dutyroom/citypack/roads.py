"""The road network as arrays, its nearest-node index, its crossings and its connected part."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, cos, radians, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROAD_CLASSES: Final = ("ring", "arterial", "collector", "side", "bridge")
"""Names of ``arc_class``: an arc's class is its place in this tuple."""

METRES_PER_DEGREE: Final = 111_195.0
"""One degree of latitude on a sphere of 6,371 km."""

_NODES_PER_CELL = 4


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Nodes (N) and directed arcs (M); ``arc_street`` points into the pack's streets, -1 none."""

    node_lon: NDArray[np.float64]
    node_lat: NDArray[np.float64]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_length_m: NDArray[np.float64]
    arc_speed_kmh: NDArray[np.float64]
    arc_class: NDArray[np.int8]
    arc_street: NDArray[np.int32]

    def nearest_node(self, lon: float, lat: float) -> int:
        """The node nearest to a point, by straight line; the lowest number on a tie."""
        return self._grid.nearest(lon, lat)

    def nodes_of_street(self, street: int) -> NDArray[np.int32]:
        """The nodes a street touches, sorted."""
        nodes: NDArray[np.int32] = self._street_nodes[
            self._street_starts[street] : self._street_starts[street + 1]
        ]
        return nodes

    def streets_at(self, node: int) -> tuple[int, ...]:
        """The named streets that touch a node, in order."""
        nodes, streets = self._node_streets
        first, last = np.searchsorted(nodes, [node, node + 1])
        return tuple(int(street) for street in streets[first:last])

    @cached_property
    def crossings(self) -> dict[int, tuple[int, ...]]:
        """Nodes where two or more named streets meet, with those streets, both in order."""
        node, street = self._node_streets
        starts = np.flatnonzero(np.r_[True, node[1:] != node[:-1]])
        ends = np.r_[starts[1:], len(node)]
        busy = ends - starts > 1
        return {
            int(node[start]): tuple(int(s) for s in street[start:end])
            for start, end in zip(starts[busy], ends[busy], strict=True)
        }

    @cached_property
    def _node_streets(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each pair of a node and a named street that touches it, sorted by node, then street."""
        named = self.arc_street >= 0
        nodes = np.r_[self.arc_from[named], self.arc_to[named]].astype(np.int64)
        streets = np.r_[self.arc_street[named], self.arc_street[named]].astype(np.int64)
        span = int(streets.max()) + 1 if len(streets) else 1
        pairs = np.unique(nodes * span + streets)
        return pairs // span, pairs % span

    @cached_property
    def _street_nodes(self) -> NDArray[np.int32]:
        node, street = self._node_streets
        nodes: NDArray[np.int32] = node[np.argsort(street, kind="stable")].astype(np.int32)
        return nodes

    @cached_property
    def _street_starts(self) -> NDArray[np.int64]:
        _, street = self._node_streets
        count = int(street.max()) + 1 if len(street) else 0
        starts: NDArray[np.int64] = np.r_[0, np.cumsum(np.bincount(street, minlength=count))]
        return starts

    @cached_property
    def _grid(self) -> "_NodeGrid":
        return _NodeGrid(self.node_lon, self.node_lat)


class _NodeGrid:
    """Square cells of about four nodes each; a search widens ring by ring until it can't lose."""

    def __init__(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
        self._scale = cos(radians(float(lat.mean())))
        self._x, self._y = lon * self._scale, lat
        self._west, self._south = float(self._x.min()), float(self._y.min())
        width = float(self._x.max()) - self._west
        height = float(self._y.max()) - self._south
        cells = max(1.0, len(lon) / _NODES_PER_CELL)
        self._step = max(sqrt(width * height / cells), max(width, height) / 2048, 1e-9)
        self._columns = int(width / self._step) + 1
        self._rows = int(height / self._step) + 1
        column = ((self._x - self._west) / self._step).astype(np.int64)
        row = ((self._y - self._south) / self._step).astype(np.int64)
        cell = row * self._columns + column
        self._order = np.argsort(cell, kind="stable")
        counts = np.bincount(cell, minlength=self._columns * self._rows)
        self._starts = np.r_[0, np.cumsum(counts)]

    def nearest(self, lon: float, lat: float) -> int:
        x, y = lon * self._scale, lat
        column = min(max(int((x - self._west) / self._step), 0), self._columns - 1)
        row = min(max(int((y - self._south) / self._step), 0), self._rows - 1)
        reach = 1
        while True:
            found = self._block(column, row, reach)
            if len(found):
                squares = (self._x[found] - x) ** 2 + (self._y[found] - y) ** 2
                best = sqrt(float(squares.min()))
                needed = self._reach_for(x, y, column, row, best)
                if needed <= reach or self._covers_all(column, row, reach):
                    return int(found[squares == squares.min()].min())
                reach = needed
            else:
                reach *= 2

    def _reach_for(self, x: float, y: float, column: int, row: int, distance: float) -> int:
        """How many cells around (column, row) hold every point within the distance."""
        off_x = abs(x - (self._west + (column + 0.5) * self._step))
        off_y = abs(y - (self._south + (row + 0.5) * self._step))
        return max(1, ceil((max(off_x, off_y) + distance) / self._step - 0.5 + 1e-9))

    def _covers_all(self, column: int, row: int, reach: int) -> bool:
        across = max(column, self._columns - 1 - column)
        return reach >= max(across, row, self._rows - 1 - row)

    def _block(self, column: int, row: int, reach: int) -> NDArray[np.int64]:
        left, right = max(column - reach, 0), min(column + reach, self._columns - 1)
        low, high = max(row - reach, 0), min(row + reach, self._rows - 1)
        parts = [
            self._order[
                self._starts[r * self._columns + left] : self._starts[r * self._columns + right + 1]
            ]
            for r in range(low, high + 1)
        ]
        return np.concatenate(parts)


def biggest_connected_part(
    node_count: int, arc_from: NDArray[np.int32], arc_to: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which nodes belong to the biggest strongly connected component.

    The component of a node is what it reaches and what reaches it (Tarjan 1972 gives all
    components at once; here the biggest is nearly always found by the first try).
    """
    forward = _neighbours(node_count, arc_from, arc_to)
    backward = _neighbours(node_count, arc_to, arc_from)
    best = np.zeros(node_count, dtype=np.bool_)
    undecided = np.ones(node_count, dtype=np.bool_)
    while undecided.any() and undecided.sum() > best.sum():
        start = int(np.flatnonzero(undecided)[undecided.sum() // 2])
        component = _reached(forward, start, undecided) & _reached(backward, start, undecided)
        undecided &= ~component
        if component.sum() > best.sum():
            best = component
    return best


def _neighbours(
    node_count: int, tails: NDArray[np.int32], heads: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    order = np.argsort(tails, kind="stable")
    starts = np.r_[0, np.cumsum(np.bincount(tails, minlength=node_count))].astype(np.int64)
    return starts, heads[order]


def _reached(
    graph: tuple[NDArray[np.int64], NDArray[np.int32]], start: int, allowed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Breadth first, a whole frontier at a time."""
    starts, heads = graph
    seen = np.zeros(len(allowed), dtype=np.bool_)
    seen[start] = True
    frontier = np.array([start], dtype=np.int64)
    while len(frontier):
        low, counts = starts[frontier], starts[frontier + 1] - starts[frontier]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        reached = np.unique(heads[np.repeat(low, counts) + offsets])
        frontier = reached[~seen[reached] & allowed[reached]].astype(np.int64)
        seen[frontier] = True
    return seen

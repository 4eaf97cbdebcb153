"""Where a generated unit is: on its way along the roads, or patrolling."""

import heapq
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack import METRES_PER_DEGREE, CityPack, RoadNetwork

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drive:
    """A way driven from a moment on: points (lon, lat) and the seconds after which each is met."""

    points: NDArray[np.float64]
    at_s: NDArray[np.float64]

    @property
    def lasts_s(self) -> float:
        return float(self.at_s[-1])

    def where(self, after_s: float) -> Point:
        """The position so many seconds after the start."""
        lon = float(np.interp(after_s, self.at_s, self.points[:, 0]))
        lat = float(np.interp(after_s, self.at_s, self.points[:, 1]))
        return lon, lat


class Driver:
    """Finds ways in one city; straight ones where the pack has no roads."""

    def __init__(self, pack: CityPack) -> None:
        self._roads = pack.roads
        self._out = _outgoing(pack.roads) if pack.roads is not None else []
        self._known: OrderedDict[tuple[int, int], list[int]] = OrderedDict()

    def drive(self, start: Point, end: Point, hurry: float) -> Drive:
        """From one point to another; ``hurry`` divides the usual travel time."""
        roads = self._roads
        if roads is None:
            return _straight(start, end, hurry)
        a, b = roads.nearest_node(*start), roads.nearest_node(*end)
        nodes = self._way(roads, a, b)
        if not nodes:
            return _straight(start, end, hurry)
        points = [
            start,
            *((float(roads.node_lon[n]), float(roads.node_lat[n])) for n in nodes),
            end,
        ]
        return _timed(points, 11.0 * hurry)

    def _way(self, roads: RoadNetwork, start: int, end: int) -> list[int]:
        key = (start, end)
        if key not in self._known:
            self._known[key] = _shortest(self._out, len(roads.node_lon), start, end)
            if len(self._known) > 500:
                self._known.popitem(last=False)
        return self._known[key]


def _outgoing(roads: RoadNetwork) -> list[list[tuple[int, float]]]:
    out: list[list[tuple[int, float]]] = [[] for _ in roads.node_lon]
    seconds = roads.arc_length_m / (roads.arc_speed_kmh / 3.6)
    for a, b, s in zip(roads.arc_from, roads.arc_to, seconds, strict=True):
        out[int(a)].append((int(b), float(s)))
    return out


def _shortest(out: list[list[tuple[int, float]]], nodes: int, start: int, end: int) -> list[int]:
    """Dijkstra with a heap; an empty list if there is no way."""
    best = [float("inf")] * nodes
    before = [-1] * nodes
    best[start] = 0.0
    heap = [(0.0, start)]
    while heap:
        at_s, node = heapq.heappop(heap)
        if node == end:
            way = [end]
            while way[-1] != start:
                way.append(before[way[-1]])
            return way[::-1]
        if at_s > best[node]:
            continue
        for neighbour, leg_s in out[node]:
            if at_s + leg_s < best[neighbour]:
                best[neighbour] = at_s + leg_s
                before[neighbour] = node
                heapq.heappush(heap, (at_s + leg_s, neighbour))
    return []


def _straight(start: Point, end: Point, hurry: float) -> Drive:
    return _timed([start, end], 9.0 * hurry)


def _timed(points: list[Point], metres_per_s: float) -> Drive:
    way = np.array(points, dtype=np.float64)
    steps = np.diff(way, axis=0)
    steps[:, 0] *= np.cos(np.radians(way[:-1, 1]))
    legs_s = np.hypot(steps[:, 0], steps[:, 1]) * METRES_PER_DEGREE / metres_per_s
    return Drive(way, np.concatenate([[0.0], np.cumsum(legs_s)]))

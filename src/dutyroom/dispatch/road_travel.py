"""Travel over the road network, searched backwards from the incident."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch import kernels
from dutyroom.dispatch.travel import HOURS, Origins, Reach, Wanted

ACCESS_KMH: Final = 20.0
"""Speed between a position and the nearest node of the network: our own assumption."""

ALTERNATE_NODES: Final = 3000
"""Nodes that a search may settle only to show alternates: about a quarter of a millisecond."""

LONGEST_ARC_S: Final = 36_000.0

_LAST_SEARCH: Final = (1 << 30) - 1


class OverRoads:
    """Driving times on the network x siren factor x factor of the local hour.

    Positions are snapped to their nearest node and add a straight access leg.
    """

    def __init__(
        self,
        node_lon: NDArray[np.float64],
        node_lat: NDArray[np.float64],
        arc_from: NDArray[np.int32],
        arc_to: NDArray[np.int32],
        arc_s: NDArray[np.float64],
        *,
        siren_factor: float,
        hour_factors: Sequence[float],
        nearest_node: Callable[[float, float], int],
    ) -> None:
        """``arc_s`` has the seconds of each arc at its plain speed. ValueError if unusable."""
        if not np.all((arc_s >= 0) & (arc_s <= LONGEST_ARC_S)):
            raise ValueError("an arc of the road network has no usable travel time")
        if len(hour_factors) != HOURS or not all(f > 0 for f in (siren_factor, *hour_factors)):
            raise ValueError("need a positive siren factor and 24 positive hour factors")
        self._lon, self._lat = node_lon, node_lat
        self._factors = [siren_factor * factor for factor in hour_factors]
        self._nearest_node = nearest_node
        order = np.argsort(arc_to, kind="stable")
        counts = np.bincount(arc_to, minlength=len(node_lon))
        self._first_arc = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self._arcs = np.empty(len(order), kernels.ARC)
        self._arcs["node"] = arc_from[order]
        self._arcs["ticks"] = np.rint(arc_s[order] * kernels.TICKS_PER_S)
        self._rooms = threading.local()

    def locate(self, lon: float, lat: float) -> tuple[int, float]:
        node = self._nearest_node(lon, lat)
        metres = np.empty(1)
        here = slice(node, node + 1)
        kernels.great_circle_m(lon, lat, self._lon[here], self._lat[here], metres)
        return node, float(metres[0]) * 3.6 / ACCESS_KMH

    def seconds_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int
    ) -> NDArray[np.float64]:
        nobody = np.zeros(len(origins), np.uint64)
        none_widened = np.zeros(len(origins))
        wanted = Wanted(nobody, none_widened, np.empty(0, np.int64), len(origins) + 1)
        return self._search(target, origins, at_hour, wanted, len(self._lon) + 1).arrival_s

    def nearest_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int, wanted: Wanted
    ) -> Reach:
        return self._search(target, origins, at_hour, wanted, ALTERNATE_NODES)

    def place_seconds(
        self, target: tuple[float, float], limit_s: float
    ) -> NDArray[np.float64] | None:
        node, access_s = self.locate(*target)
        node_s = np.empty(len(self._lon))
        kernels.seconds_from_all(self._first_arc, self._arcs, node, limit_s, node_s)
        return node_s + access_s

    def hour_factor(self, at_hour: int) -> float:
        return self._factors[at_hour]

    def _search(
        self,
        target: tuple[float, float],
        origins: Origins,
        at_hour: int,
        wanted: Wanted,
        alternate_nodes: int,
    ) -> Reach:
        node, access_s = self.locate(*target)
        room = self._room()
        arrival_s = np.empty(len(origins))
        horizon_s = kernels.nearest_units(
            self._first_arc, self._arcs, node, access_s, self._factors[at_hour],
            origins.place, origins.access_s, wanted.widened_s, wanted.suits, wanted.enough,
            wanted.alternates, alternate_nodes,
            room.nodes, room.next_search(), room.buckets,
            np.empty(len(origins), np.int32), arrival_s,
        )  # fmt: skip
        return Reach(arrival_s, horizon_s)

    def _room(self) -> "_Room":
        room: _Room | None = getattr(self._rooms, "room", None)
        if room is None:
            room = self._rooms.room = _Room(len(self._lon), int(self._arcs["ticks"].max(initial=0)))
        return room


class _Room:
    """What one thread's searches work in; marks tell the searches apart, nothing is cleared."""

    def __init__(self, nodes: int, longest_arc: int) -> None:
        self.nodes = np.zeros(nodes, kernels.NODE)
        spans = (longest_arc >> kernels.BUCKET_BITS) + 2
        self.buckets = np.empty(1 << spans.bit_length(), np.int32)
        self._search = 0

    def next_search(self) -> int:
        self._search += 1
        if self._search > _LAST_SEARCH:  # the marks would no longer fit their 32 bits
            self.nodes["stamp"] = 0
            self._search = 1
        return self._search

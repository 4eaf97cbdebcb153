"""Travel over the road network, by its quickest ways."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch import kernels
from dutyroom.dispatch.quickest import QuickestWays
from dutyroom.dispatch.travel import HOURS, Origins

ACCESS_KMH: Final = 20.0
"""Speed between a position and the nearest node of the network: our own assumption."""


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
        if len(hour_factors) != HOURS or not all(f > 0 for f in (siren_factor, *hour_factors)):
            raise ValueError("need a positive siren factor and 24 positive hour factors")
        self._ways = QuickestWays(len(node_lon), arc_from, arc_to, arc_s)
        self._lon, self._lat = node_lon, node_lat
        self._factors = [siren_factor * factor for factor in hour_factors]
        self._nearest_node = nearest_node
        order = np.argsort(arc_to, kind="stable")
        counts = np.bincount(arc_to, minlength=len(node_lon))
        self._first_arc = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self._arcs = np.empty(len(order), kernels.ARC)
        self._arcs["node"] = arc_from[order]
        self._arcs["ticks"] = np.rint(arc_s[order] * kernels.TICKS_PER_S)

    def locate(self, lon: float, lat: float) -> tuple[int, float]:
        node = self._nearest_node(lon, lat)
        metres = np.empty(1)
        here = slice(node, node + 1)
        kernels.great_circle_m(lon, lat, self._lon[here], self._lat[here], metres)
        return node, float(metres[0]) * 3.6 / ACCESS_KMH

    def seconds_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int
    ) -> NDArray[np.float64]:
        node, access_s = self.locate(*target)
        driving_s = self._factors[at_hour] * self._ways.seconds_to(node, origins.place)
        return access_s + driving_s + origins.access_s

    def place_seconds(
        self, target: tuple[float, float], limit_s: float
    ) -> NDArray[np.float64] | None:
        node, access_s = self.locate(*target)
        node_s = np.empty(len(self._lon))
        kernels.seconds_from_all(self._first_arc, self._arcs, node, limit_s, node_s)
        return node_s + access_s

    def hour_factor(self, at_hour: int) -> float:
        return self._factors[at_hour]

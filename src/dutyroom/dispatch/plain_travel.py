"""Travel without roads: by a given matrix of zones, or by distance."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch import kernels
from dutyroom.dispatch.travel import Origins


class ByMatrix:
    """Seconds from zone to zone, as given; positions count as their zone.

    ``seconds[i, j]`` leads from row zone ``i`` to column zone ``j``; nan is unreachable. Rows and
    columns may differ (any shape): stations x districts is a matrix too.
    """

    def __init__(
        self,
        seconds: NDArray[np.float64],
        from_zone: Callable[[float, float], int],
        to_zone: Callable[[float, float], int],
    ) -> None:
        """``from_zone`` and ``to_zone`` give the row and the column at (lon, lat), -1 for none."""
        if np.any(seconds < 0):
            raise ValueError("a travel time in the zone matrix is negative")
        # Columns are read, one per incident: keep each in one piece of memory.
        self._to = np.ascontiguousarray(np.where(np.isnan(seconds), np.inf, seconds).T)
        self._from_zone, self._to_zone = from_zone, to_zone

    def locate(self, lon: float, lat: float) -> tuple[int, float]:
        return self._from_zone(lon, lat), 0.0

    def seconds_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int
    ) -> NDArray[np.float64]:
        column = self._to_zone(*target)
        if column < 0:
            return np.full(len(origins), np.inf)
        here = self._to[column]
        return np.where(origins.place >= 0, here[origins.place], np.inf) + origins.access_s

    def place_seconds(
        self, target: tuple[float, float], limit_s: float
    ) -> NDArray[np.float64] | None:
        column = self._to_zone(*target)
        if column < 0:
            return np.full(self._to.shape[1], np.inf)
        return np.where(self._to[column] <= limit_s, self._to[column], np.inf)

    def hour_factor(self, at_hour: int) -> float:
        return 1.0


class ByDistance:
    """``start_s`` + great-circle distance x ``detour_factor`` / ``speed_kmh``.

    The form is that for long ways of Kolesar, Walker and Hausner, "Determining the relation between
    fire engine travel times and travel distances", Operations Research 23 (1975), whose short ways
    have a square root; the three figures are the pack's, fitted to its own place.
    """

    def __init__(self, detour_factor: float, speed_kmh: float, start_s: float) -> None:
        if not (detour_factor >= 1.0 and speed_kmh > 0.0 and start_s >= 0.0):
            raise ValueError("need detour_factor >= 1, speed_kmh > 0 and start_s >= 0")
        self._s_per_m = detour_factor * 3.6 / speed_kmh
        self._start_s = start_s

    def locate(self, lon: float, lat: float) -> tuple[int, float]:
        return -1, 0.0

    def seconds_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int
    ) -> NDArray[np.float64]:
        metres = np.empty(len(origins))
        kernels.great_circle_m(target[0], target[1], origins.lon, origins.lat, metres)
        return self._start_s + metres * self._s_per_m + origins.access_s

    def place_seconds(
        self, target: tuple[float, float], limit_s: float
    ) -> NDArray[np.float64] | None:
        return None

    def hour_factor(self, at_hour: int) -> float:
        return 1.0

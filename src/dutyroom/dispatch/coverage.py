"""What is left behind: the zones that a unit alone covers.

The measure is that of the maximal covering location problem (R. Church and C. ReVelle, Papers of
the Regional Science Association 32, 1974): a zone is covered when a free unit that can do the work
can be there within a set time. A unit's coverage loss is the weight of the zones that are covered
now and would not be without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch import kernels
from dutyroom.dispatch.fleet import Snapshot, Standing, bits_of
from dutyroom.dispatch.travel import HOURS, Travel

_BEYOND: Final = 65_535


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """Weight of the covered zones before and after, and the zones (by index) that fall out."""

    before: float
    after: float
    lost: tuple[int, ...]


class Coverage:
    """Times between places and zones, looked up once; answers are in whole seconds, rounded up.

    ``points`` (lon, lat) stand for the zones, ``weights`` say how much each counts (equally, if
    left out). Access legs to the network are left out, they are short beside the limit.
    """

    def __init__(
        self,
        travel: Travel,
        points: Sequence[tuple[float, float]],
        limit_s: float,
        weights: Sequence[float] | None = None,
    ) -> None:
        if weights is not None and len(weights) != len(points):
            raise ValueError("need one weight per zone")
        self._travel, self._points, self._limit_s = travel, tuple(points), limit_s
        self._weights = np.array(weights if weights is not None else [1.0] * len(points))
        slowest_s = limit_s / min(travel.hour_factor(hour) for hour in range(HOURS))
        columns = [travel.place_seconds(point, slowest_s) for point in points]
        known = [column for column in columns if column is not None]
        self._place_zone_s = (
            np.ascontiguousarray(np.stack([_whole_s(column) for column in known], axis=1))
            if known
            else None
        )

    def losses(self, fleet: Snapshot, capability: str, at_hour: int) -> NDArray[np.float64]:
        """Coverage loss of every unit, 0 for units that aren't free or can't do the work."""
        free = self._free(fleet, capability)
        table, places, limit_s = self._table(fleet, at_hour)
        loss = np.empty(len(fleet.ids))
        kernels.coverage_loss(table, limit_s, places, free, self._weights, loss)
        return loss

    def after(
        self, fleet: Snapshot, sending: Sequence[str], capability: str, at_hour: int
    ) -> CoverageChange:
        """What sending these units together does to the coverage by this capability."""
        free = self._free(fleet, capability)
        staying = free.copy()
        staying[[fleet.index[unit] for unit in sending]] = False
        table, places, limit_s = self._table(fleet, at_hour)
        within = (table[places] <= limit_s) & (places >= 0)[:, None]
        before, after = within[free].any(axis=0), within[staying].any(axis=0)
        return CoverageChange(
            float(self._weights[before].sum()),
            float(self._weights[after].sum()),
            tuple(np.flatnonzero(before & ~after).tolist()),
        )

    def _free(self, fleet: Snapshot, capability: str) -> NDArray[np.bool_]:
        able = bits_of(fleet, [capability]).astype(np.bool_)
        free: NDArray[np.bool_] = able & (fleet.standing == Standing.AVAILABLE)
        return free

    def _table(
        self, fleet: Snapshot, at_hour: int
    ) -> tuple[NDArray[np.uint16], NDArray[np.int32], float]:
        """Seconds from places to zones, the place of each unit, and the limit to compare with."""
        if self._place_zone_s is not None:
            limit_s = min(self._limit_s / self._travel.hour_factor(at_hour), _BEYOND - 1.0)
            return self._place_zone_s, fleet.origins.place, limit_s
        columns = [
            _whole_s(self._travel.seconds_to(point, fleet.origins, at_hour))
            for point in self._points
        ]
        units = np.arange(len(fleet.ids), dtype=np.int32)
        return np.ascontiguousarray(np.stack(columns, axis=1)), units, self._limit_s


def _whole_s(seconds: NDArray[np.float64]) -> NDArray[np.uint16]:
    return np.minimum(np.ceil(seconds), _BEYOND).astype(np.uint16)

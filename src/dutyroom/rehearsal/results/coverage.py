"""How long places were out of reach: no free unit could have been there in time."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.jit import kernel
from dutyroom.rehearsal.simulation.city import City, as_seconds
from dutyroom.rehearsal.simulation.records import (
    I_AT_BASE,
    I_HOMEWARD,
    I_STAYING,
    Records,
)

FREE: Final = (I_AT_BASE, I_HOMEWARD, I_STAYING)


def uncovered_share(
    city: City, intervals: Records, cover_s: float, start_s: float, end_s: float
) -> NDArray[np.float64]:
    """By point, the share of the time from ``start_s`` to ``end_s`` without a free unit within
    ``cover_s`` (at plain travel times). A unit on its way to a base counts as being there."""
    free = intervals[np.isin(intervals["kind"], FREE)]
    at = np.where(free["kind"] == I_HOMEWARD, free["to_point"], free["from_point"])
    reach = as_seconds(city.travel, city.unit_s) <= cover_s
    first = np.concatenate(([0], np.cumsum(reach.sum(axis=1)))).astype(np.int64)
    points = np.nonzero(reach)[1]
    begins = np.clip(free["start_s"], start_s, end_s)
    ends = np.clip(free["end_s"], start_s, end_s)
    times = np.concatenate((begins, ends))
    steps = np.concatenate((np.ones(len(free), np.int32), np.full(len(free), -1, np.int32)))
    where = np.concatenate((at, at))
    order = np.argsort(times, kind="stable")
    bare_s = np.zeros(city.points)
    _sweep(first, points, times[order], steps[order], where[order], start_s, end_s, bare_s)
    return bare_s / max(end_s - start_s, 1e-9)


@kernel
def _sweep(
    first: NDArray[np.int64],
    points: NDArray[np.int64],
    times: NDArray[np.float64],
    steps: NDArray[np.int32],
    where: NDArray[np.int64],
    start_s: float,
    end_s: float,
    bare_s: NDArray[np.float64],
) -> None:
    """Go through the moments in order and add up how long each point had nobody."""
    units = np.zeros(len(bare_s), np.int32)
    since_s = np.full(len(bare_s), start_s)
    for i in range(len(times)):
        for each in range(first[where[i]], first[where[i] + 1]):
            point = points[each]
            before = units[point]
            units[point] = before + steps[i]
            if before == 0:
                bare_s[point] += times[i] - since_s[point]
            elif units[point] == 0:
                since_s[point] = times[i]
    for point in range(len(bare_s)):
        if units[point] == 0:
            bare_s[point] += end_s - since_s[point]

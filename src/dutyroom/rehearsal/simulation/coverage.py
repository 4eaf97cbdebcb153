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


FREE_SPELL: Final = np.dtype(
    [("start_s", np.float64), ("end_s", np.float64), ("point", np.int32), ("unit", np.int32)]
)
"""A unit was free at a point; on its way to a base it counts as being there."""


def free_spells(intervals: Records) -> Records:
    """Of unit intervals, those in which somebody was free."""
    free = intervals[np.isin(intervals["kind"], FREE)]
    found = np.zeros(len(free), FREE_SPELL)
    found["start_s"], found["end_s"], found["unit"] = free["start_s"], free["end_s"], free["unit"]
    found["point"] = np.where(free["kind"] == I_HOMEWARD, free["to_point"], free["from_point"])
    return found


def none_free(
    free: Records, team: NDArray[np.int64], start_s: float, end_s: float
) -> NDArray[np.float64]:
    """By team, the share of the time from ``start_s`` to ``end_s`` in which none of its units was
    free. ``team`` is that of each unit, from 0; ``free`` are records of FREE_SPELL."""
    count = int(team.max(initial=-1)) + 1
    only_itself = np.arange(count + 1)
    return _bare_share(
        only_itself, only_itself[:-1].astype(np.int32), free, team[free["unit"]], start_s, end_s,
        np.zeros(count), np.zeros(24),
    )  # fmt: skip


class Reach:
    """Which points each point covers within a time, at plain travel times."""

    def __init__(self, city: City, cover_s: float) -> None:
        reach = as_seconds(city.travel, city.unit_s) <= cover_s
        self._first = np.concatenate(([0], np.cumsum(reach.sum(axis=1)))).astype(np.int64)
        self._points = np.nonzero(reach)[1].astype(np.int32)
        self._count = city.points

    def uncovered(
        self, free: Records, start_s: float, end_s: float, weight: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The share of the time from ``start_s`` to ``end_s`` without a free unit that covers a
        point: by point; and by hour of the run modulo 24, over all points by ``weight`` (nan for
        hours that don't occur). ``free`` are records of FREE_SPELL."""
        by_hour_s = np.zeros(24)
        bare = _bare_share(
            self._first, self._points, free, free["point"], start_s, end_s, weight, by_hour_s
        )
        length_s, one = np.zeros(24), max(float(weight.sum()), 1e-300)
        _add_by_hour(length_s, start_s, end_s, one)
        with np.errstate(invalid="ignore", divide="ignore"):
            by_hour = np.where(length_s > 0, by_hour_s / length_s, np.nan)
        return bare, by_hour


def _bare_share(
    first: NDArray[np.int64],
    points: NDArray[np.int32],
    free: Records,
    where: NDArray[np.int64],
    start_s: float,
    end_s: float,
    weight: NDArray[np.float64],
    by_hour_s: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The share of the time in which each of the points had nobody; see ``_sweep``."""
    times = np.concatenate((free["start_s"], free["end_s"])).clip(start_s, end_s)
    steps = np.repeat(np.array([1, -1], np.int32), len(free))
    order = np.argsort(times, kind="stable")
    twice = np.concatenate((where, where)).astype(np.int32)
    bare_s = np.zeros(len(weight))
    _sweep(
        first, points, times[order], steps[order], twice[order], start_s, end_s, weight, bare_s,
        by_hour_s,
    )  # fmt: skip
    return bare_s / max(end_s - start_s, 1e-9)


@kernel
def _sweep(
    first: NDArray[np.int64],
    points: NDArray[np.int32],
    times: NDArray[np.float64],
    steps: NDArray[np.int32],
    where: NDArray[np.int32],
    start_s: float,
    end_s: float,
    weight: NDArray[np.float64],
    bare_s: NDArray[np.float64],
    by_hour_s: NDArray[np.float64],
) -> None:
    """Go through the moments in order and add up how long each point had nobody; and by hour,
    how long times the weight of the point."""
    here, units = np.zeros((2, len(bare_s)), np.int32)
    since_s = np.full(len(bare_s), start_s)
    for i in range(len(times)):
        # Whoever gets free where somebody is already, or is still, changes nothing around.
        there = here[where[i]]
        here[where[i]] += steps[i]
        if min(there, here[where[i]]) > 0:
            continue
        for each in range(first[where[i]], first[where[i] + 1]):
            point = points[each]
            before = units[point]
            units[point] = before + steps[i]
            if before == 0:
                bare_s[point] += times[i] - since_s[point]
                _add_by_hour(by_hour_s, since_s[point], times[i], weight[point])
            elif units[point] == 0:
                since_s[point] = times[i]
    for point in range(len(bare_s)):
        if units[point] == 0:
            bare_s[point] += end_s - since_s[point]
            _add_by_hour(by_hour_s, since_s[point], end_s, weight[point])


@kernel
def _add_by_hour(by_hour: NDArray[np.float64], from_s: float, to_s: float, weight: float) -> None:
    """Add the time between two moments to the hours of the day that it lies in."""
    if weight == 0.0:
        return
    hour = int(from_s // 3600.0)
    while from_s < to_s:
        until_s = min(to_s, (hour + 1) * 3600.0)
        by_hour[hour % 24] += weight * (until_s - from_s)
        from_s = until_s
        hour += 1

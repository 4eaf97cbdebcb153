"""The geography of a run: travel times, bases in order of nearness, facilities, snapping."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.simulation.records import (
    FLOAT32,
    FLOAT64,
    ROAD,
    SLACK_S,
    STRAIGHT,
    UINT16,
)

_CELLS_PER_POINT: Final = 4.0
_MOST_CELLS_ACROSS: Final = 256
_KINDS: Final = {"float64": FLOAT64, "float32": FLOAT32, "uint16": UINT16}
_EMPTY: Final = {
    "travel_f8": np.zeros(0, np.float64),
    "travel_f4": np.zeros(0, np.float32),
    "travel_u2": np.zeros(0, np.uint16),
}
NO_WAY: Final = np.iinfo(np.uint16).max
"""In a uint16 matrix: there is no way."""


@dataclass(frozen=True, eq=False, slots=True)
class City:
    """Where things are and how long it takes, ready for the kernels.

    ``travel[from, to]`` x ``unit_s`` are seconds with sirens. ``from_base_s`` and ``to_base_s``
    [point, base] are seconds as well, close together for each point; ``near[point, k]`` are the
    bases in the order of the seconds from them, then by index. ``hour_factor`` holds the 168
    hours of a week from the scenario's start on, or one for all. ``next_point[to, from]``: where
    a route leads next. ``cell_first``, ``cell_points`` and ``grid``: see ``snapping_grid``;
    ``bound``: the least pace (see ``least_pace``) and
    how far a spot is from its nearest point at most, m.
    """

    travel: NDArray[Any]
    unit_s: float
    base_point: NDArray[np.int32]
    near: NDArray[np.uint16]
    from_base_s: NDArray[np.float64]
    to_base_s: NDArray[np.float64]
    facility_point: NDArray[np.int32]
    nearest_facility: NDArray[np.int32]
    hour_factor: NDArray[np.float64]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    next_point: NDArray[np.uint16]
    cell_first: NDArray[np.int32]
    cell_points: NDArray[np.int32]
    grid: tuple[float, float, float, float, int]
    bound: tuple[float, float]

    @property
    def points(self) -> int:
        """How many points there are."""
        return int(self.travel.shape[0])

    def tables(self) -> dict[str, NDArray[Any]]:
        """The arrays by the names of ``room.TABLES``, flat."""
        short = {"float64": "travel_f8", "float32": "travel_f4", "uint16": "travel_u2"}
        names = (
            "base_point", "near", "from_base_s", "to_base_s", "facility_point",
            "nearest_facility", "hour_factor", "x_m", "y_m", "next_point",
            "cell_first", "cell_points",
        )  # fmt: skip
        found = {name: getattr(self, name).reshape(-1) for name in names}
        return {**_EMPTY, short[self.travel.dtype.name]: self.travel.reshape(-1), **found}

    def numbers(self) -> dict[str, float]:
        """The numbers by the names of ``room.NUMBERS``."""
        west, south, width, height, columns = self.grid
        return {
            "points": self.points,
            "bases": len(self.base_point),
            "travel_kind": _KINDS[self.travel.dtype.name],
            "unit_s": self.unit_s,
            "west_m": west,
            "south_m": south,
            "cell_width_m": width,
            "cell_height_m": height,
            "cell_columns": columns,
            "pace_s_per_m": self.bound[0],
            "snap_m": self.bound[1],
        }


def make_city(
    travel: NDArray[Any],
    base_point: NDArray[np.int32],
    facility_point: NDArray[np.int32],
    *,
    way: int,
    x_m: NDArray[np.float64] | None = None,
    y_m: NDArray[np.float64] | None = None,
    hour_factor: NDArray[np.float64] | None = None,
    unit_s: float = 1.0,
    next_point: NDArray[np.uint16] | None = None,
) -> City:
    """The city for the kernels. ``travel`` is float64 or float32 seconds (inf: no way), or uint16
    in steps of ``unit_s`` (NO_WAY).

    ``x_m``, ``y_m`` are needed for positions on a straight line, ``next_point`` for roads:
    ValueError without them.
    """
    n = travel.shape[0]
    if way == STRAIGHT and (x_m is None or y_m is None):
        raise ValueError("positions on a straight line need the coordinates of the points")
    if way == ROAD and next_point is None:
        raise ValueError("positions on roads need the routes")
    base_point = np.ascontiguousarray(base_point, np.int32)
    from_bases = as_seconds(travel[base_point, :].T, unit_s)
    near = np.argsort(from_bases, axis=1, kind="stable")
    to_facilities = travel[:, facility_point] if len(facility_point) else np.zeros((n, 1))
    x = np.zeros(n) if x_m is None else np.ascontiguousarray(x_m, np.float64)
    y = np.zeros(n) if y_m is None else np.ascontiguousarray(y_m, np.float64)
    cell_first, cell_points, grid, snap_m = snapping_grid(x, y)
    pace = least_pace(travel, unit_s, x, y) if way == STRAIGHT else 0.0
    return City(
        travel=np.ascontiguousarray(travel),
        unit_s=float(unit_s),
        base_point=base_point,
        near=np.ascontiguousarray(near.astype(np.uint16)),
        from_base_s=np.ascontiguousarray(from_bases),
        to_base_s=np.ascontiguousarray(as_seconds(travel[:, base_point], unit_s)),
        facility_point=np.ascontiguousarray(facility_point, np.int32),
        nearest_facility=np.argmin(to_facilities, axis=1).astype(np.int32),
        hour_factor=np.ones(1) if hour_factor is None else np.ascontiguousarray(hour_factor),
        x_m=x,
        y_m=y,
        next_point=np.zeros(0, np.uint16) if next_point is None else next_point,
        cell_first=cell_first,
        cell_points=cell_points,
        grid=grid,
        bound=(pace, snap_m),
    )


def as_seconds(travel: NDArray[Any], unit_s: float) -> NDArray[np.float64]:
    """The travel times of any of the three types in seconds; inf where there is no way."""
    seconds = travel.astype(np.float64)
    if travel.dtype == np.uint16:
        seconds *= unit_s
        seconds[travel == NO_WAY] = np.inf
    return seconds


def least_pace(
    travel: NDArray[Any], unit_s: float, x: NDArray[np.float64], y: NDArray[np.float64]
) -> float:
    """Seconds per metre of crow-flight that no way undercuts, once SLACK_S is added to it.

    So a unit needn't be looked at that is too far off to be first. 0 where there is no bound.
    """
    least = np.inf
    for a in range(len(x)):
        apart_m = np.hypot(x - x[a], y - y[a])
        with np.errstate(divide="ignore", invalid="ignore"):
            pace = (as_seconds(travel[a], unit_s) + SLACK_S) / apart_m
        least = min(least, float(np.min(pace, where=apart_m > 0, initial=np.inf)))
    return least if np.isfinite(least) else 0.0


def snapping_grid(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], tuple[float, float, float, float, int], float]:
    """A grid over the points; each cell lists every point that may be nearest to a spot in it.

    A point can't be nearest anywhere in a cell if its least distance to the cell is more than
    another point's greatest. Returns the first entry of each cell, the points, (west, south,
    width and height of a cell, cells across), and how far a spot is from its nearest point at most.
    """
    across = int(min(_MOST_CELLS_ACROSS, max(1, np.sqrt(len(x) * _CELLS_PER_POINT))))
    west, south = float(x.min()), float(y.min())
    width = (float(x.max()) - west) / across or 1.0
    height = (float(y.max()) - south) / across or 1.0
    points, counts, farthest = [], [], 0.0
    near_x, far_x = _apart2(x, west, width, across)
    near_y, far_y = _apart2(y, south, height, across)
    for row in range(across):
        # A little more, because the kernel's division may round into the next cell.
        enough = (far_x + far_y[row]).min(axis=1) * (1 + 1e-9) + 1e-9
        farthest = max(farthest, float(enough.max()))
        columns, possible = np.nonzero(near_x + near_y[row] <= enough[:, None])
        points.append(possible)
        counts.append(np.bincount(columns, minlength=across))
    first = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    grid = (west, south, width, height, across)
    found = np.concatenate(points).astype(np.int32)
    return first.astype(np.int32), found, grid, float(np.sqrt(farthest))


def _apart2(
    at: NDArray[np.float64], start: float, width: float, cells: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """[cell, point]: how far apart they are along one axis, at least and at most; squared."""
    low = start + np.arange(cells)[:, None] * width
    high = start + np.arange(1, cells + 1)[:, None] * width
    near = np.maximum(np.maximum(low - at, at - high), 0.0)
    far = np.maximum(np.abs(at - low), np.abs(at - high))
    return near**2, far**2

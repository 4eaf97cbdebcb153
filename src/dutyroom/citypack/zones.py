"""Zones: polygons, and which of them a point is in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.text import Text

Ring = NDArray[np.float64]
"""A closed ring of points, shape (k, 2), lon and lat in degrees; last point = first point."""

_CELLS = 48


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """An area; each polygon is an outer ring followed by its holes. ``org`` is the path of the
    organisation that looks after it."""

    id: str
    name: Text
    polygons: tuple[tuple[Ring, ...], ...]
    org: str = ""

    @property
    def centre(self) -> tuple[float, float]:
        """The centroid (lon, lat) of the largest outer ring, by the shoelace formula."""
        return max((_centroid(polygon[0]) for polygon in self.polygons), key=lambda c: c[0])[1]


def _centroid(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Area (square degrees) and centroid of a ring, calculated from its first point."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = float(cross.sum()) / 2
    if area == 0:
        return 0.0, (float(ring[0, 0]), float(ring[0, 1]))
    lon = float(((x[:-1] + x[1:]) * cross).sum()) / (6 * area) + float(ring[0, 0])
    lat = float(((y[:-1] + y[1:]) * cross).sum()) / (6 * area) + float(ring[0, 1])
    return abs(area), (lon, lat)


class ZoneIndex:
    """Finds the zone at a point: a grid names the zones possible in each cell, then rays decide."""

    def __init__(self, zones: tuple[Zone, ...]) -> None:
        self._ids = [zone.id for zone in zones]
        self._edges = [_edges(zone) for zone in zones]
        self._boxes = np.array(
            [(e[:, ::2].min(), e[:, 1::2].min(), e[:, ::2].max(), e[:, 1::2].max())
             for e in self._edges]
        )  # fmt: skip
        west, south = self._boxes[:, 0].min(), self._boxes[:, 1].min()
        east, north = self._boxes[:, 2].max(), self._boxes[:, 3].max()
        self.bounds = (float(west), float(south), float(east), float(north))
        self._step_x = (self.bounds[2] - self.bounds[0]) / _CELLS or 1.0
        self._step_y = (self.bounds[3] - self.bounds[1]) / _CELLS or 1.0
        self._cells: dict[tuple[int, int], tuple[int, ...]] = {}

    def zone_at(self, lon: float, lat: float) -> str:
        """The zone's id. On a shared border the first zone of the file wins; outside, the nearest.

        A point in several zones belongs to the first one. Distances are taken in degrees with the
        longitude scaled by the cosine of the latitude.
        """
        column = int((lon - self.bounds[0]) / self._step_x)
        row = int((lat - self.bounds[1]) / self._step_y)
        if 0 <= column <= _CELLS and 0 <= row <= _CELLS:
            for zone in self._possible(column, row):
                if _inside(self._edges[zone], lon, lat):
                    return self._ids[zone]
        return self._nearest(lon, lat)

    def _possible(self, column: int, row: int) -> tuple[int, ...]:
        """The zones whose box meets the cell; kept, since calls fall where calls have fallen."""
        known = self._cells.get((column, row))
        if known is None:
            west = self.bounds[0] + column * self._step_x
            south = self.bounds[1] + row * self._step_y
            boxes = self._boxes
            # The cell is widened a little: the division above may have rounded up.
            meets = (
                (boxes[:, 0] <= west + self._step_x * 1.001)
                & (boxes[:, 2] >= west - self._step_x * 0.001)
                & (boxes[:, 1] <= south + self._step_y * 1.001)
                & (boxes[:, 3] >= south - self._step_y * 0.001)
            )
            known = tuple(int(zone) for zone in np.flatnonzero(meets))
            self._cells[column, row] = known
        return known

    def _nearest(self, lon: float, lat: float) -> str:
        distances = [_distance(edges, lon, lat) for edges in self._edges]
        return self._ids[int(np.argmin(distances))]


def _edges(zone: Zone) -> NDArray[np.float64]:
    """All edges of a zone, shape (k, 4): from lon, from lat, to lon, to lat."""
    rings = [ring for polygon in zone.polygons for ring in polygon]
    return np.concatenate([np.hstack((ring[:-1], ring[1:])) for ring in rings])


def _inside(edges: NDArray[np.float64], lon: float, lat: float) -> bool:
    """Even-odd rule, counting the edges that a ray to the east meets; holes fall out of it."""
    x0, y0, x1, y1 = edges.T
    crossing = (y0 > lat) != (y1 > lat)
    x0, y0, x1, y1 = x0[crossing], y0[crossing], x1[crossing], y1[crossing]
    meets = lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0)
    return bool(np.count_nonzero(meets) % 2)


def _distance(edges: NDArray[np.float64], lon: float, lat: float) -> float:
    """Squared distance from a point to the nearest edge."""
    scale = np.cos(np.radians(lat))
    ax, ay = (edges[:, 0] - lon) * scale, edges[:, 1] - lat
    bx, by = (edges[:, 2] - lon) * scale, edges[:, 3] - lat
    dx, dy = bx - ax, by - ay
    along = np.clip(-(ax * dx + ay * dy) / np.maximum(dx * dx + dy * dy, 1e-30), 0.0, 1.0)
    return float(((ax + along * dx) ** 2 + (ay + along * dy) ** 2).min())

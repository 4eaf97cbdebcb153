"""A plane divided into faces by cuts: what streets do to a city.

Every cut runs from border to border of one face and makes two of it. A vertex put on an edge is
seen by the faces on both sides, so the faces always tile the plane without gaps. Metres, x east,
y north; faces run counter-clockwise.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Final

Point = tuple[float, float]
Hit = tuple[int, int, float, float]
"""An edge (from, to) and the point on it where something meets it."""

NO_ROAD: Final = -1
_SAME_PLACE_M = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """What an edge belongs to: a road class (or NO_ROAD) and the number of the cut."""

    road_class: int
    number: int


@dataclass(slots=True)
class Face:
    """A face by its corners. ``use`` is what fills it, ``zone`` the district it belongs to."""

    loop: list[int]
    bank: int
    use: str = "built"
    zone: int = -1


@dataclass(slots=True)
class Mesh:
    """Vertices, edges with their cuts, and the faces that haven't been divided further."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    faces: dict[int, Face] = field(default_factory=dict)
    cuts: dict[tuple[int, int], Cut] = field(default_factory=dict)
    _midway: dict[tuple[int, int], int] = field(default_factory=dict)
    _next_face: int = 0

    def add_vertex(self, x: float, y: float) -> int:
        self.xs.append(x)
        self.ys.append(y)
        return len(self.xs) - 1

    def add_face(self, face: Face) -> int:
        number = self._next_face
        self._next_face += 1
        self.faces[number] = face
        return number

    def add_edge(self, a: int, b: int, cut: Cut) -> None:
        self.cuts[(a, b) if a < b else (b, a)] = cut

    def loop(self, number: int) -> list[int]:
        """The corners of a face, with every vertex that neighbours have put on its edges."""
        face = self.faces[number]
        midway = self._midway
        corners = face.loop
        if not midway.keys().isdisjoint(_pairs(corners)):
            refined: list[int] = []
            for a, b in _pairs(corners):
                self._refine(a, b, refined)
            face.loop = refined
        return face.loop

    def _refine(self, a: int, b: int, into: list[int]) -> None:
        middle = self._midway.get((a, b))
        if middle is None:
            into.append(a)
        else:
            self._refine(a, middle, into)
            self._refine(middle, b, into)

    def vertex_at(self, hit: Hit, snap_m: float) -> int:
        """The vertex at a hit: an end of the edge if it is near enough, else a new one."""
        a, b, x, y = hit
        while (middle := self._midway.get((a, b))) is not None:
            a, b = (a, middle) if self._is_before(a, middle, b, x, y) else (middle, b)
        to_a, to_b = self.distance(a, x, y), self.distance(b, x, y)
        if min(to_a, to_b) <= max(snap_m, _SAME_PLACE_M):
            return a if to_a <= to_b else b
        vertex = self.add_vertex(x, y)
        cut = self.cuts.pop((a, b) if a < b else (b, a))
        self.add_edge(a, vertex, cut)
        self.add_edge(vertex, b, cut)
        self._midway[a, b] = vertex
        self._midway[b, a] = vertex
        return vertex

    def _is_before(self, a: int, middle: int, b: int, x: float, y: float) -> bool:
        dx, dy = self.xs[b] - self.xs[a], self.ys[b] - self.ys[a]
        along = (x - self.xs[a]) * dx + (y - self.ys[a]) * dy
        middle_along = (self.xs[middle] - self.xs[a]) * dx + (self.ys[middle] - self.ys[a]) * dy
        return along < middle_along

    def distance(self, vertex: int, x: float, y: float) -> float:
        """Metres from a vertex to a point."""
        return hypot(self.xs[vertex] - x, self.ys[vertex] - y)

    def divide(
        self, number: int, start: int, between: list[Point], end: int, cut: Cut
    ) -> tuple[int, int] | None:
        """Cut a face from one of its vertices to another; None if that would leave a sliver."""
        loop = self.loop(number)
        i, j = loop.index(start), loop.index(end)
        count = len(loop)
        if not between and (j - i) % count in (0, 1, count - 1):
            return None
        chain = [self.add_vertex(x, y) for x, y in between]
        path = [start, *chain, end]
        for a, b in itertools.pairwise(path):
            self.add_edge(a, b, cut)
        left = [loop[(i + k) % count] for k in range((j - i) % count + 1)]
        right = [loop[(j + k) % count] for k in range((i - j) % count + 1)]
        face = self.faces.pop(number)
        children = (
            Face(left + chain[::-1], face.bank, face.use, face.zone),
            Face(right + chain, face.bank, face.use, face.zone),
        )
        return self.add_face(children[0]), self.add_face(children[1])

    def area(self, loop: list[int]) -> float:
        """Square metres, positive for counter-clockwise loops."""
        xs, ys = self.xs, self.ys
        return 0.5 * sum(xs[a] * ys[b] - xs[b] * ys[a] for a, b in _pairs(loop))

    def centroid(self, loop: list[int]) -> Point:
        """The centre of gravity of a loop."""
        xs, ys = self.xs, self.ys
        x0, y0 = xs[loop[0]], ys[loop[0]]
        total = cx = cy = 0.0
        for a, b in _pairs(loop):
            ax, ay, bx, by = xs[a] - x0, ys[a] - y0, xs[b] - x0, ys[b] - y0
            part = ax * by - bx * ay
            total += part
            cx += (ax + bx) * part
            cy += (ay + by) * part
        return (x0 + cx / (3 * total), y0 + cy / (3 * total)) if total else (x0, y0)

    def contains(self, loop: list[int], x: float, y: float) -> bool:
        """Whether a point is inside a loop (even-odd rule)."""
        xs, ys = self.xs, self.ys
        inside = False
        for a, b in _pairs(loop):
            if (ys[a] > y) != (ys[b] > y) and x < xs[a] + (y - ys[a]) / (ys[b] - ys[a]) * (
                xs[b] - xs[a]
            ):
                inside = not inside
        return inside


def _pairs(loop: list[int]) -> Iterator[tuple[int, int]]:
    return zip(loop, loop[1:] + loop[:1], strict=True)

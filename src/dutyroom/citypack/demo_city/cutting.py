"""Cutting faces: along given lines (rivers, rings, great roads), and in half (streets)."""

import itertools
from cmath import phase, rect
from math import hypot, pi

import numpy as np

from dutyroom.citypack.demo_city.mesh import Cut, Hit, Mesh, Point

_SNAP_M = 25.0
_EDGE = 1e-9
_THROUGH = 0.28
"""Sine of the bend below which a street is said to pass straight through a corner."""


def cut_along(
    mesh: Mesh, numbers: list[int], line: list[Point], cut: Cut, snap_m: float = _SNAP_M
) -> None:
    """Cut every face of the list wherever the line passes from border to border through it."""
    for number in numbers:
        portions = _portions(mesh, number, line, snap_m)
        pieces = [number]
        for first, between, last in portions:
            start, end = mesh.vertex_at(first, snap_m), mesh.vertex_at(last, snap_m)
            if start == end:
                continue
            for piece in pieces:
                loop = mesh.loop(piece)
                if start in loop and end in loop and _is_inside(mesh, loop, start, between, end):
                    children = mesh.divide(piece, start, between, end, cut)
                    if children is not None:
                        pieces.remove(piece)
                        pieces.extend(children)
                    break


def _is_inside(mesh: Mesh, loop: list[int], start: int, between: list[Point], end: int) -> bool:
    path = [(mesh.xs[start], mesh.ys[start]), *between, (mesh.xs[end], mesh.ys[end])]
    middle = len(path) // 2
    (x0, y0), (x1, y1) = path[middle - 1], path[middle]
    return mesh.contains(loop, (x0 + x1) / 2, (y0 + y1) / 2)


def _portions(
    mesh: Mesh, number: int, line: list[Point], snap_m: float
) -> list[tuple[Hit, list[Point], Hit]]:
    """The parts of a line that lie inside a face, each from hit to hit with the points between."""
    loop = mesh.loop(number)
    hits = _hits(mesh, loop, line)
    spans = list(itertools.pairwise(hits))
    if hits and line[0] == line[-1]:
        spans.append((hits[-1], hits[0]))
    portions = []
    for (step, along, first), (last_step, last_along, last) in spans:
        if step > last_step:
            between = line[step + 1 : -1] + line[: last_step + 1]
        else:
            between = line[step + 1 : last_step + 1]
        between = [p for p in between if _far(p, first, snap_m) and _far(p, last, snap_m)]
        if not between and step == last_step and abs(last_along - along) < _EDGE:
            continue
        path = [(first[2], first[3]), *between, (last[2], last[3])]
        middle = len(path) // 2
        (x0, y0), (x1, y1) = path[middle - 1], path[middle]
        if mesh.contains(loop, (x0 + x1) / 2, (y0 + y1) / 2):
            portions.append((first, between, last))
    return portions


def _far(point: Point, hit: Hit, snap_m: float) -> bool:
    return hypot(point[0] - hit[2], point[1] - hit[3]) > snap_m


def _hits(mesh: Mesh, loop: list[int], line: list[Point]) -> list[tuple[int, float, Hit]]:
    """Where a line meets the edges of a loop: step of the line, share of the step, hit; sorted.

    Both ends have a little tolerance, since neighbouring faces compute the same place anew.
    """
    corners = np.array([(mesh.xs[v], mesh.ys[v]) for v in loop])
    points = np.array(line)
    low, high = corners.min(axis=0) - 1.0, corners.max(axis=0) + 1.0
    start, end = points[:-1], points[1:]
    near = (np.maximum(start, end) >= low).all(axis=1) & (np.minimum(start, end) <= high).all(
        axis=1
    )
    steps = np.flatnonzero(near)
    p, d = start[steps, None, :], (end - start)[steps, None, :]
    a, e = corners[None, :, :], (np.roll(corners, -1, axis=0) - corners)[None, :, :]
    turn = d[..., 0] * e[..., 1] - d[..., 1] * e[..., 0]
    turn[np.abs(turn) < 1e-12] = np.nan
    w = a - p
    along = (w[..., 0] * e[..., 1] - w[..., 1] * e[..., 0]) / turn
    other = (w[..., 0] * d[..., 1] - w[..., 1] * d[..., 0]) / turn
    meets = (along >= -_EDGE) & (along <= 1 + _EDGE) & (other >= -_EDGE) & (other <= 1 + _EDGE)
    hits: list[tuple[int, float, Hit]] = []
    for row, corner in np.argwhere(meets):
        step, share = int(steps[row]), float(along[row, corner])
        (x0, y0), (x1, y1) = line[step], line[step + 1]
        edge = loop[corner], loop[(corner + 1) % len(loop)]
        hits.append((step, share, (*edge, x0 + share * (x1 - x0), y0 + share * (y1 - y0))))
    return sorted(hits, key=lambda hit: hit[:2])


def halve(
    mesh: Mesh,
    number: int,
    middle: Point,
    area_m2: float,
    cut: Cut,
    shift: float,
    tilt: float,
    bend: float,
    attempt: int = 0,
) -> tuple[int, int] | None:
    """Cut a face in two across its long side, as a street would; None if no good cut is found.

    ``middle`` and ``area_m2`` are those of the face, which the caller knows already.
    ``shift`` moves the cut along the long side (share of its length), ``tilt`` turns it (radians),
    ``bend`` bows it (share of its length). A street that ends at the border of the face near the
    cut is carried on: that is how through streets and crossings come about. Later attempts turn
    the cut the other way and accept sharper corners.
    """
    loop = mesh.loop(number)
    (cx, cy), size = middle, area_m2**0.5
    along, length = _long_side(mesh, loop)
    if attempt % 2:
        along *= 1j
    ax, ay = along.real, along.imag
    cx, cy = cx + ax * shift * length, cy + ay * shift * length
    through = _passing(mesh, loop)
    anchor = min(
        through,
        key=lambda v: abs((mesh.xs[v] - cx) * ax + (mesh.ys[v] - cy) * ay),
        default=None,
    )
    direction = along * 1j * rect(1.0, tilt)
    if anchor is not None:
        off = abs((mesh.xs[anchor] - cx) * ax + (mesh.ys[anchor] - cy) * ay)
        if off < 0.2 * length:
            cx, cy = mesh.xs[anchor], mesh.ys[anchor]
        else:
            anchor = None
    hits = _line_hits(mesh, loop, anchor, cx, cy, direction)
    ends = _choose_ends(hits, anchor)
    if ends is None:
        return None
    start = anchor if anchor is not None else _end(mesh, ends[0], through, size)
    end = _end(mesh, ends[1], through, size)
    loop = mesh.loop(number)
    if start == end or start not in loop or end not in loop:
        return None
    if not _is_inside(mesh, loop, start, [], end):
        return None
    between = _bow(mesh, loop, start, end, bend)
    if not _leaves_two_good_parts(mesh, loop, start, end, pi / (5 + 2 * attempt)):
        return None
    return mesh.divide(number, start, between, end, cut)


def _long_side(mesh: Mesh, loop: list[int]) -> tuple[complex, float]:
    """Direction and length of the longer side of the frame that fits the borders best.

    Directions are averaged four-fold, so that borders at right angles agree (the cross field of
    Palacios and Zhang, 2007).
    """
    corners = [complex(mesh.xs[v], mesh.ys[v]) for v in loop]
    total = 0j
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        side = b - a
        length = abs(side)
        if length > 0:
            total += side**4 / length**3
    frame = rect(1.0, phase(total) / 4) if total else 1 + 0j
    turned = [corner * frame.conjugate() for corner in corners]
    width = max(c.real for c in turned) - min(c.real for c in turned)
    height = max(c.imag for c in turned) - min(c.imag for c in turned)
    return (frame, width) if width >= height else (frame * 1j, height)


def _passing(mesh: Mesh, loop: list[int]) -> list[int]:
    """The vertices of a loop where its border runs straight on: a street may end there."""
    found = []
    xs, ys = mesh.xs, mesh.ys
    for before, vertex, after in zip(loop[-1:] + loop[:-1], loop, loop[1:] + loop[:1], strict=True):
        ax, ay = xs[vertex] - xs[before], ys[vertex] - ys[before]
        bx, by = xs[after] - xs[vertex], ys[after] - ys[vertex]
        lengths = hypot(ax, ay) * hypot(bx, by)
        if abs(ax * by - ay * bx) < _THROUGH * lengths and ax * bx + ay * by > 0:
            found.append(vertex)
    return found


def _line_hits(
    mesh: Mesh, loop: list[int], anchor: int | None, x: float, y: float, direction: complex
) -> list[tuple[float, Hit]]:
    """Where the line through (x, y) meets the loop, sorted; edges at the anchor left out."""
    dx, dy = direction.real, direction.imag
    xs, ys = mesh.xs, mesh.ys
    hits = []
    for a, b in zip(loop, loop[1:] + loop[:1], strict=True):
        if anchor is not None and anchor in (a, b):
            continue
        side_a = dx * (ys[a] - y) - dy * (xs[a] - x)
        side_b = dx * (ys[b] - y) - dy * (xs[b] - x)
        if (side_a > 0) != (side_b > 0):
            share = side_a / (side_a - side_b)
            px, py = xs[a] + share * (xs[b] - xs[a]), ys[a] + share * (ys[b] - ys[a])
            hits.append(((px - x) * dx + (py - y) * dy, (a, b, px, py)))
    hits.sort()
    return hits


def _choose_ends(hits: list[tuple[float, Hit]], anchor: int | None) -> tuple[Hit, Hit] | None:
    if anchor is not None:
        return (nearest, nearest) if (nearest := _nearest(hits)) is not None else None
    pairs = [(hits[k], hits[k + 1]) for k in range(0, len(hits) - 1, 2)]
    if not pairs:
        return None
    first, last = max(
        pairs, key=lambda pair: (pair[0][0] < 0 < pair[1][0], pair[1][0] - pair[0][0])
    )
    return first[1], last[1]


def _nearest(hits: list[tuple[float, Hit]]) -> Hit | None:
    return min(hits, key=lambda hit: abs(hit[0]))[1] if hits else None


def _end(mesh: Mesh, hit: Hit, through: list[int], size: float) -> int:
    """The vertex where a street ends: opposite another street if one ends nearby."""
    _, _, x, y = hit
    near = min(through, key=lambda v: mesh.distance(v, x, y), default=None)
    if near is not None and mesh.distance(near, x, y) < 0.3 * size:
        return near
    return mesh.vertex_at(hit, 0.12 * size)


def _bow(mesh: Mesh, loop: list[int], start: int, end: int, bend: float) -> list[Point]:
    """Points that bow a long street gently; none if the bow would leave the face."""
    x0, y0, x1, y1 = mesh.xs[start], mesh.ys[start], mesh.xs[end], mesh.ys[end]
    length = hypot(x1 - x0, y1 - y0)
    count = int(length * min(abs(bend) * 12, 1.0) / 160)
    points = []
    for k in range(1, count + 1):
        share = k / (count + 1)
        out = 4 * bend * share * (1 - share)
        point = (x0 + share * (x1 - x0) - out * (y1 - y0), y0 + share * (y1 - y0) + out * (x1 - x0))
        if not mesh.contains(loop, *point):
            return []
        points.append(point)
    return points


def _leaves_two_good_parts(
    mesh: Mesh, loop: list[int], start: int, end: int, sharpest: float
) -> bool:
    """Neither part is tiny, and the street meets no border at a sharp angle."""
    i, j = loop.index(start), loop.index(end)
    count = len(loop)
    left = [loop[(i + k) % count] for k in range((j - i) % count + 1)]
    right = [loop[(j + k) % count] for k in range((i - j) % count + 1)]
    if len(left) < 3 or len(right) < 3:
        return False
    part, other = mesh.area(left), mesh.area(right)
    if min(part, other) < 0.18 * (part + other):
        return False
    return all(_corner(mesh, side, v) > sharpest for side in (left, right) for v in (start, end))


def _corner(mesh: Mesh, loop: list[int], vertex: int) -> float:
    """The angle of a loop at a vertex, in radians."""
    i = loop.index(vertex)
    here = complex(mesh.xs[vertex], mesh.ys[vertex])
    before = complex(mesh.xs[loop[i - 1]], mesh.ys[loop[i - 1]]) - here
    after_vertex = loop[(i + 1) % len(loop)]
    after = complex(mesh.xs[after_vertex], mesh.ys[after_vertex]) - here
    return abs(phase(before / after)) if before and after else 0.0

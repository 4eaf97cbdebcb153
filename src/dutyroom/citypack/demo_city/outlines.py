"""Drawing a city: the districts' borders, the water, the parks and the built blocks as polygons."""

from collections import defaultdict
from math import hypot, pi, sin

from dutyroom.citypack.demo_city.ground import Ground, offset
from dutyroom.citypack.demo_city.mesh import Mesh, Point

_HALF_ROAD_M = {0: 16.0, 1: 13.0, 2: 10.0, 3: 7.0, 4: 12.0}
_MOST_BLOCKS = 6_000
_SHORE_M = 14.0


def district_rings(mesh: Mesh) -> dict[int, list[list[Point]]]:
    """The closed borders of each district; together they tile the city exactly.

    Corners on a straight border are left out on both sides alike, since both see the same three
    points.
    """
    zone_beside: dict[tuple[int, int], int] = {}
    for number, face in mesh.faces.items():
        loop = mesh.loop(number)
        for a, b in zip(loop, loop[1:] + loop[:1], strict=True):
            zone_beside[a, b] = face.zone
    borders: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    meeting: dict[int, set[int]] = defaultdict(set)
    for (a, b), zone in zone_beside.items():
        if zone_beside.get((b, a)) != zone:
            borders[zone][a].append(b)
            meeting[a] |= {zone, zone_beside.get((b, a), -1)}
            meeting[b] |= {zone, zone_beside.get((b, a), -1)}
    fixed = {vertex for vertex, zones in meeting.items() if len(zones) > 2}
    return {
        zone: [_straightened(mesh, ring, fixed) for ring in _rings(borders[zone])]
        for zone in sorted(borders)
    }


def _rings(after: dict[int, list[int]]) -> list[list[int]]:
    rings = []
    while after:
        start = min(after)
        ring, here = [start], after[start].pop()
        if not after[start]:
            del after[start]
        while here != start:
            ring.append(here)
            following = after[here].pop()
            if not after[here]:
                del after[here]
            here = following
        rings.append(ring)
    return rings


def _straightened(mesh: Mesh, ring: list[int], fixed: set[int]) -> list[Point]:
    kept = [
        vertex
        for before, vertex, after in zip(
            ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True
        )
        if vertex in fixed or _off_line(mesh, before, vertex, after) > 0.05
    ]
    points = [(mesh.xs[v], mesh.ys[v]) for v in kept]
    return [*points, points[0]]


def _off_line(mesh: Mesh, before: int, vertex: int, after: int) -> float:
    """How far a vertex is from the line between its neighbours, in metres."""
    low, high = min(before, after), max(before, after)
    dx, dy = mesh.xs[high] - mesh.xs[low], mesh.ys[high] - mesh.ys[low]
    px, py = mesh.xs[vertex] - mesh.xs[low], mesh.ys[vertex] - mesh.ys[low]
    return abs(dx * py - dy * px) / (hypot(dx, dy) or 1.0)


def drawing(mesh: Mesh, ground: Ground) -> list[tuple[str, list[Point]]]:
    """(kind, closed ring) of everything under the roads, the biggest things first."""
    shapes = [("water", _river(ground))]
    shapes += [("park", strip) for strip in _embankments(ground)]
    blocks = []
    for number in sorted(mesh.faces):
        face = mesh.faces[number]
        loop = mesh.loop(number)
        if face.bank != 0 and face.use == "built":
            blocks.append((hypot(*mesh.centroid(loop)), number))
        elif face.bank != 0 and (green := _inset(mesh, loop)) is not None:
            shapes.append(("park", green))
            if face.use == "lake":
                shapes.append(("water", _pond(green, 0.62)))
            elif mesh.area(loop) > 1.1e5 and number % 3 == 0:
                shapes.append(("water", _pond(green, 0.36)))
    for _, number in sorted(blocks)[:_MOST_BLOCKS]:
        if (built := _inset(mesh, mesh.loop(number))) is not None:
            shapes.append(("built", built))
    return shapes


def _river(ground: Ground) -> list[Point]:
    left = offset(ground.river, [half - _SHORE_M for half in ground.river_half_m])
    right = offset(ground.river, [-half + _SHORE_M for half in ground.river_half_m])
    ring = right + left[::-1]
    return [*ring, ring[0]]


def _embankments(ground: Ground) -> list[list[Point]]:
    """The green between water and riverside road, inside the city."""
    strips = []
    for side in (1.0, -1.0):
        inside = [k for k, p in enumerate(ground.river) if hypot(*p) < 0.93 * ground.radius_m]
        river = ground.river[inside[0] : inside[-1] + 1]
        halves = ground.river_half_m[inside[0] : inside[-1] + 1]
        shore = offset(river, [side * (half + 4.0) for half in halves])
        road = offset(river, [side * (half + 38.0) for half in halves])
        strips.append([*shore, *road[::-1], shore[0]])
    return strips


def _inset(mesh: Mesh, loop: list[int]) -> list[Point] | None:
    """The block inside its streets: each border moved inwards by half the width of its road."""
    corners = _corners(mesh, loop)
    if len(corners) < 3:
        return None
    lines = []
    for (a, width), (b, _) in zip(corners, corners[1:] + corners[:1], strict=True):
        dx, dy = mesh.xs[b] - mesh.xs[a], mesh.ys[b] - mesh.ys[a]
        length = hypot(dx, dy)
        lines.append((mesh.xs[a] - dy / length * width, mesh.ys[a] + dx / length * width, dx, dy))
    ring = []
    for (px, py, dx, dy), (qx, qy, ex, ey) in zip(lines[-1:] + lines[:-1], lines, strict=True):
        turn = dx * ey - dy * ex
        if abs(turn) < 1e-9:
            ring.append((qx, qy))
            continue
        along = ((qx - px) * ey - (qy - py) * ex) / turn
        ring.append((px + along * dx, py + along * dy))
    area = 0.5 * sum(
        ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    outer = mesh.area(loop)
    far = any(
        hypot(x - mesh.xs[v], y - mesh.ys[v]) > 90
        for (x, y), (v, _) in zip(ring, corners, strict=True)
    )
    return None if far or not 0.2 * outer < area < outer else [*ring, ring[0]]


def _corners(mesh: Mesh, loop: list[int]) -> list[tuple[int, float]]:
    """The corners where a block's border turns, each with half the width of the road after."""
    found = []
    for before, vertex, after in zip(loop[-1:] + loop[:-1], loop, loop[1:] + loop[:1], strict=True):
        ax, ay = mesh.xs[vertex] - mesh.xs[before], mesh.ys[vertex] - mesh.ys[before]
        bx, by = mesh.xs[after] - mesh.xs[vertex], mesh.ys[after] - mesh.ys[vertex]
        if abs(ax * by - ay * bx) > 0.06 * hypot(ax, ay) * hypot(bx, by):
            cut = mesh.cuts[min(vertex, after), max(vertex, after)]
            found.append((vertex, _HALF_ROAD_M.get(cut.road_class, 7.0)))
    return found


def _pond(ring: list[Point], share: float) -> list[Point]:
    """Water inside a park: the park's shape made smaller, its corners rounded off."""
    points = ring[:-1]
    for _ in range(3):
        # Corner cutting (Chaikin, 1974).
        points = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            for a, b in zip(points, points[1:] + points[:1], strict=True)
            for t in (0.25, 0.75)
        ]
    cx = sum(p[0] for p in points) / len(points)
    cy = sum(p[1] for p in points) / len(points)
    shaped = []
    for k, (x, y) in enumerate(points):
        wave = share * (
            1 + 0.14 * sin(4 * pi * k / len(points)) + 0.08 * sin(10 * pi * k / len(points))
        )
        shaped.append((cx + (x - cx) * wave, cy + (y - cy) * wave))
    return [*shaped, shaped[0]]

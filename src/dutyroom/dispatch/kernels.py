"""The engine's inner loops, compiled. Plain arrays in and out: the live room and a rehearsal
call the same functions. Those of quickest ways are in ``contraction`` and ``hierarchy``.

Times are float64 seconds; arrivals are compared as whole milliseconds, then by the unit's index,
which is its rank by id. So two callers can't disagree by a rounding.
"""

import math

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.jit import inline_kernel, kernel, lean_kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Masks = NDArray[np.uint64]
Flags = NDArray[np.bool_]

Records = NDArray[np.void]

EARTH_RADIUS_M = 6_371_000.0

TICKS_PER_S = 100_000
"""The search counts in whole steps of 10 microseconds: sums are exact in any order."""
NODE_BITS = 27
NODE_MASK = (1 << NODE_BITS) - 1
"""An entry of the heap is ticks and node in one integer: 134 million nodes and 190 hours fit."""
FAR = 1 << 62
_SAFE = 1 << 61
ARC = np.dtype([("node", np.int32), ("ticks", np.uint32)])


@lean_kernel
def push(heap: Longs, size: int, entry: int) -> int:
    """Put an entry into the heap (Williams 1964, four children each) and return the new size."""
    at = size
    while at > 0:
        parent = (at - 1) >> 2
        if heap[parent] <= entry:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = entry
    return size + 1


@lean_kernel
def pop(heap: Longs, size: int) -> int:
    """Take the least entry off (the caller has read it at 0) and return the new size."""
    size -= 1
    entry = heap[size]
    at = 0
    while True:
        child = 4 * at + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + 4, size)):
            if heap[other] < heap[least]:
                least = other
        if heap[least] >= entry:
            break
        heap[at] = heap[least]
        at = least
    heap[at] = entry
    return size


@kernel
def seconds_from_all(
    first_arc: Ints, arcs: Records, start: int, limit_s: float, node_s: Floats
) -> None:
    """Fill ``node_s`` with the network seconds from every node to ``start``; inf beyond the limit.

    Dijkstra (1959) on the reversed graph: ``arcs`` (``ARC``) from ``first_arc[v]`` to
    ``first_arc[v + 1]`` lead from ``v`` to the nodes that can drive to it.
    """
    node_s[:] = np.inf
    heap = np.empty(len(arcs) + 1, np.int64)
    tentative = np.full(len(node_s), FAR, np.int64)
    tentative[start] = 0
    size = push(heap, 0, start)
    while size > 0:
        here = heap[0] >> NODE_BITS
        node = heap[0] & NODE_MASK
        if here > limit_s * TICKS_PER_S:
            return
        size = pop(heap, size)
        if here > tentative[node]:
            continue
        node_s[node] = here / TICKS_PER_S
        for arc in range(first_arc[node], first_arc[node + 1]):
            other = arcs[arc]["node"]
            there = here + arcs[arc]["ticks"]
            if there < tentative[other]:
                tentative[other] = there
                size = push(heap, size, (there << NODE_BITS) | other)


@kernel
def great_circle_m(lon: float, lat: float, lons: Floats, lats: Floats, out: Floats) -> None:
    """Metres from one point to each of many on a sphere.

    The haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68 (1984).
    """
    phi = math.radians(lat)
    for i in range(len(lons)):
        other = math.radians(lats[i])
        half_lat = math.sin((other - phi) / 2.0)
        half_lon = math.sin(math.radians(lons[i] - lon) / 2.0)
        h = half_lat * half_lat + math.cos(phi) * math.cos(other) * half_lon * half_lon
        out[i] = 2.0 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


@inline_kernel
def in_ms(seconds: float) -> float:
    """What arrivals are compared by, live and rehearsed: whole milliseconds, halves to even."""
    return float(np.rint(seconds * 1000.0))


@kernel
def ranks_ms(arrival_s: Floats, most_ms: int, out: Longs) -> None:
    """Each arrival as it is compared, ``most_ms`` at most; -1 for inf."""
    for i in range(len(arrival_s)):
        out[i] = min(in_ms(arrival_s[i]), most_ms) if np.isfinite(arrival_s[i]) else -1


@inline_kernel
def weights(places: int, latest: int, turns: int) -> tuple[int, int, int]:
    """How much a step of arrival weighs, how much a turn, and what an empty seat costs.

    For ``places`` to be filled by units that arrive at ``latest`` at most, in whole steps, with
    turns below ``turns``: each aim weighs more than all that follow it can sum up to. Turns weigh
    nothing where they no longer fit beside the time; the order of columns still breaks ties.
    """
    step, turn = places * turns + 1, 1
    if places * places * (float(latest) * step + turns) * 4 > _SAFE:
        step, turn = 1, 0
    return step, turn, places * ((latest + 1) * step + turns * turn) + 1


@inline_kernel
def seat_cost(arrival: int, turn: int, weight: tuple[int, int, int]) -> int:
    """What it costs that a unit fills a place: the sum of these decides who goes, live and
    rehearsed."""
    return arrival * weight[0] + turn * weight[1]


@kernel
def seat_costs(
    arrival: Longs, turn: Longs, able: Flags, weight: tuple[int, int, int], out: Longs
) -> None:
    """``seat_cost`` of each unit that is able; the others aren't better than an empty seat."""
    for i in range(len(arrival)):
        out[i] = seat_cost(arrival[i], turn[i], weight) if able[i] else weight[2]


@lean_kernel
def assign_into(cost: Longs, prices: Longs, links: Longs, used: Flags, chosen: Longs) -> None:
    """Fill ``chosen`` with the column of each row at the least total cost.

    The Hungarian method (Kuhn 1955) with potentials, one shortest augmenting path per row
    (Jonker and Volgenant 1987): O(rows^2 x columns), exact in integers; needs at least as many
    columns as rows. Among equal totals the answer depends on the order of rows and columns only.
    Room to work in, one more than there are columns: ``prices`` and ``links`` have three and two
    such rows.
    """
    rows, columns = cost.shape
    far = np.int64(1) << np.int64(62)
    row_price, column_price, slack = prices[0], prices[1], prices[2]
    row_of, came_from = links[0], links[1]  # rows and columns count from 1 here; 0 is none
    for j in range(columns + 1):
        row_price[j] = column_price[j] = row_of[j] = came_from[j] = 0
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        for j in range(columns + 1):
            slack[j] = far
            used[j] = False
        while row_of[column] != 0:
            used[column] = True
            here = row_of[column]
            step, following = far, 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                reduced = cost[here - 1, j - 1] - row_price[here] - column_price[j]
                if reduced < slack[j]:
                    slack[j] = reduced
                    came_from[j] = column
                if slack[j] < step:
                    step, following = slack[j], j
            for j in range(columns + 1):
                if used[j]:
                    row_price[row_of[j]] += step
                    column_price[j] -= step
                elif j > 0:
                    slack[j] -= step
            column = following
        while column != 0:
            before = came_from[column]
            row_of[column] = row_of[before]
            column = before
    for j in range(1, columns + 1):
        if row_of[j] > 0:
            chosen[row_of[j] - 1] = j - 1


@kernel
def assign(cost: Longs) -> Longs:
    """The column of each row at the least total cost: ``assign_into`` with room of its own."""
    room = cost.shape[1] + 1
    chosen = np.empty(cost.shape[0], np.int64)
    prices, links = np.empty((3, room), np.int64), np.empty((2, room), np.int64)
    assign_into(cost, prices, links, np.empty(room, np.bool_), chosen)
    return chosen


@kernel
def coverage_loss(
    place_zone_s: NDArray[np.uint16],
    limit_s: float,
    unit_place: Ints,
    unit_counts: Flags,
    zone_weight: Floats,
    loss: Floats,
) -> None:
    """Fill ``loss`` with the weight of the zones that only this unit covers.

    A zone is covered when a counted unit can be there within the limit; ``place_zone_s`` has the
    seconds from each place to each zone (65535: beyond all limits).
    """
    zones = place_zone_s.shape[1]
    covering = np.zeros(zones, np.int32)
    last = np.zeros(zones, np.int32)
    for unit in range(len(unit_place)):
        loss[unit] = 0.0
        if not unit_counts[unit] or unit_place[unit] < 0:
            continue
        for zone in range(zones):
            if place_zone_s[unit_place[unit], zone] <= limit_s:
                covering[zone] += 1
                last[zone] = unit
    for zone in range(zones):
        if covering[zone] == 1:
            loss[last[zone]] += zone_weight[zone]

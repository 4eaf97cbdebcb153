"""The engine's inner loops, compiled. Plain arrays in and out: the live room and a rehearsal
call the same functions. All kernels are in this one module (see ``jit``).

Times are float64 seconds; arrivals are compared as whole milliseconds, then by the unit's index,
which is its rank by id. So two callers can't disagree by a rounding.
"""

import math

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.jit import kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Masks = NDArray[np.uint64]

EARTH_RADIUS_M = 6_371_000.0


@kernel
def _push(keys: Floats, nodes: Ints, size: int, key: float, node: int) -> int:
    """Put a node into the binary heap (Williams 1964) and return the new size."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at] = keys[parent]
        nodes[at] = nodes[parent]
        at = parent
    keys[at] = key
    nodes[at] = node
    return size + 1


@kernel
def _pop(keys: Floats, nodes: Ints, size: int) -> int:
    """Take the least entry off (the caller has read it at 0) and return the new size."""
    size -= 1
    key, node = keys[size], nodes[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at] = keys[child]
        nodes[at] = nodes[child]
        at = child
    keys[at] = key
    nodes[at] = node
    return size


@kernel
def nearest_units(
    first_arc: Ints,
    arc_node: Ints,
    arc_s: Floats,
    start: int,
    start_s: float,
    factor: float,
    unit_node: Ints,
    unit_access_s: Floats,
    unit_widened_s: Floats,
    unit_suits: Masks,
    enough: Longs,
    alternates: int,
    alternate_nodes: int,
    stamp: Ints,
    now: int,
    node_s: Floats,
    first_unit: Ints,
    heap_s: Floats,
    heap_node: Ints,
    next_unit: Ints,
    arrival_s: Floats,
) -> float:
    """Search outwards from an incident until enough suitable units are found.

    Dijkstra's algorithm (1959) with a lazy binary heap on the reversed graph: arcs
    ``first_arc[v]:first_arc[v + 1]`` lead from ``v`` to the nodes that can drive to it.
    Fills ``arrival_s`` (inf where the search didn't get to) with
    ``start_s + factor * network seconds + unit_access_s`` and returns the horizon: every unit
    that could arrive by then was found. It is inf when there is nothing further to search.

    Bit ``b`` of ``unit_suits`` says that the unit could fill need ``b``; the ``enough[b]`` best
    of them by arrival + widening are certain to be found. The search goes on for ``alternates``
    suitable units in all, but for them it settles no more than ``alternate_nodes`` nodes.
    ``stamp`` marks the nodes of this search by ``2 now`` (seen) and ``2 now + 1`` (settled), so
    that nothing is cleared between searches; every other array is room to work in.
    """
    needs = len(enough)
    most = 1
    for b in range(needs):
        most = max(most, enough[b])
    best = np.full((max(needs, 1), most), np.inf)
    bound = np.full(max(needs, 1), np.inf)
    units_left = 0
    seen, settled_mark = 2 * now, 2 * now + 1
    for b in range(max(needs, 1)):
        if b >= needs or enough[b] == 0:
            bound[b] = -np.inf
    # Units hang on their node in a list; a node without a mark of this search has none.
    for unit in range(len(unit_node) - 1, -1, -1):
        arrival_s[unit] = np.inf
        node = unit_node[unit]
        if node < 0:
            continue
        if stamp[node] != seen:
            stamp[node] = seen
            node_s[node] = np.inf
            first_unit[node] = -1
        next_unit[unit] = first_unit[node]
        first_unit[node] = unit
        units_left += 1
    if stamp[start] != seen:
        stamp[start] = seen
        first_unit[start] = -1
    node_s[start] = 0.0
    size = _push(heap_s, heap_node, 0, 0.0, start)
    settled, found = 0, 0
    last_bound = bound.max()
    while size > 0 and units_left > 0:
        here_s, node = heap_s[0], heap_node[0]
        reached_s = start_s + factor * here_s
        # A millisecond more, because arrivals are compared in whole milliseconds.
        certain = reached_s > last_bound + 0.001
        if certain and (found >= alternates or settled >= alternate_nodes):
            return float(reached_s)
        size = _pop(heap_s, heap_node, size)
        if stamp[node] == settled_mark:
            continue
        stamp[node] = settled_mark
        settled += 1
        unit = first_unit[node]
        while unit >= 0:
            arrival_s[unit] = reached_s + unit_access_s[unit]
            units_left -= 1
            if unit_suits[unit] != 0:
                found += 1
                cost = arrival_s[unit] + unit_widened_s[unit]
                for b in range(needs):
                    if (unit_suits[unit] >> np.uint64(b)) & np.uint64(1) and cost < bound[b]:
                        at = enough[b] - 1
                        while at > 0 and best[b, at - 1] > cost:
                            best[b, at] = best[b, at - 1]
                            at -= 1
                        best[b, at] = cost
                        bound[b] = best[b, enough[b] - 1]
                last_bound = bound.max()
            unit = next_unit[unit]
        for arc in range(first_arc[node], first_arc[node + 1]):
            other = arc_node[arc]
            there_s = here_s + arc_s[arc]
            mark = stamp[other]
            if mark == settled_mark:
                continue
            if mark != seen:
                stamp[other] = seen
                first_unit[other] = -1
            elif there_s >= node_s[other]:
                continue
            node_s[other] = there_s
            size = _push(heap_s, heap_node, size, there_s, other)
    return np.inf


@kernel
def seconds_from_all(
    first_arc: Ints, arc_node: Ints, arc_s: Floats, start: int, limit_s: float, node_s: Floats
) -> None:
    """Fill ``node_s`` with the network seconds from every node to ``start``; inf beyond the limit.

    The graph is reversed, as for ``nearest_units``.
    """
    node_s[:] = np.inf
    heap_s = np.empty(len(arc_node) + 1)
    heap_node = np.empty(len(arc_node) + 1, np.int32)
    tentative = np.full(len(node_s), np.inf)
    tentative[start] = 0.0
    size = _push(heap_s, heap_node, 0, 0.0, start)
    while size > 0:
        here_s, node = heap_s[0], heap_node[0]
        if here_s > limit_s:
            return
        size = _pop(heap_s, heap_node, size)
        if node_s[node] <= here_s:
            continue
        node_s[node] = here_s
        for arc in range(first_arc[node], first_arc[node + 1]):
            there_s = here_s + arc_s[arc]
            if there_s < tentative[arc_node[arc]]:
                tentative[arc_node[arc]] = there_s
                size = _push(heap_s, heap_node, size, there_s, arc_node[arc])


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


@kernel
def first_response(arrival_ms: Longs, unit_suits: Masks, need: int) -> int:
    """The suitable unit that arrives first, the lowest index on a tie; -1 if there is none.

    Negative arrivals mean unreachable.
    """
    chosen = -1
    for unit in range(len(arrival_ms)):
        if arrival_ms[unit] < 0 or not (unit_suits[unit] >> np.uint64(need)) & np.uint64(1):
            continue
        if chosen < 0 or arrival_ms[unit] < arrival_ms[chosen]:
            chosen = unit
    return chosen


@kernel
def assign(cost: Longs) -> Longs:
    """The column of each row at the least total cost; needs at least as many columns as rows.

    The Hungarian method (Kuhn 1955) with potentials, one shortest augmenting path per row
    (Jonker and Volgenant 1987): O(rows^2 x columns), exact in integers. Among equal totals the
    answer depends on the order of rows and columns only.
    """
    rows, columns = cost.shape
    far = np.int64(1) << np.int64(62)
    row_price = np.zeros(rows + 1, np.int64)
    column_price = np.zeros(columns + 1, np.int64)
    row_of = np.zeros(columns + 1, np.int64)  # rows and columns count from 1 here; 0 is none
    came_from = np.zeros(columns + 1, np.int64)
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        slack = np.full(columns + 1, far)
        used = np.zeros(columns + 1, np.bool_)
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
    chosen = np.empty(rows, np.int64)
    for j in range(1, columns + 1):
        if row_of[j] > 0:
            chosen[row_of[j] - 1] = j - 1
    return chosen


@kernel
def coverage_loss(
    place_zone_s: NDArray[np.uint16],
    limit_s: float,
    unit_place: Ints,
    unit_counts: NDArray[np.bool_],
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

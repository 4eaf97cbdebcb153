"""Ways over a pack's roads between the points of a scenario, worked out once beforehand."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack.roads import RoadNetwork
from dutyroom.dispatch.jit import kernel
from dutyroom.dispatch.kernels import ARC, TICKS_PER_S, seconds_from_all

MOST_POINTS: Final = 1500
"""A matrix of this many points is 18 MB; roads with more nodes are sampled."""


def chosen_nodes(
    roads: RoadNetwork, wanted: list[int], most: int = MOST_POINTS
) -> NDArray[np.int64]:
    """The nodes that become points: all of a small network, else the wanted ones and an even
    sample of the others, ascending. A call at another node counts as at the nearest of these."""
    nodes = len(roads.node_lon)
    if nodes <= most:
        return np.arange(nodes)
    free = np.setdiff1d(np.arange(nodes), wanted)
    # In strips from west to east and within a strip from south to north: an even sample.
    strips = int(np.sqrt(most))
    strip = np.argsort(np.argsort(roads.node_lon[free])) * strips // len(free)
    order = free[np.lexsort((roads.node_lat[free], strip))]
    room = max(most - len(set(wanted)), 1)
    sample = order[np.linspace(0, len(order) - 1, room).astype(np.int64)]
    return np.unique(np.concatenate((np.array(wanted, np.int64), sample)))


def ways_between(
    roads: RoadNetwork, nodes: NDArray[np.int64], closed: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.uint16]]:
    """Seconds[from, to] at plain speeds, and next_point[to, from]: the first of these nodes that
    the quickest way passes. ``closed`` arcs can't be used; inf where there is no way."""
    arc_s = roads.arc_length_m * 3.6 / roads.arc_speed_kmh
    if closed is not None:
        arc_s = np.where(closed, np.inf, arc_s)
    usable = np.isfinite(arc_s)
    arc_from, arc_to = roads.arc_from[usable], roads.arc_to[usable]
    ticks = np.rint(arc_s[usable] * TICKS_PER_S).astype(np.int64)
    count = len(roads.node_lon)
    first_in, arcs_in = _by_node(arc_to, arc_from, ticks, count)
    first_out, arcs_out = _by_node(arc_from, arc_to, ticks, count)
    point_of = np.full(count, -1, np.int64)
    point_of[nodes] = np.arange(len(nodes))
    seconds = np.empty((len(nodes), len(nodes)))
    following = np.zeros((len(nodes), len(nodes)), np.uint16)
    node_s = np.empty(count)
    via = np.empty(count, np.int64)
    for at, node in enumerate(nodes):
        seconds_from_all(first_in, arcs_in, int(node), 1e9, node_s)
        seconds[:, at] = node_s[nodes]
        order = np.argsort(node_s, kind="stable")
        _next_points(first_out, arcs_out, node_s, order, point_of, via)
        following[at] = via[nodes]
    return seconds, following


def _by_node(
    at: NDArray[np.int32], other: NDArray[np.int32], ticks: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int32], NDArray[np.void]]:
    """Arcs in the order of the node that they are looked up by."""
    order = np.argsort(at, kind="stable")
    arcs = np.empty(len(order), ARC)
    arcs["node"], arcs["ticks"] = other[order], ticks[order]
    first = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=count))))
    return first.astype(np.int32), arcs


@kernel
def _next_points(
    first_out: NDArray[np.int32],
    arcs_out: NDArray[np.void],
    node_s: NDArray[np.float64],
    order: NDArray[np.int64],
    point_of: NDArray[np.int64],
    via: NDArray[np.int64],
) -> None:
    """For every node the first point on its quickest way; the target and lost nodes get 0."""
    for node in order:
        via[node] = 0
        here = np.int64(np.rint(node_s[node] * TICKS_PER_S)) if node_s[node] < np.inf else -1
        if here <= 0:
            if here == 0 and point_of[node] >= 0:
                via[node] = point_of[node]
            continue
        for each in range(first_out[node], first_out[node + 1]):
            other = arcs_out[each]["node"]
            there = node_s[other]
            if there == np.inf:
                continue
            if np.int64(np.rint(there * TICKS_PER_S)) + arcs_out[each]["ticks"] == here:
                via[node] = point_of[other] if point_of[other] >= 0 else via[other]
                break

"""Kernels that contract a road network into a hierarchy, once, when a city pack is loaded.

Contraction hierarchies: R. Geisberger, P. Sanders, D. Schultes and D. Delling, Experimental
Algorithms, LNCS 5038 (2008). Nodes are taken out one by one, the least important first; where the
quickest way between two neighbours led over the node, a shortcut takes its place. All times are
whole ticks, so a shortcut is as long as the way it stands for, exactly.
"""

import numpy as np

from dutyroom.dispatch.jit import kernel, lean_kernel
from dutyroom.dispatch.kernels import NODE_BITS, NODE_MASK, Ints, Longs, pop, push

WITNESS_NODES = 300
"""A search for a way around a node settles no more: at worst there is a shortcut too many."""
FARTHEST = 1 << 34
"""Ways longer than 47 hours get their shortcut unasked: longer ones don't fit an entry's bits."""

TAIL, HEAD, NEXT_OUT, NEXT_IN, HOPS = 0, 1, 2, 3, 4
"""Rows of ``links``: an arc's ends, the next arc out of the same tail and into the same head, and
how many arcs of the street network it stands for; -1 ends a list."""


@lean_kernel
def _search_around(
    links: Ints, ticks: Longs, first_out: Ints, start: int, without: int, bound: int,
    found: Longs, mark: Ints, now: int, heap: Longs,
) -> None:  # fmt: skip
    """Ways from a node without another, up to a length: ``found`` where ``mark`` is ``now``."""
    found[start], mark[start] = 0, now
    size = push(heap, 0, start)
    settled = 0
    while size > 0 and settled < WITNESS_NODES:
        here, node = heap[0] >> NODE_BITS, heap[0] & NODE_MASK
        size = pop(heap, size)
        if here > found[node]:
            continue
        settled += 1
        arc = first_out[node]
        while arc >= 0:
            other = links[HEAD, arc]
            there = here + ticks[arc]
            if (
                other != without
                and there <= bound
                and size < len(heap)
                and (mark[other] != now or there < found[other])
            ):
                found[other], mark[other] = there, now
                size = push(heap, size, (there << NODE_BITS) | other)
            arc = links[NEXT_OUT, arc]


@lean_kernel
def _shortcuts(
    links: Ints, ticks: Longs, first_out: Ints, first_in: Ints, node: int,
    found: Longs, mark: Ints, now: int, heap: Longs, made: Longs,
) -> tuple[int, int]:  # fmt: skip
    """Fill ``made`` with the (in arc, out arc) pairs that need a shortcut when the node goes.

    Returns how many, and the next free number for marks.
    """
    count = 0
    into = first_in[node]
    while into >= 0:
        tail = links[TAIL, into]
        bound = -1
        out = first_out[node]
        while out >= 0:
            if links[HEAD, out] != tail:
                bound = max(bound, int(ticks[into] + ticks[out]))
            out = links[NEXT_OUT, out]
        if bound >= 0:
            now += 1
            if bound < FARTHEST:
                _search_around(links, ticks, first_out, tail, node, bound, found, mark, now, heap)
            out = first_out[node]
            while out >= 0:
                head = links[HEAD, out]
                around = mark[head] == now and found[head] <= ticks[into] + ticks[out]
                if head != tail and not around:
                    made[count, 0], made[count, 1] = into, out
                    count += 1
                out = links[NEXT_OUT, out]
        into = links[NEXT_IN, into]
    return count, now


@lean_kernel
def _importance(
    links: Ints, first_out: Ints, first_in: Ints, level: Ints, node: int,
    made: Longs, count: int,
) -> int:  # fmt: skip
    """How late a node should go: few new arcs for old ones, few streets under them, low level.

    The weighing is that of RoutingKit (Dibbelt, Strasser and Wagner).
    """
    arcs, hops = 0, 0
    arc = first_out[node]
    while arc >= 0:
        arcs, hops = arcs + 1, hops + links[HOPS, arc]
        arc = links[NEXT_OUT, arc]
    arc = first_in[node]
    while arc >= 0:
        arcs, hops = arcs + 1, hops + links[HOPS, arc]
        arc = links[NEXT_IN, arc]
    if arcs == 0:
        return 1000 * int(level[node])
    new_hops = 0
    for each in range(count):
        new_hops += links[HOPS, made[each, 0]] + links[HOPS, made[each, 1]]
    return 1000 * int(level[node]) + 1000 * count // arcs + 1000 * new_hops // hops


@lean_kernel
def _take_out(links: Ints, first_out: Ints, first_in: Ints, level: Ints, node: int) -> None:
    """Strike the node from its neighbours' lists. Its own stay: they are its arcs upward."""
    arc = first_out[node]
    while arc >= 0:
        other = links[HEAD, arc]
        level[other] = max(level[other], level[node] + 1)
        if first_in[other] == arc:
            first_in[other] = links[NEXT_IN, arc]
        else:
            before = first_in[other]
            while links[NEXT_IN, before] != arc:
                before = links[NEXT_IN, before]
            links[NEXT_IN, before] = links[NEXT_IN, arc]
        arc = links[NEXT_OUT, arc]
    arc = first_in[node]
    while arc >= 0:
        other = links[TAIL, arc]
        level[other] = max(level[other], level[node] + 1)
        if first_out[other] == arc:
            first_out[other] = links[NEXT_OUT, arc]
        else:
            before = first_out[other]
            while links[NEXT_OUT, before] != arc:
                before = links[NEXT_OUT, before]
            links[NEXT_OUT, before] = links[NEXT_OUT, arc]
        arc = links[NEXT_IN, arc]


@lean_kernel
def _add_arc(
    links: Ints, ticks: Longs, first_out: Ints, first_in: Ints, size: int,
    tail: int, head: int, length: int, hops: int,
) -> int:  # fmt: skip
    """Add an arc, or shorten the one that is there; returns how many arcs there are now."""
    arc = first_out[tail]
    while arc >= 0:
        if links[HEAD, arc] == head:
            if length < ticks[arc]:
                ticks[arc], links[HOPS, arc] = length, hops
            return size
        arc = links[NEXT_OUT, arc]
    links[TAIL, size], links[HEAD, size], links[HOPS, size] = tail, head, hops
    ticks[size] = length
    links[NEXT_OUT, size], links[NEXT_IN, size] = first_out[tail], first_in[head]
    first_out[tail] = first_in[head] = size
    return size + 1


@lean_kernel
def _degrees(links: Ints, first_out: Ints, first_in: Ints, node: int) -> int:
    """Arcs in times arcs out: no more shortcuts can come of a node."""
    ins, outs = 0, 0
    arc = first_out[node]
    while arc >= 0:
        outs, arc = outs + 1, links[NEXT_OUT, arc]
    arc = first_in[node]
    while arc >= 0:
        ins, arc = ins + 1, links[NEXT_IN, arc]
    return ins * outs


@kernel
def contract(
    nodes: int, tails: Ints, heads: Ints, arc_ticks: Longs
) -> tuple[Ints, Ints, Ints, Ints, Longs]:
    """Contract all nodes. Loops are left out; of parallel arcs the quickest counts.

    Returns the order in which they went, the first arc out of each node and into it among those
    that lead to nodes that went later, ``links``, and the ticks of all arcs.
    """
    room = 2 * len(tails) + 16
    links, ticks = np.empty((5, room), np.int32), np.empty(room, np.int64)
    first_out, first_in = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    size = 0
    for arc in range(len(tails)):
        if tails[arc] != heads[arc]:
            size = _add_arc(
                links, ticks, first_out, first_in, size,
                tails[arc], heads[arc], arc_ticks[arc], 1,
            )  # fmt: skip
    found, mark = np.empty(nodes, np.int64), np.zeros(nodes, np.int32)
    level, order = np.zeros(nodes, np.int32), np.empty(nodes, np.int32)
    heap = np.empty(32 * WITNESS_NODES, np.int64)
    made = np.empty((64, 2), np.int64)
    queue = np.empty(nodes + 1, np.int64)
    now, waiting = 0, 0
    for turn in range(-nodes, nodes):  # first all get their importance, then they go
        node = turn + nodes
        while True:
            if turn >= 0:
                node = queue[0] & NODE_MASK
            most = _degrees(links, first_out, first_in, node)
            if most > len(made):
                made = np.empty((2 * most, 2), np.int64)
            count, now = _shortcuts(
                links, ticks, first_out, first_in, node, found, mark, now, heap, made
            )
            if now > 1 << 30:
                mark[:] = 0
                now = 0
            weight = _importance(links, first_out, first_in, level, node, made, count)
            entry = (weight << NODE_BITS) | node
            if turn < 0:
                waiting = push(queue, waiting, entry)
                break
            waiting = pop(queue, waiting)
            if waiting == 0 or entry <= queue[0]:
                break
            waiting = push(queue, waiting, entry)  # dearer than when it was last looked at
        if turn < 0:
            continue
        order[turn] = node
        _take_out(links, first_out, first_in, level, node)
        if size + count > len(ticks):
            wider, longer = (
                np.empty((5, 2 * (size + count)), np.int32),
                np.empty(2 * (size + count), np.int64),
            )
            wider[:, :size], longer[:size] = links[:, :size], ticks[:size]
            links, ticks = wider, longer
        for each in range(count):
            into, out = made[each, 0], made[each, 1]
            size = _add_arc(
                links, ticks, first_out, first_in, size,
                links[TAIL, into], links[HEAD, out], ticks[into] + ticks[out],
                links[HOPS, into] + links[HOPS, out],
            )  # fmt: skip
    return order, first_out, first_in, links[:, :size].copy(), ticks[:size].copy()


@kernel
def arcs_upward(
    order: Ints, place: Ints, first: Ints, links: Ints, ticks: Longs, end: int, following: int
) -> tuple[Ints, Ints, Longs]:
    """Arcs to nodes that went later, the last to go first: offsets, ends (as places), ticks."""
    nodes = len(order)
    count = 0
    for node in range(nodes):
        arc = first[node]
        while arc >= 0:
            count, arc = count + 1, links[following, arc]
    offset, ends = np.zeros(nodes + 1, np.int32), np.empty(count, np.int32)
    lengths = np.empty(count, np.int64)
    at = 0
    for here in range(nodes):
        arc = first[order[nodes - 1 - here]]
        while arc >= 0:
            ends[at], lengths[at] = place[links[end, arc]], ticks[arc]
            at, arc = at + 1, links[following, arc]
        offset[here + 1] = at
    return offset, ends, lengths

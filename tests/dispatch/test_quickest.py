"""The contracted network gives the times of a plain search, to the tick."""

import heapq
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutyroom.dispatch.kernels import TICKS_PER_S
from dutyroom.dispatch.quickest import QuickestWays

from .worlds import Streets, streets


def plain_ticks(world: Streets, target: int) -> list[int | None]:
    """From every node to the target, by Dijkstra's search in whole ticks."""
    into = defaultdict(list)
    for tail, head, seconds in zip(world.arc_from, world.arc_to, world.arc_s, strict=True):
        into[int(head)].append((int(tail), round(float(seconds) * TICKS_PER_S)))
    best: list[int | None] = [None] * world.size
    waiting = [(0, target)]
    while waiting:
        here, node = heapq.heappop(waiting)
        if best[node] is None:
            best[node] = here
            for tail, ticks in into[node]:
                heapq.heappush(waiting, (here + ticks, tail))
    return best


@st.composite
def blocks(draw: st.DrawFn) -> Streets:
    """A city of blocks with equal streets, some quicker, one-way or closed: ties everywhere."""
    wide, high = draw(st.integers(2, 12)), draw(st.integers(2, 12))
    random = np.random.default_rng(draw(st.integers(0, 1 << 30)))
    number = np.arange(wide * high).reshape(high, wide)
    pairs = [(number[:, :-1], number[:, 1:]), (number[:-1], number[1:])]
    one = np.concatenate([a.ravel() for a, _ in pairs])
    other = np.concatenate([b.ravel() for _, b in pairs])
    tails, heads = np.concatenate((one, other)), np.concatenate((other, one))
    kept = random.random(len(tails)) < draw(st.sampled_from([0.5, 0.9, 1.0]))
    arc_s = random.choice([10.0, 10.0, 10.0, 4.0, 0.0], len(tails))
    return Streets(
        wide * high, tails[kept].astype(np.int32), heads[kept].astype(np.int32), arc_s[kept]
    )


def ways_of(world: Streets, core: int = 4) -> QuickestWays:
    """With a core so small that most nodes lie below it."""
    return QuickestWays(world.size, world.arc_from, world.arc_to, world.arc_s, core=core)


def in_ticks(seconds: NDArray[np.float64]) -> list[int | None]:
    return [round(s * TICKS_PER_S) if np.isfinite(s) else None for s in seconds.tolist()]


@given(st.one_of(streets(most=40), blocks()), st.data())
def test_every_time_is_that_of_a_plain_search(world: Streets, data: st.DataObject) -> None:
    ways = ways_of(world, data.draw(st.sampled_from([0, 1, 4, 4_096])))
    everywhere = np.arange(world.size, dtype=np.int32)
    for _ in range(3):  # in the same room to work in, which every search must leave clean
        target = data.draw(st.integers(0, world.size - 1))
        assert in_ticks(ways.seconds_to(target, everywhere)) == plain_ticks(world, target)


@given(blocks(), st.data())
def test_the_answer_for_an_origin_does_not_depend_on_the_others(
    world: Streets, data: st.DataObject
) -> None:
    ways = ways_of(world)
    node = st.integers(0, world.size - 1)
    target, origins = data.draw(node), data.draw(st.lists(node, max_size=20))
    together = ways.seconds_to(target, np.array(origins, np.int32)).tolist()
    alone = [ways.seconds_to(target, np.array([one], np.int32)).tolist()[0] for one in origins]
    assert together == alone


def test_ways_of_many_hours_are_exact() -> None:
    """A hundred streets of ten hours each: no sum of them may overflow."""
    world = Streets(
        101,
        np.arange(100, dtype=np.int32),
        np.arange(1, 101, dtype=np.int32),
        np.full(100, 36_000.0),
    )
    origins = np.array([0, 50, 100, -1], np.int32)
    for core in (0, 4, 4_096):
        found = ways_of(world, core).seconds_to(100, origins).tolist()
        assert found == [3.6e6, 1.8e6, 0.0, np.inf]

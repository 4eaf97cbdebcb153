"""What roads cost: the bench's calls on a road network instead of a zone matrix.

A town of 10,000 crossings. Ways between its points are worked out once, beforehand, over all of
its roads. The same calls are rehearsed by the distances as a zone matrix, and by the roads: with
units that are free again at their base, and with units that are sent again from where they are on
their way, on a straight line or on their route.

    python -m bench.road_city [--quick]
"""

import argparse
import statistics
import time
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bench.rounds import in_rounds, median_s, ratio
from bench.town import UNITS
from dutyroom.citypack.roads import METRES_PER_DEGREE, RoadNetwork
from dutyroom.rehearsal.scenario.routes import chosen_nodes, ways_between
from dutyroom.rehearsal.simulation.city import make_city
from dutyroom.rehearsal.simulation.records import CALL, CHANGE, JUMP, PLACE, ROAD, START_SHIFT
from dutyroom.rehearsal.simulation.records import STRAIGHT as STRAIGHT_LINE
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs, simulate

ACROSS = 100
BLOCK_M = 120.0
MOST_TIMES = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a third of the calls")
    calls = 100_000 if parser.parse_args().quick else 300_000
    roads = grid_of_streets(np.random.default_rng(5))
    start = time.perf_counter()
    nodes = chosen_nodes(roads, [])
    seconds, following = ways_between(roads, nodes)
    took_s = time.perf_counter() - start
    inputs = inputs_of(roads, nodes, seconds, following, calls)
    x_m, y_m = inputs.city.x_m, inputs.city.y_m
    matrix = np.rint(np.hypot(x_m[:, None] - x_m, y_m[:, None] - y_m) * 1.35 / 9.0)
    ways = {
        "zone matrix, free again at the base": (matrix, JUMP),
        "roads, free again at the base": (seconds, JUMP),
        "zone matrix, sent again on a straight line": (matrix, STRAIGHT_LINE),
        "roads, sent again on the route": (seconds, ROAD),
    }
    engines = {}
    for name, (travel, way) in ways.items():
        city = make_city(
            travel, inputs.city.base_point, np.zeros(0, np.int32), way=way,
            x_m=x_m, y_m=y_m, next_point=following,
        )  # fmt: skip
        one = replace(inputs, city=city, rules=Rules(way=way))
        simulate(one, until_s=10.0)
        engines[name] = partial(median_s, partial(simulate, one, keep_intervals=False))
    took = in_rounds(3, engines)
    table = Table(title=f"{calls:,} calls, {UNITS} units, {len(nodes):,} points", show_edge=False)
    for head in ("travel", "calls/s", "times as long"):
        table.add_column(head, justify="left" if head == "travel" else "right")
    matrix_s, road_s, straight_s, route_s = took.values()
    for name, found in took.items():
        times = statistics.median(np.divide(found, matrix_s))
        table.add_row(name, f"{calls / statistics.median(found):,.0f}", f"{times:.2f}")
    Console().print(table)
    print(f"ways over {len(roads.arc_to):,} arcs worked out once, in {took_s:.1f} s")
    print("times as long by roads as by the zone matrix:")
    print(f"  free again at the base: {ratio(road_s, matrix_s)}, at most {MOST_TIMES:g} wanted")
    print(f"  sent again on the way: {ratio(route_s, straight_s)}, at most {MOST_TIMES:g} wanted")


def grid_of_streets(rng: np.random.Generator) -> RoadNetwork:
    """Streets of many speeds, both ways, a tenth of the blocks without one."""
    nodes = np.arange(ACROSS * ACROSS).reshape(ACROSS, ACROSS)
    ends = [(nodes[:, :-1], nodes[:, 1:]), (nodes[:-1], nodes[1:])]
    one = np.concatenate([a.ravel() for a, _ in ends])
    other = np.concatenate([b.ravel() for _, b in ends])
    kept = rng.random(len(one)) > 0.1
    one, other = one[kept], other[kept]
    fast = (one % 10 == 0) & (other % 10 == 0)
    speed = np.where(fast, 60.0, rng.choice([20.0, 30.0, 40.0], len(one)))
    degrees = BLOCK_M / METRES_PER_DEGREE
    return RoadNetwork(
        node_lon=np.tile(np.arange(ACROSS, dtype=np.float64), ACROSS) * degrees,
        node_lat=np.repeat(np.arange(ACROSS, dtype=np.float64), ACROSS) * degrees,
        arc_from=np.concatenate((one, other)).astype(np.int32),
        arc_to=np.concatenate((other, one)).astype(np.int32),
        arc_length_m=np.full(2 * len(one), BLOCK_M),
        arc_speed_kmh=np.concatenate((speed, speed)),
        arc_class=np.zeros(2 * len(one), np.int8),
        arc_street=np.full(2 * len(one), -1, np.int32),
    )


def inputs_of(
    roads: RoadNetwork,
    nodes: NDArray[np.int64],
    seconds: NDArray[np.float64],
    following: NDArray[np.uint16],
    count: int,
) -> Inputs:
    """Calls all over the town, as in ``bench.simulation``."""
    rng = np.random.default_rng(1)
    linked = np.flatnonzero(np.isfinite(seconds[0]) & np.isfinite(seconds[:, 0]))
    calls, places = np.zeros(count, CALL), np.zeros(count, PLACE)
    calls["ready_s"] = np.cumsum(rng.exponential(2000.0 / (0.6 * UNITS), count))
    calls["point"] = rng.choice(linked, count)
    calls["priority"] = calls["level"] = rng.integers(1, 4, count)
    calls["first"], calls["count"] = np.arange(count), 1
    places["need"], places["stretch"], places["facility"] = 1, 1.0, -1
    places["on_scene_s"], places["call"] = rng.exponential(1500.0, count), np.arange(count)
    changes = np.zeros(UNITS, CHANGE)
    changes["unit"], changes["kind"] = np.arange(UNITS), START_SHIFT
    base = rng.choice(linked, UNITS, replace=False).astype(np.int32)
    city = make_city(
        seconds, base, np.zeros(0, np.int32), way=ROAD, next_point=following,
        x_m=roads.node_lon[nodes] * METRES_PER_DEGREE,
        y_m=roads.node_lat[nodes] * METRES_PER_DEGREE,
    )  # fmt: skip
    ids = tuple(f"{unit:02}" for unit in range(UNITS))
    fleet = Fleet(ids, np.ones(UNITS, np.uint64), np.arange(UNITS, dtype=np.int32))
    return Inputs(city, Rules(way=ROAD), fleet, calls, places, changes)


if __name__ == "__main__":
    main()

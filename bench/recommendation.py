"""How long one recommendation takes: 1,000 units on a road network of 100,000 nodes.

Prints the time of a recommendation inside the process against the limit, beside
``scipy.sparse.csgraph.dijkstra`` on the same reversed graph in the same run, and how often a
ranking by straight line would have sent another unit.

    python bench/recommendation.py [--quick] [--city FOLDER]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dutyroom.citypack import CityPack, RoadNetwork, generate_city, read_pack
from dutyroom.dispatch import (
    ByDistance,
    Coverage,
    Fleet,
    FleetUnit,
    Need,
    Request,
    Snapshot,
    Standing,
    Travel,
    build_travel,
    recommend,
    warm_up,
)

LIMIT_MS = 2.0
COVERAGE_S = 480.0
NOW_S = 100.0
HOUR = 18
SHARES = {Standing.AVAILABLE: 0.6, Standing.BUSY: 0.35, Standing.UNAVAILABLE: 0.05}


@dataclass(frozen=True)
class Town:
    """What is measured on: a city, its travel, and its fleet out on the streets."""

    roads: RoadNetwork
    travel: Travel
    fleet: Fleet
    plans: tuple[tuple[Need, ...], ...]
    coverage: Coverage


def main() -> None:
    options = _options()
    console = Console()
    with tempfile.TemporaryDirectory() as scratch:
        pack = _city(console, options, Path(options.city or scratch))
    started = time.perf_counter()
    warm_up()
    ready = time.perf_counter()
    console.print(f"kernels ready in {ready - started:.2f} s")
    town = _town(pack, np.random.default_rng(options.seed))
    console.print(f"city ready in {time.perf_counter() - ready:.2f} s, its roads contracted")
    console.print(
        f"{len(town.roads.node_lon):,} nodes, {len(town.roads.arc_to):,} arcs, "
        f"{len(town.fleet.ids):,} units, {len(pack.zones)} zones"
    )
    _report(console, town, options.calls, np.random.default_rng(options.seed + 1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the city and the calls")
    parser.add_argument("--city", help="folder of a city pack to read, or to make and keep there")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.nodes, options.units = (10_000, 200) if options.quick else (100_000, 1_000)
    options.calls = 300 if options.quick else 3_000
    return options


def _city(console: Console, options: argparse.Namespace, folder: Path) -> CityPack:
    if not (folder / "city.json").exists():
        console.print(f"making a city of {options.nodes:,} nodes ...")
        folder.mkdir(parents=True, exist_ok=True)
        generate_city(folder, nodes=options.nodes, units=options.units, seed=options.seed)
    return read_pack(folder)


def _town(pack: CityPack, random: np.random.Generator) -> Town:
    if pack.roads is None:
        raise SystemExit("the city has no roads")
    travel = build_travel(pack)
    standings = random.choice(list(SHARES), len(pack.units), p=list(SHARES.values()))
    nodes = random.integers(len(pack.roads.node_lon), size=len(pack.units))
    ages_s = random.exponential(30.0, len(pack.units))
    fleet = Fleet(
        travel,
        [
            FleetUnit(
                unit.id,
                unit.capabilities,
                float(pack.roads.node_lon[node]),
                float(pack.roads.node_lat[node]),
                NOW_S - float(age_s),
                Standing(standing),
                int(random.integers(1, 5)) if standing == Standing.BUSY else 0,
            )
            for unit, node, standing, age_s in zip(
                pack.units, nodes, standings, ages_s, strict=True
            )
        ],
    )
    plans = tuple(
        tuple(Need(need.capability, need.count) for need in plan.needs) for plan in pack.plans
    )
    centres = [_middle(zone.polygons[0][0]) for zone in pack.zones]
    return Town(pack.roads, travel, fleet, plans, Coverage(travel, centres, COVERAGE_S))


def _middle(ring: NDArray[np.float64]) -> tuple[float, float]:
    lon, lat = ring[:-1].mean(axis=0)
    return float(lon), float(lat)


def _report(console: Console, town: Town, calls: int, random: np.random.Generator) -> None:
    spots = _spots(town.roads, calls, random)
    one_patrol: list[tuple[Need, ...]] = [(Need("patrol", 1),)] * calls
    any_plan = [town.plans[i] for i in random.integers(len(town.plans), size=calls)]
    largest = [max(town.plans, key=lambda plan: sum(need.count for need in plan))] * calls
    table = Table(title="milliseconds per recommendation: by the wall clock, and of CPU time")
    headings = ("p50", "p90", "p99", "CPU p50", "CPU p99", f"p99 under {LIMIT_MS:g}")
    table.add_column("what")
    for heading in headings:
        table.add_column(heading, justify="right")
    ours = _row(table, "nearest patrol", _timed(town, spots, one_patrol))
    _row(table, "a plan of the city, any category", _timed(town, spots, any_plan))
    _row(table, "the same, with coverage loss", _timed(town, spots, any_plan, town.coverage))
    _row(table, f"the largest plan ({_size(largest[0])} units)", _timed(town, spots, largest))
    _row(table, "our search alone, for all units", _search_ms(town, spots))
    scipys = _row(table, "scipy dijkstra, the search alone", _scipy_ms(town, spots), limit=False)
    console.print(table)
    console.print(f"scipy / ours (p50, nearest patrol): {scipys / ours:.0f}")
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: above the number of cores, the "
        "wall clock measures the neighbours too"
    )
    for words, needs in (("nearest patrol", one_patrol), ("a plan, any category", any_plan)):
        other, late_s = _straight_line(town, spots, needs)
        console.print(
            f"by straight line, {words}: another choice in {other:.1%} of {calls:,} calls, "
            f"then {late_s:.0f} s of driving more per call"
        )


def _spots(
    roads: RoadNetwork, calls: int, random: np.random.Generator
) -> list[tuple[float, float]]:
    nodes = random.integers(len(roads.node_lon), size=calls)
    shift = random.normal(0.0, 0.0003, (calls, 2))
    return [
        (float(roads.node_lon[node] + dx), float(roads.node_lat[node] + dy))
        for node, (dx, dy) in zip(nodes, shift, strict=True)
    ]


def _request(spot: tuple[float, float], needs: tuple[Need, ...]) -> Request:
    return Request(spot, needs, now_s=NOW_S, at_hour=HOUR)


def _timed(
    town: Town,
    spots: list[tuple[float, float]],
    needs: list[tuple[Need, ...]],
    coverage: Coverage | None = None,
) -> NDArray[np.float64]:
    """Times of each call; a unit's status changes before each, so that every snapshot is new."""

    def one(spot: tuple[float, float], need: tuple[Need, ...]) -> None:
        recommend(town.travel, town.fleet.snapshot(), _request(spot, need), coverage)

    def change_status() -> None:
        town.fleet.set_standing(town.fleet.ids[0], Standing.UNAVAILABLE)

    return _each(one, list(zip(spots, needs, strict=True)), change_status)


def _search_ms(town: Town, spots: list[tuple[float, float]]) -> NDArray[np.float64]:
    origins = town.fleet.snapshot().origins

    def one(spot: tuple[float, float]) -> None:
        town.travel.seconds_to(spot, origins, HOUR)

    return _each(one, [(spot,) for spot in spots], lambda: None)


def _scipy_ms(town: Town, spots: list[tuple[float, float]]) -> NDArray[np.float64]:
    roads = town.roads
    seconds = roads.arc_length_m * 3.6 / roads.arc_speed_kmh
    size = len(roads.node_lon)
    graph = csr_array((seconds, (roads.arc_to, roads.arc_from)), shape=(size, size))
    nodes = [(roads.nearest_node(*spot),) for spot in spots[: max(len(spots) // 30, 20)]]

    def one(node: int) -> None:
        dijkstra(graph, indices=node)

    return _each(one, nodes, lambda: None)


def _each[*Args](
    work: Callable[[*Args], None], arguments: list[tuple[*Args]], between: Callable[[], None]
) -> NDArray[np.float64]:
    """Milliseconds by the wall clock and of this thread's CPU time, shape (2, calls)."""
    took_ms = np.empty((2, len(arguments)))
    for at, each in enumerate(arguments):
        between()
        started, started_cpu = time.perf_counter(), time.thread_time()
        work(*each)
        took_ms[:, at] = time.perf_counter() - started, time.thread_time() - started_cpu
    return took_ms * 1000


def _row(table: Table, what: str, took_ms: NDArray[np.float64], limit: bool = True) -> float:
    p50, p90, p99 = np.percentile(took_ms[0], [50, 90, 99])
    cpu_p50, cpu_p99 = np.percentile(took_ms[1], [50, 99])
    kept = ("yes" if p99 < LIMIT_MS else "NO") if limit else ""
    table.add_row(what, *(f"{ms:.2f}" for ms in (p50, p90, p99, cpu_p50, cpu_p99)), kept)
    return float(p50)


def _size(needs: tuple[Need, ...]) -> int:
    return sum(need.count for need in needs)


def _straight_line(
    town: Town, spots: list[tuple[float, float]], needs: list[tuple[Need, ...]]
) -> tuple[float, float]:
    """How often straight lines choose other units, and what that costs when they do."""
    crow = ByDistance(1.0, 36.0, 0.0)
    fleet = town.fleet.snapshot()
    others, late_s = 0, 0.0
    for spot, need in zip(spots, needs, strict=True):
        request = _request(spot, need)
        right = set(recommend(town.travel, fleet, request).chosen)
        wrong = set(recommend(crow, fleet, request).chosen)
        if right != wrong:
            others += 1
            late_s += _driving_s(town, fleet, spot, wrong) - _driving_s(town, fleet, spot, right)
    return others / len(spots), late_s / max(others, 1)


def _driving_s(town: Town, fleet: Snapshot, spot: tuple[float, float], units: set[str]) -> float:
    seconds = town.travel.seconds_to(spot, fleet.origins, HOUR)
    index = [fleet.index[unit] for unit in units]
    return float((seconds[index] + np.clip(NOW_S - fleet.position_s[index] - 60, 0, 300)).sum())


if __name__ == "__main__":
    main()

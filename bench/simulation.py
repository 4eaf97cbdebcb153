"""How fast a rehearsal is: 300,000 calls, beside SimPy and a C++ loop in the same run.

60 units, 1,000 zones, 8 periods of the week, 3 priorities: the closest idle unit goes, calls wait
by priority, units drive back to their base and are sent again from there. SimPy is tried twice:
as its documentation teaches, and tuned by hand (plain lists, the bases sorted beforehand). All
decide the same; that is checked call by call.

    python -m bench.simulation [--quick]
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import simpy
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bench.plain_simpy import run_plain_simpy
from bench.town import UNITS, ZONES, Town, make_town
from dutyroom.rehearsal.simulation.city import make_city
from dutyroom.rehearsal.simulation.records import CALL, CHANGE, JUMP, PLACE, START_SHIFT, STRAIGHT
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs, Rehearsal, simulate

LEAST_RATIO: Final = 150.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the calls in SimPy")
    quick = parser.parse_args().quick
    calls = 300_000
    town = make_town(calls)
    few = replace(
        town, at_s=town.at_s[: calls // 10], on_scene_s=town.on_scene_s[: calls // 10],
        zone=town.zone[: calls // 10], priority=town.priority[: calls // 10],
    )  # fmt: skip
    ours_s, sent = run_ours(town)
    cpp_s, cpp_sent = run_cpp(town)
    in_simpy = few if quick else town
    simpy_s, simpy_sent = run_plain_simpy(in_simpy)
    tuned_s, tuned_sent = run_simpy(in_simpy)
    rows: list[tuple[str, float, NDArray[np.int32] | None]]
    rows = [("SimPy", len(in_simpy.at_s) / simpy_s, simpy_sent)]
    rows.append(("SimPy, tuned by hand", len(in_simpy.at_s) / tuned_s, tuned_sent))
    if cpp_sent is not None:
        rows.append(("C++ -O3", calls / cpp_s, cpp_sent))
    rows.append(("rehearsal", calls / ours_s, sent))
    rows += [(f"  {name}", calls / each_s, None) for name, each_s in run_variants(town).items()]
    table = Table(title=f"{calls:,} calls, {UNITS} units, {ZONES:,} zones", show_edge=False)
    for head in ("engine", "calls/s", "x SimPy", "same units"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    for name, rate, found in rows:
        same = "" if found is None else f"{100 * np.mean(found == sent[: len(found)]):.4f} %"
        table.add_row(name, f"{rate:,.0f}", f"{rate / rows[0][1]:.1f}", same)
    Console().print(table)
    ours = calls / ours_s
    print(f"rehearsal / SimPy: {ours / rows[0][1]:.0f} (at least {LEAST_RATIO:.0f} wanted)")
    print(f"rehearsal / SimPy, tuned by hand: {ours / rows[1][1]:.0f}")
    if cpp_sent is not None:
        print(f"rehearsal / C++: {ours * cpp_s / calls:.2f} (at least 1 wanted)")
    else:
        print("no C++ compiler here: that comparison is left out")


def inputs_of(town: Town, way: int = JUMP, kind: str = "float64") -> Inputs:
    """The town for the rehearsal; units are numbered as people count them."""
    count = len(town.at_s)
    calls, places = np.zeros(count, CALL), np.zeros(count, PLACE)
    calls["ready_s"], calls["point"] = town.at_s, town.zone
    calls["priority"] = calls["level"] = town.priority
    calls["first"], calls["count"] = np.arange(count), 1
    places["need"], places["stretch"], places["facility"] = 1, 1.0, -1
    places["on_scene_s"], places["call"] = town.on_scene_s, np.arange(count)
    changes = np.zeros(UNITS, CHANGE)
    changes["unit"], changes["kind"] = np.arange(UNITS), START_SHIFT
    city = make_city(
        town.travel.astype(kind), town.base, np.zeros(0, np.int32), way=way, x_m=town.x_m,
        y_m=town.y_m, hour_factor=town.factor,
    )  # fmt: skip
    ids = tuple(f"{unit:02}" for unit in range(UNITS))
    fleet = Fleet(ids, np.ones(UNITS, np.uint64), np.arange(UNITS, dtype=np.int32))
    return Inputs(city, Rules(way=way), fleet, calls, places, changes)


def best_of(rounds: int, run: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest time of several runs, in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(rounds):
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
    return best, result


def run_ours(town: Town) -> tuple[float, NDArray[np.int32]]:
    """With one record per call; unit intervals are measured among the variants."""
    inputs = inputs_of(town)
    simulate(inputs, until_s=10.0)
    best_s = float("inf")
    for _ in range(5):
        run = Rehearsal(inputs, intervals=0)
        run.tables["outcomes"]["sent"] = 0  # touch the memory first, as the C++ loop does
        start = time.perf_counter()
        run.advance()
        best_s = min(best_s, time.perf_counter() - start)
    return best_s, run.tables["outcomes"]["unit"]


def run_variants(town: Town) -> dict[str, float]:
    """The same calls with more asked for."""
    whole = inputs_of(town)
    straight = inputs_of(town, STRAIGHT)
    small = inputs_of(town, kind="uint16")
    return {
        "and a record per unit interval": best_of(3, lambda: simulate(whole))[0],
        "and units sent again on their way home": best_of(
            3, lambda: simulate(straight, keep_intervals=False)
        )[0],
        "with a matrix of uint16": best_of(3, lambda: simulate(small, keep_intervals=False))[0],
    }


def run_cpp(town: Town) -> tuple[float, NDArray[np.int32] | None]:
    """The loop of ``closest_idle.cpp``, compiled here; None without a compiler."""
    compiler = shutil.which("g++") or shutil.which("clang++")
    if compiler is None:
        return np.inf, None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Path(__file__).with_name("closest_idle.cpp")
        program = folder / "closest_idle"
        subprocess.run(
            [compiler, "-O3", "-march=native", "-std=c++20", str(source), "-o", str(program)],
            check=True,
        )
        from_base = np.ascontiguousarray(town.travel[town.base].T)
        arrays = (
            np.array([ZONES, UNITS, len(town.at_s)], np.int64),
            from_base,
            np.ascontiguousarray(town.travel[:, town.base]),
            np.argsort(from_base, axis=1, kind="stable").astype(np.int32),
            town.factor, town.at_s, town.on_scene_s, town.zone, town.priority, town.base,
            town.travel,
        )  # fmt: skip
        (folder / "in").write_bytes(b"".join(a.tobytes() for a in arrays))
        printed = subprocess.run(
            [program, folder / "in", folder / "out"], check=True, capture_output=True, text=True
        ).stdout
        sent = np.fromfile(folder / "out", np.int32)
    return float(printed.split()[0]), sent


class SimpyRoom:
    """The same model as SimPy processes, tuned by hand."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.travel = town.travel.tolist()
        self.base = town.base.tolist()
        self.factor = town.factor.tolist()
        self.zone, self.priority = town.zone.tolist(), town.priority.tolist()
        self.at_s, self.on_scene_s = town.at_s.tolist(), town.on_scene_s.tolist()
        order = np.argsort(town.travel[town.base].T, axis=1, kind="stable")
        self.nearest = order.tolist()
        self.idle = [True] * UNITS
        self.waiting: list[list[int]] = [[], [], [], []]
        self.sent = np.full(len(self.at_s), -1, np.int32)
        self.env = simpy.Environment()
        self.env.process(self.calls())

    def hour(self) -> float:
        return float(self.factor[int(self.env.now / 3600.0) % 168])

    def calls(self) -> Generator[Any]:
        for call, at_s in enumerate(self.at_s):
            yield self.env.timeout(at_s - self.env.now)
            for unit in self.nearest[self.zone[call]]:
                if self.idle[unit]:
                    self.idle[unit] = False
                    self.env.process(self.work(unit, self.base[unit], call))
                    break
            else:
                self.waiting[self.priority[call]].append(call)

    def work(self, unit: int, place: int, call: int | None) -> Generator[Any]:
        base = self.base[unit]
        while call is not None:
            self.sent[call] = unit
            yield self.env.timeout(self.hour() * self.travel[place][self.zone[call]])
            yield self.env.timeout(self.on_scene_s[call])
            place = self.zone[call]
            call = self.next_waiting()
            if call is None:
                yield self.env.timeout(self.hour() * self.travel[place][base])
                place = base
                call = self.next_waiting()
        self.idle[unit] = True

    def next_waiting(self) -> int | None:
        for level in self.waiting:
            if level:
                return level.pop(0)
        return None


def run_simpy(town: Town) -> tuple[float, NDArray[np.int32]]:
    room = SimpyRoom(town)
    start = time.perf_counter()
    room.env.run()
    return time.perf_counter() - start, room.sent


if __name__ == "__main__":
    main()

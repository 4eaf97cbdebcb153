"""How fast a rehearsal is: 300,000 calls, beside SimPy, Ciw and a C++ loop in the same run.

60 units, 1,000 zones, 8 periods of the week, 3 priorities: the closest idle unit goes, calls wait
by priority, units drive back to their base and are sent again from there. SimPy is tried twice:
as its documentation teaches, and tuned by hand (plain lists, the bases sorted beforehand). Ciw
expresses the same with servers, priority classes and routing. All decide the same; that is checked
call by call.

    python -m bench.simulation [--quick]
"""

import argparse
import shutil
import statistics
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

from bench.plain_ciw import run_ciw
from bench.plain_simpy import run_plain_simpy
from bench.rounds import SHORT_RUNS, advance_s, in_rounds, median_s, ratio
from bench.town import UNITS, ZONES, Town, make_town
from dutyroom.rehearsal.simulation.city import make_city
from dutyroom.rehearsal.simulation.records import CALL, CHANGE, JUMP, PLACE, START_SHIFT, STRAIGHT
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs, simulate

CALLS: Final = 300_000
OURS: Final = "rehearsal"
CPP: Final = "C++ -O3"
PEERS: Final = {"SimPy": 150.0, "SimPy, tuned by hand": None, "Ciw": None, CPP: 1.0}
"""And how many times as fast as each is wanted."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the calls in Python")
    quick = parser.parse_args().quick
    town = make_town(CALLS)
    played = first_of(town, CALLS // 10) if quick else town
    sent: dict[str, NDArray[np.int32]] = {}

    def slow(name: str, run: Callable[[Town], tuple[float, NDArray[np.int32]]]) -> float:
        took_s, sent[name] = run(played)
        return len(played.at_s) / took_s

    with tempfile.TemporaryDirectory() as folder:
        program = compiled(Path(folder))
        engines: dict[str, Callable[[], float]] = {
            "SimPy": lambda: slow("SimPy", run_plain_simpy),
            "SimPy, tuned by hand": lambda: slow("SimPy, tuned by hand", run_simpy),
            "Ciw": lambda: slow("Ciw", run_ciw),
        }
        if program:
            write_town(town, program.parent)
            engines[CPP] = lambda: CALLS / run_cpp(program, sent)
        engines |= ours(town, sent)
        rates = in_rounds(5 if quick else 3, engines)
    table = Table(title=f"{CALLS:,} calls, {UNITS} units, {ZONES:,} zones", show_edge=False)
    for head in ("engine", "calls/s", "x SimPy", "same units"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    for name, found in rates.items():
        units = sent.get(name)
        same = "" if units is None else f"{100 * np.mean(units == sent[OURS][: len(units)]):.4f} %"
        times = statistics.median(np.divide(found, rates["SimPy"]))
        table.add_row(name, f"{statistics.median(found):,.0f}", f"{times:.1f}", same)
    Console().print(table)
    for name, least in PEERS.items():
        if name in rates:
            wanted = f", at least {least:g} wanted" if least else ""
            print(f"rehearsal / {name}: {ratio(rates[OURS], rates[name])}{wanted}")
    if not program:
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


def ours(town: Town, sent: dict[str, NDArray[np.int32]]) -> dict[str, Callable[[], float]]:
    """The rehearsal with one record per call, and the same calls with more asked for."""
    inputs, straight = inputs_of(town), inputs_of(town, STRAIGHT)
    small = inputs_of(town, kind="uint16")
    simulate(inputs, until_s=10.0)

    def plain() -> float:
        took_s, run = advance_s(inputs)
        sent[OURS] = run.tables["outcomes"]["unit"]
        return CALLS / took_s

    return {
        OURS: plain,
        "  and a record per unit interval": lambda: CALLS / median_s(lambda: simulate(inputs)),
        "  and units sent again on their way home": lambda: (
            CALLS / median_s(lambda: simulate(straight, keep_intervals=False))
        ),
        "  with a matrix of uint16": lambda: (
            CALLS / median_s(lambda: simulate(small, keep_intervals=False))
        ),
    }


def first_of(town: Town, calls: int) -> Town:
    """The same town with only its first calls."""
    return replace(
        town, at_s=town.at_s[:calls], on_scene_s=town.on_scene_s[:calls], zone=town.zone[:calls],
        priority=town.priority[:calls],
    )  # fmt: skip


def compiled(folder: Path) -> Path | None:
    """The program of ``closest_idle.cpp``, compiled here; None without a compiler."""
    compiler = shutil.which("g++") or shutil.which("clang++")
    if compiler is None:
        return None
    source = Path(__file__).with_name("closest_idle.cpp")
    program = folder / "closest_idle"
    options = ["-O3", "-march=native", "-std=c++20"]
    subprocess.run([compiler, *options, str(source), "-o", str(program)], check=True)
    return program


def write_town(town: Town, folder: Path) -> None:
    """The town as the program reads it."""
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


def run_cpp(program: Path, sent: dict[str, NDArray[np.int32]]) -> float:
    """Seconds of the loop in C++: the median of its runs."""
    folder = program.parent
    command = [str(program), str(folder / "in"), str(folder / "out"), str(SHORT_RUNS)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    sent[CPP] = np.fromfile(folder / "out", np.int32)
    return float(printed.split()[0])


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

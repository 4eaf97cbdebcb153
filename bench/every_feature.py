"""How fast a rehearsal is with everything switched on, beside SimPy with the same features.

Shifts with breaks, plans of several units, hospital legs, pre-emption, officers' own work that any
call cuts short, units sent again from where they are on the way, move-ups by a compliance table.
Both decide the same; that is checked place by place.

    python -m bench.every_feature [--quick]
"""

import argparse
import time
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.busy_simpy import run_busy_simpy
from bench.busy_town import BusyTown, make_busy_town
from bench.town import UNITS, ZONES
from dutyroom.rehearsal.simulation.run import Rehearsal, simulate

LEAST_RATIO: Final = 100.0
ROUNDS: Final = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the calls in SimPy")
    quick = parser.parse_args().quick
    calls = 300_000
    whole = make_busy_town(calls)
    in_simpy = make_busy_town(calls // 10) if quick else whole
    ours_s, run = run_ours(whole)
    simpy_s, unit, arrived_s = run_busy_simpy(in_simpy)
    _, same = run_ours(in_simpy)
    outcomes = same.tables["outcomes"]
    agree = float(np.mean(outcomes["unit"] == unit))
    known = (unit >= 0) & (outcomes["unit"] >= 0)
    apart_s = float(np.abs(outcomes["arrive_s"] - arrived_s)[known & np.isfinite(arrived_s)].max())
    table = Table(title=f"{calls:,} calls, {UNITS} units, {ZONES:,} zones", show_edge=False)
    for head in ("engine", "calls/s"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    rates = {"SimPy": len(in_simpy.inputs.calls) / simpy_s, "rehearsal": calls / ours_s}
    for name, rate in rates.items():
        table.add_row(name, f"{rate:,.0f}")
    Console().print(table)
    print(", ".join(f"{name} {count:,}" for name, count in run.counters().items()))
    print(f"same units on {100 * agree:.4f} % of {len(unit):,} places; arrivals differ by at most "
          f"{apart_s:.1e} s")  # fmt: skip
    ratio = rates["rehearsal"] / rates["SimPy"]
    print(f"rehearsal / SimPy: {ratio:.0f} (at least {LEAST_RATIO:.0f} wanted)")


def run_ours(busy: BusyTown) -> tuple[float, Rehearsal]:
    """The shortest of a few runs, and the last of them."""
    simulate(busy.inputs, until_s=10.0)
    best_s = float("inf")
    for _ in range(ROUNDS):
        run = Rehearsal(busy.inputs, intervals=0)
        start = time.perf_counter()
        run.advance()
        best_s = min(best_s, time.perf_counter() - start)
    return best_s, run


if __name__ == "__main__":
    main()

"""How fast a rehearsal is with everything switched on, beside SimPy with the same features.

Shifts with breaks, plans of several units, hospital legs, pre-emption, officers' own work that any
call cuts short, units sent again from where they are on the way, move-ups by a compliance table.
Both decide the same; that is checked place by place.

    python -m bench.every_feature [--quick]
"""

import argparse
import statistics
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.busy_simpy import run_busy_simpy
from bench.busy_town import make_busy_town
from bench.rounds import advance_s, in_rounds, ratio
from bench.town import UNITS, ZONES
from dutyroom.rehearsal.simulation.run import simulate

LEAST_RATIO: Final = 100.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the calls in SimPy")
    quick = parser.parse_args().quick
    calls = 300_000
    whole = make_busy_town(calls)
    in_simpy = make_busy_town(calls // 10) if quick else whole
    simulate(whole.inputs, until_s=10.0)
    (_, in_whole), (_, same) = advance_s(whole.inputs), advance_s(in_simpy.inputs)
    unit, arrived_s = np.zeros(0, np.int32), np.zeros(0)

    def simpy() -> float:
        nonlocal unit, arrived_s
        took_s, unit, arrived_s = run_busy_simpy(in_simpy)
        return len(in_simpy.inputs.calls) / took_s

    def rehearsal() -> float:
        return calls / advance_s(whole.inputs)[0]

    rates = in_rounds(5 if quick else 3, {"SimPy": simpy, "rehearsal": rehearsal})
    outcomes = same.tables["outcomes"]
    agree = float(np.mean(outcomes["unit"] == unit))
    known = (unit >= 0) & (outcomes["unit"] >= 0)
    apart_s = float(np.abs(outcomes["arrive_s"] - arrived_s)[known & np.isfinite(arrived_s)].max())
    table = Table(title=f"{calls:,} calls, {UNITS} units, {ZONES:,} zones", show_edge=False)
    for head in ("engine", "calls/s"):
        table.add_column(head, justify="left" if head == "engine" else "right")
    for name, found in rates.items():
        table.add_row(name, f"{statistics.median(found):,.0f}")
    Console().print(table)
    print(", ".join(f"{name} {count:,}" for name, count in in_whole.counters().items()))
    print(f"same units on {100 * agree:.4f} % of {len(unit):,} places; arrivals differ by at most "
          f"{apart_s:.1e} s")  # fmt: skip
    times = ratio(rates["rehearsal"], rates["SimPy"])
    print(f"rehearsal / SimPy: {times}, at least {LEAST_RATIO:g} wanted")


if __name__ == "__main__":
    main()

"""How long the exact hypercube takes, and how many bytes, beside SciPy on the same equations.

python -m bench.hypercube [--quick]
"""

import argparse
import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy import sparse
from scipy.sparse import linalg

from dutyroom.rehearsal.theory.hypercube import bytes_needed, exact

LIMITS_S = {15: 0.15, 20: 5.0}
MEMORY_LIMIT = 2 << 30
ATOMS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without 24 units (half a minute)")
    sizes = (15, 20) if parser.parse_args().quick else (15, 20, 24)
    exact(*town(4), 1.0)  # compiles
    table = Table(title=f"hypercube, {ATOMS} atoms, half of the time busy", show_edge=False)
    for head in ("units", "states", "seconds", "limit", "sweeps", "bytes per state", "peak MB"):
        table.add_column(head, justify="right")
    for units in sizes:
        seconds, sweeps, peak = in_a_process(units)
        limit = f"{LIMITS_S[units]:g} s" if units in LIMITS_S else f"{MEMORY_LIMIT >> 30} GB"
        per_state = f"{bytes_needed(units) / 2**units:.0f}"
        table.add_row(
            str(units), f"{2**units:,}", f"{seconds:.3f}", limit, str(sweeps), per_state,
            f"{peak / 1e6:,.0f}",
        )  # fmt: skip
    Console().print(table)
    for units, solver in ((12, "direct"), (15, "iterative")):
        ours_s, workload = timed(units)
        theirs_s, other = scipy_solve(units, solver)
        apart = np.abs(workload - other).max()
        print(
            f"{units} units, SciPy {solver}: {theirs_s:.2f} s, ours {ours_s:.4f} s: "
            f"{theirs_s / ours_s:,.0f} times as fast; workloads differ by {apart:.0e} at most"
        )


def town(units: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Calls per hour by atom, and the units of each in order of nearness."""
    rng = np.random.default_rng(1)
    places, bases = rng.uniform(0, 10, (ATOMS, 2)), rng.uniform(0, 10, (units, 2))
    apart = np.hypot(*(places[:, None] - bases).transpose(2, 0, 1))
    calls = rng.uniform(0.5, 1.5, ATOMS)
    return calls * 0.5 * units / calls.sum(), np.argsort(apart, axis=1, kind="stable")


def timed(units: int) -> tuple[float, NDArray[np.float64]]:
    calls, order = town(units)
    best_s = np.inf
    for _ in range(3 if units <= 20 else 1):
        start = time.perf_counter()
        found = exact(calls, order, 1.0)
        best_s = min(best_s, time.perf_counter() - start)
    return best_s, found.workload


def in_a_process(units: int) -> tuple[float, int, int]:
    """Seconds, sweeps, and the most memory that a process of its own took, in bytes."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_measure, args=(there, units))
    child.start()
    found: tuple[float, int, int] = here.recv()
    child.join()
    return found


def _measure(pipe: Connection, units: int) -> None:
    exact(*town(4), 1.0)
    calls, order = town(units)
    start = time.perf_counter()
    found = exact(calls, order, 1.0)
    took_s = time.perf_counter() - start
    pipe.send((took_s, found.sweeps, _peak()))


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def scipy_solve(units: int, solver: str) -> tuple[float, NDArray[np.float64]]:
    """The same balance equations as a sparse matrix; the time to build it isn't counted."""
    calls, order = town(units)
    states = np.arange(1 << units)
    rows, columns, rates = [], [], []
    for atom, rate in enumerate(calls):
        first = np.full(len(states), -1)
        for unit in order[atom][::-1]:
            first = np.where(states >> unit & 1, first, unit)
        some = first >= 0
        rows.append(states[some] | (1 << first[some]))
        columns.append(states[some])
        rates.append(np.full(int(some.sum()), rate))
    for unit in range(units):
        busy = states[(states >> unit & 1) == 1]
        rows.append(busy ^ (1 << unit))
        columns.append(busy)
        rates.append(np.ones(len(busy)))
    place = (np.concatenate(rows), np.concatenate(columns))
    size = (len(states), len(states))
    flow = sparse.csc_array((np.concatenate(rates), place), shape=size)
    flow.sum_duplicates()
    balance = flow - sparse.diags_array(np.asarray(flow.sum(axis=0)).ravel())
    # The state with nobody busy is given one; the others follow.
    inner, known = sparse.csc_array(balance[1:, 1:]), -balance[1:, [0]].toarray().ravel()
    start = time.perf_counter()
    if solver == "direct":
        rest = linalg.spsolve(inner, known)
    else:
        by_own = sparse.diags_array(1.0 / inner.diagonal())
        rest, failed = linalg.bicgstab(inner, known, rtol=1e-12, maxiter=5_000, M=by_own)
        if failed:
            raise ArithmeticError("SciPy's iteration did not settle")
    took_s = time.perf_counter() - start
    p = np.concatenate(([1.0], rest))
    held = calls.sum() / units
    p /= p.sum() + p[-1] * held / (1 - held)
    tail = p[-1] * held / (1 - held)
    return took_s, np.array([p[(states >> unit & 1) == 1].sum() + tail for unit in range(units)])


if __name__ == "__main__":
    main()

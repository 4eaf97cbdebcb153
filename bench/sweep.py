"""A sweep of many scenarios, ten replications of a month each: two workers against one.

The same once more on a local Dask cluster of one and of two workers. The results must be the same
everywhere. Starting the workers is counted in, as somebody who sweeps waits for that too.

    python -m bench.sweep [--quick]
"""

import argparse
import json
import logging
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from dutyroom.citypack import generate_city
from dutyroom.rehearsal.comparing.sweep import sweep

SCENARIOS: Final = 1000
REPLICATIONS: Final = 10
HOURS: Final = 720
UNITS: Final = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the scenarios")
    count = SCENARIOS // 10 if parser.parse_args().quick else SCENARIOS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_scenarios(folder, count)
        sweep(paths[:2], folder / "warm.jsonl", workers=1)
        took_s, found = {}, {}
        for workers in (1, 2):
            key = f"{workers} process{'es' if workers > 1 else ''}"
            took_s[key], found[key] = timed(paths, folder / f"{workers}.jsonl", workers=workers)
        for workers in (1, 2):
            key = f"Dask, {workers} worker{'s' if workers > 1 else ''}"
            took_s[key], found[key] = on_cluster(paths, folder / f"dask{workers}.jsonl", workers)
    table = Table(title=f"{count:,} scenarios x {REPLICATIONS} months", show_edge=False)
    for head in ("", "s", "scenarios/s"):
        table.add_column(head, justify="right" if head else "left")
    for name, seconds in took_s.items():
        table.add_row(name, f"{seconds:.1f}", f"{count / seconds:.1f}")
    Console().print(table)
    same = all(rows == found["1 process"] for rows in found.values())
    print(f"the same results everywhere: {'yes' if same else 'NO'}")
    print(f"two processes / one: {took_s['1 process'] / took_s['2 processes']:.2f} times as fast")
    faster = took_s["Dask, 1 worker"] / took_s["Dask, 2 workers"]
    print(f"two workers of a cluster / one: {faster:.2f} times as fast")


def write_scenarios(folder: Path, count: int) -> list[Path]:
    """A small city under loads from light to busy."""
    generate_city(folder / "city", nodes=800, units=UNITS, seed=3)
    paths = []
    for number in range(count):
        path = folder / f"s{number:04}.json"
        scenario = {
            "name": path.stem, "base": "city", "hours": HOURS, "replications": REPLICATIONS,
            "calls": 1.0 + 2.0 * number / count,
        }  # fmt: skip
        path.write_text(json.dumps(scenario), encoding="utf-8")
        paths.append(path)
    return paths


def timed(paths: list[Path], results: Path, **how: Any) -> tuple[float, list[Any]]:
    """Seconds, and the rows by name."""
    start = time.perf_counter()
    sweep(paths, results, **how)
    took_s = time.perf_counter() - start
    rows = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    return took_s, sorted(rows, key=lambda row: str(row["scenario"]))


def on_cluster(paths: list[Path], results: Path, workers: int) -> tuple[float, list[Any]]:
    """On a cluster of worker processes on this machine, one thread each."""
    import distributed

    dask: Any = distributed  # it has no static types
    start = time.perf_counter()
    with dask.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
        silence_logs=logging.CRITICAL,  # a worker that is asked to end complains of it
    ) as cluster:  # fmt: skip
        started_s = time.perf_counter() - start
        took_s, rows = timed(paths, results, cluster=cluster.scheduler_address)
    return started_s + took_s, rows


if __name__ == "__main__":
    main()

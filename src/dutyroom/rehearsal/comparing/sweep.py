"""Thousands of scenarios on all cores, or on a cluster; what is done is kept, so it can go on.

The results are the same wherever they are made: each scenario's draws depend on its seed only.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dutyroom.citypack import PackRefused
from dutyroom.rehearsal.comparing.paired import MEASURES, overall
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.scenario.read import read_scenario

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario's result: a mean and a half-width per measure, or why there is none."""

    scenario: str
    figures: dict[str, list[float | None]]
    checksums: tuple[str, ...]
    refused: str = ""


def run_one(path: str, replications: int | None) -> Row:
    """One scenario of a sweep; this is what a worker runs."""
    try:
        scenario = read_scenario(Path(path))
    except PackRefused as refused:
        return Row(path, {}, (), str(refused))
    done = rehearse(scenario, replications=replications, workers=1)
    if done.overloaded:
        return Row(path, {}, done.checksums, f"overloaded: {done.overloaded}")
    found = {each.name: overall(done, each.name).as_json() for each in MEASURES}
    return Row(path, found, done.checksums)


def sweep(
    paths: Iterable[Path],
    results: Path,
    *,
    replications: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> int:
    """Rehearse every scenario that ``results`` doesn't hold yet; returns how many were run.

    ``results`` is a file with one JSON object per line, written as they come; an unfinished last
    line is run again. ``cluster`` is the address of a Dask scheduler.
    """
    wanted = [str(path) for path in paths]
    done = _already_done(results)
    left = [path for path in wanted if path not in done]
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8") as file:
        for count, row in enumerate(_rows(left, replications, workers, cluster), 1):
            line = {
                "scenario": row.scenario,
                "figures": row.figures,
                "checksums": row.checksums,
                "refused": row.refused,
            }
            file.write(json.dumps(line) + "\n")
            file.flush()
            if progress:
                progress(len(wanted) - len(left) + count, len(wanted))
    return len(left)


def _rows(
    paths: list[str], replications: int | None, workers: int | None, cluster: str | None
) -> Iterator[Row]:
    if cluster:
        yield from _on_cluster(paths, replications, cluster)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=context) as pool:
        running = [pool.submit(run_one, path, replications) for path in paths]
        for finished in as_completed(running):
            yield finished.result()


def _on_cluster(paths: list[str], replications: int | None, address: str) -> Iterator[Row]:
    """On a Dask cluster; the scenario files must lie under the same path for every worker."""
    import distributed

    dask: Any = distributed  # it has no static types
    with dask.Client(address) as client:
        futures = client.map(run_one, paths, replications=replications, pure=False)
        for future in dask.as_completed(futures):
            yield future.result()


def _already_done(results: Path) -> set[str]:
    """Scenarios of whole lines; a torn last line is cut off."""
    if not results.exists():
        return set()
    text = results.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if len(whole) < len(text):
        results.write_text(whole, encoding="utf-8")
    return {json.loads(line)["scenario"] for line in whole.splitlines()}

"""Thousands of scenarios on all cores, or on a cluster; what is done is kept, so it can go on.

The results are the same wherever they are made: each scenario's draws depend on its seed only.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dutyroom.citypack import PackRefused
from dutyroom.rehearsal.comparing.paired import MEASURES, overall
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.scenario.sources import fingerprint

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario's result: a mean and a half-width per measure, or why there is none. ``made_of``
    says of which files and how many replications."""

    scenario: str
    made_of: str
    name: str = ""
    figures: dict[str, list[float | None]] = field(default_factory=dict)
    checksums: tuple[str, ...] = ()
    refused: str = ""


def run_one(path: str, made_of: str, replications: int | None) -> Row:
    """One scenario of a sweep; this is what a worker runs."""
    try:
        scenario = read_scenario(Path(path))
    except PackRefused as refused:
        return Row(path, made_of, refused=str(refused))
    done = rehearse(scenario, replications=replications, workers=1)
    row = Row(path, made_of, scenario.name, checksums=done.checksums)
    if done.overloaded:
        return replace(row, refused=f"overloaded: {done.overloaded.en}")
    found = {each.name: overall(done, each.name).as_json() for each in MEASURES}
    return replace(row, figures=found)


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
    line is run again, and so is a scenario of which any file has changed since, or whose number of
    replications has. Of a scenario with several lines the last counts. ``cluster`` is the address
    of a Dask scheduler.
    """
    wanted = {str(path): f"{fingerprint(path)} x {replications or 'own'}" for path in paths}
    done = {row["scenario"]: row["made_of"] for row in read_results(results)}
    left = {path: made_of for path, made_of in wanted.items() if done.get(path) != made_of}
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8") as file:
        for count, row in enumerate(_rows(left, replications, workers, cluster), 1):
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            file.flush()
            if progress:
                progress(len(wanted) - len(left) + count, len(wanted))
    return len(left)


def _rows(
    left: dict[str, str], replications: int | None, workers: int | None, cluster: str | None
) -> Iterator[Row]:
    if not left:
        return
    if cluster:
        yield from _on_cluster(left, replications, cluster)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=context) as pool:
        running = [pool.submit(run_one, *one, replications) for one in left.items()]
        for finished in as_completed(running):
            yield finished.result()


def _on_cluster(left: dict[str, str], replications: int | None, address: str) -> Iterator[Row]:
    """On a Dask cluster; the scenario files must lie under the same path for every worker."""
    import distributed

    dask: Any = distributed  # it has no static types
    with dask.Client(address) as client:
        paths, made_of = list(left), list(left.values())
        futures = client.map(run_one, paths, made_of, replications=replications, pure=False)
        for future in dask.as_completed(futures):
            yield future.result()


def read_results(results: Path) -> list[dict[str, Any]]:
    """The last line of each scenario, as objects; a torn last line is cut off the file."""
    if not results.exists():
        return []
    text = results.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if len(whole) < len(text):
        results.write_text(whole, encoding="utf-8")
    found = {row["scenario"]: row for row in map(json.loads, whole.splitlines())}
    return list(found.values())

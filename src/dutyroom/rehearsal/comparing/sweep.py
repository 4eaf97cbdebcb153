"""Thousands of scenarios on all cores, or on a cluster; what is done is kept, so it can go on.

The results are the same wherever they are made: each scenario's draws depend on its seed only.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from dutyroom.citypack import PackRefused
from dutyroom.rehearsal.comparing.paired import MEASURES, overall
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.scenario.sources import fingerprint

Progress = Callable[[int, int], None]

CONNECT_S = 10.0
"""So long a cluster is waited for, and then a worker of it."""


class NoCluster(Exception):
    """There is no cluster to work on; says what to do."""


class WorkersLost(Exception):
    """The cluster, or a process of this machine, went away in the middle; says how to go on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario's result: a mean and a half-width per measure, or why there is none.
    ``scenario`` is its key, ``made_of`` says of which files and how many replications."""

    scenario: str
    made_of: str
    name: str = ""
    figures: dict[str, list[float | None]] = field(default_factory=dict)
    checksums: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A scenario to be rehearsed, and what its row says of it."""

    path: str
    key: str
    made_of: str


def run_one(job: Job, replications: int | None) -> Row:
    """One scenario of a sweep; this is what a worker runs."""
    try:
        scenario = read_scenario(Path(job.path))
    except PackRefused as refused:
        return Row(job.key, job.made_of, refused=str(refused))
    done = rehearse(scenario, replications=replications, workers=1)
    row = Row(job.key, job.made_of, scenario.name, checksums=done.checksums)
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
    of a Dask scheduler; NoCluster if none is there, WorkersLost if it goes away.
    """
    wanted = {key_of(path, results): path for path in paths}
    done = {row["scenario"]: row["made_of"] for row in read_results(results)}
    jobs = [
        Job(str(path.absolute()), key, f"{fingerprint(path)} x {replications or 'own'}")
        for key, path in wanted.items()
    ]
    left = [job for job in jobs if done.get(job.key) != job.made_of]
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8") as file:
        for count, row in enumerate(_rows(left, replications, workers, cluster), 1):
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            file.flush()
            if progress:
                progress(len(wanted) - len(left) + count, len(wanted))
    return len(left)


def key_of(path: Path, results: Path) -> str:
    """A scenario's path from the folder of the results: the same however it is typed, and from
    wherever; still right after both have been moved together."""
    whole = path.resolve()
    try:
        return Path(os.path.relpath(whole, results.resolve().parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return whole.as_posix()


def _rows(
    left: list[Job], replications: int | None, workers: int | None, cluster: str | None
) -> Iterator[Row]:
    if not left:
        return
    if cluster:
        yield from _on_cluster(left, replications, cluster)
        return
    try:
        with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=_context()) as pool:
            running = [pool.submit(run_one, job, replications) for job in left]
            for finished in as_completed(running):
                yield finished.result()
    except BrokenProcessPool as error:
        raise WorkersLost(
            "a process of this sweep was ended, perhaps for lack of memory: what was finished is "
            "kept; give the same command again to go on (with fewer --workers)"
        ) from error


def _context() -> BaseContext:
    """How processes begin: on Linux as copies of one without threads of ours that has loaded the
    engine, instead of loading it for a second each."""
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _on_cluster(left: list[Job], replications: int | None, address: str) -> Iterator[Row]:
    """On a Dask cluster; the scenario files must lie under the same path for every worker."""
    import distributed

    dask: Any = distributed  # it has no static types
    remedy = "or leave out --cluster to use the cores of this machine"
    try:
        # In a thread of its own: the caller may have a running event loop (a notebook has).
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(_answer(dask, address))).result()
    except (OSError, ValueError, TypeError) as error:  # TypeError: tls:// without certificates
        start = f"start one (dask scheduler) and give its address, {remedy}"
        raise NoCluster(f"no Dask scheduler answers at {address}: {start}") from error
    with dask.Client(address, timeout=CONNECT_S) as client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            start = f"start one or more (dask worker {address}), {remedy}"
            raise NoCluster(f"the cluster at {address} has no worker: {start}") from error
        futures = client.map(run_one, left, replications=replications, pure=False)
        for future in dask.as_completed(futures):
            try:
                yield future.result()
            except (CancelledError, dask.KilledWorker) as error:
                raise WorkersLost(
                    f"the cluster at {address} went away: what was finished is kept; give the "
                    f"same command again to go on, {remedy}"
                ) from error


async def _answer(dask: Any, address: str) -> None:
    """Nothing, if there is a scheduler. A client that finds none prints tracebacks at its end."""
    how = dask.Security().get_connection_args("client")
    comm = await dask.comm.connect(address, timeout=CONNECT_S, **how)
    await comm.close()


def read_results(results: Path) -> list[dict[str, Any]]:
    """The last line of each scenario by its key, as objects; a torn last line is cut off the file.

    Older versions wrote the path as it was typed: it is taken from the working folder if there is
    a scenario there, and none at that path from the folder of the results.
    """
    if not results.exists():
        return []
    raw = results.read_bytes()
    whole = raw[: raw.rfind(b"\n") + 1]  # as bytes: it may be torn within a character
    if len(whole) < len(raw):
        os.truncate(results, len(whole))  # in place: nothing that was finished is written again
    found: dict[str, dict[str, Any]] = {}
    for row in map(json.loads, whole.splitlines()):
        typed = Path(row["scenario"])
        old = not (results.parent / typed).exists() and typed.exists()
        key = key_of(typed, results) if old or typed.is_absolute() else row["scenario"]
        found[key] = row | {"scenario": key}
    return list(found.values())

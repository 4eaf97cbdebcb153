"""Replications of a scenario: on every core, in the order of their numbers."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dutyroom.rehearsal.results.figures import Figures, figures
from dutyroom.rehearsal.results.tables import (
    CALL_COLUMNS,
    INTERVAL_COLUMNS,
    call_table,
    interval_table,
    parquet,
)
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Scenario
from dutyroom.rehearsal.simulation.run import Rehearsal, simulate

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False, slots=True)
class Rehearsed:
    """A scenario with the figures of its replications; ``checksums`` are those of the inputs."""

    scenario: Scenario
    checksums: tuple[str, ...]
    runs: tuple[Figures, ...]

    @property
    def overloaded(self) -> str:
        """Why the figures mean nothing, or nothing."""
        found = [run.overloaded for run in self.runs if run.overloaded]
        return f"in {len(found)} of {len(self.runs)} replications {found[0]}" if found else ""


def rehearse(
    scenario: Scenario,
    *,
    replications: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Rehearsed:
    """Run the replications; calls from a file are the same each time, so they run once."""
    builder = Builder(scenario)
    count = 1 if scenario.given else replications or scenario.replications
    results: list[tuple[str, Figures]] = []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        for done in pool.map(lambda number: _one(builder, number), range(count)):
            results.append(done)
            if progress:
                progress(len(results), count)
    return Rehearsed(scenario, tuple(c for c, _ in results), tuple(f for _, f in results))


def _one(builder: Builder, number: int) -> tuple[str, Figures]:
    calls = builder.calls(number)
    inputs = builder.inputs(calls)
    return inputs.checksum(), figures(builder, calls, inputs, simulate(inputs))


def write_records(scenario: Scenario, folder: Path, replication: int = 0) -> tuple[Path, Path]:
    """One replication's records as ``calls.parquet`` and ``units.parquet``.

    Unit intervals go to the disk as they end; nothing of them stays in memory.
    """
    builder = Builder(scenario)
    calls = builder.calls(replication)
    inputs = builder.inputs(calls)
    about = {"scenario": scenario.name, "seed": str(scenario.seed), "inputs": inputs.checksum()}
    run = Rehearsal(inputs)
    units_file, calls_file = folder / "units.parquet", folder / "calls.parquet"
    with parquet(units_file, INTERVAL_COLUMNS, **about) as write:
        run.advance(
            take=lambda portion: write(
                interval_table(builder, calls, inputs.places, portion, replication)
            )
        )
    with parquet(calls_file, CALL_COLUMNS, **about) as write:
        write(call_table(builder, calls, run.tables["outcomes"], replication))
    return calls_file, units_file

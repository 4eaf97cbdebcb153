"""Replications of a scenario: on every core, in the order of their numbers."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from dutyroom.core.text import Text
from dutyroom.rehearsal.results.figures import Figures, figures, waiting_limit
from dutyroom.rehearsal.results.tables import (
    CALL_COLUMNS,
    INTERVAL_COLUMNS,
    call_table,
    interval_table,
    parquet,
)
from dutyroom.rehearsal.results.unit_sums import UnitSums
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls, Scenario
from dutyroom.rehearsal.simulation.records import Records
from dutyroom.rehearsal.simulation.run import Inputs, Rehearsal, simulate

CALLS_AT_ONCE: Final = 1 << 16
CALLS_IN_MEMORY: Final = 600_000
"""Of all replications that run at once; a call needs about half a kilobyte until its figures are
made."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False, slots=True)
class Rehearsed:
    """A scenario with the figures of its replications; ``checksums`` are those of the inputs."""

    scenario: Scenario
    checksums: tuple[str, ...]
    runs: tuple[Figures, ...]

    @property
    def overloaded(self) -> Text | None:
        """Why the figures mean nothing, or None."""
        found = [run.overloaded for run in self.runs if run.overloaded]
        if not found:
            return None
        all_of = len(self.runs)
        return Text(
            f"in {len(found)} of {all_of} replications {found[0].en}",
            f"{all_of} 次仿真中的 {len(found)} 次：{found[0].zh}",
        )


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
    with ThreadPoolExecutor(min(workers or os.cpu_count() or 1, _at_once(scenario))) as pool:
        for done in pool.map(lambda number: _one(builder, number), range(count)):
            results.append(done)
            if progress:
                progress(len(results), count)
    return Rehearsed(scenario, tuple(c for c, _ in results), tuple(f for _, f in results))


def run_figures(builder: Builder, calls: GivenCalls, inputs: Inputs) -> Figures:
    """Play the calls and give the figures; of the units only sums stay in memory."""
    units = UnitSums(builder)
    scenario = builder.scenario
    run = simulate(
        inputs, take=units.take, give_up=waiting_limit(scenario), end_s=scenario.hours * HOUR_S
    )
    return figures(builder, calls, inputs, run, units)


def _at_once(scenario: Scenario) -> int:
    """So many replications fit into memory side by side: of a year of a city's calls only one."""
    drawn = sum(kind.per_h for kind in scenario.kinds) * scenario.hours
    return max(1, int(CALLS_IN_MEMORY / max(drawn, 1.0)))


def _one(builder: Builder, number: int) -> tuple[str, Figures]:
    calls = builder.calls(number)
    inputs = builder.inputs(calls)
    return inputs.checksum(), run_figures(builder, calls, inputs)


def write_records(scenario: Scenario, folder: Path, replication: int = 0) -> tuple[Path, Path]:
    """One replication's records as ``calls.parquet`` and ``units.parquet``.

    Unit intervals go to the disk as they end, calls in portions; their texts are never all in
    memory. Of a run that is ended (see ``waiting_limit``) there are the calls until then.
    """
    builder = Builder(scenario)
    calls = builder.calls(replication)
    inputs = builder.inputs(calls)
    about = {"scenario": scenario.name, "seed": str(scenario.seed), "inputs": inputs.checksum()}
    run = Rehearsal(inputs, give_up=waiting_limit(scenario))
    units_file, calls_file = folder / "units.parquet", folder / "calls.parquet"
    with parquet(units_file, INTERVAL_COLUMNS, **about) as write:

        def take(portion: Records) -> None:
            write(interval_table(builder, calls, inputs.places, portion, replication))

        run.advance(take=take)
        if run.gave_up_s is None:
            take(run.still(scenario.hours * HOUR_S))
    with parquet(calls_file, CALL_COLUMNS, **about) as write:
        outcomes = run.tables["outcomes"]
        played = len(calls.at_s)
        if run.gave_up_s is not None:
            played = int(np.searchsorted(calls.at_s, run.gave_up_s, side="right"))
        for start in range(0, played, CALLS_AT_ONCE):
            part = calls.part(start, min(start + CALLS_AT_ONCE, played))
            places = slice(calls.first[start], calls.first[start + len(part.at_s)])
            write(call_table(builder, part, outcomes[places], replication))
    return calls_file, units_file

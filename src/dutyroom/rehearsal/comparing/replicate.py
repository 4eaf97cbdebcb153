"""Replications of a scenario: on every core, in the order of their numbers."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from dutyroom.core.text import Text
from dutyroom.rehearsal.results.figures import Figures, figures, waiting_limit
from dutyroom.rehearsal.results.unit_sums import UnitSums
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls, Scenario
from dutyroom.rehearsal.simulation.run import Inputs, simulate

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

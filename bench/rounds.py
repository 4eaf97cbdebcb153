"""Engines measured in turns: what slows the machine for a while slows them all."""

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Final

from dutyroom.rehearsal.simulation.run import Inputs, Rehearsal

SHORT_RUNS: Final = 5
"""Of an engine that needs less than a second, the median of so many runs counts as one."""


def in_rounds(rounds: int, engines: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """What each engine returns (calls per second, say), by round."""
    found: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, measure in engines.items():
            found[name].append(measure())
    return found


def median_s(run: Callable[[], object]) -> float:
    """Seconds of a short run."""
    took_s = []
    for _ in range(SHORT_RUNS):
        start = time.perf_counter()
        run()
        took_s.append(time.perf_counter() - start)
    return statistics.median(took_s)


def advance_s(inputs: Inputs) -> tuple[float, Rehearsal]:
    """Seconds of a rehearsal without records of unit intervals, and the last run. What is laid out
    beforehand isn't counted; its memory is touched first, as the C++ loop's is."""
    took_s = []
    for _ in range(SHORT_RUNS):
        run = Rehearsal(inputs, intervals=0)
        run.tables["outcomes"]["sent"] = 0
        start = time.perf_counter()
        run.advance()
        took_s.append(time.perf_counter() - start)
    return statistics.median(took_s), run


def ratio(rates: list[float], peers: list[float]) -> str:
    """The median over the rounds, and the lowest and the highest."""
    ratios = [rate / peer for rate, peer in zip(rates, peers, strict=True)]
    digits = 2 if max(ratios) < 10 else 0
    low, middle, high = (
        f"{value:.{digits}f}" for value in (min(ratios), statistics.median(ratios), max(ratios))
    )
    return f"{middle} (from {low} to {high} in {len(ratios)} rounds)"

"""Scenarios side by side: paired by replication, since they share their random numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.results.figures import Estimate, Figures, Spread, estimate

FEWEST_CALLS: Final = 20
"""An area with fewer calls in a run says little: it is left out of the fairness figures."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a run; less is better, where it is ``judged``. ``unit`` is s, share or count."""

    name: str
    unit: str
    judged: bool = True


MEASURES: Final = (
    Measure("mean_s", "s"),
    Measure("median_s", "s"),
    Measure("p90_s", "s"),
    Measure("p95_s", "s"),
    Measure("late", "share"),
    Measure("unserved", "count"),
    Measure("wait_s", "s"),
    Measure("uncovered", "share"),
    Measure("busy", "share", judged=False),
    Measure("worst_area_p90_s", "s"),
    Measure("area_spread_s", "s"),
)


def measure(run: Figures, name: str) -> float:
    """A figure of a run by the name of its measure."""
    if name in ("wait_s", "uncovered"):
        return float(getattr(run, name))
    if name == "busy":
        return float(np.mean(list(run.busy_share.values())))
    if name in ("worst_area_p90_s", "area_spread_s"):
        areas = [a.p90_s for a in run.by["area"].values() if a.calls >= FEWEST_CALLS]
        if not areas:
            return float("nan")
        return max(areas) if name == "worst_area_p90_s" else max(areas) - min(areas)
    return float(getattr(run.all, name))


def overall(rehearsed: Rehearsed, name: str) -> Estimate:
    """A measure over all replications."""
    return estimate([measure(run, name) for run in rehearsed.runs])


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure of two scenarios and their paired difference (second minus first)."""

    measure: Measure
    first: Estimate
    second: Estimate
    difference: Estimate

    @property
    def sure(self) -> bool:
        """Does the confidence interval leave out zero?"""
        return self.difference.sure

    @property
    def verdict(self) -> str:
        """``better`` or ``worse`` beyond doubt, else ``unsure``; nothing of what isn't judged."""
        if not (self.sure and self.measure.judged):
            return "unsure"
        return "better" if self.difference.mean < 0 else "worse"


def compare(first: Rehearsed, second: Rehearsed) -> tuple[Difference, ...]:
    """Every measure of both, with the paired difference."""
    found = []
    for each in MEASURES:
        a = [measure(run, each.name) for run in first.runs]
        b = [measure(run, each.name) for run in second.runs]
        pairs = list(zip(a, b, strict=False))
        found.append(
            Difference(each, estimate(a), estimate(b), estimate([y - x for x, y in pairs]))
        )
    return tuple(found)


def by_value(rehearsed: Rehearsed, dimension: str, name: str) -> dict[str, Estimate]:
    """A figure of a ``Spread`` by area, hour, priority, agency or station; ``uncovered`` by area
    and hour, ``busy`` by agency and station."""
    tables = [_by(run, dimension, name) for run in rehearsed.runs]
    values = sorted({value for table in tables for value in table})
    return {value: estimate([table.get(value, np.nan) for table in tables]) for value in values}


def _by(run: Figures, dimension: str, name: str) -> dict[str, float]:
    if name == "uncovered":
        return run.uncovered_by[dimension]
    if name == "busy":
        return run.busy_by[dimension]
    return {value: float(getattr(spread, name)) for value, spread in run.by[dimension].items()}


def losers(
    first: Rehearsed, second: Rehearsed, dimension: str = "area"
) -> tuple[tuple[str, Estimate], ...]:
    """Areas (stations, agencies) whose 90th percentile gets worse beyond doubt, the worst first:
    the 95 % intervals hold for all of them together."""
    names: Sequence[str] = sorted({a for run in first.runs for a in run.by[dimension]})
    found = []
    for name in names:
        change = estimate(
            [
                _figure(b.by[dimension].get(name), "p90_s")
                - _figure(a.by[dimension].get(name), "p90_s")
                for a, b in zip(first.runs, second.runs, strict=False)
            ],
            together=len(names),
        )
        if change.mean > change.half_width:
            found.append((name, change))
    return tuple(sorted(found, key=lambda pair: -pair[1].mean))


def _figure(spread: Spread | None, name: str) -> float:
    return float("nan") if spread is None else float(getattr(spread, name))

"""Scenarios side by side: paired by replication, since they share their random numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

import numpy as np

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.results.figures import DIMENSIONS, Estimate, Figures, Spread, estimate
from dutyroom.rehearsal.scenario.model import Scenario

FEWEST_CALLS: Final = 20
"""An area with fewer calls in a run says little: it is left out of the fairness figures."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a run; less is better, where it is ``judged``. ``unit`` is s, share or count."""

    name: str
    unit: Literal["s", "share", "count"]
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
    """A measure over all replications; nan of an overloaded one, whose waits only grow. Calls that
    were never served are counted even there."""
    return estimate(_values(rehearsed, name))


def _values(rehearsed: Rehearsed, name: str) -> list[float]:
    if rehearsed.overloaded and name != "unserved":
        return [float("nan")] * len(rehearsed.runs)
    return [measure(run, name) for run in rehearsed.runs]


def unpaired(first: Scenario, second: Scenario, replications: int | None = None) -> list[str]:
    """Why the two don't share their random numbers call by call; empty if they do.
    ``replications``: instead of the scenarios' own."""
    same = {
        "seed": (first.seed, second.seed),
        "hours": (first.hours, second.hours),
        "warm_up_h": (first.warm_up_h, second.warm_up_h),
        "start (hour of the week)": (first.first_hour, second.first_hour),
        "calls": tuple("drawn" if one.given is None else "of a file" for one in (first, second)),
    }
    if not replications and first.given is None:
        same["replications"] = (first.replications, second.replications)
    return [f"{name}: {a} and {b}" for name, (a, b) in same.items() if a != b]


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
    def verdict(self) -> Literal["better", "worse", "unsure"]:
        """``better`` or ``worse`` beyond doubt, else ``unsure``; nothing of what isn't judged."""
        if not (self.sure and self.measure.judged):
            return "unsure"
        return "better" if self.difference.mean < 0 else "worse"


def compare(first: Rehearsed, second: Rehearsed) -> tuple[Difference, ...]:
    """Every measure of both, with the difference paired by replication (see ``unpaired``); nan
    where one is overloaded. ValueError for different numbers of replications."""
    found = []
    for each in MEASURES:
        a, b = _values(first, each.name), _values(second, each.name)
        apart = [y - x for x, y in zip(a, b, strict=True)]
        found.append(Difference(each, estimate(a), estimate(b), estimate(apart)))
    return tuple(found)


def by_value(rehearsed: Rehearsed, dimension: str, name: str) -> dict[str, Estimate]:
    """A figure of a ``Spread`` by area, hour, priority, agency or station; ``uncovered`` by area,
    hour and priority, ``none_free`` and ``busy`` by agency and station. None of an overloaded
    rehearsal."""
    if rehearsed.overloaded:
        return {}
    tables = [_by(run, dimension, name) for run in rehearsed.runs]
    values = sorted({value for table in tables for value in table})
    return {value: estimate([table.get(value, np.nan) for table in tables]) for value in values}


def by_dimension(rehearsed: Rehearsed) -> dict[str, dict[str, dict[str, list[float | None]]]]:
    """All that ``by_value`` knows, as JSON: by dimension, value and figure the mean and the
    half-width."""
    found: dict[str, dict[str, dict[str, list[float | None]]]] = {}
    for dimension in DIMENSIONS:
        names = [field.name for field in fields(Spread)]
        names += ["none_free", "busy"] if dimension in ("agency", "station") else ["uncovered"]
        values = found.setdefault(dimension, {})
        for name in names:
            for value, estimated in by_value(rehearsed, dimension, name).items():
                values.setdefault(value, {})[name] = estimated.as_json()
    return found


def _by(run: Figures, dimension: str, name: str) -> dict[str, float]:
    if name == "uncovered":
        return run.uncovered_by[dimension]
    if name == "none_free":
        return run.none_free_by[dimension]
    if name == "busy":
        return run.busy_by[dimension]
    return {value: float(getattr(spread, name)) for value, spread in run.by[dimension].items()}


def losers(
    first: Rehearsed, second: Rehearsed, dimension: str = "area"
) -> tuple[tuple[str, Estimate], ...]:
    """Areas (stations, agencies) whose 90th percentile gets worse beyond doubt, the worst first."""
    found = changes(first, second, dimension)
    worse = [(name, change) for name, change in found.items() if change.mean > change.half_width]
    return tuple(sorted(worse, key=lambda pair: -pair[1].mean))


def changes(first: Rehearsed, second: Rehearsed, dimension: str) -> dict[str, Estimate]:
    """How the 90th percentile changes by area (hour, priority, agency, station), paired: the 95 %
    intervals hold for all of them together. None where one is overloaded."""
    if first.overloaded or second.overloaded:
        return {}
    names: Sequence[str] = sorted({a for run in first.runs for a in run.by[dimension]})
    return {
        name: estimate(
            [
                _figure(b.by[dimension].get(name), "p90_s")
                - _figure(a.by[dimension].get(name), "p90_s")
                for a, b in zip(first.runs, second.runs, strict=True)
            ],
            together=len(names),
        )
        for name in names
    }


def _figure(spread: Spread | None, name: str) -> float:
    return float("nan") if spread is None else float(getattr(spread, name))

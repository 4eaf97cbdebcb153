"""The figures of a rehearsal: percentiles and means side by side, by area, hour and so on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.core.text import Text
from dutyroom.rehearsal.results.columns import call_columns
from dutyroom.rehearsal.results.unit_sums import UnitSums
from dutyroom.rehearsal.scenario.build import Builder, call_weight
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, GivenCalls, Scenario
from dutyroom.rehearsal.simulation.run import Inputs, Run

DIMENSIONS: Final = ("area", "hour", "priority", "agency", "station")
OVERLOADED_WAIT_S: Final = 1800.0
MOST_WAITING_AT_END: Final = 0.1
"""Share of all calls; with more, most waits are those of a queue that only the end emptied."""

MOST_WAITING_OF_A_FILE: Final = 100_000
"""Calls of a file that wait at once: every unit that gets free may have to look through them."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Response times of some calls, in seconds; ``late`` is a share (nan without a target) and
    ``unserved`` counts calls that nobody came to."""

    calls: int
    mean_s: float
    median_s: float
    p90_s: float
    p95_s: float
    late: float
    unserved: int


@dataclass(frozen=True, eq=False, slots=True)
class Figures:
    """The figures of one run, after its warm-up. Shares are of time or of calls.

    ``busy_share`` is by unit, ``busy_by`` by agency and by station, and so is ``none_free_by``: the
    share of the time in which all units were busy or off duty; ``uncovered`` is over all demand,
    ``uncovered_by`` by area, hour of the day and priority. ``overloaded`` says why the figures
    mean nothing; None where they mean something.
    """

    all: Spread
    by: dict[str, dict[str, Spread]]
    busy_share: dict[str, float]
    busy_by: dict[str, dict[str, float]]
    uncovered: float
    uncovered_by: dict[str, dict[str, float]]
    none_free_by: dict[str, dict[str, float]]
    wait_s: float
    counters: dict[str, int]
    overloaded: Text | None


def waiting_limit(scenario: Scenario) -> int:
    """With more waiting calls than this a run is ended: 20 for each unit, but 500 at least.

    Every unit then has half a day's work before it and more: no single bad hour comes near. Calls
    of a file are played as long as it can be borne, as somebody may want to know of each.
    """
    if scenario.given is not None:
        return MOST_WAITING_OF_A_FILE
    return max(500, 20 * len(scenario.units))


def figures(
    builder: Builder, calls: GivenCalls, inputs: Inputs, run: Run, units: UnitSums
) -> Figures:
    """The figures of a run; officers' own work loads units, but counts as nobody's response."""
    scenario = builder.scenario
    start_s, end_s = scenario.warm_up_h * HOUR_S, scenario.hours * HOUR_S
    columns = call_columns(builder, calls, run.outcomes)
    counted = (calls.at_s >= start_s) & ~calls.officer_initiated
    response = columns["response_s"]
    target = np.full(len(response), np.nan)
    for level, seconds in scenario.targets_s.items():
        target[calls.priority == level] = seconds
    late = np.where(np.isnan(target), np.nan, ~(response <= target))
    unit = columns["unit"]
    came = counted & (unit >= 0)
    team = {
        "agency": [u.agency for u in builder.units],
        "station": [u.station for u in builder.units],
    }
    keys = {
        "area": (_codes(scenario.geography.zone), calls.point, counted),
        "hour": (
            _HOURS,
            ((calls.at_s / HOUR_S).astype(np.int64) + scenario.first_hour) % 24,
            counted,
        ),
        "priority": (_LEVELS, calls.priority, counted),
        "agency": (_codes(team["agency"]), np.maximum(unit, 0), came),
        "station": (_codes(team["station"]), np.maximum(unit, 0), came),
    }
    weight = call_weight(calls, inputs.city.points)
    bare, bare_by_hour = units.uncovered(weight)
    hours = [f"{(hour + scenario.first_hour) % 24:02}" for hour in range(24)]
    return Figures(
        all=_spread(response[counted], late[counted]),
        by={
            name: _by(names, codes[index[mask]], response[mask], late[mask])
            for name, ((names, codes), index, mask) in keys.items()
        },
        busy_share=units.busy_share(),
        busy_by={name: units.busy_share_of(names) for name, names in team.items()},
        uncovered=float((bare * weight).sum()),
        uncovered_by={
            "area": _by_area(scenario.geography.zone, bare, weight),
            "hour": dict(zip(hours, bare_by_hour.tolist(), strict=True)),
            "priority": _by_priority(calls, bare),
        },
        none_free_by={name: units.none_free(names) for name, names in team.items()},
        wait_s=float(np.nanmean(columns["wait_s"][counted])) if came.any() else float("nan"),
        counters=run.counters,
        overloaded=_gave_up(run, waiting_limit(scenario))
        or _overload(calls.at_s[counted], columns["wait_s"][counted], end_s),
    )


Codes = tuple[list[str], NDArray[np.int64]]


def _codes(words: Sequence[str]) -> Codes:
    """The different words in order, and the number of each."""
    names = sorted(set(words))
    number = {name: at for at, name in enumerate(names)}
    return names, np.array([number[word] for word in words], np.int64)


_HOURS: Final[Codes] = ([f"{hour:02}" for hour in range(24)], np.arange(24))
_LEVELS: Final[Codes] = ([str(level) for level in range(10)], np.arange(10))


def _by(
    names: list[str],
    codes: NDArray[np.int64],
    response: NDArray[np.float64],
    late: NDArray[np.float64],
) -> dict[str, Spread]:
    """A spread for each name that occurs."""
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
    response, late = response[order], late[order]
    return {
        name: _spread(response[start:end], late[start:end])
        for name, start, end in zip(names, edges, edges[1:], strict=False)
        if end > start
    }


def _spread(response: NDArray[np.float64], late: NDArray[np.float64]) -> Spread:
    served = response[np.isfinite(response)]
    if not len(served):
        nan = float("nan")
        return Spread(len(response), nan, nan, nan, nan, _mean(late), len(response))
    median, p90, p95 = np.percentile(served, (50, 90, 95))
    missing = len(response) - len(served)
    return Spread(
        len(response), float(served.mean()), float(median), float(p90), float(p95),
        _mean(late), missing,
    )  # fmt: skip


def _mean(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _by_area(
    zone: Sequence[str], bare: NDArray[np.float64], weight: NDArray[np.float64]
) -> dict[str, float]:
    """Weighted by where calls come from; areas without calls by their points alike."""
    found: dict[str, float] = {}
    zones = np.array(zone, dtype=object)
    for name in sorted(set(zone)):
        here = zones == name
        heavy = weight[here].sum() > 0
        found[name] = float(np.average(bare[here], weights=weight[here] if heavy else None))
    return found


def _by_priority(calls: GivenCalls, bare: NDArray[np.float64]) -> dict[str, float]:
    """Weighted by where citizens' calls of the priority come from."""
    citizens = ~calls.officer_initiated
    priority, point = calls.priority[citizens], calls.point[citizens]
    levels = np.unique(priority).tolist()
    return {str(level): float(bare[point[priority == level]].mean()) for level in levels}


def _gave_up(run: Run, limit: int) -> Text | None:
    if run.gave_up_s is None:
        return None
    day, second = divmod(run.gave_up_s, DAY_S)
    hour = second / HOUR_S
    return Text(
        f"more than {limit:,} calls waited on day {int(day) + 1} at {hour:.1f} h, "
        "and it was ended there",
        f"第 {int(day) + 1} 天 {hour:.1f} 时等待的报警超过 {limit:,} 起，推演在此终止",
    )


def _overload(at_s: NDArray[np.float64], wait_s: NDArray[np.float64], end_s: float) -> Text | None:
    """Why the figures mean nothing: waits that grow to the end, or calls never served."""
    if not len(at_s):
        return None
    calls = len(at_s)
    never = int(np.isnan(wait_s).sum())
    if never > max(3, 0.01 * calls):
        return Text(
            f"{never:,} of {calls:,} calls were never served",
            f"{calls:,} 起报警中有 {never:,} 起始终未得到处置",
        )
    middle = wait_s[(at_s >= end_s / 3) & (at_s < end_s * 2 / 3)]
    last = wait_s[at_s >= end_s * 2 / 3]
    if len(middle) and len(last):
        before, after = float(np.nanmean(middle)), float(np.nanmean(last))
        if after > OVERLOADED_WAIT_S and after > 1.5 * before:
            return Text(
                f"the mean wait grew from {before:.0f} s to {after:.0f} s and does not settle",
                f"平均等待由 {before:.0f} 秒增至 {after:.0f} 秒，且不收敛",
            )
    waiting = int((at_s + wait_s > end_s).sum())
    if waiting > max(3, MOST_WAITING_AT_END * calls):
        return Text(
            f"{waiting:,} of {calls:,} calls still waited for a unit when its time was over",
            f"结束时 {calls:,} 起报警中仍有 {waiting:,} 起在等待处警单元",
        )
    return None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications with the half-width of its 95 % confidence interval
    (Student's t; nan for one replication)."""

    mean: float
    half_width: float

    @property
    def sure(self) -> bool:
        """Does the interval leave out zero?"""
        return abs(self.mean) > self.half_width

    def as_json(self) -> list[float | None]:
        """Mean and half-width; null where there is none."""
        return [None if np.isnan(v) else v for v in (self.mean, self.half_width)]


def estimate(values: Sequence[float] | NDArray[np.float64], together: int = 1) -> Estimate:
    """Of independent replications, or of their paired differences. The intervals of so many
    estimates hold ``together`` (Bonferroni)."""
    known = np.array([v for v in values if not np.isnan(v)], np.float64)
    if not len(known):
        return Estimate(float("nan"), float("nan"))
    if len(known) < 2:
        return Estimate(float(known.mean()), float("nan"))
    from scipy.special import stdtrit  # a tenth of a server's start, and seldom needed

    quantile = stdtrit(len(known) - 1, 1 - 0.025 / together)
    return Estimate(float(known.mean()), float(quantile * known.std(ddof=1) / np.sqrt(len(known))))

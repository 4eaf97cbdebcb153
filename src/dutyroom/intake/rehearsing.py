"""A recorded period rehearsed: fitted on its first part, tested on the rest.

Demand is taken as recorded (when, where, which kinds of unit came to the scene); everything that
the room and the crews take time for is fitted on the first part only and drawn anew: call
handling, turning out, driving, working. Travel goes by distance, as roads aren't recorded.

What is assumed: units start from the station of the pack and are always on duty; a unit is free
where the call was; who was sent but never arrived is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from dutyroom.citypack import CityPack, read_pack
from dutyroom.citypack.model import DistanceTravel
from dutyroom.intake.dataset import read_rows
from dutyroom.intake.fitting import Fit, distance_m, fit_travel
from dutyroom.intake.judging import CleanRow
from dutyroom.rehearsal.results.figures import Estimate, estimate
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.demand import draw, take
from dutyroom.rehearsal.scenario.from_pack import distance_matrix
from dutyroom.rehearsal.scenario.model import (
    HOUR_S,
    Duration,
    Geography,
    GivenCalls,
    Scenario,
    ScenarioUnit,
)
from dutyroom.rehearsal.scenario.read_parts import metres
from dutyroom.rehearsal.scenario.streams import stream
from dutyroom.rehearsal.simulation.records import NO_FACILITY
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import simulate

FEWEST: Final = 20
"""Fits and lines of the comparison need at least so many records."""
LONGEST_S: Final = 6 * HOUR_S
"""Work that took longer is left out of the fit: somebody forgot to clear."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison, in seconds from the call to the first unit on scene.

    ``ks`` is the Kolmogorov-Smirnov distance between the recorded and all simulated responses.
    """

    name: str
    calls: int
    recorded_median_s: float
    median_s: Estimate
    recorded_p90_s: float
    p90_s: Estimate
    ks: float


@dataclass(frozen=True, slots=True)
class History:
    """The comparison, what it was fitted on, and what was left out."""

    name: str
    fitted_calls: int
    tested_calls: int
    left_out: int
    replications: int
    travel: str
    service: tuple[tuple[str, float, float], ...]
    whole: Line
    by_area: tuple[Line, ...]
    by_hour: tuple[Line, ...]


class NotEnough(Exception):
    """The dataset is too small, or has no pack yet; says what to do."""


def rehearse_history(
    folder: Path,
    *,
    share: float = 0.5,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> History:
    """Fit on the first ``share`` of a dataset's time, rehearse the rest, and compare."""
    if not (folder / "pack").is_dir():
        raise NotEnough(f"{folder.name} has no city pack yet: dutyroom pack from-dataset")
    pack = read_pack(folder / "pack")
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in read_rows(folder):
        calls[row.call_id].append(row)
    whole = sorted(calls.values(), key=lambda rows: rows[0].at("received_at"))
    start_ms, end_ms = (whole[at][0].at("received_at") for at in (0, -1))
    split_ms = start_ms + share * (end_ms - start_ms)
    first = [rows for rows in whole if rows[0].at("received_at") < split_ms]
    rest = [rows for rows in whole if rows[0].at("received_at") >= split_ms]
    if min(len(first), len(rest)) < 100:
        raise NotEnough(f"{len(whole)} calls: too few to fit on one part and test on another")
    fitted = _fit(first, pack)
    tested = [rows for rows in rest if any(_arrived(row) for row in rows)]
    case = _Case(pack, tested, fitted)
    runs = []
    for number in range(replications):
        runs.append(case.run(seed, number))
        if progress:
            progress(number + 1, replications)
    responses = np.array(runs)
    zone = ZoneInfo(pack.timezone)
    areas = [pack.zone_at(*_where(rows)) for rows in tested]
    hours = [
        f"{datetime.fromtimestamp(rows[0].at('received_at') / 1000, UTC).astimezone(zone).hour:02}"
        for rows in tested
    ]
    recorded = np.array([_recorded_s(rows) for rows in tested])
    return History(
        name=folder.name,
        fitted_calls=len(first),
        tested_calls=len(tested),
        left_out=len(rest) - len(tested),
        replications=replications,
        travel=_about(fitted.travel),
        service=tuple((k, d.mean_s, d.cv) for k, d in sorted(fitted.work.items())),
        whole=_line("all", recorded, responses),
        by_area=_lines(areas, recorded, responses),
        by_hour=_lines(hours, recorded, responses),
    )


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What the first part says, by priority: delays from the call to the dispatch, turnouts, and
    how much longer than the line drives took. These are drawn as they were recorded, one for all
    units of a call: what slows one of them down (traffic, a wrong address) slows the others."""

    travel: Fit
    stretch: dict[int, NDArray[np.float64]]
    turnout_s: dict[int, NDArray[np.float64]]
    work: dict[str, Duration]
    handling_s: dict[int, NDArray[np.float64]]


def _fit(calls: list[list[CleanRow]], pack: CityPack) -> _Fitted:
    stations = {station.id: (station.lon, station.lat) for station in pack.stations}
    home = {unit.id: stations[unit.station] for unit in pack.units}
    rows = [row for own in calls for row in own if _arrived(row)]
    drives = [row for row in rows if row.unit_id in home and row.times["en_route_at"] is not None]
    apart = np.array([distance_m(*home[row.unit_id], *_place(row)) for row in drives])
    taken = np.array([_s(row, "en_route_at", "on_scene_at") for row in drives])
    usable = (taken > 0) & (taken < HOUR_S)
    travel = fit_travel(apart[usable], taken[usable])
    expected = travel.start_s + apart[usable] * travel.detour_factor * 3.6 / travel.speed_kmh
    work: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.times["cleared_at"] is not None:
            work[row.unit_kind].append(_s(row, "on_scene_at", "cleared_at"))
    every = [s for found in work.values() for s in found]
    handling: dict[int, list[float]] = defaultdict(list)
    for own in calls:
        sent_ms = min(row.at("dispatched_at") for row in own)
        handling[own[0].priority].append((sent_ms - own[0].at("received_at")) / 1000)
    return _Fitted(
        travel=travel,
        stretch=_by_priority(
            [row for row, ok in zip(drives, usable, strict=True) if ok],
            taken[usable] / np.maximum(expected, 30.0),
        ),
        turnout_s=_by_priority(
            drives, np.array([_s(row, "dispatched_at", "en_route_at") for row in drives])
        ),
        work={k: _duration(s if len(s) >= FEWEST else every) for k, s in work.items()}
        | {"": _duration(every)},
        handling_s={level: np.sort(np.array(found)) for level, found in handling.items()},
    )


def _by_priority(
    rows: list[CleanRow], values: NDArray[np.float64]
) -> dict[int, NDArray[np.float64]]:
    """What was recorded, by priority; priorities with little share what all have."""
    level = np.array([row.priority for row in rows])
    found = {int(one): np.sort(values[level == one]) for one in np.unique(level)}
    every = np.sort(values)
    return {one: few if len(few) >= FEWEST else every for one, few in found.items()}


class _Case:
    """The second part as a scenario; ``run`` draws what crews take time for."""

    def __init__(self, pack: CityPack, calls: list[list[CleanRow]], fitted: _Fitted) -> None:
        self.calls, self.fitted = calls, fitted
        stations = {s.id: (s.lon, s.lat) for s in pack.stations}
        places = [_where(rows) for rows in calls]
        points = list(dict.fromkeys([*stations.values(), *places]))
        index = {point: at for at, point in enumerate(points)}
        spec = DistanceTravel(
            fitted.travel.detour_factor, fitted.travel.speed_kmh, fitted.travel.start_s
        )
        lon, lat = np.array(points).T
        x_m, y_m = metres(lon, lat)
        ids = tuple(f"{a:.6f},{b:.6f}" for a, b in points)
        zones = tuple(pack.zone_at(a, b) for a, b in points)
        geography = Geography(ids, x_m, y_m, lon, lat, zones, distance_matrix(spec, points))
        kinds = sorted({u.kind for u in pack.units} | {r.unit_kind for own in calls for r in own})
        units = tuple(
            ScenarioUnit(u.id, index[stations[u.station]], frozenset({u.kind}), u.kind, u.station)
            for u in pack.units
        )
        have = {unit.agency for unit in units}
        self.arrived = [
            [row for row in own if _arrived(row) and row.unit_kind in have] for own in calls
        ]
        self.start_ms = calls[0][0].at("received_at")
        self.received_s = np.array([(o[0].at("received_at") - self.start_ms) / 1000 for o in calls])
        self.point = np.array([index[place] for place in places], np.int32)
        self.kinds = tuple(kinds)
        self.builder = Builder(
            Scenario(
                name="history", geography=geography, units=units, capabilities=self.kinds,
                facilities=(), posts=(), rules=Rules(), kinds=(), given=None,
                hours=float(self.received_s[-1]) / HOUR_S + 1, warm_up_h=0.0, first_hour=0, seed=1,
                replications=1, targets_s={},
            )
        )  # fmt: skip

    def run(self, seed: int, replication: int) -> NDArray[np.float64]:
        """Seconds from each call to its first unit on scene; nan if nobody came."""
        fitted, count = self.fitted, len(self.calls)
        priority = [own[0].priority for own in self.calls]

        def drawn(found: dict[int, NDArray[np.float64]], purpose: str) -> NDArray[np.float64]:
            rng = stream(seed, replication, purpose)
            every = np.concatenate(list(found.values()))
            return np.array([rng.choice(found.get(level, every)) for level in priority])

        delay_s = drawn(fitted.handling_s, "handling")
        counts = np.array([len(own) for own in self.arrived])
        rows = [row for own in self.arrived for row in own]
        places = len(rows)
        rng_work = stream(seed, replication, "work")
        work = [draw(fitted.work.get(r.unit_kind, fitted.work[""]), 1, rng_work)[0] for r in rows]
        ready_s = self.received_s + delay_s
        given = GivenCalls(
            ids=(),
            at_s=ready_s,
            point=self.point,
            priority=np.array(priority, np.int8),
            category=tuple(own[0].category for own in self.calls),
            officer_initiated=np.zeros(count, np.bool_),
            first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            need=np.array([self.kinds.index(row.unit_kind) for row in rows], np.int32),
            turnout_s=np.repeat(drawn(fitted.turnout_s, "turnout"), counts),
            on_scene_s=np.array(work, np.float64),
            handover_s=np.zeros(places),
            facility=np.full(places, NO_FACILITY, np.int32),
            stretch=np.repeat(drawn(fitted.stretch, "travel"), counts),
        )
        order = np.argsort(ready_s, kind="stable")
        ordered = take(given, order)
        outcomes = simulate(self.builder.inputs(ordered), keep_intervals=False).outcomes
        arrive = np.where(outcomes["unit"] >= 0, outcomes["arrive_s"], np.inf)
        found = np.full(count, np.nan)
        some = np.flatnonzero(np.diff(ordered.first))
        first_s = np.minimum.reduceat(arrive, ordered.first[:-1][some])
        found[order[some]] = first_s - self.received_s[order[some]]
        return np.where(np.isfinite(found), found, np.nan)


def _about(travel: Fit) -> str:
    """Where the travel times come from."""
    return (
        f"Driving: {travel.start_s:.0f} s + straight distance x {travel.detour_factor} at "
        f"{travel.speed_kmh:.1f} km/h, a line through the medians of bins of distance over "
        f"{travel.drives:,} drives (en route to on scene) from the units' stations; median "
        f"absolute error {travel.median_error_s:.0f} s. The form is that of Kolesar, Walker and "
        "Hausner (1975)."
    )


def _lines(
    names: Sequence[str], recorded: NDArray[np.float64], responses: NDArray[np.float64]
) -> tuple[Line, ...]:
    """A line for each name with enough calls."""
    every = np.array(names, dtype=object)
    return tuple(
        _line(name, recorded[every == name], responses[:, every == name])
        for name in sorted(set(names))
        if np.count_nonzero(every == name) >= FEWEST
    )


def _line(name: str, recorded: NDArray[np.float64], responses: NDArray[np.float64]) -> Line:
    known = responses[np.isfinite(responses)]
    return Line(
        name=name,
        calls=len(recorded),
        recorded_median_s=float(np.median(recorded)),
        median_s=estimate([float(np.nanmedian(run)) for run in responses]),
        recorded_p90_s=float(np.percentile(recorded, 90)),
        p90_s=estimate([float(np.nanpercentile(run, 90)) for run in responses]),
        ks=float(stats.ks_2samp(recorded, known).statistic),
    )


def _arrived(row: CleanRow) -> bool:
    return row.times["on_scene_at"] is not None


def _s(row: CleanRow, begin: str, end: str) -> float:
    return (row.at(end) - row.at(begin)) / 1000


def _recorded_s(rows: list[CleanRow]) -> float:
    arrived = min(row.at("on_scene_at") for row in rows if _arrived(row))
    return (arrived - rows[0].at("received_at")) / 1000


def _place(row: CleanRow) -> tuple[float, float]:
    return float(row.lon), float(row.lat)


def _where(rows: list[CleanRow]) -> tuple[float, float]:
    return _place(rows[0])


def _duration(found_s: Sequence[float]) -> Duration:
    seconds = np.array(found_s, np.float64)
    return Duration(*_moments(seconds[(seconds >= 0) & (seconds <= LONGEST_S)]))


def _moments(values: Any) -> tuple[float, float]:
    mean = float(values.mean())
    return mean, float(values.std() / mean) if mean else 0.0

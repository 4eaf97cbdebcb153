"""A recorded period rehearsed: fitted on its first part, tested on the rest.

Demand is taken as recorded (when, where, which kinds of unit came to the scene); everything that
the room and the crews take time for is fitted on the first part only and drawn anew: call
handling, turning out, driving, working. Travel goes over the pack's roads, if it has any, else by
distance.

Of a dataset, units' homes and kinds come from the first part too, where it knows the unit; which
units there are, and where those live that came in the rest only, is the pack's. Of the room's own
journal, all of that is as the pack says, which people wrote.

What is assumed: units start from their station and are always on duty; a unit is free where the
call was; who was sent but never arrived is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from dutyroom.citypack import CityPack, read_pack
from dutyroom.importing.dataset import contract_of, read_rows
from dutyroom.importing.judging import CleanRow
from dutyroom.learning.fitting_calls import (
    FEWEST,
    FEWEST_FITTED,
    Calls,
    FittedCalls,
    NotEnough,
    arrived,
    by_call,
    fit_calls,
    pack_of,
    where_of,
)
from dutyroom.learning.service_times import measured_times, to_the_minute
from dutyroom.packmaking.pack_fleet import Homes, units_known_from
from dutyroom.rehearsal.results.figures import Estimate, estimate
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.demand import draw, take
from dutyroom.rehearsal.scenario.fitted import FittedTimes
from dutyroom.rehearsal.scenario.model import (
    HOUR_S,
    GivenCalls,
    Scenario,
    ScenarioUnit,
    hour_of_week,
)
from dutyroom.rehearsal.scenario.streams import stream
from dutyroom.rehearsal.simulation.records import NO_FACILITY
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import simulate

HOUR_MS: Final = 3_600_000


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
    """The comparison, what it was fitted on, and what was left out.

    ``travel`` says where drives and the units' homes come from. ``whole_minutes``: the record has
    no seconds. Then calls are given theirs by chance, and rehearsed arrivals are cut to the minute
    like the recorded ones. ``times`` are the steps of the calls that it was fitted on, by category,
    as they can be saved for the look-ahead.
    """

    name: str
    fitted_calls: int
    tested_calls: int
    left_out: int
    replications: int
    travel: str
    homes: Homes
    whole_minutes: bool
    service: tuple[tuple[str, float, float], ...]
    times: FittedTimes
    whole: Line
    by_area: tuple[Line, ...]
    by_hour: tuple[Line, ...]


def rehearse_history(
    folder: Path,
    *,
    share: float = 0.5,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> History:
    """Fit on the first ``share`` of a dataset's time, rehearse the rest, and compare."""
    pack, rows = read_pack(pack_of(folder)), read_rows(folder)
    whole = by_call(rows)
    start_ms, end_ms = (whole[at][0].at("received_at") for at in (0, -1))
    split_ms = start_ms + share * (end_ms - start_ms)
    first = [own for own in whole if own[0].at("received_at") < split_ms]
    rest = [own for own in whole if own[0].at("received_at") >= split_ms]
    fitted = {own[0].call_id for own in first}
    pack, homes = units_known_from(
        pack, contract_of(folder), [row for row in rows if row.call_id in fitted], rows
    )
    return rehearse_calls(
        folder.name, pack, first, rest, homes=homes, replications=replications, seed=seed,
        progress=progress,
    )  # fmt: skip


def rehearse_calls(
    name: str,
    pack: CityPack,
    first: Calls,
    rest: Calls,
    *,
    homes: Homes | None = None,
    replications: int = 20,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> History:
    """Fit on the ``first`` calls, rehearse the ``rest``, and compare. `NotEnough` if too few.

    Units live where the pack says; ``homes`` says where it has that from, if not by itself.
    """
    tested = [rows for rows in rest if any(arrived(row) for row in rows)]
    if len(first) < FEWEST_FITTED or len(tested) < FEWEST:
        raise NotEnough(
            f"{len(first)} calls to fit on and {len(tested)} with an arrival to test on: at least "
            f"{FEWEST_FITTED} and {FEWEST} are needed. Choose a longer period, or "
            "wait until there are more calls"
        )
    fitted = fit_calls(first, tested, pack)
    case = _Case(pack, tested, fitted)
    runs = []
    for number in range(replications):
        runs.append(case.run(seed, number))
        if progress:
            progress(number + 1, replications)
    responses = np.array(runs)
    homes = homes or Homes(0, 0, len(pack.units))
    zone = ZoneInfo(pack.timezone)
    areas = [pack.zone_at(*where_of(rows)) for rows in tested]
    hours = [f"{hour_of_week(rows[0].at('received_at'), zone) % 24:02}" for rows in tested]
    recorded = np.array([_recorded_s(rows) for rows in tested])
    return History(
        name=name,
        fitted_calls=len(first),
        tested_calls=len(tested),
        left_out=len(rest) - len(tested),
        replications=replications,
        travel=f"{fitted.ways.about}\n{homes.about}",
        homes=homes,
        whole_minutes=case.whole_minutes,
        service=tuple((k, d.mean_s, d.cv) for k, d in sorted(fitted.work.items())),
        times=measured_times(name, pack.name, first),
        whole=_line("all", recorded, responses),
        by_area=_lines(areas, recorded, responses),
        by_hour=_lines(hours, recorded, responses),
    )


class _Case:
    """The second part as a scenario; ``run`` draws what crews take time for."""

    def __init__(self, pack: CityPack, calls: list[list[CleanRow]], fitted: FittedCalls) -> None:
        self.calls, self.fitted = calls, fitted
        places = [where_of(rows) for rows in calls]
        index = fitted.ways.point
        kinds = sorted({u.kind for u in pack.units} | {r.unit_kind for own in calls for r in own})
        stations = {s.id: index[s.lon, s.lat] for s in pack.stations}
        units = tuple(
            ScenarioUnit(u.id, stations[u.station], frozenset({u.kind}), u.kind, u.station)
            for u in pack.units
        )
        have = {unit.agency for unit in units}
        self.arrived = [
            [row for row in own if arrived(row) and row.unit_kind in have] for own in calls
        ]
        self.start_ms = calls[0][0].at("received_at") // HOUR_MS * HOUR_MS
        self.received_s = np.array([(o[0].at("received_at") - self.start_ms) / 1000 for o in calls])
        self.point = np.array([index[place] for place in places], np.int32)
        self.kinds = tuple(kinds)
        self.whole_minutes = to_the_minute(calls)
        self.builder = Builder(
            Scenario(
                name="history", geography=fitted.ways.geography, units=units,
                capabilities=self.kinds, facilities=(), posts=(),
                rules=Rules(way=fitted.ways.way), kinds=(), given=None,
                hours=float(self.received_s[-1]) / HOUR_S + 1, warm_up_h=0.0,
                first_hour=hour_of_week(self.start_ms, ZoneInfo(pack.timezone)), seed=1,
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
        received_s = self.received_s
        if self.whole_minutes:  # the second was not written down: any is as likely
            seconds = stream(seed, replication, "seconds").uniform(0.0, 60.0, count)
            received_s = received_s + seconds
        ready_s = received_s + delay_s
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
        if self.whole_minutes:
            first_s = np.floor(first_s / 60.0) * 60.0
        found[order[some]] = first_s - self.received_s[order[some]]
        return np.where(np.isfinite(found), found, np.nan)


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


def _recorded_s(rows: list[CleanRow]) -> float:
    first_ms = min(row.at("on_scene_at") for row in rows if arrived(row))
    return (first_ms - rows[0].at("received_at")) / 1000

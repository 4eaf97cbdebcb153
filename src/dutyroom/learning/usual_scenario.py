"""A scenario from recorded calls: what a usual week of theirs is like, to be changed and rehearsed.

Learnt are how many calls of each category and priority come at which hour and from which part of
the city, how long crews turn out and work, how much longer than the fitted way drives take, and how
widely that varies. Only calls that citizens made are counted. Nothing is kept of a single call.
"""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.spatial import cKDTree

from dutyroom.citypack import CityPack
from dutyroom.learning.fitting_calls import Calls, FittedCalls, fit_calls, where_of
from dutyroom.learning.service_times import measured_times
from dutyroom.learning.usual_week import UsualWeek
from dutyroom.packmaking.fitting import Fit
from dutyroom.rehearsal.scenario.fitted import FittedTimes, Step
from dutyroom.rehearsal.scenario.from_pack import pack_geography

OWN_PLACES: Final = 100
"""A category with fewer calls comes from where all calls come from."""
MOST_CV: Final = 3.0
MOST_MIDDLES: Final = 400
CALLS_AROUND: Final = 10
"""So many calls have a middle of their own, on average."""
FEWEST_AROUND: Final = 5

type Spots = Sequence[Sequence[str]]
"""For each call the points that it may have come from, all alike."""
type Said = dict[str, Any]
"""As JSON says it."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The scenario file; how many calls it was learnt from, over how many hours, and how many were
    left out (of categories for which the pack has no plan)."""

    file: Path
    calls: int
    hours: float
    left_out: int


def learn_scenario(
    name: str, pack: CityPack, pack_folder: Path, calls: Calls, folder: Path
) -> Learnt:
    """Write ``scenario.json`` and what it names into ``folder``. `NotEnough` where nothing can be
    fitted."""
    known = [own for own in calls if _has_plan(pack, own[0].category, own[0].priority)]
    week = UsualWeek([own[0].at("received_at") for own in known], ZoneInfo(pack.timezone))
    fitted = fit_calls(known, [], pack)
    folder.mkdir(parents=True, exist_ok=True)
    factors, travel_cv = _delays(fitted)
    if fitted.ways.fit is None:
        ways, spots = {}, _over_zones(pack, known)
    else:
        spots, middles = _around_middles(known)
        ways = _own_ways(pack, middles, fitted.ways.fit, fitted.ways.about, folder)
    kinds = [
        kind | {"travel_cv": travel_cv} for kind in _kinds(name, pack, known, week, spots, folder)
    ]
    scenario = {
        "name": f"{name}, a usual week",
        "base": os.path.relpath(pack_folder.resolve(), folder.resolve()),
        "note": f"Learnt from {len(known)} recorded calls over {week.hours:.0f} hours: categories "
        f"and priorities by {'hour of the week' if week.knows_days else 'hour of the day'} and "
        "zone, turning out, work on the scene, drives. Call handling isn't in it: a call comes "
        "when it can be dispatched.",
        **ways,
        "rules": {"priority_factors": factors},
        "calls": {"kinds": kinds},
    }
    file = folder / "scenario.json"
    file.write_text(json.dumps(scenario, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Learnt(file, len(known), week.hours, len(calls) - len(known))


def _kinds(
    name: str,
    pack: CityPack,
    calls: Calls,
    week: UsualWeek,
    spots: Spots,
    folder: Path,
) -> Iterator[Said]:
    """A kind for each category and priority that occurs; writes the weights of their points."""
    times = measured_times(name, pack.name, calls)
    of_kind: dict[tuple[str, int], list[int]] = defaultdict(list)
    of_category: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(calls):
        of_kind[own[0].category, own[0].priority].append(number)
        of_category[own[0].category].append(number)
    _write_weights(folder / "weights.csv", spots)
    files: dict[str, str] = {}
    for at, (category, numbers) in enumerate(sorted(of_category.items())):
        if len(numbers) >= OWN_PLACES:
            files[category] = f"weights-{at}.csv"
            _write_weights(folder / files[category], [spots[number] for number in numbers])
    for (category, priority), numbers in sorted(of_kind.items()):
        yield {
            "category": category,
            "priority": priority,
            "per_h": round(week.per_h(numbers), 6),
            "needs": [
                {"capability": need.capability, "count": need.count}
                for need in pack.plan_for(category, priority)
            ],
            **_durations(times, category),
            "together": True,
            "by_hour": list(week.by_hour(numbers)),
            "weights": files.get(category, "weights.csv"),
        }


def _over_zones(pack: CityPack, calls: Calls) -> Spots:
    """Each call may have come from any point of its zone."""
    geography, _ = pack_geography(pack)
    points: dict[str, list[str]] = defaultdict(list)
    for point, zone in zip(geography.ids, geography.zone, strict=True):
        points[zone].append(point)
    return [points[pack.zone_at(*where_of(own))] for own in calls]


def _around_middles(calls: Calls) -> tuple[Spots, dict[str, tuple[float, float]]]:
    """The middle of the calls around it, for each call; and where the middles are. None stands for
    fewer than ``FEWEST_AROUND`` calls, so that no address shows."""
    places = np.array([where_of(own) for own in calls])
    scale = np.array([np.cos(np.radians(places[:, 1].mean())), 1.0])
    count = max(1, min(MOST_MIDDLES, len(np.unique(places, axis=0)), len(calls) // CALLS_AROUND))
    middles, nearest = kmeans2(places * scale, count, minit="++", rng=np.random.default_rng(1))
    around = np.bincount(nearest, minlength=count)
    kept = np.flatnonzero(around >= min(FEWEST_AROUND, int(around.max())))
    nearest = kept[cKDTree(middles[kept]).query(places * scale)[1]]
    named = {int(at): f"d{number}" for number, at in enumerate(kept, 1)}
    where = {}
    for at in kept:
        lon, lat = (middles[at] / scale).tolist()
        where[named[int(at)]] = (lon, lat)
    return [[named[int(at)]] for at in nearest], where


def _has_plan(pack: CityPack, category: str, priority: int) -> bool:
    try:
        return bool(pack.plan_for(category, priority))
    except KeyError:
        return False


def _write_weights(path: Path, spots: Spots) -> None:
    """The points by how many calls came from them."""
    weight: dict[str, float] = defaultdict(float)
    for points in spots:
        for point in points:
            weight[point] += 1 / len(points)
    _write_csv(path, ("point", "weight"), [(p, f"{w:.6g}") for p, w in sorted(weight.items())])


def _durations(times: FittedTimes, category: str) -> Said:
    """Turning out and work, as a kind of calls says them; what was never measured is left out."""
    steps: tuple[Step, ...] = ("turnout", "on_scene")
    found: dict[str, Any] = {}
    for step in steps:
        measured = times.of(category, step)
        if measured is not None:
            one = measured.duration
            found[step] = {"mean_s": one.mean_s, "cv": round(min(one.cv, 10.0), 4)}
    return found


def _own_ways(
    pack: CityPack, middles: Mapping[str, tuple[float, float]], fit: Fit, about: str, folder: Path
) -> Said:
    """Stations and middles, units, and the fitted ways: those of the pack hold turning out as
    well, which is drawn by itself here."""
    where = {**{s.id: (s.lon, s.lat) for s in pack.stations}, **middles}
    points = [(k, f"{x:.6f}", f"{y:.6f}", pack.zone_at(x, y)) for k, (x, y) in where.items()]
    _write_csv(folder / "points.csv", ("id", "lon", "lat", "zone"), points)
    units = [(u.id, u.station, " ".join(sorted(u.capabilities)), u.kind) for u in pack.units]
    _write_csv(folder / "units.csv", ("id", "base", "capabilities", "agency"), units)
    travel = {
        "speed_kmh": fit.speed_kmh,
        "detour_factor": fit.detour_factor,
        "start_s": fit.start_s,
        "source": about,
    }
    return {"points": "points.csv", "units": "units.csv", "travel": travel}


def _delays(fitted: FittedCalls) -> tuple[dict[str, float], float]:
    """By priority how much longer than the way drives took on average; and how much it varies."""
    means = {level: float(found.mean()) for level, found in sorted(fitted.stretch.items())}
    every = np.concatenate([found / means[level] for level, found in fitted.stretch.items()])
    factors = {str(level): round(mean, 4) for level, mean in means.items()}
    return factors, round(min(float(every.std()), MOST_CV), 4)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])

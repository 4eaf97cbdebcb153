"""What recorded calls say about how long things take: handling, turning out, driving, working."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack import CityPack
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.judging import CleanRow
from dutyroom.learning.recorded_ways import Drive, Ways, usable, ways
from dutyroom.learning.service_times import LONGEST_S, handling_s, took_s
from dutyroom.rehearsal.scenario.model import Duration

FEWEST_FITTED: Final = 100
"""Calls that times can be fitted on."""
NEAREST_S: Final = 30.0
"""Drives that should take less don't say how much longer drives take: one red light is half."""
FEWEST: Final = 20
"""Fits and lines of the comparison need at least so many records."""


class NotEnough(Exception):
    """The dataset is too small, or has no pack yet; says what to do."""


type Calls = list[list[CleanRow]]
"""The responses of each call, the calls in the order in which they were received."""


@dataclass(frozen=True, slots=True)
class FittedCalls:
    """What calls say, by priority: delays from the call to the dispatch, turnouts, and
    how much longer than the line drives took. These are drawn as they were recorded, one for all
    units of a call: what slows one of them down (traffic, a wrong address) slows the others."""

    ways: Ways
    stretch: dict[int, NDArray[np.float64]]
    turnout_s: dict[int, NDArray[np.float64]]
    work: dict[str, Duration]
    handling_s: dict[int, NDArray[np.float64]]


def fit_calls(calls: Calls, others: Calls, pack: CityPack) -> FittedCalls:
    """What ``calls`` say; ways lead to where ``others`` were too. `NotEnough` if they are few."""
    stations = {station.id: (station.lon, station.lat) for station in pack.stations}
    home = {unit.id: stations[unit.station] for unit in pack.units}
    rows = [row for own in calls for row in own if arrived(row) and row.times_as_recorded]
    driven = [row for row in rows if row.unit_id in home and row.times["en_route_at"] is not None]
    drives = [
        Drive(
            home[row.unit_id], place_of(row), row.at("en_route_at"),
            took_s(row, "en_route_at", "on_scene_at"),
        )
        for row in driven
    ]  # fmt: skip
    good = usable(drives)
    kept = list(compress(drives, good))
    places = [*stations.values(), *map(where_of, calls), *map(where_of, others)]
    try:
        found = ways(pack, kept, places)
    except ValueError as error:
        raise NotEnough(str(error)) from error
    expected_s = found.expected_s(kept, ZoneInfo(pack.timezone))
    far = expected_s >= NEAREST_S
    if not far.any():
        raise NotEnough(
            "nobody pressed both en route and on scene for a drive of half a minute or more: "
            "travel can't be fitted. Choose a longer period to fit on"
        )
    work: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.times["cleared_at"] is not None:
            work[row.unit_kind].append(took_s(row, "on_scene_at", "cleared_at"))
    every = [s for found in work.values() for s in found]
    handling: dict[int, list[float]] = defaultdict(list)
    for own in calls:
        if all(row.times_as_recorded for row in own):
            handling[own[0].priority].append(handling_s(own))
    return FittedCalls(
        ways=found,
        stretch=_by_priority(
            list(compress(compress(driven, good), far)),
            np.array([one.took_s for one in kept])[far] / expected_s[far],
        ),
        turnout_s=_by_priority(
            driven, np.array([took_s(row, "dispatched_at", "en_route_at") for row in driven])
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


def pack_of(folder: Path) -> Path:
    """The folder of a dataset's city pack. `NotEnough` says how to make one."""
    if not (folder / "pack").is_dir():
        raise NotEnough(f"{folder.name} has no city pack yet: dutyroom pack from-dataset")
    return folder / "pack"


def calls_of(folder: Path) -> Calls:
    """The calls of a dataset."""
    return by_call(read_rows(folder))


def by_call(rows: list[CleanRow]) -> Calls:
    """The rows of each call, the calls in the order in which they were received."""
    calls: dict[str, list[CleanRow]] = defaultdict(list)
    for row in rows:
        calls[row.call_id].append(row)
    return sorted(calls.values(), key=lambda own: own[0].at("received_at"))


def arrived(row: CleanRow) -> bool:
    """Did this unit get to the scene?"""
    return row.times["on_scene_at"] is not None


def place_of(row: CleanRow) -> tuple[float, float]:
    """lon, lat."""
    return float(row.lon), float(row.lat)


def where_of(rows: list[CleanRow]) -> tuple[float, float]:
    """Where a call was: lon, lat."""
    return place_of(rows[0])


def _duration(found_s: Sequence[float]) -> Duration:
    seconds = np.array(found_s, np.float64)
    return Duration(*_moments(seconds[(seconds >= 0) & (seconds <= LONGEST_S)]))


def _moments(values: Any) -> tuple[float, float]:
    mean = float(values.mean())
    return mean, float(values.std() / mean) if mean else 0.0

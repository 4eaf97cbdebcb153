"""Measuring how long each step of recorded calls took, for the room's own look ahead."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from dutyroom.importing.judging import CleanRow
from dutyroom.rehearsal.scenario.fitted import FittedTimes, Measured, Step
from dutyroom.rehearsal.scenario.model import HOUR_S

LONGEST_S: Final = 6 * HOUR_S
"""What took longer is left out: somebody forgot to press a key."""
MINUTE_MS: Final = 60_000
_STEPS: Final[dict[Step, tuple[str, str]]] = {
    "turnout": ("dispatched_at", "en_route_at"),
    "on_scene": ("on_scene_at", "cleared_at"),
}

type Calls = Sequence[Sequence[CleanRow]]
"""The responses of each call, the calls in the order in which they were received."""


def measured_times(source: str, pack: str, calls: Calls) -> FittedTimes:
    """Mean and spread of each step, over all ``calls`` and by category.

    Handling (from the call to its first dispatch) counts calls, the others responses.
    """
    of_category: dict[str, list[Sequence[CleanRow]]] = defaultdict(list)
    for own in calls:
        of_category[own[0].category].append(own)
    received_ms = [own[0].at("received_at") for own in calls]
    return FittedTimes(
        source=source,
        pack=pack,
        begin_ms=min(received_ms),
        end_ms=max(received_ms),
        whole_minutes=to_the_minute(calls),
        calls=len(calls),
        every=_measured(calls),
        by_category={code: _measured(own) for code, own in sorted(of_category.items())},
    )


def to_the_minute(calls: Calls) -> bool:
    """Whether the record has no seconds."""
    every = [at for own in calls for row in own for at in row.times.values() if at is not None]
    return all(at % MINUTE_MS == 0 for at in every)


def handling_s(own: Sequence[CleanRow]) -> float:
    """From a call to its first dispatch."""
    return (min(row.at("dispatched_at") for row in own) - own[0].at("received_at")) / 1000


def took_s(row: CleanRow, begin: str, end: str) -> float:
    """Between two times that the row has."""
    return (row.at(end) - row.at(begin)) / 1000


def _measured(calls: Calls) -> dict[Step, Measured]:
    calls = [own for own in calls if all(row.times_as_recorded for row in own)]
    rows = [row for own in calls for row in own]
    seconds: dict[Step, list[float]] = {"handling": [handling_s(own) for own in calls]}
    for step, (begin, end) in _STEPS.items():
        seconds[step] = [
            took_s(row, begin, end)
            for row in rows
            if row.times[begin] is not None and row.times[end] is not None
        ]
    found: dict[Step, Measured] = {}
    for step, each in seconds.items():
        usual = np.array([s for s in each if 0 <= s <= LONGEST_S])
        if usual.size:
            found[step] = Measured(
                round(float(usual.mean()), 1), round(float(usual.std()), 1), usual.size
            )
    return found

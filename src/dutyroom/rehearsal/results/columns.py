"""What became of each call of a run, as arrays over calls: no figure needs more than NumPy."""

from typing import Any, Final

import numpy as np

from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import GivenCalls
from dutyroom.rehearsal.simulation.records import Records

OUTCOME_COLUMNS: Final = {
    "unit": np.int64,
    "served": np.int64,
    "wait_s": np.float64,
    "turnout_s": np.float64,
    "travel_s": np.float64,
    "response_s": np.float64,
    "complete_s": np.float64,
    "closed_s": np.float64,
    "resent": np.int64,
}


def call_columns(
    builder: Builder, calls: GivenCalls, outcomes: Records
) -> dict[str, np.ndarray[Any, Any]]:
    """The columns that come from the outcomes, as arrays over calls; nan where nobody came.

    ``unit`` is an index into the builder's units, -1 for nobody.
    """
    start = calls.first[:-1]
    count = len(calls.at_s)
    came = outcomes["unit"] >= 0
    arrive = np.where(came, outcomes["arrive_s"], np.inf)
    if not count:
        return {name: np.zeros(0, kind) for name, kind in OUTCOME_COLUMNS.items()}
    first_s = np.minimum.reduceat(arrive, start)
    call_of = np.repeat(np.arange(count), np.diff(calls.first))
    is_first = arrive == first_s[call_of]
    place = np.full(count, -1)
    hits = np.flatnonzero(is_first & came)
    place[call_of[hits[::-1]]] = hits[::-1]  # the first of its places, if several tie
    some = place >= 0
    at = outcomes[np.where(some, place, 0)]
    nan = np.where(some, 0.0, np.nan)
    served = np.add.reduceat(came.astype(np.int64), start)
    whole = served == np.diff(calls.first)
    last = np.maximum.reduceat(np.where(came, outcomes["arrive_s"], -np.inf), start)
    closed = np.maximum.reduceat(np.where(came, outcomes["free_s"], -np.inf), start)
    return {
        "unit": np.where(some, at["unit"], -1),
        "served": served,
        "wait_s": at["sent_s"] - calls.at_s + nan,
        "turnout_s": at["left_s"] - at["sent_s"] + nan,
        "travel_s": at["arrive_s"] - at["left_s"] + nan,
        "response_s": at["arrive_s"] - calls.at_s + nan,
        "complete_s": np.where(whole, last - calls.at_s, np.nan),
        "closed_s": np.where(some, closed, np.nan),
        "resent": np.add.reduceat(np.maximum(outcomes["sent"] - 1, 0), start),
    }

"""Runs the kernels over prepared inputs."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.simulation import loop
from dutyroom.rehearsal.simulation.city import City
from dutyroom.rehearsal.simulation.records import (
    AT_BASE,
    GO_HOME,
    I_AT_BASE,
    I_BREAK,
    I_OFF,
    I_STAYING,
    INTERVAL,
    JUMP,
    LEVELS,
    NOT_QUEUED,
    OFF,
    ON_BREAK,
    OUTCOME,
    QUEUED,
    STAYING,
    UNIT,
    Records,
)
from dutyroom.rehearsal.simulation.room import COUNTERS, NUMBERS, TABLES, make_room
from dutyroom.rehearsal.simulation.rules import Rules

INTERVALS_AT_ONCE: Final = 1 << 17
"""6 MB: intervals leave the run in portions of about this many."""


@dataclass(frozen=True, eq=False, slots=True)
class Fleet:
    """Units in the order of their ids. ``can`` has a bit per capability, ``home`` is a base;
    ``station`` is a column of the rules' ``answers``, ``team`` one of their compliance tables (or
    how many there are: of none); empty where these don't matter."""

    ids: tuple[str, ...]
    can: NDArray[np.uint64]
    home: NDArray[np.int32]
    station: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    team: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))


@dataclass(frozen=True, eq=False, slots=True)
class Inputs:
    """Everything that a run depends on, frozen: the same inputs give the same results.

    ``calls`` (CALL) are in the order of ``ready_s``; ``places`` (PLACE) in that of their calls;
    ``changes`` (CHANGE) in the order of time, then unit.
    """

    city: City
    rules: Rules
    fleet: Fleet
    calls: Records
    places: Records
    changes: Records

    def checksum(self) -> str:
        """SHA-256 over every array and number, in a fixed order."""
        own = _digest(self.rules) + _digest(self.fleet) + _digest(self)
        return hashlib.sha256(_digest_of_city(self.city) + own).hexdigest()


@lru_cache(maxsize=4)
def _digest_of_city(city: City) -> bytes:
    """Of the largest part once, as all replications have it in common."""
    return _digest(city)


def _digest(part: City | Rules | Fleet | Inputs) -> bytes:
    """Of the arrays and numbers that aren't parts themselves."""
    digest = hashlib.sha256()
    for each in fields(part):
        value = getattr(part, each.name)
        if isinstance(value, City | Rules | Fleet):
            continue
        array = np.asarray(value)
        digest.update(f"{each.name}{array.shape}".encode())
        for name in array.dtype.names or ("",):
            column = array[name] if name else array
            digest.update(f"{name}{column.dtype}".encode())
            digest.update(np.ascontiguousarray(column).tobytes())
    return digest.digest()


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """What came of it: a record per place (OUTCOME), the unit intervals that were kept in memory
    (INTERVAL), the counters by name, and the state of each call (QUEUED). ``gave_up_s``: when so
    many calls waited that it was ended; what came after that has not been played."""

    outcomes: Records
    intervals: Records
    queued: Records
    counters: dict[str, int]
    gave_up_s: float | None = None


class Rehearsal:
    """One run: its state between two moments. ``advance`` it as far as you like."""

    def __init__(
        self, inputs: Inputs, *, intervals: int = INTERVALS_AT_ONCE, give_up: int = 0
    ) -> None:
        """Every unit off duty, nothing begun. ``intervals``: how many a portion has; 0: none.
        ``give_up``: end where more calls than this wait; 0: never."""
        size = 2
        while size < len(inputs.fleet.ids):
            size *= 2
        self.inputs = inputs
        self.tables = _tables(inputs, size, intervals)
        rules = {name: float(getattr(inputs.rules, name)) for name in _RULES}
        rules["sleeps"] = _nothing_looks(inputs.rules)
        rules["stations"] = inputs.rules.answers.shape[1]
        rules["give_up"], rules["gave_up_s"] = give_up, math.nan
        self.array = make_room(self.tables, inputs.city.numbers() | rules)
        self.room = self.array[0]

    def advance(
        self, until_s: float = np.inf, take: Callable[[Records], None] | None = None
    ) -> None:
        """Play on, up to and including this moment; ``take`` gets the unit intervals that ended."""
        done = False
        while not done:
            done = loop.run(self.room, until_s)
            written = int(self.room["written"])
            if written and take:
                take(self.tables["intervals"][:written])
            self.room["written"] = 0

    def still(self, end_s: float) -> Records:
        """What each unit does from its last interval on, until ``end_s``: of a run that was played
        to its end, when nobody is at work or on the way any more."""
        units = self.tables["units"][: len(self.inputs.fleet.ids)]
        resting = np.isin(units["state"], list(_RESTING)) & (units["since_s"] < end_s)
        found = np.zeros(int(resting.sum()), INTERVAL)
        found["unit"], found["place"] = np.flatnonzero(resting), -1
        found["start_s"], found["end_s"] = units["since_s"][resting], end_s
        found["from_point"] = found["to_point"] = units["point"][resting]
        found["kind"] = [_RESTING[state] for state in units["state"][resting].tolist()]
        return found

    @property
    def gave_up_s(self) -> float | None:
        """When too many calls waited, if that was so."""
        at_s = float(self.room["gave_up_s"])
        return None if math.isnan(at_s) else at_s

    def counters(self) -> dict[str, int]:
        """Calls waiting at most, calls lost, units pre-empted, reassigned and moved up."""
        return {name: int(self.room[name]) for name in COUNTERS}


def simulate(
    inputs: Inputs,
    *,
    until_s: float = np.inf,
    keep_intervals: bool = True,
    take: Callable[[Records], None] | None = None,
    give_up: int = 0,
    end_s: float = 0.0,
) -> Run:
    """Play the calls to the end, or up to ``until_s``, or until more than ``give_up`` wait (0:
    however many). What units do after their last work is written down until ``end_s``.

    With ``take``, unit intervals are handed over in portions and none are kept in memory.
    """
    kept: list[Records] = []
    wanted = keep_intervals or take is not None
    rehearsal = Rehearsal(inputs, intervals=INTERVALS_AT_ONCE if wanted else 0, give_up=give_up)
    take = take or (lambda portion: kept.append(portion.copy()))
    rehearsal.advance(until_s, take)
    if wanted and rehearsal.gave_up_s is None:
        take(rehearsal.still(end_s))
    return Run(
        rehearsal.tables["outcomes"],
        np.concatenate(kept) if kept else np.zeros(0, INTERVAL),
        rehearsal.tables["queued"],
        rehearsal.counters(),
        rehearsal.gave_up_s,
    )


def _nothing_looks(rules: Rules) -> bool:
    """Is what a unit does after its work known when it is sent, while no call waits? It goes home
    and can't be sent on the way."""
    return rules.way == JUMP and rules.after == GO_HOME and math.isinf(rules.reassign_gain_s)


_RESTING: Final = {AT_BASE: I_AT_BASE, STAYING: I_STAYING, OFF: I_OFF, ON_BREAK: I_BREAK}
_RULES: Final = tuple(each.name for each in fields(Rules) if each.name in NUMBERS)
_RULE_TABLES: Final = tuple(each.name for each in fields(Rules) if each.name in TABLES)


def _tables(inputs: Inputs, size: int, intervals: int) -> dict[str, NDArray[Any]]:
    count = len(inputs.fleet.ids)
    bases = len(inputs.city.base_point)
    units = np.zeros(size, UNIT)
    units["can"][:count] = inputs.fleet.can
    units["home"][:count] = inputs.fleet.home
    units["base"][:count] = inputs.fleet.home
    units["place"] = units["next"] = -1
    if len(inputs.fleet.station):
        units["station"][:count] = inputs.fleet.station
    if len(inputs.fleet.team):
        units["team"][:count] = inputs.fleet.team
    queued = np.zeros(len(inputs.calls), QUEUED)
    queued["before"] = NOT_QUEUED
    outcomes = np.zeros(len(inputs.places), OUTCOME)
    outcomes["unit"] = -1
    most = int(inputs.calls["count"].max(initial=1))
    seats = size + most
    made: dict[str, NDArray[Any]] = {
        "calls": inputs.calls,
        "places": inputs.places,
        "changes": inputs.changes,
        "units": units,
        "queued": queued,
        "outcomes": outcomes,
        "tree_s": np.full(2 * size, np.inf),
        "tree_unit": _first_of_each(size),
        "base_first": np.full(bases, -1, np.int32),
        "heads": np.full(2 * LEVELS, -1, np.int64),
        "intervals": np.zeros(intervals and intervals + 2 * loop.margin(size), INTERVAL),
    }
    teams = len(inputs.rules.team_first)
    lengths = {
        "heading": teams * bases,
        "free": teams,
        "gains": bases,
        "worth": inputs.city.points,
        "on_road": size,
        "covered": max(bases, inputs.city.points),
        "needs": most,
        "found": most,
        "worst": most,
        "rows": most,
        "picked": most,
        "chosen": size,
        "keys": size,
        "cost": most * seats,
        "prices": 3 * (seats + 1),
        "links": 2 * (seats + 1),
        "used": seats + 1,
        "columns": most,
    }
    room = {name: np.zeros(length, TABLES[name]) for name, length in lengths.items()}
    rules = {
        name: np.ascontiguousarray(getattr(inputs.rules, name), TABLES[name]).reshape(-1)
        for name in _RULE_TABLES
    }
    rules["table_holds"] = _holds(inputs.rules)
    return inputs.city.tables() | rules | made | room


def _holds(rules: Rules) -> NDArray[np.int32]:
    """For each entry of the compliance table, how many units its row wants there so far."""
    table, holds = rules.table.tolist(), np.ones(len(rules.table), np.int32)
    for first, end in pairwise(rules.table_first.tolist()):
        for each in range(first, end):
            holds[each] = table[first : each + 1].count(table[each])
    return holds


def _first_of_each(size: int) -> NDArray[np.int32]:
    """A tournament of equals: the lowest index wins each match."""
    winners = np.zeros(2 * size, np.int32)
    winners[size:] = np.arange(size)
    for node in range(size - 1, 0, -1):
        winners[node] = winners[2 * node]
    return winners

"""Markovian cases for the simulation, and cities for the hypercube."""

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.simulation.city import City, make_city
from dutyroom.rehearsal.simulation.records import (
    CALL,
    CHANGE,
    END_SHIFT,
    JUMP,
    PLACE,
    START_SHIFT,
    Records,
)
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs

type Floats = NDArray[np.float64]
type Numbers = NDArray[np.int64]
HOUR_S = 3600.0


def town(units: int, used: float, seed: int = 1, atoms: int = 20) -> tuple[Floats, Floats]:
    """Calls per hour by atom, and seconds [unit, atom]; a unit serves one call per hour."""
    rng = np.random.default_rng(seed)
    places, bases = rng.uniform(0, 600, (2, atoms)), rng.uniform(0, 600, (2, units))
    calls = rng.uniform(0.5, 1.5, atoms)
    apart = np.hypot(*(bases[:, :, None] - places[:, None, :]))
    return calls * used * units / calls.sum(), apart


def markovian(
    calls_per_h: Floats,
    travel_s: Floats,
    count: int,
    seed: int,
    *,
    levels: int = 1,
    drive: bool = False,
    waits: bool = True,
) -> Inputs:
    """The nearest free unit goes, service an hour, home at once: what the hypercube knows.

    Ways take no time, unless crews ``drive``: that is part of the service then.
    """
    rng = np.random.default_rng(seed)
    units, atoms = travel_s.shape
    points = atoms + units
    matrix = np.zeros((points, points))
    matrix[atoms:, :atoms] = travel_s
    ready_s = np.cumsum(rng.exponential(HOUR_S / calls_per_h.sum(), count))
    point = rng.choice(atoms, count, p=calls_per_h / calls_per_h.sum())
    level = rng.integers(1, levels + 1, count)
    calls, places = _one_unit_each(ready_s, rng.exponential(HOUR_S, count))
    calls["point"], calls["priority"], calls["level"] = point, level, level
    places["stretch"] = 1.0 if drive else 0.0
    changes = np.zeros(units, CHANGE)
    changes["unit"], changes["kind"] = np.arange(units), START_SHIFT
    base = np.arange(atoms, points, dtype=np.int32)
    city = make_city(matrix, base, np.zeros(0, np.int32), way=JUMP)
    return _inputs(city, np.arange(units), calls, places, changes, waits=waits)


def by_the_hour(
    calls_per_h: Floats, servers: Numbers, service_s: float, days: int, seed: int
) -> Inputs:
    """Calls at random, so many in each hour of a day; so many servers, all at one place.

    Who is at work when its shift ends finishes that, and takes nothing more.
    """
    rng = np.random.default_rng(seed)
    came = rng.poisson(np.tile(calls_per_h, days))
    begin_s = np.repeat(np.arange(len(came)) * HOUR_S, came)
    ready_s = np.sort(begin_s + rng.uniform(0.0, HOUR_S, len(begin_s)))
    calls, places = _one_unit_each(ready_s, rng.exponential(service_s, len(ready_s)))
    units = np.arange(servers.max())
    # A day more than there are calls: some may still wait.
    on = units[:, None] < np.tile(servers, days + 1)
    before = np.concatenate((np.zeros((len(units), 1), np.bool_), on[:, :-1]), axis=1)
    hour, unit = np.nonzero((on != before).T)
    changes = np.zeros(len(unit), CHANGE)
    changes["at_s"], changes["unit"] = hour * HOUR_S, unit
    changes["kind"] = np.where(on[unit, hour], START_SHIFT, END_SHIFT)
    city = make_city(np.zeros((1, 1)), np.zeros(1, np.int32), np.zeros(0, np.int32), way=JUMP)
    return _inputs(city, np.zeros(len(units)), calls, places, changes)


def _one_unit_each(ready_s: Floats, work_s: Floats) -> tuple[Records, Records]:
    """Calls of priority 1 at the first point that need one unit each, and no way to go."""
    count = len(ready_s)
    calls, places = np.zeros(count, CALL), np.zeros(count, PLACE)
    calls["ready_s"], calls["priority"], calls["level"] = ready_s, 1, 1
    calls["first"], calls["count"] = np.arange(count), 1
    places["need"], places["facility"], places["stretch"] = 1, -1, 0.0
    places["on_scene_s"], places["call"] = work_s, np.arange(count)
    return calls, places


def _inputs(
    city: City,
    home: NDArray[np.number],
    calls: Records,
    places: Records,
    changes: Records,
    *,
    waits: bool = True,
) -> Inputs:
    ids = tuple(f"{unit:03}" for unit in range(len(home)))
    fleet = Fleet(ids, np.ones(len(home), np.uint64), home.astype(np.int32))
    rules = Rules(way=JUMP, home_factor=0.0, whole_ms=False, no_waiting=not waits)
    return Inputs(city, rules, fleet, calls, places, changes)

"""The hypercube queueing model: which units are busy together, exactly.

Larson, "A hypercube queuing model for facility location and redistricting in urban emergency
services", Computers & Operations Research 1 (1974). Calls come at random (Poisson) from *atoms*
(areas); each atom has a list of units by preference, and the first free one goes. Service times
are exponential and don't depend on the atom. When all are busy, calls wait in line or are lost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.theory import kernels
from dutyroom.rehearsal.theory.erlang import Overloaded

type Floats = NDArray[np.float64]

FEWEST: Final = kernels.LOW
"""Fewer units are filled up with some that never work."""
OVER_RELAXED: Final = 1.4
"""Of 1 to 1.7 the least sweeps on cities of 15 units; always from few busy units to many: to and
fro takes nearly twice as many."""
EXACT_UP_TO: Final = 20
"""Above this the rates of dispatch are held in 24 bits, which changes results by about 1e-7."""
WHOLE: Final = 1 << 24
"""Calls are then counted in parts of so many, which add up without rounding in 24 bits: else more
calls would leave a state than come in, and nothing would settle."""
MEMORY: Final = 2 << 30
MOST_SWEEPS: Final = 2_000


class TooManyUnits(ValueError):
    """The states would not fit into the memory that may be used."""

    def __init__(self, units: int, needed: int, allowed: int) -> None:
        super().__init__(
            f"{units} units have {2**units:,} states, which take {needed / 2**30:.1f} GB; "
            f"{allowed / 2**30:.1f} GB may be used. Approximate instead, or allow more memory"
        )


@dataclass(frozen=True, eq=False, slots=True)
class Workloads:
    """``workload`` (N,): the share of time that each unit is busy. ``all_busy``: the chance that a
    call finds nobody free. ``dispatched`` (N, J): the share of all calls that come from atom j and
    get unit n (those that waited get whoever is free first); the rest is lost. ``sweeps`` until it
    stood still."""

    workload: Floats
    all_busy: float
    dispatched: Floats
    sweeps: int

    def interdistrict(self, preference: NDArray[np.int64]) -> float:
        """The share of served calls that don't get the unit that their atom prefers."""
        own = self.dispatched[preference[:, 0], np.arange(len(preference))].sum()
        return float(1.0 - own / self.dispatched.sum())

    def mean_travel_s(self, travel_s: Floats) -> float:
        """The mean travel time of served calls; ``travel_s`` (N, J) from where each unit waits."""
        return float((self.dispatched * travel_s).sum() / self.dispatched.sum())


def bytes_needed(units: int) -> int:
    """What ``exact`` takes: the states twice, and half of the rates of dispatch."""
    states = 1 << max(units, FEWEST)
    width = 8 if units <= EXACT_UP_TO else 4
    return 2 * 8 * states + units * states // 2 * width


def exact(
    calls_per_h: Floats,
    preference: NDArray[np.int64],
    served_per_h: float | Floats,
    *,
    waits: bool = True,
    memory: int = MEMORY,
    tolerance: float = 1e-12,
) -> Workloads:
    """Solve the hypercube.

    ``calls_per_h`` (J,), ``preference`` (J, N): unit numbers, the preferred first, each once.
    ``served_per_h``: of all units, or of each (N,). ``tolerance``: how much the states together
    may still change in a sweep. ValueError for lists that aren't orders of all units;
    ``Overloaded`` if calls wait and can't all be served; ``TooManyUnits``.
    """
    calls, order, mu = _checked(calls_per_h, preference, served_per_h)
    units, arrivals = len(mu), float(calls.sum())
    if waits and arrivals >= mu.sum():
        raise Overloaded(units, arrivals / float(mu.mean()))
    if bytes_needed(units) > memory:
        raise TooManyUnits(units, bytes_needed(units), memory)
    idle = max(FEWEST - units, 0)  # never sent and never busy: they only fill the block
    if idle:
        mu = np.concatenate((mu, np.ones(idle)))
    p, sweeps = _solve(calls, order, mu, units, tolerance)
    held = arrivals / float(mu[:units].sum())
    every = (1 << units) - 1
    if waits:
        # Behind the state with all busy stands the line, a geometric tail.
        p /= p.sum() + p[every] * held / (1.0 - held)
        tail = float(p[every]) * held / (1.0 - held)
    else:
        p /= p.sum()
        tail = 0.0
    all_busy = float(p[every]) + tail
    kernels.sum_over_supersets(p)
    workload = np.array([p[1 << n] + tail for n in range(units)])
    dispatched = _dispatched(p, calls, order)
    if waits:
        dispatched += all_busy * np.outer(mu[:units] / mu[:units].sum(), calls / arrivals)
    return Workloads(workload, all_busy, dispatched, sweeps)


def _checked(
    calls_per_h: Floats, preference: NDArray[np.int64], served_per_h: float | Floats
) -> tuple[Floats, NDArray[np.int64], Floats]:
    calls = np.asarray(calls_per_h, np.float64)
    order = np.asarray(preference, np.int64)
    if order.ndim != 2 or len(order) != len(calls):
        raise ValueError("each atom needs its calls per hour and its list of units")
    units = order.shape[1]
    if not np.array_equal(np.sort(order, axis=1), np.tile(np.arange(units), (len(order), 1))):
        raise ValueError("each list must name every unit once, the preferred first")
    mu = np.broadcast_to(np.asarray(served_per_h, np.float64), (units,)).copy()
    if not (np.all(calls >= 0) and calls.sum() > 0 and np.all(mu > 0)):
        raise ValueError("calls per hour can't be negative, and units must serve some")
    return calls, order, mu


def _solve(
    calls: Floats, order: NDArray[np.int64], mu: Floats, units: int, tolerance: float
) -> tuple[Floats, int]:
    """The states' shares, up to a factor."""
    if units > EXACT_UP_TO:
        mu = mu * WHOLE / calls.sum()
        calls = np.rint(calls * WHOLE / calls.sum())
    sent = _rates_of_dispatch(calls, order, len(mu))
    arrivals, every = float(calls.sum()), (1 << units) - 1
    wanted = np.ones(len(mu) + 1)
    alike = bool(np.all(mu[:units] == mu[0]))
    mean = float(mu[:units].mean())
    for k in range(1, units + 1):
        wanted[k] = wanted[k - 1] * arrivals / (k * mean)
    wanted[units + 1 :] = 0.0
    wanted /= wanted.sum()
    p = np.empty(1 << len(mu))
    kernels.spread(p, wanted, units)
    if units < len(mu):
        p[1 << units :] = 0.0
    for number in range(1, MOST_SWEEPS + 1):
        changed = kernels.sweep(p, sent, mu, arrivals, every, OVER_RELAXED)
        if alike and units == len(mu) and number < 4:
            kernels.level_to(p, wanted)  # units alike: how many are busy, Erlang knows
        elif not alike:
            p /= p.sum()
        if changed < tolerance:
            break
    else:
        raise ArithmeticError(f"the hypercube didn't settle within {MOST_SWEEPS} sweeps")
    return p, number


def _rates_of_dispatch(
    calls: Floats, order: NDArray[np.int64], units: int
) -> NDArray[np.float64] | NDArray[np.float32]:
    """[n, rest]: the calls that unit n gets while it is free and exactly ``rest`` are busy.

    An atom's call comes to the unit when all that it prefers are among the busy: so the rates are
    sums over subsets of the weights of these sets.
    """
    width = np.float64 if units <= EXACT_UP_TO else np.float32
    sent = np.zeros((units, 1 << (units - 1)), width)
    before = np.zeros(len(calls), np.int64)
    for place in range(order.shape[1]):
        chosen = order[:, place]
        for n in range(order.shape[1]):
            mine = chosen == n
            rest = _closed_up(before[mine], n)
            np.add.at(sent[n], rest, calls[mine])
        before |= 1 << chosen
    for n in range(order.shape[1]):
        row = sent[n].astype(np.float64)
        kernels.sum_over_subsets(row)
        sent[n] = row
    return sent


def _closed_up(states: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """The states without bit ``n``, the higher bits moved down."""
    return ((states >> (n + 1)) << n) | (states & ((1 << n) - 1))


def _dispatched(busy: Floats, calls: Floats, order: NDArray[np.int64]) -> Floats:
    """By unit and atom, the share of calls; ``busy[set]`` is the chance that all of it are busy."""
    found = np.zeros((order.shape[1], len(calls)))
    before = np.zeros(len(calls), np.int64)
    atoms = np.arange(len(calls))
    for place in range(order.shape[1]):
        chosen = order[:, place]
        after = before | (1 << chosen)
        found[chosen, atoms] = (busy[before] - busy[after]) * calls / calls.sum()
        before = after
    return found

"""The hypercube's workloads without its states, for as many units as one likes.

Good to a few per cent for means, not for the single unit that is worst off.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.theory.erlang import Overloaded, erlang_b, erlang_c
from dutyroom.rehearsal.theory.hypercube import Workloads

type Floats = NDArray[np.float64]
MOST_ROUNDS: Final = 5_000
_HALF: Final = 0.5
"""Each round goes half of the way: going all of it, some cities swing to and fro for ever."""


def approximate(
    calls_per_h: Floats,
    preference: NDArray[np.int64],
    service_h: float | Floats,
    *,
    waits: bool = True,
    tolerance: float = 1e-10,
) -> Workloads:
    """Workloads and dispatches by fixed point.

    ``calls_per_h`` (J,), ``preference`` (J, N) as for ``hypercube.exact``. ``service_h``: the mean
    time that a call takes, in hours, for all or by unit and atom (N, J).

    Larson, "Approximating the performance of urban emergency service systems", Operations Research
    23 (1975): units are busy independently, put right by the factors Q of units drawn from an
    M/M/N queue without putting them back. Jarvis, "Approximating the equilibrium behavior of
    multi-server loss systems", Management Science 31 (1985): the mean service follows from who
    serves whom. For calls that wait (Larson) the line is that of M/M/N. ``Overloaded``;
    ArithmeticError if it doesn't settle to ``tolerance``.
    """
    calls = np.asarray(calls_per_h, np.float64)
    order = np.asarray(preference, np.int64)
    atoms, units = order.shape
    takes = np.broadcast_to(np.asarray(service_h, np.float64), (units, atoms))
    arrivals, at = float(calls.sum()), np.arange(atoms)
    mean_h = float((takes.mean(axis=0) * calls).sum() / arrivals)
    busy = np.full(units, min(arrivals * mean_h / units, 0.95))
    for rounds in range(1, MOST_ROUNDS + 1):
        load = arrivals * mean_h
        if waits and load >= units:
            raise Overloaded(units, load)
        all_busy = erlang_c(units, load) if waits else erlang_b(units, load)
        factors = _corrections(units, load, waits)
        # ``reach``: the chance that a call gets as far down its list as this place.
        share = np.zeros((units, atoms))
        reach = np.ones(atoms)
        for place in range(units):
            chosen = order[:, place]
            share[chosen, at] = factors[place] * reach
            reach = reach * busy[chosen]
        offered = (share * takes * calls).sum(axis=1)
        from_line = all_busy * load / units if waits else 0.0
        new = (offered + from_line) / (1.0 + offered)
        new *= load * (1.0 if waits else 1.0 - all_busy) / new.sum()
        found = share * (1.0 - new)[:, None]
        found *= (1.0 - all_busy) / found.sum(axis=0)
        if waits:
            found = found + all_busy / units
        served = found * calls / arrivals
        mean_h = float((served * takes).sum() / served.sum())
        change = float(np.abs(new - busy).max())
        busy = np.minimum(busy + _HALF * (new - busy), 1.0)
        if change < tolerance:
            return Workloads(busy, all_busy, served, rounds)
    raise ArithmeticError(f"the approximation didn't settle within {MOST_ROUNDS} rounds")


def _corrections(units: int, load: float, waits: bool) -> Floats:
    """Q by place: how the chance that the units before are busy and this one is free differs from
    what it were if they were independent."""
    states = np.empty(units + 1)
    states[0] = 1.0
    for k in range(1, units + 1):
        states[k] = states[k - 1] * load / k
        states[: k + 1] /= states[: k + 1].max()
    tail = load / units
    whole = states.sum() + (states[units] * tail / (1.0 - tail) if waits else 0.0)
    states /= whole
    used = load / units if waits else load / units * (1.0 - states[units])
    busy = np.arange(units + 1)
    factors = np.empty(units)
    drawn = states.copy()  # the chance of k busy and that all drawn so far are among them
    for place in range(units):
        free = (drawn * (units - busy) / (units - place)).sum()
        factors[place] = free / (used**place * (1.0 - used))
        drawn = drawn * np.maximum(busy - place, 0) / (units - place)
    return factors

"""The hypercube's arithmetic, compiled: sums over subsets, and sweeps over the states.

A state is a number whose bit ``n`` says that unit ``n`` is busy. Eight neighbouring states are
worked on at once, so that the machine can do them in one go; what links these eight comes last.
"""

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.jit import kernel

LOW = 3
WIDE = 1 << LOW


@kernel
def sum_over_subsets(values: NDArray[np.float64]) -> None:
    """In place: each entry becomes the sum over all subsets of its bits (zeta transform)."""
    half = 1
    while half < len(values):
        for start in range(0, len(values), 2 * half):
            for at in range(start, start + half):
                values[at + half] += values[at]
        half *= 2


@kernel
def sum_over_supersets(values: NDArray[np.float64]) -> None:
    """In place: each entry becomes the sum over all states that contain its bits."""
    half = 1
    while half < len(values):
        for start in range(0, len(values), 2 * half):
            for at in range(start, start + half):
                values[at] += values[at + half]
        half *= 2


@kernel
def sweep(
    p: NDArray[np.float64],
    sent: NDArray[np.floating],
    mu: NDArray[np.float64],
    arrivals: float,
    every: int,
    over: float,
) -> float:
    """One sweep of successive over-relaxation (factor ``over``) over the balance of every state.

    ``sent[n, rest]`` is the rate of calls that unit ``n`` gets when it is free; ``rest`` are the
    bits of the others, closed up. ``every`` is the state in which nobody is free. Returns the sum
    of the changes.
    """
    units, blocks = len(mu), len(p) >> LOW
    inflow, gone = np.empty(WIDE), np.empty(WIDE)
    changed = 0.0
    for block in range(blocks):
        first = np.uint64(block) << np.uint64(LOW)
        busy_rate = 0.0
        for k in range(WIDE):
            inflow[k] = 0.0
        for n in range(LOW, units):
            unit = np.uint64(n)
            bit, rate = np.uint64(1) << unit, mu[n]
            other = first ^ bit
            if first & bit:
                busy_rate += rate
                rest = _without(first, unit)
                for k in range(np.uint64(WIDE)):
                    inflow[k] += p[other + k] * sent[unit, rest + k]
            else:
                for k in range(np.uint64(WIDE)):
                    inflow[k] += p[other + k] * rate
        for k in range(WIDE):
            gone[k] = busy_rate if first + np.uint64(k) == every else busy_rate + arrivals
            for n in range(LOW):
                if k >> n & 1:
                    gone[k] += mu[n]
        for k in range(WIDE):
            state = first + np.uint64(k)
            total = inflow[k]
            for n in range(LOW):
                unit = np.uint64(n)
                bit = np.uint64(1) << unit
                if state & bit:
                    total += p[state ^ bit] * sent[unit, _without(state, unit)]
                else:
                    total += p[state ^ bit] * mu[n]
            step = over * (total / gone[k] - p[state])
            p[state] += step
            changed += abs(step)
    return changed


@kernel
def _without(state: np.uint64, unit: np.uint64) -> np.uint64:
    """The state without the bit of a unit, the higher bits moved down."""
    one = np.uint64(1)
    return ((state >> (unit + one)) << unit) | (state & ((one << unit) - one))


@kernel
def level_to(p: NDArray[np.float64], wanted: NDArray[np.float64]) -> None:
    """Scale the states with k busy units so that together they have ``wanted[k]``."""
    found = np.zeros(len(wanted))
    for state in range(len(p)):
        found[_busy(state)] += p[state]
    for k in range(len(wanted)):
        found[k] = wanted[k] / found[k]
    for state in range(len(p)):
        p[state] *= found[_busy(state)]


@kernel
def spread(p: NDArray[np.float64], wanted: NDArray[np.float64], units: int) -> None:
    """Give every state with k busy units the same share of ``wanted[k]``."""
    ways = np.ones(units + 1)  # of choosing k units
    for k in range(1, units + 1):
        ways[k] = ways[k - 1] * (units - k + 1) / k
    for state in range(len(p)):
        k = _busy(state)
        p[state] = wanted[k] / ways[k] if k <= units else 0.0


@kernel
def _busy(state: int) -> int:
    bits = np.uint64(state)
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + (
        (bits >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56)))

"""Greedy and swap for posts, a whole neighbourhood at a time.

One unit after the other goes where it helps most; then the best swap of one unit is made until
none helps (M. B. Teitz and P. Bart, Operations Research 16, 1968). Gains of all swaps at once as
M. G. C. Resende and R. F. Werneck, J. Heuristics 10 (2004), split them: what is won by the new
post, less what is lost with the old one, plus what the two have in common. Then the answer is
shaken with a seeded generator and improved again.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]


class Landscape(Protocol):
    """An objective (more is better) on the number of units at each post."""

    def value(self, units_at: Counts) -> float: ...

    def adding(self, units_at: Counts) -> Floats:
        """[posts]: how much better with one unit more there."""
        ...

    def swapping(self, units_at: Counts, out: Counts) -> Floats:
        """[out, posts]: how much better when a unit of an ``out`` post moves there."""
        ...


class MeanTravel:
    """The p-median's objective: minus the demand-weighted travel to the nearest unit."""

    def __init__(self, travel_s: Floats, share: Floats) -> None:
        self._travel, self._share = travel_s, share

    def value(self, units_at: Counts) -> float:
        return -float(self._travel[units_at > 0].min(axis=0) @ self._share)

    def adding(self, units_at: Counts) -> Floats:
        if not units_at.any():
            return np.asarray(self._travel.max() - self._travel @ self._share)
        nearest = self._travel[units_at > 0].min(axis=0)
        return np.asarray(np.maximum(nearest - self._travel, 0.0) @ self._share)

    def swapping(self, units_at: Counts, out: Counts) -> Floats:
        posts, zones = np.flatnonzero(units_at > 0), np.arange(self._travel.shape[1])
        ways = self._travel[posts]
        near = ways.argmin(axis=0)
        first = ways[near, zones]
        ways[near, zones] = self._travel.max() if len(posts) == 1 else np.inf
        second = ways.min(axis=0)
        won = np.maximum(first - self._travel, 0.0) @ self._share
        lost = np.bincount(near, self._share * (second - first), len(posts))
        own = np.zeros((len(zones), len(posts)))
        own[zones, near] = self._share
        common = np.maximum(second - np.maximum(self._travel, first), 0.0) @ own
        change = won[:, None] - lost + common
        change[:, units_at[posts] > 1] = won[:, None]
        return np.asarray(change.T[np.searchsorted(posts, out)])


class ExpectedCover:
    """MEXCLP's objective: demand x (1 - q^units in reach); with q = 0, maximal covering."""

    def __init__(self, within: NDArray[np.bool_], share: Floats, busy_share: float) -> None:
        self._within, self._share, self._busy = within.astype(np.float64), share, busy_share

    def value(self, units_at: Counts) -> float:
        return float(self._share @ (1.0 - self._busy ** (units_at @ self._within)))

    def adding(self, units_at: Counts) -> Floats:
        return np.asarray(self._within @ self._next(units_at @ self._within))

    def swapping(self, units_at: Counts, out: Counts) -> Floats:
        in_reach = units_at @ self._within
        more = self._next(in_reach)
        less = np.where(in_reach > 0, self._next(np.maximum(in_reach - 1, 0)), 0.0)
        leaving = self._within[out]
        common = (leaving * (less - more)) @ self._within.T
        return np.asarray(self._within @ more - (leaving @ less)[:, None] + common)

    def _next(self, in_reach: Floats) -> Floats:
        return np.asarray(self._share * self._busy**in_reach * (1.0 - self._busy))


def search(
    landscape: Landscape,
    least: Counts,
    most: Counts,
    units: int,
    *,
    rounds: int,
    seed: int,
    enough: Callable[[Counts, float], bool],
) -> Counts:
    """Units per post: greedy, swap, then ``rounds`` of shaking; stops when ``enough`` says so."""
    best = improve(landscape, fill(landscape, least, most, units), least, most)
    value = landscape.value(best)
    random = np.random.default_rng(seed)
    for _ in range(rounds):
        if enough(best, value):
            break
        tried = improve(landscape, _shaken(best, least, most, random), least, most)
        if landscape.value(tried) > value * (1 + 1e-12 * np.sign(value)):
            best, value = tried, landscape.value(tried)
    return best


def fill(landscape: Landscape, start: Counts, most: Counts, units: int) -> Counts:
    """Adds one unit after the other where it helps most; ties go to the first post."""
    units_at = start.copy()
    while units_at.sum() < units:
        gain = np.where(units_at < most, landscape.adding(units_at), -np.inf)
        units_at[int(gain.argmax())] += 1
    return units_at


def improve(landscape: Landscape, units_at: Counts, least: Counts, most: Counts) -> Counts:
    """Makes the best swap until none is better by more than rounding."""
    units_at = units_at.copy()
    while True:
        out = np.flatnonzero(units_at > least)
        into = units_at < most
        if not out.size or not into.any():
            return units_at
        gain = np.where(into, landscape.swapping(units_at, out), -np.inf)
        leaving, coming = divmod(int(gain.argmax()), gain.shape[1])
        if gain[leaving, coming] <= 1e-10 * max(abs(landscape.value(units_at)), 1e-12):
            return units_at
        units_at[out[leaving]] -= 1
        units_at[coming] += 1


def _shaken(units_at: Counts, least: Counts, most: Counts, random: np.random.Generator) -> Counts:
    """Moves a fifth of the units that may move (at least two) to random places."""
    units_at = units_at.copy()
    free = np.repeat(np.arange(len(units_at)), units_at - least)
    moving = random.permutation(free)[: max(2, len(free) // 5)]
    np.subtract.at(units_at, moving, 1)
    for _ in moving:
        units_at[random.choice(np.flatnonzero(units_at < most))] += 1
    return units_at

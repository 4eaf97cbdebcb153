"""Where to post units: mean travel (p-median), maximal covering, expected covering (MEXCLP).

Each proposal comes from greedy and swap, with a bound that says how far it can be from the best;
where that leaves a gap and the problem is small, the exact programme closes it. Formulas and
sources: docs/background/optimisers.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.posts_bound import mean_travel_bound
from dutyroom.rehearsal.optimise.posts_exact import solve_expected_cover, solve_mean_travel
from dutyroom.rehearsal.optimise.posts_search import (
    ExpectedCover,
    Landscape,
    MeanTravel,
    search,
)
from dutyroom.rehearsal.optimise.program import (
    Effort,
    Limits,
    Method,
    Progress,
    Solved,
    Status,
    Step,
    relative_gap,
)
from dutyroom.rehearsal.optimise.region import UNREACHABLE_S, Posting, Region, count_at

SMALL_TERMS: Final = 40_000
"""Zones x posts (p-median) or zones x units (covering) up to which the exact programme is tried."""


@dataclass(frozen=True, slots=True)
class PostProposal:
    """``units_at`` [posts]; the first effect is the objective, others stand beside it."""

    units_at: tuple[int, ...]
    effects: tuple[Effect, ...]
    effort: Effort


def p_median(
    region: Region,
    posting: Posting,
    limits: Limits | None = None,
    *,
    method: Method = Method.AUTO,
    progress: Progress | None = None,
) -> PostProposal:
    """Posts with the least mean travel to the nearest unit, weighted by demand.

    A post counts once, however many units it has: so there must be no more units than posts with
    places, beside those kept. ``ValueError`` says what doesn't fit.
    """
    limits = limits or Limits()
    least, most = posting.counts(len(region.travel_s))
    most = np.maximum(np.minimum(most, 1), least)
    if posting.units > most.sum():
        raise ValueError(f"{posting.units} units for {(most > 0).sum()} posts: a post counts once")
    open_posts = posting.units - int(np.maximum(least - 1, 0).sum())
    travel_s, share = np.minimum(region.travel_s, UNREACHABLE_S), region.share

    def bound(units_at: NDArray[np.int64], value: float) -> float:
        nearest = region.nearest_s(units_at)
        return -mean_travel_bound(travel_s, share, least > 0, open_posts, -value, nearest)

    def exact() -> Solved:
        return solve_mean_travel(travel_s, share, least, most, open_posts, limits, progress)

    best = _Best(MeanTravel(travel_s, share), -1.0, limits, progress)
    best.search(least, most, posting.units, bound, method)
    if best.wants_exact(method, region.travel_s.size):
        best.take(exact(), len(travel_s), np.maximum(least, 1))
    today = _today(posting, region)
    return PostProposal(
        tuple(best.units_at.tolist()), (_travel(region, today, best.units_at),), best.effort
    )


def max_coverage(
    region: Region,
    posting: Posting,
    limit_s: float,
    limits: Limits | None = None,
    *,
    method: Method = Method.AUTO,
    progress: Progress | None = None,
) -> PostProposal:
    """Posts from which most demand is reached within ``limit_s`` (Church and ReVelle 1974)."""
    return expected_coverage(
        region, posting, limit_s, 0.0, limits, method=method, progress=progress
    )


def expected_coverage(
    region: Region,
    posting: Posting,
    limit_s: float,
    busy_share: float,
    limits: Limits | None = None,
    *,
    method: Method = Method.AUTO,
    progress: Progress | None = None,
) -> PostProposal:
    """Posts with most demand reached in time when each unit is busy with ``busy_share``.

    Daskin's MEXCLP (1983): sum of demand x (1 - q^units in reach), as a share of all demand. The
    second effect is mean travel: more coverage can mean longer ways.
    """
    if not 0 <= busy_share < 1:
        raise ValueError("busy_share must be 0 or more and below 1")
    limits = limits or Limits()
    least, most = posting.counts(len(region.travel_s))
    within, share = region.within(limit_s), region.share

    def solve(whole: bool) -> Solved:
        return solve_expected_cover(
            within,
            share,
            busy_share,
            least,
            most,
            posting.units,
            limits,
            progress if whole else None,
            whole,
        )

    def bound(_: NDArray[np.int64], known: float) -> float:
        relaxed = solve(whole=False)
        in_reach = float(share[within.any(axis=0)].sum())
        return max(
            known, relaxed.objective if relaxed.effort.status is Status.OPTIMAL else in_reach
        )

    best = _Best(ExpectedCover(within, share, busy_share), 1.0, limits, progress)
    best.search(least, most, posting.units, bound, method)
    if best.wants_exact(method, region.travel_s.shape[1] * posting.units):
        best.take(solve(whole=True), len(within), None)
    today = _today(posting, region)
    parts, before = None, None
    after = _expected(best.units_at, within, busy_share)
    if today is not None:
        parts = (_expected(today, within, busy_share), after)
        before = float(parts[0] @ share)
    covered = effect_of(
        "expected_covered_share",
        Better.MORE,
        (before, float(after @ share)),
        "zone_expected_covered",
        parts,
        Better.MORE,
    )
    return PostProposal(
        tuple(best.units_at.tolist()),
        (covered, _travel(region, today, best.units_at)),
        best.effort,
    )


class _Best:
    """The best posting so far and the least bound on any; more is better."""

    def __init__(
        self, landscape: Landscape, sign: float, limits: Limits, progress: Progress | None
    ) -> None:
        self._landscape, self._sign, self._limits = landscape, sign, limits
        self._progress = progress
        self._bound, self._took_s = np.inf, 0.0
        self.units_at = np.zeros(0, np.int64)

    def search(
        self,
        least: NDArray[np.int64],
        most: NDArray[np.int64],
        units: int,
        bound: Callable[[NDArray[np.int64], float], float],
        method: Method,
    ) -> None:
        """Greedy, swap and shake, until the bound says that it is good enough."""

        def enough(units_at: NDArray[np.int64], value: float) -> bool:
            if not np.isfinite(self._bound):
                self._bound = bound(units_at, value)
            if self._progress is not None:
                self._progress(Step(0.0, self._sign * value, self._sign * self._bound))
            return relative_gap(value, self._bound) <= self._limits.gap

        rounds = 1 if method is Method.EXACT else self._limits.rounds
        self.units_at = search(
            self._landscape,
            least,
            most,
            units,
            rounds=rounds,
            seed=self._limits.seed,
            enough=enough,
        )
        enough(self.units_at, self._value())

    def wants_exact(self, method: Method, terms: int) -> bool:
        """Whether there is still a gap, and the exact programme is asked for or small enough."""
        if relative_gap(self._value(), self._bound) <= self._limits.gap:
            return False
        return method is Method.EXACT or (method is Method.AUTO and terms <= SMALL_TERMS)

    def take(self, solved: Solved, posts: int, units_if_open: NDArray[np.int64] | None) -> None:
        """Take the exact answer where it is better, and its bound where that is lower."""
        self._took_s = solved.effort.took_s
        if solved.effort.bound is not None:
            self._bound = min(self._bound, self._sign * solved.effort.bound)
        if solved.found:
            units_at = solved.values[:posts].astype(np.int64)
            if units_if_open is not None:
                units_at *= units_if_open
            if self._landscape.value(units_at) > self._value():
                self.units_at = units_at
        self._bound = max(self._bound, self._value())

    @property
    def effort(self) -> Effort:
        gap = relative_gap(self._value(), self._bound)
        status = Status.OPTIMAL if gap <= self._limits.gap else Status.FEASIBLE
        return Effort(status, self._sign * self._bound, gap, self._took_s)

    def _value(self) -> float:
        return self._landscape.value(self.units_at)


def _today(posting: Posting, region: Region) -> NDArray[np.int64] | None:
    return None if posting.today is None else count_at(posting.today, len(region.travel_s))


def _expected(
    units_at: NDArray[np.int64], within: NDArray[np.bool_], busy_share: float
) -> NDArray[np.float64]:
    """[zones]: the chance that a unit in reach is free."""
    return np.asarray(1.0 - busy_share ** (units_at @ within), np.float64)


def _travel(region: Region, today: NDArray[np.int64] | None, proposed: NDArray[np.int64]) -> Effect:
    after = region.nearest_s(proposed)
    before = None if today is None else region.nearest_s(today)
    return effect_of(
        "mean_travel_s",
        Better.LESS,
        (None if before is None else float(before @ region.share), float(after @ region.share)),
        "zone_travel_s",
        None if before is None else (before, after),
        Better.LESS,
    )

"""Move-ups: which posts to take with so many units free, and where a unit that falls free goes.

A compliance table names the posts for every number of free units: the maximal expected coverage
relocation problem (M. Gendreau, G. Laporte and F. Semet, J. Oper. Res. Soc. 57, 2006). In a nested
table every row is the one before and one post more, so that nobody moves but the unit concerned.

DMEXCLP sends a unit that falls free to the post where one unit more raises the expected coverage
most (C. J. Jagtenberg, S. Bhulai and R. D. van der Mei, Oper. Res. for Health Care 4, 2015).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dutyroom.rehearsal.optimise.effect import Better, Effect, effect_of
from dutyroom.rehearsal.optimise.program import (
    Effort,
    Limits,
    Program,
    Progress,
    Solved,
    Status,
    Step,
    relative_gap,
)
from dutyroom.rehearsal.optimise.region import Region

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]
type Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class TableProposal:
    """``table[n]``: posts (ascending, repeated where several units stand) with n units free."""

    table: Table
    effect: Effect
    effort: Effort


def compliance_table(
    region: Region,
    limit_s: float,
    share_free: ArrayLike,
    *,
    places: tuple[int, ...] | None = None,
    max_changes: int | None = 0,
    today: Table | None = None,
    exact: bool = True,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> TableProposal:
    """The table that covers most demand within ``limit_s``, weighted by how often each row is used.

    ``share_free[n]`` is the share of time that n units are free, n = 0, 1, ... up to the fleet;
    ``places`` the most units per post (None: one each). ``max_changes`` is how many posts are given
    up from a row to the next: 0 makes a nested table, None sets no limit. ``exact=False`` leaves a
    large nested table at local search (no bound then).
    """
    limits = limits or Limits()
    share = np.asarray(share_free, np.float64)
    room = np.ones(len(region.travel_s), np.int64) if places is None else np.array(places, np.int64)
    _check(share, room, max_changes, exact)
    within = region.within(limit_s)
    nested = _improved(_nested(within, region.share, share, room), within, region.share, share)
    table, value = _rows(nested), cover_of(region, limit_s, share, _rows(nested))
    effort = Effort(Status.FEASIBLE, None, None, 0.0)
    if progress is not None:
        progress(Step(0.0, value, None))
    if exact:
        solved = _solve(within, region.share, share, room, max_changes, limits, progress)
        if solved.found:
            found = _table_from(solved.values, len(room), len(share))
            if cover_of(region, limit_s, share, found) > value:
                table, value = found, cover_of(region, limit_s, share, found)
        if solved.effort.bound is not None:
            gap = relative_gap(value, max(value, solved.effort.bound))
            effort = Effort(solved.effort.status, solved.effort.bound, gap, solved.effort.took_s)
    before = None if today is None else cover_of(region, limit_s, share, today)
    parts = (
        None
        if today is None
        else (_zone_cover(within, share, today), _zone_cover(within, share, table))
    )
    effect = effect_of(
        "expected_covered_share",
        Better.MORE,
        (before, value),
        "zone_share_of_time_covered",
        parts,
        Better.MORE,
    )
    return TableProposal(table, effect, effort)


def cover_of(region: Region, limit_s: float, share_free: ArrayLike, table: Table) -> float:
    """Share of demand covered, averaged over how many units are free."""
    share = np.asarray(share_free, np.float64)
    return float(_zone_cover(region.within(limit_s), share, table) @ region.share)


def needed_posts(region: Region, limit_s: float, row: tuple[int, ...]) -> tuple[int, ...]:
    """The posts of a row without which less demand would be covered, each once. Of two that will do
    alike, the earlier stays."""
    within = region.within(limit_s)

    def covered(posts: list[int]) -> float:
        return float(within[posts].any(axis=0) @ region.share)

    kept = sorted(set(row))
    most = covered(kept)
    for post in reversed(kept.copy()):
        others = [other for other in kept if other != post]
        if covered(others) >= most * (1 - 1e-12):
            kept = others
    return tuple(kept)


def dmexclp(
    within: NDArray[np.bool_], demand: Floats, busy_share: float, heading: Counts, home: int
) -> tuple[int, Floats]:
    """The post for a unit that falls free, and what it adds to expected coverage at each post.

    ``within`` [posts, zones]: reached in time; ``demand`` [zones]; ``heading`` [posts]: other free
    units at each post or on the way there; ``home`` wins ties, then the first post. The gain of a
    post is the sum over its zones of demand x (1 - q) q^k, with k free units in reach. A unit that
    can do several things has a row of ``demand`` and of ``heading`` for each, and the sum runs over
    them too. The choice is made before the factor (1 - q), and sums run over the zones in order, as
    a compiled loop does it, so that ties are the same ties.
    """
    gain = np.zeros(len(within))
    for wanted, there in zip(np.atleast_2d(demand), np.atleast_2d(heading), strict=True):
        for zone, in_reach in enumerate((there @ within).tolist()):
            gain += np.where(within[:, zone], wanted[zone] * busy_share**in_reach, 0.0)
    post = home if gain[home] == gain.max() else int(gain.argmax())
    return post, gain * (1.0 - busy_share)


def _check(share: Floats, room: Counts, max_changes: int | None, exact: bool) -> None:
    if share.ndim != 1 or len(share) < 2 or (share < 0).any() or not 0 < share.sum() < 1 + 1e-9:
        raise ValueError("share_free must hold shares of time for 0, 1, ... free units, 1 at most")
    if (room < 0).any() or room.sum() < len(share) - 1:
        raise ValueError(f"{len(share) - 1} units don't fit in {room.sum()} places")
    if not exact and max_changes != 0:
        raise ValueError("the search makes nested tables only")


def _zone_cover(within: NDArray[np.bool_], share: Floats, table: Table) -> Floats:
    """[zones]: share of time that a free unit is in reach."""
    rows = [within[list(row)].any(axis=0) if row else np.zeros(within.shape[1]) for row in table]
    return np.asarray(share[: len(rows)] @ np.array(rows, np.float64))


def _nested(within: NDArray[np.bool_], demand: Floats, share: Floats, room: Counts) -> Counts:
    """Posts in the order in which they are taken: each the one that covers most that is left."""
    left, free, order = demand.copy(), room.copy(), []
    for _ in range(len(share) - 1):
        gain = np.where(free > 0, within @ left, -1.0)
        post = int(gain.argmax())
        free[post] -= 1
        order.append(post)
        left[within[post]] = 0.0
    # Places that no unit needs stand behind the order, to be exchanged with.
    spare = np.repeat(np.arange(len(room)), free)
    return np.concatenate([np.array(order, np.int64), spare])


def _improved(order: Counts, within: NDArray[np.bool_], demand: Floats, share: Floats) -> Counts:
    """Exchanges two in the order as long as that covers more.

    A zone is covered from the first place in the order that reaches it: worth its demand x share of
    time with at least so many units free. The order beyond the fleet is worth nothing.
    """
    units = len(share) - 1
    worth = np.concatenate([np.cumsum(share[::-1])[::-1][1:], np.zeros(len(order) - units + 1)])

    def value(tried: Counts) -> float:
        reached = within[tried[:units]]
        first = np.where(reached.any(axis=0), reached.argmax(axis=0), len(worth) - 1)
        return float(worth[first] @ demand)

    order, best = order.copy(), value(order)
    better = True
    while better:
        better = False
        for early in range(units):
            for late in range(early + 1, len(order)):
                order[[early, late]] = order[[late, early]]
                if value(order) > best * (1 + 1e-12):
                    best, better = value(order), True
                else:
                    order[[early, late]] = order[[late, early]]
    return order[:units]


def _rows(order: Counts) -> Table:
    return tuple(tuple(sorted(order[:many].tolist())) for many in range(len(order) + 1))


def _solve(
    within: NDArray[np.bool_],
    demand: Floats,
    share: Floats,
    room: Counts,
    max_changes: int | None,
    limits: Limits,
    progress: Progress | None,
) -> Solved:
    """The first columns are units per post, row after row of the table from one unit on."""
    patterns, group = np.unique(within, axis=1, return_inverse=True)
    weight = np.bincount(group.ravel(), demand, patterns.shape[1])
    post, zone = np.nonzero(patterns)
    posts, zones, rows = len(within), len(weight), len(share) - 1
    program = Program(maximise=True)
    posted = program.columns(posts * rows, upper=np.tile(room, rows)).reshape(rows, posts)
    for row in range(rows):
        program.terms(program.rows(1, least=row + 1, most=row + 1), posted[row])
        covered = program.columns(zones, cost=weight * share[row + 1], whole=False)
        reached = program.rows(zones, least=0)
        program.terms(reached[zone], posted[row, post])
        program.terms(reached, covered, -1)
        if row and max_changes is not None:
            given_up = program.columns(posts, upper=room, whole=False)
            change = program.rows(posts, most=0)
            program.terms(change, posted[row - 1])
            program.terms(change, posted[row], -1)
            program.terms(change, given_up, -1)
            program.terms(program.rows(1, most=max_changes), given_up)
    return program.solve(limits, progress)


def _table_from(values: Floats, posts: int, rows: int) -> Table:
    posted = values[: posts * (rows - 1)].reshape(rows - 1, posts).astype(np.int64)
    return ((), *(tuple(np.repeat(np.arange(posts), row).tolist()) for row in posted))

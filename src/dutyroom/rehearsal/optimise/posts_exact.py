"""The covering and median problems as mixed-integer programmes."""

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.program import Limits, Program, Progress, Solved

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]


def solve_mean_travel(
    travel_s: Floats,
    share: Floats,
    least: Counts,
    most: Counts,
    open_posts: int,
    limits: Limits,
    progress: Progress | None,
) -> Solved:
    """The p-median (S. L. Hakimi 1964; programme of C. ReVelle and R. Swain 1970).

    The first columns are the posts. A zone is never served by a post further than its
    (posts - open + 1)th nearest, one of the nearer ones is open.
    """
    posts, zones = travel_s.shape
    nearest = np.argsort(travel_s, axis=0, kind="stable")[: posts - open_posts + 1]
    zone = np.broadcast_to(np.arange(zones), nearest.shape)
    program = Program()
    is_open = program.columns(posts, lower=np.minimum(least, 1), upper=np.minimum(most, 1))
    serves = program.columns(
        nearest.size, cost=(travel_s[nearest, zone] * share[zone]).ravel(), whole=False
    )
    program.terms(program.rows(1, least=open_posts, most=open_posts), is_open)
    program.terms(program.rows(zones, least=1, most=1)[zone.ravel()], serves)
    linked = program.rows(nearest.size, most=0)
    program.terms(linked, serves)
    program.terms(linked, is_open[nearest.ravel()], -1)
    return program.solve(limits, progress)


def solve_expected_cover(
    within: NDArray[np.bool_],
    share: Floats,
    busy_share: float,
    least: Counts,
    most: Counts,
    units: int,
    limits: Limits,
    progress: Progress | None,
    whole: bool = True,
) -> Solved:
    """MEXCLP (M. S. Daskin, Transportation Science 17, 1983); with q = 0, maximal covering.

    The first columns are the units per post; without ``whole`` parts of units are allowed, for a
    bound that is found soon. Zones with the same posts in reach are one.
    """
    patterns, group = np.unique(within, axis=1, return_inverse=True)
    demand = np.bincount(group.ravel(), share, patterns.shape[1])
    seen = patterns.any(axis=0) & (demand > 0)
    patterns, demand = patterns[:, seen], demand[seen]
    program = Program(maximise=True)
    posted = program.columns(len(within), lower=least, upper=most, whole=whole)
    program.terms(program.rows(1, least=units, most=units), posted)
    covered = program.rows(len(demand), most=0)
    post, zone = np.nonzero(patterns)
    program.terms(covered[zone], posted[post], -1)
    deepest = np.minimum(units, most @ patterns) if busy_share > 0 else np.ones(len(demand), int)
    for depth in range(int(deepest.max(initial=0))):
        deep = np.flatnonzero(deepest > depth)
        worth = demand[deep] * (1 - busy_share) * busy_share**depth
        program.terms(covered[deep], program.columns(len(deep), cost=worth, whole=False))
    return program.solve(limits, progress)

"""How good posts can be at best: Lagrangian bounds by subgradients, in plain array sums.

The p-median's after G. Cornuejols, M. L. Fisher and G. L. Nemhauser, Management Science 23 (1977):
each zone may be served by any number of posts, at a price. MEXCLP's in the same way: a zone may
claim units that don't reach it, at a price. Both are as tight as the linear relaxation, and cost
a fraction of it. Steps after Held, Wolfe and Crowder, Mathematical Programming 6 (1974).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]

STEPS: Final = 400
PATIENCE: Final = 15


def mean_travel_bound(
    travel_s: Floats,
    share: Floats,
    kept: NDArray[np.bool_],
    open_posts: int,
    known: float,
    start_s: Floats,
) -> float:
    """No choice of ``open_posts`` posts has a mean travel below this.

    ``known`` is the mean of some choice, ``start_s`` [zones] its travel times.
    """
    cost = travel_s * share

    def relaxed(price: Floats) -> tuple[float, Floats]:
        saved = np.minimum(cost - price, 0.0)
        worth = saved.sum(axis=1)
        order = np.argsort(np.where(kept, -np.inf, worth), kind="stable")[:open_posts]
        served = (saved[order] < 0).sum(axis=0)
        return -float(price.sum() + worth[order].sum()), np.asarray(served - 1.0)

    return -_descend(relaxed, start_s * share, -known, nonnegative=False)


def expected_cover_bound(
    within: NDArray[np.bool_],
    share: Floats,
    busy_share: float,
    least: Counts,
    most: Counts,
    units: int,
    known: float,
) -> float:
    """No posting has an expected covered share above this; ``known`` is some posting's."""
    reach = within.astype(np.float64)
    deepest = max(1, min(units, int((most @ within).max())))
    worth = np.outer((1 - busy_share) * busy_share ** np.arange(deepest), share)

    def relaxed(price: Floats) -> tuple[float, Floats]:
        surplus = worth - price
        claimed = (surplus > 0).sum(axis=0)
        score = reach @ price
        posted = _best_posting(score, least, most, units)
        value = float(np.maximum(surplus, 0.0).sum() + posted @ score)
        return value, posted @ reach - claimed

    return _descend(relaxed, worth[0] / 4, known, nonnegative=True)


def _best_posting(score: Floats, least: Counts, most: Counts, units: int) -> Floats:
    order = np.argsort(-score, kind="stable")
    room = (most - least)[order]
    before = np.cumsum(room) - room
    posted = least.astype(np.float64)
    posted[order] += np.clip(units - least.sum() - before, 0, room)
    return posted


def _descend(
    relaxed: Callable[[Floats], tuple[float, Floats]],
    price: Floats,
    known: float,
    *,
    nonnegative: bool,
) -> float:
    """The least upper bound found on a problem that is known to reach ``known``."""
    best, best_price, pace, waited = np.inf, price, 1.0, 0
    for _ in range(STEPS):
        value, slope = relaxed(price)
        if value < best - 1e-9 * abs(best if np.isfinite(best) else 1.0):
            best, best_price, waited = value, price, 0
        else:
            waited += 1
        steep = float(slope @ slope)
        if steep == 0 or best - known <= 1e-9 * abs(known):
            break
        if waited == PATIENCE:
            pace, waited, price = pace / 2, 0, best_price
            if pace < 1e-4:
                break
            value, slope = relaxed(price)
            steep = float(slope @ slope)
        price = price - pace * (value - known) / steep * slope
        if nonnegative:
            price = np.maximum(price, 0.0)
    return max(best, known)

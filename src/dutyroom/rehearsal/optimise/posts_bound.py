"""How short mean travel can be at best: a Lagrangian bound by subgradients, in plain array sums.

After G. Cornuejols, M. L. Fisher and G. L. Nemhauser, Management Science 23 (1977): each zone may
be served by any number of posts, at a price. As tight as the linear relaxation, at a fraction of
its time. Steps after Held, Wolfe and Crowder, Mathematical Programming 6 (1974).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]

STEPS: Final = 600
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

    return -_descend(relaxed, start_s * share, -known)


def _descend(
    relaxed: Callable[[Floats], tuple[float, Floats]],
    price: Floats,
    known: float,
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
    return max(best, known)

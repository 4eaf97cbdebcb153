"""The town that the benches of the rehearsal share."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ZONES: Final = 1000
UNITS: Final = 60
PERIODS: Final = (1.0, 0.9, 0.95, 1.2, 1.1, 1.25, 1.3, 1.0)


@dataclass(frozen=True, eq=False)
class Town:
    """One town and its calls, for all three engines. Times in seconds, [from, to]."""

    travel: NDArray[np.float64]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    base: NDArray[np.int32]
    factor: NDArray[np.float64]
    at_s: NDArray[np.float64]
    on_scene_s: NDArray[np.float64]
    zone: NDArray[np.int32]
    priority: NDArray[np.int32]


def make_town(calls: int) -> Town:
    """A square town of 12 km; units are at work about 60 % of the time."""
    rng = np.random.default_rng(1)
    x_m, y_m = rng.uniform(0, 12_000, (2, ZONES))
    apart = np.hypot(x_m[:, None] - x_m, y_m[:, None] - y_m)
    travel = np.rint(apart * 1.35 / 9.0)
    return Town(
        travel=travel,
        x_m=x_m,
        y_m=y_m,
        base=rng.choice(ZONES, UNITS, replace=False).astype(np.int32),
        factor=np.repeat(np.array(PERIODS), 168 // len(PERIODS)),
        at_s=np.cumsum(rng.exponential(2000.0 / (0.6 * UNITS), calls)),
        on_scene_s=rng.exponential(1500.0, calls),
        zone=rng.integers(0, ZONES, calls).astype(np.int32),
        priority=rng.integers(1, 4, calls).astype(np.int32),
    )

"""Fitting travel by distance to recorded drives."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DETOUR_FACTOR: Final = 1.4
"""Road distance over straight distance in cities; a study of hospital trips across the United
States found 1.417 (F. P. Boscoe, K. A. Henry and M. S. Zdeb, The Professional Geographer 64, 2012).
Only speed / factor can be found from times, so the factor is taken from there."""
BINS: Final = 20
EARTH_M: Final = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Fit:
    """``seconds = start_s + metres x detour_factor / speed``; from ``drives`` recorded drives.

    Half of the drives took no more than ``median_error_s`` more or less than that.
    """

    detour_factor: float
    speed_kmh: float
    start_s: float
    drives: int
    median_error_s: float

    @property
    def source(self) -> str:
        """Where the figures come from, in a sentence or two."""
        return (
            f"Line through the medians of {BINS} equally filled bins of straight distance, over "
            f"{self.drives} recorded responses (dispatched to on scene) of units that start from "
            f"their station, in its own area; median absolute error {self.median_error_s:.0f} s. "
            "start_s holds turning out. Only speed / detour can be found from times: the detour "
            "factor is that of Boscoe, Henry and Zdeb (2012)."
        )


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres (haversine formula; R. W. Sinnott, Sky & Telescope, 1984)."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def fit_travel(metres: NDArray[np.float64], seconds: NDArray[np.float64]) -> Fit:
    """A line through the medians of equally filled bins of distance: outliers move it little.

    Kolesar, Walker and Hausner (1975) have a square root for short ways and a line for long ones;
    this is the line alone. Raises ``ValueError`` for fewer than 100 drives.
    """
    if len(metres) < 100:
        raise ValueError(f"only {len(metres)} drives: at least 100 are needed to fit travel times")
    order = np.argsort(metres, kind="stable")
    bins = np.array_split(order, BINS)
    x = np.array([np.median(metres[one]) for one in bins])
    y = np.array([np.median(seconds[one]) for one in bins])
    slope, start_s = np.polyfit(x, y, 1)
    slope, start_s = max(float(slope), 1e-3), max(0.0, float(start_s))
    errors_s = np.abs(seconds - (start_s + slope * metres))
    return Fit(
        detour_factor=DETOUR_FACTOR,
        speed_kmh=round(3.6 * DETOUR_FACTOR / slope, 2),
        start_s=round(start_s, 1),
        drives=len(metres),
        median_error_s=round(float(np.median(errors_s)), 1),
    )

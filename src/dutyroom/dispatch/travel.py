"""How long units take to an incident: what every way of travelling offers the engine."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.kernels import ranks_ms

MOST_MS: Final = (1 << 27) - 1
"""37 hours. Longer arrivals count as this; so sums of them fit the assignment's integers."""

HOURS: Final = 24


@dataclass(frozen=True, eq=False, slots=True)
class Origins:
    """Where units are: ``lon`` and ``lat`` in degrees, and what ``Travel.locate`` said of them.

    All arrays have shape (n,). ``place`` is a node, a zone or -1; ``access_s`` the seconds from
    the position to that place.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    place: NDArray[np.int32]
    access_s: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.lon)


class Travel(Protocol):
    """One of: over roads, by a zone matrix, by distance. Safe to use from several threads."""

    def locate(self, lon: float, lat: float) -> tuple[int, float]:
        """The place a position belongs to, and the seconds to it."""
        ...

    def seconds_to(
        self, target: tuple[float, float], origins: Origins, at_hour: int
    ) -> NDArray[np.float64]:
        """Seconds from every origin to the target in this local hour; inf is unreachable."""
        ...

    def place_seconds(
        self, target: tuple[float, float], limit_s: float
    ) -> NDArray[np.float64] | None:
        """Seconds from every place to the target before any hour's factor, inf beyond the limit.

        None where there are no places, because travel goes by distance.
        """
        ...

    def hour_factor(self, at_hour: int) -> float:
        """By what ``place_seconds`` are multiplied in this local hour."""
        ...


def origins_of(travel: Travel, points: list[tuple[float, float]]) -> Origins:
    """Origins for a list of positions (lon, lat)."""
    located = [travel.locate(lon, lat) for lon, lat in points]
    return Origins(
        np.array([lon for lon, _ in points], np.float64),
        np.array([lat for _, lat in points], np.float64),
        np.array([place for place, _ in located], np.int32),
        np.array([access_s for _, access_s in located], np.float64),
    )


def whole_ms(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Seconds as the whole milliseconds in which arrivals are compared; -1 for inf."""
    found = np.empty(len(seconds), np.int64)
    ranks_ms(np.ascontiguousarray(seconds, np.float64), MOST_MS, found)
    return found

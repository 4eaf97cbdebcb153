"""What post and district problems are about: posts, zones, travel between them, demand."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNREACHABLE_S: Final = 86_400.0
"""What a way that doesn't exist counts in a mean: a day."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """``travel_s`` [posts, zones] in seconds (inf: no way there); ``demand_per_h`` [zones]."""

    travel_s: NDArray[np.float64]
    demand_per_h: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.travel_s.ndim != 2 or self.travel_s.shape[1:] != self.demand_per_h.shape:
            raise ValueError("travel_s must be [posts, zones], demand_per_h [zones]")
        if np.isnan(self.travel_s).any() or (self.travel_s < 0).any():
            raise ValueError("travel_s must be 0 or more")
        demand = self.demand_per_h
        if not np.isfinite(demand).all() or (demand < 0).any() or demand.sum() <= 0:
            raise ValueError("demand_per_h must be 0 or more, and more than 0 somewhere")

    @property
    def share(self) -> NDArray[np.float64]:
        """Each zone's share of all demand; sums to 1."""
        share: NDArray[np.float64] = self.demand_per_h / self.demand_per_h.sum()
        return share

    def within(self, limit_s: float) -> NDArray[np.bool_]:
        """[posts, zones]: whether the zone is reached from the post in time."""
        return self.travel_s <= limit_s

    def nearest_s(self, units_at: NDArray[np.int64]) -> NDArray[np.float64]:
        """[zones]: seconds from the nearest post with a unit, at most a day."""
        taken = self.travel_s[units_at > 0]
        nearest: NDArray[np.float64] = np.minimum(taken.min(axis=0), UNREACHABLE_S)
        return nearest


@dataclass(frozen=True, slots=True)
class Posting:
    """How many units are to be posted, and what is given.

    ``kept`` are posts whose units stay where they are, one entry per unit; ``places`` is the most
    units per post (None: as many as there are units); ``today`` is where the units are now, one
    entry per unit, to compare with.
    """

    units: int
    kept: tuple[int, ...] = ()
    places: tuple[int, ...] | None = None
    today: tuple[int, ...] | None = None

    def counts(self, posts: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Least and most units per post; ``ValueError`` says what doesn't fit."""
        if self.places is not None and len(self.places) != posts:
            raise ValueError(f"need places for {posts} posts, not {len(self.places)}")
        least = count_at(self.kept, posts)
        most = np.full(posts, self.units) if self.places is None else np.array(self.places)
        if (most < 0).any():
            raise ValueError("places must be 0 or more")
        if (least > most).any():
            raise ValueError(f"more units kept than places at posts {np.flatnonzero(least > most)}")
        if not max(1, len(self.kept)) <= self.units <= most.sum():
            raise ValueError(
                f"{self.units} units don't fit: {len(self.kept)} kept, {most.sum()} places"
            )
        return least, most.astype(np.int64)


def count_at(posts_of_units: tuple[int, ...], posts: int) -> NDArray[np.int64]:
    """Units per post from one post per unit."""
    index = np.array(posts_of_units, np.int64)
    if index.size and not (index.min() >= 0 and index.max() < posts):
        raise ValueError(f"posts are numbered from 0 to {posts - 1}")
    return np.bincount(index, minlength=posts).astype(np.int64)

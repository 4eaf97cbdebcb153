"""What districts are made from: zones with work, who borders on whom, stations and their zones."""

from collections import deque
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.region import UNREACHABLE_S

type Floats = NDArray[np.float64]
type Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DistrictTask:
    """``travel_s`` [stations, zones]; ``work`` [zones] (unit-hours per day, say); ``borders`` are
    pairs of zones; ``homes`` the zone in which each station stands, and which stays its own.

    ``capacity`` [stations] is what work is to be shared by (units; None: equal shares). A station
    whose work is off its share by more than ``tolerance`` costs ``imbalance_s`` seconds of mean
    travel for each 100 % beyond. ``today`` is the station of each zone now.
    """

    travel_s: Floats
    work: Floats
    borders: tuple[tuple[int, int], ...]
    homes: tuple[int, ...]
    capacity: Floats | None = None
    tolerance: float = 0.1
    imbalance_s: float = 3600.0
    today: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        stations, zones = self.travel_s.shape
        if self.work.shape != (zones,) or len(self.homes) != stations:
            raise ValueError("need work for each zone and a home for each station")
        if (self.work < 0).any() or self.work.sum() <= 0 or np.isnan(self.travel_s).any():
            raise ValueError("work must be 0 or more, and more than 0 somewhere")
        if len(set(self.homes)) < stations or not all(0 <= home < zones for home in self.homes):
            raise ValueError("each station needs a zone of its own as its home")
        if self.today is not None and len(self.today) != zones:
            raise ValueError("today must name a station for each zone")
        if self.capacity is not None and (self.capacity <= 0).any():
            raise ValueError("capacity must be more than 0")
        reached = self.connected(set(range(zones)), self.homes)
        if len(reached) < zones:
            cut_off = sorted(set(range(zones)) - reached)
            raise ValueError(f"zones {cut_off} border on nothing that leads to a station")

    @cached_property
    def seconds(self) -> Floats:
        """[stations, zones]: what a zone adds to the mean travel, when served by a station."""
        return np.asarray(np.minimum(self.travel_s, UNREACHABLE_S) * self.work / self.work.sum())

    @cached_property
    def target(self) -> Floats:
        """[stations]: the work that would be each station's share."""
        share = np.ones(len(self.homes)) if self.capacity is None else self.capacity
        return np.asarray(self.work.sum() * share / share.sum())

    @cached_property
    def neighbours(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.work]
        for one, other in sorted({tuple(sorted(pair)) for pair in self.borders}):
            found[one].append(other)
            found[other].append(one)
        return found

    def loads(self, owner: Counts) -> Floats:
        """[stations]: work of each."""
        return np.asarray(np.bincount(owner, self.work, len(self.homes)), np.float64)

    def imbalance(self, loads: Floats) -> Floats:
        """[stations]: how far off its share, as a share of it."""
        return np.asarray(np.abs(loads / self.target - 1.0))

    def mean_travel_s(self, owner: Counts) -> float:
        return float(self.seconds[owner, np.arange(len(owner))].sum())

    def cost_s(self, owner: Counts) -> float:
        """The objective: mean travel, and what imbalance beyond the tolerance costs."""
        beyond = np.maximum(self.imbalance(self.loads(owner)) - self.tolerance, 0.0)
        return self.mean_travel_s(owner) + self.imbalance_s * float(beyond.sum())

    def connected(self, zones: set[int], start: tuple[int, ...]) -> set[int]:
        """The zones that can be reached from ``start`` without leaving ``zones``."""
        seen, queue = set(start), deque(start)
        while queue:
            for other in self.neighbours[queue.popleft()]:
                if other in zones and other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    def is_contiguous(self, owner: Counts) -> bool:
        """Whether every station has its home, and reaches all its zones within its district."""
        for station, home in enumerate(self.homes):
            own = set(np.flatnonzero(owner == station).tolist())
            if home not in own or len(self.connected(own, (home,))) < len(own):
                return False
        return True

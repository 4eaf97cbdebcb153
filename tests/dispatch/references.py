"""Plain references for the engine: every pair of nodes, every way to fill the places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutyroom.dispatch import (
    Fleet,
    FleetUnit,
    Need,
    OverRoads,
    Recommendation,
    Request,
    Snapshot,
    Standing,
)

STEP_DEG = 0.001
NOW_S = 1_000.0
CAPABILITIES = ("patrol", "engine", "ambulance")
PLAIN_DAY = (1.0,) * 24

Total = tuple[int, int, int]
"""Places filled and units already there (both negative: more is less), and milliseconds."""


@dataclass(frozen=True)
class Net:
    """Nodes on a line, a thousandth of a degree apart; arcs (from, to, seconds) anywhere."""

    nodes: int
    arcs: tuple[tuple[int, int, int], ...]

    def at(self, node: int) -> tuple[float, float]:
        return node * STEP_DEG, 0.0

    def node(self, lon: float) -> int:
        return min(max(round(lon / STEP_DEG), 0), self.nodes - 1)

    def travel(self, siren: float = 1.0, day: Sequence[float] = PLAIN_DAY) -> OverRoads:
        return OverRoads(
            np.arange(self.nodes) * STEP_DEG,
            np.zeros(self.nodes),
            np.array([tail for tail, _, _ in self.arcs], np.int32),
            np.array([head for _, head, _ in self.arcs], np.int32),
            np.array([seconds for _, _, seconds in self.arcs], np.float64),
            siren_factor=siren,
            hour_factors=day,
            nearest_node=lambda lon, lat: self.node(lon),
        )

    def shortest(self) -> NDArray[np.float64]:
        """Seconds from row to column, by the Floyd-Warshall algorithm."""
        best = np.full((self.nodes, self.nodes), np.inf)
        np.fill_diagonal(best, 0.0)
        for tail, head, seconds in self.arcs:
            best[tail, head] = min(best[tail, head], seconds)
        for middle in range(self.nodes):
            best = np.minimum(best, best[:, middle, None] + best[middle])
        return best


@dataclass(frozen=True)
class Night:
    """A net, the units on it, and some calls."""

    net: Net
    units: tuple[FleetUnit, ...]
    requests: tuple[Request, ...]

    def snapshot(self) -> Snapshot:
        return Fleet(self.net.travel(), self.units).snapshot()

    def unit(self, id: str) -> FleetUnit:
        return next(unit for unit in self.units if unit.id == id)

    def rank_ms(self, unit: FleetUnit, request: Request) -> int | None:
        """Arrival and what a stale position adds, up to five minutes; None if it can't come."""
        seconds = self.net.shortest()[self.net.node(unit.lon), self.net.node(request.target[0])]
        if not np.isfinite(seconds):
            return None
        late_s = request.now_s - unit.position_s - request.stale_after_s
        return round((float(seconds) + min(max(late_s, 0.0), 300.0)) * 1000)

    def total(self, request: Request, answer: Recommendation) -> Total:
        """What an answer comes to, in the terms of `best_total`."""
        assigned = sum(len(need.assigned) for need in answer.needs)
        ms = [self.rank_ms(self.unit(unit), request) for unit in answer.chosen]
        return -assigned - len(ms), -assigned, sum(one or 0 for one in ms)

    def best_total(self, requests: Sequence[Request], taken: frozenset[str]) -> Total:
        """The best of all ways to fill the places of these requests with one unit each."""
        places = [
            (request, need.capability)
            for request in requests
            for need in request.needs
            for _ in range(need.count)
        ]
        options = [self._options(request, capability, taken) for request, capability in places]

        @cache
        def best(place: int, used: frozenset[str]) -> Total:
            if place == len(places):
                return 0, 0, 0
            found = [best(place + 1, used)]  # the place stays empty
            for token, here, ms in options[place]:
                if token not in used:
                    filled, there, later_ms = best(place + 1, used | {token})
                    found.append((filled - 1, there - here, later_ms + ms))
            return min(found)

        return best(0, frozenset())

    def _options(
        self, request: Request, capability: str, taken: frozenset[str]
    ) -> list[tuple[str, int, int]]:
        """Who could fill the place: the unit, whether it is there already, how late it comes."""
        found = []
        for unit in self.units:
            ms = self.rank_ms(unit, request)
            if capability not in unit.capabilities:
                continue
            if unit.id in request.assigned:
                found.append((unit.id, 1, 0))
            elif (
                unit.standing is Standing.AVAILABLE
                and ms is not None
                and unit.id not in taken | request.excluded
            ):
                found.append((unit.id, 0, ms))
        return found


@st.composite
def nets(draw: st.DrawFn) -> Net:
    """Small and wild: one-way arcs, loops, arcs that take no time, nodes nobody reaches."""
    nodes = draw(st.integers(1, 12))
    node = st.integers(0, nodes - 1)
    arcs = draw(st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=36))
    return Net(nodes, tuple(arcs))


@st.composite
def nights(draw: st.DrawFn, calls: int = 1) -> Night:
    """Few units with many ties, some stale, some not free; the first call may have units."""
    net = draw(nets())
    node = st.integers(0, net.nodes - 1)
    standing = st.sampled_from([Standing.AVAILABLE] * 4 + list(Standing)[1:])
    count = draw(st.integers(0, 7))
    some = st.frozensets(st.sampled_from([f"U{n}" for n in range(max(count, 1))]), max_size=2)
    assigned = draw(some)
    units = tuple(
        FleetUnit(
            f"U{number}",
            draw(st.frozensets(st.sampled_from(CAPABILITIES))),
            *net.at(draw(node)),
            NOW_S - draw(st.sampled_from([0.0, 60.0, 70.0, 90.0, 900.0])),
            Standing.BUSY if f"U{number}" in assigned else draw(standing),
            3,
            "car",
        )
        for number in range(count)
    )
    requests = tuple(
        Request(
            net.at(draw(node)),
            tuple(Need(capability, draw(st.integers(1, 2))) for capability in draw(_wanted)),
            NOW_S,
            0,
            draw(st.integers(1, 2)),
            assigned if number == 0 else frozenset(),
            draw(some),
            id=f"call {number}",
        )
        for number in range(draw(st.integers(1, calls)))
    )
    return Night(net, units, requests)


_wanted = st.lists(st.sampled_from(CAPABILITIES), max_size=2, unique=True)

"""Small made-up worlds to dispatch in, and the strategies that make them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutyroom.dispatch import FleetUnit, Need, OverRoads, Standing
from dutyroom.dispatch.fleet import NEVER_S

CODES = ("ambulance", "engine", "patrol")
NOW_S = 1_000.0


@dataclass(frozen=True)
class Streets:
    """A directed graph; node i lies at (i / 1000 degrees, 0), so a node is easy to stand on."""

    size: int
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_s: NDArray[np.float64]

    def travel(self, siren_factor: float = 1.0, hour_factor: float = 1.0) -> OverRoads:
        return OverRoads(
            np.arange(self.size) / 1000,
            np.zeros(self.size),
            self.arc_from,
            self.arc_to,
            self.arc_s,
            siren_factor=siren_factor,
            hour_factors=[hour_factor] * 24,
            nearest_node=lambda lon, _: min(max(round(lon * 1000), 0), self.size - 1),
        )

    def point(self, node: int) -> tuple[float, float]:
        return node / 1000, 0.0


# Few different times, so that ties are common; zero and very long arcs too.
arc_times_s = st.sampled_from([0.0, 0.01, 0.25, 1.0, 2.5, 7.0, 7.0, 30.0, 300.0, 36_000.0])


@st.composite
def streets(draw: st.DrawFn, most: int = 14) -> Streets:
    """One-way arcs anywhere: unreachable nodes, loops and parallel arcs included."""
    size = draw(st.integers(1, most))
    node = st.integers(0, size - 1)
    arcs = draw(st.lists(st.tuples(node, node, arc_times_s), max_size=3 * size))
    columns = list(zip(*arcs, strict=True)) or [(), (), ()]
    return Streets(
        size,
        np.array(columns[0], np.int32),
        np.array(columns[1], np.int32),
        np.array(columns[2], np.float64),
    )


@st.composite
def fleets(draw: st.DrawFn, nodes: int, most: int = 8) -> list[FleetUnit]:
    """Units on nodes, with any standing; some positions stale, some never reported."""
    names = draw(
        st.lists(st.text("ABC12", min_size=1, max_size=2).map(str), max_size=most, unique=True)
    )
    return [
        FleetUnit(
            name,
            draw(st.frozensets(st.sampled_from(CODES), max_size=3)),
            draw(st.integers(0, nodes - 1)) / 1000,
            0.0,
            draw(st.sampled_from([NOW_S, NOW_S, NOW_S - 90.0, NOW_S - 900.0, NEVER_S])),
            draw(st.sampled_from([*Standing, *[Standing.AVAILABLE] * 6])),
            draw(st.integers(1, 4)),
        )
        for name in names
    ]


needs = st.lists(
    st.builds(Need, st.sampled_from((*CODES, "drone")), st.integers(1, 2)), max_size=3
).map(tuple)

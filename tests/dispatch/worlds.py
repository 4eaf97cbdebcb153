"""Small made-up street networks, and the strategy that makes them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutyroom.dispatch import OverRoads


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

"""Quickest ways between the nodes of a road network, for any number of threads."""

import threading
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.hierarchy import CORE_NODES, build_hierarchy, ticks_to
from dutyroom.dispatch.kernels import FAR, TICKS_PER_S

LONGEST_ARC_S: Final = 36_000.0


class QuickestWays:
    """Exact driving times over one-way arcs, in whole ticks of 10 microseconds."""

    def __init__(
        self,
        nodes: int,
        arc_from: NDArray[np.int32],
        arc_to: NDArray[np.int32],
        arc_s: NDArray[np.float64],
        *,
        core: int = CORE_NODES,
    ) -> None:
        """``arc_s`` are the seconds of each arc. ValueError if one has no usable time.

        Whatever the ``core`` (see ``hierarchy``), the times are the same.
        """
        if not np.all((arc_s >= 0) & (arc_s <= LONGEST_ARC_S)):
            raise ValueError("an arc of the road network has no usable travel time")
        ticks = np.rint(arc_s * TICKS_PER_S).astype(np.int64)
        self.nodes = nodes
        self.hierarchy = build_hierarchy(
            nodes, arc_from.astype(np.int32), arc_to.astype(np.int32), ticks, core
        )
        self._rooms = threading.local()

    def seconds_to(self, target: int, origins: NDArray[np.int32]) -> NDArray[np.float64]:
        """Seconds from each of these nodes to the target; inf where there is no way."""
        room: NDArray[np.int64] | None = getattr(self._rooms, "room", None)
        if room is None:
            room = self._rooms.room = np.full(self.nodes, FAR)
        ticks = np.empty(len(origins), np.int64)
        ticks_to(self.hierarchy, target, origins, room, ticks)
        seconds = ticks / TICKS_PER_S
        seconds[ticks == FAR] = np.inf
        return seconds

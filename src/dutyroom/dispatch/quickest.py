"""Quickest ways between the nodes of a road network, for any number of threads."""

import threading
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.hierarchy import NODE, build_hierarchy, ticks_to
from dutyroom.dispatch.kernels import FAR, TICKS_PER_S

LONGEST_ARC_S: Final = 36_000.0

_LAST_SEARCH: Final = (1 << 30) - 1


class QuickestWays:
    """Exact driving times over one-way arcs, in whole ticks of 10 microseconds."""

    def __init__(
        self,
        nodes: int,
        arc_from: NDArray[np.int32],
        arc_to: NDArray[np.int32],
        arc_s: NDArray[np.float64],
    ) -> None:
        """``arc_s`` are the seconds of each arc. ValueError if one has no usable time."""
        if not np.all((arc_s >= 0) & (arc_s <= LONGEST_ARC_S)):
            raise ValueError("an arc of the road network has no usable travel time")
        ticks = np.rint(arc_s * TICKS_PER_S).astype(np.int64)
        self.nodes = nodes
        self.hierarchy = build_hierarchy(
            nodes, arc_from.astype(np.int32), arc_to.astype(np.int32), ticks
        )
        self._rooms = threading.local()

    def seconds_to(self, target: int, origins: NDArray[np.int32]) -> NDArray[np.float64]:
        """Seconds from each of these nodes to the target; inf where there is no way."""
        room = self._room()
        ticks = np.empty(len(origins), np.int64)
        ticks_to(
            self.hierarchy, target, origins, room.places, room.stack, room.next_search(), ticks
        )
        seconds = ticks / TICKS_PER_S
        seconds[ticks >= FAR] = np.inf
        return seconds

    def _room(self) -> "_Room":
        room: _Room | None = getattr(self._rooms, "room", None)
        if room is None:
            room = self._rooms.room = _Room(self.nodes)
        return room


class _Room:
    """What one thread's searches work in; marks tell the searches apart, nothing is cleared."""

    def __init__(self, nodes: int) -> None:
        self.places = np.zeros(nodes, NODE)
        self.stack = np.empty(nodes, np.int32)
        self.searches = 0

    def next_search(self) -> int:
        self.searches += 1
        if self.searches > _LAST_SEARCH:  # the marks would no longer fit their 32 bits
            self.places["mark"] = 0
            self.searches = 1
        return self.searches

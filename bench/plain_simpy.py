"""The bench's town as SimPy's own documentation teaches it: a process per call, events to wait on.

The closest idle unit goes, calls wait by priority and then by time, and a unit that nobody waits
for drives home, where it is idle again.
"""

import heapq
import time
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from bench.town import Town


class Room:
    """Who is idle, and who waits for a unit."""

    def __init__(self, env: simpy.Environment, town: Town) -> None:
        self.env, self.town = env, town
        self.place = town.base.copy()
        self.idle = np.ones(len(town.base), bool)
        self.waiting: list[tuple[int, int, simpy.Event]] = []
        self.sent = np.full(len(town.at_s), -1, np.int32)

    def travel_s(self, a: int, b: int) -> float:
        """How long it takes if one leaves now."""
        hour = int(self.env.now / 3600.0) % len(self.town.factor)
        return float(self.town.factor[hour] * self.town.travel[a, b])

    def source(self) -> Generator[simpy.Event]:
        """Calls come in."""
        for call, at_s in enumerate(self.town.at_s):
            yield self.env.timeout(at_s - self.env.now)
            self.env.process(self.handle(call))

    def handle(self, call: int) -> Generator[simpy.Event, Any]:
        """A call, from the first ring to the last report."""
        zone = self.town.zone[call]
        unit = self.closest_idle(zone)
        if unit < 0:
            ticket = self.env.event()
            heapq.heappush(self.waiting, (int(self.town.priority[call]), call, ticket))
            unit = yield ticket
        self.sent[call] = unit
        yield self.env.timeout(self.travel_s(self.place[unit], zone))
        yield self.env.timeout(self.town.on_scene_s[call])
        self.place[unit] = zone
        if not self.give(unit):
            self.env.process(self.go_home(unit))

    def closest_idle(self, zone: int) -> int:
        """The idle unit that is there first, the lowest number on a tie; or -1."""
        seconds = np.where(self.idle, self.town.travel[self.town.base, zone], np.inf)
        unit = int(seconds.argmin())
        if seconds[unit] == np.inf:
            return -1
        self.idle[unit] = False
        return unit

    def give(self, unit: int) -> bool:
        """A unit that got free takes the most urgent call that waits."""
        if not self.waiting:
            return False
        heapq.heappop(self.waiting)[2].succeed(unit)
        return True

    def go_home(self, unit: int) -> Generator[simpy.Event]:
        """Back to the base, where the unit is idle again if nobody waits by then."""
        base = self.town.base[unit]
        yield self.env.timeout(self.travel_s(self.place[unit], base))
        self.place[unit] = base
        if not self.give(unit):
            self.idle[unit] = True


def run_plain_simpy(town: Town) -> tuple[float, NDArray[np.int32]]:
    """Seconds that it took, and the unit that each call got."""
    env = simpy.Environment()
    room = Room(env, town)
    env.process(room.source())
    start = time.perf_counter()
    env.run()
    return time.perf_counter() - start, room.sent

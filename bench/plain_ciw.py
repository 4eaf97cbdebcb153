"""The bench's town in Ciw: one node with a server per unit, and the customers are calls.

What Ciw has for it: a priority class per priority, a function that says which server comes first,
service times that know their server, and routing: a unit that nobody waits for goes through the
node once more, with the drive home as its service.
"""

import time
from collections.abc import Callable
from typing import Any, Final

import ciw
import numpy as np
from numpy.typing import NDArray

from bench.town import Town

FIRST_KEY: Final = -1.0
"""Of a unit that drives home: before every travel time."""


class Service(ciw.dists.Distribution):  # type: ignore[misc]  # Ciw has no types
    """Service times by a function of the time and the customer. Ciw copies what it is given: this
    is the same for all classes."""

    def __init__(self, seconds: Callable[[float, Any], float]) -> None:
        self._seconds = seconds

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Service":
        return self

    def sample(self, t: float = 0.0, ind: Any = None) -> float:
        """Seconds from now."""
        return self._seconds(t, ind)


class HomeOrOut(ciw.routing.NodeRouting):  # type: ignore[misc]  # as above
    """Whoever nobody waits for drives home after a call; after that the customer leaves."""

    def __init__(self, room: "CiwRoom") -> None:
        self._room = room

    def next_node(self, ind: Any) -> Any:
        """Asked when a service ends, before the server takes the next customer."""
        someone_waits = self.node.number_of_individuals > self.node.number_in_service
        if ind.id_number in self._room.homeward or someone_waits:
            return self.simulation.nodes[-1]
        self._room.homeward[ind.id_number] = ind.server.id_number - 1
        return self.node


class CiwRoom:
    """Where units are, and which drive home. Customers are numbered in the order of the calls."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.place = town.base.tolist()
        self.base = town.base.tolist()
        self.zone, self.on_scene_s = town.zone.tolist(), town.on_scene_s.tolist()
        self.travel, self.factor = town.travel.tolist(), town.factor.tolist()
        self.from_base = town.travel[town.base].T.tolist()
        self.homeward: dict[int, int] = {}
        self.sent = np.full(len(town.at_s), -1, np.int32)

    def order(self, server: Any, ind: Any) -> float:
        """Which unit comes first: the least is taken, and the lowest number on a tie."""
        unit = server.id_number - 1
        own = self.homeward.get(ind.id_number)
        if own is None:
            return float(self.from_base[self.zone[ind.id_number - 1]][unit])
        return FIRST_KEY if unit == own else 0.0

    def seconds(self, now_s: float, ind: Any) -> float:
        """To a call and there, or home."""
        unit, call = ind.server.id_number - 1, ind.id_number - 1
        factor = self.factor[int(now_s / 3600.0) % len(self.factor)]
        start = self.place[unit]
        if ind.id_number in self.homeward:
            self.place[unit] = self.base[unit]
            return float(factor * self.travel[start][self.base[unit]])
        self.sent[call] = unit
        self.place[unit] = self.zone[call]
        return float(factor * self.travel[start][self.zone[call]] + self.on_scene_s[call])


def run_ciw(town: Town) -> tuple[float, NDArray[np.int32]]:
    """Seconds that it took, and the unit that each call got."""
    room = CiwRoom(town)
    levels = [str(level) for level in np.unique(town.priority)]
    gaps = {
        level: np.diff(town.at_s[town.priority == int(level)], prepend=0.0).tolist()
        for level in levels
    }
    network = ciw.create_network(
        arrival_distributions={
            level: [ciw.dists.Sequential([*gaps[level], float("inf")])] for level in levels
        },
        service_distributions={level: [Service(room.seconds)] for level in levels},
        priority_classes={level: at for at, level in enumerate(levels)},
        number_of_servers=[len(town.base)],
        server_priority_functions=[room.order],
        routing={level: ciw.routing.NetworkRouting([HomeOrOut(room)]) for level in levels},
    )
    run = ciw.Simulation(network)
    start = time.perf_counter()
    run.simulate_until_max_customers(len(town.at_s))
    return time.perf_counter() - start, room.sent

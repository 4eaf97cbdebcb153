"""Compiles every kernel ahead of the first call, so that no dispatcher waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from numba.core import event

from dutyroom.dispatch.coverage import Coverage
from dutyroom.dispatch.fleet import Fleet, FleetUnit
from dutyroom.dispatch.recommend import recommend
from dutyroom.dispatch.road_travel import OverRoads
from dutyroom.dispatch.travel import HOURS
from dutyroom.dispatch.words import Request
from dutyroom.domain.values import Need

STEPS: Final = 2


def warm_up() -> None:
    """A minute the first time on a machine, less than a second after that (the code is cached)."""
    for _ in warm_up_by_steps():
        pass


def warm_up_by_steps() -> Iterator[str]:
    """The same; each of the STEPS is named before it is done."""
    yield "ways over roads"
    ends = np.array([0, 1], np.int32)
    travel = OverRoads(
        np.array([0.0, 0.01]),
        np.array([0.0, 0.0]),
        ends,
        ends[::-1],
        np.array([60.0, 60.0]),
        siren_factor=1.0,
        hour_factors=[1.0] * HOURS,
        nearest_node=lambda lon, _: int(lon > 0.005),
    )
    fleet = Fleet(travel, [FleetUnit("1", frozenset({"any"}), 0.0, 0.0)]).snapshot()
    yield "recommendations"
    coverage = Coverage(travel, [(0.0, 0.0)], 120.0)
    request = Request((0.01, 0.0), (Need("any", 1),), now_s=0.0, at_hour=0)
    recommend(travel, fleet, request, coverage)


@contextmanager
def compiled_now(show: Callable[[str], None]) -> Iterator[None]:
    """Names every kernel whose compilation begins meanwhile; what is cached isn't compiled."""
    with event.install_listener("numba:compile", _Begins(show)):
        yield


class _Begins(event.Listener):
    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show

    def on_start(self, event: event.Event) -> None:
        function = event.data["dispatcher"].py_func
        if not function.__module__.startswith("numba."):  # those are Numba's own small parts
            self._show(function.__name__)

    def on_end(self, event: event.Event) -> None:
        """Nothing: the next one that begins is shown."""

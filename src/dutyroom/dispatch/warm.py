"""Compiles every kernel ahead of the first call, so that no dispatcher waits for it."""

import numpy as np

from dutyroom.dispatch import kernels
from dutyroom.dispatch.coverage import Coverage
from dutyroom.dispatch.fleet import Fleet, FleetUnit
from dutyroom.dispatch.recommend import recommend
from dutyroom.dispatch.road_travel import OverRoads
from dutyroom.dispatch.travel import HOURS
from dutyroom.dispatch.words import Request
from dutyroom.domain.commands import Need


def warm_up() -> None:
    """Seconds the first time on a machine, less than one after that (the code is cached)."""
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
    coverage = Coverage(travel, [(0.0, 0.0)], 120.0)
    request = Request((0.01, 0.0), (Need("any", 1),), now_s=0.0, at_hour=0)
    recommend(travel, fleet, request, coverage)
    kernels.first_response(np.zeros(1, np.int64), np.ones(1, np.uint64), 0)

"""The dispatch engine: travel times, recommendations with reasons, assignment. Pure; no clock."""

from dutyroom.dispatch.coverage import Coverage, CoverageChange
from dutyroom.dispatch.fleet import NEVER_S, Fleet, FleetUnit, Snapshot, Standing
from dutyroom.dispatch.from_pack import build_travel
from dutyroom.dispatch.plain_travel import ByDistance, ByMatrix
from dutyroom.dispatch.recommend import assign_many, recommend
from dutyroom.dispatch.road_travel import OverRoads
from dutyroom.dispatch.travel import Origins, Travel, origins_of
from dutyroom.dispatch.warm import warm_up
from dutyroom.dispatch.words import (
    Candidate,
    NeedAnswer,
    Reason,
    Recommendation,
    Request,
)
from dutyroom.domain.values import Need

__all__ = [
    "NEVER_S",
    "ByDistance",
    "ByMatrix",
    "Candidate",
    "Coverage",
    "CoverageChange",
    "Fleet",
    "FleetUnit",
    "Need",
    "NeedAnswer",
    "Origins",
    "OverRoads",
    "Reason",
    "Recommendation",
    "Request",
    "Snapshot",
    "Standing",
    "Travel",
    "assign_many",
    "build_travel",
    "origins_of",
    "recommend",
    "warm_up",
]

"""The weekly bulletin: what happened in a week, in figures that name their cases. Pure."""

from dutyroom.bulletin.cases import Case, Spell, case_of
from dutyroom.bulletin.figures import (
    ByPart,
    ClockFigures,
    StageFigures,
    WeekFigures,
    figures_of,
)
from dutyroom.bulletin.trend import StagePart, StageWeek, parts_of, trend_of
from dutyroom.bulletin.weeks import Week, week_at, week_named, weeks_until

__all__ = [
    "ByPart",
    "Case",
    "ClockFigures",
    "Spell",
    "StageFigures",
    "StagePart",
    "StageWeek",
    "Week",
    "WeekFigures",
    "case_of",
    "figures_of",
    "parts_of",
    "trend_of",
    "week_at",
    "week_named",
    "weeks_until",
]

"""Clocks as arithmetic: calendars, rules, deadlines, and why a deadline is what it is. Pure."""

from dutyroom.clocks.arithmetic import Promise, due, forward
from dutyroom.clocks.calendar import (
    ALWAYS,
    Calendar,
    Openings,
    SpecialDay,
    always,
    open_spans,
    spans_of_day,
)
from dutyroom.clocks.days import Kind
from dutyroom.clocks.escalation import Escalation, Outlook, escalation, outlook
from dutyroom.clocks.loop import NO_LOOP, Loop, Reason
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.route import STAGES, Leg, Light, Route, Stage
from dutyroom.clocks.rule import Edition, Extensions, Length, Rule, Step
from dutyroom.clocks.ruler import Part, Ruler, ruler

__all__ = [
    "ALWAYS",
    "NO_LOOP",
    "STAGES",
    "Calendar",
    "Edition",
    "Escalation",
    "Extensions",
    "Kind",
    "Leg",
    "Length",
    "Light",
    "Loop",
    "Openings",
    "Outlook",
    "Part",
    "Pause",
    "Promise",
    "Reason",
    "Route",
    "Rule",
    "Ruler",
    "SpecialDay",
    "Stage",
    "Step",
    "always",
    "due",
    "escalation",
    "forward",
    "open_spans",
    "outlook",
    "ruler",
    "spans_of_day",
]

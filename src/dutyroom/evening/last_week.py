"""Matters that were concluded last week, so that its bulletin counts some."""

from collections.abc import Iterator
from typing import Final

from dutyroom.bulletin import week_at
from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ClearAssignment,
    CloseIncident,
    ConcludeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.loops.commands import ApproveHandling
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.sayings import SAYINGS
from dutyroom.evening.stations import SIMULATED

SUPERVISOR: Final = Actor(f"{SIMULATED}supervisor", "supervisor")
MATTERS: Final = (
    (9.5, "POL-THEFT", 50),
    (21.0, "POL-NOISE", 25),
    (33.2, "POL-DOMESTIC", 70),
    (44.8, "AID-LOCKED", 35),
    (58.3, "POL-FRAUD", 155),
    (66.1, "POL-NOISE", 20),
    (82.4, "POL-DISPUTE", 60),
    (93.0, "AID-FOUND", 15),
    (107.6, "POL-SUSPICIOUS", 45),
    (118.7, "AID-ANIMAL", 30),
    (130.9, "POL-DAMAGE", 55),
)
"""Hours after the week began (never its last day, which may be yesterday), what it was, and how
many minutes it took: the fraud, with a promise of two hours, was late."""


def last_week(laid: Laying) -> Iterator[Entry]:
    """Met by a patrol and concluded: light matters from the scene, others step by step."""
    this = week_at(laid.now_ms, laid.pack.timezone)
    week = week_at(this.from_ms - 1, laid.pack.timezone)
    for number, (hours, category, minutes) in enumerate(MATTERS):
        at_ms = week.from_ms + round(hours * 3_600_000)
        yield from _matter(laid, number, category, at_ms, minutes * 60_000)


def _matter(laid: Laying, number: int, category: str, at_ms: int, lasts_ms: int) -> Iterator[Entry]:
    words = laid.pack.vocabulary
    priority = next(one.priority for one in words.categories if one.code == category)
    unit = laid.unit(category, priority, number)
    crew = Actor(f"{unit.id}-1", "field_officer", unit.id)
    incident, assignment = laid.new(at_ms), laid.new(at_ms)
    en, zh = SAYINGS[category][0]
    met = OpenIncident(
        incident,
        category,
        priority,
        laid.place(laid.stations[number % len(laid.stations)]),
        "on_view",
        unit=unit.id,
        assignment=assignment,
        text=both(Text(en, zh)),
    )
    done_ms = at_ms + lasts_ms
    yield at_ms - 1, laid.dispatcher, SignOn(unit.id, laid.crew(unit.id))
    yield at_ms, crew, met
    route = laid.pack.loop.route_for(category, priority)
    if route is not None and route.light is not None:
        yield done_ms, crew, ConcludeIncident(incident)
    else:
        cleared, came_out = (next(iter(words.codes(o))) for o in ("clear_reasons", "dispositions"))
        yield at_ms + lasts_ms // 2, crew, ClearAssignment(incident, assignment, cleared)
        yield done_ms - 60_000, laid.dispatcher, SetDisposition(incident, came_out)
        if route is not None and route.needs_approval:
            yield done_ms - 30_000, SUPERVISOR, ApproveHandling(incident)
        yield done_ms, laid.dispatcher, CloseIncident(incident)
    yield done_ms + 1, laid.dispatcher, SignOff(unit.id)

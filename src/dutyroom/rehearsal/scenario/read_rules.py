"""Reads the rules of a scenario."""

from typing import Any, Final

import numpy as np

from dutyroom.reading.json_entry import Entry
from dutyroom.rehearsal.scenario.model import Compliance
from dutyroom.rehearsal.simulation.records import (
    COMPLIANCE,
    DMEXCLP,
    FIRST_COME,
    GO_HOME,
    JUMP,
    LEVELS,
    NEAREST,
    ROAD,
    STAY,
    STRAIGHT,
)
from dutyroom.rehearsal.simulation.rules import Rules

KEYS: Final = (
    "compare", "position", "when_idle", "queue", "lost_if_none", "expected_turnout_s",
    "turnout_on_road", "home_speed", "transport_speed", "priority_factors", "preemption",
    "reassign_gain_s", "compliance", "move_limit_s", "cover_s", "busy_share",
    "own_district_s",
)  # fmt: skip
COMPARE: Final = {"milliseconds": True, "exact": False}
POSITION: Final = {"at_base_only": JUMP, "straight": STRAIGHT, "road": ROAD}
WHEN_IDLE: Final = {"home": GO_HOME, "stay": STAY, "dmexclp": DMEXCLP, "compliance": COMPLIANCE}
QUEUE: Final = {"first_come": FIRST_COME, "nearest": NEAREST}


def read_rules(
    entry: Entry | None, index: dict[str, int], has_roads: bool, lead_s: float = 0.0
) -> tuple[Rules, tuple[Compliance, ...], float]:
    """The rules, the compliance tables, and the seconds within which a base covers.

    ``lead_s`` is that of a district's own units, where the rules don't say.
    """
    way = ROAD if has_roads else STRAIGHT
    if entry is None:
        return Rules(way=way, own_district_s=lead_s), (), 480.0
    if entry.has("position"):
        way = _one_of(entry, "position", POSITION, way)
        if way == ROAD and not has_roads:
            entry.problem("position", "there are no roads here", 'Write "straight"')
            way = STRAIGHT
    by, of = _preemption(entry, way)
    after = _one_of(entry, "when_idle", WHEN_IDLE, GO_HOME)
    rules = Rules(
        whole_ms=bool(_one_of(entry, "compare", COMPARE, True)),
        way=way,
        after=after,
        discipline=_one_of(entry, "queue", QUEUE, FIRST_COME),
        no_waiting=entry.flag("lost_if_none"),
        expected_turnout_s=entry.number("expected_turnout_s", 0.0, 3600.0, 0.0),
        turnout_on_road=entry.number("turnout_on_road", 0.0, 1.0, 0.0),
        home_factor=1.0 / entry.number("home_speed", 0.05, 20.0, 1.0),
        transport_factor=1.0 / entry.number("transport_speed", 0.05, 20.0, 1.0),
        level_factor=_level_factors(entry),
        preempt_by=by,
        preempt_of=of,
        reassign_gain_s=entry.number("reassign_gain_s", 0.0, 1e6, np.inf),
        move_limit_s=entry.number("move_limit_s", 0.0, 1e6, np.inf),
        busy_share=entry.number("busy_share", 0.0, 1.0, 0.5),
        own_district_s=entry.number("own_district_s", 0.0, 86_400.0, lead_s),
    )
    tables = _compliance(entry, index)
    if after == COMPLIANCE and not any(len(table.rows) > 1 for table in tables):
        entry.problem("when_idle", "the compliance table is missing", 'Add "compliance"')
    return rules, tables, entry.number("cover_s", 1.0, 1e6, 480.0)


def _one_of(entry: Entry, key: str, words: dict[str, Any], otherwise: Any) -> Any:
    if not entry.has(key):
        return otherwise
    word = entry.value[key]
    if not isinstance(word, str) or word not in words:
        entry.problem(key, f'unknown {key} "{word}"', f"Write one of {', '.join(words)}")
        return otherwise
    return words[word]


def _preemption(entry: Entry, way: int) -> tuple[int, int]:
    if not entry.has("preemption"):
        return 0, LEVELS
    rule = Entry(entry.file, (*entry.path, "preemption"), ("by", "of"))
    by, of = rule.integer("by", 1, LEVELS - 1), rule.integer("of", 1, LEVELS - 1)
    if of <= by:
        rule.problem("of", "calls of one priority would take units from each other",
                     'Let "of" be greater than "by"')  # fmt: skip
    if way == JUMP:
        rule.problem("by", "a unit on the way can't be turned where its position is unknown",
                     'Let "position" be straight or road')  # fmt: skip
    return by, of


def _level_factors(entry: Entry) -> np.ndarray:
    factors = np.ones(LEVELS)
    if entry.has("priority_factors"):
        path = (*entry.path, "priority_factors")
        given = Entry(entry.file, path, (), [str(level) for level in range(1, LEVELS)])
        for key in given.value:
            factors[int(key)] = given.number(key, 0.05, 20.0, 1.0)
    return factors


def _compliance(entry: Entry, index: dict[str, int]) -> tuple[Compliance, ...]:
    """One table for all units, or one for each of several teams."""
    if not entry.has("compliance"):
        return ()
    if not any(isinstance(one, dict) for one in entry.items("compliance")):
        return (Compliance(_rows(entry, "compliance", index)),)
    teams = entry.entries("compliance", ("rows",), ("agency", "capabilities"))
    return tuple(_team(one, index) for one in teams)


def _team(entry: Entry, index: dict[str, int]) -> Compliance:
    agency = entry.string("agency") if entry.has("agency") else ""
    said = entry.string("capabilities") if entry.has("capabilities") else ""
    rows = _rows(entry, "rows", index)
    if len(rows) < 2 and entry.has("rows"):
        entry.problem("rows", "a table needs two rows or more", "Say what one free unit is to hold")
    return Compliance(rows, agency, frozenset(said.split()))


def _rows(entry: Entry, key: str, index: dict[str, int]) -> tuple[tuple[int, ...], ...]:
    """For 0, 1, 2 ... free units the points to be taken; what is left out is nothing."""
    rows: list[tuple[int, ...]] = []
    for number, row in enumerate(entry.items(key)):
        path = (*entry.path, key, number)
        points = []
        if not isinstance(row, list):
            entry.file.problem(path, f"{row!r} are no points", 'Write a list, such as ["p2"] or []')
        for point in row if isinstance(row, list) else []:
            if str(point) not in index:
                entry.file.problem(path, f'unknown point "{point}"', "Use the ids of points")
            points.append(index.get(str(point), 0))
        if len(points) > number:
            entry.file.problem(
                path,
                f"{len(points)} posts for {number} free units",
                "List no more posts than units",
            )
        rows.append(tuple(points))
    return tuple(rows)

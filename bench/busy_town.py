"""A town in which everything happens that a rehearsal knows: shifts, plans, hospitals and so on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.town import UNITS, ZONES, Town, make_town
from dutyroom.rehearsal.simulation.city import make_city
from dutyroom.rehearsal.simulation.records import (
    CALL,
    CHANGE,
    COMPLIANCE,
    END_SHIFT,
    NEAREST_FACILITY,
    NO_FACILITY,
    PLACE,
    START_BREAK,
    START_SHIFT,
    STRAIGHT,
)
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import Fleet, Inputs

HOUR_S: Final = 3600.0
DAY_S: Final = 24 * HOUR_S
BREAK_S: Final = 1777.0
"""Ends never at the moment of a shift: SimPy has no order of its own for what happens at once."""
PATROL, AMBULANCE, ENGINE = 0, 1, 2
CAN: Final = np.repeat([PATROL, AMBULANCE, ENGINE], [30, 20, 10])
"""By unit; each can do one thing."""
PLANS: Final = ((PATROL,), (AMBULANCE,), (PATROL, AMBULANCE, ENGINE), (PATROL,))
PLAN_SHARES: Final = (0.5, 0.25, 0.1, 0.15)
BACKGROUND: Final = 3
"""The plan that is officers' own work."""
FACILITIES: Final = 6
POSTS: Final = 8


@dataclass(frozen=True, eq=False)
class BusyTown:
    """The town, and everything as the rehearsal reads it."""

    town: Town
    inputs: Inputs


def make_busy_town(calls: int) -> BusyTown:
    """About half of the time on duty is work; times in seconds."""
    town = make_town(calls)
    rng = np.random.default_rng(2)
    apart = np.hypot(town.x_m[:, None] - town.x_m, town.y_m[:, None] - town.y_m)
    travel = apart * 1.35 / 9.0
    plan = rng.choice(len(PLANS), calls, p=PLAN_SHARES)
    counts = np.array([len(one) for one in PLANS])[plan]
    records = np.zeros(calls, CALL)
    records["ready_s"], records["point"] = town.at_s * 1.6, town.zone
    records["priority"] = np.where(plan == BACKGROUND, 4, town.priority)
    records["level"] = records["priority"]
    records["first"], records["count"] = np.concatenate(([0], np.cumsum(counts)[:-1])), counts
    records["background"] = plan == BACKGROUND
    places = np.zeros(int(counts.sum()), PLACE)
    of = np.repeat(np.arange(calls), counts)
    need = np.concatenate([PLANS[one] for one in plan])
    places["call"], places["need"] = of, np.left_shift(1, need)
    places["turnout_s"] = rng.exponential(60.0, len(places))
    places["on_scene_s"] = rng.exponential(1200.0, len(places))
    places["stretch"] = 1.0
    to_hospital = (need == AMBULANCE) & (rng.random(len(places)) < 0.6)
    places["facility"] = np.where(to_hospital, NEAREST_FACILITY, NO_FACILITY)
    places["handover_s"] = rng.exponential(900.0, len(places))
    facilities = rng.choice(ZONES, FACILITIES, replace=False).astype(np.int32)
    posts = rng.choice(UNITS, POSTS, replace=False)
    rows = [posts[: max(0, min(free - 10, POSTS))] for free in range(UNITS + 1)]
    city = make_city(
        travel, town.base, facilities, way=STRAIGHT, x_m=town.x_m, y_m=town.y_m,
        hour_factor=town.factor,
    )  # fmt: skip
    rules = Rules(
        way=STRAIGHT, after=COMPLIANCE, turnout_on_road=0.5, home_factor=1.25,
        transport_factor=1.1, preempt_by=1, preempt_of=3, move_limit_s=900.0,
        level_factor=np.array([1, 1, 1, 1.2, 1.2, 1, 1, 1, 1, 1]),
        team_first=np.array([0, len(rows)], np.int32),
        table_first=np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int32),
        table=np.concatenate(rows).astype(np.int32),
    )  # fmt: skip
    ids = tuple(f"{unit:02}" for unit in range(UNITS))
    can = np.left_shift(np.uint64(1), CAN.astype(np.uint64))
    fleet = Fleet(ids, can, np.arange(UNITS, dtype=np.int32))
    changes = shifts(float(records["ready_s"][-1]))
    return BusyTown(town, Inputs(city, rules, fleet, records, places, changes))


def shifts(end_s: float) -> np.ndarray:
    """Two of three units are always on duty, the third by day or by night with a break."""
    rows: list[tuple[float, int, int, float]] = []
    for unit in range(UNITS):
        if unit % 3:
            rows.append((0.0, unit, START_SHIFT, 0.0))
            continue
        start_s = (7 if unit % 2 else 19) * HOUR_S + 60.0 * unit
        for day in range(-1, int(end_s / DAY_S) + 2):
            begin_s = day * DAY_S + start_s
            if begin_s + DAY_S / 2 <= 0:
                continue
            rows.append((max(begin_s, 0.0), unit, START_SHIFT, 0.0))
            rows.append((begin_s + DAY_S / 2, unit, END_SHIFT, 0.0))
            if begin_s + DAY_S / 4 >= 0:
                rows.append((begin_s + DAY_S / 4, unit, START_BREAK, BREAK_S))
    rows.sort(key=lambda row: (row[0], row[1]))
    changes = np.zeros(len(rows), CHANGE)
    for at, row in enumerate(rows):
        changes[at]["at_s"], changes[at]["unit"], changes[at]["kind"], changes[at]["break_s"] = row
    return changes

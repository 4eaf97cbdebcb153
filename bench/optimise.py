"""What the optimisers take and how far from the best they can be; ratios and gaps of one run.

    python bench/optimise.py [--quick]

Times are wall-clock seconds on this machine, one thread. A gap is relative, to a proven bound.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from rich.console import Console
from rich.table import Table

from dutyroom.rehearsal.optimise.district_task import DistrictTask
from dutyroom.rehearsal.optimise.districts import propose_districts
from dutyroom.rehearsal.optimise.moves import compliance_table
from dutyroom.rehearsal.optimise.posts import expected_coverage, p_median
from dutyroom.rehearsal.optimise.program import Effort, Limits, Method
from dutyroom.rehearsal.optimise.region import Posting, Region
from dutyroom.rehearsal.optimise.roster_task import (
    CrewMember,
    RosterNeed,
    RosterShift,
    RosterTask,
    Wish,
)
from dutyroom.rehearsal.optimise.rosters import propose_roster
from dutyroom.rehearsal.optimise.staffing import (
    Break,
    ShiftKind,
    Week,
    cover_shifts,
    propose_shifts,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seconds: float
    objective: float
    effort: Effort


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller cases, a few seconds")
    quick = parser.parse_args().quick
    console = Console(width=110)
    limits = Limits(time_s=5.0 if quick else 60.0, gap=1e-4)
    table = Table("what", "seconds", "objective", "bound", "gap", "status")
    for row in (
        *_posts(quick, limits),
        *_shifts(quick, limits),
        _roster(quick, limits),
        _moves(quick, limits),
        *_districts(quick, limits),
    ):
        effort = row.effort
        bound = "" if effort.bound is None else f"{effort.bound:.6g}"
        gap = "" if effort.gap is None else f"{100 * effort.gap:.3f} %"
        cells = (f"{row.seconds:.2f}", f"{row.objective:.6g}", bound, gap, effort.status.value)
        table.add_row(row.what, *cells)
    console.print(table)


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _town(posts: int, zones: int, seed: int) -> Region:
    """Random posts and zones in a square that takes half an hour to cross, skewed demand."""
    random = np.random.default_rng(seed)
    place, zone = random.random((posts, 2)), random.random((zones, 2))
    way = np.hypot(*(place[:, None] - zone).transpose(2, 0, 1))
    return Region(way * 1800.0, random.gamma(1.0, 1.0, zones))


def _posts(quick: bool, limits: Limits) -> list[Row]:
    posts, zones, units = (50, 200, 15) if quick else (200, 1000, 40)
    region, posting = _town(posts, zones, 1), Posting(units)
    rows = []
    for method in (Method.SEARCH, Method.EXACT):
        size = f"{posts} x {zones}, {units} units, {method}"
        took_s, found = _timed(
            partial(expected_coverage, region, posting, 240.0, 0.4, limits, method=method)
        )
        rows.append(Row(f"MEXCLP {size}", took_s, found.effects[0].proposed, found.effort))
        took_s, found = _timed(partial(p_median, region, posting, limits, method=method))
        rows.append(Row(f"p-median {size}", took_s, found.effects[0].proposed, found.effort))
    return rows


def _shifts(quick: bool, limits: Limits) -> list[Row]:
    random = np.random.default_rng(2)
    shifts, periods = (200, 50) if quick else (1000, 100)
    first = random.integers(0, periods, shifts)
    length = random.integers(6, 13, shifts)
    covers = (np.arange(periods) - first[:, None]) % periods < length[:, None]
    cost, required = length + 2.0 + random.integers(0, 3, shifts), random.integers(5, 40, periods)
    took_s, (counts, effort) = _timed(lambda: cover_shifts(covers, required, cost, limits))
    rows = [Row(f"shift cover {shifts} x {periods}", took_s, float(counts @ cost), effort)]
    days = 2 if quick else 7
    curve = 6 + 4 * np.sin((np.arange(24 * days) % 24 - 9) / 24 * 2 * np.pi)
    kinds = (
        ShiftKind("eight", tuple(range(0, 24, 2)), 8, 8.0, (Break(3, 5, 1),)),
        ShiftKind("twelve", (6, 7, 18, 19), 12, 12.0, (Break(2, 4, 1), Break(7, 9, 1))),
    )
    week = Week(tuple(np.ceil(curve).astype(int).tolist()), 24, kinds)
    took_s, found = _timed(lambda: propose_shifts(week, limits))
    what = f"shifts with breaks, {days} days by the hour"
    return [*rows, Row(what, took_s, found.effects[0].proposed, found.effort)]


def _roster(quick: bool, limits: Limits) -> Row:
    members, days = (14, 7) if quick else (40, 28)
    random = np.random.default_rng(3)
    crew = tuple(
        CrewMember(
            f"m{n}",
            frozenset({"medic"} if n % 2 else ()),
            leave=frozenset(random.integers(0, days, 2).tolist()),
            wishes=tuple(Wish(int(day), works=False) for day in random.integers(0, days, 2)),
        )
        for n in range(members)
    )
    shifts = (
        RosterShift("early", 360, 480),
        RosterShift("late", 840, 480),
        RosterShift("night", 1320, 480, night=True),
    )
    needs = tuple(
        RosterNeed(day, shift, members // 7 - (1 if capability else 0), capability)
        for day in range(days)
        for shift in range(3)
        for capability in ("", "medic")
    )
    task = RosterTask(days, shifts, crew, needs)
    took_s, found = _timed(lambda: propose_roster(task, limits))
    what = f"roster, {members} members x {days} days x 3 shifts"
    return Row(what, took_s, found.effect.proposed, found.effort)


def _moves(quick: bool, limits: Limits) -> Row:
    posts, zones, units = (15, 80, 6) if quick else (30, 300, 12)
    region, share = _town(posts, zones, 4), np.full(units + 1, 1.0 / (units + 1))
    took_s, found = _timed(lambda: compliance_table(region, 300.0, share, limits=limits))
    what = f"nested compliance table, {posts} x {zones}, {units} units"
    return Row(what, took_s, found.effect.proposed, found.effort)


def _districts(quick: bool, limits: Limits) -> list[Row]:
    width, height, stations = (9, 7, 4) if quick else (16, 12, 7)
    x, y = np.arange(width * height) % width, np.arange(width * height) // width
    steps = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    borders = tuple((int(a), int(b)) for a, b in np.argwhere(steps == 1) if a < b)
    homes = tuple(np.linspace(0, width * height - 1, stations).astype(int).tolist())
    work = np.random.default_rng(5).gamma(1.0, 5.0, width * height)
    task = DistrictTask(steps[list(homes)] * 60.0, work, borders, homes)
    rows = []
    for method in (Method.SEARCH, Method.EXACT):
        took_s, found = _timed(partial(propose_districts, task, limits, method=method))
        what = f"districts, {width * height} zones, {stations} stations, {method}"
        rows.append(Row(what, took_s, found.effects[0].proposed, found.effort))
    return rows


if __name__ == "__main__":
    main()

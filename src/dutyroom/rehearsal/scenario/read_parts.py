"""Reads the parts of a scenario that are tables: points, units, shifts, calls."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from dutyroom.citypack.roads import METRES_PER_DEGREE
from dutyroom.reading.csv_file import Row
from dutyroom.reading.json_entry import Entry
from dutyroom.reading.problems import ProblemList
from dutyroom.rehearsal.scenario.model import (
    DAY_S,
    WEEK_S,
    Geography,
    GivenCalls,
    ScenarioUnit,
    Shift,
)
from dutyroom.rehearsal.scenario.tables import UNITS_OF_TIME, read_matrix, read_rows, seconds
from dutyroom.rehearsal.simulation.records import NEAREST_FACILITY, NO_FACILITY

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_CAPABILITIES: Final = 64
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_NEED = re.compile(r"([A-Za-z][\w-]*)(?::(\d+))?")
MATRIX_TYPES: Final = ("float64", "float32", "uint16")


def read_points(folder: Path, name: str, problems: ProblemList) -> Geography | None:
    """The points, without ways between them yet."""
    rows = read_rows(folder, name, ("id",), ("x_m", "y_m", "lon", "lat", "zone"), problems)
    if not rows:
        if not problems:
            problems.add(name, None, "there is no point", "Add at least one row")
        return None
    ids = unique([(row, row.code("id")) for row in rows])
    has_metres = {"x_m", "y_m"} <= rows[0].fields.keys()
    has_degrees = {"lon", "lat"} <= rows[0].fields.keys()
    if not (has_metres or has_degrees):
        problems.add(name, 1, "the points have no position", "Add x_m,y_m or lon,lat")
        return None
    lon = lat = np.zeros(0)
    if has_degrees:
        lon, lat = np.array([row.position() for row in rows]).T
    if has_metres:
        x_m, y_m = np.array([[row.number(c, -1e8, 1e8) for c in ("x_m", "y_m")] for row in rows]).T
    else:
        x_m, y_m = metres(lon, lat)
    zone = tuple(row.fields.get("zone", "") or key for row, key in zip(rows, ids, strict=True))
    none = np.zeros((0, 0))
    return Geography(ids, x_m, y_m, lon, lat, zone, none)


def metres(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions in metres on a plane that touches the middle of the points."""
    scale = np.cos(np.radians(lat.mean()))
    return lon * scale * METRES_PER_DEGREE, lat * METRES_PER_DEGREE


def read_travel(folder: Path, top: Entry, points: Geography) -> Geography:
    """The points with the ways between them, as the entry ``travel`` says."""
    travel = Entry(
        top.file,
        (*top.path, "travel"),
        (),
        ("matrix", "unit", "type", "step_s", "speed_kmh", "detour_factor", "start_s",
         "hour_factors", "source"),
    )  # fmt: skip
    problems = top.file.problems
    hour_factor = np.ones(1)
    if travel.has("hour_factors"):
        hour_factor = np.array([float(f) for f in _numbers(travel, "hour_factors", (24, 168))])
    unit = travel.value.get("unit", "s")
    if unit not in UNITS_OF_TIME:
        travel.problem("unit", f'unknown unit "{unit}"', 'Write "s" or "min"')
        unit = "s"
    if travel.has("matrix"):
        for key in ("speed_kmh", "detour_factor", "start_s"):
            if travel.has(key):
                travel.problem(key, f"{key} says nothing beside a matrix", "Remove one of the two")
        name = travel.string("matrix")
        matrix = read_matrix(folder, name, points.ids, UNITS_OF_TIME[unit], problems)
    elif travel.has("speed_kmh"):
        s_per_m = travel.number("detour_factor", 1.0, 5.0, 1.3) * 3.6
        s_per_m /= travel.number("speed_kmh", 1.0, 500.0, 30.0)
        apart = np.hypot(points.x_m[:, None] - points.x_m, points.y_m[:, None] - points.y_m)
        matrix = apart * s_per_m + travel.number("start_s", 0.0, 3600.0, 0.0)
        np.fill_diagonal(matrix, 0.0)
    else:
        travel.problem("matrix", "there is no way to travel", "Add matrix, or speed_kmh")
        matrix = np.zeros((len(points.ids),) * 2)
    source = travel.string("source") if travel.has("source") else ""
    kind = travel.value.get("type", "float64")
    if kind not in MATRIX_TYPES:
        travel.problem("type", f'unknown type "{kind}"', f"Write one of {', '.join(MATRIX_TYPES)}")
        kind = "float64"
    step_s = travel.number("step_s", 0.001, 60.0, 1.0)
    if kind == "uint16" and np.nanmax(np.where(np.isfinite(matrix), matrix, 0)) > 65_000 * step_s:
        travel.problem("type", "the longest way doesn't fit", "Use a larger step_s, or float32")
        kind = "float64"
    return replace(
        points,
        travel=shrink(matrix, kind, step_s),
        unit_s=step_s if kind == "uint16" else 1.0,
        hour_factor=hour_factor,
        source=source,
    )


def shrink(matrix: np.ndarray, kind: str, step_s: float) -> np.ndarray:
    """A matrix in a smaller type: uint16 rounds to steps, float32 to 24 bits."""
    if kind == "uint16":
        steps = np.where(np.isfinite(matrix), np.rint(matrix / step_s), 65_535)
        return steps.astype(np.uint16)
    return matrix.astype(kind)


def read_shifts(folder: Path, name: str, problems: ProblemList) -> dict[str, tuple[Shift, ...]]:
    """Shifts by name; a row per day (``daily`` for all seven) with its beginning and end."""
    rows = read_rows(
        folder, name, ("shift", "day", "from", "to"), ("break_at", "break_min"), problems
    )
    found: dict[str, list[tuple[Shift, Row]]] = {}
    for row in rows:
        day = row.string("day").lower()
        if day not in (*DAYS, "daily"):
            row.problem(f'unknown day "{day}"', f"Write one of {', '.join(DAYS)}, or daily")
            continue
        start_s, end_s = _clock(row, "from"), _clock(row, "to")
        length_s = end_s - start_s if end_s > start_s else end_s - start_s + DAY_S
        breaks: tuple[tuple[float, float], ...] = ()
        if row.fields.get("break_at", "").strip():
            after_s = (_clock(row, "break_at") - start_s) % DAY_S
            break_s = row.number("break_min", 1.0, 600.0) * 60.0
            if after_s + break_s > length_s:
                row.problem("the break isn't within the shift", "Move it or make it shorter")
            breaks = ((after_s, break_s),)
        for number in range(7) if day == "daily" else (DAYS.index(day),):
            begins_s = number * DAY_S + start_s
            shift = Shift(begins_s, begins_s + length_s, breaks)
            found.setdefault(row.string("shift"), []).append((shift, row))
    for shifts in found.values():
        _note_overlaps(shifts)
    return {key: tuple(shift for shift, _ in shifts) for key, shifts in found.items()}


def _note_overlaps(shifts: list[tuple[Shift, Row]]) -> None:
    ordered = sorted(shifts, key=lambda pair: pair[0].start_s)
    for (one, _), (other, row) in pairwise(ordered):
        if other.start_s < one.end_s:
            row.problem("this shift overlaps another of the same name", "Change from or to")
    if len(ordered) > 1 and ordered[-1][0].end_s - WEEK_S > ordered[0][0].start_s:
        ordered[0][1].problem("this shift overlaps that of Sunday night", "Change from or to")


def _clock(row: Row, column: str) -> float:
    text = row.fields[column].strip()
    match = _CLOCK.fullmatch(text)
    if match is None:
        row.problem(f'{column} "{text}" is not a time of day', "Write it like 07:30")
        return 0.0
    return int(match[1]) * 3600.0 + int(match[2]) * 60.0


def read_units(
    folder: Path,
    name: str,
    index: dict[str, int],
    shifts: dict[str, tuple[Shift, ...]],
    problems: ProblemList,
) -> tuple[ScenarioUnit, ...]:
    """The units; ``base`` is a point."""
    columns = ("capabilities", "agency", "station", "shift")
    rows = read_rows(folder, name, ("id", "base"), columns, problems)
    if not rows and not problems:
        problems.add(name, None, "there is no unit", "Add at least one row")
    ids = unique([(row, row.code("id")) for row in rows])
    units = []
    for row, key in zip(rows, ids, strict=True):
        shift = row.fields.get("shift", "").strip()
        if shift and shift not in shifts:
            row.problem(f'unknown shift "{shift}"', "Use one of the shifts, or leave it empty")
        units.append(
            ScenarioUnit(
                id=key,
                base=point_of(row, "base", index),
                capabilities=frozenset(row.fields.get("capabilities", "").split() or ["any"]),
                agency=row.fields.get("agency", ""),
                station=row.fields.get("station", "") or row.fields["base"],
                shifts=shifts.get(shift, ()),
            )
        )
    return tuple(units)


def point_of(row: Row, column: str, index: dict[str, int]) -> int:
    """The point that a field names."""
    text = row.fields[column].strip()
    if text not in index:
        row.problem(f'unknown point "{text}"', "Use the id of one of the points")
    return index.get(text, 0)


def read_calls(
    folder: Path,
    name: str,
    index: dict[str, int],
    capabilities: tuple[str, ...],
    facilities: tuple[tuple[str, int], ...] | None,
    problems: ProblemList,
) -> GivenCalls:
    """Calls as they came; each has one place per unit that it needs.

    ``facilities`` is None where these couldn't be read: what calls say of them isn't judged then.
    """
    optional = (
        "id", "priority", "category", "needs", "turnout*", "on_scene*", "facility", "handover*",
        "travel_factor", "officer_initiated",
    )  # fmt: skip
    rows = read_rows(folder, name, ("at*", "point"), optional, problems)
    number_of = None if facilities is None else {key: at for at, (key, _) in enumerate(facilities)}
    at_s, point, priority, officer, counts, needs = [], [], [], [], [], []
    turnout, on_scene, handover, facility, stretch = [], [], [], [], []
    for row in rows:
        wanted = _needs(row, capabilities)
        at_s.append(seconds(row, "at", required=True))
        point.append(point_of(row, "point", index))
        given = row.fields.get("priority", "").strip()
        priority.append(int(row.number("priority", 1, 9)) if given else 1)
        officer.append(row.fields.get("officer_initiated", "").strip() in ("1", "yes", "true"))
        counts.append(len(wanted))
        needs += wanted
        target = _facility(row, number_of)
        for place in range(len(wanted)):
            turnout.append(seconds(row, "turnout"))
            on_scene.append(seconds(row, "on_scene"))
            facility.append(target if place == 0 else NO_FACILITY)
            handover.append(seconds(row, "handover") if place == 0 else 0.0)
            factor = row.fields.get("travel_factor", "").strip()
            stretch.append(row.number("travel_factor", 0.01, 100.0) if factor else 1.0)
    ids = tuple(row.fields.get("id", "") or str(at) for at, row in enumerate(rows))
    unique([(row, row.fields["id"]) for row in rows if row.fields.get("id", "")])
    for one, other, row in zip(at_s, at_s[1:], rows[1:], strict=False):
        if other < one and not problems:  # a time that can't be read may stand anywhere
            row.problem("this call came before the one above it", "Sort the file by time")
            break
    return GivenCalls(
        ids=ids,
        at_s=np.array(at_s, np.float64),
        point=np.array(point, np.int32),
        priority=np.array(priority, np.int8),
        category=tuple(row.fields.get("category", "") for row in rows),
        officer_initiated=np.array(officer, np.bool_),
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        need=np.array(needs, np.int32),
        turnout_s=np.array(turnout, np.float64),
        on_scene_s=np.array(on_scene, np.float64),
        handover_s=np.array(handover, np.float64),
        facility=np.array(facility, np.int32),
        stretch=np.array(stretch, np.float64),
    )


def _needs(row: Row, capabilities: tuple[str, ...]) -> list[int]:
    text = row.fields.get("needs", "").strip()
    if not text:
        if "any" not in capabilities and len(capabilities) > 1:
            row.problem("what the call needs is missing", "Write it in needs, like engine:2 ladder")
        return [capabilities.index("any") if "any" in capabilities else 0]
    if not capabilities:
        return [0]  # there is no unit, which has been said
    found: list[int] = []
    for word in text.split():
        match = _NEED.fullmatch(word)
        if match is None:
            row.problem(f'"{word}" is not a need', "Write a capability, or capability:count")
        elif match[1] not in capabilities:
            row.problem(
                f'no unit can ever serve "{match[1]}"',
                f"Give a unit this capability, or use one of {', '.join(capabilities)}",
            )
        else:
            found += [capabilities.index(match[1])] * int(match[2] or 1)
    return found or [0]


def _facility(row: Row, number_of: dict[str, int] | None) -> int:
    text = row.fields.get("facility", "").strip()
    if not text or number_of is None:
        return NO_FACILITY
    if text == "nearest":
        if not number_of:
            row.problem("there is no facility", "Name a file of facilities")
        return NEAREST_FACILITY
    if text not in number_of:
        row.problem(f'unknown facility "{text}"', 'Use the id of a facility, or "nearest"')
    return number_of.get(text, NO_FACILITY)


def unique(pairs: list[tuple[Row, str]]) -> tuple[str, ...]:
    """The ids of rows; those that are given twice are noted."""
    seen: set[str] = set()
    for row, key in pairs:
        if key in seen:
            row.problem(f'the id "{key}" is given twice', "Give each row its own id")
        seen.add(key)
    return tuple(key for _, key in pairs)


def _numbers(entry: Entry, key: str, lengths: tuple[int, ...]) -> list[float]:
    value = entry.items(key)
    good = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool) and v > 0]
    if len(good) != len(value) or len(value) not in lengths:
        wanted = " or ".join(map(str, lengths))
        entry.problem(key, f'"{key}" must be {wanted} numbers above 0', "Write one per hour")
        return [1.0]
    return [float(v) for v in good]

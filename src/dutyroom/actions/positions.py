"""Telemetry: the latest position of each unit. Not journaled; what can't be true isn't taken, and
is counted."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from dutyroom.actions import runtime
from dutyroom.core.text import Text
from dutyroom.domain.units.whereabouts import WHY, Bounds, Known, judge, place_doubt
from dutyroom.domain.values import Position
from dutyroom.journal.transactions import POSITIONS_LOCK, lock, transaction
from dutyroom.projections.models import PositionDoubt, UnitPosition

COUNTED_MS: Final = 86_400_000
"""Refused positions are counted for a day, from the first one on."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a unit was at a time (WGS84, milliseconds UTC)."""

    unit: str
    lon: float
    lat: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A position that wasn't taken: its place in what was sent, a code, and why."""

    index: int
    reason: str
    why: Text


@dataclass(slots=True)
class Taken:
    """What came of the positions. ``older``: places of those before the latest known; they are
    no error and change nothing."""

    accepted: int = 0
    older: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    """A unit's positions while they are judged."""

    known: Known
    moved: bool = False
    refused: int = 0
    why: str | None = None
    """Of the last one that was refused, if none was accepted after it."""
    last_why: str = ""
    """Of the last one that was refused here, whatever came after it."""


_MOVE: Final = """
INSERT INTO projections_unitposition (unit, lon, lat, at_ms, received_ms)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (unit) DO UPDATE
SET lon = excluded.lon, lat = excluded.lat, at_ms = excluded.at_ms,
    received_ms = excluded.received_ms
WHERE projections_unitposition.at_ms <= excluded.at_ms
"""
_DOUBT: Final = """
INSERT INTO projections_positiondoubt (unit, "open", why, count, first_ms, changed_ms, doubted)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (unit) DO UPDATE
SET "open" = excluded."open", doubted = excluded.doubted, changed_ms = excluded.changed_ms,
    why = CASE WHEN excluded.why <> '' THEN excluded.why ELSE projections_positiondoubt.why END,
    count = CASE WHEN projections_positiondoubt.first_ms > %s
                 THEN projections_positiondoubt.count ELSE 0 END + excluded.count,
    first_ms = CASE WHEN projections_positiondoubt.first_ms > %s
                    THEN projections_positiondoubt.first_ms ELSE excluded.first_ms END
"""


def take(fixes: Sequence[Fix], now_ms: int, pace: float = 1.0) -> Taken:
    """Keep the newest good position of each unit, and say what was refused.

    ``pace``: how many times as fast as in life the units move, where they are played.
    """
    room = runtime.room()
    taken = Taken()
    known_units = [
        (index, fix) for index, fix in enumerate(fixes) if fix.unit in room.pack.unit_ids
    ]
    for index, fix in enumerate(fixes):
        if fix.unit not in room.pack.unit_ids:
            taken.refused.append(Refused(index, "unknown_unit", _no_unit(fix.unit)))
    if not known_units:
        return taken
    with transaction(), connection.cursor() as cursor:
        # One at a time: who judges a position knows all that was judged before it.
        lock(cursor, POSITIONS_LOCK)
        units = _load({fix.unit for _, fix in known_units}, room.pack.bounds)
        doubted_before = {unit for unit, one in units.items() if one.known.doubted or one.why}
        for index, fix in sorted(known_units, key=lambda pair: (pair[1].at_ms, pair[0])):
            _take_one(taken, units[fix.unit], index, fix, room.pack.bounds, now_ms, pace)
        _write(cursor, units, doubted_before, now_ms)
    taken.refused.sort(key=lambda one: one.index)
    return taken


def _take_one(
    taken: Taken,
    unit: _Unit,
    index: int,
    fix: Fix,
    city: Bounds,
    now_ms: int,
    pace: float,
) -> None:
    good = unit.known.good
    if good is not None and fix.at_ms < good.at_ms:
        taken.older.append(index)
        return
    position = Position(fix.lon, fix.lat, fix.at_ms)
    unit.known, doubt = judge(unit.known, position, city, now_ms, pace)
    unit.why = doubt
    if doubt is None:
        taken.accepted += 1
        unit.moved = True
        # A clock that runs a little ahead must not keep out what comes next.
        unit.known = Known(Position(fix.lon, fix.lat, min(fix.at_ms, now_ms)))
    else:
        unit.refused += 1
        unit.last_why = doubt
        taken.refused.append(Refused(index, doubt, WHY[doubt]))


def _no_unit(unit: str) -> Text:
    return Text(f"there is no unit {unit} in the city pack", f"城市数据包中没有处警单元 {unit}")


def _load(ids: Iterable[str], city: Bounds) -> dict[str, _Unit]:
    wanted = sorted(ids)
    units = {unit: _Unit(Known()) for unit in wanted}
    last = UnitPosition.objects.filter(unit__in=wanted)
    for unit, lon, lat, at_ms in last.values_list("unit", "lon", "lat", "at_ms"):
        # One of another city, or of a version that took anything, is no good one.
        if place_doubt(lon, lat, city) is None:
            units[unit].known = Known(Position(lon, lat, at_ms))
    doubts = PositionDoubt.objects.filter(unit__in=wanted)
    for unit, open_, why, doubted in doubts.values_list("unit", "open", "why", "doubted"):
        positions = tuple(Position(*one) for one in json.loads(doubted))
        units[unit].known = Known(units[unit].known.good, positions)
        units[unit].why = why if open_ else None
    return units


def _received_ms(now_ms: int) -> int:
    """When this was received, later than all that was received before, whatever the clocks say.

    Under the lock, so that it is also seen later: who follows positions up to one has seen all
    those before it.
    """
    moved_ms = UnitPosition.objects.aggregate(last=Max("received_ms", default=0))["last"]
    doubted_ms = PositionDoubt.objects.aggregate(last=Max("changed_ms", default=0))["last"]
    return max(now_ms, int(moved_ms) + 1, int(doubted_ms) + 1)


def _write(
    cursor: CursorWrapper, units: dict[str, _Unit], doubted_before: set[str], now_ms: int
) -> None:
    moves, doubts = [], []
    received_ms = _received_ms(now_ms)
    for unit, one in sorted(units.items()):
        good = one.known.good
        if one.moved and good is not None:
            moves.append((unit, good.lon, good.lat, good.at_ms, received_ms))
        if one.refused or (unit in doubted_before and one.moved):
            places = json.dumps([[p.lon, p.lat, p.at_ms] for p in one.known.doubted])
            row = (
                unit,
                one.why is not None,
                one.last_why,
                one.refused,
                now_ms,
                received_ms,
                places,
            )
            since_ms = now_ms - COUNTED_MS
            doubts.append((*row, since_ms, since_ms))
    if moves:
        cursor.executemany(_MOVE, moves)
    if doubts:
        cursor.executemany(_DOUBT, doubts)

"""What is read back when a station is handed over: late now, or due before the day is over."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.loops import LOOPS
from dutyroom.domain.matters import MATTERS
from dutyroom.domain.orders import ORDERS
from dutyroom.domain.station_handovers import STATION_HANDOVERS
from dutyroom.domain.station_handovers.items import HandedItem, ItemKind
from dutyroom.domain.tasks import TASKS

NO_LONGER_WAITED_FOR: Final = ("submitted", "approved", "withdrawn", "joined")
"""States of a task of which nothing is late."""


class _Task(msgspec.Struct):
    id: str
    number: str
    state: str
    owner: str


class _Loop(msgspec.Struct):
    id: str
    number: str
    task_on: str | None = None


class _Other(msgspec.Struct):
    """A supervision order, or a dispute that is followed."""

    id: str
    number: str = ""
    numbers: tuple[str, ...] = ()
    owner: str = ""


def end_of_day_ms(at_ms: int, timezone: str) -> int:
    """The next midnight in a city."""
    zone = ZoneInfo(timezone)
    tomorrow = datetime.fromtimestamp(at_ms / 1000, zone).date() + timedelta(days=1)
    return round(datetime.combine(tomorrow, time(), zone).timestamp() * 1000)


def due_items(cursor: CursorWrapper, org: str, at_ms: int, timezone: str) -> tuple[HandedItem, ...]:
    """Tasks that lie with an organisation itself, by their own time or their clocks; its incidents
    by theirs; supervision orders that it owes the answer to, and disputes that it follows. The one
    that is due first comes first."""
    cursor.execute(
        "SELECT kind, due_ms, row FROM projections_listedview WHERE kind IN (%s, %s, %s, %s) "
        'AND org = %s AND "open" AND due_ms < %s AND (until_ms IS NULL OR until_ms > %s) '
        "ORDER BY due_ms, id",
        [
            TASKS.name,
            LOOPS.name,
            ORDERS.name,
            MATTERS.name,
            org,
            end_of_day_ms(at_ms, timezone),
            at_ms,
        ],
    )
    found: dict[tuple[ItemKind, UUID], HandedItem] = {}
    for kind, due_ms, row in cursor.fetchall():
        item = _item(cursor, kind, row, due_ms, at_ms)
        if item is not None:
            found.setdefault((item.kind, item.id), item)
    return tuple(found.values())


def _item(cursor: CursorWrapper, kind: str, row: str, due_ms: int, at_ms: int) -> HandedItem | None:
    """What a row of a list is about; None where nothing is waited for any more."""
    late = due_ms <= at_ms
    if kind in (ORDERS.name, MATTERS.name):
        other = msgspec.json.decode(row, type=_Other)
        of: ItemKind = "matter" if kind == MATTERS.name else "supervision_order"
        number = other.number or next(iter(other.numbers), "")
        return HandedItem(of, UUID(other.id), number, due_ms, late, other.owner)
    if kind == LOOPS.name:
        loop = msgspec.json.decode(row, type=_Loop)
        if not loop.task_on:
            return HandedItem("incident", UUID(loop.id), loop.number, due_ms, late)
        task = _task(cursor, loop.id)
    else:
        task = msgspec.json.decode(row, type=_Task)
    if task is None or task.state in NO_LONGER_WAITED_FOR:
        return None
    return HandedItem("task", UUID(task.id), task.number, due_ms, late, task.owner)


def _task(cursor: CursorWrapper, id_: str) -> _Task | None:
    cursor.execute(
        "SELECT row FROM projections_listedview WHERE kind = %s AND id = %s", [TASKS.name, id_]
    )
    row = cursor.fetchone()
    return msgspec.json.decode(row[0], type=_Task) if row else None


def open_station_handover(cursor: CursorWrapper, org: str) -> UUID | None:
    """The one that is under way at an organisation."""
    cursor.execute(
        'SELECT id FROM projections_listedview WHERE kind = %s AND org = %s AND "open" ORDER BY id',
        [STATION_HANDOVERS.name, org],
    )
    row = cursor.fetchone()
    return UUID(row[0]) if row else None

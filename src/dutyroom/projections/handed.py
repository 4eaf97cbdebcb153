"""What is read back when a station is handed over: late now, or due before the day is over."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.loops import LOOPS
from dutyroom.domain.station_handovers import STATION_HANDOVERS
from dutyroom.domain.station_handovers.items import HandedItem, ItemKind
from dutyroom.domain.tasks import TASKS

NO_LONGER_WAITED_FOR: Final = ("submitted", "approved", "withdrawn")
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


def end_of_day_ms(at_ms: int, timezone: str) -> int:
    """The next midnight in a city."""
    zone = ZoneInfo(timezone)
    tomorrow = datetime.fromtimestamp(at_ms / 1000, zone).date() + timedelta(days=1)
    return round(datetime.combine(tomorrow, time(), zone).timestamp() * 1000)


def due_items(cursor: CursorWrapper, org: str, at_ms: int, timezone: str) -> tuple[HandedItem, ...]:
    """Tasks that lie with an organisation itself, by their own time or their clocks, and its
    incidents by theirs; the one that is due first comes first."""
    cursor.execute(
        "SELECT kind, due_ms, row FROM projections_listedview WHERE kind IN (%s, %s) AND org = %s "
        'AND "open" AND due_ms < %s ORDER BY due_ms, id',
        [TASKS.name, LOOPS.name, org, end_of_day_ms(at_ms, timezone)],
    )
    found: dict[tuple[ItemKind, str], HandedItem] = {}
    for kind, due_ms, row in cursor.fetchall():
        task: _Task | None
        if kind == TASKS.name:
            task = msgspec.json.decode(row, type=_Task)
        else:
            loop = msgspec.json.decode(row, type=_Loop)
            task = _task(cursor, loop.id) if loop.task_on else None
            if not loop.task_on:
                late = due_ms <= at_ms
                found["incident", loop.id] = HandedItem(
                    "incident", UUID(loop.id), loop.number, due_ms, late
                )
        if task is None or task.state in NO_LONGER_WAITED_FOR:
            continue
        item = HandedItem("task", UUID(task.id), task.number, due_ms, due_ms <= at_ms, task.owner)
        found.setdefault(("task", task.id), item)
    return tuple(found.values())


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

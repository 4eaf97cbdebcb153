"""Handovers of stations in the demo: at one of them the night waits for a person, at another
simulated colleagues read back item by item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from dutyroom.domain.context import Actor
from dutyroom.domain.station_handovers.commands import (
    CompleteStationHandover,
    ConfirmStationItem,
    OfStationHandover,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.station_handovers.row import StationHandoverRow
from dutyroom.domain.tasks.commands import AcceptTask, OfTask, ReassignTask
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.stations import SIMULATED, is_simulated
from dutyroom.projections.handed import due_items

BEGAN_H: Final = 0.15
TAKE_AFTER_S: Final = 720.0
EACH_S: Final = 45.0
"""After how long one comes, and how long each item takes them."""

type Move = tuple[Actor, OfStationHandover | OfTask]


def night_of(org: str) -> Actor:
    """The command office of a station that has been there through the night."""
    return Actor(f"{SIMULATED}night-command", "station_command", org=org)


def day_of(org: str) -> Actor:
    """The one that comes in the morning."""
    return Actor(f"{SIMULATED}day-command", "station_command", org=org)


def handovers(laid: Laying) -> Iterator[Entry]:
    """Begun a few minutes ago, at the first two stations."""
    for number, org in enumerate(laid.stations[:2]):
        at_ms = laid.at(BEGAN_H - number / 100)
        yield at_ms, night_of(org), StartStationHandover(laid.new(at_ms), org)


@dataclass(slots=True)
class Handing:
    """``people``: the station at which a person is to take over."""

    people: str
    timezone: str
    speed: float = 1.0
    _last_ms: int = 0

    def moves(self, rows: Sequence[StationHandoverRow], now_ms: int) -> list[Move]:
        """What simulated colleagues do now: one thing at a time."""
        for row in rows:
            if row.state != "open" or row.org == self.people:
                continue
            last_ms = max(self._last_ms, row.since_ms)
            waits_s = EACH_S if row.to else TAKE_AFTER_S
            if (now_ms - last_ms) / 1000 * self.speed < waits_s:
                continue
            if (row.to or row.by) and not is_simulated(row.to or row.by):
                continue
            self._last_ms = now_ms
            return self._next(row, now_ms)
        return []

    def _next(self, row: StationHandoverRow, now_ms: int) -> list[Move]:
        """Who comes takes what nobody has, and else leaves it with its owner."""
        id_, day = UUID(row.id), day_of(row.org)
        if not row.to:
            return [(day, TakeStationHandover(id_))]
        confirmed = {(one.kind, one.item): one.owner for one in row.confirmed}
        with connection.cursor() as cursor:
            items = due_items(cursor, row.org, now_ms, self.timezone)
        for item in items:
            owner = confirmed.get((item.kind, str(item.id)))
            settled = owner is not None and (item.kind != "task" or owner == item.owner)
            if settled or not item.late:
                continue
            takes: list[Move] = []
            if item.kind == "task" and not item.owner:
                again = ReassignTask(item.id, row.org, "command")  # it may have been returned
                takes = [(day, again), (day, AcceptTask(item.id))]
            owner = item.owner if item.kind == "task" and item.owner else day.id
            has_it = ConfirmStationItem(id_, item.kind, item.id, owner)
            return [*takes, (day, has_it)]
        return [(day, CompleteStationHandover(id_))]

"""A room of a large city, after a year: what is asked for, and the room that it makes.

Most incidents are concluded with all their tasks. The others are handled and wait for tasks, whose
clocks run: opened within the last days, so that few of their clocks are late. Everything is decided
and appended as through the door, by `actions.bulk`; only the members are rows made at once.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

import numpy as np

from bench.serving import PASSWORD
from dutyroom.citypack import CityPack
from dutyroom.core.ids import uuid7
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    ClearAssignment,
    CloseIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, OfferTask, SubmitTask
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place

TASKS = 3
CLOCKS = 1 + TASKS
"""Of an open incident: that it is concluded, and that each task is submitted."""
AT_ONCE = 600
DAY_MS = 86_400_000
CATEGORIES = ("POL-THEFT", "POL-DISPUTE", "POL-DAMAGE", "TRAF-DAMAGE", "AID-WELFARE")
DISPATCHER = Actor("bench", "dispatcher")

type Asked = tuple[int, Actor, Any]


@dataclass(frozen=True)
class Size:
    """How many of what."""

    incidents: int = 200_000
    clocks: int = 50_000
    members: int = 5_000

    @property
    def open(self) -> int:
        return self.clocks // CLOCKS

    def part(self, of: int) -> "Size":
        return Size(self.incidents // of, self.clocks // of, self.members // of)


@dataclass(frozen=True)
class One:
    """One incident, and where and when."""

    id: UUID
    tasks: tuple[UUID, ...]
    at_ms: int
    category: str
    place: Place
    org: str
    unit: str
    stays_open: bool

    @property
    def officer(self) -> Actor:
        return Actor(f"officer-{self.org.rpartition('/')[2]}", "station_officer", org=self.org)

    @property
    def chief(self) -> Actor:
        return Actor(f"chief-{self.org.rpartition('/')[2]}", "station_command", org=self.org)


class Room:
    """What is asked of a city's room, some incidents at a time."""

    def __init__(self, pack: CityPack, size: Size, now_ms: int) -> None:
        self._pack, self._size, self._now_ms = pack, size, now_ms
        self._random = np.random.default_rng(7)
        self._where = [
            (Place(*zone.centre, zone.name.en, "point"), zone.org)
            for zone in pack.zones
            if zone.org
        ]
        self._units = [one.id for one in pack.units if "police" in one.kind] or [
            one.id for one in pack.units
        ]
        words = pack.vocabulary
        self._cleared, self._came_out = (
            next(iter(words.codes(of))) for of in ("clear_reasons", "dispositions")
        )
        self._priority = {one.code: one.priority for one in words.categories}

    def asked(self) -> Iterator[Asked]:
        """All of it, in an order in which many rows can be written at once."""
        begun_ms = self._now_ms - 366 * DAY_MS
        for unit in self._units:
            yield begun_ms, DISPATCHER, SignOn(unit, (f"{unit}-1",))
        for some in batched(self._incidents(), AT_ONCE):
            for one in some:
                yield from self._handled(one)
            yield from self._followed_up(some)

    def _incidents(self) -> Iterator[One]:
        closed = self._size.incidents - self._size.open
        for n in range(self._size.incidents):
            open_ = n >= closed
            share = (n - closed) / self._size.open if open_ else n / closed
            back_ms = (1 - share) * 2 * DAY_MS if open_ else DAY_MS * (365 - share * 360)
            at_ms = self._now_ms - 3_600_000 - round(back_ms)
            place, org = self._where[n % len(self._where)]
            yield One(
                self._new(at_ms),
                tuple(self._new(at_ms) for _ in range(TASKS)),
                at_ms,
                CATEGORIES[n % len(CATEGORIES)],
                place,
                org,
                self._units[n % len(self._units)],
                open_,
            )

    def _new(self, at_ms: int) -> UUID:
        return uuid7(at_ms, int.from_bytes(self._random.bytes(10)) & ((1 << 74) - 1))

    def _handled(self, one: One) -> Iterator[Asked]:
        """A patrol met it and is through with it."""
        crew, sent = Actor(f"{one.unit}-1", "field_officer", one.unit), one.tasks[0]
        priority = self._priority[one.category]
        met = OpenIncident(
            *(one.id, one.category, priority, one.place, "on_view"),
            unit=one.unit,
            assignment=sent,
            text="Somebody was there. // 有人在场。",
        )
        yield one.at_ms, crew, met
        yield one.at_ms + 1_200_000, crew, ClearAssignment(one.id, sent, self._cleared)

    def _followed_up(self, some: tuple[One, ...]) -> Iterator[Asked]:
        """What is left is work at its station; each wave waits for none of its own."""
        pairs = [(one, task) for one in some for task in one.tasks]
        for one, task in pairs:
            offered = OfferTask(
                task, one.id, "visit", one.org, "Ask there. // 上门了解。", "community"
            )
            yield one.at_ms + 1_300_000, DISPATCHER, offered
        for one, task in pairs:
            yield one.at_ms + 1_900_000, one.officer, AcceptTask(task)
        over = [one for one in some if not one.stays_open]
        done = [(one, task) for one, task in pairs if not one.stays_open]
        for one, task in done:
            yield one.at_ms + DAY_MS, one.officer, SubmitTask(task, "Settled. // 已处理。")
        for one, task in done:
            yield one.at_ms + DAY_MS + 600_000, one.chief, ApproveTask(task)
        for one in over:
            at_ms = one.at_ms + 2 * DAY_MS
            yield at_ms, DISPATCHER, SetDisposition(one.id, self._came_out)
        for one in over:
            yield one.at_ms + 2 * DAY_MS, DISPATCHER, CloseIncident(one.id)


def enrol(pack: CityPack, count: int) -> None:
    """So many members; a tenth of them are signed in. Three can sign in by a password."""
    from datetime import timedelta
    from secrets import token_hex

    from django.utils import timezone

    from dutyroom.site.models import Member, Session

    Member.objects.enrol("bench", "supervisor", PASSWORD)
    Member.objects.enrol("bench-auditor", "auditor", PASSWORD)
    org = next(zone.org for zone in pack.zones if zone.org)
    Member.objects.enrol("bench-station", "station_command", PASSWORD, org=org)
    orgs = [one.path for one in pack.orgs]
    roles = ("station_officer",) * 16 + (
        "station_command",
        "dispatcher",
        "call_taker",
        "supervisor",
    )
    rows = [
        Member(
            name=f"M{n:05}",
            title=f"Member {n}",
            role=roles[n % len(roles)],
            org=orgs[n % len(orgs)] if roles[n % len(roles)].startswith("station") else "",
            password="!",
        )
        for n in range(count)
    ]
    made = Member.objects.bulk_create(rows)
    until = timezone.now() + timedelta(hours=8)
    Session.objects.bulk_create(
        Session(session_key=token_hex(32), session_data="", expire_date=until, member=one)
        for one in made[::10]
    )


def fill(size: Size) -> None:
    """Make the room of this process's home; says how fast."""
    from django.conf import settings
    from django.db import connection

    from dutyroom.actions.adopting import adopt, fresh_id
    from dutyroom.actions.bulk import Bulk
    from dutyroom.actions.clock import now_ms
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.citypack import generate_city

    folder = settings.HOME.folder / "city"
    generate_city(folder)
    pack, _ = adopt(folder)
    enrol(pack, size.members)
    asked = (
        Request(fresh_id(), who, what, at_ms)
        for at_ms, who, what in Room(pack, size, now_ms()).asked()
    )
    actions = events = 0
    began = said = time.perf_counter()
    for request, outcome in Bulk(pack, settings.HOME.key).perform(asked):
        if not isinstance(outcome, Done):
            raise SystemExit(f"{request}: {outcome}")
        actions += 1
        events += len(outcome.events)
        if time.perf_counter() - said > 10:
            said = time.perf_counter()
            print(f"  {events:,} events, {events / (said - began):,.0f}/s", file=sys.stderr)
    took_s = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"bulk: {actions:,} actions, {events:,} events in {took_s:.1f} s: "
        f"{events / took_s:,.0f} events/s, {actions / took_s:,.0f} actions/s",
        flush=True,
    )


def main() -> None:
    """Run with the environment of the server to be: how many incidents, clocks and members."""
    from dutyroom.site.serving import prepare

    prepare()
    fill(Size(*map(int, sys.argv[1:4])))


if __name__ == "__main__":
    main()

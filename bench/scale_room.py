"""A room of a large city, after a year: what is asked for, and the room that it makes.

Most incidents are concluded with all their tasks. The others are handled and wait for tasks, whose
clocks run: a tenth of them long enough ago to be late. Some hundreds are decided and appended as
through the door, by `actions.bulk`; the others are copies of these at other times
(`bench.scale_copies`). Only the members are rows made at once.
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
STORIES = 300
"""So many concluded incidents are decided, and as many open ones; the others are copies."""
DAY_MS = 86_400_000
LATE = 0.1
"""Of open incidents that began in the week before: all their clocks are late. The others are of the
last two days, which no clock of theirs is at an end in, weekend or not."""
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
        self.decided: list[One] = []
        """In the order in which `asked` came to them."""
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
        """What is decided, in an order in which many rows can be written at once."""
        begun_ms = self._now_ms - 366 * DAY_MS
        for unit in self._units:
            yield begun_ms, DISPATCHER, SignOn(unit, (f"{unit}-1",))
        for some in batched(self._incidents(), AT_ONCE):
            for one in some:
                yield from self._handled(one)
            yield from self._followed_up(some)

    def _incidents(self) -> Iterator[One]:
        """Those of one day, a week ago; and the open ones, of the last days."""
        closed = min(STORIES, self._size.incidents - self._size.open)
        latest_ms = self._now_ms - 7 * DAY_MS
        for n in range(closed):
            yield self._one(n, latest_ms + round(n / closed * DAY_MS), stays_open=False)
        open_ = min(STORIES, self._size.open)
        for n in range(open_):
            yield self._one(n, self._open_ms(n / open_), stays_open=True)

    def _open_ms(self, share: float) -> int:
        late = share < LATE
        days = 9 - 2 * share / LATE if late else 2 * (1 - share) / (1 - LATE)
        return self._now_ms - 3_600_000 - round(days * DAY_MS)

    def _one(self, n: int, at_ms: int, *, stays_open: bool) -> One:
        place, org = self._where[n % len(self._where)]
        one = One(
            self._new(at_ms),
            tuple(self._new(at_ms) for _ in range(TASKS)),
            at_ms,
            CATEGORIES[n % len(CATEGORIES)],
            place,
            org,
            self._units[n % len(self._units)],
            stays_open,
        )
        self.decided.append(one)
        return one

    def copies(self) -> Iterator[tuple[One, int]]:
        """Of which incident, and when it began: each day of the year as the one that was decided,
        so that each is moved by nearly whole days; open ones by some minutes."""
        closed = [one for one in self.decided if not one.stays_open]
        open_ = [one for one in self.decided if one.stays_open]
        count = self._size.incidents - self._size.open - len(closed)
        first_ms = closed[0].at_ms
        for n in range(count):
            at_ms = first_ms - round((1 - n / count) * 358 * DAY_MS)
            time_of_day = (at_ms - first_ms) % DAY_MS / DAY_MS
            yield closed[int(time_of_day * len(closed))], at_ms
        count = self._size.open - len(open_)
        for n in range(count):
            yield open_[n * len(open_) // count], self._open_ms(n / count)

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

    from dutyroom.actions.adopting import adopt
    from dutyroom.actions.clock import now_ms
    from dutyroom.citypack import generate_city

    folder = settings.HOME.folder / "city"
    generate_city(folder)
    pack, _ = adopt(folder)
    enrol(pack, size.members)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            fill_with(pack, Room(pack, size, now_ms()))
            cursor.execute("ANALYZE")
            return
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        cursor.execute("SELECT pg_reload_conf()")
        fill_with(pack, Room(pack, size, now_ms()))
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("ALTER SYSTEM RESET max_wal_size")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("CHECKPOINT")


def fill_with(pack: CityPack, room: Room) -> None:
    """Decide what the room asks for, and copy it; says how fast."""
    from django.conf import settings
    from django.db import connection

    from bench.scale_copies import numbers, stories
    from bench.scale_writing import Copying

    began = time.perf_counter()
    actions, events = _decide(pack, room)
    took_s = time.perf_counter() - began
    print(f"decided: {actions:,} actions, {events:,} events in {took_s:.1f} s", flush=True)
    random = np.random.default_rng(8)
    copying = Copying(pack, settings.HOME.key, random)
    with connection.cursor() as cursor:
        asked = {str(one.id): [str(task) for task in one.tasks] for one in room.decided}
        known = stories(cursor, copying.sealer, asked)
    wanted = [(known[str(one.id)], at_ms) for one, at_ms in room.copies()]
    fresh = numbers(random, len(wanted), (one.number for one in known.values()))
    began = said = time.perf_counter()
    events = 0
    for events in copying.write(wanted, fresh):
        if time.perf_counter() - said > 10:
            said = time.perf_counter()
            print(f"  {events:,} entries, {events / (said - began):,.0f}/s", file=sys.stderr)
    took_s = time.perf_counter() - began
    print(
        f"copied: {len(wanted):,} incidents, {events:,} events in {took_s:.1f} s "
        f"({time.process_time():.0f} s of this processor so far)",
        flush=True,
    )


def _decide(pack: CityPack, room: Room) -> tuple[int, int]:
    from django.conf import settings

    from dutyroom.actions.adopting import fresh_id
    from dutyroom.actions.bulk import Bulk
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request

    actions = events = 0
    asked = (Request(fresh_id(), who, what, at_ms) for at_ms, who, what in room.asked())
    for request, outcome in Bulk(pack, settings.HOME.key).perform(asked):
        if not isinstance(outcome, Done):
            raise SystemExit(f"{request}: {outcome}")
        actions += 1
        events += len(outcome.events)
    return actions, events


def main() -> None:
    """Run with the environment of the server to be: how many incidents, clocks and members."""
    from dutyroom.site.serving import prepare

    prepare()
    fill(Size(*map(int, sys.argv[1:4])))


if __name__ == "__main__":
    main()

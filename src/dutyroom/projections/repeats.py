"""Public places that call again, counted: by place, kind and time, never by person or household.

Where an incident is, is sealed: the machine looks at it for its own counting, and what it says is
the key of a public place of the pack or nothing. What concerns a minor isn't counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.citypack.public_places import PublicKind, PublicPlace, public_places
from dutyroom.core.text import Text
from dutyroom.domain.orgs import within
from dutyroom.domain.spots import SPOTS
from dutyroom.domain.spots.row import SpotRow
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.models import IncidentView, ListedView

DAY_MS: Final = 86_400_000
_PORTION: Final = 500

type Opens = Callable[[Entry], dict[str, Any] | None]
"""The sealed body of an entry, for the machine's own calculation."""


class RepeatPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A public place where something happened again and again: so often within the window, the last
    time then. ``spot``: where somebody does something about it."""

    place: str
    sort: PublicKind
    name: Text
    zone: str
    org: str
    lon: float
    lat: float
    kind: str
    count: int
    last_ms: int
    spot: str | None


class Prevention(msgspec.Struct, frozen=True, kw_only=True):
    """What is done about one: so many in ``window_days`` before, so many in ``since_days``
    since."""

    spot: str
    place: str
    sort: PublicKind
    name: Text
    zone: str
    org: str
    kind: str
    number: str
    task: str
    taken_ms: int
    until_ms: int
    window_days: int
    before: int
    since: int
    since_days: int


class Repeats(msgspec.Struct, frozen=True, kw_only=True):
    """Places with at least so many, the most first; and those that are taken on."""

    window_days: int
    at_least: int
    area_at_least: int
    places: tuple[RepeatPlace, ...]
    taken_on: tuple[Prevention, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    place: str
    zone: str
    kind: str
    at_ms: int


class Counting:
    """Counts incidents by public place; what was looked up once is kept, as keys of places."""

    def __init__(self, opens: Opens) -> None:
        self._opens = opens
        self._known: dict[tuple[str, int], str] = {}

    def repeats(self, pack: CityPack, org: str, now_ms: int) -> Repeats:
        """What an organisation sees; "" is the whole room."""
        rules = pack.loop.repeats
        spots = _spots(now_ms)
        begins = [one.taken_ms - one.window_days * DAY_MS for one in spots]
        from_ms = min([now_ms - rules.window_days * DAY_MS, *begins])
        cases = self._cases(pack, from_ms, {one.incident for one in spots})
        return Repeats(
            window_days=rules.window_days,
            at_least=rules.at_least,
            area_at_least=rules.area_at_least,
            places=tuple(_places(pack, cases, spots, org, now_ms)),
            taken_on=tuple(_preventions(pack, cases, spots, org, now_ms)),
        )

    def _cases(self, pack: CityPack, from_ms: int, without: set[str]) -> list[_Case]:
        kinds = [one for one in pack.loop.repeats.kinds if not one.retired]
        categories = {code for one in kinds for code in one.categories}
        found = (
            IncidentView.objects.filter(category__in=categories, opened_at_ms__gte=from_ms)
            .exclude(state="merged")
            .exclude(row__contains='"minor":true')
            .values_list("id", "category", "zone", "opened_at_ms", "place_position")
        )
        rows = [row for row in found if row[0] not in without]
        keys = self._keys(pack, [row[4] for row in rows])
        return [
            _Case(keys[position], zone, kind.code, at_ms)
            for _, category, zone, at_ms, position in rows
            for kind in kinds
            if category in kind.categories
        ]

    def _keys(self, pack: CityPack, positions: Sequence[int]) -> Mapping[int, str]:
        """The public places at which these journal entries say that something happened."""
        missing = [one for one in positions if (pack.hash, one) not in self._known]
        public = public_places(pack)
        for begin in range(0, len(missing), _PORTION):
            with connection.cursor() as cursor:
                entries = list(read.at(cursor, missing[begin : begin + _PORTION]))
            for entry in entries:
                place = (self._opens(entry) or {}).get("place")
                at = public.at(place["kind"], place["lon"], place["lat"]) if place else None
                self._known[pack.hash, entry.position] = at.key if at else ""
        return {one: self._known.get((pack.hash, one), "") for one in positions}


def _spots(now_ms: int) -> list[SpotRow]:
    rows = ListedView.objects.filter(kind=SPOTS.name, open=True).values_list("row", flat=True)
    found = (msgspec.json.decode(row, type=SpotRow) for row in rows)
    return [one for one in found if one.until_ms > now_ms]


def spot_of(cursor: CursorWrapper, place: str, kind: str, now_ms: int) -> UUID | None:
    """The spot that is taken on for a place and a kind."""
    cursor.execute(
        'SELECT row FROM projections_listedview WHERE kind = %s AND "open"', [SPOTS.name]
    )
    rows = (msgspec.json.decode(row, type=SpotRow) for (row,) in cursor.fetchall())
    return next(
        (
            UUID(one.id)
            for one in rows
            if (one.place, one.kind) == (place, kind) and one.until_ms > now_ms
        ),
        None,
    )


def _where(case: _Case) -> tuple[str, ...]:
    """What a case counts for: its area, and its public place, if it has one."""
    area = (f"zone:{case.zone}",)
    return (*area, case.place) if case.place else area


def _places(
    pack: CityPack, cases: Iterable[_Case], spots: Sequence[SpotRow], org: str, now_ms: int
) -> list[RepeatPlace]:
    rules = pack.loop.repeats
    begin_ms = now_ms - rules.window_days * DAY_MS
    counts: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], int] = {}
    for case in cases:
        if begin_ms <= case.at_ms < now_ms:
            for key in _where(case):
                counts[key, case.kind] += 1
                last[key, case.kind] = max(last.get((key, case.kind), 0), case.at_ms)
    taken = {(one.place, one.kind): one.id for one in spots}
    found = []
    for (key, kind), count in counts.items():
        public = public_places(pack).of(key)
        least = rules.area_at_least if key.startswith("zone:") else rules.at_least
        if public is None or count < least or not within(pack.org_of_zone(public.zone), org):
            continue
        found.append(
            RepeatPlace(
                **_named(pack, public),
                lon=public.lon,
                lat=public.lat,
                kind=kind,
                count=count,
                last_ms=last[key, kind],
                spot=taken.get((key, kind)),
            )
        )
    return sorted(found, key=lambda one: (-one.count, one.place, one.kind))


def _named(pack: CityPack, public: PublicPlace) -> dict[str, Any]:
    return {
        "place": public.key,
        "sort": public.kind,
        "name": public.name,
        "zone": public.zone,
        "org": pack.org_of_zone(public.zone),
    }


def _preventions(
    pack: CityPack, cases: Sequence[_Case], spots: Iterable[SpotRow], org: str, now_ms: int
) -> list[Prevention]:
    found = []
    for spot in spots:
        public = public_places(pack).of(spot.place)
        if public is None or not within(spot.org, org):
            continue
        times = [one.at_ms for one in cases if one.kind == spot.kind and spot.place in _where(one)]
        begin_ms = spot.taken_ms - spot.window_days * DAY_MS
        found.append(
            Prevention(
                **(_named(pack, public) | {"org": spot.org}),
                spot=spot.id,
                kind=spot.kind,
                number=spot.number,
                task=spot.task,
                taken_ms=spot.taken_ms,
                until_ms=spot.until_ms,
                window_days=spot.window_days,
                before=sum(begin_ms <= one < spot.taken_ms for one in times),
                since=sum(spot.taken_ms <= one < now_ms for one in times),
                since_days=max(0, now_ms - spot.taken_ms) // DAY_MS,
            )
        )
    return sorted(found, key=lambda one: one.taken_ms)

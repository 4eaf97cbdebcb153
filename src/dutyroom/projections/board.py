"""The board: rows of what is open, and of what changed after a position. No personal data."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
from django.db import connection
from django.db.models import Model, Q, QuerySet
from msgspec import structs

from dutyroom.domain.calls.row import CallRow
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.units.row import UnitRow
from dutyroom.journal import read
from dutyroom.journal.models import JournalEntry
from dutyroom.projections import window
from dutyroom.projections.models import (
    CallView,
    IncidentView,
    ListedView,
    PositionDoubt,
    UnitPosition,
    UnitView,
)
from dutyroom.projections.reach import LISTS, Rows, incidents_for, rows_for
from dutyroom.projections.rows import as_text, read_unit

RECENT_MS: Final = 3_600_000
"""How long something closed stays on the board."""
CLOCKS_APART_MS: Final = 60_000
"""More than the clocks of two servers of one room differ."""


type Position = tuple[str, float, float, int]
"""Unit, longitude, latitude, milliseconds."""


_Lists: Any = msgspec.defstruct(
    "_Lists",
    [(one.name, tuple[one.row, ...]) for one in LISTS.values()],  # type: ignore[name-defined]
    frozen=True,
    kw_only=True,
)


class BoardRows(_Lists, frozen=True, kw_only=True):  # type: ignore[misc, call-arg]
    """Whole rows: all of the board, or those that changed; replace by id. ``position`` is the last
    journal position that they reflect. ``gone``: ids of rows that are not for the one who asks, or
    no longer; take them off. ``of``: how many there are in all, by the name of the list, where a
    board holds only some; `/api/lists` has the others."""

    position: int
    server_time_ms: int
    calls: tuple[CallRow, ...]
    incidents: tuple[IncidentRow, ...]
    units: tuple[UnitRow, ...]
    gone: tuple[str, ...]
    of: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Patch:
    """`BoardRows`, with the rows as the JSON texts that they are kept as."""

    position: int
    server_time_ms: int
    rows: Rows
    gone: tuple[str, ...] = ()
    of: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        """The patch as one line of JSON; the rows are spliced in as they were stored."""
        lists = ",".join(f'"{name}":[{",".join(rows)}]' for name, rows in self.rows.items())
        gone = json.dumps(self.gone, separators=(",", ":"))
        of = json.dumps(self.of, separators=(",", ":"))
        times = f'"position":{self.position},"server_time_ms":{self.server_time_ms}'
        return f'{{{times},{lists},"gone":{gone},"of":{of}}}'

    def limited_to(self, org: str, lists: Collection[str] | None = None) -> "Patch":
        """What of it is for the members of an organisation, of some lists only if they are named;
        all of it for those of the room."""
        if not org and lists is None:
            return self
        rows, gone = rows_for(org, self.rows, lists)
        return replace(self, rows=rows, gone=gone)


def head() -> int:
    """The journal's last position, 0 for an empty one."""
    with connection.cursor() as cursor:
        return read.head(cursor).position


def snapshot(
    now_ms: int, org: str = "", lists: Collection[str] | None = None, member: str = ""
) -> Patch:
    """Everything open, and what was closed within `RECENT_MS`, that is for an organisation, of
    some lists only if they are named; where that is too much, what `projections.window` chooses
    for the member."""
    position = head()
    recent = now_ms - RECENT_MS
    calls = Q(open=True) | Q(received_at_ms__gte=recent)
    runs = Q(until_ms=None) | Q(until_ms__gt=now_ms)
    listed, of = window.listed(runs, org, member)
    incidents, among = window.incidents(incidents_on_board(now_ms), incidents_for(org))
    if among is not None:
        of["incidents"] = among
    found = Patch(
        position=position,
        server_time_ms=now_ms,
        rows={
            "calls": _rows(CallView.objects.filter(calls)),
            "incidents": incidents,
            "units": _with_positions(UnitView.objects.order_by("id")),
            **listed,
        },
        of=of,
    )
    return replace(found.limited_to(org, lists), gone=())


def incidents_on_board(now_ms: int) -> QuerySet[IncidentView]:
    """Open, changed within `RECENT_MS`, or chased and not acknowledged yet."""
    return IncidentView.objects.filter(on_board(now_ms))


def on_board(now_ms: int) -> Q:
    """Which incidents are on the board."""
    changed = Q(changed_at_ms__gte=now_ms - RECENT_MS)
    return Q(open=True) | changed | Q(id__in=window.chased())


def patch_on_board(after: int, now_ms: int) -> Patch | None:
    """The rows that changed after a position that a console has seen. None where the journal does
    not reach so far, or what followed was written before `RECENT_MS`: then some of it has left the
    board, and the board is to be loaded again."""
    found = patch(after, now_ms)
    if after > found.position:
        return None
    following = JournalEntry.objects.filter(position=after + 1)
    written_ms = following.values_list("recorded_at_ms", flat=True).first()
    if written_ms is not None and written_ms < now_ms - RECENT_MS:
        return None
    return found


def patch(after: int, now_ms: int) -> Patch:
    """The rows that changed after a position, as they are now."""
    position = head()
    return Patch(
        position=position,
        server_time_ms=now_ms,
        rows={
            "calls": _rows(CallView.objects.filter(position__gt=after)),
            "incidents": _rows(IncidentView.objects.filter(position__gt=after)),
            "units": _with_positions(UnitView.objects.filter(position__gt=after).order_by("id")),
            **_listed(Q(position__gt=after)),
        },
    )


def _listed(which: Q) -> dict[str, tuple[str, ...]]:
    """The rows of each kind of record that has no table of its own."""
    found: dict[str, list[str]] = {kind: [] for kind in LISTS}
    rows = ListedView.objects.filter(which).order_by("position").values_list("kind", "row")
    for kind, row in rows:
        found[kind].append(row)
    return {one.name: tuple(found[kind]) for kind, one in LISTS.items()}


def _rows[M: Model](found: QuerySet[M]) -> tuple[str, ...]:
    return tuple(found.order_by("position").values_list("row", flat=True))


def _with_positions(units: QuerySet[UnitView]) -> tuple[str, ...]:
    rows = list(units.values_list("id", "row"))
    if not rows:
        return ()
    places = {
        unit: (lon, lat, at_ms)
        for unit, lon, lat, at_ms in UnitPosition.objects.filter(
            unit__in=[unit for unit, _ in rows]
        ).values_list("unit", "lon", "lat", "at_ms")
    }
    doubts = dict(PositionDoubt.objects.filter(open=True).values_list("unit", "why"))
    return tuple(_placed(row, places.get(unit), doubts.get(unit)) for unit, row in rows)


def _placed(row: str, place: tuple[float, float, int] | None, doubt: str | None) -> str:
    """Put the latest good position into a unit's row, and why a later one was refused; without
    one, the row keeps its station's."""
    if place is None and doubt is None:
        return row
    unit = read_unit(row)
    if place is not None:
        lon, lat, at_ms = place
        unit = structs.replace(unit, lon=lon, lat=lat, position_at_ms=at_ms)
    return as_text(structs.replace(unit, position_doubt=doubt))


def last_received_ms() -> int:
    """When the last position was received, 0 before the first."""
    last = UnitPosition.objects.order_by("-received_ms").values_list("received_ms", flat=True)
    return last.first() or 0


def positions(after_ms: int) -> tuple[int, list[Position]]:
    """Positions that were received after others, and when the last of them was."""
    found = list(
        UnitPosition.objects.filter(received_ms__gt=after_ms).values_list(
            "received_ms", "unit", "lon", "lat", "at_ms"
        )
    )
    last_ms = max((received_ms for received_ms, *_ in found), default=after_ms)
    return last_ms, [(unit, lon, lat, at_ms) for _, unit, lon, lat, at_ms in found]


def positions_since(after: int) -> list[Position]:
    """Positions that came in since a journal position was written: who has loaded the board at it
    or later lacks none of the others.

    Positions have no place in the journal, so it goes by the clocks of whoever wrote both.
    """
    written = JournalEntry.objects.filter(position__lte=after).order_by("-position")
    written_ms = written.values_list("recorded_at_ms", flat=True).first() or 0
    _, found = positions(written_ms - CLOCKS_APART_MS)
    return found


def positions_json(found: Sequence[Position], now_ms: int) -> str:
    """Positions as consoles get them."""
    return json.dumps({"server_time_ms": now_ms, "units": found}, separators=(",", ":"))

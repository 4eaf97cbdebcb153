"""What has to be watched, counted where the board doesn't hold all that is open.

A case is what the board of what to watch shows in a line: a record, or one clock of a loop. What
each kind means stands in `docs/guides/the-board-of-what-to-watch.md`, and the console counts by the
same rules (`watch/cases.ts`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal

import msgspec
from django.db.models import Count, Q, QuerySet

from dutyroom.domain.kernel import last_tenth_ms
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.orders import ORDERS
from dutyroom.domain.tasks import TASKS
from dutyroom.projections.models import ChaseView, IncidentView, ListedView
from dutyroom.projections.reach import incidents_for
from dutyroom.projections.window import chased

type Kind = Literal[
    "late", "risk", "returned", "reopened", "chased", "paused", "unowned", "ordered"
]
INCIDENTS: Final = "incidents"
_NEVER_REOPENED: Final = '"reopened_at_ms":null'
"""As rows are written: whoever has it needs no look into the row."""


class WatchCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases of each kind lie with an organisation; a case may be of several kinds, and is
    counted once in `cases`."""

    org: str
    cases: int
    late: int = 0
    risk: int = 0
    returned: int = 0
    reopened: int = 0
    chased: int = 0
    paused: int = 0
    unowned: int = 0
    ordered: int = 0


class WatchCounts(msgspec.Struct, frozen=True, kw_only=True):
    """All of a list that somebody has to watch, by organisation."""

    server_time_ms: int
    groups: tuple[WatchCount, ...]


def which(kind: str, of: Kind, now_ms: int) -> Q:
    """Which open records of a kind of record have a case of a kind; of loops those among which they
    are."""
    return _which(kind, now_ms).get(of, Q(pk__in=()))


def counts(kind: str, open_: QuerySet[ListedView], now_ms: int) -> WatchCounts:
    """The cases among some open records of a kind of record."""
    found = _of_loops(open_, now_ms) if kind == LOOPS.name else _of_records(kind, open_, now_ms)
    return WatchCounts(server_time_ms=now_ms, groups=tuple(found))


def _which(kind: str, now_ms: int) -> Mapping[Kind, Q]:
    late, risk = Q(due_ms__lte=now_ms), Q(due_ms__gt=now_ms, risk_ms__lte=now_ms)
    if kind == LOOPS.name:
        return {"late": late, "risk": Q(risk_ms__lte=now_ms), "paused": Q(amiss=True)}
    found: dict[Kind, Q] = {"late": late, "risk": risk}
    if kind in (TASKS.name, ORDERS.name):
        found["returned"] = Q(amiss=True)
    if kind == TASKS.name:
        found["unowned"] = Q(owner="")
    if kind == ORDERS.name:
        found["ordered"] = Q()
    return found


def _of_records(kind: str, open_: QuerySet[ListedView], now_ms: int) -> Iterator[WatchCount]:
    kinds = _which(kind, now_ms)
    among = Q()
    for one in kinds.values():
        among |= one
    each = {name: Count("id", filter=one) if one else Count("id") for name, one in kinds.items()}
    if kind != ORDERS.name:  # all of which are cases
        open_ = open_.filter(among)
    groups = open_.values("org").annotate(cases=Count("id"), **each).order_by("org")
    return (msgspec.convert(one, WatchCount) for one in groups)


class _Run(msgspec.Struct):
    clock: str
    state: str
    from_ms: int
    due_ms: int | None
    warned: bool
    paused_last: bool = False


class _Loop(msgspec.Struct):
    org: str
    clocks: tuple[_Run, ...]


def _of_loops(open_: QuerySet[ListedView], now_ms: int) -> Iterable[WatchCount]:
    """Each clock is a case of its own: only rows that have one are looked into."""
    kinds = _which(LOOPS.name, now_ms)
    some = open_.filter(kinds["risk"] | kinds["late"] | kinds["paused"])
    rows = some.order_by().values_list("row", flat=True)
    read: Callable[[str], _Loop] = msgspec.json.Decoder(_Loop).decode
    return _sums(
        (loop.org, _kinds_of_run(run, now_ms))
        for loop in map(read, rows.iterator())
        for run in {run.clock: run for run in loop.clocks}.values()
    )


def _kinds_of_run(run: _Run, now_ms: int) -> tuple[Kind, ...]:
    if run.state == "paused" and run.paused_last:
        return ("paused",)
    if run.state != "running" or run.due_ms is None:
        return ()
    if run.due_ms <= now_ms:
        return ("late",)
    near = run.warned or last_tenth_ms(run.from_ms, run.due_ms) <= now_ms
    return ("risk",) if near else ()


class _Incident(msgspec.Struct):
    state: str
    org: str | None = None
    reopened_at_ms: int | None = None
    chases: int = 0
    chase_seen: bool = True


def counts_of_incidents(org: str, now_ms: int) -> WatchCounts:
    """The cases among the incidents that are for an organisation, "" for the room."""
    mine = IncidentView.objects.filter(incidents_for(org))
    was_chased = ChaseView.objects.values("id")
    again = mine.filter(open=True).exclude(row__contains=_NEVER_REOPENED)
    asked = mine.filter(Q(open=True, id__in=was_chased) | Q(id__in=chased()))
    rows = {
        id_: row
        for some in (again, asked)
        for id_, row in some.order_by().values_list("id", "row").iterator()
    }
    read: Callable[[str], _Incident] = msgspec.json.Decoder(_Incident).decode
    found = _sums((one.org or "", _kinds_of_incident(one)) for one in map(read, rows.values()))
    return WatchCounts(server_time_ms=now_ms, groups=tuple(found))


def _kinds_of_incident(one: _Incident) -> tuple[Kind, ...]:
    kinds: list[Kind] = []
    if one.state == "open" and one.reopened_at_ms is not None:
        kinds.append("reopened")
    if one.chases > 0 and one.state != "merged" and (one.state == "open" or not one.chase_seen):
        kinds.append("chased")
    return tuple(kinds)


def _sums(cases: Iterable[tuple[str, tuple[Kind, ...]]]) -> Iterable[WatchCount]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for org, kinds in cases:
        if kinds:
            found[org].update(("cases", *kinds))
    return (WatchCount(org=org, **found[org]) for org in sorted(found))

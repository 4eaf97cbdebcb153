"""Which rows are on the board where more is open than it holds.

Up to `WINDOW` open rows of a kind all are there. Beyond it, half of those there are the most urgent
ones and half those that changed last, besides what is one's own; the board says how many there are
in all, and `projections.lists` gives the others by the page. What changes is sent to everybody, in
sight or not. Incidents that units are sent to, or should be, are always there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, Model, Q, QuerySet

from dutyroom.projections.models import ChaseView, IncidentView, ListedView
from dutyroom.projections.reach import LISTS, SHARED, listed_for, parts_for

WINDOW: Final = 1_000

type Shown = tuple[Mapping[str, tuple[str, ...]], dict[str, int]]
"""Rows by the name of their list; and how many there are in all, of those that aren't whole."""


def listed(runs: Q, org: str, member: str) -> Shown:
    """The open rows, for an organisation, of records that have no table of their own. ``runs``:
    what hasn't come to its end. What is of two organisations, which only the rows themselves say,
    is there whole for one of them."""
    open_ = ListedView.objects.filter(runs, open=True)
    counts: Counter[str] = Counter()
    orgs: dict[str, set[str]] = {}
    for of, kind, count in _counted(open_, org):
        counts[kind] += count
        orgs.setdefault(kind, set()).add(of)
    many = {k: n for k, n in counts.items() if n > WINDOW and not (org and k in SHARED)}
    few = [kind for kind in counts if kind not in many]
    rows: dict[str, list[str]] = {kind: [] for kind in LISTS}
    if few:
        some = open_.filter(listed_for(org), kind__in=few).order_by("position")
        for kind, row in some.values_list("kind", "row"):
            rows[kind].append(row)
    found = {one.name: tuple(rows[kind]) for kind, one in LISTS.items()}
    for kind in many:
        # All of one organisation, as a station's are, is asked for by its name: only so PostgreSQL
        # reads the most urgent ones in the order of an index.
        alone = org and len(orgs[kind]) == 1
        which = Q(org=next(iter(orgs[kind]))) if alone else listed_for(org, kind)
        some = open_.filter(which, kind=kind)
        fresh = some.order_by("-changed_at_ms")[: WINDOW // 2]
        if alone:
            fresh = ListedView.objects.filter(id__in=fresh.values("id"))  # found by the same index
        found[LISTS[kind].name] = _chosen(some, fresh, member)
    return found, {LISTS[kind].name: count for kind, count in many.items()}


def _counted(open_: QuerySet[ListedView], org: str) -> Iterable[tuple[str, str, int]]:
    """How many there are: for the room by kind, else by organisation and kind."""
    if not org:
        of_kind = open_.order_by().values_list("kind").annotate(count=Count("*"))
        return (("", kind, count) for kind, count in of_kind)
    first, *others = (
        open_.filter(part).order_by().values_list("org", "kind").annotate(count=Count("*"))
        for part in parts_for(org)
    )
    return first.union(*others, all=True)


def incidents(on_board: QuerySet[IncidentView], which: Q) -> tuple[tuple[str, ...], int | None]:
    """The rows of incidents, and how many are open in all where these are only some: handled ones
    that wait for their tasks may be many. ``which``: those for the one who asks, on the board or
    not. What is handled is on it; asked so, PostgreSQL knows how many to expect."""
    on_board = on_board.filter(which)
    handled = IncidentView.objects.filter(which, open=True, progress="cleared")
    if not _more_than_window(handled):
        return tuple(on_board.order_by("position").values_list("row", flat=True)), None
    others = on_board.filter(~Q(open=True, progress="cleared") | Q(id__in=chased()))
    open_ = IncidentView.objects.filter(which, open=True)
    rows = _by_position(
        others.values_list("id", "position", "row"),
        handled.order_by("-changed_at_ms").values_list("id", "position", "row")[:WINDOW],
    )
    return rows, open_.count()


def chased() -> list[str]:
    """The ids of incidents with a chase that nobody has acknowledged: few. As values, since beside
    a question within a question no database uses its indexes."""
    return list(ChaseView.objects.filter(waits=True).values_list("id", flat=True))


def urgent(some: QuerySet[ListedView], most: int) -> list[tuple[str, int, str]]:
    """What is due first, then what has no time, the oldest first."""
    values = "id", "position", "row"
    due = some.filter(due_ms__isnull=False).order_by("due_ms", "id")
    found = list(due.values_list(*values)[:most])
    if len(found) < most:
        undue = some.filter(due_ms__isnull=True).order_by("due_ms", "id")  # as the index has them
        found += undue.values_list(*values)[: most - len(found)]
    return found


def _chosen(
    some: QuerySet[ListedView], fresh: QuerySet[ListedView], member: str
) -> tuple[str, ...]:
    own = some.filter(owner=member).values_list("id", "position", "row")[:WINDOW] if member else ()
    latest = fresh.values_list("id", "position", "row")
    return _by_position(urgent(some, WINDOW // 2), latest, own)


def _by_position(*found: Iterable[tuple[str, int, str]]) -> tuple[str, ...]:
    rows = {id_: (position, row) for some in found for id_, position, row in some}
    return tuple(row for _, row in sorted(rows.values()))


def _more_than_window[M: Model](some: QuerySet[M]) -> bool:
    return some[: WINDOW + 1].count() > WINDOW

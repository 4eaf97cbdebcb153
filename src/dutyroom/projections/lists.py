"""Lists by the page: what is open and not on the board, chosen by columns; and counted.

For whoever looks for what the board's window leaves out. The rows are those of the board; whoever
has them follows them by the stream.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import msgspec
from django.db import connection
from django.db.models import Count, Q, QuerySet

from dutyroom.domain.loops.row import key_of_task
from dutyroom.domain.tasks import TASKS
from dutyroom.projections import watched
from dutyroom.projections.below import lies_within
from dutyroom.projections.board import BoardRows, Patch, head
from dutyroom.projections.models import ListedView
from dutyroom.projections.reach import LISTS, counted_for, listed_for
from dutyroom.projections.watched import Kind, WatchCounts

PAGE: Final = 500
_BY_NAME: Final = {one.name: kind for kind, one in LISTS.items()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the open records of a list: all of what is given holds. ``org``: it, and below;
    ``due_before_ms``: something is owed before then; ``watch``: it has a case of that kind. Empty
    texts: any."""

    state: str = ""
    org: str = ""
    team: str = ""
    owner: str = ""
    due_before_ms: int | None = None
    watch: Kind | Literal[""] = ""


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of a list's open records, the most urgent first, as a patch of the board. ``next``: what
    to ask for as `after`, None at the end."""

    rows: BoardRows
    next: str | None


class ListCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many open records lie with an organisation and team in a state. ``late``: of those,
    something was due before now."""

    org: str
    team: str
    state: str
    count: int
    late: int


class ListCounts(msgspec.Struct, frozen=True, kw_only=True):
    """All open records of a list, in groups."""

    server_time_ms: int
    groups: tuple[ListCount, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What whoever asks is limited to: an organisation ("" for the room), and some lists (None:
    all)."""

    org: str
    lists: Collection[str] | None

    def has(self, name: str) -> bool:
        """Whether there is such a list, for them."""
        return name in _BY_NAME and self._hears(name)

    def watches(self, name: str) -> bool:
        """Whether there is such a list to watch, for them: incidents are one."""
        return self.has(name) or (name == watched.INCIDENTS and self._hears(name))

    def _hears(self, name: str) -> bool:
        return self.lists is None or name in self.lists


def page(name: str, wanted: Wanted, reach: Reach, after: str, now_ms: int) -> str:
    """The JSON of a `ListPage`."""
    position = head()
    some = _open(name, wanted, now_ms).filter(listed_for(reach.org, _BY_NAME[name]))
    found, last = _page(some, after, only_due=wanted.due_before_ms is not None)
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(("calls", "incidents", "units"), ())
    rows = empty | dict.fromkeys(_BY_NAME, ()) | {name: found}
    patch = Patch(position=position, server_time_ms=now_ms, rows=rows)
    patch = replace(patch.limited_to(reach.org, reach.lists), gone=())
    next_ = msgspec.json.encode(last).decode()
    return f'{{"rows":{patch.as_json()},"next":{next_}}}'


def counts(name: str, reach: Reach, now_ms: int) -> ListCounts:
    """How many there are."""
    late = Count("id", filter=Q(due_ms__lt=now_ms))
    groups = (
        _open(name, Wanted(), now_ms)
        .filter(counted_for(reach.org, _BY_NAME[name]))
        .values_list("org", "team", "state")
        .annotate(count=Count("id"), late=late)
        .order_by("org", "team", "state")
    )
    return ListCounts(
        server_time_ms=now_ms,
        groups=tuple(
            ListCount(org=org, team=team, state=state, count=count, late=overdue)
            for org, team, state, count, overdue in groups
        ),
    )


def watch_counts(name: str, reach: Reach, now_ms: int) -> WatchCounts:
    """How much of a list has to be watched; of incidents, too."""
    if name == watched.INCIDENTS:
        return watched.counts_of_incidents(reach.org, now_ms)
    kind = _BY_NAME[name]
    open_ = _open(name, Wanted(), now_ms).filter(counted_for(reach.org, kind))
    return watched.counts(kind, open_, now_ms)


def about(incident: str, reach: Reach, now_ms: int) -> str:
    """The JSON of `BoardRows` with all that is about one incident, also what is over, and is for
    the one who asks."""
    rows: dict[str, list[str]] = {kind: [] for kind in LISTS}
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, [*LISTS, incident, incident, incident])
        found = cursor.fetchall()
        tasks = [id_ for kind, id_, _ in found if kind == TASKS.name]
        if tasks:
            marks = ", ".join(["%s"] * len(tasks))
            cursor.execute(f"{_OF_IDS} ({marks})", [key_of_task(task) for task in tasks])
            found += cursor.fetchall()
    position = next(int(last or 0) for kind, _, last in found if kind == _POSITION)
    for kind, _, row in found:
        if kind in rows:
            rows[kind].append(row)
    lists: Mapping[str, tuple[str, ...]] = {
        one.name: tuple(rows[kind]) for kind, one in LISTS.items()
    }
    patch = Patch(
        position=position,
        server_time_ms=now_ms,
        rows={
            "calls": (),
            "incidents": tuple(row for kind, _, row in found if kind == INCIDENT),
            "units": (),
            **lists,
        },
    )
    return replace(patch.limited_to(reach.org, reach.lists), gone=()).as_json()


INCIDENT: Final = "incident"
_POSITION: Final = "position"
_OF_IDS: Final = "SELECT kind, id, row FROM projections_listedview WHERE id IN"
# By kind, since the index begins with it.
_ABOUT: Final = f"""
SELECT kind, id, row FROM projections_listedview
 WHERE kind IN ({", ".join(["%s"] * len(LISTS))}) AND incident = %s
UNION ALL {_OF_IDS} (%s)
UNION ALL SELECT '{INCIDENT}', id, row FROM projections_incidentview WHERE id = %s
UNION ALL SELECT '{_POSITION}', '', CAST(MAX(position) AS text) FROM journal_journalentry
"""
"""One question with the journal's position: four take longer to ask than to answer."""


def _open(name: str, wanted: Wanted, now_ms: int) -> QuerySet[ListedView]:
    chosen = {
        column: value
        for column, value in (
            ("state", wanted.state),
            ("team", wanted.team),
            ("owner", wanted.owner),
        )
        if value
    }
    runs = Q(until_ms=None) | Q(until_ms__gt=now_ms)
    found = ListedView.objects.filter(runs, kind=_BY_NAME[name], open=True)
    if wanted.org:
        found = found.filter(lies_within(wanted.org))
    if wanted.due_before_ms is not None:
        found = found.filter(due_ms__lt=wanted.due_before_ms)
    if wanted.watch:
        found = found.filter(watched.which(_BY_NAME[name], wanted.watch, now_ms))
    return found.filter(**chosen)


def _page(
    some: QuerySet[ListedView], after: str, *, only_due: bool
) -> tuple[tuple[str, ...], str | None]:
    """What is due first, then what has no time, by id. ``after`` is `due/id`, or `/id`."""
    due, _, id_ = after.partition("/")
    found: list[tuple[int | None, str, str]] = []
    values = "due_ms", "id", "row"
    if not after or due:
        owed = some.filter(due_ms__isnull=False)
        if due:
            owed = owed.filter(Q(due_ms__gt=int(due)) | Q(due_ms=int(due), id__gt=id_))
        found = list(owed.order_by("due_ms", "id").values_list(*values)[:PAGE])
    if len(found) < PAGE and not only_due:
        undue = some.filter(due_ms__isnull=True, id__gt="" if due else id_)
        found += undue.order_by("due_ms", "id").values_list(*values)[: PAGE - len(found)]
    rows = tuple(row for _, _, row in found)
    if len(found) < PAGE:
        return rows, None
    last_due, last_id, _ = found[-1]
    return rows, f"{'' if last_due is None else last_due}/{last_id}"

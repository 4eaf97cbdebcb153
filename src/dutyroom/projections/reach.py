"""What of the board is for the members of one organisation: what is of it or lies below it, and of
some kinds of record what is of those above it. Calls and positions are for the room alone.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from django.db.models import Q

from dutyroom.domain import AGGREGATES
from dutyroom.domain.kernel import List
from dutyroom.domain.orgs import concerns, within
from dutyroom.projections.below import lies_within

LISTS: Final[Mapping[str, List[Any]]] = {one.name: one.list for one in AGGREGATES if one.list}
"""By the name of the kind of record."""
SHARED: Final = {kind: one.name for kind, one in LISTS.items() if one.shared}
"""What may be of two organisations."""
_DOWNWARDS: Final = {kind: one.name for kind, one in LISTS.items() if one.downwards}
_ROOM_ONLY: Final = frozenset({"calls"})

type Rows = Mapping[str, tuple[str, ...]]


class _Of(msgspec.Struct):
    id: str
    org: str | None = None
    org_too: str | None = None
    orgs: tuple[str, ...] = ()


def listed_for(org: str, kind: str | None = None) -> Q:
    """The rows of the shared table that may be for an organisation, all of them for the room; of
    what is of two, `rows_for` says which are. ``kind``: among rows of this one alone."""
    if not org:
        return Q()
    found = lies_within(org)
    above = [org.rsplit("/", levels)[0] for levels in range(1, org.count("/") + 1)]
    if downwards := [one for one in _DOWNWARDS if kind in (None, one)]:
        found |= Q(kind__in=downwards, org__in=["", *above])
    if shared := [one for one in SHARED if kind in (None, one)]:
        found |= Q(kind__in=shared)
    return found


def parts_for(org: str) -> tuple[Q, ...]:
    """`listed_for` in parts that have no row in common: each is counted by an index alone, and all
    together, by OR, are not."""
    if not org:
        return (Q(),)
    above = [org.rsplit("/", levels)[0] for levels in range(1, org.count("/") + 1)]
    one_has_it = ~Q(kind__in=[*SHARED])
    return (
        Q(org=org) & one_has_it,
        Q(org__below=org) & one_has_it,
        Q(kind__in=[*_DOWNWARDS], org__in=["", *above]),
        Q(kind__in=[*SHARED]),
    )


def counted_for(org: str, kind: str) -> Q:
    """The rows of a kind that are for an organisation for sure: none of what is of two."""
    return listed_for(org, kind) & ~Q(kind__in=[*SHARED]) if org else Q()


def incidents_for(org: str) -> Q:
    """The incidents that are for an organisation; of what an older version wrote nobody knows yet
    (`rows_for` looks into the row)."""
    return Q(org=None) | lies_within(org) if org else Q()


def rows_for(
    org: str, rows: Rows, lists: Collection[str] | None = None
) -> tuple[Rows, tuple[str, ...]]:
    """The rows that are for an organisation, and the ids of the others of those kinds: who has one
    of them on the board, because it was of the organisation before, takes it off. ``lists``: who
    asks has these only, and hears nothing of others."""
    kept: dict[str, tuple[str, ...]] = {}
    gone: list[str] = []
    for name, texts in rows.items():
        mine: list[str] = []
        heard = name not in _ROOM_ONLY and (lists is None or name in lists)
        for text in texts if heard else ():
            of = msgspec.json.decode(text, type=_Of)
            if _is_for(name, of, org):
                mine.append(text)
            else:
                gone.append(of.id)
        kept[name] = tuple(mine)
    return kept, tuple(dict.fromkeys(gone))  # a task and its clocks have one id


def _is_for(name: str, of: _Of, org: str) -> bool:
    if name in _DOWNWARDS.values():
        return concerns(of.org or "", org)
    named = (of.org, of.org_too, *of.orgs)
    return any(one is not None and within(one, org) for one in named)

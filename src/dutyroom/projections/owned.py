"""Records of any kind, found by their owner."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

import msgspec
from django.db.models import Count

from dutyroom.projections.models import ListedView


class _Id(msgspec.Struct):
    id: UUID


def owned_by(kind: str, member: str) -> tuple[tuple[UUID, str], ...]:
    """The open records of a kind that a member has, by id, each with the organisation that it lies
    with."""
    found = ListedView.objects.filter(kind=kind, owner=member, open=True)
    rows = found.order_by("id").values_list("row", "org")
    return tuple((msgspec.json.decode(row, type=_Id).id, org) for row, org in rows)


def elsewhere(
    column: Literal["org", "owner"], kinds: Collection[str], orgs: Collection[str]
) -> tuple[tuple[str, str, int], ...]:
    """How many open records of some kinds lie with an organisation that isn't among these, by the
    column that names it: the organisation, the kind, the count."""
    found = ListedView.objects.filter(kind__in=kinds, open=True).exclude(**{column: ""})
    lost = found.exclude(**{f"{column}__in": orgs})
    counted = lost.values_list(column, "kind").annotate(count=Count("id"))
    return tuple(counted.order_by(column, "kind"))

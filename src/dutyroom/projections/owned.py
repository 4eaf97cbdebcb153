"""Records of any kind, found by their owner."""

from uuid import UUID

import msgspec

from dutyroom.projections.models import ListedView


class _Id(msgspec.Struct):
    id: UUID


def owned_by(kind: str, member: str) -> tuple[tuple[UUID, str], ...]:
    """The open records of a kind that a member has, by id, each with the organisation that it lies
    with."""
    found = ListedView.objects.filter(kind=kind, owner=member, open=True)
    rows = found.order_by("id").values_list("row", "org")
    return tuple((msgspec.json.decode(row, type=_Id).id, org) for row, org in rows)

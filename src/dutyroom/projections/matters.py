"""Matters, found by their owner."""

from uuid import UUID

from dutyroom.domain.matters import MATTERS
from dutyroom.projections.models import ListedView


def matters_owned_by(member: str) -> tuple[tuple[UUID, str], ...]:
    """The open matters that a member has, each with the organisation that it lies with."""
    found = ListedView.objects.filter(kind=MATTERS.name, owner=member, open=True)
    return tuple((UUID(id_), org) for id_, org in found.order_by("id").values_list("id", "org"))

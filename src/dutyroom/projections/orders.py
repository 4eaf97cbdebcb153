"""Supervision orders, found by their incident."""

from uuid import UUID

import msgspec

from dutyroom.domain.orders import ORDERS
from dutyroom.domain.orders.row import OrderRow
from dutyroom.projections.models import ListedView


def orders_of(incidents: list[UUID]) -> tuple[OrderRow, ...]:
    """The rows of all supervision orders on some incidents, the oldest first."""
    found = ListedView.objects.filter(
        kind=ORDERS.name, incident__in=[str(one) for one in incidents]
    )
    rows = found.order_by("id").values_list("row", flat=True)
    return tuple(msgspec.json.decode(row, type=OrderRow) for row in rows)

"""Supervision orders, found by their incident."""

from uuid import UUID

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.incidents.known import OpenOrder
from dutyroom.domain.orders import ORDERS
from dutyroom.domain.orders.row import OrderRow
from dutyroom.projections.models import ListedView


def open_orders(cursor: CursorWrapper, incident: UUID) -> tuple[OpenOrder, ...]:
    """Those of an incident whose answer was neither accepted nor is unwanted."""
    cursor.execute(
        "SELECT id, state FROM projections_listedview "
        'WHERE kind = %s AND incident = %s AND "open" ORDER BY id',
        [ORDERS.name, str(incident)],
    )
    return tuple(OpenOrder(UUID(id_), state) for id_, state in cursor.fetchall())


def orders_of(incidents: list[UUID]) -> tuple[OrderRow, ...]:
    """The rows of all supervision orders on some incidents, the oldest first."""
    found = ListedView.objects.filter(
        kind=ORDERS.name, incident__in=[str(one) for one in incidents]
    )
    rows = found.order_by("id").values_list("row", flat=True)
    return tuple(msgspec.json.decode(row, type=OrderRow) for row in rows)

"""Requests to specialist desks, found by their incident, their desk and their owner."""

from uuid import UUID

import msgspec
from django.db.backends.utils import CursorWrapper
from django.db.models import Count

from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.desk_requests.state import AT_WORK
from dutyroom.projections.models import ListedView


def requests_of(incidents: list[UUID]) -> tuple[DeskRequestRow, ...]:
    """The rows of all requests about some incidents, the oldest first."""
    ids = [str(one) for one in incidents]
    found = ListedView.objects.filter(kind=DESK_REQUESTS.name, incident__in=ids)
    rows = found.order_by("id").values_list("row", flat=True)
    return tuple(msgspec.json.decode(row, type=DeskRequestRow) for row in rows)


def load_of(cursor: CursorWrapper, desk: str) -> int:
    """How many requests a desk works on."""
    cursor.execute(
        "SELECT COUNT(*) FROM projections_listedview "
        'WHERE kind = %s AND team = %s AND "open" AND state IN (%s, %s)',
        [DESK_REQUESTS.name, desk, *AT_WORK],
    )
    [(count,)] = cursor.fetchall()
    return int(count)


def standing() -> dict[tuple[str, str], int]:
    """How many open requests there are of each desk in each state."""
    found = ListedView.objects.filter(kind=DESK_REQUESTS.name, open=True)
    counted = found.values_list("team", "state").annotate(count=Count("id"))
    return {(desk, state): count for desk, state, count in counted}

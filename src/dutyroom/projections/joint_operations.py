"""Joint operations, found by who takes part in them."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from dutyroom.domain.joint_operations import JOINT_OPERATIONS
from dutyroom.domain.joint_operations.row import JointOperationRow
from dutyroom.projections.models import ListedView

RECENT: Final = 10
"""So many of those that are over are still shown to a partner."""


def operations_of(org: str) -> tuple[JointOperationRow, ...]:
    """Those that an organisation takes part in, which go on, and the last that are over; the latest
    first."""
    named = ListedView.objects.filter(
        kind=JOINT_OPERATIONS.name, row__contains=json.dumps(org, ensure_ascii=False)
    )
    rows = named.order_by("-changed_at_ms")
    going_on = rows.filter(open=True).values_list("row", flat=True)
    over = rows.filter(open=False).values_list("row", flat=True)[:RECENT]
    return (*_with(org, going_on), *_with(org, over))


def _with(org: str, rows: Iterable[str]) -> Iterator[JointOperationRow]:
    found = (msgspec.json.decode(row, type=JointOperationRow) for row in rows)
    return (one for one in found if org in one.orgs)

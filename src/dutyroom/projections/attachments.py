"""Attachments, found by their incident."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.attachments import ATTACHMENTS
from dutyroom.domain.attachments.known import Kept
from dutyroom.domain.attachments.row import AttachmentRow
from dutyroom.projections.models import ListedView

_read: Final = msgspec.json.Decoder(AttachmentRow).decode


def kept_of(cursor: CursorWrapper, incident: UUID) -> Kept:
    """What an incident has, with all its tasks."""
    cursor.execute(
        "SELECT row FROM projections_listedview WHERE kind = %s AND incident = %s",
        [ATTACHMENTS.name, str(incident)],
    )
    sizes = [_read(row).size for (row,) in cursor.fetchall()]
    return Kept(len(sizes), sum(sizes))


def attachments_of(incidents: Collection[UUID]) -> tuple[AttachmentRow, ...]:
    """The rows of all attachments of some incidents and of their tasks, the oldest first."""
    of = [str(one) for one in incidents]
    found = ListedView.objects.filter(kind=ATTACHMENTS.name, incident__in=of)
    rows = [_read(row) for row in found.values_list("row", flat=True)]
    return tuple(sorted(rows, key=lambda one: (one.at_ms, one.id)))


def last_change(rows: Iterable[AttachmentRow]) -> int:
    """The journal position of the last change of some of them, 0 for none."""
    return max((one.position for one in rows), default=0)

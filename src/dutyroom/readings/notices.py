"""What notices say, unsealed: for those whom they concern."""

import msgspec
from django.db import connection

from dutyroom.domain.context import Actor
from dutyroom.domain.notices import NOTICES
from dutyroom.domain.notices.events import NoticePosted
from dutyroom.domain.notices.row import NoticeRow
from dutyroom.domain.orgs import concerns
from dutyroom.journal import read
from dutyroom.projections.models import ListedView
from dutyroom.readings.reader import Reader


class NoticeReading(msgspec.Struct, frozen=True, kw_only=True):
    """A notice with its text; None if its key is erased."""

    row: NoticeRow
    text: str | None


class NoticesReading(msgspec.Struct, frozen=True, kw_only=True):
    """Notices that stand, the first to end first."""

    notices: tuple[NoticeReading, ...]


def standing(now_ms: int) -> tuple[NoticeRow, ...]:
    """The rows of the notices that stand."""
    rows = ListedView.objects.filter(kind=NOTICES.name, open=True, until_ms__gt=now_ms)
    return tuple(
        msgspec.json.decode(row, type=NoticeRow)
        for row in rows.order_by("until_ms", "id").values_list("row", flat=True)
    )


def last_change() -> int | None:
    """The journal position of the last change of a notice."""
    rows = ListedView.objects.filter(kind=NOTICES.name).order_by("-position")
    return rows.values_list("position", flat=True).first()


def notices(reader: Reader, actor: Actor, now_ms: int) -> NoticesReading:
    """What stands and concerns the one who asks. Raises `MayNotRead`."""
    reader.check(actor, "notices")
    found = [row for row in standing(now_ms) if concerns(row.org, actor.org) or row.by == actor.id]
    if not found:
        return NoticesReading(notices=())
    access = reader.open(actor, "notices")
    with connection.cursor() as cursor:
        entries = [
            read.latest(cursor, f"{NOTICES.name}:{row.id}", NoticePosted.TYPE) for row in found
        ]
    bodies = reader.unseal(access, [entry for entry in entries if entry])
    return NoticesReading(
        notices=tuple(
            NoticeReading(row=row, text=(body or {}).get("text"))
            for row, body in zip(found, bodies, strict=True)
        )
    )

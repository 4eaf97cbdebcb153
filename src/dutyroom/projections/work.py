"""What keeps incidents from being closed: the open records about them, of whatever kind."""

from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.domain import AGGREGATES
from dutyroom.domain.incidents.known import Work

_KEEPS_OPEN: Final = {one.name: one.list.keeps_open for one in AGGREGATES if one.list}
_ORDER: Final = [one.name for one in AGGREGATES]


def open_work(cursor: CursorWrapper, incident: UUID) -> tuple[Work, ...]:
    """That of one incident: kind by kind, each from the oldest on."""
    cursor.execute(
        "SELECT kind, id, state FROM projections_listedview "
        'WHERE incident = %s AND "open" ORDER BY id',
        [str(incident)],
    )
    found = (Work(kind, UUID(id_), state) for kind, id_, state in cursor.fetchall())
    keeping = (one for one in found if one.state in _KEEPS_OPEN.get(one.kind, ()))
    return tuple(sorted(keeping, key=lambda one: _ORDER.index(one.kind)))

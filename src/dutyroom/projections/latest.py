"""The rows of incidents as they were shown last, so that a note costs no more than the count of it.

Most of a row follows from plans, promises and open points; to find them takes ten times as long as
to say that there is one note more. States are never changed, so what is the very same value as
before leads to the same.
"""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter, is_
from typing import Final

from msgspec import structs

from dutyroom.citypack import CityPack
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.incidents.needed import NOBODY, Needed
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Change
from dutyroom.projections.rows import incident_row, notes_of

MOST: Final = 2_000
"""Rows that are kept; then all are forgotten."""

_COUNTED: Final = ("notes", "struck")
"""What only the count of notes looks at."""
_but_notes: Final = attrgetter(
    *(one.name for one in fields(IncidentState) if one.name not in _COUNTED)
)


class LatestRows:
    """`incident_row`, remembered by incident. Threads may share it."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[tuple[object, ...], Needed, IncidentRow]] = {}

    def row(
        self,
        pack: CityPack,
        id_: str,
        incident: IncidentState,
        last: Change,
        merged: Sequence[IncidentState],
        calls: Sequence[CallState],
        asked: Needed = NOBODY,
    ) -> IncidentRow:
        """The row of an incident. ``calls`` are those of all that are merged into it, too, and
        ``asked`` those who were asked about any of these."""
        made_from = (pack, len(merged), *merged, *calls, *_but_notes(incident))
        known = self._found.get(id_)
        if known is not None and known[1] == asked and _same(known[0], made_from):
            return structs.replace(
                known[2],
                notes=notes_of((incident, *merged)),
                changed_by=last.by,
                changed_at_ms=last.at_ms,
                position=last.position,
            )
        row = incident_row(pack, id_, incident, last, merged, calls, asked)
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[id_] = made_from, asked, row
        return row


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))

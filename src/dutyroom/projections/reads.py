"""Readings by incident: what its panel shows of who has read it."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.backends.utils import CursorWrapper

from dutyroom.domain.reads.events import RecordRead
from dutyroom.projections.facts import Fact
from dutyroom.projections.projector import Projector, Writing


def _touched(writing: Writing) -> Mapping[str, Sequence[Fact]]:
    """By incident: each that a reading was of."""
    found: dict[str, list[Fact]] = {}
    for one in writing.facts:
        if isinstance(one.event, RecordRead):
            for incident in one.event.incidents:
                found.setdefault(str(incident), []).append(one)
    return found


def _write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
    _insert(writing.cursor, id_, here)


def _insert(cursor: CursorWrapper, id_: str, here: Sequence[Fact]) -> None:
    cursor.executemany(
        "INSERT INTO projections_readview (incident, position, role, at_ms, purpose, what) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [
            (id_, one.position, one.role, one.occurred_at_ms, one.event.purpose, one.event.what)
            for one in here
            if isinstance(one.event, RecordRead)
        ],
    )


def write_reading(cursor: CursorWrapper, one: Fact) -> None:
    """Note one reading, outside of any action."""
    incidents = one.event.incidents if isinstance(one.event, RecordRead) else ()
    for incident in incidents:
        _insert(cursor, str(incident), (one,))


PROJECTOR: Final = Projector(("projections_readview",), _touched, _write)

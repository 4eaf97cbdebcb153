"""What a group of work must know before its first piece: the journal's end, which of its actions
were done before, and the keys that it will probably seal under. One statement asks for all of it,
since each costs a way to the database and back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.journal.read import Head
from dutyroom.journal.transactions import lock, together

_END: Final = (
    "SELECT 1 AS what, position, NULL AS name, hash FROM"
    " (SELECT position, hash FROM journal_journalentry ORDER BY position DESC LIMIT 1) AS last"
)
_ACTIONS: Final = "SELECT 2, NULL, action, result FROM journal_journalaction WHERE action IN"
_KEYS: Final = "SELECT 3, NULL, name, wrapped FROM journal_journalkey WHERE name IN"


@dataclass(frozen=True, slots=True)
class Beginning:
    """``answers`` by action, of those that were done before; ``keys`` are still wrapped, by name,
    None for one that was erased; what isn't there was never made."""

    head: Head
    answers: Mapping[str, bytes]
    keys: Mapping[str, bytes | None]


def begin(cursor: CursorWrapper, actions: Collection[UUID], keys: Collection[str]) -> Beginning:
    """Take the journal's lock, for as long as the transaction lasts, and see what is there."""
    parts, values = [_END], []
    for select, names in ((_ACTIONS, [str(one) for one in actions]), (_KEYS, [*keys])):
        if names:
            parts.append(f"{select} ({', '.join(['%s'] * len(names))})")
            values += names
    with together(cursor.db):
        lock(cursor)
        cursor.execute(" UNION ALL ".join(parts), values)
    head, answers, wrapped = Head(0, b""), {}, {}
    for what, position, name, found in cursor.fetchall():
        kept = None if found is None else bytes(found)
        if what == 1:
            head = Head(int(position), kept or b"")
        elif what == 2:
            answers[name] = kept or b""
        else:
            wrapped[name] = kept
    return Beginning(head, answers, wrapped)

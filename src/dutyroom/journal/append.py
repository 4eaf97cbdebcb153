"""Appending: entries in one order without gaps, chained by hash; actions remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.journal.encoding import GENESIS, canonical, entry_hash
from dutyroom.journal.read import head

_INSERT: Final = """
INSERT INTO journal_journalentry (position, stream, version, type, recorded_at_ms, occurred_at_ms,
  actor, role, purpose, action, body, sealed, seal_key, prev_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry before it has its place. ``body`` is JSON; ``sealed`` is ciphertext."""

    stream: str
    type: str
    recorded_at_ms: int
    occurred_at_ms: int
    actor: str
    role: str
    purpose: str
    action: UUID
    body: object
    sealed: bytes | None
    seal_key: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where an entry went."""

    position: int
    stream: str
    version: int
    hash: bytes


def append(cursor: CursorWrapper, entries: Sequence[NewEntry]) -> list[Recorded]:
    """Append under the journal's lock; committed with the transaction around it."""
    if not entries:
        return []
    last = head(cursor)
    position, prev_hash = last.position, last.hash or GENESIS
    versions = {stream: _version(cursor, stream) for stream in {one.stream for one in entries}}
    rows, recorded = [], []
    for one in entries:
        position += 1
        version = versions[one.stream] = versions[one.stream] + 1
        fields = (
            position,
            one.stream,
            version,
            one.type,
            one.recorded_at_ms,
            one.occurred_at_ms,
            one.actor,
            one.role,
            one.purpose,
            str(one.action),
            canonical(one.body),
            one.sealed,
            one.seal_key,
        )
        hash_ = entry_hash(prev_hash, fields)
        rows.append((*fields, prev_hash, hash_))
        recorded.append(Recorded(position, one.stream, version, hash_))
        prev_hash = hash_
    cursor.executemany(_INSERT, rows)
    return recorded


def _version(cursor: CursorWrapper, stream: str) -> int:
    """The last version of a stream: one step in the index, however long the stream is."""
    cursor.execute(
        "SELECT version FROM journal_journalentry WHERE stream = %s ORDER BY version DESC LIMIT 1",
        [stream],
    )
    found = cursor.fetchone()
    return int(found[0]) if found else 0


def recall(cursor: CursorWrapper, action: UUID) -> bytes | None:
    """What was answered to this action, if it was done before."""
    cursor.execute("SELECT result FROM journal_journalaction WHERE action = %s", [str(action)])
    found = cursor.fetchone()
    return bytes(found[0]) if found else None


def remember(
    cursor: CursorWrapper,
    *,
    action: UUID,
    actor: str,
    verb: str,
    first: int | None,
    last: int | None,
    result: bytes,
) -> None:
    """Keep the answer to an action, with the positions of its entries."""
    cursor.execute(
        "INSERT INTO journal_journalaction (action, actor, verb, first, last, result) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [str(action), actor, verb, first, last, result],
    )

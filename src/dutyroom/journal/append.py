"""Appending: entries in one order without gaps, chained by hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.journal.encoding import GENESIS, canonical, entry_hash
from dutyroom.journal.inserting import insert
from dutyroom.journal.read import Entry, Head, head

MOST_VERSIONS: Final = 50_000
_COLUMNS: Final = (
    "position, stream, version, type, recorded_at_ms, occurred_at_ms, "
    "actor, role, purpose, action, body, sealed, seal_key, prev_hash, hash"
)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry before it has its place: what was emitted, with who and when, and sealed.

    ``body`` is JSON, or its canonical bytes where they are at hand; ``sealed`` is ciphertext.
    """

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


class Tail:
    """The journal's end as one process knows it while it holds the lock.

    Saves asking the database before each append. `begin` compares it with the database once per
    group; what is undone there is undone here by `forget`.
    """

    def __init__(self) -> None:
        self.position, self.hash = -1, GENESIS
        self._versions: dict[str, int] = {}

    def begin(self, last: Head) -> None:
        """The journal ends there; another process may have written since our last group."""
        found = last.position, last.hash or GENESIS
        if found != self.mark() or len(self._versions) > MOST_VERSIONS:
            self._versions.clear()
        self.position, self.hash = found

    def mark(self) -> tuple[int, bytes]:
        """Where the journal ends now."""
        return self.position, self.hash

    def forget(self) -> None:
        """Nothing is known any more: the next `begin` asks anew."""
        self.position, self.hash = -1, GENESIS
        self._versions.clear()

    def know(self, versions: Mapping[str, int]) -> None:
        """The last versions of some streams, found under the lock: nobody asks for them again."""
        self._versions |= versions

    def next_version(self, cursor: CursorWrapper, stream: str) -> int:
        """The version of the stream's next entry."""
        if stream not in self._versions:
            self._versions[stream] = _version(cursor, stream)
        self._versions[stream] += 1
        return self._versions[stream]


def append(
    cursor: CursorWrapper, entries: Sequence[NewEntry], tail: Tail | None = None
) -> list[Entry]:
    """Append under the journal's lock, and give what is stored; committed with the transaction
    around it.

    ``tail`` is the one of the writer that runs this; without it, the database is asked.
    """
    if not entries:
        return []
    if tail is None:
        tail = Tail()
        tail.begin(head(cursor))
    position, prev_hash = tail.position, tail.hash
    rows, stored = [], []
    for one in entries:
        position += 1
        version = tail.next_version(cursor, one.stream)
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
            one.body if isinstance(one.body, bytes) else canonical(one.body),
            one.sealed,
            one.seal_key,
        )
        hash_ = entry_hash(prev_hash, fields)
        row = (*fields, prev_hash, hash_)
        rows.append(row)
        stored.append(Entry(*row))
        prev_hash = hash_
    insert(cursor, "journal_journalentry", _COLUMNS, rows)
    tail.position, tail.hash = position, prev_hash
    return stored


def _version(cursor: CursorWrapper, stream: str) -> int:
    """The last version of a stream: one step in the index, however long the stream is."""
    cursor.execute(
        "SELECT version FROM journal_journalentry WHERE stream = %s ORDER BY version DESC LIMIT 1",
        [stream],
    )
    found = cursor.fetchone()
    return int(found[0]) if found else 0

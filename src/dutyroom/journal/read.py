"""Reading entries, by cursor: the ORM would cost a model per row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

_COLUMNS: Final = (
    "position, stream, version, type, recorded_at_ms, occurred_at_ms, actor, role, purpose, "
    "action, body, sealed, seal_key, prev_hash, hash"
)
_SELECT: Final = f"SELECT {_COLUMNS} FROM journal_journalentry"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is stored, and as it was when it was appended: bytes, sealed, in its place."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at_ms: int
    occurred_at_ms: int
    actor: str
    role: str
    purpose: str
    action: str
    body: bytes
    sealed: bytes | None
    seal_key: str | None
    prev_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The journal's end: position 0 and no hash for an empty one."""

    position: int
    hash: bytes


def head(cursor: CursorWrapper) -> Head:
    """The last position and its hash."""
    cursor.execute("SELECT position, hash FROM journal_journalentry ORDER BY position DESC LIMIT 1")
    found = cursor.fetchone()
    return Head(int(found[0]), bytes(found[1])) if found else Head(0, b"")


def stream(cursor: CursorWrapper, name: str, after_version: int = 0) -> list[Entry]:
    """One stream's entries behind a version, in order."""
    cursor.execute(
        f"{_SELECT} WHERE stream = %s AND version > %s ORDER BY version", [name, after_version]
    )
    return _entries(cursor)


def streams(cursor: CursorWrapper, names: Sequence[str]) -> list[Entry]:
    """The entries of some streams, those of one together and in order."""
    marks = ", ".join(["%s"] * len(names))
    cursor.execute(f"{_SELECT} WHERE stream IN ({marks}) ORDER BY stream, version", list(names))
    return _entries(cursor)


def stream_until(cursor: CursorWrapper, name: str, position: int) -> list[Entry]:
    """One stream's entries up to a position, in order."""
    cursor.execute(
        f"{_SELECT} WHERE stream = %s AND position <= %s ORDER BY version", [name, position]
    )
    return _entries(cursor)


def entries(cursor: CursorWrapper, after: int, limit: int) -> list[Entry]:
    """Entries behind a position, at most ``limit``."""
    cursor.execute(f"{_SELECT} WHERE position > %s ORDER BY position LIMIT %s", [after, limit])
    return _entries(cursor)


def at(cursor: CursorWrapper, positions: Sequence[int]) -> list[Entry]:
    """The entries at these positions."""
    if not positions:
        return []
    marks = ", ".join(["%s"] * len(positions))
    cursor.execute(f"{_SELECT} WHERE position IN ({marks}) ORDER BY position", list(positions))
    return _entries(cursor)


def latest(cursor: CursorWrapper, name: str, type_: str) -> Entry | None:
    """The last entry of a type in a stream."""
    cursor.execute(
        f"{_SELECT} WHERE stream = %s AND type = %s ORDER BY version DESC LIMIT 1", [name, type_]
    )
    return next(iter(_entries(cursor)), None)


def streams_after(cursor: CursorWrapper, position: int) -> set[str]:
    """The streams that have entries behind a position."""
    cursor.execute(
        "SELECT DISTINCT stream FROM journal_journalentry WHERE position > %s", [position]
    )
    return {row[0] for row in cursor.fetchall()}


def stream_behind(cursor: CursorWrapper, name: str, after: int, limit: int) -> list[Entry]:
    """One stream's newest entries behind a position, newest first."""
    cursor.execute(
        f"{_SELECT} WHERE stream = %s AND position > %s ORDER BY version DESC LIMIT %s",
        [name, after, limit],
    )
    return _entries(cursor)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for: all of what is given must hold.

    ``reads`` chooses readings, otherwise everything else; ``streams`` and ``positions`` are the
    only ones that count where they are given. Nothing is looked for in a body.
    """

    reads: bool = False
    actor: str | None = None
    streams: Sequence[str] | None = None
    positions: Sequence[int] | None = None
    from_ms: int | None = None
    """Recorded at this time or later."""
    to_ms: int | None = None
    """Recorded before this time."""


def found(
    cursor: CursorWrapper, wanted: Wanted, before: int | None, limit: int, reads_stream: str
) -> list[Entry]:
    """Entries that are wanted, below a position where one is given, newest first."""
    terms: list[tuple[str, list[Any]]] = [
        (f"stream {'=' if wanted.reads else '<>'} %s", [reads_stream])
    ]
    if wanted.actor is not None:
        terms.append(("actor = %s", [wanted.actor]))
    for column, values in (("stream", wanted.streams), ("position", wanted.positions)):
        if values is not None:
            marks = ", ".join(["%s"] * len(values))
            terms.append((f"{column} IN ({marks})" if values else "1 = 0", list(values)))
    if wanted.from_ms is not None:
        terms.append(("recorded_at_ms >= %s", [wanted.from_ms]))
    if wanted.to_ms is not None:
        terms.append(("recorded_at_ms < %s", [wanted.to_ms]))
    if before is not None:
        terms.append(("position < %s", [before]))
    where = " AND ".join(term for term, _ in terms)
    values = [value for _, given in terms for value in given]
    cursor.execute(f"{_SELECT} WHERE {where} ORDER BY position DESC LIMIT %s", [*values, limit])
    return _entries(cursor)


def _entries(cursor: CursorWrapper) -> list[Entry]:
    return [_entry(row) for row in cursor.fetchall()]


def _entry(row: Sequence[Any]) -> Entry:
    columns = list(row)
    for index in (10, 11, 13, 14):  # PostgreSQL hands binary columns out as memoryviews
        if columns[index] is not None:
            columns[index] = bytes(columns[index])
    return Entry(*columns)

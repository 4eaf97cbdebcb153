"""Keys: one for each call and each incident, wrapped by the centre's key in a file of mode 0600."""

import secrets
import stat
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.db.backends.utils import CursorWrapper

from dutyroom.journal.inserting import insert
from dutyroom.machine.files import make_once

KEY_FILE: Final = "centre.key"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class KeyRefused(Exception):
    """The centre's key file is missing, open to others, or damaged. Says what to do."""


class KeyErased(Exception):
    """The key of this record was erased: its personal data is gone for good."""


class LogHeld(Exception):
    """Erased keys are still in SQLite's log, because somebody reads from it. Try again."""


def centre_key(folder: Path) -> bytes:
    """Read the centre's key, or make it. Raises `KeyRefused`.

    A room asks by way of `open_key`, which makes none beside a journal.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / KEY_FILE
    if not file.exists():
        make_once(file, secrets.token_bytes(KEY_BYTES))
    if not file.is_file():
        raise KeyRefused(f"{file} is no file: restore it from the backup. Without it nothing opens")
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise KeyRefused(f"{file} is open to others (mode {mode:04o}). Run: chmod 600 {file}")
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyRefused(f"{file} is damaged: restore it from the backup. Without it nothing opens")
    return key


type _Rows = Mapping[str, bytes | None]
"""Wrapped keys by name, None for one that was erased; what isn't there was never made."""


class Keyring:
    """Keys by name (``call:<id>``, ``incident:<id>``, ``emergency:<unit>:<when>``), made when first
    needed.

    The row is asked each time (12 us on SQLite, 80 us on PostgreSQL), or once by a group of writes:
    an erased key then opens nothing in any process from that moment, and no key outlives a
    transaction that was undone.
    """

    def __init__(self, centre: bytes) -> None:
        self._centre = AESGCM(centre)
        self._group: dict[str, bytes] = {}
        self._asked: frozenset[str] = frozenset()
        self._found: _Rows = {}
        self._proved = False

    def get(self, cursor: CursorWrapper, name: str) -> bytes:
        """The key of a record. Raises `KeyErased`; `KeyError` if there is none."""
        return self._opened(name, _rows(cursor, [name]))

    def know(self, names: Collection[str], found: _Rows) -> None:
        """What there is, under the journal's lock, of the keys that a group of writes will probably
        `make`. They stay wrapped, and are known so until `committed` or `undone`."""
        self._asked, self._found = frozenset(names), found

    def make(self, cursor: CursorWrapper, name: str, now_ms: int) -> bytes:
        """The key of a record under the journal's lock, made if there is none.

        Asks once per group of writes, until `committed` or `undone`. Raises `KeyErased`, and
        `KeyRefused` if the centre's key is not the one that made the keys before.
        """
        if name not in self._group:
            rows = self._found if name in self._asked else _rows(cursor, [name])
            try:
                self._group[name] = self._opened(name, rows)
            except KeyError:
                self._group[name] = self._new(cursor, name, now_ms)
        return self._group[name]

    def committed(self) -> None:
        """The group is on the disk."""
        self.undone()

    def undone(self) -> None:
        """Some of the group did not happen: keys that it made may not exist."""
        self._group.clear()
        self._asked, self._found = frozenset(), {}

    def _new(self, cursor: CursorWrapper, name: str, now_ms: int) -> bytes:
        self.prove(cursor)
        key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
        wrapped = nonce + self._centre.encrypt(nonce, key, name.encode())
        insert(cursor, "journal_journalkey", "name, wrapped, made_at_ms", [(name, wrapped, now_ms)])
        return key

    def prove(self, cursor: CursorWrapper) -> None:
        """Raises `KeyRefused` if this is another centre's key than the one that made the keys: a
        second one must not seal beside the work of the first."""
        if self._proved:
            return
        cursor.execute(
            "SELECT name, wrapped FROM journal_journalkey WHERE wrapped IS NOT NULL LIMIT 1"
        )
        for name, wrapped in cursor.fetchall():
            self._unwrap(name, bytes(wrapped))
        self._proved = True

    def _opened(self, name: str, rows: _Rows) -> bytes:
        wrapped = rows[name]
        if wrapped is None:
            raise KeyErased(name)
        return self._unwrap(name, wrapped)

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._centre.decrypt(nonce, ciphertext, name.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: cut too short to hold a nonce
            raise KeyRefused(
                f"the key of {name} does not open: the centre's key is not the one it was made "
                f"with. Restore {KEY_FILE} from the backup"
            ) from error


def _rows(cursor: CursorWrapper, names: Collection[str]) -> _Rows:
    marks = ", ".join(["%s"] * len(names))
    cursor.execute(
        f"SELECT name, wrapped FROM journal_journalkey WHERE name IN ({marks})", list(names)
    )
    return {name: None if kept is None else bytes(kept) for name, kept in cursor.fetchall()}


def erase(cursor: CursorWrapper, name: str, now_ms: int) -> None:
    """Erase a record's key: what it sealed is gone, and the journal still verifies.

    Call `truncate_log` after the commit: until then SQLite still has the old page in its log.
    """
    cursor.execute(
        "UPDATE journal_journalkey SET wrapped = NULL, erased_at_ms = %s "
        "WHERE name = %s AND wrapped IS NOT NULL",
        [now_ms, name],
    )


def truncate_log() -> None:
    """Make SQLite let go of overwritten pages. Raises `LogHeld` while a reader still needs them.

    PostgreSQL lets go of them in its own time: with its next vacuum and as its log is recycled.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _, _ = cursor.fetchone()
        if busy:
            raise LogHeld("a reader holds SQLite's log: erased keys are still in it. Try again")

"""Keys: one for each call and each incident, wrapped by the centre's key in a file of mode 0600."""

import os
import secrets
import stat
from collections import OrderedDict
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.db.backends.utils import CursorWrapper

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
MOST_KEPT: Final = 10_000


class KeyRefused(Exception):
    """The centre's key file is missing, open to others, or damaged. Says what to do."""


class KeyErased(Exception):
    """The key of this record was erased: its personal data is gone for good."""


def centre_key(folder: Path) -> bytes:
    """Read the centre's key, or make it at the first start. Raises `KeyRefused`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "centre.key"
    if not file.exists():
        _make(file)
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise KeyRefused(f"{file} is open to others (mode {mode:04o}). Run: chmod 600 {file}")
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyRefused(f"{file} is damaged: restore it from the backup. Without it nothing opens")
    return key


def _make(file: Path) -> None:
    """Written aside, synced, then linked into place: two starting processes agree on one key."""
    half = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(secrets.token_bytes(KEY_BYTES))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(half, file)
    except FileExistsError:
        pass  # another process was faster: its key counts
    finally:
        half.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Keyring:
    """Keys by name (``call:<id>``, ``incident:<id>``), made when first needed."""

    def __init__(self, centre: bytes) -> None:
        self._centre = AESGCM(centre)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._fresh: dict[str, bytes] = {}

    def get(self, cursor: CursorWrapper, name: str) -> bytes:
        """The key of a record, from outside a transaction that made it; kept in memory.

        Raises `KeyErased`; `KeyError` if there never was one.
        """
        return self._keep(name, self._find(cursor, name))

    def make(self, cursor: CursorWrapper, name: str, now_ms: int) -> bytes:
        """The key of a record, made if there is none. Raises `KeyErased`.

        One that is made here is kept apart until `committed`: its transaction may yet be undone.
        """
        if name in self._fresh:
            return self._fresh[name]
        try:
            return self._keep(name, self._find(cursor, name))
        except KeyError:
            key = self._fresh[name] = secrets.token_bytes(KEY_BYTES)
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = nonce + self._centre.encrypt(nonce, key, name.encode())
        cursor.execute(
            "INSERT INTO journal_journalkey (name, wrapped, made_at_ms) VALUES (%s, %s, %s)",
            [name, wrapped, now_ms],
        )
        return key

    def committed(self) -> None:
        """The keys that were made are on the disk."""
        for name, key in self._fresh.items():
            self._keep(name, key)
        self._fresh.clear()

    def undone(self) -> None:
        """The keys that were made since the last commit may not exist."""
        self._fresh.clear()

    def _keep(self, name: str, key: bytes) -> bytes:
        self._kept[name] = key
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return key

    def _find(self, cursor: CursorWrapper, name: str) -> bytes:
        if name in self._kept:
            return self._kept[name]
        cursor.execute("SELECT wrapped FROM journal_journalkey WHERE name = %s", [name])
        found = cursor.fetchone()
        if found is None:
            raise KeyError(name)
        if found[0] is None:
            raise KeyErased(name)
        return self._unwrap(name, bytes(found[0]))

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._centre.decrypt(nonce, ciphertext, name.encode())
        except InvalidTag as error:
            raise KeyRefused(
                f"the key of {name} does not open: the centre's key is not the one it was made with"
            ) from error


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
    """Make SQLite let go of overwritten pages; PostgreSQL keeps its log by its own rules."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""Personal data opens with its key and no longer; no acknowledged data is without a key."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from dutyroom.journal import read
from dutyroom.journal.beginning import begin
from dutyroom.journal.keys import (
    KeyErased,
    KeyRefused,
    Keyring,
    LogHeld,
    centre_key,
    erase,
    truncate_log,
)
from dutyroom.journal.seal import SealBroken, Sealer
from dutyroom.journal.transactions import lock, transaction

ACTION = uuid4()
TYPE = "call.received.v1"


def seal(sealer: Sealer, name: str = "call:1") -> bytes:
    """Seal something inside the transaction that is open."""
    with connection.cursor() as cursor:
        lock(cursor)
        return sealer.seal(cursor, name, {"number": "123"}, type_=TYPE, action=ACTION, now_ms=1)


def entry(sealed: bytes, *, action: str = str(ACTION)) -> read.Entry:
    return read.Entry(
        1, "call:1", 1, TYPE, 1, 1, "a", "r", "p", action,
        b"{}", sealed, "call:1", bytes(32), bytes(32),
    )  # fmt: skip


def erase_committed(name: str) -> None:
    with transaction(), connection.cursor() as cursor:
        erase(cursor, name, 2)


def wrapped_key(name: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM journal_journalkey WHERE name = %s", [name])
        return bytes(cursor.fetchone()[0])


@pytest.fixture
def keyring(empty_home: Path) -> Keyring:
    return Keyring(centre_key(settings.HOME.key))


@pytest.fixture
def reading_from_outside(empty_home: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else who has SQLite's file open."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets go of old pages by its own rules")
    with closing(sqlite3.connect(settings.HOME.database, isolation_level=None)) as other:
        yield other


@pytest.mark.db
def test_a_sealed_body_opens_only_where_it_was_sealed_and_unaltered(keyring: Keyring) -> None:
    sealer = Sealer(keyring)
    with transaction():
        sealed = seal(sealer)
    assert sealer.unseal(entry(sealed)) == {"number": "123"}
    with pytest.raises(SealBroken):
        sealer.unseal(entry(sealed, action="other"))
    for at in (0, 5, 40, len(sealed) - 1):
        bent = bytes(b ^ 1 if i == at else b for i, b in enumerate(sealed))
        with pytest.raises(SealBroken):
            sealer.unseal(entry(bent))


@pytest.mark.db
def test_an_erased_key_opens_nothing_from_that_moment_in_any_process(keyring: Keyring) -> None:
    here, elsewhere = Sealer(keyring), Sealer(Keyring(centre_key(settings.HOME.key)))
    with transaction():
        sealed = seal(here)
    keyring.committed()
    assert here.unseal(entry(sealed)) == elsewhere.unseal(entry(sealed))
    erase_committed("call:1")
    for sealer in (here, elsewhere):
        with pytest.raises(KeyErased):
            sealer.unseal(entry(sealed))
        with pytest.raises(KeyErased), transaction():
            seal(sealer)


@pytest.mark.db
def test_no_bytes_of_an_erased_key_are_left_in_the_files(
    keyring: Keyring, empty_home: Path, reading_from_outside: sqlite3.Connection
) -> None:
    with transaction():
        seal(Sealer(keyring))
    wrapped = wrapped_key("call:1")
    files = list(empty_home.glob("dutyroom.sqlite3*"))
    assert any(wrapped in file.read_bytes() for file in files)
    erase_committed("call:1")
    truncate_log()
    assert not any(wrapped in file.read_bytes() for file in files)


@pytest.mark.db
def test_it_is_said_when_a_reader_keeps_an_erased_key_in_the_log(
    keyring: Keyring, reading_from_outside: sqlite3.Connection
) -> None:
    with transaction():
        seal(Sealer(keyring))
    reading_from_outside.execute("BEGIN")
    reading_from_outside.execute("SELECT * FROM journal_journalkey").fetchall()
    erase_committed("call:1")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=10")
    with pytest.raises(LogHeld):
        truncate_log()
    reading_from_outside.execute("COMMIT")
    truncate_log()


@pytest.mark.db
def test_what_is_sealed_after_a_group_that_failed_has_its_key_on_the_disk(keyring: Keyring) -> None:
    sealer = Sealer(keyring)

    def group_that_fails() -> None:
        with transaction():
            seal(sealer)
            keyring.undone()  # another piece of the group failed
            seal(sealer)  # finds the key in its own transaction
            raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        group_that_fails()
    keyring.undone()
    with transaction():
        sealed = seal(sealer)  # tried again alone, and acknowledged
    keyring.committed()
    after_a_restart = Sealer(Keyring(centre_key(settings.HOME.key)))
    assert after_a_restart.unseal(entry(sealed)) == {"number": "123"}


@pytest.mark.db
def test_a_folder_in_the_place_of_the_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "centre.key").mkdir(mode=0o700)
    with pytest.raises(KeyRefused, match="no file: restore it"):
        centre_key(tmp_path)


def test_a_lost_centre_key_is_noticed_before_anything_is_sealed_with_a_new_one(
    keyring: Keyring,
) -> None:
    with transaction():
        seal(Sealer(keyring))
    (settings.HOME.key / "centre.key").unlink()
    another = Sealer(Keyring(centre_key(settings.HOME.key)))
    with pytest.raises(KeyRefused, match="backup"), transaction():
        seal(another, "call:2")


@pytest.mark.unit
def test_the_centres_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    key = centre_key(tmp_path)
    file = tmp_path / "centre.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert centre_key(tmp_path) == key
    file.chmod(0o644)
    with pytest.raises(KeyRefused, match="chmod 600"):
        centre_key(tmp_path)
    file.chmod(0o600)
    file.write_bytes(key[:5])
    with pytest.raises(KeyRefused, match="damaged"):
        centre_key(tmp_path)


@pytest.mark.unit
def test_two_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: centre_key(tmp_path), range(8)))
    assert len(keys) == 1


@pytest.mark.db
def test_keys_that_a_group_asks_for_together_are_those_that_it_would_ask_for_one_by_one(
    keyring: Keyring,
) -> None:
    with transaction(), connection.cursor() as cursor:
        lock(cursor)
        kept = keyring.make(cursor, "call:kept", 1)
        keyring.make(cursor, "call:erased", 1)
        erase(cursor, "call:erased", 2)
    keyring.committed()
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with transaction(), connection.cursor() as cursor:
        with connection.execute_wrapper(note):
            asked = {"call:kept", "call:erased", "call:new"}
            keyring.know(asked, begin(cursor, [], asked).keys)
            assert keyring.make(cursor, "call:kept", 3) == kept
            with pytest.raises(KeyErased):
                keyring.make(cursor, "call:erased", 3)
        assert len([one for one in sent if "journal_journalkey" in one]) == 1
        new = keyring.make(cursor, "call:new", 3)
        assert keyring.make(cursor, "call:new", 3) == keyring.get(cursor, "call:new") == new
        not_asked = keyring.make(cursor, "call:not-asked", 3)
        assert keyring.get(cursor, "call:not-asked") == not_asked


@pytest.mark.db
@pytest.mark.parametrize("end", ["committed", "undone"])
def test_what_a_group_was_told_of_keys_is_not_believed_in_the_next(
    keyring: Keyring, end: str
) -> None:
    with transaction(), connection.cursor() as cursor:
        lock(cursor)
        keyring.make(cursor, "call:1", 1)
    keyring.committed()
    with transaction(), connection.cursor() as cursor:
        keyring.know(["call:1"], begin(cursor, [], ["call:1"]).keys)
    getattr(keyring, end)()
    erase_committed("call:1")
    with transaction(), connection.cursor() as cursor:
        lock(cursor)
        with pytest.raises(KeyErased):
            keyring.make(cursor, "call:1", 3)

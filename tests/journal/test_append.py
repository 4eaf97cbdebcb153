"""One order without gaps, whoever writes; a failed piece of work leaves nothing."""

import hashlib
import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.actions.checking import check_journal
from dutyroom.journal import append as journal
from dutyroom.journal import read
from dutyroom.journal.encoding import canonical, entry_hash
from dutyroom.journal.keys import KeyErased, KeyRefused, Keyring, centre_key, erase, truncate_log
from dutyroom.journal.seal import SealBroken, Sealer
from dutyroom.journal.transactions import lock, transaction
from dutyroom.journal.writer import GroupWriter, Listener

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)


class Nobody(Listener):
    def begin(self, cursor: CursorWrapper, position: int) -> None: ...
    def keep(self) -> None: ...
    def drop(self) -> None: ...
    def committed(self, position: int, hash_: bytes) -> None: ...
    def rolled_back(self) -> None: ...


def entry(stream: str = "unit:1", action: UUID | None = None) -> journal.NewEntry:
    return journal.NewEntry(
        stream=stream,
        type="unit.heard_from.v1",
        recorded_at_ms=1,
        occurred_at_ms=1,
        actor="a",
        role="dispatcher",
        purpose="dispatch",
        action=action or uuid4(),
        body={},
        sealed=None,
        seal_key=None,
    )


@pytest.mark.unit
@given(JSON)
def test_canonical_json_reads_back_and_is_always_the_same_bytes(value: object) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


@pytest.mark.unit
def test_the_hash_can_be_reckoned_by_an_outsider() -> None:
    fields = (1, "unit:1", 1, "t", 2, 3, "a", "r", "p", "x", b"{}", None, None)
    said = b"dutyroom/entry/1\n" + bytes(32)
    for part in (b"1", b"unit:1", b"1", b"t", b"2", b"3", b"a", b"r", b"p", b"x", b"{}"):
        said += len(part).to_bytes(8, "big") + part
    said += b"\xff" * 8 * 2
    assert entry_hash(bytes(32), fields) == hashlib.sha256(said).digest()


@pytest.mark.db
def test_many_writers_make_one_chain_without_gaps(empty_home: Path) -> None:
    writers = [GroupWriter(Nobody()) for _ in range(4)]  # as four processes would

    def write(n: int) -> None:
        stream = f"unit:{n % 5}"
        writers[n % 4].run(lambda cursor: journal.append(cursor, [entry(stream), entry("unit:x")]))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(120)))
    for writer in writers:
        writer.stop()
    with connection.cursor() as cursor:
        assert read.head(cursor).position == 240
    assert check_journal().ok


@pytest.mark.db
def test_work_that_fails_leaves_no_gap_and_harms_nobody_else(empty_home: Path) -> None:
    writer = GroupWriter(Nobody())
    hold = threading.Event()

    def wait(_cursor: CursorWrapper) -> None:
        hold.wait(5)

    def fail(cursor: CursorWrapper) -> None:
        journal.append(cursor, [entry()])
        raise LookupError("ours")

    def break_the_database(cursor: CursorWrapper) -> None:
        journal.append(cursor, [entry()])
        cursor.execute("SELECT * FROM there_is_no_such_table")

    first = writer.submit(wait)  # the others gather behind it into one group
    good = [writer.submit(lambda cursor: journal.append(cursor, [entry()])) for _ in range(3)]
    bad, broken = writer.submit(fail), writer.submit(break_the_database)
    more = writer.submit(lambda cursor: journal.append(cursor, [entry()]))
    hold.set()
    first.result()
    with pytest.raises(LookupError):
        bad.result()
    assert "no_such_table" in str(broken.exception())
    positions = [future.result()[0].position for future in (*good, more)]
    writer.stop()
    assert sorted(positions) == [1, 2, 3, 4]
    assert check_journal().ok


@pytest.mark.db
def test_sealed_data_opens_until_its_key_is_erased(empty_home: Path) -> None:
    sealer = Sealer(Keyring(centre_key(settings.HOME.key)))
    action = uuid4()
    with transaction(), connection.cursor() as cursor:
        lock(cursor)
        kind = {"type_": "call.received.v1", "action": action, "now_ms": 1}
        sealed = sealer.seal(cursor, "call:1", {"number": "123"}, **kind)
    whole = read.Entry(
        1, "call:1", 1, "call.received.v1", 1, 1, "a", "r", "p", str(action),
        b"{}", sealed, "call:1", bytes(32), bytes(32),
    )  # fmt: skip
    assert sealer.unseal(whole) == {"number": "123"}
    moved = read.Entry(*(getattr(whole, f) if f != "action" else "other" for f in whole.__slots__))
    with pytest.raises(SealBroken):
        sealer.unseal(moved)
    for at in (0, 5, 40, len(sealed) - 1):
        bent = bytes(b ^ 1 if i == at else b for i, b in enumerate(sealed))
        forged = read.Entry(
            *(getattr(whole, f) if f != "sealed" else bent for f in whole.__slots__)
        )
        with pytest.raises(SealBroken):
            sealer.unseal(forged)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM journal_journalkey WHERE name = 'call:1'")
        wrapped = bytes(cursor.fetchone()[0])
    with transaction(), connection.cursor() as cursor:
        erase(cursor, "call:1", 2)
    truncate_log()
    for file in empty_home.glob("dutyroom.sqlite3*"):
        assert wrapped not in file.read_bytes()
    afterwards = Sealer(Keyring(centre_key(settings.HOME.key)))
    with pytest.raises(KeyErased):
        afterwards.unseal(whole)


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

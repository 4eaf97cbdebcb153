"""One order without gaps, whoever writes; a failed piece of work leaves nothing."""

import hashlib
import json
import queue
import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.actions.checking import check_journal
from dutyroom.journal import append as journal
from dutyroom.journal import read
from dutyroom.journal.encoding import canonical, entry_hash
from dutyroom.journal.writer import GroupWriter, Listener

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)

MOMENT_S = 0.5
"""Long enough for whoever doesn't wait to be done."""


class Nobody(Listener):
    def begin(self, cursor: CursorWrapper, position: int) -> None: ...
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
@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_json_or_utf8_cannot_say_is_not_stored(value: object) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        canonical({"x": value})


@pytest.mark.unit
def test_the_hash_can_be_calculated_by_an_outsider() -> None:
    fields = (1, "unit:1", 1, "t", 2, 3, "a", "r", "p", "x", b"{}", None, None)
    said = b"dutyroom/entry/1\n" + bytes(32)
    for part in (b"1", b"unit:1", b"1", b"t", b"2", b"3", b"a", b"r", b"p", b"x", b"{}"):
        said += len(part).to_bytes(8, "big") + part
    said += b"\xff" * 8 * 2
    assert entry_hash(bytes(32), fields) == hashlib.sha256(said).digest()


@pytest.mark.unit
def test_the_hashes_in_the_documentation_are_right() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "background" / "journal.md"
    [block] = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    prev_hash = bytes(32)
    for vector in json.loads(block):
        fields = [*vector["fields"]]
        fields[10] = fields[10].encode()  # body
        fields[11] = None if fields[11] is None else bytes.fromhex(fields[11])  # sealed
        prev_hash = entry_hash(prev_hash, tuple(fields))
        assert prev_hash.hex() == vector["hash"]


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
@pytest.mark.parametrize("beside", ["nobody", "work that fails"])
def test_an_action_that_is_asked_for_twice_in_one_group_is_done_once(
    empty_home: Path, beside: str
) -> None:
    writer, hold, action = GroupWriter(Nobody()), threading.Event(), uuid4()

    def wait(_cursor: CursorWrapper) -> None:
        hold.wait(5)

    def do(cursor: CursorWrapper) -> bytes:
        kept = writer.answered.recall(action)
        if kept is None:
            [stored] = journal.append(cursor, [entry(action=action)], writer.tail)
            at = stored.position
            writer.answered.remember(
                action, f"at {at}".encode(), actor="a", verb="v", first=at, last=at
            )
            kept = f"at {at}".encode()
        return kept

    def fail(_cursor: CursorWrapper) -> None:
        raise LookupError("ours")

    first = writer.submit(wait)  # the others gather behind it into one group
    both = [writer.submit(do, action) for _ in range(2)]
    failing = writer.submit(fail) if beside != "nobody" else None
    hold.set()
    first.result()
    assert [one.result() for one in both] == [b"at 1", b"at 1"]
    assert failing is None or isinstance(failing.exception(), LookupError)
    assert writer.run(do, action) == b"at 1"
    writer.stop()
    with connection.cursor() as cursor:
        assert read.head(cursor).position == 1
        cursor.execute("SELECT action, first, last FROM journal_journalaction")
        assert cursor.fetchall() == [(str(action), 1, 1)]


@pytest.mark.db
def test_an_action_may_have_more_entries_than_one_statement_takes(empty_home: Path) -> None:
    writer, many = GroupWriter(Nobody()), [entry(f"unit:{n}") for n in range(5_000)]
    written = writer.run(lambda cursor: journal.append(cursor, many))
    writer.stop()
    assert [one.position for one in written] == list(range(1, 5_001))
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
def test_work_after_one_that_fails_in_a_group_is_done_in_the_order_it_came(
    empty_home: Path,
) -> None:
    writer = GroupWriter(Nobody())
    hold = threading.Event()
    runs: list[int] = []

    def work(n: int, cursor: CursorWrapper) -> int:
        runs.append(n)
        [stored] = journal.append(cursor, [entry()], writer.tail)
        if n == 2:
            raise LookupError("ours")
        return stored.position

    first = writer.submit(lambda _cursor: hold.wait(5))
    answers = [writer.submit(partial(work, n)) for n in range(5)]
    hold.set()
    assert first.result()
    assert [one.exception() is None for one in answers] == [True, True, False, True, True]
    assert [one.result() for n, one in enumerate(answers) if n != 2] == [1, 2, 3, 4]
    writer.stop()
    assert runs == [0, 1, 2, *range(5)]
    assert check_journal().ok


@pytest.mark.db
def test_postgresql_keeps_the_writers_statements_prepared_whatever_their_values(
    empty_home: Path,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps each statement by itself")
    writer = GroupWriter(Nobody())

    def kept(cursor: CursorWrapper) -> list[str]:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]

    values = [(None, 1), (b"sealed", 1 << 40), (b"", 40_000)]  # NULL, and numbers of each size
    for sealed, at_ms in values * 6:
        one = replace(entry(), sealed=sealed, recorded_at_ms=at_ms)
        writer.run(lambda cursor, one=one: journal.append(cursor, [one]))
    assert any("INSERT INTO journal_journalentry" in one for one in writer.run(kept))
    writer.stop()
    with connection.cursor() as cursor:
        stored = read.stream(cursor, "unit:1")
    assert [(one.sealed, one.recorded_at_ms) for one in stored] == values * 6
    assert check_journal().ok


@pytest.mark.db
@pytest.mark.parametrize("others", [0, 1])
def test_what_the_database_will_never_take_is_not_called_unsaved_and_to_be_sent_again(
    empty_home: Path, others: int
) -> None:
    """Alone, and in a group with work that is good."""
    writer = GroupWriter(Nobody())
    hold = threading.Event()

    def make_a_key_twice(cursor: CursorWrapper) -> None:
        journal.append(cursor, [entry()])
        for _ in range(2):
            cursor.execute("INSERT INTO journal_journalkey (name, made_at_ms) VALUES ('x', 1)")

    first = writer.submit(lambda _cursor: hold.wait(5))
    broken = writer.submit(make_a_key_twice)
    good = [writer.submit(lambda cursor: journal.append(cursor, [entry()])) for _ in range(others)]
    hold.set()
    assert first.result()
    with pytest.raises(IntegrityError):
        broken.result()
    assert [one.result()[0].position for one in good] == [1] * others
    writer.stop()
    assert check_journal().ok


@pytest.mark.db
def test_what_was_committed_is_answered_even_if_what_follows_fails(empty_home: Path) -> None:
    class NoSpaceForACheckpoint(Nobody):
        def committed(self, position: int, hash_: bytes) -> None:
            raise OSError("no space left on device")

    writer = GroupWriter(NoSpaceForACheckpoint())
    for expected in (1, 2):
        answer = writer.submit(lambda cursor: journal.append(cursor, [entry()]))
        assert answer.result(timeout=30)[0].position == expected
    writer.stop()
    assert check_journal().ok


@pytest.mark.db
def test_what_is_submitted_while_the_writer_stops_is_done_and_it_stops_all_the_same(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working, hold, stopping = threading.Event(), threading.Event(), threading.Event()

    class Queue(queue.SimpleQueue[object]):
        def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:
            super().put(item, block, timeout)
            if item is None:
                stopping.set()

    def wait(cursor: CursorWrapper) -> list[read.Entry]:
        working.set()
        assert hold.wait(10)
        return journal.append(cursor, [entry()])

    with monkeypatch.context() as patched:
        patched.setattr(queue, "SimpleQueue", Queue)
        writer = GroupWriter(Nobody())
    first = writer.submit(wait)
    assert working.wait(10)
    # Daemons: if one of them waits for ever, the test ends all the same.
    stop = threading.Thread(target=writer.stop, daemon=True)
    stop.start()
    assert stopping.wait(10)
    second: Future[list[read.Entry]] = Future()
    submit = threading.Thread(
        target=lambda: second.set_result(
            writer.run(lambda cursor: journal.append(cursor, [entry()]))
        ),
        daemon=True,
    )
    submit.start()
    submit.join(MOMENT_S)
    hold.set()
    assert [one.position for future in (first, second) for one in future.result(10)] == [1, 2]
    stop.join(10)
    assert not stop.is_alive()
    writer.stop()
    assert check_journal().ok


@pytest.mark.db
def test_an_entry_is_in_no_index_but_those_of_its_places(empty_home: Path) -> None:
    """Each one more is one more page that every action writes."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "journal_journalentry")
    indexes = {tuple(one["columns"]) for one in found.values() if one["index"] or one["unique"]}
    assert indexes <= {("position",), ("stream", "version")}

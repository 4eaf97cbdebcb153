"""What a group writes goes to the database by few statements, and nobody sees less than it wrote."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyroom.journal.gathering import Gathering
from dutyroom.journal.inserting import insert, upsert
from dutyroom.journal.keys import Keyring
from dutyroom.journal.transactions import transaction, writing
from dutyroom.journal.writer import GroupWriter

from .test_append import Nobody

pytestmark = pytest.mark.db

TABLE = "test_gathered"


@pytest.fixture(autouse=True)
def _table(empty_home: Path) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id varchar(9) PRIMARY KEY, a int, b int)")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def row(cursor: CursorWrapper, id_: str, a: int = 0) -> None:
    insert(cursor, TABLE, "id, a", [(id_, a)])


def rows(cursor: CursorWrapper) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT id, a, b FROM {TABLE} ORDER BY id")
    return cursor.fetchall()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What this thread sends to the database."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


def test_rows_of_one_kind_are_written_by_one_statement() -> None:
    with statements() as sent, writing() as cursor:
        for n in range(5):
            row(cursor, str(n))
    assert len([one for one in sent if TABLE in one]) == 1
    with connection.cursor() as cursor:
        assert [one[0] for one in rows(cursor)] == ["0", "1", "2", "3", "4"]


def test_whatever_else_the_group_asks_sees_what_it_wrote() -> None:
    with writing() as cursor:
        row(cursor, "1")
        assert rows(cursor) == [("1", 0, None)]
        row(cursor, "2")
        cursor.executemany(f"UPDATE {TABLE} SET b = %s WHERE id = %s", [(7, "2")])
        row(cursor, "3")
        assert rows(cursor) == [("1", 0, None), ("2", 0, 7), ("3", 0, None)]


ONE = st.tuples(
    st.sampled_from("xyz"),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 9), min_size=1),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 9)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ONE, max_size=12))
def test_gathered_rows_come_to_the_same_as_rows_one_by_one(
    told: list[tuple[str, dict[str, int], dict[str, int]]],
) -> None:
    found = []
    for gathers in (True, False):
        with transaction(), connection.cursor() as plain:
            plain.execute(f"DELETE FROM {TABLE}")
            cursor = Gathering(plain.cursor, connection) if gathers else plain
            for id_, values, only_new in told:
                fresh = {name: one for name, one in only_new.items() if name not in values}
                upsert(cursor, TABLE, id_, values, only_new=fresh)
            found.append(rows(cursor))
    assert found[0] == found[1]


def test_a_row_that_the_database_refuses_harms_only_whoever_wrote_it() -> None:
    writer, hold = GroupWriter(Nobody()), threading.Event()

    def twice(cursor: CursorWrapper) -> None:
        row(cursor, "bad")
        row(cursor, "bad")

    first = writer.submit(lambda _cursor: hold.wait(5))  # the others gather into one group
    before = writer.submit(lambda cursor: row(cursor, "1"))
    bad = writer.submit(twice)
    after = writer.submit(lambda cursor: row(cursor, "2"))
    hold.set()
    assert first.result()
    assert isinstance(bad.exception(), IntegrityError)
    assert (before.exception(), after.exception()) == (None, None)
    writer.stop()
    with connection.cursor() as cursor:
        assert [one[0] for one in rows(cursor)] == ["1", "2"]


def test_what_work_that_fails_had_written_is_not_written_with_the_next() -> None:
    writer = GroupWriter(Nobody())

    def fail(cursor: CursorWrapper) -> None:
        row(cursor, "bad")
        raise LookupError("ours")

    with pytest.raises(LookupError):
        writer.run(fail)
    writer.run(lambda cursor: row(cursor, "good"))
    writer.stop()
    with connection.cursor() as cursor:
        assert [one[0] for one in rows(cursor)] == ["good"]


def test_a_group_goes_to_the_database_once_to_begin_and_once_to_end() -> None:
    writer = GroupWriter(Nobody(), Keyring(bytes(32)))
    sent: list[str] = []

    def work(cursor: CursorWrapper) -> None:
        row(cursor, "1")

    def watched(cursor: CursorWrapper) -> None:
        connection.execute_wrappers.append(note)
        row(cursor, "0")

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    writer.run(watched, uuid4())  # from here on, on the writer's thread
    sent.clear()
    writer.run(work, uuid4(), ["call:1"])
    writer.stop()
    asked = [one for one in sent if one.startswith("SELECT") and "_lock" not in one]
    assert len(asked) == 1
    assert len([one for one in sent if one.startswith("INSERT")]) == 1


def test_a_row_refused_at_the_commit_leaves_nothing_of_the_transaction() -> None:
    def twice() -> None:
        with writing() as cursor:
            row(cursor, "1")
            insert(cursor, TABLE, "id, a", [("2", 0), ("1", 0)])

    with pytest.raises(IntegrityError):
        twice()
    with connection.cursor() as cursor:
        assert rows(cursor) == []
    with writing() as cursor:
        row(cursor, "2")
    with connection.cursor() as cursor:
        assert rows(cursor) == [("2", 0, None)]

"""Work that comes alone is done by the thread that brings it; what else is true of work stays so."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from dutyroom.actions.checking import check_journal
from dutyroom.journal import append as journal
from dutyroom.journal import read
from dutyroom.journal.writer import GroupWriter

from .test_append import Nobody, entry

pytestmark = pytest.mark.db


@pytest.fixture
def writer(empty_home: Path) -> Iterator[GroupWriter]:
    made = GroupWriter(Nobody())
    yield made
    made.stop()
    assert check_journal().ok


def whose(_cursor: CursorWrapper) -> tuple[int, Any]:
    """The thread that does the work, and its connection."""
    return threading.get_ident(), connections["default"]


def add(cursor: CursorWrapper) -> read.Entry:
    [stored] = journal.append(cursor, [entry()])
    return stored


def test_it_is_done_by_the_thread_that_brings_it(writer: GroupWriter) -> None:
    answer = writer.submit(whose, here=True)
    assert answer.done()
    assert answer.result()[0] == threading.get_ident()


def test_it_is_done_on_the_writers_connection_and_the_threads_own_is_left_alone(
    writer: GroupWriter,
) -> None:
    own, usual = connections["default"], writer.run(whose)
    assert writer.submit(whose, here=True).result()[1] is usual[1] is not own
    assert connections["default"] is own
    assert usual[0] != threading.get_ident()


def test_it_is_on_the_disk_when_the_thread_goes_on(writer: GroupWriter) -> None:
    assert writer.submit(add, here=True).result().position == 1
    with connection.cursor() as cursor:
        assert read.head(cursor).position == 1


def test_what_comes_while_other_work_waits_waits_behind_it(writer: GroupWriter) -> None:
    there, hold, done = threading.Event(), threading.Event(), list[str]()

    def wait(_cursor: CursorWrapper) -> None:
        there.set()
        assert hold.wait(10)

    first = writer.submit(wait)
    assert there.wait(10)
    answers = [writer.submit(lambda _cursor, name=name: done.append(name)) for name in "ab"]
    answers.append(writer.submit(lambda _cursor: done.append("c"), here=True))
    assert not answers[-1].done()
    hold.set()
    for one in (first, *answers):
        one.result(10)
    assert done == ["a", "b", "c"]


def test_what_comes_meanwhile_is_done_afterwards_in_one_group(writer: GroupWriter) -> None:
    there, hold, groups = threading.Event(), threading.Event(), list[int]()
    commit = writer._commit

    def counted(group: list[Any]) -> list[Any]:
        groups.append(len(group))
        return commit(group)

    def wait(_cursor: CursorWrapper) -> None:
        there.set()
        assert hold.wait(10)

    writer._commit = counted  # type: ignore[method-assign]
    with ThreadPoolExecutor(1) as threads:
        alone = threads.submit(lambda: writer.submit(wait, here=True))
        assert there.wait(10)
        others = [writer.submit(add, here=True) for _ in range(5)]
        hold.set()
        alone.result(10).result(10)
    assert [one.result(10).position for one in others] == [1, 2, 3, 4, 5]
    assert groups == [1, 5]


def test_two_never_work_at_once_and_nothing_is_lost(writer: GroupWriter) -> None:
    working = threading.Lock()

    def work(cursor: CursorWrapper) -> int:
        assert working.acquire(blocking=False)
        try:
            return add(cursor).position
        finally:
            working.release()

    def client(number: int) -> list[int]:
        return [writer.submit(work, here=bool(n % (number + 1))).result(30) for n in range(40)]

    with ThreadPoolExecutor(4) as threads:
        found = [one for some in threads.map(client, range(4)) for one in some]
    assert sorted(found) == list(range(1, 161))


@pytest.mark.parametrize("fault", [LookupError, KeyboardInterrupt])
def test_of_work_that_fails_nothing_is_left_and_the_next_is_done(
    writer: GroupWriter, fault: type[BaseException]
) -> None:
    def fail(cursor: CursorWrapper) -> None:
        journal.append(cursor, [entry()], writer.tail)
        raise fault

    assert isinstance(writer.submit(fail, here=True).exception(), fault)
    assert writer.submit(add, here=True).result().position == 1
    assert writer.run(add).position == 2


def test_the_writer_stops_when_it_is_done_and_works_again_when_asked(writer: GroupWriter) -> None:
    there, hold = threading.Event(), threading.Event()

    def wait(cursor: CursorWrapper) -> read.Entry:
        there.set()
        assert hold.wait(10)
        return add(cursor)

    with ThreadPoolExecutor(2) as threads:
        alone = threads.submit(lambda: writer.submit(wait, here=True).result())
        assert there.wait(10)
        stopped = threads.submit(writer.stop)
        assert not stopped.done()
        hold.set()
        assert alone.result(10).position == 1
        stopped.result(10)
    assert writer._connection.connection is None
    assert writer.submit(add, here=True).result().position == 2

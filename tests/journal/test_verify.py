"""Whatever is altered, removed, reordered or cut off is found, and where."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.checking import check_journal
from dutyroom.domain import commands as c
from dutyroom.journal import read
from dutyroom.journal.checkpoints import Checkpoint, write_checkpoint
from dutyroom.journal.verify import Report

pytestmark = [pytest.mark.db, pytest.mark.property]
TABLE = "journal_journalentry"
ALTERATIONS: dict[str, Any] = {
    "stream": "unit:other",
    "version": 77,
    "type": "unit.signed_off.v1",
    "recorded_at_ms": 1,
    "occurred_at_ms": 1,
    "actor": "somebody-else",
    "role": "auditor",
    "purpose": "curiosity",
    "action": "01a20aae-b5a2-7a8c-9ca3-9de2d4d80230",
    "body": b'{"crew":["x"]}',
    "sealed": b"\x01forged",
    "seal_key": "call:forged",
    "prev_hash": bytes(32),
    "hash": bytes(32),
}


@pytest.fixture
def journal(room: TestRoom) -> TestRoom:
    """Some entries, with and without sealed bodies."""
    for unit in room.pack.units[:8]:
        room.done(DISPATCHER, c.SignOn(unit.id, ("a",)))
    for index in range(4):
        room.open_incident(index=index)
    assert check_journal().ok
    room.tampered = True
    return room


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} ORDER BY position")
        return [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in cursor.fetchall()
        ]


def restore(kept: list[tuple[Any, ...]]) -> None:
    run(f"DELETE FROM {TABLE}")
    marks = ", ".join(["%s"] * len(kept[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", kept)


def places(report: Report) -> set[int]:
    return {one.position for one in report.findings}


slow = hypothesis(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(data=st.data())
@slow
def test_any_altered_field_is_found_at_its_place(journal: TestRoom, data: st.DataObject) -> None:
    kept = rows()
    column = data.draw(st.sampled_from(sorted(ALTERATIONS)))
    position = data.draw(st.integers(2, len(kept)))
    run(f'UPDATE {TABLE} SET "{column}" = %s WHERE position = %s', ALTERATIONS[column], position)
    try:
        if rows() != kept:
            report = check_journal()
            assert not report.ok
            assert position in places(report)
    finally:
        restore(kept)


@given(data=st.data())
@slow
def test_a_removed_entry_is_found_at_its_place(journal: TestRoom, data: st.DataObject) -> None:
    kept = rows()
    position = data.draw(st.integers(1, len(kept) - 1))
    run(f"DELETE FROM {TABLE} WHERE position = %s", position)
    try:
        assert ("missing", position) in {(f.what, f.position) for f in check_journal().findings}
    finally:
        restore(kept)


@given(data=st.data())
@slow
def test_two_swapped_entries_are_found(journal: TestRoom, data: st.DataObject) -> None:
    kept = rows()
    a = data.draw(st.integers(1, len(kept)))
    b = data.draw(st.integers(1, len(kept)).filter(lambda other: other != a))
    for old, new in ((a, -1), (b, a), (-1, b)):
        run(f"UPDATE {TABLE} SET position = %s WHERE position = %s", new, old)
    try:
        assert {a, b} <= places(check_journal())
    finally:
        restore(kept)


def test_a_forged_entry_at_the_end_is_found(journal: TestRoom) -> None:
    kept = rows()
    forged = list(kept[-1])
    forged[0] += 1
    forged[2] = 99
    marks = ", ".join(["%s"] * len(forged))
    run(f"INSERT INTO {TABLE} VALUES ({marks})", *forged)
    assert len(kept) + 1 in places(check_journal())


def test_a_tail_that_was_cut_off_is_known_from_the_checkpoint(journal: TestRoom) -> None:
    with connection.cursor() as cursor:
        head = read.head(cursor)
    write_checkpoint(settings.HOME.key, Checkpoint(head.position, head.hash.hex(), 0))
    assert check_journal().ok
    run("DELETE FROM journal_journalaction")
    run(f"DELETE FROM {TABLE} WHERE position > %s", head.position - 3)
    assert ("cut_off", head.position - 3) in {
        (f.what, f.position) for f in check_journal().findings
    }


def test_an_answer_whose_entries_are_gone_is_found(journal: TestRoom) -> None:
    run(f"DELETE FROM {TABLE} WHERE position = %s", len(rows()))
    assert "action" in {f.what for f in check_journal().findings}


def test_the_findings_are_told_in_both_languages(journal: TestRoom) -> None:
    run(f"UPDATE {TABLE} SET actor = 'x' WHERE position = 2")
    text = check_journal().text()
    assert "altered at 2" in text
    assert "内容与其哈希不符" in text

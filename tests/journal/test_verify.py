"""Whatever is altered, removed, inserted, reordered or cut off is found, and where."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from tests.harness.examples import examples
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.checking import check_journal
from dutyroom.domain.units.commands import SignOn
from dutyroom.journal import read
from dutyroom.journal.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
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
    "prev_hash": b"\x01" * 32,
    "hash": bytes(32),
}

ODD_VALUES = ["'x\x1b[2J'", "7e9", "1000000000000000", "2.5", "x'ff'", "CAST(x'ff1b' AS TEXT)"]


@pytest.fixture
def journal(room: TestRoom) -> TestRoom:
    """Some entries, with and without sealed bodies."""
    for unit in room.pack.units[:8]:
        room.done(DISPATCHER, SignOn(unit.id, (f"{unit.id}-1",)))
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
    max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(data=st.data())
@slow
def test_any_altered_field_is_found_at_its_place(journal: TestRoom, data: st.DataObject) -> None:
    kept = rows()
    column = data.draw(st.sampled_from(sorted(ALTERATIONS)))
    position = data.draw(st.integers(1, len(kept)))
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


@given(data=st.data())
@slow
def test_an_inserted_entry_is_found_at_its_place(journal: TestRoom, data: st.DataObject) -> None:
    kept = rows()
    position = data.draw(st.integers(1, len(kept)))
    run(f"UPDATE {TABLE} SET position = -1 - position WHERE position >= %s", position)
    run(f"UPDATE {TABLE} SET position = -position WHERE position < 0")
    forged = list(kept[data.draw(st.integers(0, len(kept) - 1))])
    forged[0], forged[2] = position, 99
    marks = ", ".join(["%s"] * len(forged))
    run(f"INSERT INTO {TABLE} VALUES ({marks})", *forged)
    try:
        walked = {f.position for f in check_journal().findings if f.what != "action"}
        assert min(walked) == position
    finally:
        restore(kept)


@given(data=st.data())
@slow
def test_a_value_of_any_kind_is_reported_and_stops_nothing(
    journal: TestRoom, data: st.DataObject
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stores no value of another kind in a column")
    kept = rows()
    column = data.draw(st.sampled_from(["position", *sorted(ALTERATIONS)]))
    value = data.draw(st.sampled_from(ODD_VALUES))
    run(f'UPDATE {TABLE} SET "{column}" = {value} WHERE position = 5')
    try:
        report = check_journal()
        assert 5 in places(report)
        assert len(report.findings) < len(kept)
        assert "\x1b" not in report.text()
        assert report.text().encode()
    finally:
        restore(kept)


@pytest.mark.parametrize("at", ["5", "(SELECT MAX(position) FROM journal_journalentry)"])
def test_a_position_of_any_kind_is_reported_and_stops_nothing(journal: TestRoom, at: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stores no value of another kind in a column")
    kept = rows()
    for value in [*ODD_VALUES, "-1", "9e999", "-9e999", "CAST(x'ff' AS TEXT)"]:
        run(f"UPDATE {TABLE} SET position = {value} WHERE position = {at}")
        report = check_journal()
        assert report.entries == len(kept), value
        assert {"missing", "order"} & {f.what for f in report.findings}, value
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


@pytest.mark.parametrize(
    "change",
    ["first = first + 1, last = last + 1", "first = NULL, last = NULL", "actor = 'somebody-else'"],
)
def test_an_answer_that_disagrees_with_its_entries_is_found(journal: TestRoom, change: str) -> None:
    run(f"UPDATE journal_journalaction SET {change} WHERE first = 5")
    assert {f.what for f in check_journal().findings} == {"action"}


def test_a_key_that_vanished_is_found_and_one_that_was_erased_is_not(journal: TestRoom) -> None:
    run("UPDATE journal_journalkey SET wrapped = NULL, erased_at_ms = 1")
    assert check_journal().ok
    run("DELETE FROM journal_journalkey")
    assert {f.what for f in check_journal().findings} == {"key"}


def test_a_later_checkpoint_does_not_hide_an_earlier_one(journal: TestRoom) -> None:
    with connection.cursor() as cursor:
        head = read.head(cursor)
    write_checkpoint(settings.HOME.key, Checkpoint(head.position, "00" * 32, 0))
    write_checkpoint(settings.HOME.key, Checkpoint(head.position, head.hash.hex(), 0))
    assert {(f.what, f.position) for f in check_journal().findings} == {
        ("rewritten", head.position)
    }


def test_a_checkpoint_that_was_cut_short_does_not_spoil_the_next(journal: TestRoom) -> None:
    with connection.cursor() as cursor:
        head = read.head(cursor)
    (settings.HOME.key / "heads.jsonl").write_text('{"position": 3, "ha')
    written = Checkpoint(head.position, head.hash.hex(), 0)
    write_checkpoint(settings.HOME.key, written)
    assert read_checkpoints(settings.HOME.key) == [written]
    assert check_journal().ok


def test_the_findings_are_reported_in_both_languages(journal: TestRoom) -> None:
    run(f"UPDATE {TABLE} SET actor = 'x' WHERE position = 2")
    text = check_journal().text()
    assert "altered at 2" in text
    assert "内容与其哈希不符" in text

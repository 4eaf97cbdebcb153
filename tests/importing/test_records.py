"""A damaged record costs one record, and the rest of the file is read."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyroom.importing.records import LONGEST_RECORD, FileRefused, Record, RecordFile, mark_of

pytestmark = pytest.mark.unit
HEAD = b"a,b,c\n"


def records(folder: Path, raw: bytes) -> list[Record]:
    file = folder / "file.csv"
    file.write_bytes(raw)
    with RecordFile(file) as read:
        assert read.header == ["a", "b", "c"]
        return list(read)


def outcome(folder: Path, raw: bytes) -> list[list[str] | str]:
    return [one.problem or one.cells or [] for one in records(folder, raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\xef\xbb\xbfa,b,c\n1,2,3\n", [["1", "2", "3"]]),
        (b"a,b,c\r\n1,2,3\r\n", [["1", "2", "3"]]),
        (HEAD + b"1,2,3", [["1", "2", "3"]]),
        (HEAD + b"\n  \n1,2,3\n\n", [["1", "2", "3"]]),
        (HEAD + b'1,"x\ny, ""z""",3\n', [["1", 'x\ny, "z"', "3"]]),
        (HEAD + b'1,"x,3\n4,5,6\n7,8,9\n', ["broken_quotes", ["4", "5", "6"], ["7", "8", "9"]]),
        (HEAD + b'1,"x,3\n4,5",6\n7,8,9\n', [["1", "x,3\n4,5", "6"], ["7", "8", "9"]]),
        (HEAD + b'1,"x,3\n4,5",6,6\n7,8,9\n', ["broken_quotes", "broken_quotes", ["7", "8", "9"]]),
        (HEAD + b"1,2\n1,2,3,4\n4,5,6\n", ["wrong_number_of_cells", "wrong_number_of_cells", ["4", "5", "6"]]),
        (HEAD, []),
        (HEAD + b"1,\x00,3\n4,5,6\n", ["unreadable", ["4", "5", "6"]]),
        (HEAD + b'1,"a\n\x00",3\n4,5,6\n', ["unreadable", ["4", "5", "6"]]),
        (HEAD + b'1,"a\n\xff\nb",3\n4,5,6\n', ["unreadable", ["4", "5", "6"]]),
        (HEAD + b"1,\xff\xfe,3\n4,5,6\n", ["unreadable", ["4", "5", "6"]]),
        (HEAD + b"1,2\r2,3\n4,5,6\n", ["unreadable", ["4", "5", "6"]]),
        (HEAD + b"1," + b"x" * (3 * LONGEST_RECORD) + b",3\n4,5,6\n", ["too_long", ["4", "5", "6"]]),
    ],
)  # fmt: skip
def test_each_record_is_read_or_damaged_alone(
    tmp_path: Path, raw: bytes, expected: list[object]
) -> None:
    assert outcome(tmp_path, raw) == expected
    assert outcome(tmp_path, gzip.compress(raw)) == expected


def test_records_know_the_line_they_begin_on(tmp_path: Path) -> None:
    raw = HEAD + b'1,"x\ny",3\n\n4,"5,6\n7,8,9\n'
    assert [(one.number, one.line, one.problem) for one in records(tmp_path, raw)] == [
        (1, 2, ""),
        (2, 5, "broken_quotes"),
        (3, 6, ""),
    ]


def test_a_quote_left_open_never_swallows_the_rest(tmp_path: Path) -> None:
    rows = b"".join(b'%d,"x",y\n' % n for n in range(500))
    read = records(tmp_path, HEAD + b'0,"open,y\n' + rows)
    assert [one.problem for one in read] == ["broken_quotes", *[""] * 500]


@pytest.mark.parametrize("cut", [3, 12, 40, -9, -4, -1])
def test_a_packed_file_that_breaks_off_is_said_to_be_broken(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(HEAD + b"".join(b"%d,2,3\n" % n for n in range(5000)))
    with pytest.raises(FileRefused, match="breaks off or is damaged"):
        records(tmp_path, packed[:cut])


def test_a_packed_file_with_a_wrong_checksum_is_said_to_be_broken(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(HEAD * 1000))
    packed[-6] ^= 0xFF
    with pytest.raises(FileRefused, match="breaks off or is damaged"):
        records(tmp_path, bytes(packed))


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
            min_size=3,
            max_size=3,
        ),
        max_size=8,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_as_csv_is_read_again(tmp_path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["a", "b", "c"], *rows])
    read = records(tmp_path, text.getvalue().encode("utf-8"))
    assert [one.cells for one in read] == [*rows]


@given(raw=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_never_crash_and_every_record_is_reported(tmp_path: Path, raw: bytes) -> None:
    lines = [line for line in raw.split(b"\n") if line.strip()]
    read = records(tmp_path, HEAD + raw)
    assert len(read) <= len(lines)
    assert [one.number for one in read] == [*range(1, len(read) + 1)]
    assert all((one.cells is None) == bool(one.problem) for one in read)


@pytest.mark.parametrize(
    ("raw", "says"),
    [(b"", "empty"), (b"\n\n", "empty"), ("a,b,c\n1,2,3\n".encode("utf-16"), "UTF-8")],
)
def test_a_file_without_readable_column_names_is_refused(
    tmp_path: Path, raw: bytes, says: str
) -> None:
    with pytest.raises(FileRefused, match=says):
        records(tmp_path, raw)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="there is no file"):
        RecordFile(tmp_path / "nowhere.csv")


def test_a_mark_stands_for_the_bytes(tmp_path: Path) -> None:
    first, second, third = records(tmp_path, HEAD + b"1,2,3\n1,2,4\n1,2,3\n")
    assert first.mark == third.mark == mark_of(b"1,2,3\n") != second.mark

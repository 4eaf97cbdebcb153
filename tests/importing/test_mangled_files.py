"""Whatever is done to a good file: every row ends in one place, or the file is refused whole."""

import csv
import gzip
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.examples import examples

from dutyroom.importing.contract import load_contract
from dutyroom.importing.dataset import read_dataset
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.records import FileRefused
from dutyroom.importing.report import Report

pytestmark = [pytest.mark.unit, pytest.mark.property]
CONTRACT = load_contract("sf-fire")
COLUMNS = [*CONTRACT.columns, "battalion"]
ROWS = 8
MANGLE = settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def cells(n: int) -> dict[str, str]:
    """A good row: unit n of call n // 2."""
    clock = f"2018-01-15 1{n}:%s:00.000000 UTC"
    call = n // 2 * 2
    return dict.fromkeys(COLUMNS, "") | {
        "row_id": f"{call}-E{n}",
        "call_number": str(call),
        "unit_id": f"E{n}",
        "unit_type": "ENGINE",
        "call_type": "Alarms",
        "priority": "3",
        "original_priority": "A",
        "received_timestamp": f"2018-01-15 1{call}:00:00.000000 UTC",
        "dispatch_timestamp": clock % "02",
        "response_timestamp": clock % "03",
        "on_scene_timestamp": clock % "08",
        "available_timestamp": clock % "40",
        "call_final_disposition": "Fire",
        "address": "100 Block of MAIN ST",
        "battalion": 'B "02", B03',
        "latitude": "37.78",
        "longitude": "-122.41",
        "als_unit": "true",
    }


def table() -> list[list[str]]:
    return [COLUMNS, *([cells(n)[column] for column in COLUMNS] for n in range(ROWS))]


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")


def bring_in(folder: Path, raw: bytes) -> Report | None:
    """Import twice into an empty home; None if the file is refused, and then nothing is there."""
    shutil.rmtree(folder / "datasets", ignore_errors=True)
    file = folder / "calls.csv"
    file.write_bytes(raw)
    try:
        report = import_calls(file, CONTRACT, folder / "datasets")
    except FileRefused:
        assert not (folder / "datasets" / "sf-fire").exists()
        return None
    assert report.rows == report.accepted + report.repaired + report.quarantined
    assert report.rows == report.new + report.changed + report.already_there
    assert report.quarantined == report.quarantine.total()
    dataset = read_dataset(folder / "datasets" / "sf-fire")
    assert len(dataset.rows) == report.accepted + report.repaired
    assert len(dataset.aside) == report.quarantined
    again = import_calls(file, CONTRACT, folder / "datasets")
    assert (again.new, again.changed, again.already_there) == (0, 0, report.rows)
    return report


def test_the_good_file_is_good(tmp_path: Path) -> None:
    report = bring_in(tmp_path, as_csv(table()))
    assert report is not None
    assert (report.rows, report.accepted, report.calls) == (ROWS, ROWS, ROWS // 2)


@given(order=st.permutations(range(len(COLUMNS))))
@MANGLE
def test_columns_may_stand_in_any_order(tmp_path: Path, order: list[int]) -> None:
    report = bring_in(tmp_path, as_csv([[row[n] for n in order] for row in table()]))
    assert report is not None
    assert report.accepted == ROWS


@given(
    where=st.integers(1, ROWS),
    order=st.permutations(range(len(COLUMNS))),
)
@MANGLE
def test_cells_in_the_wrong_columns_cost_their_row_only(
    tmp_path: Path, where: int, order: list[int]
) -> None:
    rows = table()
    rows[where] = [rows[where][n] for n in order]
    report = bring_in(tmp_path, as_csv(rows))
    assert report is not None
    assert report.rows == ROWS
    assert report.accepted + report.repaired >= ROWS - 2  # its call may be reported in another way


@given(
    dropped=st.dictionaries(
        st.integers(1, ROWS), st.sets(st.integers(0, len(COLUMNS) - 1), min_size=1), max_size=ROWS
    )
)
@MANGLE
def test_a_row_without_some_of_its_cells_is_set_aside(
    tmp_path: Path, dropped: dict[int, set[int]]
) -> None:
    rows = table()
    for number, lost in dropped.items():
        rows[number] = [cell for n, cell in enumerate(rows[number]) if n not in lost]
    report = bring_in(tmp_path, as_csv(rows))
    assert report is not None
    empty = sum(1 for row in rows if not row)  # what is left of it is an empty line
    assert report.rows == ROWS - empty
    assert report.accepted == ROWS - len(dropped)
    assert set(report.quarantine) <= {"wrong_number_of_cells"}


@given(
    cuts=st.lists(
        st.tuples(
            st.integers(0, 4_000),
            st.integers(0, 40),
            st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b"\r\n", b"\x00", b",", b'""']),
        ),
        max_size=8,
    ),
    packed=st.booleans(),
)
@MANGLE
def test_bytes_anywhere_also_in_the_header_crash_nothing(
    tmp_path: Path, cuts: list[tuple[int, int, bytes]], packed: bool
) -> None:
    raw = bytearray(as_csv(table()))
    for where, length, put in cuts:
        where %= len(raw) + 1
        raw[where : where + length] = put
    bring_in(tmp_path, gzip.compress(bytes(raw)) if packed else bytes(raw))


@given(st.data())
@MANGLE
def test_a_packed_file_that_is_cut_or_altered_is_refused_or_whole(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = gzip.compress(as_csv(table()), mtime=0)
    raw = bytearray(whole[: data.draw(st.integers(2, len(whole)))])
    if data.draw(st.booleans()):
        raw[data.draw(st.integers(2, len(raw) - 1)) if len(raw) > 2 else 1] ^= 1
    report = bring_in(tmp_path, bytes(raw))
    assert report is None or report.accepted == ROWS


@pytest.mark.parametrize("size", [90_000, 110_000, 3_000_000])
def test_a_huge_cell_costs_one_row(tmp_path: Path, size: int) -> None:
    rows = table()
    rows[3][COLUMNS.index("battalion")] = "x" * size
    report = bring_in(tmp_path, as_csv(rows))
    assert report is not None
    assert report.accepted == (ROWS if size < 100_000 else ROWS - 1)
    assert dict(report.quarantine) == ({} if size < 100_000 else {"too_long": 1})

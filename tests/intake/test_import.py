"""Every row of a file ends in exactly one place, whatever is in it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutyroom.citypack import read_pack
from dutyroom.intake.commands import calls
from dutyroom.intake.contract import ContractRefused, load_contract, parse_contract, shipped
from dutyroom.intake.importing import FileRefused, import_calls, read_quarantine, read_rows
from dutyroom.intake.packmaking import make_pack
from dutyroom.intake.report import Report

pytestmark = pytest.mark.unit
CONTRACT = load_contract("sf-fire")
COLUMNS = [*CONTRACT.columns, "city", "neighborhood_district"]
GOOD = {
    "row_id": "1-E1",
    "call_number": "1",
    "unit_id": "E1",
    "unit_type": "ENGINE",
    "call_type": "Alarms",
    "original_priority": "3",
    "received_timestamp": "2018-01-15 10:00:00.000000 UTC",
    "entry_timestamp": "2018-01-15 10:01:00.000000 UTC",
    "dispatch_timestamp": "2018-01-15 10:02:00.000000 UTC",
    "response_timestamp": "2018-01-15 10:03:00.000000 UTC",
    "on_scene_timestamp": "2018-01-15 10:06:00.000000 UTC",
    "transport_timestamp": "",
    "hospital_timestamp": "",
    "available_timestamp": "2018-01-15 10:30:00.000000 UTC",
    "call_final_disposition": "Fire",
    "address": "100 Block of MAIN ST",
    "station_area": "1",
    "als_unit": "true",
    "latitude": "37.78",
    "longitude": "-122.41",
    "city": "Treasure Isla",
    "neighborhood_district": "",
}


def at(clock: str) -> str:
    return f"2018-01-15 {clock}.000000 UTC"


def write(folder: Path, *rows: dict[str, str], name: str = "calls.csv") -> Path:
    file = folder / name
    quoted = (",".join('"' + row[c].replace('"', '""') + '"' for c in COLUMNS) for row in rows)
    file.write_text("\n".join([",".join(COLUMNS), *quoted]) + "\n", encoding="utf-8")
    return file


def read(folder: Path, *rows: dict[str, str]) -> Report:
    report = import_calls(write(folder, *rows), CONTRACT, folder / "datasets")
    assert report.rows == report.accepted + report.repaired + report.quarantined
    return report


def test_times_labelled_utc_are_local(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    [row] = read_rows(tmp_path / "datasets" / "sf-fire")
    assert row.times["received_at"] == 1_516_039_200_000  # 10:00 in San Francisco is 18:00 UTC


@pytest.mark.parametrize(
    ("changes", "repair", "field"),
    [
        ({"response_timestamp": at("10:01:30")}, "en_route_before_dispatch", "en_route_at"),
        ({"on_scene_timestamp": at("10:02:30")}, "on_scene_before_dispatch", "on_scene_at"),
        ({"transport_timestamp": at("10:05:00")}, "transport_before_on_scene", "transport_at"),
        (
            {"transport_timestamp": at("10:10:00"), "hospital_timestamp": at("10:09:00")},
            "facility_before_transport",
            "at_facility_at",
        ),
        ({"entry_timestamp": at("09:59:00")}, "entered_before_received", "entered_at"),
    ],
)
def test_an_impossible_time_is_left_out_and_told(
    tmp_path: Path, changes: dict[str, str], repair: str, field: str
) -> None:
    report = read(tmp_path, GOOD | changes)
    assert (report.repaired, dict(report.repairs)) == (1, {repair: 1})
    [row] = read_rows(tmp_path / "datasets" / "sf-fire")
    assert row.times[field] is None


def test_a_unit_sent_while_committed_ends_its_earlier_call(tmp_path: Path) -> None:
    later = GOOD | {
        "row_id": "2-E1",
        "call_number": "2",
        "received_timestamp": at("10:18:00"),
        "entry_timestamp": "",
        "dispatch_timestamp": at("10:20:00"),
        "response_timestamp": at("10:21:00"),
        "on_scene_timestamp": at("10:25:00"),
        "available_timestamp": at("10:50:00"),
    }
    report = read(tmp_path, later, GOOD)
    assert dict(report.repairs) == {"dispatched_while_committed": 1}
    assert report.accepted == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"dispatch_timestamp": at("23:00:00"), "available_timestamp": at("23:30:00"),
          "response_timestamp": "", "on_scene_timestamp": ""}, "wait_too_long"),
        ({"dispatch_timestamp": at("09:59:00")}, "dispatched_before_received"),
        ({"original_priority": "Z"}, "unknown_priority"),
        ({"call_type": "Parade"}, "unknown_category"),
        ({"unit_type": "BALLOON"}, "unknown_unit_kind"),
        ({"unit_id": " "}, "missing_value"),
        ({"latitude": "north"}, "wrong_place"),
        ({"latitude": "nan"}, "wrong_place"),
        ({"latitude": "10"}, "place_outside"),
        ({"received_timestamp": "yesterday"}, "wrong_time"),
        ({"received_timestamp": "9999-12-31 23:59:59.0 UTC"}, "wrong_time"),
        ({"address": "a\x00b"}, "unreadable"),
        ({"available_timestamp": "2018-01-18 10:00:00.000000 UTC"}, "step_too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_mended_is_quarantined_with_its_reason(
    tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    report = read(tmp_path, GOOD | changes)
    assert dict(report.quarantine) == {why: 1}
    [aside] = read_quarantine(tmp_path / "datasets" / "sf-fire")
    assert aside.why == why


def test_mixed_codes_become_one_kind(tmp_path: Path) -> None:
    medic = GOOD | {"row_id": "2-84", "unit_id": "84", "unit_type": "MEDIC"}
    letters = [
        GOOD | {"row_id": f"3-{p}", "call_number": p, "original_priority": p} for p in "23ABCEI"
    ]
    report = read(tmp_path, medic, *letters)
    rows = {row.row_id: row for row in read_rows(tmp_path / "datasets" / "sf-fire")}
    assert rows["2-84"].unit_id == "M84"
    assert {p: rows[f"3-{p}"].priority for p in "23ABCEI"} == {
        "E": 1, "3": 2, "C": 2, "B": 3, "2": 3, "A": 4, "I": 4
    }  # fmt: skip
    assert report.quarantined == 0


def test_the_skipped_and_the_repeated_hour_are_read(tmp_path: Path) -> None:
    spring = GOOD | {
        "received_timestamp": "2018-03-11 02:30:00.000000 UTC",
        "entry_timestamp": "",
        "dispatch_timestamp": "2018-03-11 03:31:00.000000 UTC",
        "response_timestamp": "",
        "on_scene_timestamp": "",
        "available_timestamp": "2018-03-11 04:00:00.000000 UTC",
    }
    report = read(tmp_path, spring)
    assert dict(report.repairs) == {"skipped_hour": 1}
    [row] = read_rows(tmp_path / "datasets" / "sf-fire")
    assert row.times["dispatched_at"] - row.times["received_at"] == 60_000  # type: ignore[operator]


def test_columns_outside_the_contract_are_counted_and_never_stored(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD)
    assert dict(report.unmapped) == {"city": 1, "neighborhood_district": 0}
    for file in (tmp_path / "datasets").rglob("*"):
        if file.is_file():
            assert b"Treasure Isla" not in file.read_bytes()


def test_importing_twice_adds_nothing_and_a_change_is_counted(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).new == 1
    again = read(tmp_path, GOOD)
    assert (again.new, again.already_there) == (0, 1)
    changed = read(tmp_path, GOOD | {"call_final_disposition": "Other"})
    assert (changed.new, changed.changed) == (0, 1)
    [row] = read_rows(tmp_path / "datasets" / "sf-fire")
    assert row.disposition == "other"


def test_a_row_that_comes_twice_in_one_file_is_set_aside(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD, GOOD)
    assert dict(report.quarantine) == {"repeated_row": 1}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"a,b,c\n1,2,3\n", "missing"),
        (gzip.compress(b"x" * 100_000)[:60], "breaks off"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    tmp_path: Path, raw: bytes, says: str
) -> None:
    read(tmp_path, GOOD)
    file = tmp_path / "broken.csv"
    file.write_bytes(raw)
    with pytest.raises(FileRefused, match=says):
        import_calls(file, CONTRACT, tmp_path / "datasets")
    assert len(read_rows(tmp_path / "datasets" / "sf-fire")) == 1


def test_a_mark_at_the_start_windows_lines_and_quoted_breaks_are_read(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD | {"address": "line\nbreak"})
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    report = import_calls(file, CONTRACT, tmp_path / "datasets")
    assert report.accepted == 1


@given(data=st.data())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_to_a_file_the_counts_add_up(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(
        write(tmp_path, GOOD, GOOD | {"row_id": "2"}, GOOD | {"row_id": "3"}).read_bytes()
    )
    start = raw.index(b"\n") + 1
    for _ in range(data.draw(st.integers(1, 6))):
        where = data.draw(st.integers(start, len(raw) - 1))
        raw[where : where + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=8))
    file = tmp_path / "mangled.csv"
    file.write_bytes(bytes(raw))
    try:
        report = import_calls(file, CONTRACT, tmp_path / "mangled")
    except FileRefused:
        return
    assert report.rows == report.accepted + report.repaired + report.quarantined


def test_a_contract_cannot_map_what_we_never_store() -> None:
    text = 'name = "x"\n[columns]\nreligion = "religion"\n'
    with pytest.raises(ContractRefused, match=r"x.toml:3.*'religion'.*choose one of"):
        parse_contract(text, "x.toml")
    assert shipped() == ["sf-fire"]


def test_the_week_and_the_48_hours_of_san_francisco(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "sffd_2018"
    first = import_calls(source / "sffd_48h_20180116_0117.csv.gz", CONTRACT, tmp_path)
    assert (first.rows, first.accepted, first.repaired, first.quarantined) == (1629, 1623, 6, 0)
    week = import_calls(source / "sffd_week_20180115_0121.csv.gz", CONTRACT, tmp_path)
    assert (week.rows, week.accepted, week.repaired, week.quarantined) == (5858, 5824, 17, 17)
    assert dict(week.repairs) == {
        "dispatched_while_committed": 11,
        "facility_before_transport": 5,
        "transport_before_on_scene": 1,
    }
    assert dict(week.quarantine) == {"wait_too_long": 17}
    assert week.unmapped["neighborhood_district"] == 0
    assert week.already_there + week.changed == 1629
    assert week.new == 5841 - 1629
    # The source states 408 s and 997 s for twelve days, of which this week is a part.
    assert week.response_s["median_s"] == pytest.approx(408, rel=0.02)
    assert week.response_s["p90_s"] == pytest.approx(997, rel=0.02)
    again = import_calls(source / "sffd_week_20180115_0121.csv.gz", CONTRACT, tmp_path)
    assert (again.new, again.already_there) == (0, 5841)


def test_the_pack_of_san_francisco_is_valid_and_says_what_it_left_out(
    shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "sffd_2018"
    import_calls(source / "sffd_week_20180115_0121.csv.gz", CONTRACT, tmp_path)
    notes = make_pack(
        tmp_path / "sf-fire",
        source / "sf_fire_stations.csv",
        source / "sf_analysis_neighborhoods_simplified.geojson.gz",
    )
    assert "stations 22, 28, 33 have no position and are left out" in notes
    pack = read_pack(tmp_path / "sf-fire" / "pack")
    assert (len(pack.zones), len(pack.stations), len(pack.units)) == (41, 42, 164)
    assert pack.travel.kind == "distance"
    assert 20 < pack.travel.speed_kmh < 70


def test_the_command_prints_json_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYROOM_HOME", str(tmp_path))
    file = str(write(tmp_path, GOOD))
    ran = CliRunner().invoke(calls, ["import", file, "--contract", "sf-fire", "--json"])
    said: dict[str, Any] = json.loads(ran.stdout)
    assert said["counts"]["rows"] == said["counts"]["accepted"] == 1
    listed = CliRunner().invoke(calls, ["list"])
    assert "sf-fire: 1 calls" in listed.stdout
    page = (tmp_path / "datasets" / "sf-fire" / "report.html").read_text(encoding="utf-8")
    assert "接受" in page
    refused = CliRunner().invoke(calls, ["import", file, "--contract", "no-such"])
    assert refused.exit_code == 1
    assert "sf-fire" in refused.stderr

"""Every row of a file ends in exactly one place, whatever is in it."""

import gzip
import json
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness.examples import examples

from dutyroom.cli.calls import calls
from dutyroom.importing.contract import ContractRefused, load_contract, parse_contract
from dutyroom.importing.dataset import CALLS, DatasetDamaged, read_dataset, read_rows
from dutyroom.importing.fields import TIMES
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.judging import CleanRow
from dutyroom.importing.records import FileRefused
from dutyroom.importing.report import Report

pytestmark = pytest.mark.unit
CONTRACT = load_contract("sf-fire")
COLUMNS = [*CONTRACT.columns, "supervisor", "religion"]
SFFD = "sffd_2018"
GOOD = {
    "row_id": "1-E1",
    "call_number": "1",
    "unit_id": "E1",
    "unit_type": "ENGINE",
    "call_type": "Alarms",
    "incident_number": "18000001",
    "original_priority": "3",
    "priority": "3",
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
    "city": "San Francisco",
    "neighborhood_district": "",
    "supervisor": "",
    "religion": "a secret",
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
    adds_up(report)
    return report


def adds_up(report: Report) -> None:
    assert report.rows == report.accepted + report.repaired + report.quarantined
    assert report.rows == report.new + report.changed + report.already_there


def rows_of(folder: Path) -> list[CleanRow]:
    return read_rows(folder / "datasets" / "sf-fire")


def test_times_labelled_utc_are_local(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    [row] = rows_of(tmp_path)
    assert row.times["received_at"] == 1_516_039_200_000  # 10:00 in San Francisco is 18:00 UTC


@pytest.mark.parametrize(
    ("changes", "repair", "field"),
    [
        ({"response_timestamp": at("10:01:30")}, "en_route_before_dispatch", "en_route_at"),
        ({"on_scene_timestamp": at("10:01:30")}, "on_scene_before_dispatch", "on_scene_at"),
        ({"transport_timestamp": at("10:05:00")}, "transport_before_on_scene", "transport_at"),
        (
            {"transport_timestamp": at("10:10:00"), "hospital_timestamp": at("10:09:00")},
            "facility_before_transport",
            "at_facility_at",
        ),
        ({"entry_timestamp": at("09:59:00")}, "entered_before_received", "entered_at"),
    ],
)
def test_an_impossible_time_is_left_out_and_reported(
    tmp_path: Path, changes: dict[str, str], repair: str, field: str
) -> None:
    report = read(tmp_path, GOOD | changes)
    assert (report.repaired, dict(report.repairs)) == (1, {repair: 1})
    [row] = rows_of(tmp_path)
    assert row.times[field] is None


def test_an_arrival_stays_even_if_setting_out_was_reported_after_it(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD | {"response_timestamp": at("10:07:00")})
    assert dict(report.repairs) == {"en_route_after_on_scene": 1}
    [row] = rows_of(tmp_path)
    assert (row.times["en_route_at"], row.times["on_scene_at"]) == (None, 1_516_039_560_000)


def test_a_unit_that_was_available_before_its_last_step_is_set_aside(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD | {"available_timestamp": at("10:05:00")})
    assert dict(report.quarantine) == {"cleared_before_last_step": 1}
    assert rows_of(tmp_path) == []


def test_a_unit_sent_while_committed_is_counted_and_its_rows_stay_as_recorded(
    tmp_path: Path,
) -> None:
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
    assert (report.overlaps, report.accepted) == (1, 2)


def test_the_response_is_that_of_the_first_unit_of_a_call(tmp_path: Path) -> None:
    second = GOOD | {"row_id": "1-E2", "unit_id": "E2", "on_scene_timestamp": at("10:04:00")}
    report = read(tmp_path, GOOD, second)
    assert report.response_s == {"median_s": 240.0, "p90_s": 240.0, "calls": 1}


def test_a_name_that_the_source_cuts_off_is_written_out(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD | {"city": "Treasure Isla"})
    assert dict(report.repairs) == {"cut_name": 1}
    assert rows_of(tmp_path)[0].locality == "Treasure Island"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("69 1/2 POTOMAC ST", "0 Block of POTOMAC ST"),
        ("665-A CASTRO ST", "600 Block of CASTRO ST"),
        ("188-200 BUCHANAN ST", "100 Block of BUCHANAN ST"),
        ("1234 MAIN ST", "1200 Block of MAIN ST"),
        ("1200 Block of MAIN ST", "1200 Block of MAIN ST"),
        ("17TH ST/POTRERO AV", "17TH ST/POTRERO AV"),
        ("101 SB Z 10TH Z SVN/CESAR CHAVEZ ST", ""),
        ("CALL BOX: PIER 43", ""),
    ],
)
def test_an_exact_house_number_is_never_stored(tmp_path: Path, address: str, kept: str) -> None:
    report = read(tmp_path, GOOD | {"address": address})
    assert rows_of(tmp_path)[0].address == kept
    assert report.repaired == (address != kept)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"entry_timestamp": at("22:59:00"), "dispatch_timestamp": at("23:00:00"),
          "available_timestamp": at("23:30:00"), "response_timestamp": "",
          "on_scene_timestamp": ""}, "wait_too_long"),
        ({"dispatch_timestamp": at("09:59:00")}, "dispatched_before_received"),
        ({"original_priority": "Z"}, "unknown_priority"),
        ({"call_type": "Parade"}, "unknown_category"),
        ({"unit_type": "BALLOON"}, "unknown_unit_kind"),
        ({"unit_id": " "}, "missing_value"),
        ({"unit_id": "<b>"}, "wrong_code"),
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
    [aside] = read_dataset(tmp_path / "datasets" / "sf-fire").aside
    assert (aside["row"], aside["line"], aside["why"]) == (1, 2, why)
    assert aside.keys() == {"file", "row", "line", "why", "field", "id"}
    assert GOOD["row_id"] not in aside.values()


def test_mixed_codes_become_one_kind(tmp_path: Path) -> None:
    medic = GOOD | {"row_id": "2-84", "call_number": "2", "unit_id": "84", "unit_type": "MEDIC"}
    letters = [
        GOOD | {"row_id": f"3-{p}", "call_number": f"3{p}", "original_priority": p}
        for p in "23ABCEI"
    ]
    report = read(tmp_path, medic, *letters)
    rows = {row.row_id: row for row in rows_of(tmp_path)}
    assert rows["2-84"].unit_id == "M84"
    assert {p: rows[f"3-{p}"].first_priority for p in "23ABCEI"} == {
        "E": 1, "3": 2, "C": 2, "B": 3, "2": 3, "A": 3, "I": 3
    }  # fmt: skip
    assert report.quarantined == 0


def test_codes_are_counted_as_they_are_in_the_file_and_unknown_ones_not_kept(
    tmp_path: Path,
) -> None:
    secret = GOOD | {"row_id": "2", "call_number": "2", "call_type": "Jane Roe, cardiac"}
    report = read(tmp_path, GOOD, secret)
    assert report.as_json()["codes"]["category"] == {"?": 1, "Alarms": 1}
    assert not any(b"Jane Roe" in raw for raw in contents(tmp_path).values())


def test_an_hour_that_is_skipped_in_spring_is_moved_on(tmp_path: Path) -> None:
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
    [row] = rows_of(tmp_path)
    assert row.at("dispatched_at") - row.at("received_at") == 60_000


def test_in_the_hour_that_comes_twice_in_autumn_times_follow_each_other(tmp_path: Path) -> None:
    autumn = GOOD | {
        "received_timestamp": "2018-11-04 01:55:00.000000 UTC",
        "entry_timestamp": "2018-11-04 01:56:00.000000 UTC",
        "dispatch_timestamp": "2018-11-04 01:02:00.000000 UTC",
        "response_timestamp": "2018-11-04 01:03:00.000000 UTC",
        "on_scene_timestamp": "",
        "available_timestamp": "2018-11-04 02:00:00.000000 UTC",
    }
    report = read(tmp_path, autumn)
    assert dict(report.repairs) == {"repeated_hour": 1}
    [row] = rows_of(tmp_path)
    times = [at_ms for at_ms in row.times.values() if at_ms is not None]
    assert [b - a for a, b in pairwise(times)] == [60_000, 360_000, 60_000, 57 * 60_000]


def test_columns_outside_the_contract_are_counted_and_never_stored(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD, GOOD | {"row_id": "2", "call_type": "Parade"})
    assert dict(report.unmapped) == {"supervisor": 0, "religion": 2}
    assert report.always_empty == [
        "transport_timestamp",
        "hospital_timestamp",
        "neighborhood_district",
    ]
    for file in (tmp_path / "datasets").rglob("*"):
        if file.is_file():
            assert b"a secret" not in file.read_bytes()
            assert b"Parade" not in file.read_bytes()


def test_importing_twice_adds_nothing_and_changes_no_byte(tmp_path: Path) -> None:
    rows = (GOOD, GOOD, GOOD | {"row_id": "2", "call_type": "Parade"})
    first = read(tmp_path, *rows)
    before = contents(tmp_path)
    again = read(tmp_path, *rows)
    assert (first.new, again.new, again.already_there) == (3, 0, 3)
    assert (again.accepted, dict(again.quarantine)) == (first.accepted, dict(first.quarantine))
    assert contents(tmp_path) == before


def test_a_row_that_knows_more_replaces_what_was_there_and_the_old_file_adds_nothing(
    tmp_path: Path,
) -> None:
    second = GOOD | {"row_id": "1-E2", "unit_id": "E2"}
    read(tmp_path, GOOD, second)
    newer = {"call_final_disposition": "Other"}
    changed = read(tmp_path, GOOD | newer, second | newer)
    assert (changed.new, changed.changed) == (0, 2)
    assert {row.disposition for row in rows_of(tmp_path)} == {"other"}
    old = read(tmp_path, GOOD, second)
    assert (old.new, old.changed, old.already_there) == (0, 0, 2)
    assert {row.disposition for row in rows_of(tmp_path)} == {"other"}


def test_a_row_that_now_belongs_to_another_call_stays_there_whatever_its_old_call_says(
    tmp_path: Path,
) -> None:
    read(tmp_path, GOOD)
    moved = GOOD | {"call_number": "2", "address": "200 Block of MAIN ST"}
    another = GOOD | {"row_id": "1-E2", "unit_id": "E2", "call_final_disposition": "Other"}
    report = read(tmp_path, moved, another)
    assert (report.new, report.changed) == (1, 1)
    found = {row.row_id: (row.call_id, row.address, row.disposition) for row in rows_of(tmp_path)}
    assert found == {
        "1-E1": ("2", "200 Block of MAIN ST", "fire"),
        "1-E2": ("1", "100 Block of MAIN ST", "other"),
    }


@given(order=st.permutations(range(6)))
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_any_order_make_the_same_dataset(tmp_path: Path, order: list[int]) -> None:
    rows = [
        GOOD
        | {
            "row_id": f"{n % 3}-E{n}",
            "call_number": str(n % 3),
            "unit_id": f"E{n}",
            "received_timestamp": at(f"10:0{n % 3}:00"),
        }
        for n in range(6)
    ]
    made: list[dict[str, bytes]] = []
    for name, one in (("sorted", range(6)), ("shuffled", order)):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
        (tmp_path / name).mkdir()
        read(tmp_path / name, *(rows[n] for n in one))
        made.append(contents(tmp_path / name))
    assert made[0] == made[1]


def test_a_row_that_contradicts_its_call_is_set_aside(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD, GOOD | {"row_id": "1-E2", "unit_id": "E2", "latitude": "37.79"})
    assert dict(report.quarantine) == {"contradicts_its_call": 1}


def contents(folder: Path) -> dict[str, bytes]:
    made = folder / "datasets" / "sf-fire"
    return {one.name: one.read_bytes() for one in made.iterdir() if one.is_file()}


def test_a_dataset_that_was_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    file = tmp_path / "datasets" / "sf-fire" / CALLS
    file.write_text(file.read_text(encoding="utf-8").replace("E1", "E7"), encoding="utf-8")
    with pytest.raises(DatasetDamaged, match=CALLS):
        rows_of(tmp_path)


def test_a_crash_between_the_renames_loses_nothing(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    made = tmp_path / "datasets" / "sf-fire"
    made.rename(made.with_name(".sf-fire.old"))
    assert [row.row_id for row in rows_of(tmp_path)] == ["1-E1"]
    assert read(tmp_path, GOOD).already_there == 1


def test_the_citys_pack_stays_when_more_is_imported(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    pack = tmp_path / "datasets" / "sf-fire" / "pack"
    pack.mkdir()
    (pack / "city.json").write_text("{}")
    read(tmp_path, GOOD | {"row_id": "2-E1", "call_number": "2"})
    assert (pack / "city.json").is_file()


@pytest.mark.parametrize("name", ["../up", "a/b", "", "demo", "Upper", ".", "x" * 41])
def test_a_dataset_is_never_written_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileRefused, match="name"):
        import_calls(write(tmp_path, GOOD), CONTRACT, tmp_path / "datasets", name=name or " ")
    assert not (tmp_path / "datasets").exists()


def test_two_contracts_dont_mix_in_one_dataset(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    other = parse_contract(CONTRACT.text.replace("version = 1", "version = 2"), "other.toml")
    with pytest.raises(FileRefused, match="another contract"):
        import_calls(write(tmp_path, GOOD), other, tmp_path / "datasets")


def test_a_row_that_comes_twice_in_one_file_is_set_aside(tmp_path: Path) -> None:
    report = read(tmp_path, GOOD, GOOD)
    assert dict(report.quarantine) == {"repeated_row": 1}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"a,b,c\n1,2,3\n", "missing"),
        ((",".join(COLUMNS) + "\n").encode("utf-16"), "UTF-8"),
        (gzip.compress((",".join(COLUMNS) + "\n").encode() * 9)[:-20], "breaks off"),
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
    assert len(rows_of(tmp_path)) == 1


def test_a_mark_at_the_start_windows_lines_and_quoted_breaks_are_read(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD | {"supervisor": "line\nbreak"})
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    report = import_calls(file, CONTRACT, tmp_path / "datasets")
    assert (report.rows, report.accepted) == (1, 1)


@given(data=st.data())
@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    shutil.rmtree(tmp_path / "mangled", ignore_errors=True)
    report = import_calls(file, CONTRACT, tmp_path / "mangled")
    adds_up(report)
    dataset = read_dataset(tmp_path / "mangled" / "sf-fire")
    assert len(dataset.rows) == report.accepted + report.repaired
    assert len(dataset.aside) == report.quarantined
    again = import_calls(file, CONTRACT, tmp_path / "mangled")
    assert (again.new, again.changed, again.already_there) == (0, 0, report.rows)


@given(
    changes=st.dictionaries(
        st.sampled_from([column for column in COLUMNS if column != "row_id"]),
        st.text(max_size=30)
        | st.sampled_from(["2018-01-15 10:10:00.0 UTC", "0001-01-01 00:00:00.0 UTC", "inf", "84"]),
        max_size=6,
    )
)
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_row_says_it_ends_in_one_place(tmp_path: Path, changes: dict[str, str]) -> None:
    shutil.rmtree(tmp_path / "datasets", ignore_errors=True)
    report = read(tmp_path, GOOD | changes)
    assert report.rows == 1
    for row in rows_of(tmp_path):
        steps = [at_ms for name in TIMES[2:] if (at_ms := row.times[name]) is not None]
        assert steps == sorted(steps)
        assert steps[0] >= row.at("received_at")


def test_a_contract_cannot_map_what_we_never_store() -> None:
    text = 'name = "x"\n[columns]\nreligion = "religion"\n'
    with pytest.raises(ContractRefused, match=r"x.toml:3.*'religion'.*choose one of"):
        parse_contract(text, "x.toml")


def test_the_48_hours_and_the_week_of_san_francisco(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / SFFD
    first = import_calls(source / "sffd_48h_20180116_0117.csv.gz", CONTRACT, tmp_path)
    adds_up(first)
    assert (first.rows, first.accepted, first.repaired, first.quarantined) == (1629, 1608, 21, 0)
    assert (first.calls, first.units) == (789, 151)
    assert dict(first.repairs) == {
        "cut_name": 9,
        "address_left_out": 7,
        "house_number_removed": 3,
        "facility_before_transport": 1,
        "transport_before_on_scene": 1,
    }
    week = import_calls(source / "sffd_week_20180115_0121.csv.gz", CONTRACT, tmp_path)
    adds_up(week)
    assert (week.rows, week.accepted, week.repaired, week.quarantined) == (5858, 5750, 91, 17)
    assert (week.new, week.changed, week.already_there) == (4229, 0, 1629)
    assert (week.calls, week.responses, week.units) == (2791, 5841, 164)
    assert dict(week.repairs) == {
        "address_left_out": 35,
        "house_number_removed": 27,
        "cut_name": 26,
        "facility_before_transport": 5,
        "transport_before_on_scene": 1,
    }
    assert dict(week.quarantine) == {"wait_too_long": 17}
    assert week.always_empty == ["neighborhood_district"]
    assert week.overlaps == 12
    # The source states 408 s and 997 s for twelve days, of which this week is a part.
    assert week.response_s["median_s"] == pytest.approx(408, rel=0.01)
    assert week.response_s["p90_s"] == pytest.approx(997, rel=0.01)
    again = import_calls(source / "sffd_week_20180115_0121.csv.gz", CONTRACT, tmp_path)
    assert (again.new, again.changed, again.already_there) == (0, 0, 5858)


def test_calls_of_a_city_come_by_day_which_they_would_not_if_times_were_utc(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / SFFD / "sffd_week_20180115_0121.csv.gz"
    import_calls(file, CONTRACT, tmp_path)
    calls = {row.call_id: row.at("received_at") for row in read_rows(tmp_path / "sf-fire")}
    hours = Counter((at_ms // 3_600_000 - 8) % 24 for at_ms in calls.values())
    assert sum(hours[hour] for hour in range(9, 19)) > 3 * sum(hours[hour] for hour in range(1, 6))


def test_the_command_prints_json_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYROOM_HOME", str(tmp_path))
    file = str(write(tmp_path, GOOD))
    ran = CliRunner().invoke(calls, ["import", file, "--contract", "sf-fire", "--json"])
    said: dict[str, Any] = json.loads(ran.stdout)
    assert said["counts"]["rows"] == said["counts"]["accepted"] == 1
    listed = CliRunner().invoke(calls, ["list"])
    assert "sf-fire: 1 call," in listed.stdout
    page = (tmp_path / "datasets" / "sf-fire" / "report.html").read_text(encoding="utf-8")
    assert "accepted" in page
    another = str(write(tmp_path, GOOD, GOOD | {"unit_id": "E2"}))
    command = ["import", another, "--contract", "sf-fire", "--language", "zh"]
    assert CliRunner().invoke(calls, command).exit_code == 0
    page = (tmp_path / "datasets" / "sf-fire" / "report.html").read_text(encoding="utf-8")
    assert "接受" in page
    assert "accepted" not in page
    refused = CliRunner().invoke(calls, ["import", file, "--contract", "no-such"])
    assert refused.exit_code == 1
    assert "sf-fire" in refused.stderr

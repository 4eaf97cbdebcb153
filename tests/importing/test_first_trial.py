"""What went wrong in a first trial with files of real dispatch centres, each detail replaced."""

import csv
from pathlib import Path

import pytest
from tests.importing.test_import import GOOD
from tests.importing.test_import import write as write_sf_fire

from dutyroom.importing.contract import Contract, parse_contract
from dutyroom.importing.dataset import Dataset, read_dataset
from dutyroom.importing.fields import TIMES
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.report import Report
from dutyroom.learning.service_times import measured_times

pytestmark = pytest.mark.unit
COLUMNS = {
    "Id": "row_id", "Call": "call_id", "Unit": "unit_id", "Kind": "unit_kind",
    "Type": "category", "Pri": "priority", "Rcvd": "received_at", "Disp": "dispatched_at",
    "Enr": "en_route_at", "Arr": "on_scene_at", "Clr": "cleared_at", "Lon": "lon", "Lat": "lat",
    "Addr": "address", "Town": "locality",
}  # fmt: skip
CONTRACT = """
name = "trial"
version = 1
title = { en = "Trial", zh = "试" }
city = { en = "Trial", zh = "试" }
time_zone = "America/New_York"
time_format = "%Y-%m-%d %H:%M:%S"
[columns]
@COLUMNS@
[checks]
bounds = [-76.0, 39.0, -74.0, 41.0]
longest_wait_s = 14400
longest_step_s = 86400
[[priority_levels]]
en = "Urgent"
zh = "紧急"
[priorities]
1 = { level = 1, en = "Urgent", zh = "紧急" }
[[categories]]
value = "EMS"
code = "EMS"
en = "EMS"
zh = "医疗急救"
priority = 1
words = []
[[unit_kinds]]
value = "E"
code = "engine"
en = "Engine"
zh = "水罐消防车"
capabilities = ["engine"]
symbol = "engine"
[capability_names]
engine = { en = "Engine", zh = "灭火" }
[dispositions]
"Other" = { code = "other", en = "Other", zh = "其他" }
"""


def contract() -> Contract:
    columns = "\n".join(f'"{column}" = "{field}"' for column, field in COLUMNS.items())
    return parse_contract(CONTRACT.replace("@COLUMNS@", columns), "trial.toml")


def row(**changes: str) -> dict[str, str]:
    day = "2026-01-05 "
    return {
        "Id": "r1", "Call": "c1", "Unit": "E1", "Kind": "E", "Type": "EMS", "Pri": "1",
        "Rcvd": day + "10:00:00", "Disp": day + "10:01:00", "Enr": day + "10:02:00",
        "Arr": day + "10:08:00", "Clr": day + "10:40:00", "Lon": "-75.3", "Lat": "40.1",
        "Addr": "", "Town": "",
    } | changes  # fmt: skip


def read(folder: Path, *rows: dict[str, str], name: str = "trial.csv") -> tuple[Report, Dataset]:
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(COLUMNS))
        writer.writeheader()
        writer.writerows(rows)
    report = import_calls(folder / name, contract(), folder / "datasets")
    return report, read_dataset(folder / "datasets" / "trial")


def test_a_day_that_does_not_roll_over_at_midnight_invents_no_measurement(tmp_path: Path) -> None:
    night = {
        "Rcvd": "2026-01-05 23:50:00", "Disp": "2026-01-05 23:52:00", "Enr": "2026-01-05 23:54:00",
        "Arr": "2026-01-05 00:03:00", "Clr": "2026-01-05 00:40:00",
    }  # fmt: skip
    late = night | {"Rcvd": "2026-01-05 23:58:00", "Disp": "2026-01-05 00:01:00"}
    report, dataset = read(tmp_path, row(**night), row(Id="r2", Call="c2", **late))
    assert dataset.rows == {}
    assert dict(report.quarantine) == {
        "cleared_before_last_step": 1,
        "dispatched_before_received": 1,
    }


@pytest.mark.parametrize("cleared", ["1900-01-01 00:00:00", "1899-12-30 00:00:00"])
def test_a_date_that_stands_for_no_time_ends_no_job(tmp_path: Path, cleared: str) -> None:
    good = [row(Id=f"g{n}", Call=f"g{n}") for n in range(3)]
    bad = [row(Id=f"b{n}", Call=f"b{n}", Clr=cleared) for n in range(3)]
    _, dataset = read(tmp_path, *good, *bad)
    assert sorted(dataset.rows) == ["g0", "g1", "g2"]
    found = measured_times("trial", "pack", [[one] for one in dataset.rows.values()])
    assert found.every["on_scene"].mean_s == 32 * 60


def test_a_time_on_the_way_that_stands_for_none_is_left_out(tmp_path: Path) -> None:
    empty = {"Enr": "1899-12-30 00:00:00", "Arr": "1900-01-01 00:00:00"}
    _, dataset = read(tmp_path, row(**empty))
    [kept] = dataset.rows.values()
    assert (kept.times["en_route_at"], kept.times["on_scene_at"]) == (None, None)


def test_a_time_that_was_settled_by_us_measures_nothing(tmp_path: Path) -> None:
    spring = {  # 02:30 was skipped on 8 March 2026
        "Rcvd": "2026-03-08 01:50:00", "Disp": "2026-03-08 01:52:00", "Enr": "2026-03-08 01:53:00",
        "Arr": "2026-03-08 01:59:00", "Clr": "2026-03-08 02:30:00",
    }  # fmt: skip
    _, dataset = read(tmp_path, row(Id="r2", Call="c2", **spring), row())
    assert len(dataset.rows) == 2
    found = measured_times("trial", "pack", [[one] for one in dataset.rows.values()])
    assert found.every["on_scene"].count == 1
    assert found.every["on_scene"].mean_s == 32 * 60


AUTUMN = {
    "received_timestamp": "2018-11-04 01:23:20.000000 UTC",
    "entry_timestamp": "2018-11-04 01:23:57.000000 UTC",
    "dispatch_timestamp": "2018-11-04 01:24:40.000000 UTC",
    "on_scene_timestamp": "2018-11-04 01:28:40.000000 UTC",
}
ENGINE = GOOD | AUTUMN | {
    "response_timestamp": "2018-11-04 01:26:29.000000 UTC",
    "available_timestamp": "2018-11-04 01:37:19.000000 UTC",
}  # fmt: skip
MEDIC = GOOD | AUTUMN | {
    "row_id": "1-66", "unit_id": "66", "unit_type": "MEDIC",
    "response_timestamp": "2018-11-04 01:24:47.000000 UTC",
    "transport_timestamp": "2018-11-04 01:48:08.000000 UTC",
    "hospital_timestamp": "2018-11-04 02:00:24.000000 UTC",
    "available_timestamp": "2018-11-04 02:20:06.000000 UTC",
}  # fmt: skip
IN_WINTER_TIME = 1_541_323_400_000
"""01:23:20 of the second passing, 09:23:20 UTC."""


@pytest.mark.parametrize("rows", [(ENGINE, MEDIC), (MEDIC, ENGINE)])
def test_the_hour_that_comes_twice_is_settled_once_per_call(
    tmp_path: Path, rows: tuple[dict[str, str], ...]
) -> None:
    from dutyroom.importing.contract import load_contract

    sf_fire = load_contract("sf-fire")
    report = import_calls(write_sf_fire(tmp_path, *rows), sf_fire, tmp_path / "datasets")
    assert (report.quarantined, dict(report.repairs)) == (0, {"repeated_hour": 2})
    found = read_dataset(tmp_path / "datasets" / "sf-fire").rows.values()
    for one in found:
        assert one.times["received_at"] == IN_WINTER_TIME
        steps = [at_ms for name in TIMES if (at_ms := one.times[name]) is not None]
        assert steps == sorted(steps)
        assert steps[-1] - steps[0] < 3_600_000
    assert len({one.call_facts for one in found}) == 1


def test_a_contradiction_in_that_hour_is_still_one(tmp_path: Path) -> None:
    from dutyroom.importing.contract import load_contract

    elsewhere = MEDIC | {"latitude": "37.70"}
    report = import_calls(
        write_sf_fire(tmp_path, ENGINE, elsewhere), load_contract("sf-fire"), tmp_path / "datasets"
    )
    assert dict(report.quarantine) == {"contradicts_its_call": 1}


@pytest.mark.parametrize("unit", ["城东中队01车", "Пожарная-3", "救急１", "รถ01", "Ä/7"])
def test_ids_are_of_letters_of_any_script(tmp_path: Path, unit: str) -> None:
    _, dataset = read(tmp_path, row(Unit=unit))
    assert [one.unit_id for one in dataset.rows.values()] == [unit]


@pytest.mark.parametrize("unit", ["-E1", "E 1", "E1;", "E1\u202e", "\u0301E", "🚒1", "x" * 41])
def test_what_is_no_id_is_still_refused(tmp_path: Path, unit: str) -> None:
    report, _ = read(tmp_path, row(Unit=unit))
    assert dict(report.quarantine) == {"wrong_code": 1}


def test_a_row_that_is_accepted_later_leaves_the_quarantine(tmp_path: Path) -> None:
    bad, other = row(Clr="unknown"), row(Id="r2", Call="c2", Clr="unknown")
    _, before = read(tmp_path, bad, other)
    assert len(before.aside) == 2
    report, after = read(tmp_path, row(), name="corrected.csv")
    assert (report.new, report.accepted) == (1, 1)
    assert sorted(after.rows) == ["r1"]
    assert [one["line"] for one in after.aside] == [3]
    again, still = read(tmp_path, bad, other)
    assert (again.already_there, len(still.aside)) == (2, 1)
    assert "r1" not in str(after.aside)
    assert "r2" not in str(after.aside)


def test_of_two_rows_of_one_id_in_a_file_the_damaged_one_stays_set_aside(tmp_path: Path) -> None:
    report, dataset = read(tmp_path, row(Clr="unknown"), row())
    assert (report.quarantined, len(dataset.aside), len(dataset.rows)) == (1, 1, 1)


@pytest.mark.parametrize("town", ["12 MAIN ST", "解放路123号"])
def test_a_house_number_in_the_column_of_the_town_is_not_kept(tmp_path: Path, town: str) -> None:
    report, dataset = read(tmp_path, row(Town=town))
    assert [one.locality for one in dataset.rows.values()] == [""]
    assert dict(report.repairs) == {"address_left_out": 1}

"""The Utrecht ambulances, through the plain scenario files that the reference describes."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.simulation.run import simulate

Rows = list[dict[str, str]]


def _rows(folder: Path, name: str) -> Rows:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def patients(shared_data: Path) -> Rows:
    return _rows(shared_data / "elaspy_utrecht", "Patient_Test_Diesel_5")


@pytest.fixture(scope="module")
def case(shared_data: Path, patients: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published inputs as a scenario: points, minutes between them, units, hospitals, calls."""
    source, folder = shared_data / "elaspy_utrecht", tmp_path_factory.mktemp("utrecht")
    nodes = _rows(source, "nodes_Utrecht_2021")
    ambulances = _rows(source, "Base_Locations_Ambulances_MEXCLP_21_22_20")[:20]
    hospitals = _rows(source, "Hospital_Postal_Codes_Utrecht_2021")
    with gzip.open(source / "siren_driving_matrix_2022.csv.gz", "rt") as file:
        (folder / "travel.csv").write_text(file.read())
    points = [f"{n['postal code']},{n['x']},{n['y']}" for n in nodes]
    _write(folder / "points.csv", "id,x_m,y_m", points)
    _write(folder / "units.csv", "id,base", [f"{a['Ambulance']},{a['Base']}" for a in ambulances])
    facilities = [f"H{h['Hospital']},{h['Hospital']}" for h in hospitals]
    _write(folder / "facilities.csv", "id,point", facilities)
    calls = []
    for p in patients:
        taken = float(p["to_hospital"]) > 0
        after = f"nearest,{p['drop_off_time_hospital']}" if taken else ","
        where = int(float(p["location_ID"]))
        calls.append(f"{p['arrival_time']},{where},{p['on_site_aid_time']},{after}")
    _write(folder / "calls.csv", "at_min,point,on_scene_min,facility,handover_min", calls)
    scenario = {
        "name": "utrecht",
        "points": "points.csv",
        "travel": {"matrix": "travel.csv", "unit": "min"},
        "units": "units.csv",
        "facilities": "facilities.csv",
        "calls": "calls.csv",
        "rules": {"compare": "exact", "position": "straight", "home_speed": 0.95},
    }
    path = folder / "scenario.json"
    path.write_text(json.dumps(scenario), encoding="utf-8")
    return path


def test_every_ambulance_and_every_response_time_is_as_published(
    case: Path, patients: Rows
) -> None:
    builder = Builder(read_scenario(case))
    calls = builder.calls()
    run = simulate(builder.inputs(calls))
    sent = [builder.units[unit].id for unit in run.outcomes["unit"]]
    assert sent == [str(int(float(p["assigned_to_ambulance_nr"]))) for p in patients]
    response_min = (run.outcomes["arrive_s"] - calls.at_s) / 60
    published_min = np.array([float(p["response_time"]) for p in patients])
    assert np.abs(response_min - published_min).max() < 1e-9
    finished_min = run.outcomes["free_s"] / 60
    assert np.abs(finished_min - [float(p["finish_time"]) for p in patients]).max() < 1e-9


def test_the_same_inputs_have_the_same_checksum(case: Path) -> None:
    builder, again = Builder(read_scenario(case)), Builder(read_scenario(case))
    first = builder.inputs(builder.calls()).checksum()
    assert first == again.inputs(again.calls()).checksum()
    calls = again.calls()
    calls.on_scene_s[0] += 1e-9
    assert first != again.inputs(calls).checksum()

"""Districts: work shared by the units of stations, rehearsed as a lead in their own areas."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.cli.rehearse import rehearse
from dutyroom.rehearsal.proposing.districts import districts, neighbours
from dutyroom.rehearsal.proposing.proposal import attempt, today
from dutyroom.rehearsal.proposing.workload import NothingToPropose
from dutyroom.rehearsal.scenario.read import read_scenario
from tests.harness.examples import examples
from tests.rehearsal.proposing.row import THEFT, changed, write_row

UNITS = """id,base,capabilities,agency,station
P1,p0,patrol,police,west
P2,p9,patrol,police,east
P3,p9,patrol,police,east
F1,p0,engine,fire,fire
"""


@pytest.fixture
def line(tmp_path: Path) -> Path:
    """One patrol in the west, two in the east."""
    fire = {"category": "fire", "per_h": 0.1, "needs": [{"capability": "engine", "count": 1}]}
    calls = {"kinds": [THEFT, fire]}
    return write_row(tmp_path, UNITS, calls=calls, hours=200, replications=4)


def test_the_station_with_more_units_answers_for_more(line: Path) -> None:
    now = today(line)
    made, [police] = districts(now)  # the fire brigade has one station: nothing to divide
    assert police.agencies == ("police",)
    west = [zone for zone in police.zones if police.name(police.found.station_of[police.zones.index(zone)]) == "west"]  # fmt: skip
    assert west == ["p0", "p1", "p2"], "a third of the calls, and next to the station"
    tried = attempt(made, line, now, line.parent / "out")
    read = read_scenario(tried.file)
    assert read.rules.own_district_s == 60
    assert read.districts["p0"] == {"west"}
    assert read.districts["p5"] == {"east"}


def test_districts_of_others_are_kept_and_the_lead_too(line: Path) -> None:
    (line.parent / "districts.csv").write_text("zone,stations\np0,west fire\np1,east\n")
    had = changed(line, districts="districts.csv", rules={"own_district_s": 90})
    now = today(had)
    made, [police] = districts(now, agency="police")
    assert police.task.today is not None
    assert police.task.today[1] == police.stations.index(("east",))
    read = read_scenario(attempt(made, had, now, line.parent / "out").file)
    assert read.districts["p0"] == {"west", "fire"}
    assert read.rules.own_district_s == 90


def test_where_there_is_nothing_to_divide_it_is_said(line: Path) -> None:
    with pytest.raises(NothingToPropose, match="nothing to divide"):
        districts(today(line), agency="fire")


def test_the_command_shows_the_map_and_who_meets_whom(line: Path) -> None:
    out = line.parent / "out"
    command = ["propose", "districts", str(line), "--out", str(out), "--language", "zh"]
    done = CliRunner().invoke(rehearse, command)
    assert done.exit_code == 0, done.output
    report = (out / "report.html").read_text()
    assert '<html lang="zh-CN">' in report
    assert "责任区调整" in report
    assert "other districts" not in report
    assert "calls that a unit of the proposed district meets" in done.output
    page = (out / "districts.html").read_text()
    assert "划归变动" in page
    assert "<svg" in page
    assert (out / "districts.csv").read_text().startswith("zone,stations\np0,west\n")


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=40))
@settings(max_examples=examples(100))
def test_neighbours_hold_all_points_together_and_leap_over_none(
    spots: list[tuple[int, int]],
) -> None:
    x, y = np.array(spots, np.float64).T
    pairs = neighbours(x, y)
    reached, before = {0}, set[int]()
    while reached != before:
        before = set(reached)
        reached |= {b for a, b in pairs if a in before} | {a for a, b in pairs if b in before}
    assert reached == set(range(len(spots)))
    for a, b in pairs:
        middle, square = (
            ((x[a] + x[b]) / 2, (y[a] + y[b]) / 2),
            (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2,
        )
        apart = (x - middle[0]) ** 2 + (y - middle[1]) ** 2
        assert apart.min() >= square / 4 - 1e-6

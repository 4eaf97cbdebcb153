"""A proposal is a scenario over today's, rehearsed beside it; what can't be proposed is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyroom.rehearsal.comparing.paired import compare
from dutyroom.rehearsal.optimise.equity import EquityLimits
from dutyroom.rehearsal.proposing.hours import Target, staffing
from dutyroom.rehearsal.proposing.places import move_ups, posts, stations
from dutyroom.rehearsal.proposing.proposal import attempt, today
from dutyroom.rehearsal.proposing.workload import NothingToPropose, groups
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.site.rehearsing import rehearse
from tests.rehearsal.proposing.row import changed, write_row


@pytest.fixture
def line(tmp_path: Path) -> Path:
    """Both patrols stand at the western end."""
    units = (
        "id,base,capabilities,agency\nP1,p0,patrol,police\nP2,p0,patrol,police\n"
        "M1,p5,medic,rescue\n"
    )
    return write_row(
        tmp_path, units, posts=["p7"], targets_s={"1": 400}, hours=300, replications=24,
        rules={"cover_s": 300},
    )  # fmt: skip


def test_units_go_where_most_is_covered_and_only_those_that_have_to(line: Path) -> None:
    now = today(line)
    made = posts(now)
    [move] = made.changes
    assert move["do"] == "move_unit"
    assert move["to"] in ("p5", "p7")
    tried = attempt(made, line, now, line.parent / "out")
    by_name = {one.measure.name: one for one in compare(tried.today, tried.proposed)}
    assert by_name["mean_s"].sure
    assert by_name["mean_s"].difference.mean < 0
    assert by_name["late"].difference.mean < 0
    # Who loses is named: the west, where both stood.
    assert {loser.name for loser in tried.losers if loser.dimension == "area"} >= {"p0", "p1"}
    assert read_scenario(tried.file).units[1].base in (5, 7)


def test_where_nothing_is_gained_nobody_is_moved(line: Path) -> None:
    spread = changed(line, changes=[{"do": "move_unit", "id": "P2", "to": "p7"}])
    with pytest.raises(NothingToPropose, match="nothing to move"):
        posts(today(spread), aim="travel")


def test_move_ups_are_rules_over_those_of_today(line: Path) -> None:
    now = today(line)
    made = move_ups(now)
    tried = attempt(made, line, now, line.parent / "out")
    read = read_scenario(tried.file)
    assert len(read.compliance) == len(read.units) + 1
    assert all(len(row) == n for n, row in enumerate(read.compliance))
    assert read.cover_s == 300


def test_stations_get_units_after_their_work_within_the_limits(line: Path) -> None:
    near = changed(
        line,
        changes=[
            {"do": "add_unit", "id": "P3", "like": "P1", "at": "p0"},
            {"do": "add_unit", "id": "P4", "like": "P1", "at": "p8"},
        ],
    )
    made, [(name, table)] = stations(today(near), EquityLimits(min_per_station=1))
    assert name == "police"
    assert {row.station: row.proposed for row in table.rows} == {"p0": 2, "p8": 2}
    assert [change["to"] for change in made.changes] == ["p8"]
    with pytest.raises(NothingToPropose, match="min_per_station 2 instead of 3 would do"):
        stations(today(near), EquityLimits(min_per_station=3))


def test_shifts_are_tried_until_the_rehearsal_keeps_the_promise(line: Path) -> None:
    spread = changed(line, changes=[{"do": "move_unit", "id": "P2", "to": "p7"}])
    now = today(spread)
    tried = staffing(spread, now, line.parent / "out", Target(late=0.6), agency="police")
    assert max(run.all.late for run in tried.proposed.runs) < 0.7
    read = read_scenario(tried.file)
    assert all(unit.shifts for unit in read.units if unit.agency == "police")
    assert all(not unit.shifts for unit in read.units if unit.agency == "rescue")


def test_a_promise_that_no_number_of_units_keeps_is_said_to_be_one(line: Path) -> None:
    far = changed(line, targets_s={"1": 20})
    with pytest.raises(NothingToPropose, match="it isn't the number of units"):
        staffing(far, today(far), line.parent / "out", Target(late=0.01), agency="police")


def test_an_agency_that_is_not_there_is_refused_with_those_that_are(line: Path) -> None:
    with pytest.raises(NothingToPropose, match="police, rescue"):
        groups(read_scenario(line), "fire")


def test_the_command_shows_gain_and_losers_and_writes_what_can_be_rehearsed_again(
    line: Path,
) -> None:
    out = line.parent / "posts"
    done = CliRunner().invoke(rehearse, ["propose", "posts", str(line), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "the rehearsal speaks for it" in done.output
    assert "loses: area p0" in done.output
    figures = json.loads((out / "figures.json").read_text())
    assert figures["differences"]["mean_s"][0] < 0
    assert (out / "report.html").read_text().startswith("<!doctype html>")
    assert read_scenario(out / "proposal.json").name == "other posts"
    none = CliRunner().invoke(
        rehearse, ["propose", "posts", str(line), "--out", str(out), "--agency", "fire"]
    )
    assert none.exit_code == 1
    assert "there are police, rescue" in none.output

"""A proposal is a scenario over today's, rehearsed beside it; what can't be proposed is refused."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutyroom.citypack import generate_city
from dutyroom.cli.rehearse import rehearse
from dutyroom.rehearsal.comparing.paired import compare, overall
from dutyroom.rehearsal.optimise.equity import EquityLimits
from dutyroom.rehearsal.proposing.hours import Target, staffing
from dutyroom.rehearsal.proposing.move_ups import move_ups
from dutyroom.rehearsal.proposing.places import posts, stations
from dutyroom.rehearsal.proposing.proposal import attempt, today
from dutyroom.rehearsal.proposing.workload import NothingToPropose, groups
from dutyroom.rehearsal.scenario.read import read_scenario
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


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Four patrols in the west, and only three places to stand at."""
    units = "id,base,capabilities,agency\n" + "".join(
        f"P{n},p0,patrol,police\n" for n in range(1, 5)
    )
    return write_row(
        tmp_path, units, posts=["p5", "p9"], targets_s={"1": 400}, hours=100, replications=4
    )


def test_with_more_units_than_places_each_place_has_one_and_the_others_cover_most(
    few: Path,
) -> None:
    made = posts(today(few), aim="travel", within_s=200)
    places = sorted(change["to"] for change in made.changes)
    assert set(places) == {"p5", "p9"}
    # Five points are within 200 s of p5, three of p9: there stands the fourth unit.
    assert places == ["p5", "p5", "p9"]
    [said] = made.says
    assert said == "police: mean way to the nearest unit 450 s today, 100 s proposed."


def test_by_reach_what_some_unit_reaches_comes_first_and_the_others_cover_most(few: Path) -> None:
    now = today(few)
    made = posts(now, aim="reach", within_s=200)
    assert sorted(change["to"] for change in made.changes) == ["p5", "p5", "p9"]
    [said] = made.says
    assert said == (
        "police: share of demand within 200 s of some unit 30.0 % today, 100.0 % proposed."
    )
    with pytest.raises(NothingToPropose, match=r"100\.0 % today; no other places are better"):
        posts(today(changed(few, changes=list(made.changes))), aim="reach", within_s=200)


def test_move_ups_are_rules_over_those_of_today(line: Path) -> None:
    now = today(line)
    made = move_ups(now)
    assert [said.split(":")[0] for said in made.says] == ["police"]
    tried = attempt(made, line, now, line.parent / "out")
    read = read_scenario(tried.file)
    [table] = read.compliance
    counted = [unit for unit in read.units if table.counts(unit)]
    assert {unit.agency for unit in counted} == {"police"}
    assert len(table.rows) == len(counted) + 1
    assert all(len(row) <= n for n, row in enumerate(table.rows))
    assert all(set(row) <= {0, 7} for row in table.rows), "patrols hold no place of the medics"
    assert table.rows[1], "one that is free is wanted somewhere"
    assert read.cover_s == 300


def test_a_group_without_an_agency_leaves_the_others_their_tables(tmp_path: Path) -> None:
    units = "id,base,capabilities,agency\n" + "".join(
        f"{name},p{at},patrol,{agency}\n"
        for name, at, agency in (
            ("A1", 0, ""), ("A2", 4, ""), ("A3", 9, ""), ("B1", 2, "police"), ("B2", 7, "police"),
        )
    )  # fmt: skip
    file = write_row(tmp_path, units, targets_s={"1": 400}, hours=48, replications=3)
    now = today(file)
    read = read_scenario(attempt(move_ups(now), file, now, tmp_path / "out").file)
    assert [table.agency for table in read.compliance] == ["police", ""]


def test_move_ups_of_one_agency_leave_the_others_theirs(line: Path) -> None:
    medics = {"agency": "rescue", "rows": [[], ["p7"]]}
    all_have = [{"capabilities": "patrol", "rows": [[], ["p0"]]}, medics]
    rules = {"when_idle": "compliance", "compliance": all_have, "cover_s": 300}
    file = changed(line, changes=[{"do": "set_rules", "rules": rules}])
    now = today(file)
    tried = attempt(move_ups(now, agency="police"), file, now, line.parent / "out")
    read = read_scenario(tried.file)
    assert [(table.agency, table.capabilities) for table in read.compliance] == [
        ("police", frozenset({"patrol"})), ("rescue", frozenset()),
    ]  # fmt: skip
    assert read.compliance[1].rows == ((), (7,))
    other = changed(line, rules={"when_idle": "dmexclp"})
    with pytest.raises(NothingToPropose, match="go by another rule"):
        move_ups(today(other), agency="police")


def test_stations_get_units_after_their_work_within_the_limits(line: Path) -> None:
    near = changed(
        line,
        changes=[
            {"do": "add_unit", "id": "P3", "like": "P1", "at": "p0"},
            {"do": "add_unit", "id": "P4", "like": "P1", "at": "p8"},
        ],
    )
    made, [(group, table)] = stations(today(near), EquityLimits(min_per_station=1))
    assert group.name == "police"
    assert {row.station: row.proposed for row in table.rows} == {"p0": 2, "p8": 2}
    assert [change["to"] for change in made.changes] == ["p8"]
    with pytest.raises(NothingToPropose, match="min_per_station 2 instead of 3 would do"):
        stations(today(near), EquityLimits(min_per_station=3))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated city, whose stations stand at road nodes; six cars, five of them at PS01."""
    folder = tmp_path_factory.mktemp("today")
    generate_city(folder / "city", nodes=800, units=20, seed=1)
    more = [{"do": "add_unit", "id": f"P{n}", "like": "P1", "at": "PS01"} for n in (11, 12, 13)]
    today = {
        "name": "today", "base": "city", "calls": 3, "hours": 48, "replications": 3,
        "changes": [*more, {"do": "move_unit", "id": "P3", "to": "PS01"}],
    }  # fmt: skip
    file = folder / "today.json"
    file.write_text(json.dumps(today))
    return file


def test_stations_of_a_pack_are_named_as_the_pack_names_them(city: Path) -> None:
    out = city.parent / "stations"
    done = CliRunner().invoke(
        rehearse, ["propose", "stations", str(city), "--out", str(out), "--agency", "car"]
    )
    assert done.exit_code == 0, done.output
    changes = json.loads((out / "proposal.json").read_text())["changes"]
    assert changes
    assert {change["to"] for change in changes} == {"PS02"}
    assert {u.station for u in read_scenario(out / "proposal.json").units if u.agency == "car"} == {
        "PS01", "PS02",
    }  # fmt: skip
    head, *rows = csv.reader((out / "stations.csv").read_text("utf-8-sig").splitlines())
    assert len(set(head)) == len(head)
    assert [row[:4] for row in rows] == [
        ["Patrol car 巡逻车", "PS01", "Gucheng Police Station", "古城派出所"],
        ["Patrol car 巡逻车", "PS02", "Jiangnan Police Station", "江南派出所"],
    ]
    columns = {name.split(" (s)")[0]: at for at, name in enumerate(head)}
    for when in ("today", "proposed"):
        at = columns[f"Response of its units, 90th percentile, rehearsed {when}"]
        assert all(float(row[at]) > 0 for row in rows)


def test_all_files_are_there_even_if_nobody_reads_to_the_end(city: Path) -> None:
    """As with ``dutyroom rehearse propose ... | head``."""
    out = city.parent / "unread"
    program = "from dutyroom.cli.main import main; main()"
    asked = ["rehearse", "propose", "stations", str(city), "--out", str(out), "--agency", "car"]
    with subprocess.Popen(
        [sys.executable, "-c", program, *asked], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
    files = {"proposal.json", "report.html", "figures.json", "figures.csv", "stations.csv"}
    assert {file.name for file in out.iterdir()} == files


def test_a_unit_that_goes_to_a_point_with_a_station_is_of_that_station(city: Path) -> None:
    scenario = read_scenario(city)
    by_id = {unit.id: unit for unit in scenario.units}
    points = scenario.geography.ids
    fire_station = points[by_id["E1"].base]
    assert fire_station not in ("FS01", by_id["E1"].station)
    moved = changed(
        city,
        changes=[
            {"do": "move_unit", "id": "E4", "to": fire_station},
            {"do": "add_unit", "id": "P99", "like": "P1", "at": points[by_id["P2"].base]},
        ],
    )
    after = {unit.id: unit for unit in read_scenario(moved).units}
    assert (after["E4"].station, after["E4"].base) == ("FS01", by_id["E1"].base)
    assert (after["P99"].station, after["P99"].base) == ("PS02", by_id["P2"].base)


def test_a_station_that_only_units_name_can_be_moved_to(tmp_path: Path) -> None:
    units = (
        "id,base,station,capabilities,agency\nP1,p0,West,patrol,police\nP2,p0,West,patrol,police\n"
        "P3,p0,West,patrol,police\nP4,p8,East,patrol,police\n"
    )
    today_s = write_row(tmp_path, units, targets_s={"1": 400}, hours=48, replications=3)
    now = today(today_s)
    made, _ = stations(now, EquityLimits())
    assert [change["to"] for change in made.changes] == ["East"]
    tried = attempt(made, today_s, now, tmp_path / "out")
    assert [u.station for u in tried.proposed.scenario.units].count("East") == 2


def test_a_station_in_two_places_is_named_by_its_points(tmp_path: Path) -> None:
    units = (
        "id,base,station,capabilities,agency\nP1,p0,West,patrol,police\nP2,p0,West,patrol,police\n"
        "P3,p0,West,patrol,police\nP4,p8,West,patrol,police\n"
    )
    today_s = write_row(tmp_path, units, targets_s={"1": 400}, hours=48, replications=3)
    out = tmp_path / "out"
    done = CliRunner().invoke(rehearse, ["propose", "stations", str(today_s), "--out", str(out)])
    assert done.exit_code == 0, done.output
    proposed = read_scenario(out / "proposal.json")
    assert [unit.station for unit in proposed.units] == ["West"] * 4
    assert sorted(unit.base for unit in proposed.units) == [0, 0, 8, 8]
    _, *rows = csv.reader((out / "stations.csv").read_text("utf-8-sig").splitlines())
    assert [row[1] for row in rows] == ["p0", "p8"]
    assert all(row[10] and row[11] for row in rows)


def test_the_fewest_shifts_that_keep_the_promise_are_found_in_both_directions(
    tmp_path: Path,
) -> None:
    units = "id,base,capabilities,agency\nP1,p2,patrol,police\nP2,p7,patrol,police\nM1,p5,medic,rescue\n"
    file = write_row(tmp_path, units, targets_s={"1": 600}, hours=72, replications=4)
    now = today(file)
    hours = []
    for late in (0.9, 0.1, 0.005):
        tried = staffing(file, now, tmp_path / "out", Target(late), agency="police")
        assert overall(tried.proposed, "late").mean <= late
        read = read_scenario(tried.file)
        assert read.units == tried.proposed.scenario.units
        police = [unit for unit in read.units if unit.agency == "police"]
        assert all(unit.shifts for unit in police)
        assert not any(unit.shifts for unit in read.units if unit.agency == "rescue")
        hours.append(sum(s.end_s - s.start_s for u in police for s in u.shifts) / 3600)
    # One at any hour does the work if nearly all may be late, and is fewer than the two of today;
    # the two don't do if hardly any may be.
    assert hours[0] == 168
    assert hours[0] < hours[1] <= 2 * 168 < hours[2]
    assert "The next fewer" in tried.proposal.says[2]


def test_shifts_are_as_long_as_asked(line: Path) -> None:
    few_runs = changed(line, hours=48, replications=2)
    out = line.parent / "shifts"
    asked = ["propose", "staffing", str(few_runs), "--out", str(out), "--agency", "police"]
    done = CliRunner().invoke(rehearse, [*asked, "--late", "1", "--shifts", "6 24"])
    assert done.exit_code == 0, done.output
    assert "168 unit-hours a week (today 336)" in done.output
    read = read_scenario(out / "proposal.json")
    assert {s.end_s - s.start_s for u in read.units for s in u.shifts} <= {6 * 3600, 24 * 3600}
    refused = CliRunner().invoke(rehearse, [*asked, "--shifts", "8h"])
    assert refused.exit_code == 2
    assert 'like "8 12"' in refused.output


def test_a_promise_that_no_number_of_units_keeps_is_said_to_be_one(line: Path) -> None:
    far = changed(line, targets_s={"1": 20}, hours=48, replications=2)
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
    assert "loses: area p0, 90th percentile +" in done.output
    figures = json.loads((out / "figures.json").read_text())
    assert figures["differences"]["mean_s"][0] < 0
    assert (out / "report.html").read_text().startswith("<!doctype html>")
    assert read_scenario(out / "proposal.json").name == "other posts"
    none = CliRunner().invoke(
        rehearse, ["propose", "posts", str(line), "--out", str(out), "--agency", "fire"]
    )
    assert none.exit_code == 1
    assert "there are police, rescue" in none.output

"""Scenario files: what can't be is refused with file, line and remedy before anything runs."""

import json
from pathlib import Path
from typing import Any

import pytest

from dutyroom.citypack import PackRefused, generate_city
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.simulation.run import simulate
from tests.rehearsal.small_files import line_of, write


def test_a_scenario_of_plain_files_runs(tmp_path: Path) -> None:
    builder = Builder(read_scenario(write(tmp_path)))
    run = simulate(builder.inputs(builder.calls()))
    assert [builder.units[u].id for u in run.outcomes["unit"]] == ["A1", "E1"]
    assert run.outcomes["arrive_s"].tolist() == [60.0, 300.0]


def test_an_overlap_of_every_day_of_the_week_is_said_once(tmp_path: Path) -> None:
    shifts = "shift,day,from,to\nn,daily,08:00,12:00\nn,daily,14:00,18:00\nn,daily,16:00,20:00\n"
    with pytest.raises(PackRefused) as refused:
        read_scenario(write(tmp_path, {"shifts": "shifts.csv"}, **{"shifts.csv": shifts}))
    assert [(p.file, p.line) for p in refused.value.problems] == [("shifts.csv", 4)]


@pytest.mark.parametrize(
    ("file", "text", "line", "message"),
    [
        ("travel.csv", "from,a,b,c\na,0,1,2\nb,1,0,-1\nc,2,1,0\n", 3, "not a travel time"),
        ("travel.csv", "from,a,b,c\na,0,1,2\nb,1,0\nc,2,1,0\n", 3, "3 fields instead of 4"),
        ("travel.csv", "from,a,b\na,0,1\nb,1,0\n", 1, 'the point "c" has no column'),
        ("units.csv", "id,base\nA1,nowhere\n", 2, 'unknown point "nowhere"'),
        ("units.csv", "id,base\nA1,a\nA1,b\n", 3, "given twice"),
        ("units.csv", "id,base,religion\nA1,a,x\n", 1, 'unknown column "religion"'),
        ("calls.csv", "at_min,point,needs\n0,b,helicopter\n", 2, "no unit can ever serve"),
        ("calls.csv", "at_min,point,needs\n-1,b,engine\n", 2, "out of range"),
        ("calls.csv", "at_min,point,needs\n9,b,engine\n5,b,engine\n", 3, "came before"),
        ("calls.csv", "at_min,point,needs,on_scene_min\n0,b,engine,-4\n", 2, "out of range"),
        (
            "shifts.csv",
            "shift,day,from,to\nday,mon,06:00,14:00\nday,mon,13:00,20:00\n",
            3,
            "overlaps",
        ),
        ("travel.csv", "from,a,b,c,b\na,0,1,2,1\nb,1,0,1,0\nc,2,1,0,1\n", 1, "two columns"),
        ("travel.csv", "from,a,b,c\na,0,1,2\nb,1,0,1\na,2,1,0\n", 4, "has a row already"),
        ("travel.csv", "from,a,b,c\na,0,1_0,2\nb,1,0,1\nc,2,1,0\n", 2, "not a travel time"),
        ("calls.csv", "at_min,point,needs\n,b,engine\n", 2, "at_min is empty"),
        ("calls.csv", "at_min,point,needs\n1_0,b,engine\n", 2, "is not a number"),
        ("calls.csv", "at_min,at_s,point,needs\n0,0,b,engine\n", 1, "say the same"),
        ("calls.csv", "at_min;point;needs\n0;b;engine\n", 1, "separated by semicolons"),
        ("calls.csv", "id,at_min,point,needs\nx,0,b,engine\nx,1,b,engine\n", 3, "given twice"),
        ("calls.csv", "at_min,point,needs,handover_m\n0,b,engine,1\n", 1, "unknown column"),
        ("shifts.csv", "shift,day,from,to\nday,someday,06:00,14:00\n", 2, "unknown day"),
    ],
)
def test_what_can_not_be_is_refused_with_file_line_and_remedy(
    tmp_path: Path, file: str, text: str, line: int, message: str
) -> None:
    path = write(tmp_path, {"shifts": "shifts.csv"}, **{file: text})
    with pytest.raises(PackRefused) as refused:
        read_scenario(path)
    found = [p for p in refused.value.problems if message in p.message]
    assert [(p.file, p.line) for p in found] == [(file, line)]
    assert all(p.remedy for p in found)


def test_a_place_that_nobody_can_reach_is_refused(tmp_path: Path) -> None:
    lonely = "from,a,b,c\na,0,,2\nb,1,0,1\nc,2,,0\n"
    with pytest.raises(PackRefused, match='with "ambulance" can reach the point "b"'):
        read_scenario(write(tmp_path, **{"travel.csv": lonely}))


def test_a_place_that_only_others_can_reach_is_refused(tmp_path: Path) -> None:
    one_way = "from,a,b,c\na,0,1,\nb,1,0,1\nc,2,1,0\n"
    calls = "at_min,point,needs\n0,b,ambulance\n5,c,engine\n9,c,ambulance\n"
    with pytest.raises(PackRefused) as refused:
        read_scenario(write(tmp_path, **{"travel.csv": one_way, "calls.csv": calls}))
    [problem] = refused.value.problems
    assert 'no unit with "ambulance" can reach the point "c"' in problem.message


def test_what_only_units_off_duty_could_do_is_refused(tmp_path: Path) -> None:
    units = "id,base,capabilities,shift\nA1,a,ambulance,early\nE1,c,engine,\n"
    shifts = "shift,day,from,to\nearly,wed,06:00,14:00\n"
    files = {"units.csv": units, "shifts.csv": shifts}
    late = {"shifts": "shifts.csv", "start": "Mon 13:00", "hours": 6}
    with pytest.raises(PackRefused, match='no unit with "ambulance" is on duty in these 6 hours'):
        read_scenario(write(tmp_path, late, **files))
    early = late | {"start": "Wed 13:00"}
    assert read_scenario(write(tmp_path, early, **files)).hours == 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rules": {"position": "road"}}, "there are no roads here"),
        ({"rules": {"queue": "loudest"}}, 'unknown queue "loudest"'),
        ({"rules": {"preemption": {"by": 3, "of": 2}}}, "take units from each other"),
        ({"rules": {"when_idle": "compliance"}}, "the compliance table is missing"),
        ({"rules": {"compliance": [[], ["a", "b"]]}}, "2 posts for 1 free units"),
        ({"rules": {"compliance": [{"rows": [[], ["a", "b"]]}]}}, "2 posts for 1 free units"),
        ({"rules": {"compliance": [{"rows": [[]]}]}}, "a table needs two rows or more"),
        ({"rules": {"compliance": [[], "b"]}}, "'b' are no points"),
        ({"rules": {"compliance": [{"rows": [[], "b"]}]}}, "'b' are no points"),
        ({"rules": {"when_idle": ["home"]}}, "unknown when_idle"),
        ({"rules": {"compliance": [{"agency": "x"}]}}, '"rows" is missing'),
        ({"rules": {"compliance": [{"rows": [[], ["a"]]}, []]}}, "the entry must be an object"),
        ({"travel": {"matrix": "travel.csv", "speed_kmh": 30}}, "says nothing beside a matrix"),
        ({"start": "sometime"}, "not the hour of a week"),
        ({"hours": -3}, '"hours" is -3'),
        ({"colour": "blue"}, 'unknown key "colour"'),
        ({"changes": [{"do": "dream"}]}, 'unknown change "dream"'),
        ({"changes": [{"do": "remove_unit", "id": "X"}]}, 'unknown unit "X"'),
        ({"changes": [{"do": "scale_calls", "by": 2}]}, "the calls are those of a file"),
        ({"changes": [{"do": "set_hours", "id": "A1", "hours": ["noon"]}]}, '"noon" are no hours'),
        (
            {
                "changes": [
                    {"do": "set_hours", "id": "A1", "hours": ["sun 20:00-04:00", "mon 03:00-09:00"]}
                ]
            },
            "overlap",
        ),
        ({"changes": [{"do": "set_hours", "id": "X", "hours": []}]}, 'unknown unit "X"'),
        *(
            ({"changes": [{"do": "set_hours", "id": "A1", "hours": [said]}]}, message)
            for said, message in (
                ("mon 07:00-15:00 break 15:00 30", "isn't within it"),
                ("mon 07:00-15:00 break 14:45 30", "isn't within it"),
                ("mon 07:00-15:00 break 08:00 0", "too short or too long"),
                ("mon 07:00-15:00 break 09:00 30 break 09:15 30", "overlap"),
                ("mon 07:00-15:00 break noon 30", "are no hours"),
            )
        ),
        ({"changes": [{"do": "set_rules", "rules": {"queue": "loudest"}}]}, "unknown queue"),
        (
            {"changes": [{"do": "set_rules", "rules": {"when_idle": "compliance"}}]},
            "the compliance table is missing",
        ),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(PackRefused, match=message) as refused:
        read_scenario(write(tmp_path, change))
    assert all(p.line for p in refused.value.problems if message in p.message)


def test_what_is_the_matter_is_said_once_and_where_it_is(tmp_path: Path) -> None:
    def problems(scenario: dict[str, Any], **files: str) -> list[tuple[str, str]]:
        with pytest.raises(PackRefused) as refused:
            read_scenario(write(tmp_path, scenario, **files))
        return [(p.file, p.message) for p in refused.value.problems]

    assert problems({}, **{"units.csv": "id,base\n"}) == [("units.csv", "there is no unit")]
    taken = {"calls.csv": "at_min,point,needs,facility\n0,b,engine,nearest\n1,c,engine,H1\n"}
    assert problems({"facilities": "gone.csv"}, **taken) == [("gone.csv", "there is no such file")]
    late = {"calls.csv": "at_min,point,needs\n1e400,b,engine\n1,b,engine\n"}
    [(_, message)] = problems({}, **late)
    assert "is not a number" in message


def test_calls_that_can_not_be_taken_to_their_facility_are_refused(tmp_path: Path) -> None:
    files = {
        "facilities.csv": "id,point\nH1,a\n",
        "travel.csv": "from,a,b,c\na,0,1,2\nb,,0,1\nc,2,1,0\n",
        "calls.csv": "at_min,point,needs,facility\n0,b,engine,{}\n",
    }
    for facility, said in (("H1", 'the facility "H1"'), ("nearest", "any facility")):
        named = files | {"calls.csv": files["calls.csv"].format(facility)}
        with pytest.raises(PackRefused, match=f'no way from the point "b" to {said}'):
            read_scenario(write(tmp_path, {"facilities": "facilities.csv"}, **named))


AMBULANCE_BY_SHIFT = {
    "units.csv": "id,base,capabilities,shift\nE1,c,engine,\nA1,a,ambulance,early\n",
    "shifts.csv": "shift,day,from,to\nearly,wed,06:00,14:00\n",
}
LATE = {"shifts": "shifts.csv", "start": "Mon 13:00", "hours": 6}
TWENTY = {"kinds": [{"category": "fire", "per_h": 1, "needs": [
    {"capability": "engine"}, {"capability": "ambulance", "count": 20}]}]}  # fmt: skip
TO_H1 = {
    "facilities.csv": "id,point\nH1,a\n",
    "travel.csv": "from,a,b,c\na,0,1,2\nb,,0,1\nc,2,1,0\n",
    "calls.csv": "at_min,point,needs,facility\n0,b,engine,H1\n",
}


@pytest.mark.parametrize(
    ("change", "files", "file", "line"),
    [
        (
            {"changes": [{"do": "remove_unit", "id": key} for key in ("A1", "E1")],
             "calls": {"kinds": [{"category": "fire", "per_h": 1}]}},
            {}, "scenario.json", '"E1"',
        ),
        ({"calls": TWENTY}, {}, "scenario.json", '"capability": "ambulance"'),
        ({}, {"travel.csv": "from,a,b,c\na,0,,2\nb,1,0,1\nc,2,,0\n"}, "points.csv", "b,1000"),
        (LATE, AMBULANCE_BY_SHIFT, "units.csv", "A1,a"),
        (
            LATE | {"changes": [{"do": "set_hours", "id": "A1", "hours": ["wed 07:00-15:00"]}]},
            AMBULANCE_BY_SHIFT, "scenario.json", '"A1"',
        ),
        ({"facilities": "facilities.csv"}, TO_H1, "points.csv", "b,1000"),
        ({"hours": 10, "warm_up_h": 20}, {}, "scenario.json", '"warm_up_h"'),
        ({"hours": 10, "warm_up_h": 10}, {}, "scenario.json", '"warm_up_h"'),
        ({"rules": {"own_district_s": 30}}, {}, "scenario.json", "{"),
    ],
)  # fmt: skip
def test_what_can_not_be_as_a_whole_is_refused_with_its_line_too(
    tmp_path: Path, change: dict[str, Any], files: dict[str, str], file: str, line: str
) -> None:
    path = write(tmp_path, change, **files)
    with pytest.raises(PackRefused) as refused:
        read_scenario(path)
    [problem] = refused.value.problems
    assert problem.file == file
    assert problem.line is not None
    assert line in (tmp_path / file).read_text("utf-8").splitlines()[problem.line - 1]
    assert problem.remedy


def test_what_a_pack_can_no_longer_do_is_said_at_the_change(tmp_path: Path) -> None:
    generate_city(tmp_path / "city", nodes=800, units=20, seed=1)
    units = read_scenario(tmp_path / "city").units
    ladders = [unit.id for unit in units if "ladder" in unit.capabilities]
    away = [{"do": "remove_unit", "id": key} for key in ladders]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"name": "a", "base": "city", "changes": away}, indent=1))
    with pytest.raises(PackRefused) as refused:
        read_scenario(path)
    said = [p for p in refused.value.problems if '"ladder"' in p.message]
    assert said
    assert {(p.file, p.line) for p in said} == {("a.json", line_of(path, f'"{ladders[-1]}"'))}


def test_a_warm_up_that_outlasts_the_calls_of_a_file_is_refused(tmp_path: Path) -> None:
    """Without hours of its own a scenario is as long as its calls."""
    with pytest.raises(PackRefused, match="warm_up_h") as refused:
        read_scenario(write(tmp_path, {"warm_up_h": 1}))
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == (
        "scenario.json", line_of(tmp_path / "scenario.json", "warm_up_h"),
    )  # fmt: skip


def test_bases_that_go_round_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"name": "a", "base": "b.json"}))
    (tmp_path / "b.json").write_text(json.dumps({"name": "b", "base": "a.json"}))
    with pytest.raises(PackRefused, match="circle"):
        read_scenario(tmp_path / "a.json")


def test_points_of_its_own_need_units_of_their_own(tmp_path: Path) -> None:
    generate_city(tmp_path / "city", nodes=800, units=20, seed=1)
    path = write(tmp_path, {"base": "city"})
    scenario = json.loads(path.read_text())
    del scenario["units"]
    path.write_text(json.dumps(scenario))
    with pytest.raises(PackRefused, match='"units" is missing'):
        read_scenario(path)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("zone,stations\nnowhere,a\n", 2, 'no point lies in the zone "nowhere"'),
        ("zone,stations\nwest,a\nwest,c\n", 3, "there already"),
        ("zone,stations\nwest,a z\n", 2, 'no unit is of the station "z"'),
        ("zone,stations\nwest,\n", 2, "stations is empty"),
    ],
)
def test_districts_that_can_not_be_are_refused(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(PackRefused) as refused:
        read_scenario(write(tmp_path, {"districts": "districts.csv"}, **{"districts.csv": text}))
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == ("districts.csv", line)
    assert message in problem.message


def test_a_lead_needs_districts_and_districts_have_one_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match='"districts" is missing'):
        read_scenario(write(tmp_path, {"rules": {"own_district_s": 30}}))
    text = {"districts.csv": "zone,stations\nwest,a c\n"}
    read = read_scenario(write(tmp_path, {"districts": "districts.csv"}, **text))
    assert read.rules.own_district_s == 60
    assert read.districts == {"west": {"a", "c"}}
    quiet = {"districts": "districts.csv", "rules": {"own_district_s": 0}}
    assert read_scenario(write(tmp_path, quiet, **text)).rules.own_district_s == 0

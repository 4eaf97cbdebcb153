"""Scenario files: what a scenario changes of its base, of units, hours and rules."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dutyroom.citypack import PackRefused, generate_city, read_pack
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.hours import hours_of
from dutyroom.rehearsal.scenario.model import Compliance, Shift
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.scenario.read_parts import DAYS
from dutyroom.rehearsal.simulation.records import COMPLIANCE, NEAREST
from dutyroom.rehearsal.simulation.run import simulate
from tests.harness.examples import examples
from tests.rehearsal.small_files import line_of, write


def test_a_scenario_changes_its_base_and_keeps_the_rest(tmp_path: Path) -> None:
    generate_city(tmp_path / "city", nodes=800, units=20, seed=1)
    city = read_scenario(tmp_path / "city")
    (tmp_path / "a.json").write_text(
        json.dumps({"name": "a", "base": "city", "hours": 48, "rules": {"home_speed": 0.9}})
    )
    changes = [
        {"do": "add_unit", "id": "X1", "like": city.units[0].id, "at": city.units[0].station},
        {"do": "remove_unit", "id": city.units[1].id},
        {"do": "scale_calls", "by": 2.0},
        {"do": "close_street", "street": (tmp_path / "city" / "streets.csv").read_text().splitlines()[1].split(",")[0]},
        {"do": "festival", "zone": city.geography.zone[0], "like": city.kinds[0].category,
         "per_h": 10, "from_h": 18, "to_h": 23},
    ]  # fmt: skip
    (tmp_path / "b.json").write_text(
        json.dumps({"name": "b", "base": "a.json", "seed": 7, "changes": changes})
    )
    a, b = read_scenario(tmp_path / "a.json"), read_scenario(tmp_path / "b.json")
    assert (a.hours, b.hours, b.seed, a.rules.home_factor) == (48, 48, 7, b.rules.home_factor)
    assert {u.id for u in b.units} - {u.id for u in a.units} == {"X1"}
    assert len(b.units) == len(a.units)
    assert b.kinds[0].per_h == 2 * a.kinds[0].per_h
    assert len(b.kinds) == len(a.kinds) + 1
    at = {key: number for number, key in enumerate(a.geography.ids)}
    same = np.array([at[key] for key in b.geography.ids])
    before = a.geography.travel[np.ix_(same, same)]
    assert (b.geography.travel > before).any()
    assert (b.geography.travel >= before).all()
    builder = Builder(b)
    run = simulate(builder.inputs(builder.calls()))
    assert (run.outcomes["unit"] >= 0).all()


def test_a_pack_is_read_once_until_it_changes(tmp_path: Path) -> None:
    city = tmp_path / "city"
    generate_city(city, nodes=800, units=20, seed=1)
    first, again = read_scenario(city), read_scenario(city)
    assert again.geography is first.geography
    file = city / "units.csv"
    rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(rows[:1] + rows[2:]) + "\n", "utf-8")
    fewer = read_scenario(city)
    assert len(fewer.units) == len(first.units) - 1
    assert np.array_equal(fewer.geography.travel, first.geography.travel)


def test_changes_are_told_by_the_names_of_units_and_stations(tmp_path: Path) -> None:
    generate_city(tmp_path / "city")
    stations = {one.id: one.name for one in read_pack(tmp_path / "city").stations}
    changes = [
        {"do": "move_unit", "id": "P2", "to": "PS10"},
        {"do": "add_unit", "id": "N1", "at": "AS01", "like": "A1"},
        {"do": "set_hours", "id": "P3", "hours": ["mon-fri 07:00-15:00", "sat 18:00-02:00"]},
        {"do": "set_rules", "rules": {"queue": "nearest"}},
        {"do": "scale_calls", "by": 1.2},
    ]
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"name": "a", "base": "city", "changes": changes}))
    told = read_scenario(file).changes
    assert [line.en for line in told] == [
        f"Unit moved: P2, to {stations['PS10'].en} (PS10)",
        f"Unit added: N1, at {stations['AS01'].en} (AS01), like A1",
        "Hours on duty set: P3, hours mon-fri 07:00-15:00, sat 18:00-02:00",
        "Rules set: queue nearest",
        "Calls scaled: by 1.2",
    ]
    assert [line.zh for line in told][:2] == [
        f"处警单元改驻：巡102（P2），改驻 {stations['PS10'].zh}（PS10）",
        f"增加处警单元：编号 N1，位于 {stations['AS01'].zh}（AS01），参照 救101（A1）",
    ]


def test_hours_of_a_unit_are_written_in_the_change(tmp_path: Path) -> None:
    hours = ["mon-thu 07:00-15:00", "fri-mon 22:00-02:00"]
    changes = [{"do": "set_hours", "id": "A1", "hours": hours}]
    unit = read_scenario(write(tmp_path, {"changes": changes})).units[0]
    starts = [(shift.start_s / 3600, (shift.end_s - shift.start_s) / 3600) for shift in unit.shifts]
    assert starts == [
        (7, 8), (22, 4), (31, 8), (55, 8), (79, 8), (118, 4), (142, 4), (166, 4),
    ]  # fmt: skip
    always = [*changes, {"do": "set_hours", "id": "A1", "hours": []}]
    assert read_scenario(write(tmp_path, {"changes": always})).units[0].shifts == ()


def test_breaks_of_a_unit_are_written_behind_its_hours(tmp_path: Path) -> None:
    hours = ["mon 07:00-15:00 break 11:00 30", "fri 22:00-06:00 break 23:30 15 break 02:00 30"]
    changes = [{"do": "set_hours", "id": "A1", "hours": hours}]
    read = read_scenario(write(tmp_path, {"changes": changes, "hours": 168}))
    day, night = read.units[0].shifts
    assert day.breaks == ((4 * 3600.0, 1800.0),)
    assert night.breaks == ((1.5 * 3600.0, 900.0), (4 * 3600.0, 1800.0))
    assert hours_of((day, night)) == hours


@given(
    st.lists(
        st.tuples(
            st.sampled_from(DAYS),
            st.integers(0, 23),
            st.integers(1, 23),
            st.none() | st.tuples(st.integers(0, 22), st.integers(1, 60)),
        ),
        max_size=7,
        unique_by=lambda one: one[0],
    )
)
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hours_are_read_as_they_are_written(
    tmp_path: Path, shifts: list[tuple[str, int, int, tuple[int, int] | None]]
) -> None:
    wanted = sorted(
        (
            Shift(
                (DAYS.index(day) * 24 + start) * 3600.0,
                (DAYS.index(day) * 24 + start + length) * 3600.0,
                ((rest[0] * 3600.0, rest[1] * 60.0),) if rest and rest[0] < length else (),
            )
            for day, start, length, rest in shifts
        ),
        key=lambda shift: shift.start_s,
    )
    ends = [shift.end_s for shift in wanted]
    starts = [shift.start_s for shift in wanted]
    assume(all(end <= after for end, after in zip(ends, starts[1:], strict=False)))
    assume(not wanted or ends[-1] - 168 * 3600 <= starts[0])
    changes = [{"do": "set_hours", "id": "A1", "hours": hours_of(tuple(wanted))}]
    unit = read_scenario(write(tmp_path, {"changes": changes, "hours": 168})).units[0]
    assert unit.shifts == tuple(wanted)


def test_each_team_has_a_compliance_table_of_its_own(tmp_path: Path) -> None:
    units = "id,base,capabilities,agency\nA1,a,als bls,ems\nA2,b,bls,ems\nE1,c,pump,fire\n"
    files = {"units.csv": units, "calls.csv": "at_min,point,needs\n0,b,bls\n5,c,pump\n"}
    tables = [
        {"agency": "ems", "capabilities": "als", "rows": [[], ["b"]]},
        {"agency": "fire", "rows": [[], ["a"]]},
    ]
    rules = {"when_idle": "compliance", "compliance": tables}
    read = read_scenario(write(tmp_path, {"rules": rules}, **files))
    assert [[table.counts(unit) for unit in read.units] for table in read.compliance] == [
        [True, False, False],
        [False, False, True],
    ]
    assert Builder(read).inputs(Builder(read).calls(0)).fleet.team.tolist() == [0, 2, 1]
    nobody = {"agency": "police", "rows": [[], ["a"]]}
    rules["compliance"] = [*tables, nobody]
    with pytest.raises(PackRefused, match=r"no unit is counted by this table") as refused:
        read_scenario(write(tmp_path, {"rules": rules}, **files))
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == (
        "scenario.json",
        line_of(tmp_path / "scenario.json", '"police"') - 1,
    )


def test_rules_that_a_change_sets_leave_the_others_as_they_were(tmp_path: Path) -> None:
    rules = {"home_speed": 0.5, "queue": "nearest", "compliance": [[], ["a"]]}
    write(tmp_path, {"rules": rules})
    changes = [{"do": "set_rules", "rules": {"home_speed": 0.25, "when_idle": "compliance"}}]
    over = tmp_path / "over.json"
    over.write_text(json.dumps({"name": "over", "base": "scenario.json", "changes": changes}))
    read = read_scenario(over)
    assert (read.rules.home_factor, read.rules.discipline) == (4.0, NEAREST)
    assert (read.rules.after, read.compliance) == (COMPLIANCE, (Compliance(((), (0,))),))
    assert read_scenario(tmp_path / "scenario.json").rules.home_factor == 2.0

"""Figures as a table: what the report says, to calculate with."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dutyroom.citypack import generate_city
from dutyroom.rehearsal.comparing.comparison import side_by_side
from dutyroom.rehearsal.comparing.figures_table import write_figures
from dutyroom.rehearsal.comparing.paired import by_value, compare
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.results.figures import DIMENSIONS
from dutyroom.rehearsal.scenario.read import read_scenario
from tests.rehearsal.cases import unit
from tests.rehearsal.test_comparing import town


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_is_a_row_and_the_whole_has_its_difference(tmp_path: Path) -> None:
    today, more = rehearse(town(0, 3)), rehearse(town(0, 3, 6))
    rows = rows_of(write_figures(tmp_path / "figures.csv", side_by_side([today, more])))
    assert {row["by"] for row in rows} == {"", *DIMENSIONS}
    [late] = [row for row in rows[len(rows) // 2 :] if (row["by"], row["figure"]) == ("", "late")]
    wanted = {d.measure.name: d for d in compare(today, more)}["late"]
    assert float(late["mean"]) == wanted.second.mean
    assert float(late["difference"]) == wanted.difference.mean
    assert float(late["difference_half_width_95"]) == wanted.difference.half_width
    assert (rows[0]["difference"], rows[0]["difference_half_width_95"]) == ("", "")
    areas = by_value(today, "area", "p90_s")
    written = {
        row["of"]: float(row["mean"])
        for row in rows[: len(rows) // 2]
        if (row["by"], row["figure"]) == ("area", "p90_s")
    }
    assert written == pytest.approx({area: one.mean for area, one in areas.items()})
    units = {row["figure"]: row["unit"] for row in rows}
    assert (units["p90_s"], units["none_free"], units["calls"]) == ("s", "share", "count")


def test_areas_and_stations_have_their_names_beside_their_codes(tmp_path: Path) -> None:
    generate_city(tmp_path / "city")
    one = rehearse(read_scenario(tmp_path / "city"), replications=2)
    rows = rows_of(write_figures(tmp_path / "figures.csv", side_by_side([one])))
    for by in ("area", "station"):
        named = [row for row in rows if row["by"] == by]
        assert named
        assert all(row["name_en"] and row["name_zh"] for row in named)


def test_no_name_is_taken_for_a_formula(tmp_path: Path) -> None:
    units = [unit("U", 3, agency="+1+1")]
    one = replace(town(3, per_h=0.5), name='=HYPERLINK("x")', units=tuple(units))
    rows = rows_of(
        write_figures(tmp_path / "figures.csv", side_by_side([rehearse(one, replications=2)]))
    )
    assert {row["scenario"] for row in rows} == {'\'=HYPERLINK("x")'}
    assert {row["of"] for row in rows if row["by"] == "agency"} == {"'+1+1"}


def test_an_overloaded_scenario_has_empty_cells(tmp_path: Path) -> None:
    rows = rows_of(write_figures(tmp_path / "f.csv", side_by_side([rehearse(town(0, per_h=12.0))])))
    assert {row["by"] for row in rows} == {""}
    assert {row["mean"] for row in rows if row["figure"] != "unserved"} == {""}

"""Scenarios compared in pairs, swept, and bounded from below."""

import html
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dutyroom.citypack import generate_city
from dutyroom.rehearsal.comparing.clairvoyant import least_late
from dutyroom.rehearsal.comparing.comparison import side_by_side
from dutyroom.rehearsal.comparing.paired import by_dimension, by_value, compare, losers, unpaired
from dutyroom.rehearsal.comparing.parquet_records import write_records
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.comparing.report import report
from dutyroom.rehearsal.results.figures import estimate
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Duration, Scenario, Shift
from dutyroom.rehearsal.scenario.read import read_scenario
from tests.rehearsal.cases import Played, given, kind, line, scenario, unit

MINUTE = 60.0


def town(*units: int, per_h: float = 4.0) -> Scenario:
    return scenario(
        [unit(f"U{n}", base) for n, base in enumerate(units)],
        kinds=(kind(per_h, Duration(900.0, 1.0)),),
        targets_s={1: 4 * MINUTE},
        hours=24.0 * 14,
        replications=8,
    )


def test_common_random_numbers_show_a_difference_that_separate_ones_hide() -> None:
    today, more = rehearse(town(0, 3, 6)), rehearse(town(0, 3, 6, 9))
    other_draws = rehearse(replace(town(0, 3, 6, 9), seed=99))
    paired = {d.measure.name: d for d in compare(today, more)}["mean_s"]
    separate = {d.measure.name: d for d in compare(today, other_draws)}["mean_s"]
    assert paired.sure
    assert paired.difference.mean < 0
    assert paired.difference.half_width < separate.difference.half_width


def test_areas_that_lose_are_named() -> None:
    quiet = {"per_h": 0.5}
    lost = losers(rehearse(town(0, 5, 9, **quiet)), rehearse(town(0, 5, 5, **quiet)))
    assert "p9" in [area for area, _ in lost]
    assert "p5" not in [area for area, _ in lost]


def test_cover_and_work_are_shown_by_hour_area_and_station() -> None:
    """One unit from 6 to 18; it reaches p0 to p8 within eight minutes. A call at 12 on p9 takes it
    away for 9 + 42 + 9 minutes, of which it is free again on the way home."""
    day = Shift(6 * 3600.0, 18 * 3600.0)
    units = [unit("A", 0, station="west", shifts=(day,)), unit("B", 0, "other", station="east")]
    one = replace(
        scenario(units, hours=24.0, first_hour=0, geography=line()),
        given=given({"at": 12 * 60.0, "point": 9, "on_scene": 42}, capabilities=("any", "other")),
    )
    # B can't serve the call, but is free all day: what it reaches is always covered. So do without.
    alone = rehearse(replace(one, units=(one.units[0],), capabilities=("any",)))
    by_hour = {hour: e.mean for hour, e in by_value(alone, "hour", "uncovered").items()}
    assert by_hour["05"] == by_hour["18"] == 1.0
    assert by_hour["06"] == 1.0  # p9, where all demand is, is nine minutes away
    near = replace(one, cover_s=9 * MINUTE, units=(one.units[0],), capabilities=("any",))
    by_hour = {hour: e.mean for hour, e in by_value(rehearse(near), "hour", "uncovered").items()}
    assert by_hour["06"] == by_hour["11"] == by_hour["13"] == 0.0
    assert by_hour["12"] == pytest.approx(51 / 60)
    assert by_hour["00"] == by_hour["23"] == 1.0
    assert by_value(rehearse(near), "area", "uncovered")["p9"].mean == pytest.approx(
        (12 + 51 / 60) / 24
    )
    done = rehearse(one)
    busy = {name: e.mean for name, e in by_value(done, "station", "busy").items()}
    assert busy["west"] == pytest.approx(51 / 60 / 12)
    assert busy["east"] == 0.0
    none_free = {name: e.mean for name, e in by_value(done, "station", "none_free").items()}
    assert none_free["west"] == pytest.approx((12 + 51 / 60) / 24)  # off duty, or at the call
    assert none_free["east"] == 0.0
    assert by_value(rehearse(near), "priority", "uncovered")["1"].mean == pytest.approx(
        (12 + 51 / 60) / 24
    )
    assert "without cover" in report(side_by_side([done]))
    assert "忙碌" in report(side_by_side([done]), language="zh")


def test_an_overloaded_room_says_so_instead_of_a_mean() -> None:
    done = rehearse(town(0, per_h=12.0))
    assert done.overloaded is not None
    assert "calls waited on day" in done.overloaded.en
    assert "is overloaded" in report(side_by_side([done]))
    assert "过载" in report(side_by_side([done]), language="zh")


def test_an_overloaded_one_is_left_out_of_every_comparison() -> None:
    today, flood = rehearse(town(0, 5)), rehearse(replace(town(0, 5, per_h=60.0), name="flood"))
    assert flood.overloaded
    assert not today.overloaded
    for pair in ((today, flood), (flood, today)):
        assert losers(*pair) == ()
        assert all(
            np.isnan(each.difference.mean)
            for each in compare(*pair)
            if each.measure.name != "unserved"
        )
        page = report(side_by_side(pair))
        assert "flood is overloaded" in page
        assert "Difference" not in page
        assert page.count("By priority") <= 2, "the others are shown by themselves"
    assert by_dimension(flood)["area"] == {}
    assert by_dimension(today)["area"]["p5"]["p90_s"][0] == pytest.approx(
        by_value(today, "area", "p90_s")["p5"].mean
    )
    page = report(side_by_side([flood]))
    assert "By area" not in page
    assert "<svg" not in page


def test_only_what_shares_its_draws_is_compared_in_pairs() -> None:
    one = town(0, 5)
    assert unpaired(one, town(0, 5, 9, per_h=6.0)) == []
    other = replace(one, seed=one.seed + 1, hours=one.hours - 24, replications=3)
    assert [why.split(":")[0] for why in unpaired(one, other)] == ["seed", "hours", "replications"]
    assert unpaired(one, replace(one, replications=3), replications=5) == []
    assert unpaired(one, replace(one, given=given({"at": 0, "point": 1}))) != []


def test_a_report_says_what_is_different_and_calls_things_as_people_do(tmp_path: Path) -> None:
    generate_city(tmp_path / "city", nodes=800, units=20, seed=1)
    (tmp_path / "a.json").write_text(
        '{"name": "a", "base": "city", "start": "Fri 18:00", "hours": 24, "calls": 4}'
    )
    changes = [{"do": "scale_calls", "by": 1.5}, {"do": "set_rules", "rules": {"queue": "nearest"}}]
    (tmp_path / "b.json").write_text(
        json.dumps({"name": "b", "base": "a.json", "changes": changes})
    )
    a, b = (rehearse(read_scenario(tmp_path / f"{n}.json"), replications=3) for n in "ab")
    page = report(side_by_side([a, b]))
    assert "<li>Calls scaled: by 1.5</li>" in page
    assert "Fri 18:00" in page
    area = a.scenario.names["area"][a.scenario.geography.zone[0]]
    assert f">{html.escape(area.en)}<" in page
    page = report(side_by_side([a, b]), language="zh")
    assert "<li>报警量按倍数调整：倍数 1.5</li>" in page
    assert "<li>设定规则：排队 最近优先</li>" in page
    assert "周五 18:00" in page
    assert f">{area.zh}<" in page
    for each in compare(a, b):
        if each.measure.name == "busy":
            assert each.sure, "half as many calls more are more work"
            assert each.verdict == "unsure", "which is neither better nor worse"


def test_replications_do_not_depend_on_how_many_run_at_once() -> None:
    one, many = rehearse(town(0, 5), workers=1), rehearse(town(0, 5), workers=4)
    assert one.checksums == many.checksums
    assert [run.all for run in one.runs] == [run.all for run in many.runs]


def test_nobody_can_be_late_less_often_than_a_clairvoyant() -> None:
    for units in ((0,), (0, 5), (0, 5, 9)):
        one = replace(town(*units), hours=24.0)
        builder = Builder(one)
        calls = builder.calls()
        bound = least_late(builder, calls, builder.inputs(calls))
        late = rehearse(one, replications=1).runs[0].all.late
        assert 0 <= bound <= late


def test_the_clairvoyant_holds_a_unit_back_for_the_call_that_it_knows_will_come() -> None:
    # U1 is nearest to both calls: sent to the first, it is not there for the second.
    calls = given({"at": 0, "point": 5, "on_scene": 30}, {"at": 1, "point": 9, "on_scene": 30})
    one = replace(town(2, 7), given=calls, targets_s={1: 4 * MINUTE})
    played = Played(one)
    assert played.units() == ["U1", "U0"]
    assert played.minutes("arrive_s")[1] - 1 > 4
    assert least_late(played.builder, calls, played.inputs) == 0.0


def test_an_estimate_is_students() -> None:
    found = estimate([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.half_width == pytest.approx(4.302652730 * 1.0 / np.sqrt(3))
    assert estimate([]).as_json() == [None, None]


def test_records_go_to_parquet_with_their_meaning(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    calls_file, units_file = write_records(town(0, 5), tmp_path)
    calls, units = pq.read_table(calls_file), pq.read_table(units_file)
    assert calls.num_rows == rehearse(town(0, 5), replications=1).runs[0].all.calls
    assert set(units["unit"].to_pylist()) == {"U0", "U1"}
    for table in (calls, units):
        assert all(field.metadata[b"doc"] for field in table.schema)
        assert table.schema.metadata[b"scenario"] == b"test"

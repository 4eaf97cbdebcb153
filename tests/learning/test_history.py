"""A recorded period rehearsed: fitted on one part, tested on the other, compared by area and hour."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from dutyroom.citypack import read_pack
from dutyroom.cli.rehearse import rehearse
from dutyroom.importing.contract import load_contract
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.import_calls import import_calls
from dutyroom.learning.fitting_calls import NotEnough, arrived, calls_of, pack_of, where_of
from dutyroom.learning.history import History, rehearse_history
from dutyroom.learning.usual_scenario import FEWEST_AROUND, Learnt, learn_scenario
from dutyroom.packmaking.fitting import distance_m
from dutyroom.packmaking.make_pack import make_pack
from dutyroom.packmaking.pack_fleet import Homes, units_known_from
from dutyroom.rehearsal.comparing.paired import overall
from dutyroom.rehearsal.comparing.replicate import rehearse as rehearse_scenario
from dutyroom.rehearsal.scenario.demand import draw_calls
from dutyroom.rehearsal.scenario.fitted import FILE, Measured, read_fitted
from dutyroom.rehearsal.scenario.read import read_scenario

pytestmark = [pytest.mark.replay, pytest.mark.slow]


@pytest.fixture(scope="module")
def week(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, datasets = shared_data / "sffd_2018", tmp_path_factory.mktemp("datasets")
    file = source / "sffd_week_20180115_0121.csv.gz"
    import_calls(file, load_contract("sf-fire"), datasets, name=None, progress=lambda _: None)
    folder = datasets / "sf-fire"
    outlines = source / "sf_analysis_neighborhoods_simplified.geojson.gz"
    make_pack(folder, source / "sf_fire_stations.csv", outlines)
    return folder


@pytest.fixture(scope="module")
def history(week: Path) -> History:
    return rehearse_history(week, replications=5)


def test_every_call_of_the_period_is_fitted_on_tested_or_said_to_be_left_out(
    history: History,
) -> None:
    assert (history.fitted_calls, history.tested_calls, history.left_out) == (1383, 1366, 42)
    assert sum(line.calls for line in history.by_hour) <= history.tested_calls
    assert len(history.by_area) > 10
    assert len(history.by_hour) > 20


def test_the_second_half_of_the_week_responds_as_it_was_recorded(history: History) -> None:
    whole = history.whole
    assert whole.median_s.mean == pytest.approx(whole.recorded_median_s, rel=0.05)
    assert whole.p90_s.mean == pytest.approx(whole.recorded_p90_s, rel=0.12)
    assert whole.ks < 0.1


def test_where_units_live_is_known_from_the_first_half_only(week: Path, history: History) -> None:
    assert history.homes == Homes(fitted=157, only_tested=7, declared=0)
    assert "157 are what the calls say that were fitted on; 7 came in" in history.travel
    assert "for long ways" in history.travel
    pack, contract, rows = read_pack(week / "pack"), load_contract("sf-fire"), read_rows(week)
    calls = {own[0].call_id for own in calls_of(week)[: history.fitted_calls]}
    first = [row for row in rows if row.call_id in calls]
    known, _ = units_known_from(pack, contract, first, rows)
    ids = {row.unit_id for row in first}
    moved = {u.id for u in known.units if u.station != pack.unit(u.id).station}
    assert moved
    assert moved <= ids, "who came in the second half only lives where the pack says"


def test_a_home_that_somebody_changed_in_the_pack_stays(week: Path) -> None:
    pack, contract, rows = read_pack(week / "pack"), load_contract("sf-fire"), read_rows(week)
    unit = pack.unit("E01")
    there = next(station for station in pack.stations if station.id != unit.station)
    by_hand = replace(unit, station=there.id, lon=there.lon, lat=there.lat)
    changed = replace(pack, units=tuple(by_hand if u is unit else u for u in pack.units))
    known, homes = units_known_from(changed, contract, rows, rows)
    assert known.unit("E01") == by_hand
    assert homes == Homes(len(pack.units) - 1, 0, 1)
    assert "Changed in the pack, and so as it says: 1." in homes.about
    assert "as the city pack says" in Homes(0, 0, 3).about


def test_the_same_seed_gives_the_same_comparison(week: Path, history: History) -> None:
    assert rehearse_history(week, replications=5) == history


@pytest.fixture(scope="module")
def half_month(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, datasets = shared_data / "sanjose_2015", tmp_path_factory.mktemp("datasets")
    contract = load_contract("sanjose-fire")
    report = import_calls(source / "sj_20150101_0117.csv.gz", contract, datasets)
    # 721 where nobody is recorded on scene, 1 without a priority, 1 without a time of dispatch.
    counts = report.as_json()["counts"]
    assert (counts["accepted"], counts["repaired"], counts["quarantined"]) == (3660, 8, 723)
    folder = datasets / "sanjose-fire"
    make_pack(folder, source / "stations.csv")
    return folder


def test_san_jose_responds_as_it_was_recorded_to_the_minute(half_month: Path) -> None:
    found = rehearse_history(half_month, replications=5)
    assert (found.fitted_calls, found.tested_calls, found.left_out) == (1804, 1864, 0)
    assert found.whole_minutes
    assert found.whole.median_s.mean == pytest.approx(420, abs=30)
    assert found.whole.p90_s.mean == pytest.approx(found.whole.recorded_p90_s, rel=0.05)
    assert found.whole.ks < 0.05


def test_service_times_are_kept_for_the_room_where_asked_for(
    half_month: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "datasets").symlink_to(half_month.parent)
    monkeypatch.setenv("DUTYROOM_HOME", str(tmp_path))
    said = CliRunner().invoke(rehearse, ["sanjose-fire", "--replications", "1"])
    assert said.exit_code == 0
    assert read_fitted(tmp_path / FILE) is None
    again = ["sanjose-fire", "--replications", "1", "--save-fit", "--json"]
    said = CliRunner().invoke(rehearse, again)
    assert said.exit_code == 0
    found = read_fitted(tmp_path / FILE)
    assert found is not None
    assert (found.source, found.pack, found.calls) == ("sanjose-fire", "sanjose-fire", 1804)
    assert found.whole_minutes
    assert found.of("MEDICAL", "on_scene") == Measured(987.2, 684.7, 1493)
    assert found.of("FIRE-OTHER", "turnout") == Measured(93.5, 52.4, 303)
    assert json.loads(said.stdout)["times"]["calls"] == 1804


def test_zones_without_outlines_are_what_is_nearest_to_each_station(half_month: Path) -> None:
    pack = read_pack(half_month / "pack")
    assert (len(pack.stations), len(pack.zones), len(pack.units)) == (33, 33, 64)
    rng = np.random.default_rng(1)
    for lon, lat in rng.uniform((-122.0, 37.2), (-121.75, 37.4), (200, 2)):
        nearest = min(pack.stations, key=lambda s: distance_m(s.lon, s.lat, lon, lat))
        zone = pack.zone_at(lon, lat)
        own = next(s for s in pack.stations if f"A{s.id[1:]}" == zone)
        assert distance_m(own.lon, own.lat, lon, lat) == pytest.approx(
            distance_m(nearest.lon, nearest.lat, lon, lat), rel=1e-3
        )


def test_a_dataset_without_a_pack_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotEnough, match="pack from-dataset"):
        rehearse_history(tmp_path)


@pytest.fixture(scope="module")
def learnt(week: Path, tmp_path_factory: pytest.TempPathFactory) -> Learnt:
    folder = tmp_path_factory.mktemp("learnt")
    pack = pack_of(week)
    return learn_scenario("sf-fire", read_pack(pack), pack, calls_of(week), folder)


def test_a_usual_week_has_as_many_calls_as_were_recorded_from_where_they_came(
    week: Path, learnt: Learnt
) -> None:
    calls = calls_of(week)
    assert learnt.calls + learnt.left_out == len(calls)
    read = read_scenario(learnt.file)
    assert sum(kind.per_h for kind in read.kinds) * learnt.hours == pytest.approx(
        learnt.calls, rel=1e-3
    )
    pack = read_pack(pack_of(week))
    recorded = Counter(pack.zone_at(*where_of(own)) for own in calls)
    drawn = draw_calls(read, 0)
    came = Counter(read.geography.zone[point] for point in drawn.point)
    for zone, count in recorded.most_common(5):
        assert came[zone] == pytest.approx(count, rel=0.35), zone
    hour = Counter((drawn.at_s // 3600 % 24).astype(int).tolist())
    assert hour[4] < 0.6 * hour[16], "the hours before dawn are quiet"


def test_a_usual_week_responds_much_as_it_was_recorded(week: Path, learnt: Learnt) -> None:
    recorded = np.array(
        [
            min(row.at("on_scene_at") for row in own if arrived(row))
            - min(row.at("dispatched_at") for row in own)
            for own in calls_of(week)
            if any(arrived(row) for row in own)
        ]
    )
    done = rehearse_scenario(read_scenario(learnt.file), replications=4)
    assert overall(done, "median_s").mean == pytest.approx(np.median(recorded) / 1000, rel=0.1)
    assert overall(done, "p90_s").mean == pytest.approx(
        np.percentile(recorded, 90) / 1000, rel=0.15
    )


def test_no_single_call_can_be_recognised_in_what_was_learnt(learnt: Learnt) -> None:
    whole = (learnt.file.parent / "weights.csv").read_text().splitlines()[1:]
    assert len(whole) > 100
    assert all(float(line.split(",")[1]) >= FEWEST_AROUND for line in whole)


def test_learning_is_a_command(week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUTYROOM_HOME", str(week.parents[1]))
    (week.parents[1] / "datasets").exists() or (week.parents[1] / "datasets").symlink_to(
        week.parent
    )
    out = tmp_path / "learnt"
    done = CliRunner().invoke(rehearse, ["learn", "sf-fire", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "learnt from 2,791 calls over 168 hours" in done.output
    again = CliRunner().invoke(rehearse, ["learn", "sf-fire", "--out", str(out)])
    assert again.exit_code == 1
    assert "isn't empty" in again.output
    unknown = CliRunner().invoke(rehearse, ["learn", "nowhere", "--out", str(tmp_path / "x")])
    assert "there is no dataset" in unknown.output

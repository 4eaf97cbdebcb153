"""A city pack from recorded calls: what it holds, and what is said when it can't be made."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from dutyroom.citypack import CityPack, PackRefused, read_pack
from dutyroom.cli.pack import from_dataset
from dutyroom.importing.contract import load_contract
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.recorded import AS_RECORDED, CANCELLED, CLEARED
from dutyroom.packmaking.fitting import DETOUR_FACTOR, distance_m, fit_travel
from dutyroom.packmaking.make_pack import make_pack
from dutyroom.packmaking.pack_sources import read_outlines, read_stations

pytestmark = pytest.mark.unit
CONTRACT = load_contract("sf-fire")
STATIONS = "sf_fire_stations.csv"
OUTLINES = "sf_analysis_neighborhoods_simplified.geojson.gz"


@pytest.fixture(scope="module")
def home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    file = shared_data / "sffd_2018" / "sffd_week_20180115_0121.csv.gz"
    import_calls(file, CONTRACT, home / "datasets")
    return home


@pytest.fixture(scope="module")
def pack(shared_data: Path, home: Path) -> CityPack:
    source = shared_data / "sffd_2018"
    make_pack(home / "datasets" / "sf-fire", source / STATIONS, source / OUTLINES)
    return read_pack(home / "datasets" / "sf-fire" / "pack")


def test_the_city_is_san_francisco_in_both_languages(pack: CityPack) -> None:
    assert (pack.title.en, pack.title.zh) == ("San Francisco", "旧金山")
    assert pack.timezone == "America/Los_Angeles"
    assert len(pack.zones) == 41
    assert all(zone.name.zh != zone.name.en for zone in pack.zones)
    assert pack.zone_at(-122.4140, 37.7840) == "TENDERLOIN"


def test_its_organisations_are_the_city_and_its_districts(pack: CityPack) -> None:
    city, *districts = pack.orgs
    assert (city.path, city.level, city.text) == ("sf-fire", "city", pack.title)
    assert {one.level for one in districts} == {"county"}
    assert [(one.id, one.text) for one in districts] == [(one.id, one.name) for one in pack.zones]
    assert {one.org for one in pack.zones} == {one.path for one in districts}
    for station in pack.stations:
        assert station.org == f"sf-fire/{pack.zone_at(station.lon, station.lat)}"


def test_stations_without_a_position_are_left_out_and_their_units_live_elsewhere(
    pack: CityPack,
) -> None:
    stations = {station.id for station in pack.stations}
    assert len(stations) == 42
    assert not stations & {"S22", "S28", "S33"}
    assert {"E22", "E28", "E33"} <= pack.unit_ids
    assert pack.unit("E22").station in stations


@pytest.mark.parametrize(
    ("unit", "station", "kind", "capability"),
    [
        ("E01", "S1", "engine", "engine"),
        ("T19", "S19", "ladder", "ladder"),
        ("M84", None, "medic", "ambulance"),
        ("AM102", None, "private", "ambulance"),
        ("B02", None, "chief", "chief"),
        ("RC1", None, "captain", "captain"),
        ("RS1", None, "squad", "rescue"),
    ],
)
def test_units_have_the_kind_the_home_and_the_capability_of_their_records(
    pack: CityPack, unit: str, station: str | None, kind: str, capability: str
) -> None:
    found = pack.unit(unit)
    assert found.kind == kind
    assert capability in found.capabilities
    assert station is None or found.station == station


def test_advanced_life_support_is_what_most_responses_of_a_unit_say(pack: CityPack) -> None:
    with_als = {unit.id for unit in pack.units if "als" in unit.capabilities}
    assert any(id_.startswith("E") for id_ in with_als)
    assert all(id_ in with_als for id_ in pack.unit_ids if id_.startswith("M8"))
    assert [id_ for id_ in with_als if pack.unit(id_).kind == "ladder"] == ["T15"]
    assert not any(unit.kind in ("private", "chief") for unit in pack.units if unit.id in with_als)


def test_plans_are_what_was_usually_sent_first(pack: CityPack) -> None:
    needs = {need.capability: need.count for need in pack.plan_for("MEDICAL", 2)}
    assert needs == {"ambulance": 1, "engine": 1}
    needs = {need.capability: need.count for need in pack.plan_for("MEDICAL", 3)}
    assert needs == {"ambulance": 1}
    fire = {need.capability for need in pack.plan_for("FIRE-STRUCT", 2)}
    assert {"engine", "ladder"} <= fire


def test_travel_is_fitted_and_says_how(pack: CityPack) -> None:
    assert pack.travel.kind == "distance"
    assert 30 < pack.travel.speed_kmh < 70
    assert 60 < pack.travel.start_s < 240  # turning out is in it
    assert "median absolute error" in pack.travel.source
    assert "recorded responses" in pack.travel.source


def test_the_pack_has_the_words_that_playing_needs(pack: CityPack) -> None:
    words = pack.vocabulary
    assert words.knows("clear_reasons", CLEARED)
    assert words.knows("cancel_reasons", CANCELLED)
    assert words.knows("override_reasons", AS_RECORDED)
    assert all(one.text.zh and one.text.en for one in words.categories)
    for code in ("transport", "other", "fire"):
        assert words.knows("dispositions", code)


def test_the_pack_says_what_it_was_made_from(pack: CityPack) -> None:
    said = (pack.folder / "SOURCE.txt").read_text(encoding="utf-8")
    assert STATIONS in said
    assert "22, 28, 33 have no position" in said


def test_the_same_sources_make_the_same_bytes(
    shared_data: Path, home: Path, pack: CityPack
) -> None:
    source = shared_data / "sffd_2018"
    make_pack(home / "datasets" / "sf-fire", source / STATIONS, source / OUTLINES)
    assert read_pack(pack.folder).hash == pack.hash


def test_a_pack_that_cannot_be_made_leaves_the_old_one(
    shared_data: Path, home: Path, pack: CityPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "stations.csv"
    wrong.write_text("station,address,lon,lat\n1,Main,-122.4,north\n", encoding="utf-8")
    monkeypatch.setenv("DUTYROOM_HOME", str(home))
    outlines = str(shared_data / "sffd_2018" / OUTLINES)
    ran = CliRunner().invoke(
        from_dataset, ["sf-fire", "--stations", str(wrong), "--outlines", outlines]
    )
    assert ran.exit_code == 1
    assert "stations.csv:2: the position is not on the earth" in ran.stderr
    assert read_pack(pack.folder).hash == pack.hash


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a list of stations"),
        ("station,lon,lat\n1,2,3\n", "not a list of stations"),
        ("station,address,lon,lat\n1,Main,,\n", "no station has a position"),
        ("station,address,lon,lat\n1,Main,900,3\n", ":2: the position is not on the earth"),
        ("station,address,lon,lat\n1,Main,nan,3\n", ":2: the position is not on the earth"),
        ("station,address,lon,lat\n1,Main\n", "no station has a position"),
        ("station,address,lon,lat\n1,Main,2,3\n1,Side,2,3\n", ":3: '1' is no new id"),
        ("station,address,lon,lat\n,Main,2,3\n", ":2: '' is no new id"),
    ],
)
def test_wrong_stations_are_refused_by_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "stations.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackRefused, match=says):
        read_stations(file)


SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def area(**changes: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    return {
        "type": "Feature",
        "properties": {"name": "Mission Bay"},
        "geometry": geometry,
    } | changes


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "can't be read"),
        (b"\xff\xfe", "can't be read"),
        (gzip.compress(b"{}" * 50, mtime=0)[:20], "can't be read"),
        (b"[]", "there is no area"),
        (b'{"features": []}', "there is no area"),
        (json.dumps({"features": [area(properties=None)]}).encode(), "feature 1 is not a named area"),
        (json.dumps({"features": [area(), 3]}).encode(), "feature 2 is not a named area"),
        (json.dumps({"features": [area(properties={"name": 3})]}).encode(), "feature 1 is not"),
        (json.dumps({"features": [area(geometry={"type": "Point"})]}).encode(), "feature 1 is not"),
    ],
)  # fmt: skip
def test_wrong_outlines_are_refused(tmp_path: Path, raw: bytes, says: str) -> None:
    file = tmp_path / "outlines.geojson"
    file.write_bytes(raw)
    with pytest.raises(PackRefused, match=says):
        read_outlines(file, CONTRACT)


def test_outlines_get_an_id_and_their_chinese_name(tmp_path: Path) -> None:
    file = tmp_path / "outlines.geojson"
    file.write_text(json.dumps({"features": [area()]}), encoding="utf-8")
    [zone] = read_outlines(file, CONTRACT)
    assert zone["properties"] == {
        "id": "MISSION-BAY",
        "name_en": "Mission Bay",
        "name_zh": "教会湾",
    }


def test_the_fit_finds_the_line_that_the_drives_follow_in_spite_of_outliers() -> None:
    random = np.random.default_rng(1)
    metres = random.uniform(100, 3000, 2000)
    seconds = 150 + metres * DETOUR_FACTOR / (45 / 3.6) + random.normal(0, 20, 2000)
    seconds[:200] += random.uniform(600, 40_000, 200)  # nobody pressed the button
    fit = fit_travel(metres, seconds)
    assert fit.speed_kmh == pytest.approx(45, rel=0.05)
    assert fit.start_s == pytest.approx(150, abs=12)
    assert fit.drives == 2000
    assert fit.median_error_s < 30


def test_too_few_drives_are_no_fit() -> None:
    with pytest.raises(ValueError, match="at least 100"):
        fit_travel(np.ones(99), np.ones(99))


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)
    assert distance_m(-122.4, 37.7, -122.4, 37.7) == 0

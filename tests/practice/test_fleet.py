"""The practice room's units are those of the scenario, not those of the pack under it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.harness.rooms import TestRoom
from tests.practice.practised import Practised

from dutyroom.citypack import CityPack, read_pack
from dutyroom.core.text import Text
from dutyroom.practice.fleet import City, city_of
from dutyroom.practice.left_out import RULES
from dutyroom.practice.plan import NoPractice
from dutyroom.rehearsal.scenario.read import read_scenario
from dutyroom.rehearsal.scenario.read_rules import KEYS

pytestmark = [pytest.mark.db, pytest.mark.deep_on_postgresql]


@pytest.fixture(scope="module")
def base(city: Path) -> CityPack:
    return read_pack(city)


def made(folder: Path, city: Path, **says: Any) -> tuple[City, CityPack]:
    scenario = folder / "scenario.json"
    scenario.write_text(json.dumps({"name": "s", "base": str(city)} | says))
    found = city_of(scenario, read_scenario(scenario), folder / "city")
    return found, read_pack(found.folder)


def a_point_without_a_station(city: Path, base: CityPack) -> tuple[str, float, float]:
    geography = read_scenario(city).geography
    assert base.roads is not None
    taken = {f"n{base.roads.nearest_node(s.lon, s.lat)}" for s in base.stations}
    at = next(i for i, key in enumerate(geography.ids) if key not in taken)
    return geography.ids[at], float(geography.lon[at]), float(geography.lat[at])


def test_a_scenario_with_the_packs_fleet_is_practised_with_the_pack_itself(
    tmp_path: Path, city: Path
) -> None:
    found, _ = made(tmp_path, city, calls=10)
    assert found == City(city, ())
    assert city_of(city, read_scenario(city), tmp_path / "city") == City(city, ())


def test_units_that_were_added_removed_and_moved_are_so_in_the_room(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    p1, p2 = base.unit("P1"), base.unit("P2")
    elsewhere = next(s.id for s in base.stations if s.id != p2.station)
    _, pack = made(
        tmp_path,
        city,
        changes=[
            {"do": "add_unit", "id": "P99", "at": p1.station, "like": "P2"},
            {"do": "remove_unit", "id": "P1"},
            {"do": "move_unit", "id": "P2", "to": elsewhere},
        ],
    )
    assert pack.unit_ids == base.unit_ids - {"P1"} | {"P99"}
    added, moved = pack.unit("P99"), pack.unit("P2")
    assert (added.kind, added.station, added.crew) == (p2.kind, p1.station, p2.crew)
    assert added.capabilities == p2.capabilities
    assert (moved.station, moved.kind, moved.crew) == (elsewhere, p2.kind, p2.crew)
    assert pack.stations == base.stations
    assert moved.call_sign == p2.call_sign is not None  # said as in the real room
    assert added.call_sign == Text("P99", "P99")
    assert pack.hash != base.hash
    assert base.hash == read_pack(city).hash  # the pack under it is left as it was


def test_a_unit_at_a_point_without_a_station_gets_one_there(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    point, lon, lat = a_point_without_a_station(city, base)
    _, pack = made(
        tmp_path,
        city,
        changes=[
            {"do": "move_unit", "id": "P2", "to": point},
            {"do": "add_unit", "id": "P99", "at": point, "like": "P1"},
        ],
    )
    *kept, added = pack.stations
    assert tuple(kept) == base.stations  # each of its own organisation, as before
    assert added.org == base.orgs[0].path
    assert pack.unit("P2").station == pack.unit("P99").station
    assert (pack.unit("P99").lon, pack.unit("P99").lat) == (lon, lat)


def test_a_point_that_is_a_stations_is_that_station(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    station = next(s for s in base.stations if s.id != base.unit("P2").station)
    assert base.roads is not None
    node = f"n{base.roads.nearest_node(station.lon, station.lat)}"
    _, pack = made(tmp_path, city, changes=[{"do": "move_unit", "id": "P2", "to": node}])
    assert pack.unit("P2").station == station.id
    assert pack.stations == base.stations


def test_on_a_closed_street_nobody_drives_unless_there_is_no_other_way(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    street = base.streets[0]
    found, pack = made(tmp_path, city, changes=[{"do": "close_street", "street": street.id}])
    assert base.roads is not None
    assert pack.roads is not None
    closed = base.roads.arc_street == 0
    assert closed.any()
    assert (pack.roads.arc_speed_kmh[closed] == 1.0).all()
    assert (pack.roads.arc_speed_kmh[~closed] == base.roads.arc_speed_kmh[~closed]).all()
    assert found.left_out == ()


def test_a_capability_that_the_city_has_no_word_for_is_left_out_and_said(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    adds = {"do": "add_unit", "id": "P99", "at": base.stations[0].id, "like": "P1"}
    found, pack = made(tmp_path, city, changes=[adds | {"capabilities": ["patrol", "juggling"]}])
    assert pack.unit("P99").capabilities == {"patrol"}
    (said,) = found.left_out
    assert "juggling" in said.en
    assert "juggling" in said.zh
    only = {"name": "s", "base": str(city), "changes": [adds | {"capabilities": ["juggling"]}]}
    scenario = tmp_path / "only.json"
    scenario.write_text(json.dumps(only))
    with pytest.raises(NoPractice, match="P99"):
        city_of(scenario, read_scenario(scenario), tmp_path / "other")


def test_what_a_room_of_people_cannot_play_is_said(
    tmp_path: Path, city: Path, base: CityPack
) -> None:
    below, posts = tmp_path / "below.json", [base.stations[0].id]
    says = {"name": "below", "base": str(city), "targets_s": {"1": 300}, "posts": posts}
    below.write_text(json.dumps(says))
    found, _ = made(
        tmp_path,
        below,
        rules={"queue": "nearest"},
        changes=[{"do": "set_rules", "rules": {"preemption": {"by": 1, "of": 3}}}],
    )
    said = " / ".join(text.en for text in found.left_out)
    rules = "rules of dispatch (which calls take units from others, which waiting call is taken)"
    for word in (rules, "posts", "targets_s"):
        assert word in said
    assert "派警规则（可抽调其他报警处警单元的报警、等待报警的处置次序）" in found.left_out[0].zh
    assert all(text.zh for text in found.left_out)


def test_rules_that_a_file_takes_away_are_not_said(tmp_path: Path, city: Path) -> None:
    below = tmp_path / "below.json"
    below.write_text(json.dumps({"name": "b", "base": str(city), "rules": {"queue": "nearest"}}))
    found, _ = made(tmp_path, below, rules={})
    assert found.left_out == ()


def test_every_rule_that_a_scenario_may_set_has_a_name_for_people() -> None:
    assert set(RULES) == set(KEYS)


@pytest.fixture
def practised(room: TestRoom, city: Path, base: CityPack, tmp_path: Path) -> Iterator[Practised]:
    made = Practised(
        tmp_path,
        city,
        start="Mon 02:00",
        rules={"queue": "nearest"},
        changes=[
            {"do": "add_unit", "id": "P99", "at": base.unit("P1").station, "like": "P1"},
            {"do": "remove_unit", "id": "P1"},
            {"do": "set_hours", "id": "P2", "hours": ["daily 08:00-20:00"]},
        ],
    )
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


@pytest.mark.slow
def test_the_trainees_board_has_the_scenarios_units_and_who_is_off_duty_is_off_duty(
    practised: Practised, base: CityPack
) -> None:
    trainee = practised.sign_in("trainee1")
    units = practised.eventually(lambda: _signed_on(practised, trainee))
    assert units.keys() == base.unit_ids - {"P1"} | {"P99"}
    assert units["P2"] == "off_duty"
    assert [unit for unit, status in units.items() if status == "off_duty"] == ["P2"]
    assert "rules of dispatch (which waiting call is taken)" in practised.output.read_text()
    content = json.loads((practised.folder / "practice.json").read_text())
    assert "rules of dispatch (which waiting call is taken)" in content["left_out"][0]["en"]


def _signed_on(practised: Practised, headers: dict[str, str]) -> dict[str, str] | None:
    """Each unit's status, once the player has signed the last one on."""
    board = practised.ask("GET", "/api/board", headers)[1]
    found = {unit["id"]: unit["status"] for unit in board["units"]}
    return found if sum(status == "off_duty" for status in found.values()) <= 1 else None

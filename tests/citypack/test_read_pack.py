"""Every broken pack is refused with the file, the line and the remedy."""

from pathlib import Path

import pytest

from dutyroom.citypack import (
    DistanceTravel,
    Gazetteer,
    Need,
    PackRefused,
    Problem,
    generate_city,
    map_layers,
    read_pack,
)
from dutyroom.citypack.answers import NamedThing
from dutyroom.citypack.describe import described
from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.from_pack import pack_geography, pack_kinds

Files = dict[str, str]


def write_files(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackRefused) as refused:
        read_pack(folder)
    return refused.value.problems


# file, text to replace, text to put there, line, part of the message, part of the remedy
BROKEN = [
    ("city.json", '"version": "1",', '"version": "1"', 5, "not JSON", "syntax"),
    ("city.json", "Asia/Shanghai", "Asia/Nowhere", 5, "time zone", "Asia/Shanghai"),
    ("city.json", "[118.5, 30.5]", "[30.5, 118.5]", 6, "centre is out of range", "lon, then lat"),
    ("city.json", "[118.5, 30.5]", "[NaN, 30.5]", 6, "NaN is not a number", "finite"),
    ("city.json", '"distance"', '"wings"', 7, "unknown travel", "roads, matrix, distance"),
    ("city.json", '"zh": "小城"', '"zh": ""', 3, "translation", "zh"),
    ("city.json", ', "zh": "小城"', "", 3, '"zh" is missing', 'Add "zh"'),
    ("city.json", '"version"', '"religion": "x",\n "version"', 4, "unknown key", "Remove it"),
    ("city.json", '"version"', '"name": "again",\n "version"', 4, "given twice", "Keep one"),
    ("travel.json", "32.0", "-32", 3, "-32", "from 1 to"),
    ("travel.json", "32.0", '"fast"', 3, "must be a number", "finite number"),
    ("zones.geojson", "[118, 30]]]}},", "[118, 30.1]]]}},", 3, "not closed", "first point"),
    ("zones.geojson", "[119, 31]", "[119, 131]", 5, "out of range", "lat from -90"),
    ("zones.geojson", '"id": "east"', '"id": "west"', 4, "given twice", "own id"),
    ("zones.geojson", '"东区"', '" "', 4, "name_zh is empty", "name_zh"),
    ("zones.geojson", '"id": "east"', '"opinion": 1, "id": "east"', 4, "unknown key", "Remove it"),
    ("stations.csv", "118.4", "218.4", 2, "lon 218.4 is out of range", "from -180 to 180"),
    ("stations.csv", "118.4", "nan", 2, "not a number", "finite"),
    ("stations.csv", "第一派出所", "", 2, "name_zh is empty", "name_zh"),
    ("stations.csv", "lon,lat\n", "lat,longitude\n", 1, 'unknown column "longitude"', "header"),
    ("stations.csv", "lon,lat\n", "lat\n", 1, 'the column "lon" is missing', "header"),
    ("stations.csv", ",30.4", "", 2, "4 fields instead of 5", "columns"),
    ("units.csv", "P2", "P1", 3, "given twice, first on line 2", "own id"),
    ("units.csv", "P2", "P" * 21, 3, "has 21 characters", "a unit's may have 20"),
    ("units.csv", "P2,car,PS1", "P2,car,PS9", 3, 'no station "PS9"', "stations.csv"),
    ("units.csv", "P2,car", "P2,tank", 3, 'no kind "tank"', "vocabulary.json"),
    ("units.csv", "P2,car,PS1,patrol", "P2,car,PS1,fly", 3, 'no capability "fly"', "vocabulary"),
    ("units.csv", "patrol,2\nP2", "patrol,many\nP2", 2, "not a number", "finite"),
    ("units.csv", ",crew\n", ",crew,ethnicity\n", 1, 'unknown column "ethnicity"', "Remove it"),
    ("vocabulary.json", '"FIGHT"', '"THEFT"', 4, "given twice", "own code"),
    ("vocabulary.json", '"FIGHT"', '"RIOT"', 4, 'category "RIOT" has no plan', "plans.json"),
    ("vocabulary.json", '"level": 2', '"level": 3', 8, "level 3", "Write 2"),
    ("vocabulary.json", '"priority": 2', '"priority": 5', 3, '"priority" is 5', "from 1 to 2"),
    ("vocabulary.json", '"打架"', '""', 4, "translation", "zh"),
    (
        "vocabulary.json",
        '"stolen", "小偷"]',
        '"a"], "group": "x"',
        3,
        'no group "x"',
        "Write one of",
    ),
    ("vocabulary.json", '"stolen", "小偷"]', '"a"], "share": -1', 3, '"share" is -1', "from 0"),
    ("prompts.json", '"FIGHT"', '"RIOT"', 2, 'no category "RIOT"', "category's code"),
    ("prompts.json", '"patrol"', '"fly"', 4, 'no capability "fly"', "vocabulary.json"),
    ("plans.json", '"FIGHT"', '"RIOT"', 3, 'no category "RIOT"', "category's code"),
    ("plans.json", '"count": 2', '"count": 3', 3, "3 needed, 2 there", "Lower the count"),
    ("plans.json", '"count": 2', '"count": 1.5', 3, "whole number", "without a point"),
    ("plans.json", '"count": 2', '"count": true', 3, "whole number", "without a point"),
    ("clocks.json", '"2": 120', '"2": -1', 4, "-1", "from 1 to"),
    ("clocks.json", ', "2": 120', "", 4, '"2" is missing', 'Add "2"'),
    ("places.csv", "L1,", "L 1,", 2, "not a code", "ASCII"),
    ("places.csv", "118.6", '"118.6', 2, "not CSV", "quoting"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "message", "remedy"), BROKEN)
def test_a_broken_pack_names_file_line_and_remedy(
    tmp_path: Path,
    small_files: Files,
    file: str,
    old: str,
    new: str,
    line: int,
    message: str,
    remedy: str,
) -> None:
    assert old in small_files[file]
    small_files[file] = small_files[file].replace(old, new, 1)
    found = problems_of(write_files(tmp_path, small_files))
    assert any(
        p.file == file and p.line == line and message in p.message and remedy in p.remedy
        for p in found
    ), found


BROKEN_ROADS = [
    ("roads/arcs.csv", "0,1,", "9,1,", 2, "no node 9", "from 0 to 3"),
    ("roads/arcs.csv", "100.0,50.0,side,S1\n1", "100.0,-5,side,S1\n1", 2, "-5", "from 1 to 200"),
    ("roads/arcs.csv", "100.0,50.0,side,S1\n1", "nan,50.0,side,S1\n1", 2, "not a number", "finite"),
    ("roads/arcs.csv", "side,S1\n1", "side,S9\n1", 2, 'no street "S9"', "streets.csv"),
    ("roads/arcs.csv", "side,S1\n1", "alley,S1\n1", 2, 'no class "alley"', "ring, arterial"),
    ("roads/nodes.csv", "30.401\n", "30.401\n118.5,30.5\n", 6, "1 of 5 nodes", "Connect"),
    ("roads/nodes.csv", "118.401,30.4\n", "118.401,95\n", 3, "lat 95 is out", "-90 to 90"),
    ("travel.json", "[1.0, ", "[", 1, "24 numbers", "00 to 23"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "message", "remedy"), BROKEN_ROADS)
def test_a_broken_road_network_names_file_line_and_remedy(
    tmp_path: Path,
    road_files: Files,
    file: str,
    old: str,
    new: str,
    line: int,
    message: str,
    remedy: str,
) -> None:
    assert old in road_files[file]
    road_files[file] = road_files[file].replace(old, new, 1)
    found = problems_of(write_files(tmp_path, road_files))
    assert any(
        p.file == file and p.line == line and message in p.message and remedy in p.remedy
        for p in found
    ), found


def test_the_small_packs_themselves_are_sound(
    tmp_path: Path, small_files: Files, road_files: Files
) -> None:
    small = read_pack(write_files(tmp_path / "small", small_files))
    assert isinstance(small.travel, DistanceTravel)
    assert small.roads is None
    assert small.plan_for("FIGHT", 2) == (Need("patrol", 2),)
    assert small.units[0].lon == 118.4
    assert small.units[0].capabilities == {"patrol"}
    roads = read_pack(write_files(tmp_path / "roads", road_files)).roads
    assert roads is not None
    assert len(roads.arc_from) == 8


def test_all_problems_are_reported_at_once(tmp_path: Path, small_files: Files) -> None:
    del small_files["clocks.json"]
    small_files["stations.csv"] = small_files["stations.csv"].replace("118.4", "x")
    small_files["units.csv"] = small_files["units.csv"].replace("P2,car", "P2,tank")
    found = {(p.file, p.line) for p in problems_of(write_files(tmp_path, small_files))}
    assert {("clocks.json", None), ("stations.csv", 2), ("units.csv", 3)} <= found


@pytest.mark.parametrize("name", ["city.json", "vocabulary.json", "zones.geojson", "units.csv"])
def test_every_missing_file_is_named(tmp_path: Path, small_files: Files, name: str) -> None:
    del small_files[name]
    found = problems_of(write_files(tmp_path, small_files))
    assert (name, None, "the file is missing") in {(p.file, p.line, p.message) for p in found}


def test_a_file_that_is_no_part_of_a_pack_is_refused(tmp_path: Path, small_files: Files) -> None:
    found = problems_of(write_files(tmp_path, small_files | {"people.csv": "id,name\n"}))
    assert [(p.file, p.line) for p in found] == [("people.csv", None)]


def test_a_byte_order_mark_and_other_encodings_are_refused(
    tmp_path: Path, small_files: Files
) -> None:
    write_files(tmp_path, small_files)
    stations = tmp_path / "stations.csv"
    stations.write_bytes(b"\xef\xbb\xbf" + stations.read_bytes())
    (tmp_path / "places.csv").write_bytes(small_files["places.csv"].encode("gb18030"))
    found = {(p.file, p.line): p.message for p in problems_of(tmp_path)}
    assert "byte-order mark" in found["stations.csv", 1]
    assert "not UTF-8" in found["places.csv", 2]


def test_roads_without_travel_by_roads_are_refused(
    tmp_path: Path, small_files: Files, road_files: Files
) -> None:
    files = small_files | {name: road_files[name] for name in road_files if "roads/" in name}
    found = problems_of(write_files(tmp_path, files))
    assert {p.file for p in found} == {"roads/arcs.csv", "roads/nodes.csv"}


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere")[0].message == "there is no such folder"


def test_many_problems_of_one_file_are_counted(tmp_path: Path, small_files: Files) -> None:
    rows = "".join(f"X{n},Name,,park,118.5,30.5\n" for n in range(80))
    small_files["places.csv"] += rows
    found = problems_of(write_files(tmp_path, small_files))
    assert len(found) == 51
    assert found[-1].message == "30 more problems in this file"


def test_a_pack_without_roads_can_be_searched_and_drawn(tmp_path: Path, small_files: Files) -> None:
    pack = read_pack(write_files(tmp_path, small_files))
    gazetteer = Gazetteer(pack)
    park = gazetteer.search("centrl park")[0]
    assert (park.kind, park.label.zh, park.zone) == ("place", "中央公园", "east")
    assert gazetteer.search("30.2, 118.2")[0].zone == "west"
    assert gazetteer.search("a & b") == []
    layers = map_layers(pack)
    assert layers["roads"]["features"] == []
    assert len(layers["zones"]["features"]) == 2


def test_a_travel_matrix_goes_by_the_zones(tmp_path: Path, small_files: Files) -> None:
    small_files["city.json"] = small_files["city.json"].replace("distance", "matrix")
    small_files["travel.json"] = '{"zones": ["east", "west"],\n "seconds": [[0, 5], [6, 0]]}'
    travel = read_pack(write_files(tmp_path, small_files)).travel
    assert travel.kind == "matrix"
    assert travel.seconds[1, 0] == 6.0
    small_files["travel.json"] = '{"zones": ["east"],\n "seconds": [[0, 5], [6, 0]]}'
    lines = {p.line for p in problems_of(write_files(tmp_path, small_files))}
    assert lines == {1, 2}


def test_the_hash_depends_on_every_byte_and_on_nothing_else(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate_city(tmp_path / name, nodes=800, units=20, seed=4)
    (tmp_path / "b" / ".DS_Store").write_bytes(b"not a file of the pack")
    first = read_pack(tmp_path / "a")
    assert first.hash == read_pack(tmp_path / "b").hash
    for name in ("city.json", "roads/nodes.csv", "basemap.geojson"):
        path = tmp_path / "b" / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert read_pack(tmp_path / "b").hash != first.hash
        path.write_bytes(before)


UNITS_WITH_SIGNS = """id,kind,station,capabilities,crew,name_en,name_zh
P1,car,PS1,patrol,2,P1,巡101
P2,car,PS1,patrol,2,P2,巡102
"""


def test_units_may_have_a_call_sign_in_each_language(small_files: Files, tmp_path: Path) -> None:
    pack = read_pack(write_files(tmp_path, small_files | {"units.csv": UNITS_WITH_SIGNS}))
    assert [unit.call_sign for unit in pack.units] == [Text("P1", "巡101"), Text("P2", "巡102")]
    shown = described(pack)
    assert shown.call_signs[0] == NamedThing(id="P1", en="P1", zh="巡101")
    theft = shown.vocabulary.categories[0]
    assert theft.pinyin == ("daoqie", "dq")


def test_categories_may_be_in_groups(small_files: Files, tmp_path: Path) -> None:
    plain = small_files["vocabulary.json"]
    assert read_pack(write_files(tmp_path / "plain", small_files)).vocabulary.groups == ()
    groups = ' "groups": [{"code": "order", "en": "Public order", "zh": "治安"}],\n "categories"'
    in_one = plain.replace(' "categories"', groups).replace(
        '"words": ["stolen"', '"group": "order", "share": 0, "words": ["stolen"'
    )
    (problem,) = problems_of(
        write_files(tmp_path / "one", small_files | {"vocabulary.json": in_one})
    )
    assert (problem.message, problem.remedy) == (
        "the category is in no group",
        "Write one of order",
    )
    in_both = in_one.replace('"words": ["brawl"', '"group": "order", "words": ["brawl"')
    pack = read_pack(write_files(tmp_path / "both", small_files | {"vocabulary.json": in_both}))
    shown = described(pack).vocabulary
    assert [one.code for one in shown.groups] == ["order"]
    assert {one.group for one in shown.categories} == {"order"}
    geography, _ = pack_geography(pack)
    assert [kind.category for kind in pack_kinds(pack, geography, 10.0)] == ["FIGHT"]


def test_units_are_called_by_their_id_without_one(small_files: Files, tmp_path: Path) -> None:
    pack = read_pack(write_files(tmp_path, small_files))
    assert [unit.call_sign for unit in pack.units] == [None, None]
    assert described(pack).call_signs == ()


def test_no_two_units_have_the_same_call_sign(small_files: Files, tmp_path: Path) -> None:
    twice = UNITS_WITH_SIGNS.replace("巡102", "巡101")
    (problem,) = problems_of(write_files(tmp_path, small_files | {"units.csv": twice}))
    assert (problem.line, problem.message) == (
        3,
        'the name "巡101" is given twice, first on line 2',
    )

"""org.csv: a place's organisations, and the paths that members, units and records have."""

from pathlib import Path

import pytest
from tests.citypack.test_read_pack import problems_of, write_files

from dutyroom.citypack import Org, PackRefused, Problem, read_pack
from dutyroom.citypack.codes import codes_of
from dutyroom.core.text import Text
from dutyroom.domain.tasks.commands import TEAMS
from dutyroom.rehearsal.scenario.said import in_chinese

pytestmark = pytest.mark.unit
type Files = dict[str, str]
ORGS = """id,parent,level,name_en,name_zh
WATER,small,partner,Water Company,自来水公司
PS1,west,station,First Station,第一派出所
small,,city,Small,小城
west,small,county,West Branch,西区分局
DEPOT,WATER,partner,Water Depot,水务抢修站
"""
STATIONS = """id,name_en,name_zh,lon,lat,org
PS1,First Station,第一派出所,118.4,30.4,PS1
PS2,Second Station,第二派出所,118.4,30.4,
"""


@pytest.fixture
def org_files(small_files: Files) -> Files:
    return small_files | {"org.csv": ORGS, "stations.csv": STATIONS}


def test_a_path_is_the_ids_from_the_topmost_organisation_down(
    tmp_path: Path, org_files: Files
) -> None:
    pack = read_pack(write_files(tmp_path, org_files))
    assert [one.path for one in pack.orgs] == [
        "small",
        "small/WATER",
        "small/WATER/DEPOT",
        "small/west",
        "small/west/PS1",
    ]
    assert pack.orgs[3] == Org(
        "west", "small", "county", Text("West Branch", "西区分局"), "small/west", ("command",)
    )
    assert codes_of(pack).orgs == {one.path for one in pack.orgs}


def test_a_station_is_of_the_organisation_that_it_names_else_of_the_topmost_one(
    tmp_path: Path, org_files: Files
) -> None:
    pack = read_pack(write_files(tmp_path, org_files))
    assert {one.id: one.org for one in pack.stations} == {"PS1": "small/west/PS1", "PS2": "small"}
    assert codes_of(pack).org_of_unit == {one.id: pack.org_of(one.id) for one in pack.units} != {}


def test_a_zone_is_looked_after_by_the_organisation_that_it_names_else_by_the_topmost_one(
    tmp_path: Path, org_files: Files
) -> None:
    org_files["zones.geojson"] = org_files["zones.geojson"].replace(
        '"id": "west",', '"id": "west", "org": "PS1",'
    )
    pack = read_pack(write_files(tmp_path, org_files))
    assert [pack.org_of_zone(one) for one in ("west", "east")] == ["small/west/PS1", "small"]
    assert not pack.org_of_zone("a zone of an older pack")
    assert codes_of(pack).org_of_zone == {"west": "small/west/PS1", "east": "small"}


@pytest.mark.parametrize("org", ['"PS9"', '""', "7", '["PS1"]', "null"])
def test_a_zone_names_an_organisation_that_is_there(
    tmp_path: Path, org_files: Files, org: str
) -> None:
    zones = org_files["zones.geojson"]
    org_files["zones.geojson"] = zones.replace('"id": "west",', f'"id": "west", "org": {org},')
    (found,) = problems_of(write_files(tmp_path, org_files))
    assert (found.file, found.line) == ("zones.geojson", 2)
    assert "no organisation" in found.message if org == '"PS9"' else "a text" in found.message


def test_a_pack_without_the_file_has_one_organisation_its_city(
    tmp_path: Path, small_files: Files
) -> None:
    pack = read_pack(write_files(tmp_path, small_files))
    assert pack.orgs == (Org("small", "", "city", Text("Small", "小城"), "small", TEAMS),)
    assert {one.org for one in pack.stations} == {"small"}
    assert codes_of(pack).orgs == {"small"}


def test_a_pack_of_before_keeps_its_hash(tmp_path: Path, small_files: Files) -> None:
    """As version 0.1 calculated it: what a journal says it adopted is found again."""
    pack = read_pack(write_files(tmp_path, small_files))
    assert pack.hash == "19cb33ac331b25b0a8857d55b72d4a2b91b6c5d20094ca51c2ec891603c89279"


def test_an_organisation_has_the_teams_that_are_named_else_the_usual_ones_of_its_level(
    tmp_path: Path, org_files: Files
) -> None:
    head, *rows = ORGS.splitlines()
    usual = codes_of(read_pack(write_files(tmp_path, org_files))).teams
    assert usual["small/west/PS1"] == TEAMS
    assert (usual["small"], usual["small/WATER"]) == (("command",), ())
    told = {"PS1": "case command", "west": "none"}
    lines = [f"{head},teams", *(f"{row},{told.get(row.split(',')[0], '')}" for row in rows)]
    org_files["org.csv"] = "\n".join(lines) + "\n"
    named = codes_of(read_pack(write_files(tmp_path, org_files))).teams
    assert named == usual | {"small/west/PS1": ("command", "case"), "small/west": ()}
    org_files["org.csv"] = org_files["org.csv"].replace("case command", "case patrol")
    [problem] = problems_of(write_files(tmp_path, org_files))
    assert (problem.file, problem.line) == ("org.csv", 3)
    assert problem.message == 'there is no team "patrol"'
    assert problem.remedy == "Write some of command, community, case, or none"


# text to replace, text to put there, line, part of the message, part of the remedy
BROKEN = [
    ("PS1,west", "PS1,east", 3, 'no organisation "east"', "org.csv"),
    ("west,small", "west,west", 5, '"west" stands below itself', "another parent"),
    ("WATER,small", "WATER,DEPOT", 2, '"WATER" stands below itself', "another parent"),
    ("WATER,small", "WATER,DEPOT", 6, '"DEPOT" stands below itself', "another parent"),
    ("DEPOT,", "PS1,", 6, 'the id "PS1" is given twice, first on line 3', "own id"),
    ("west,small,county", "west,small,city", 5, "can't stand below", "a lower level"),
    ("west,small,county", "west,PS1,county", 5, "stands below itself", "another parent"),
    ("PS1,west,", "PS1,WATER,", 3, '"PS1" (station) can\'t stand below "WATER"', "Only a partner"),
    ("PS1,west,station", "PS1,west,squad", 3, 'unknown level "squad"', "province, city, county"),
    ("PS1,west,station", "PS1,west,", 3, "level is empty", "Fill in level"),
    ("PS1,west", "PS/1,west", 3, 'id "PS/1" is not a code', "ASCII letters"),
    ("DEPOT,WATER", "DEPOT,", 6, '"DEPOT" has no parent, and "small" has none', "but one"),
    ("small,,city", "small,,partner", 4, 'the partner "small" has no parent', "parent's id"),
    ("West Branch", "", 5, "name_en is empty", "name_en"),
    ("DEPOT", "D" * 200, 6, "has 212 characters", "may have 200"),
    (",level", ",rank", 1, 'the column "level" is missing', "header"),
]


@pytest.mark.parametrize(("old", "new", "line", "message", "remedy"), BROKEN)
def test_what_is_wrong_is_said_with_line_and_remedy_in_both_languages(
    tmp_path: Path, org_files: Files, old: str, new: str, line: int, message: str, remedy: str
) -> None:
    assert old in org_files["org.csv"]
    org_files["org.csv"] = org_files["org.csv"].replace(old, new, 1)
    found = [one for one in problems_of(write_files(tmp_path, org_files)) if one.file == "org.csv"]
    assert any(p.line == line and message in p.message and remedy in p.remedy for p in found), found
    for one in found:
        assert in_chinese(one.message) != one.message
        assert in_chinese(one.remedy) != one.remedy


def test_a_file_without_rows_is_refused(tmp_path: Path, org_files: Files) -> None:
    org_files |= {"org.csv": ORGS.splitlines()[0] + "\n", "stations.csv": STATIONS_OF_BEFORE}
    assert problems_of(write_files(tmp_path, org_files)) == (
        Problem("org.csv", None, "there is no organisation", "Add the city"),
    )


def test_a_station_names_an_organisation_that_is_there(tmp_path: Path, org_files: Files) -> None:
    org_files["stations.csv"] = STATIONS.replace("30.4,PS1", "30.4,PS9")
    assert problems_of(write_files(tmp_path, org_files)) == (
        Problem(
            "stations.csv", 2, 'there is no organisation "PS9"', "Add it to org.csv or correct it"
        ),
    )


def test_a_wrong_organisation_is_not_told_again_by_its_stations(
    tmp_path: Path, org_files: Files
) -> None:
    org_files["org.csv"] = ORGS.replace("PS1,west,station", "PS1,west,squad")
    with pytest.raises(PackRefused) as refused:
        read_pack(write_files(tmp_path, org_files))
    assert {one.file for one in refused.value.problems} == {"org.csv"}


STATIONS_OF_BEFORE = "id,name_en,name_zh,lon,lat\nPS1,First Station,第一派出所,118.4,30.4\n"

"""desks.json: the specialist desks of a place, and everything that can be wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.citypack.test_read_pack import problems_of, write_files

from dutyroom.citypack import CityPack, read_pack
from dutyroom.citypack.codes import codes_of
from dutyroom.clocks import Length
from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.said import in_chinese

pytestmark = pytest.mark.unit
type Files = dict[str, str]
type Json = Any

STOP: Json = {"code": "stop", "en": "Stop a payment", "zh": "止付", "caller": True}
DESK: Json = {
    "code": "fraud",
    "en": "Anti-fraud",
    "zh": "反诈",
    "org": "small",
    "capacity": 3,
    "accept_minutes": 5,
    "offers": [STOP],
    "skills": [{"code": "bank", "en": "Banks", "zh": "银行"}],
}


def with_desks(files: Files, *desks: Json) -> Files:
    return files | {"desks.json": json.dumps({"desks": desks}, ensure_ascii=False, indent=1)}


def read(folder: Path, files: Files) -> CityPack:
    return read_pack(write_files(folder, files))


def test_a_pack_without_the_file_has_no_desks(tmp_path: Path, small_files: Files) -> None:
    pack = read(tmp_path, small_files)
    assert pack.desks == ()
    assert codes_of(pack).desks == {}


def test_a_desk_is_read_as_it_is_written(tmp_path: Path, small_files: Files) -> None:
    retired = DESK | {"code": "gone", "retired": True}
    pack = read(tmp_path, with_desks(small_files, DESK, retired))
    fraud, gone = pack.desks
    assert (fraud.code, fraud.text, fraud.org) == ("fraud", Text("Anti-fraud", "反诈"), "small")
    assert (fraud.capacity, fraud.accept) == (3, Length(5, "minute"))
    assert fraud.calendar.always_open
    assert [(one.code, one.caller) for one in fraud.offers] == [("stop", True)]
    assert [(one.code, one.caller) for one in fraud.skills] == [("bank", False)]
    assert gone.retired
    assert [*codes_of(pack).desks] == ["fraud"]


def test_a_desk_is_suggested_for_the_categories_that_it_names(
    tmp_path: Path, small_files: Files
) -> None:
    named = DESK | {"code": "named", "categories": ["THEFT"]}
    none, some = read(tmp_path, with_desks(small_files, DESK, named)).desks
    assert (none.categories, some.categories) == (frozenset(), {"THEFT"})


# what is changed, part of the message, part of the remedy
BROKEN: list[tuple[Json, str, str]] = [
    ({"code": "anti fraud"}, "is not a code", "ASCII"),
    ({"code": "x" * 41}, "has 41 characters", "may have 40"),
    ({"zh": ""}, 'the translation "zh" is empty', "zh"),
    ({"org": "nowhere"}, 'there is no organisation "nowhere"', "org.csv"),
    ({"calendar": "nights"}, 'there is no calendar "nights"', "calendars of loop.json"),
    ({"capacity": 0}, '"capacity" is 0', "from 1 to 1000"),
    ({"accept_minutes": 1.5}, '"accept_minutes" must be a whole number', "without a point"),
    ({"offers": []}, "nothing is offered", "Add at least one entry"),
    ({"offers": [STOP, STOP]}, 'the code "stop" is given twice', "own code"),
    ({"categories": ["NONE"]}, 'there is no category "NONE"', "Correct it or remove it"),
    ({"skills": [STOP]}, 'unknown key "caller"', "Remove it"),
    ({"faith": "none"}, 'unknown key "faith"', "Remove it"),
]


@pytest.mark.parametrize(("change", "message", "remedy"), BROKEN, ids=lambda one: str(one)[:30])
def test_what_is_wrong_is_said_with_its_line_and_what_to_do_in_both_languages(
    tmp_path: Path, small_files: Files, change: Json, message: str, remedy: str
) -> None:
    [found] = problems_of(write_files(tmp_path, with_desks(small_files, DESK | change)))
    assert found.file == "desks.json"
    assert found.line is not None
    assert found.line > 2
    assert message in found.message
    assert remedy in found.remedy
    for said in (found.message, found.remedy):
        assert in_chinese(said) != said


def test_every_desk_of_the_demo_city_is_of_an_organisation_of_its_own(city: Path) -> None:
    pack = read_pack(city)
    assert len(pack.desks) >= 5
    assert len({one.org for one in pack.desks}) == len(pack.desks)
    levels = {one.path: one.level for one in pack.orgs}
    assert {levels[one.org] for one in pack.desks} == {"desk"}

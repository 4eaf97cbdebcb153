"""agreements.json: what may be handed over to whom, and everything that can be wrong with it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.citypack.test_read_pack import problems_of, write_files

from dutyroom.citypack import read_pack
from dutyroom.citypack.codes import codes_of
from dutyroom.rehearsal.scenario.said import in_chinese

pytestmark = pytest.mark.unit
type Files = dict[str, str]

ORGS = "id,parent,level,name_en,name_zh\ntown,,city,Town,小城\ngas,town,partner,Gas,燃气\n"
GAS: dict[str, Any] = {
    "code": "gas-leaks",
    "en": "Gas leaks",
    "zh": "燃气泄漏",
    "partner": "gas",
    "categories": ["THEFT"],
    "fields": ["request", "number"],
    "purpose": {"en": "Repair", "zh": "抢修"},
    "accept_minutes": 10,
    "from": "2026-01-01",
    "until": "2026-12-31",
    "basis": {"en": "Agreement 1", "zh": "协议一号"},
}
REASONS = [
    {"code": "busy", "en": "Nobody is free", "zh": "暂无力量"},
    {"code": "old", "en": "Not said any more", "zh": "已停用", "retired": True},
]


def written(
    tmp_path: Path, files: Files, change: Callable[[dict[str, Any]], None] = lambda one: None
) -> Path:
    """A pack with one agreement, changed."""
    write_files(tmp_path, files | {"org.csv": ORGS})
    agreement = json.loads(json.dumps(GAS))
    change(agreement)
    text = json.dumps({"agreements": [agreement], "refusal_reasons": REASONS}, indent=1)
    (tmp_path / "agreements.json").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_agreement_says_what_to_whom_and_until_when(tmp_path: Path, small_files: Files) -> None:
    pack = read_pack(written(tmp_path, small_files))
    [one] = pack.agreements
    assert (one.partner, one.fields, one.accept_ms) == (
        "town/gas",
        ("number", "request"),
        600_000,
    )
    assert one.is_for("THEFT")
    assert not one.is_for("FIRE")
    assert [one.in_force(at) for at in (one.from_ms - 1, one.from_ms, one.until_ms - 1)] == [
        False,
        True,
        True,
    ]
    assert (one.until_ms - one.from_ms) % 86_400_000 == 0
    assert one.until_ms - one.from_ms == 365 * 86_400_000
    codes = codes_of(pack)
    assert codes.agreements["gas-leaks"] == one
    assert codes.referral_reasons == {"busy"}


def test_what_concerns_a_minor_is_for_agreements_that_say_so(
    tmp_path: Path, small_files: Files
) -> None:
    [one] = read_pack(written(tmp_path / "no", small_files)).agreements
    assert not one.minors
    [one] = read_pack(
        written(tmp_path / "yes", small_files, lambda one: one.update(minors=True))
    ).agreements
    assert one.minors


def test_a_partner_is_suggested_by_agreements_that_say_so(
    tmp_path: Path, small_files: Files
) -> None:
    [one] = read_pack(written(tmp_path / "no", small_files)).agreements
    assert not one.suggest
    [one] = read_pack(
        written(tmp_path / "yes", small_files, lambda one: one.update(suggest=True))
    ).agreements
    assert one.suggest


@pytest.mark.parametrize("of_all", [[], None])
def test_a_partner_is_not_suggested_for_everything(
    tmp_path: Path, small_files: Files, of_all: list[str] | None
) -> None:
    def change(one: dict[str, Any]) -> None:
        del one["categories"]
        one.update({"suggest": True} | ({} if of_all is None else {"categories": of_all}))

    [problem] = problems_of(written(tmp_path, small_files, change))
    assert problem.file == "agreements.json"
    assert problem.line is not None
    assert "suggested for no category" in problem.message
    assert problem.remedy == "Name its categories, or remove suggest"
    for text in (problem.message, problem.remedy):
        assert in_chinese(text) != text


def test_a_pack_without_the_file_has_no_agreement(tmp_path: Path, small_files: Files) -> None:
    pack = read_pack(write_files(tmp_path, small_files))
    assert (pack.agreements, pack.referral_reasons) == ((), ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"partner": "nobody"}, 'there is no organisation "nobody"'),
        ({"partner": "town"}, '"town" is no partner, but a city'),
        ({"categories": ["NONE"]}, 'there is no category "NONE"'),
        ({"fields": ["number", "mood"]}, 'there is no field "mood"'),
        ({"fields": []}, "the agreement carries nothing"),
        ({"accept_minutes": 0}, '"accept_minutes" is 0'),
        ({"from": "soon"}, '"soon" is not a date'),
        ({"until": "2025-12-31"}, "the agreement ends before it begins"),
        ({"minors": "yes"}, '"minors" must be true or false'),
        ({"suggest": "yes"}, '"suggest" must be true or false'),
        ({"purpose": {"en": "Repair"}}, '"zh" is missing'),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_both_languages(
    tmp_path: Path, small_files: Files, change: dict[str, Any], said: str
) -> None:
    folder = written(tmp_path, small_files, lambda one: one.update(change))
    [problem] = problems_of(folder)
    assert problem.file == "agreements.json"
    assert problem.line is not None
    assert said in problem.message
    for text in (problem.message, problem.remedy):
        assert in_chinese(text) != text

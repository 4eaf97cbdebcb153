"""A report is in one language: no Han in an English one, no English in a Chinese one."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dutyroom.core.text import LANGUAGES, Language, Text
from dutyroom.importing.contract import load_contract
from dutyroom.importing.import_calls import import_calls
from dutyroom.importing.report_page import write_report
from dutyroom.rehearsal.comparing.clairvoyant import bound
from dutyroom.rehearsal.comparing.comparison import side_by_side
from dutyroom.rehearsal.comparing.replicate import rehearse
from dutyroom.rehearsal.comparing.report import report
from dutyroom.rehearsal.optimise.program import Limits
from dutyroom.rehearsal.proposing.crew_file import read_crew
from dutyroom.rehearsal.proposing.district_page import district_page
from dutyroom.rehearsal.proposing.districts import districts
from dutyroom.rehearsal.proposing.proposal import TITLES, today
from dutyroom.rehearsal.proposing.roster_page import roster_page
from dutyroom.rehearsal.proposing.rosters import rosters
from dutyroom.rehearsal.scenario.read import read_scenario
from tests.chinese.pairs import HAN, ROOT
from tests.importing.test_import import GOOD, write
from tests.rehearsal.proposing.row import changed, write_row

pytestmark = pytest.mark.unit
type Made = Callable[[Language], str]
UNITS = """id,base,capabilities,agency,station
P1,p0,patrol,police,west
P2,p9,patrol,police,east
P3,p9,patrol,police,east
"""
AREA = Text("West End", "西区")
GIVEN = {
    "comparison": "today changed flood police west east theft",
    "districts": "west east",
    "roster": "police",
    "import": "sf fire calls csv quarantine jsonl ENGINE Fire",
}
"""Names of scenarios, ids and words of files: a Chinese report has them as they were given."""
CODES = r"<code>.*?</code>|\b[a-zA-Z]\d+(?:-[A-Z]\d+)?\b"
"""Values of files as they are, and ids such as P1 or p0."""


@pytest.fixture
def comparison(tmp_path: Path) -> Made:
    """With what changes, who loses, an overloaded one, plots, maps, and every dimension."""
    file = write_row(tmp_path, UNITS, hours=200, replications=4, targets_s={"1": 300})
    more = [{"do": "move_unit", "id": "P2", "to": "p5"}, {"do": "scale_calls", "by": 1.2}]
    base, other = today(file), rehearse(read_scenario(changed(file, changes=more)))
    flood = rehearse(
        replace(
            read_scenario(changed(file, changes=[{"do": "scale_calls", "by": 30}])), name="flood"
        )
    )
    assert flood.overloaded
    done = [
        replace(one, scenario=replace(one.scenario, names={"area": {"p0": AREA}}))
        for one in (base, other, flood)
    ]
    bounds = [bound(base), bound(other), float("nan")]
    return lambda language: report(side_by_side(done), bounds, language)


@pytest.fixture
def district(tmp_path: Path) -> Made:
    scenario = today(write_row(tmp_path, UNITS, hours=200, replications=4))
    _, made = districts(scenario)
    named = replace(
        scenario.scenario,
        names={
            "agency": {"police": Text("Police", "公安")},
            "area": {"p0": AREA},
            "station": {"west": Text("West Station", "西站")},
        },
    )
    return lambda language: district_page(named, made, language)


@pytest.fixture
def roster(tmp_path: Path) -> Made:
    """With leave, somebody in reserve, and shifts without crew."""
    (tmp_path / "shifts.csv").write_text(
        "shift,day,from,to\nday,daily,07:00,19:00\nnight,daily,19:00,07:00\n"
    )
    units = (
        "id,base,capabilities,agency,shift\nP1,p0,patrol,police,day\nP2,p8,patrol,police,night\n"
    )
    file = write_row(tmp_path, units, shifts="shifts.csv", hours=336, replications=2)
    crew = {
        "starts": "2026-12-07", "weeks": 1, "crew_per_unit": 1,
        "crew": [{"id": f"o{n}", "agency": "police"} for n in range(2)],
    }  # fmt: skip
    (tmp_path / "crew.json").write_text(json.dumps(crew))
    now = today(file)
    read = read_crew(tmp_path / "crew.json", now.scenario)
    _, made = rosters(now, read, limits=Limits(work=1.0))
    return lambda language: roster_page(read, made, language)


@pytest.fixture
def imported(tmp_path: Path) -> Made:
    bad = GOOD | {"row_id": "2-E1", "call_number": "2", "received_timestamp": "never"}
    late = GOOD | {"row_id": "3-E1", "call_number": "3",
                   "on_scene_timestamp": "2018-01-15 10:01:30.000000 UTC"}  # fmt: skip
    file, contract = write(tmp_path, GOOD, bad, late), load_contract("sf-fire")
    found = import_calls(file, contract, tmp_path / "datasets")
    assert found.quarantined
    assert found.repaired

    def page(language: Language) -> str:
        write_report(tmp_path, found, language)
        return (tmp_path / "report.html").read_text("utf-8")

    return page


@pytest.mark.slow
def test_a_comparison_is_in_one_language(comparison: Made) -> None:
    in_one_language("comparison", comparison)
    page = comparison("zh")
    for expected in ("超时", "%</td>", " 秒", "90 分位变化（秒）", "公里", "处警单元改驻", AREA.zh):
        assert expected in page, expected
    assert AREA.en in comparison("en")


def test_a_report_has_the_same_figures_in_both_languages(comparison: Made) -> None:
    numbers = [
        re.findall(
            r"[−+]?\d[\d,]*\.\d+", re.sub(r"<svg.*?</svg>", "", comparison(one), flags=re.DOTALL)
        )
        for one in LANGUAGES
    ]
    assert len(numbers[0]) > 50
    assert numbers[0] == numbers[1]


def test_districts_to_look_at_are_in_one_language(district: Made) -> None:
    in_one_language("districts", district)
    assert "公安" in district("zh")
    assert "西站（west）" in district("zh")
    assert "West Station (west)" in district("en")


def test_a_roster_is_in_one_language(roster: Made) -> None:
    in_one_language("roster", roster)
    page = roster("zh")
    assert all(f"周{day}" in page for day in "一二三四五六日")
    assert "没有班组" in page


def test_what_became_of_a_file_is_reported_in_one_language(imported: Made) -> None:
    in_one_language("import", imported)


def test_every_proposal_has_a_title_in_both_languages() -> None:
    folder = ROOT / "src/dutyroom/rehearsal/proposing"
    names = {
        name
        for path in folder.glob("*.py")
        for name in re.findall(r'\bProposal\(\s*"(.*?)"', path.read_text("utf-8"))
    }
    assert names == TITLES.keys()


def in_one_language(name: str, made: Made) -> None:
    english, chinese = made("en"), made("zh")
    assert '<html lang="en">' in english
    assert '<html lang="zh-CN">' in chinese
    found = [text for text in texts(english) if HAN.search(text)]
    assert found == [], "an English report has no Han"
    allowed = {word.lower() for word in GIVEN[name].split()}
    found = [
        text
        for text in texts(chinese)
        if {word.lower() for word in re.findall(r"[A-Za-z]{2,}", text)} - allowed
    ]
    assert found == [], "a Chinese report has no English"
    assert not re.search(r"\d %|\d s\b", chinese)


def texts(page: str) -> list[str]:
    """What a reader sees, titles of elements included; without codes and ids."""
    seen = re.sub(
        r"<style.*?</style>|<metadata.*?</metadata>|<!--.*?-->", "", page, flags=re.DOTALL
    )
    titles = re.findall(r'title="(.*?)"', seen)
    seen = re.sub(CODES, "", seen, flags=re.DOTALL)
    return [html.unescape(text).strip() for text in [*re.split(r"<[^>]*>", seen), *titles]]

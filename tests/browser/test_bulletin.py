"""The weekly bulletin and the figures by stage: a number opens its cases, a table goes to the
spreadsheet, the bulletin to paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_number_of_this_week_opens_the_cases_that_it_counts(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("supervisor", "/bulletin")
    expect(page.get_by_text("Nothing in this week.").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Next week")).click()
    expect(page.get_by_text("The week is not over.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Analyse · There at the end: ")).press("Enter")
    cases = page.get_by_role("complementary", name="Analyse · There at the end")
    expect(cases.get_by_text(incident["number"])).to_be_visible()
    page.keyboard.press("Escape")
    expect(cases).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    there = next(line for line in text.splitlines() if "Analyse,There at the end" in line)
    assert incident["number"] in there


def test_a_stage_over_weeks_opens_the_cases_of_a_week_and_of_a_category(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    page = desks("supervisor", "/stages")
    page.get_by_role("combobox", name="Stage").select_option("analyse")
    weeks = page.get_by_role("region", name="By week", exact=True)
    expect(weeks.get_by_role("row")).to_have_count(9)
    expect(page.get_by_role("img", name=re.compile("^8 weeks: "))).to_be_visible()
    page.get_by_role("combobox", name="Weeks").select_option("4")
    expect(weeks.get_by_role("row")).to_have_count(5)
    weeks.get_by_role("button", name=re.compile("There at the end: ")).first.click()
    cases = page.get_by_role("complementary")
    expect(cases.get_by_text(incident["number"])).to_be_visible()
    page.keyboard.press("Escape")
    parts = page.get_by_role("region", name=re.compile("^By police station and category"))
    part = parts.get_by_role("button", name=re.compile("Theft.*There at the end: ")).first
    part.press("Enter")
    expect(page.get_by_role("complementary").get_by_text(incident["number"])).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    lines = Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Week,Organisation,Category,Done,In time,Late,There at the end")
    assert any(",Theft," in line for line in lines[5:])
    page.get_by_role("button", name=re.compile("^Week before")).click()
    # What other tests left may lie there, but nothing of what none of them is about.
    page.get_by_role("combobox", name="Category").select_option(label="Childbirth")
    expect(parts.get_by_text("Nothing in this week.")).to_be_visible()


PAPER_PX = 703
"""What A4 is wide between its margins, 186 mm, at 96 px to the inch; it is 271 mm high."""
HIGH_PX = 1024


def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", ["English", "中文"])
def test_the_bulletin_fits_on_paper_with_its_week_and_as_of_when(
    room: Room, desks: Desks, language: str
) -> None:
    room.open_incident()
    page = desks("supervisor", "/bulletin")
    if language == "中文":
        page.get_by_role("button", name="中文").click()
        page.get_by_role("button", name=re.compile("^下一周")).click()
    else:
        page.get_by_role("button", name=re.compile("^Next week")).click()
    figure = page.get_by_role("table").first.get_by_role("button").first
    expect(figure).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_PX, "height": HIGH_PX})
    expect(page.get_by_role("button", name=re.compile("CSV"))).to_be_hidden()
    heading = page.locator("article header")
    expect(heading).to_contain_text(re.compile(r"\d{4}-W\d\d"))
    expect(heading).to_contain_text(re.compile(r"(As of|统计截至) .*\d\d:\d\d"))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PAPER_PX
    for table in page.locator("article section").all():
        box = table.bounding_box()
        assert box is not None
        assert box["width"] <= PAPER_PX
        assert box["height"] <= HIGH_PX  # so that it is on one page, whole
    assert 1 <= pages_of(page) <= 2


@pytest.mark.deep
def test_each_station_has_a_page_of_paper(room: Room, desks: Desks) -> None:
    room.open_incident()
    page = desks("supervisor", "/bulletin")
    page.get_by_role("button", name=re.compile("^Next week")).click()
    # What would be printed is kept, since it is gone when the dialogue is closed.
    page.evaluate(
        """() => { window.print = () => {
            const titles = [...document.querySelectorAll('.each article h2')];
            document.documentElement.dataset.printed = titles.map(
                (one) => one.textContent.trim()).join('|');
        } }"""
    )
    page.get_by_role("button", name="Print each police station").click()
    whole = page.locator("html")
    expect(whole).to_have_attribute("data-printed", re.compile(r"W\d\d\|"))
    titles = (whole.get_attribute("data-printed") or "").split("|")
    assert len(titles) == len(set(titles)) > 1
    expect(page.locator(".each")).to_have_count(0)

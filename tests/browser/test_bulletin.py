"""The weekly bulletin on the screen: a number opens its cases, a table goes to the spreadsheet."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
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

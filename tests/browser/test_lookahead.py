"""What the next hour may bring, where the choice is made."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_each_other_unit_says_what_it_would_cost_the_next_hour(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("dispatcher", "/dispatch")
    select(page, number)
    # The recommendation is there at once and doesn't wait for the rehearsal.
    expect(page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))).to_be_enabled()
    lines = page.locator(".ahead")
    expect(lines.first).to_contain_text(re.compile("^Instead of P3: "))
    chosen = page.get_by_role("listitem").filter(has=page.get_by_role("checkbox", checked=True))
    expect(chosen.locator(".ahead")).to_have_count(0)


def test_the_call_taker_is_not_told(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("taker", "/dispatch")
    select(page, number)
    expect(page.get_by_text("nearest Patrol")).to_be_visible()
    expect(page.locator(".ahead")).to_have_count(0)

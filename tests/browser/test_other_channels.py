"""A matter that didn't begin with a call is entered by the desk, and is known for what it is."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import choose, row_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_petition_is_entered_and_found_by_how_it_became_known(room: Room, desks: Desks) -> None:
    call = room.open_incident(at=1)
    taker = desks("taker", "/calls")
    taker.keyboard.press("i")
    channels = taker.get_by_role("radiogroup", name="How it became known").get_by_role("radio")
    expect(channels).to_have_text(["Met on view", "By telephone"])

    page = desks("dispatcher", "/dispatch")
    page.keyboard.press("i")
    page.get_by_role("radio", name="Petition").click()
    page.get_by_role("combobox", name="Where").focus()
    page.keyboard.type("jiefang")
    choose(page, "Street Jiefang Road")
    page.keyboard.type("noise")
    choose(page, "Noise")
    page.get_by_role("textbox", name="What the caller says").focus()
    page.keyboard.press("Control+Enter")
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text(re.compile("· Petition"))).to_be_visible()
    [entered] = [row for row in room.board()["incidents"] if row["channel"] == "petition"]

    page.get_by_role("combobox", name="How it became known").select_option(label="Petition")
    expect(row_of(page, entered["number"])).to_be_visible()
    page.mouse.move(0, 0)
    expect(row_of(page, call["number"])).to_have_count(0)

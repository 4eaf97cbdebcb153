"""What is open about an incident is gone through by keyboard; it keeps what it was opened as."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_open_points_are_confirmed_and_struck_by_keyboard_and_asked_again(
    room: Room, desks: Desks
) -> None:
    row = room.open_incident("MED-CARDIAC", at=0)
    same = room.open_incident("MED-CARDIAC", at=0)
    asked = len(room.get("dispatcher", "/api/pack")["prompts"]["MED-CARDIAC"])
    assert room.incident(row["id"])["points"] == asked > 1
    page = desks("dispatcher", "/dispatch")
    select(page, row["number"])
    part = page.locator("section", has=page.get_by_role("heading", name="Open points")).last
    page.keyboard.press("p")
    first = part.get_by_role("button", name="Confirm").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The point was confirmed.")).to_be_visible()
    expect(part.get_by_role("button", name="Confirm")).to_have_count(asked - 1)
    reasons = part.get_by_role("combobox").first
    reasons.focus()
    reasons.select_option(label="The caller can't say")
    expect(part).to_contain_text("Struck: The caller can't say")
    assert room.incident(row["id"])["points"] == asked - 2
    part.get_by_role("button", name="Ask again").first.click()
    expect(part.get_by_role("button", name="Confirm")).to_have_count(asked - 1)

    part.get_by_role("button", name="Look for similar incidents").click()
    expect(part).to_contain_text(same["number"])
    part.get_by_role("button", name="None is the same").click()
    expect(part).to_contain_text("Open incidents nearby that may be the same Confirmed")

    command(page, f"CAT MED-INJURY {row['number'][-4:]}")
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text("Opened as Cardiac arrest, now Injury or fall")).to_be_visible()
    expect(row_of(page, row["number"])).to_contain_text("≠")

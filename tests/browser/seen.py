"""What a person sees and does in the room, by the names that are on the screen."""

import re

from playwright.sync_api import Locator, Page, expect


def ringing(page: Page) -> Locator:
    return page.get_by_role("region", name="Ringing lines")


def row_of(page: Page, number: str) -> Locator:
    """An incident in the queue."""
    return page.get_by_role("grid", name="Incidents").get_by_role("row", name=number)


def select(page: Page, number: str) -> None:
    row_of(page, number).click()
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text(number, exact=True).filter(visible=True).first).to_be_visible()


def chip(page: Page, unit: str) -> Locator:
    """A unit on the unit board."""
    units = page.get_by_role("region", name="Units")
    return units.get_by_role("button", name=re.compile(rf"^{unit}\b"))


def command(page: Page, line: str) -> None:
    """Types a command that must be accepted."""
    page.keyboard.press("F2")
    box = page.get_by_role("combobox", name="Command")
    expect(box).to_be_focused()
    box.fill(line)
    page.keyboard.press("Enter")
    expect(box).to_have_value("")


def choose(page: Page, option: str) -> None:
    """Takes an option of the open list with the arrow keys and Enter."""
    wanted = page.get_by_role("option", name=re.compile(option)).first
    expect(wanted).to_be_visible()
    for _ in range(12):
        if wanted.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

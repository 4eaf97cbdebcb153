"""What a planner does first on their page."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import LONG_MS


def drawn_map(page: Page) -> None:
    expect(page.locator('[data-map-ready="true"]')).to_be_visible(timeout=LONG_MS)


def begin(page: Page, name: str) -> None:
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.keyboard.press("Tab")

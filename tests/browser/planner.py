"""What a planner does first on their page."""

from playwright.sync_api import Page, expect


def drawn_map(page: Page) -> None:
    expect(page.locator('[data-map-ready="true"]')).to_be_visible()


def begin(page: Page, name: str) -> None:
    drawn_map(page)
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.keyboard.press("Tab")

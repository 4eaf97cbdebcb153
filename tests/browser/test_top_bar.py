"""Who has many pages finds those that belong together behind one button."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("width", [1366, 360])
def test_pages_that_belong_together_are_behind_one_button(desks: Desks, width: int) -> None:
    page = desks("supervisor", "/supervise", width=width, height=768)
    bar = page.get_by_role("navigation", name="Pages")
    work = bar.get_by_role("button", name="Work")
    work.focus()
    page.keyboard.press("Enter")
    links = bar.get_by_role("link")
    expect(bar.get_by_role("link", name="Stages")).to_be_in_viewport(ratio=1)
    page.keyboard.press("ArrowDown")
    expect(links.and_(page.locator(":focus"))).to_have_count(1)
    bar.get_by_role("link", name="Clocks").click()
    page.wait_for_url("**/clocks**")
    # The button says which of them is open, and is in sight on a phone, too.
    here = bar.get_by_role("button", name="Clocks")
    expect(here).to_be_in_viewport(ratio=1)
    expect(bar.get_by_role("link", name="Stages")).to_be_hidden()
    if width == 1366:
        assert bar.evaluate("nav => nav.scrollWidth <= nav.clientWidth")

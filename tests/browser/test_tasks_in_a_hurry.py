"""Work on tasks in a hurry: of two steps that follow at once, none is lost."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_accepting_and_beginning_in_one_go_loses_neither(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    by_key, by_mouse = room.offer_task(incident), room.offer_task(incident, kind="check")
    page = desks("station", "/tasks")
    one = page.get_by_role("region", name="Task", exact=True).first
    visit = page.get_by_role("row").filter(has_text="Visit")
    visit.get_by_role("button", name="Open").click()
    expect(one.get_by_role("button", name="Accept")).to_be_visible()
    page.evaluate(
        """() => { for (const _ of [1, 2]) document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true })); }"""
    )
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    assert room.task(by_key)["state"] == "in_progress"

    check = page.get_by_role("row").filter(has_text="Check")
    check.get_by_role("button", name="Open").click()
    one.get_by_role("button", name="Accept").dblclick()
    one.get_by_role("button", name="Begin").click()
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    assert room.task(by_mouse)["state"] == "in_progress"

"""Whoever is told that something is due sees it: a mark, a message, and the way to where it is."""

import re
import time

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def overdue(room: Room) -> tuple[str, str]:
    """An incident's number, and a task on it that is due in a moment."""
    incident = room.open_incident()
    due_ms = time.time_ns() // 1_000_000 + 1_500
    return incident["number"], room.offer_task(incident, team="case", due_ms=due_ms)


def marked(page: Page, name: str) -> None:
    """Something waits on the page of this name, and its link says so."""
    bar = page.get_by_role("navigation", name="Pages")
    bar.get_by_role("button").first.click()  # they stand behind one button
    link = bar.get_by_role("link", name=re.compile(f"^{name}"))
    expect(link).to_contain_text("you were told of what is due here")


@pytest.mark.deep
def test_the_command_office_is_told_of_a_late_task_and_led_to_it(room: Room, desks: Desks) -> None:
    page = desks("station", "/orders", width=1366, height=768)
    number, task = overdue(room)
    expect(page.get_by_text(f"You were told of what is due: {number} · task")).to_be_visible()
    assert "station" in room.task(task)["alarm"]["told"]
    marked(page, "Tasks")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show", exact=True).click()
    history = page.get_by_role("region", name="Task", exact=True).get_by_role("listitem")
    expect(history.filter(has_text="task – told: ").first).to_be_visible()
    assert page.url.split("?")[0].endswith("/tasks")


def test_the_board_of_what_to_watch_says_who_was_told(room: Room, desks: Desks) -> None:
    desks("station", "/tasks", width=1366, height=768)  # somebody of the command office is there
    page = desks("supervisor", "/watch", width=1366, height=768)
    number, task = overdue(room)
    row = page.get_by_role("row").filter(has_text=number).filter(has_text="late by")
    expect(row.first).to_contain_text("told: ")
    room.act("dispatcher", "task.withdraw", task=task)
    expect(row).to_have_count(0)

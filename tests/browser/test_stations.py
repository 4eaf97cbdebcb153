"""Stations on the screen: handed over item by item, and seen from the district above."""

import re
import time
import uuid

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def late(room: Room) -> tuple[str, str]:
    """An incident's number, and a task on it that is late in a moment."""
    incident = room.open_incident()
    due_ms = time.time_ns() // 1_000_000 + 1_000
    return incident["number"], room.offer_task(incident, team="case", due_ms=due_ms)


def listed(page: Page, number: str) -> str:
    """The row of an item on the list of what is due."""
    row = page.get_by_role("row").filter(has_text=number).filter(has_text="late by")
    expect(row.first).to_be_visible()
    return row.first.inner_text()


def test_a_station_is_taken_over_by_keyboard_once_each_late_item_has_an_owner(
    room: Room, desks: Desks
) -> None:
    number, task = late(room)
    handover = {"station_handover": str(uuid.uuid4()), "org": room.task(task)["org"]}
    room.act("station3", "station.start_handover", **handover)
    page = desks("station", "/station", width=1366, height=768)
    page.get_by_role("button", name=re.compile("Due and handover")).click()
    assert "to confirm" in listed(page, number)
    command(page, "TAKEOVER")
    complete = page.get_by_role("button", name="Complete the handover")
    expect(complete).to_be_disabled()
    command(page, f"ASSIGN {number} visit by station2")
    expect(page.get_by_text(f"{number}: station2 has it.")).to_be_visible()
    assert (room.task(task)["state"], room.task(task)["owner"]) == ("offered", "station2")
    expect(page.get_by_text("Every late item has a confirmed owner.")).to_be_visible()
    page.get_by_role("grid", name="Due and handover").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")  # confirmed already: it stays with its owner
    command(page, "COMPLETE")
    expect(page.get_by_text("is handed over.")).to_be_visible()
    assert room.board()["station_handovers"] == []
    assert len(room.journal("station.item_confirmed")) >= 1


def test_a_district_goes_down_to_a_station_that_is_late_and_up_again(
    room: Room, desks: Desks
) -> None:
    number, _ = late(room)
    page = desks("district", "/station", width=1366, height=768)
    below = page.get_by_role("grid", name="Organisations below")
    expect(below.get_by_role("row").first).to_contain_text("▲ 1")
    below.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=number)).to_be_visible()
    assert "org=" in page.url
    page.reload()
    expect(page.get_by_role("button", name="Case team · Late · 1")).to_be_visible()
    command(page, "UP")
    expect(below).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Case team · Late · 1")).to_be_visible()


def test_what_lies_with_no_team_is_routed_in_one_step(room: Room, desks: Desks) -> None:
    task = room.offer_task(room.open_incident())
    page = desks("station", "/station", width=1366, height=768)
    page.get_by_role("button", name=re.compile("To route")).click()
    page.get_by_role("row").get_by_role("button", name="Community team").click()
    expect(page.get_by_text("reassigned to")).to_be_visible()
    assert room.task(task)["team"] == "community"

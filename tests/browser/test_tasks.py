"""Tasks on the screen: offered in one line, done at a station, approved at the desk."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_task_is_offered_in_one_line_done_at_the_station_and_approved_at_the_desk(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number = incident["number"]
    desk = desks("dispatcher", "/dispatch")
    select(desk, number)
    command(desk, f"TASK {number} visit case team due 2d p2 Ask the neighbours // Ring the bell")
    expect(desk.get_by_text(re.compile(f"Task on {number} offered to"))).to_be_visible()

    page = desks("station2", "/tasks")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("Case team")
    row.get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Task", exact=True).first
    expect(one.get_by_text("Ask the neighbours")).to_be_visible()
    expect(one.get_by_text(room.places[0]["name_en"])).to_be_visible()
    page.keyboard.press("x")
    expect(one.get_by_role("button", name="Begin")).to_be_visible()
    one.get_by_role("checkbox", name="Ring the bell").check()
    page.keyboard.press("x")
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.type("They heard nothing")
    one.get_by_role("button", name="Submit", exact=True).last.click()
    expect(one.get_by_text("submitted", exact=True)).to_be_visible()
    [task] = room.board()["tasks"]
    assert (task["state"], task["owner"], len(task["ticked"])) == ("submitted", "station2", 1)
    approve = f"APPROVE {number}"
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    page.get_by_role("combobox", name="Command").fill(approve)
    expect(page.locator("#echo.ready")).to_have_count(0)  # nobody approves their own

    desk.keyboard.press("c")
    expect(desk.get_by_text("A task is not approved yet.")).to_be_visible()
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_text(f"Visit · {number}: approved.")).to_be_visible()
    expect(desk.get_by_text("A task is not approved yet.")).to_have_count(0)
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(desk.get_by_text("A task is not approved yet.")).to_be_visible()


def test_what_a_station_passes_on_or_returns_is_chosen_by_mouse(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    task = room.offer_task(incident)
    page = desks("station", "/tasks", width=360, height=740)
    row = page.get_by_role("row").filter(has_text=incident["number"])
    row.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Reassign task").click()
    page.get_by_role("combobox", name="Owner").select_option("station2")
    page.get_by_role("button", name="Reassign task").last.click()
    expect(page.get_by_text("reassigned to station2")).to_be_visible()
    assert room.task(task)["owner"] == "station2"
    page.get_by_role("button", name="Return", exact=True).click()
    page.get_by_role("button", name="Information missing").click()
    expect(page.get_by_text("returned", exact=True)).to_be_visible()
    page.get_by_role("button", name="Return", exact=True).click()
    desks.expect("403 (Forbidden)")  # what was still being read when it left
    page.get_by_role("button", name="Not ours to do").click()
    # It is the room's again, and no longer on this page.
    expect(page.get_by_text("No tasks.")).to_be_visible()
    assert (room.task(task)["org"], room.task(task)["returned"]) == ("", 2)


def test_a_station_sees_what_lies_with_each_team_and_how_it_stands(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.offer_task(incident, team="case", due_ms=time.time_ns() // 1_000_000 + 1_500)
    room.offer_task(incident, kind="check", team="community")
    page = desks("station", "/station", width=1366, height=768)
    late = page.get_by_role("button", name="Case team · Late · 1")
    late.click()
    expect(page.get_by_role("row").filter(has_text="Visit")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Check")).to_have_count(0)
    page.get_by_role("row").get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Task", exact=True).first
    expect(one.get_by_text("Ask the neighbours")).to_be_visible()
    late.click()
    expect(page.get_by_role("row").filter(has_text="Check")).to_be_visible()
    one.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("button", name="Case team · In work · 1")).to_be_visible()


@pytest.mark.deep
def test_a_station_offers_work_on_its_own_incidents_by_mouse(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    others = (room.open_incident(at=at) for at in range(1, 40))
    elsewhere = next(one for one in others if one["org"] != incident["org"])
    page = desks("station", "/station", width=1366, height=768)
    page.get_by_role("button", name=re.compile("Open incidents")).click()
    row = page.get_by_role("row").filter(has_text=incident["number"])
    expect(page.get_by_role("row").filter(has_text=elsewhere["number"])).to_have_count(0)
    row.get_by_role("button", name="Open").click()
    side = page.get_by_role("region", name="Incident", exact=True)
    side.get_by_role("button", name="Offer a task").click()
    side.get_by_role("combobox", name="Team").select_option("case")
    side.get_by_role("combobox", name="Owner").select_option("station2")
    side.get_by_role("textbox", name="What is to be done").fill("Ask again\nRing the bell")
    side.get_by_role("button", name="Offer task").click()
    expect(side.get_by_text("Case team · station2")).to_be_visible()
    side.get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Task", exact=True).first
    expect(one.get_by_role("checkbox", name="Ring the bell")).to_be_visible()


def test_closing_says_where_each_thing_that_it_lacks_is_seen_and_a_digit_leads_there(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.offer_task(incident)
    desk = desks("dispatcher", "/dispatch")
    select(desk, incident["number"])
    desk.keyboard.press("c")
    lacking = desk.get_by_role("listitem").filter(has_text="A task is not approved yet.")
    expect(lacking).to_contain_text("Tasks")
    expect(lacking.locator("kbd")).to_have_text("2")
    desk.keyboard.press("1")
    expect(desk.get_by_role("combobox", name="Disposition")).to_be_focused()
    desk.keyboard.press("2")
    expect(desk).to_have_url(re.compile("/tasks"))
    expect(desk.get_by_role("region", name="Task", exact=True).first).to_be_visible()


def test_what_was_begun_or_returned_by_mistake_is_taken_back_by_button_and_word(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number, task = incident["number"], room.offer_task(incident)
    page = desks("station2", "/tasks")
    row = page.get_by_role("row").filter(has_text=number)
    row.get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Task", exact=True).first
    one.get_by_role("button", name="Accept").click()
    one.get_by_role("button", name="Begin").click()
    one.get_by_role("button", name="Not begun after all").click()
    expect(one.get_by_text("accepted", exact=True)).to_be_visible()
    command(page, f"BEGIN {number}")
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(one.get_by_text("accepted", exact=True)).to_be_visible()
    desks.expect("403 (Forbidden)")  # what was still being read when it left
    one.get_by_role("button", name="Return", exact=True).click()
    one.get_by_role("button", name="Not ours to do").click()
    expect(page.get_by_role("heading", name="Tasks")).to_contain_text("0 open")
    command(page, f"UNRETURN {number}")
    expect(page.get_by_role("heading", name="Tasks")).to_contain_text("1 open")
    back = room.task(task)
    assert (back["state"], back["owner"], back["returned"]) == ("accepted", "station2", 0)

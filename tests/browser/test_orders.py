"""Supervision orders on the screen: given in one line, answered at the station, accepted by mouse."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_order_is_given_in_one_line_answered_at_the_station_and_holds_the_incident_open(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number = incident["number"]
    desk = desks("supervisor", "/dispatch")
    select(desk, number)
    command(desk, f"ORDER {number} due 2d p1 Go there again")
    expect(desk.get_by_text(re.compile(f"Supervision order on {number} given to"))).to_be_visible()

    page = desks("station", "/orders")
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Supervision order", exact=True).first
    expect(one.get_by_text("Go there again")).to_be_visible()
    one.get_by_role("button", name="Acknowledge order").click()
    expect(one.get_by_text("acknowledged", exact=True)).to_be_visible()
    one.get_by_role("button", name="Answer order").click()
    page.keyboard.type("It is quiet now")
    one.get_by_role("button", name="Answer order").last.click()
    expect(one.get_by_text("answered", exact=True)).to_be_visible()

    desk.keyboard.press("c")
    expect(
        desk.get_by_text("A supervision order is not answered and accepted yet.")
    ).to_be_visible()
    desk.get_by_role("button", name="Show order").click()
    seen = desk.get_by_role("region", name="Supervision order", exact=True).first
    expect(seen.get_by_text("It is quiet now")).to_be_visible()
    seen.get_by_role("button", name="Send answer back").click()
    seen.get_by_role("combobox", name="Reason").select_option("unclear")
    seen.get_by_role("button", name="Send answer back").last.click()
    expect(seen.get_by_text("acknowledged", exact=True)).to_be_visible()
    command(page, f"ANSWER {number} The caretaker said so")
    expect(seen.get_by_text("The caretaker said so")).to_be_visible()
    command(desk, f"AGREE {number}")
    expect(seen.get_by_text("accepted", exact=True)).to_be_visible()
    assert room.board()["supervision_orders"] == []


@pytest.mark.deep
def test_a_command_office_orders_an_officer_of_its_own_and_judges_the_answer(
    room: Room, desks: Desks
) -> None:
    number = room.open_incident()["number"]
    chief, officer = desks("station", "/orders"), desks("station2", "/orders")
    command(chief, f"ORDER {number} by station2 due 2d Go there again")
    page = officer
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Supervision order", exact=True).first
    expect(one.get_by_text("Go there again")).to_be_visible()
    command(page, f"ANSWER {number} It is quiet now")
    expect(one.get_by_text("answered", exact=True)).to_be_visible()
    chief.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    seen = chief.get_by_role("region", name="Supervision order", exact=True).first
    expect(seen.get_by_text("It is quiet now")).to_be_visible()
    command(chief, f"AGREE {number}")
    expect(seen.get_by_text("accepted", exact=True)).to_be_visible()


def test_the_board_counts_what_is_to_be_watched_and_each_number_opens_its_cases(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    task = room.offer_task(incident)
    room.give_order(incident, task=task)
    page = desks("supervisor", "/watch")
    page.get_by_role("button", name=re.compile("^All · Ordered · 1$")).click()
    expect(page.get_by_role("row").filter(has_text="Supervision order")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Visit · offered")).to_have_count(0)
    page.get_by_role("button", name=re.compile("· Without owner · 1$")).first.click()
    expect(page.get_by_role("row").filter(has_text="Visit · offered")).to_be_visible()
    page.get_by_role("grid", name="Cases").press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Task", exact=True).first).to_be_visible()

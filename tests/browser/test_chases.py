"""A caller calls again: the call-taker says so, the dispatcher sees how long they have waited."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, row_of, select
from tests.browser.test_standing_still import nothing_moved, remember

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def take(room: Room, page: Page, line: str) -> None:
    room.ring(line)
    expect(page.get_by_role("region", name="Ringing lines")).to_contain_text(line)
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()


def test_a_call_chases_by_number_and_is_heard_with_one_key(room: Room, desks: Desks) -> None:
    waiting, other = room.open_incident(at=0), room.open_incident(at=1)
    number, last = waiting["number"], waiting["number"][-4:]
    taker, dispatcher = desks("taker", "/calls"), desks("dispatcher", "/dispatch")
    select(dispatcher, other["number"])
    row_of(dispatcher, number).hover()
    remember(dispatcher)
    take(room, taker, "110-7")
    command(taker, f"CHASE {last}")
    expect(taker.get_by_role("region", name="Incident that this call chases")).to_be_visible()
    raised = row_of(dispatcher, number)
    expect(raised).to_contain_text(re.compile(r"↺ 1 · \d+ min"))
    nothing_moved(dispatcher)

    select(dispatcher, number)
    panel = dispatcher.get_by_role("region", name="Desk")
    expect(panel.get_by_text("The caller has waited")).to_be_visible()
    dispatcher.keyboard.press("w")
    expect(dispatcher.get_by_text(f"The chase of {number} was acknowledged.")).to_be_visible()
    expect(raised).not_to_contain_text("Nobody has acknowledged it yet.")
    assert room.incident(waiting["id"])["chase_seen"]

    taker.get_by_role("button", name="Undo").click()
    expect(taker.get_by_role("combobox", name="Where")).to_be_visible()
    expect(raised).not_to_contain_text("↺")


def test_a_closed_incident_that_is_chased_stands_with_the_open_ones_until_it_is_heard(
    room: Room, desks: Desks
) -> None:
    row = room.open_incident()
    room.act("dispatcher", "incident.set_disposition", incident=row["id"], disposition="resolved")
    room.act("dispatcher", "incident.close", incident=row["id"])
    page = desks("supervisor", "/dispatch")
    expect(row_of(page, row["number"])).to_have_count(0)
    call = room.ring("110-7")
    room.act("taker", "call.claim", call=call)
    room.act("taker", "incident.record_chase", incident=row["id"], call=call)
    expect(page.get_by_role("row", name="Chased after closing 1")).to_be_visible()
    select(page, row["number"])
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    command(page, "SUP")
    listed = page.get_by_role("button", name=re.compile(row["number"]))
    expect(listed).to_contain_text("Nobody has acknowledged it yet.")
    listed.click()
    page.get_by_role("button", name="Acknowledge chase").click()
    page.mouse.move(0, 0)
    expect(row_of(page, row["number"])).to_have_count(0)

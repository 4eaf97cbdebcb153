"""What becomes one keeps what is urgent, a reopened incident waits, people have one place."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import chip, command, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_merge_says_what_the_survivor_keeps(room: Room, desks: Desks) -> None:
    noise = room.open_incident("POL-NOISE", priority=4)
    cardiac = room.open_incident("MED-CARDIAC", at=1, priority=1)
    page = desks("dispatcher", "/dispatch")
    select(page, noise["number"])
    command(page, f"M {cardiac['number']} {noise['number']}")
    message = f"{cardiac['number']} was merged into {noise['number']}, which is priority 1 now."
    expect(page.get_by_text(message)).to_be_visible()
    said = f"Keeps what {cardiac['number']} asked for: Cardiac arrest, priority 1"
    expect(page.get_by_text(said)).to_be_visible()
    needs = page.locator(".needs")
    expect(needs).to_contain_text("Ambulance")
    expect(needs).to_contain_text("Community")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_text(f"保留 {cardiac['number']} 的要求：心脏骤停")).to_be_visible()


def test_a_reopened_incident_is_among_those_that_wait(room: Room, desks: Desks) -> None:
    incident = room.open_incident("MED-CARDIAC")
    assignment = room.send(incident["id"], "A1")
    ids = {"incident": incident["id"], "assignment": assignment}
    room.act("dispatcher", "assignment.on_scene", **ids)
    room.act("dispatcher", "assignment.clear", **ids, reason="done")
    room.act(
        "dispatcher",
        "incident.set_disposition",
        incident=incident["id"],
        disposition="treated",
    )
    room.act("dispatcher", "incident.close", incident=incident["id"])
    page = desks("dispatcher", "/dispatch")
    command(page, f"REOPEN {incident['number']} happened")
    row = row_of(page, incident["number"])
    expect(row).to_contain_text("Pending")
    select(page, incident["number"])
    expect(page.get_by_role("button", name=re.compile("^Dispatch A"))).to_be_enabled()


def test_who_is_on_another_unit_is_moved_with_a_reason(room: Room, desks: Desks) -> None:
    desks.expect("409 (Conflict)")
    page = desks("dispatcher", "/dispatch")
    command(page, "ON P3 3001 3002")
    expect(page.get_by_text("P3 signed on with 3001 3002.")).to_be_visible()
    page.keyboard.press("F2")
    line = page.get_by_role("combobox", name="Command")
    line.fill("ON P2 3001")
    line.press("Enter")
    expect(page.get_by_text("3001 is on P3.")).to_be_visible()
    expect(line).to_have_value("MOVE P2 3001 ")
    line.press_sequentially("relief")
    line.press("Enter")
    expect(page.get_by_text("3001 moved to P2: relief.")).to_be_visible()
    assert room.unit("P3")["crew"] == ["3002"]
    assert room.unit("P2")["crew"][-1] == "3001"
    expect(chip(page, "P3")).to_contain_text("Available")


def test_the_receiver_of_the_desk_hears_of_it_on_any_page(room: Room, desks: Desks) -> None:
    desks.expect("409 (Conflict)")
    giver, receiver = desks("dispatcher", "/handover"), desks("colleague", "/dispatch")
    giver.get_by_label("Hand over to").fill("coleague")
    giver.get_by_role("button", name="Offer the desk").click()
    expect(giver.get_by_text("Name one who may: colleague, supervisor.")).to_be_visible()
    giver.get_by_label("Hand over to").fill("Colleague")
    giver.get_by_role("button", name="Offer the desk").click()
    notice = receiver.get_by_text("dispatcher hands the desk over to you.")
    expect(notice).to_be_visible()
    expect(receiver.get_by_role("link", name=re.compile("offered to you"))).to_be_visible()
    receiver.get_by_role("status").get_by_role("button", name="Show").click()
    expect(receiver.get_by_text("dispatcher hands over to colleague")).to_be_visible()
    giver.get_by_role("button", name="Cancel the handover").click()
    expect(notice).not_to_be_visible()
    expect(receiver.get_by_role("link", name=re.compile("offered to you"))).to_have_count(0)

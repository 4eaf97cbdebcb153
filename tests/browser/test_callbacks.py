"""Follow-up calls on the screen, and callers who must not be called."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TELEPHONE = "13800004829"


def test_who_is_not_satisfied_is_answered_in_the_same_form(room: Room, desks: Desks) -> None:
    incident = room.call_in(TELEPHONE)
    number = incident["number"]
    room.close(incident)
    page = desks("taker", "/callbacks")
    row = page.get_by_role("row").filter(has_text=number)
    row.click()
    row.get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Follow-up call", exact=True).first
    expect(one.get_by_text(TELEPHONE)).to_be_visible()
    one.get_by_role("button", name="Take the follow-up call").click()
    expect(page.get_by_text(f"The follow-up call of {number} is yours.")).to_be_visible()
    send = one.get_by_role("button", name="Write down the answer")
    for name, said in (("attitude", "good"), ("speed", "poor"), ("result", "poor")):
        one.locator(f"input[name='{incident['id']} {name}'][value='{said}']").check()
    one.get_by_label("not solved").check()
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(one.get_by_text("The caller is not satisfied: say what follows.")).to_be_visible()
    one.get_by_label("Reopen the incident").check()
    one.get_by_label("reason").select_option(index=1)
    send.click()
    expect(page.get_by_text(f"{number}: not solved, and reopened.")).to_be_visible()
    assert room.incident(incident["id"])["state"] == "open"


def test_a_satisfied_caller_is_one_line_and_can_be_taken_back(room: Room, desks: Desks) -> None:
    incident = room.call_in(TELEPHONE)
    number = incident["number"]
    room.close(incident)
    page = desks("taker", "/callbacks")
    expect(page.get_by_role("row").filter(has_text=number)).to_be_visible()
    command(page, f"ANSWERED {number} good fair good solved They came fast")
    expect(page.get_by_text(f"{number}: the caller's answer is written down.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("to be made")
    command(page, f"NOTREACHED {number}")
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("1 in vain")


def test_the_telephone_is_gone_wherever_it_stood_once_the_mark_stands(
    room: Room, desks: Desks
) -> None:
    incident = room.call_in(TELEPHONE)
    number = incident["number"]
    room.send(incident["id"], "P1")
    phone = desks("officer", "/field", width=390, height=844)
    expect(phone.get_by_text(TELEPHONE)).to_be_visible()
    page = desks("supervisor", "/dispatch")
    select(page, number)
    expect(page.get_by_text(TELEPHONE)).to_be_visible()
    command(page, f"UNSAFE {number} The offender may answer")
    note = page.get_by_role("note", name="Not safe to contact")
    expect(note).to_contain_text("The offender may answer")
    expect(page.get_by_text(TELEPHONE)).to_have_count(0)
    expect(phone.get_by_role("note", name="Not safe to contact")).to_be_visible()
    expect(phone.get_by_text(TELEPHONE)).to_have_count(0)
    note.get_by_role("button", name=re.compile("Lift")).click()
    expect(note).to_have_count(0)
    expect(page.get_by_text(TELEPHONE)).to_be_visible()

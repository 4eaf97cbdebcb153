"""What is open about an incident is gone through by keyboard; it keeps what it was opened as."""

import uuid

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_open_points_are_confirmed_and_struck_by_keyboard_and_asked_again(
    room: Room, desks: Desks
) -> None:
    row = room.open_incident("MED-CARDIAC", at=0)
    same = room.open_incident("MED-CARDIAC", at=0)
    asked = len(room.get("dispatcher", "/api/pack")["prompts"]["MED-CARDIAC"])
    assert room.incident(row["id"])["points"] == asked > 1
    page = desks("dispatcher", "/dispatch")
    select(page, row["number"])
    part = page.locator("section", has=page.get_by_role("heading", name="Open points")).last
    page.keyboard.press("p")
    first = part.get_by_role("button", name="Confirm").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The point was confirmed.")).to_be_visible()
    expect(part.get_by_role("button", name="Confirm")).to_have_count(asked - 1)
    reasons = part.get_by_role("combobox").first
    reasons.focus()
    reasons.select_option(label="The caller can't say")
    expect(part).to_contain_text("Struck: The caller can't say")
    assert room.incident(row["id"])["points"] == asked - 2
    part.get_by_role("button", name="Ask again").first.click()
    expect(part.get_by_role("button", name="Confirm")).to_have_count(asked - 1)

    part.get_by_role("button", name="Look for similar incidents").click()
    expect(part).to_contain_text(same["number"])
    part.get_by_role("button", name="None is the same").click()
    expect(part).to_contain_text("Open incidents nearby that may be the same Confirmed")

    command(page, f"CAT MED-INJURY {row['number'][-4:]}")
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text("Opened as Cardiac arrest, now Injury or fall")).to_be_visible()
    expect(row_of(page, row["number"])).to_contain_text("≠")


def test_who_may_be_needed_leads_to_the_form_and_is_settled_by_asking(
    room: Room, desks: Desks
) -> None:
    row = room.open_incident("POL-FRAUD", at=2)
    for prompt in room.get("dispatcher", "/api/pack")["prompts"].get("POL-FRAUD", ()):
        point = {"point": "prompt", "prompt": prompt["code"], "how": "confirmed"}
        room.act("dispatcher", "incident.settle_point", incident=row["id"], **point)
    page = desks("dispatcher", "/dispatch")
    select(page, row["number"])
    part = page.locator("section", has=page.get_by_role("heading", name="Open points")).last
    expect(part).to_contain_text("May be needed: Anti-fraud centre")
    page.keyboard.press("p")
    expect(part.get_by_role("button", name="Ask …")).to_be_focused()
    page.keyboard.press("Enter")
    wanted = page.get_by_role("textbox", name="What is needed")
    expect(wanted).to_be_focused()
    expect(page.get_by_role("combobox", name="Specialist desk")).to_have_value("antifraud")
    wanted.fill("Account 6222")
    # Something else happens meanwhile: what was written stays.
    room.act("taker", "incident.add_note", incident=row["id"], note=str(uuid.uuid4()), text="Wei")
    expect(page.get_by_text("Wei").first).to_be_visible()
    expect(wanted).to_have_value("Account 6222")
    wanted.press("Tab")
    page.get_by_role("button", name="Ask specialists").last.click()
    expect(part).not_to_contain_text("May be needed")
    [request] = [one for one in room.board()["desk_requests"] if one["incident"] == row["id"]]
    assert request["desk"] == "antifraud"

    room.act("dispatcher", "desk_request.withdraw", desk_request=request["id"])
    expect(part).to_contain_text("May be needed: Anti-fraud centre")
    reasons = part.get_by_role("combobox", name="Strike: May be needed: Anti-fraud centre")
    reasons.select_option(index=1)
    expect(part).to_contain_text("Anti-fraud centre Struck")
    part.get_by_role("button", name="Ask again").last.click()
    expect(part.get_by_role("button", name="Ask …")).to_be_visible()


def test_a_partner_that_may_be_needed_is_chosen_where_its_point_leads(
    room: Room, desks: Desks
) -> None:
    row = room.open_incident("GAS-LEAK", at=3)
    page = desks("dispatcher", "/dispatch")
    select(page, row["number"])
    part = page.locator("section", has=page.get_by_role("heading", name="Open points")).last
    part.get_by_role("button", name="Refer …").click()
    partner = page.get_by_role("combobox", name="Partner")
    expect(partner).to_have_value("gas-leaks")
    page.get_by_role("textbox", name="What is asked of the partner").fill("Shut it off")
    page.get_by_role("button", name="Refer to a partner").click()
    expect(part).not_to_contain_text("May be needed")
    [sent] = [one for one in room.board()["referrals"] if one["incident"] == row["id"]]
    assert (sent["partner"], sent["state"]) == ("lanchuan/gas", "sent")

"""Partners on the screen: a key for their system, and a joint operation on their own page."""

import re
import uuid

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_supervisor_makes_a_key_which_is_shown_once_and_revokes_it(
    room: Room, desks: Desks
) -> None:
    page = desks("supervisor", "/agreements")
    command(page, "NEWKEY")
    part = page.get_by_role("region", name="API keys")
    part.get_by_label("Partner").select_option(label="Yunzhou Police Command Centre")
    part.get_by_label("It may").select_option("answer")
    part.get_by_label("Days").fill("10")
    part.get_by_role("button", name="New API key").last.click()
    shown = part.get_by_role("textbox", name="API key")
    expect(shown).to_have_value(re.compile(r"^drk_[0-9a-f]{12}_[0-9a-f]{20}_[\w-]{43}$"))
    prefix = shown.input_value()[:16]
    part.get_by_role("button", name="Copied, put it away").click()
    expect(shown).to_have_count(0)
    expect(part.get_by_role("note")).to_contain_text(f"API key {prefix} of Yunzhou")
    row = part.get_by_role("listitem").filter(has_text=prefix)
    expect(row).to_contain_text("read and answer")

    theirs = desks("partner", "/partner", width=360, height=740)
    expect(theirs.get_by_role("note")).to_contain_text(f"Your API key {prefix} ends on")

    row.get_by_role("button", name="Revoke …").click()
    row.get_by_role("button", name="Revoke API key").click()
    expect(row).to_have_count(0)
    expect(page.get_by_text(re.compile(f"{prefix} of Yunzhou.*: revoked"))).to_be_visible()


def test_a_key_is_revoked_in_one_line(room: Room, desks: Desks) -> None:
    key = str(uuid.uuid4())
    made = {"org": "lanchuan/yunzhou", "scope": "read", "key_digest": "0a" * 32}
    room.act("supervisor", "partner_key.add", partner_key=key, **made)
    page = desks("supervisor", "/agreements")
    prefix = f"drk_{key.replace('-', '')[-12:]}"
    row = page.get_by_role("listitem").filter(has_text=prefix)
    expect(row).to_be_visible()
    command(page, f"REVOKE {prefix}")
    expect(row).to_have_count(0)


def test_a_partner_works_off_its_part_of_a_joint_operation(room: Room, desks: Desks) -> None:
    incident, joint = room.open_incident("POL-MISSING"), str(uuid.uuid4())
    orgs = [incident["org"], "lanchuan/yunzhou"]
    begun = {"incident": incident["id"], "orgs": orgs, "text": "Find the boy"}
    room.act("dispatcher", "joint_operation.begin", joint_operation=joint, **begun)
    line = {"plan_line": str(uuid.uuid4()), "org": orgs[1], "text": "Ask at the bus station"}
    room.act("dispatcher", "joint_operation.add_line", joint_operation=joint, **line)
    page = desks("partner", "/partner")
    page.get_by_role("button", name=re.compile(f"^{incident['number']} going on")).click()
    report = page.get_by_role("region", name="Joint operation")
    expect(report.get_by_text("Find the boy")).to_be_visible()
    report.get_by_role("checkbox", name="Ask at the bus station").check()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    report.get_by_role("textbox", name="Write into the log").fill("He took bus 12")
    page.keyboard.press("Enter")
    expect(report.get_by_text("He took bus 12")).to_be_visible()
    expect(report.get_by_text(room.places[0]["name_en"])).to_have_count(0)


def test_a_partner_is_reminded_and_sees_it_where_it_works(room: Room, desks: Desks) -> None:
    incident, referral = room.open_incident("POL-ROBBERY"), str(uuid.uuid4())
    sent = {"incident": incident["id"], "agreement": "yunzhou", "text": "A grey van"}
    room.act("dispatcher", "referral.send", referral=referral, **sent)
    theirs = desks("partner", "/partner", width=360, height=740)
    row = theirs.locator(f"#referral-{referral}")
    expect(row).not_to_contain_text("reminded")
    page = desks("dispatcher", "/referrals")
    line = page.get_by_role("row").filter(has_text=incident["number"])
    line.get_by_role("button", name="Open").click()
    panel = page.get_by_role("region", name="Referral", exact=True).first
    panel.get_by_role("button", name="Remind partner").click()
    expect(panel).to_contain_text("reminded 1×")
    command(page, f"NUDGE {incident['number']}")
    expect(panel).to_contain_text("reminded 2×")
    expect(panel).to_contain_text("last by dispatcher")
    expect(row).to_contain_text("reminded 2×", timeout=15_000)
    expect(theirs.get_by_text("The duty room reminds you of").first).to_be_visible()
    row.click()
    article = theirs.get_by_role("article")
    expect(article).to_contain_text("reminded 2×, last")
    expect(article).not_to_contain_text("dispatcher")
    room.act("dispatcher", "referral.recall", referral=referral)

"""A form of the incident's panel keeps what was written while the incident changes."""

import uuid

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("login", "opens", "text"),
    [
        ("dispatcher", "Offer a task", "What is to be done"),
        ("supervisor", "Order to answer", "What is to be seen to"),
        ("dispatcher", "Begin joint operation", "Aim"),
        ("dispatcher", "Refer", "What is asked of the partner"),
        ("dispatcher", "Follow as dispute", "What is it about"),
    ],
)
def test_what_was_written_stays_when_the_incident_changes(
    room: Room, desks: Desks, login: str, opens: str, text: str
) -> None:
    row = room.open_incident("POL-DISPUTE", at=4)
    page = desks(login, "/dispatch")
    select(page, row["number"])
    desk = page.get_by_role("region", name="Desk")
    desk.get_by_role("button", name=opens).first.click()
    field = desk.get_by_role("textbox", name=text).last
    field.fill("Bridge 4")
    note = {"incident": row["id"], "note": str(uuid.uuid4()), "text": "Two of them"}
    room.act("taker", "incident.add_note", **note)
    expect(desk.get_by_text("Two of them").first).to_be_visible()
    expect(field).to_have_value("Bridge 4")

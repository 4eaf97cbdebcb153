"""What the next hour may bring, where the choice is made."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.room import Room
from tests.browser.seen import select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def reported(room: Room) -> None:
    """Everybody has just said where they are. Earlier tests moved some about: with fixes of
    different age another unit may be the best a minute later, and what is shown be moved on."""
    for at, unit in enumerate(room.board()["units"]):
        room.place_at(unit["id"], at)


def recommended(page: Page) -> str:
    """The unit that the button would send."""
    send = sending(page)
    expect(send).to_be_enabled()
    said = re.search(r"Dispatch (\S+)", send.text_content() or "")
    assert said
    return said[1]


def sending(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))


def test_each_other_unit_says_what_it_would_cost_the_next_hour(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("dispatcher", "/dispatch")
    select(page, number)
    # The recommendation is there at once and doesn't wait for the rehearsal.
    unit = recommended(page)
    lines = page.locator(".ahead")
    expect(lines.first).to_contain_text(re.compile(f"^Instead of {unit}: "), timeout=LONG_MS)
    chosen = page.get_by_role("listitem").filter(has=page.get_by_role("checkbox", checked=True))
    expect(chosen.locator(".ahead")).to_have_count(0)


def test_the_call_taker_is_not_shown_it(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("taker", "/dispatch")
    select(page, number)
    expect(page.get_by_text("nearest Patrol")).to_be_visible()
    expect(page.locator(".ahead")).to_have_count(0)


def test_who_was_sent_elsewhere_is_no_longer_recommended(room: Room, desks: Desks) -> None:
    """Without a word about it in the incident that is looked at."""
    number = room.open_incident()["number"]
    page = desks("dispatcher", "/dispatch")
    select(page, number)
    unit = recommended(page)
    room.send(room.open_incident(at=1)["id"], unit)
    expect(sending(page)).to_have_text(re.compile(rf"Dispatch (?!{unit}\b)"))
    expect(page.locator(".ahead").first).to_contain_text(
        re.compile(f"^Instead of (?!{unit}:)"), timeout=LONG_MS
    )


def test_a_nearer_unit_is_shown_and_recommended_on_request(room: Room, desks: Desks) -> None:
    """Never by itself: a choice doesn't change under the hand that is about to send it."""
    near, far = room.open_incident(at=1), room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, far["number"])
    unit = recommended(page)
    held = room.send(near["id"], unit)
    send = sending(page)
    expect(send).to_have_text(re.compile(rf"Dispatch (?!{unit}\b)"))
    was = send.text_content()
    expect(page.locator(".ahead").first).to_contain_text(
        re.compile(f"^Instead of (?!{unit}:)"), timeout=LONG_MS
    )
    cancel = {"incident": near["id"], "assignment": held, "reason": "mistake"}
    room.act("dispatcher", "assignment.cancel", **cancel)
    renew = page.get_by_role("button", name="Recommend anew")
    expect(renew).to_be_visible()
    assert send.text_content() == was
    renew.click()
    expect(send).to_have_text(re.compile(rf"Dispatch {unit}\b"))
    expect(renew).to_have_count(0)

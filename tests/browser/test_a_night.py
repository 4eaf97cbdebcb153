"""A night's work in a real browser: a call is taken, sent, handled in the field and closed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]
type Enter = Callable[..., Page]


def take_call(page: Page, where: str, what: str) -> None:
    """Claim the ringing call and open an incident from it, by keyboard only."""
    expect(page.get_by_role("region", name="Ringing lines")).to_be_visible()
    page.keyboard.press("r")
    place = page.get_by_role("combobox").first
    expect(place).to_be_focused()
    page.keyboard.type(where)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    kind = page.get_by_role("combobox").nth(1)
    expect(kind).to_be_focused()
    page.keyboard.type(what)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")


def test_a_call_goes_from_the_line_to_the_field_and_back(room: Room, enter: Enter) -> None:
    taker = enter("taker", "/calls")
    other = enter("taker2", "/calls")
    dispatcher = enter("dispatcher", "/dispatch")
    queue = dispatcher.get_by_role("grid", name="Incidents")
    before = queue.get_by_text("Structure fire").count()
    room.ring("110-7")
    expect(other.get_by_role("region", name="Ringing lines")).to_contain_text("110-7")
    take_call(taker, "jiefang", "huozai")
    expect(other.get_by_role("region", name="Ringing lines")).not_to_be_visible()
    expect(queue.get_by_text(re.compile("fire", re.IGNORECASE)).nth(before)).to_be_visible()


def test_what_is_half_typed_survives_a_reload_and_another_call(room: Room, enter: Enter) -> None:
    taker = enter("taker", "/calls")
    room.ring("110-2")
    expect(taker.get_by_role("region", name="Ringing lines")).to_be_visible()
    taker.keyboard.press("r")
    place = taker.get_by_role("combobox").first
    expect(place).to_be_focused()
    taker.keyboard.type("binjiang")
    room.ring("110-3")
    expect(taker.get_by_role("region", name="Ringing lines")).to_contain_text("110-3")
    expect(place).to_have_value("binjiang")
    expect(place).to_be_focused()
    taker.reload()
    taker.get_by_text("110-2").first.click()
    expect(taker.get_by_role("combobox").first).to_have_value("binjiang")


def test_the_recommendation_is_sent_with_one_key_and_says_why(room: Room, enter: Enter) -> None:
    page = enter("dispatcher", "/dispatch")
    rows = page.get_by_role("grid", name="Incidents").locator("[id^=row-]")
    rows.nth(5).click()
    send = page.get_by_role("button", name=re.compile("^Dispatch "))
    expect(send).to_be_enabled()
    page.keyboard.press("d")
    expect(page.get_by_text("Everything that is needed is on its way.")).to_be_visible()


def test_closing_is_refused_with_the_list_of_what_is_missing(room: Room, enter: Enter) -> None:
    page = enter("dispatcher", "/dispatch")
    page.get_by_role("grid", name="Incidents").locator("[id^=row-]").nth(9).click()
    page.keyboard.press("c")
    expect(page.get_by_text("Before it can be closed")).to_be_visible()
    expect(page.get_by_role("button", name="Close the incident")).to_be_disabled()


def test_the_language_and_the_theme_change_at_once(room: Room, enter: Enter) -> None:
    page = enter("dispatcher", "/dispatch")
    expect(page.get_by_text("No incident is selected.")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_text("未选中警情。")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh"))
    assert page.get_by_text("No incident is selected.").count() == 0
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("No incident is selected.")).to_be_visible()


def test_the_map_draws_and_the_help_lists_the_keys(room: Room, enter: Enter) -> None:
    page = enter("dispatcher", "/dispatch")
    expect(page.locator("[data-map-ready]")).to_be_visible(timeout=20_000)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_an_officer_works_on_through_a_lost_connection(room: Room, enter: Enter) -> None:
    phone = enter("officer", "/field", width=390, height=844)
    console = enter("dispatcher", "/dispatch")
    expect(phone.get_by_text("P1").first).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Not available…").click()
    phone.get_by_role(
        "button", name=re.compile("refuel|break|meal|lunch", re.IGNORECASE)
    ).first.click()
    expect(phone.get_by_text(re.compile("1 action waits to be sent"))).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text(re.compile("waits to be sent"))).not_to_be_visible(timeout=20_000)
    expect(console.get_by_role("button", name=re.compile(r"Unavailable\s*1"))).to_be_visible()


def test_an_emergency_turns_every_console(room: Room, enter: Enter) -> None:
    phone = enter("officer", "/field", width=390, height=844)
    console = enter("dispatcher", "/dispatch")
    calls = enter("taker", "/calls")
    button = phone.get_by_role("button", name=re.compile("EMERGENCY"))
    button.click()
    button.click()
    for page in (console, calls):
        expect(page.get_by_text("‼ Emergency: P1").first).to_be_visible()
    console.get_by_role("button", name=re.compile("Acknowledge", re.IGNORECASE)).first.click()
    expect(phone.get_by_text("The room has acknowledged it")).to_be_visible(timeout=15_000)


def test_the_auditor_sees_who_read_and_checks_the_chain(room: Room, enter: Enter) -> None:
    reading = enter("dispatcher", "/dispatch")
    reading.get_by_role("grid", name="Incidents").locator("[id^=row-]").nth(2).click()
    expect(reading.get_by_text("Timeline")).to_be_visible()
    page = enter("auditor", "/audit")
    page.get_by_role("button", name="Verify the journal").click()
    expect(page.get_by_text(re.compile("The journal verifies: "))).to_be_visible()
    page.get_by_role("tab", name="Reads").click()
    expect(page.get_by_text("dispatcher").first).to_be_visible()


def test_hostile_text_is_shown_and_never_executed(room: Room, enter: Enter) -> None:
    page = enter("dispatcher", "/dispatch")
    page.get_by_role("grid", name="Incidents").locator("[id^=row-]").nth(12).click()
    hostile = "<img src=x onerror=alert(1)><b>bold</b>{{7*7}}"
    note = page.get_by_placeholder("Add a note, then Enter")
    note.fill(hostile)
    note.press("Enter")
    expect(page.get_by_text(hostile).first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0

"""A call-taker takes calls by keyboard, from the ring to the end of the call."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.cutting import stop
from tests.browser.room import Room
from tests.browser.seen import chip, choose, command, ringing, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def claim(page: Page, line: str) -> None:
    expect(ringing(page)).to_contain_text(line)
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()


def test_a_call_rings_for_all_and_one_takes_it_by_keyboard(room: Room, desks: Desks) -> None:
    taker, other = desks("taker", "/calls"), desks("taker2", "/calls")
    dispatcher = desks("dispatcher", "/dispatch")
    room.ring("110-7")
    expect(ringing(other)).to_contain_text("110-7")
    claim(taker, "110-7")
    expect(ringing(other)).to_contain_text("No line rings.")
    taken = other.get_by_role("button", name=re.compile("110-7 Being taken taker"))
    expect(taken).to_be_disabled()

    taker.keyboard.type("jiefang")
    choose(taker, "Street Jiefang Road")
    expect(taker.get_by_role("combobox", name="Where")).to_have_value("Jiefang Road")
    expect(taker.get_by_role("combobox", name="What happened")).to_be_focused()
    taker.keyboard.type("injury")
    choose(taker, "Injury or fall")
    expect(taker.get_by_role("group", name="Is there heavy bleeding?")).to_be_focused()
    taker.keyboard.press("a")
    expect(taker.get_by_text("Raised to 1 by the answer “Yes”")).to_be_visible()
    expect(taker.get_by_role("group", name="Awake and answering?")).to_be_focused()
    taker.keyboard.press("Enter")
    notes = taker.get_by_role("textbox", name="What the caller says")
    expect(notes).to_be_focused()
    taker.keyboard.type("fell from a ladder")
    taker.keyboard.press("Control+Enter")

    row = dispatcher.get_by_role("row", name=re.compile("Priority 1.*Injury or fall"))
    expect(row).to_contain_text("Jiefang Road")
    row.click()
    expect(dispatcher.get_by_text("fell from a ladder").first).to_be_visible()
    expect(dispatcher.get_by_text("13800000000")).to_be_visible()
    expect(dispatcher.get_by_role("button", name="Yes", pressed=True)).to_be_visible()
    expect(taker.get_by_role("region", name="Incident of this call")).to_be_visible()
    taker.keyboard.press("F9")
    expect(taker.get_by_text("No calls just now.")).to_be_visible()


def test_a_slow_answer_takes_no_key_and_no_focus(room: Room, desks: Desks) -> None:
    """Who goes on typing while what was typed is looked up types into the next field, and stays
    there."""
    page = desks("taker", "/calls")
    held: list[Route] = []
    stop(page, "**/api/gazetteer*", lambda route: held.append(route))
    stop(page, "**/api/categories*", lambda route: held.append(route))
    page.keyboard.press("i")
    where = page.get_by_role("combobox", name="Where")
    what = page.get_by_role("combobox", name="What happened")
    expect(where).to_be_focused()
    page.keyboard.type("jiefang")
    page.keyboard.press("Enter")
    page.keyboard.type("inj")
    expect(what).to_have_value("inj")
    let_go(page, held, "jiefang")
    expect(where).to_have_value("Jiefang Road")
    expect(what).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("daoqie")
    page.keyboard.press("Enter")
    page.keyboard.type("a bicycle")
    notes = page.get_by_role("textbox", name="What the caller says")
    expect(notes).to_have_value("a bicycle")
    let_go(page, held, "daoqie")
    expect(what).to_have_value("Theft")
    expect(notes).to_be_focused()


def take_a_theft(room: Room, page: Page) -> None:
    """A call rings and is claimed; its place and category are chosen."""
    room.ring("110-7")
    claim(page, "110-7")
    page.keyboard.type("jiefang")
    choose(page, "Street Jiefang Road")
    page.keyboard.type("theft")
    choose(page, "Theft")


def test_what_is_typed_on_while_an_incident_is_opened_is_kept(room: Room, desks: Desks) -> None:
    page = desks("taker", "/calls")
    take_a_theft(room, page)
    notes = page.get_by_role("textbox", name="What the caller says")
    notes.focus()
    page.keyboard.type("a bicycle")
    held: list[Route] = []
    stop(page, "**/api/actions/incident.open", lambda route: held.append(route))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Sending…")).to_be_visible()
    page.keyboard.type(" and two people")
    held[0].continue_()
    expect(page.get_by_role("region", name="Incident of this call")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note to the incident")).to_have_value("and two people")


@pytest.mark.deep
def test_who_went_on_to_another_incident_is_not_called_back_by_a_late_answer(
    room: Room, desks: Desks
) -> None:
    other = room.open_incident(at=1)["number"]
    page = desks("taker", "/calls")
    take_a_theft(room, page)
    page.get_by_role("textbox", name="What the caller says").fill("a bicycle")
    held: list[Route] = []
    stop(page, "**/api/actions/incident.open", lambda route: held.append(route))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Sending…")).to_be_visible()
    page.get_by_role("button", name="Close the form").click()
    select(page, other)
    held[0].continue_()
    call = page.get_by_role("button", name=re.compile(r"110-7.*\d{4}-\d{4}"))
    expect(call).to_be_visible()
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text(other, exact=True).filter(visible=True).first).to_be_visible()
    # What was said with it is not offered to be said again.
    call.click()
    expect(page.get_by_role("region", name="Incident of this call")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note to the incident")).to_have_value("")


def let_go(page: Page, held: list[Route], typed: str) -> None:
    """Answer what was asked; the page asks for what was typed a moment after the last key."""
    while not any(one.request.url.endswith(f"q={typed}") for one in held):
        page.wait_for_timeout(20)
    while held:
        held.pop().continue_()


def test_place_and_category_are_found_in_chinese_and_pinyin(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    page.keyboard.press("i")
    page.get_by_role("radio", name="Met on view").click()
    page.get_by_label("Unit that met it").fill("P2")
    page.get_by_role("combobox", name="Where").focus()
    page.keyboard.insert_text("人民大道")
    choose(page, "Street Renmin Avenue")
    page.keyboard.type("daoqie")
    choose(page, "^Priority 3: Routine.* Theft ")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("row", name=re.compile("Theft.*Renmin Avenue"))).to_be_visible()
    expect(chip(page, "P2")).to_contain_text("On scene")


def test_what_is_half_typed_survives_a_reload_and_another_call(room: Room, desks: Desks) -> None:
    taker = desks("taker", "/calls")
    room.ring("110-2")
    claim(taker, "110-2")
    where = taker.get_by_role("combobox", name="Where")
    taker.keyboard.type("binjiang")
    room.ring("110-3")
    expect(ringing(taker)).to_contain_text("110-3")
    expect(where).to_have_value("binjiang")
    expect(where).to_be_focused()
    taker.reload()
    # The caller is still on the line: the form is there again.
    expect(where).to_have_value("binjiang")
    expect(taker.locator("[role=option]").first).to_be_visible()


def test_a_possible_duplicate_is_offered_and_linked_with_one_key(room: Room, desks: Desks) -> None:
    known = room.open_incident("POL-CROWD", at=8)
    taker = desks("taker", "/calls")
    room.ring("110-4", "13911112222")
    claim(taker, "110-4")
    taker.keyboard.type("Olympic")
    choose(taker, "Place Olympic Sports Centre")
    offered = taker.get_by_role("region", name="Perhaps known already")
    expect(offered).to_contain_text("Crowd or disorder")
    taker.keyboard.press("F8")
    expect(taker.get_by_role("region", name="Incident of this call")).to_contain_text(
        known["number"]
    )
    taker.get_by_role("tab", name="Incident").click()
    select(taker, known["number"])
    callers = taker.get_by_role("listitem").filter(has_text="13911112222")
    expect(callers).to_contain_text("110-4")


def test_a_caller_who_hangs_up_is_called_back(room: Room, desks: Desks) -> None:
    taker = desks("taker", "/calls")
    call = room.ring("110-5")
    body = {"action": call.replace("-", "")[::-1], "command": {"call": call}}
    room.machine("/api/actions/call.hang_up", body)
    expect(
        ringing(taker).get_by_role("button", name=re.compile("110-5.*Call back"))
    ).to_be_visible()
    taker.keyboard.press("r")
    taker.get_by_role("button", name="Called back: reached").click()
    expect(taker.get_by_text("Call back: the line was silent")).not_to_be_visible()
    taker.get_by_role("combobox", name="Where").press("F9")
    expect(taker.get_by_role("group", name="End without an incident")).to_be_focused()
    taker.keyboard.press("1")
    expect(taker.get_by_text("No calls just now.")).to_be_visible()


def test_a_units_status_changes_while_a_call_is_typed(room: Room, desks: Desks) -> None:
    incident = room.open_incident(at=2)
    room.send(incident["id"], "P3")
    page = desks("dispatcher", "/dispatch")
    expect(row_of(page, incident["number"])).to_contain_text("P3")
    room.ring("110-6")
    claim(page, "110-6")
    page.keyboard.type("heping")
    command(page, "P3 ER")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()
    expect(page.get_by_role("combobox", name="Where")).to_have_value("heping")
    expect(chip(page, "P3")).to_contain_text("En route")


def test_what_happened_during_an_outage_is_entered_with_its_own_time(
    room: Room, desks: Desks
) -> None:
    page = desks("dispatcher", "/dispatch")
    page.keyboard.press("i")
    page.get_by_role("combobox", name="Where").fill("heping")
    choose(page, "Heping")
    page.get_by_role("combobox", name="What happened").fill("theft")
    choose(page, "Theft")
    page.get_by_role("checkbox", name="Entry afterwards").check()
    page.get_by_label("Date it happened").fill("2026-01-15")
    page.get_by_label("Time it happened").fill("03:30")
    page.get_by_role("button", name="Open incident").click()
    expect(page.get_by_text(re.compile("entered afterwards at"))).to_be_visible()
    opened = room.journal("incident.opened")[-1]
    # 03:30 in the city's zone; when it was recorded is another time.
    assert opened["occurred_at_ms"] == 1_768_419_000_000
    assert opened["recorded_at_ms"] > opened["occurred_at_ms"]


def test_somebody_who_says_nothing_is_owed_a_call_back(room: Room, desks: Desks) -> None:
    taker = desks("taker", "/calls")
    room.ring("110-8")
    claim(taker, "110-8")
    taker.get_by_role("button", name="Silent", exact=True).click()
    expect(taker.get_by_text("Call back: the line was silent")).to_be_visible()
    assert room.get("supervisor", "/api/supervision")["abandoned_owed"] >= 1
    taker.get_by_role("button", name="Called back: reached").click()
    expect(taker.get_by_text("Call back: the line was silent")).not_to_be_visible()


def test_what_the_caller_says_is_shown_when_it_comes_and_takes_nothing_away(
    room: Room, desks: Desks
) -> None:
    taker = desks("taker", "/calls")
    call = room.ring("110-8", "13700001111")
    claim(taker, "110-8")
    number = taker.get_by_role("textbox", name="Caller's number")
    expect(number).to_have_value("13700001111")
    taker.get_by_role("textbox", name="Caller's name").fill("Ms Li")
    where = taker.get_by_role("combobox", name="Where")
    where.focus()
    taker.keyboard.type("jief")
    caller = {"name": "Wang", "number": "13700001111"}
    details = {"call": call, "caller": caller, "text": "A fire at 30.10000, 118.20000"}
    room.act("taker2", "call.record_details", **details)
    says = taker.get_by_role("region", name="The caller")
    expect(says).to_contain_text("A fire at 30.10000, 118.20000")
    expect(where).to_be_focused()
    expect(where).to_have_value("jief")
    expect(taker.get_by_role("textbox", name="Caller's name")).to_have_value("Ms Li")

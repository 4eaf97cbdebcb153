"""What a dispatcher's fingers expect of the keys, and where a refusal is seen."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def one_row_looks_chosen(page: Page, number: str) -> None:
    row = row_of(page, number)
    expect(row).to_have_attribute("aria-selected", "true")
    expect(row).to_be_in_viewport(ratio=0.95)
    expect(row).to_be_focused()
    expect(page.locator("[role=row][aria-selected=true]")).to_have_count(1)


def test_finding_brings_the_row_into_sight_and_only_it_looks_chosen(
    room: Room, desks: Desks
) -> None:
    rows = [room.open_incident(at=at % 12, priority=3) for at in range(30)]
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    expect(row_of(page, rows[29]["number"])).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("f")
    page.keyboard.type(rows[29]["number"])
    page.keyboard.press("Enter")
    one_row_looks_chosen(page, rows[29]["number"])
    # From a list that leaves it out, too.
    page.get_by_role("button", name=re.compile("^Closed")).click()
    command(page, rows[3]["number"])
    expect(row_of(page, rows[3]["number"])).to_be_in_viewport(ratio=0.95)


def test_who_waits_stands_before_who_is_served(room: Room, desks: Desks) -> None:
    served = room.open_incident("POL-ROBBERY", at=1, priority=1)
    room.send(served["id"], "P2")
    waiting = [room.open_incident(at=at, priority=4) for at in (2, 3)]
    page = desks("dispatcher", "/dispatch")
    queue = page.get_by_role("grid", name="Incidents")
    first = queue.get_by_role("rowgroup").first
    expect(first.get_by_role("button")).to_contain_text(re.compile(r"Nobody on the way\s*2"))
    for row in waiting:
        expect(first.get_by_role("row", name=row["number"])).to_be_visible()
    expect(queue.get_by_role("rowgroup").nth(1)).to_contain_text(served["number"])
    for width in (1366, 1093, 960):
        page.set_viewport_size({"width": width, "height": 768})
        box = row_of(page, waiting[0]["number"]).bounding_box()
        assert box is not None
        assert box["height"] < 36, "one line"


def test_arrows_move_between_tabs_and_from_a_tab_to_the_queue(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    page.keyboard.press("i")
    form = page.get_by_role("tab", name="Call form")
    form.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Incident", exact=True)).to_be_focused()
    expect(page.get_by_role("tab", name="Incident", exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("ArrowDown")
    expect(row_of(page, incident["number"])).to_be_focused()


def test_escape_leaves_a_text_field_and_keys_are_keys_again(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    note = page.get_by_placeholder("Add a note, then Enter")
    note.fill("half a")
    page.keyboard.press("Escape")
    expect(note).not_to_be_focused()
    expect(note).to_have_value("half a")
    page.keyboard.press("c")
    expect(page.get_by_text("Before it can be closed")).to_be_visible()


def test_the_call_ends_with_its_key_after_silent_was_pressed(room: Room, desks: Desks) -> None:
    call = room.ring("110-4")
    page = desks("taker", "/calls")
    page.keyboard.press("r")
    silent = page.get_by_role("button", name="Silent", exact=True)
    silent.click()
    expect(silent).to_be_disabled()
    expect(silent).to_be_focused()
    page.keyboard.press("F9")
    expect(page.get_by_role("group", name=re.compile("^End"))).to_be_focused()
    room.act("taker", "call.call_back", call=call, outcome="reached")


def test_a_refused_close_is_seen_in_a_scrolled_panel(room: Room, desks: Desks) -> None:
    incident = room.open_incident("FIRE-STRUCT")
    room.send(incident["id"], "E1")
    desks.expect("409")
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    select(page, incident["number"])
    page.get_by_text("Who has read this").last.scroll_into_view_if_needed()
    command(page, f"C {incident['number']} resolved")
    refused = page.get_by_role("alert").filter(has_text="Not closed:")
    expect(refused).to_be_in_viewport(ratio=0.95)
    expect(page.get_by_text("Before it can be closed")).to_be_visible()


def test_closing_by_its_key_opens_what_is_missing_in_sight(room: Room, desks: Desks) -> None:
    incident = room.open_incident("FIRE-STRUCT")
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    select(page, incident["number"])
    page.get_by_text("Who has read this").last.scroll_into_view_if_needed()
    page.keyboard.press("c")
    expect(page.get_by_role("combobox", name="Disposition")).to_be_in_viewport(ratio=0.95)
    expect(page.get_by_role("combobox", name="Disposition")).to_be_focused()


def test_a_unit_that_is_elsewhere_is_moved_by_the_button_and_moved_back(
    room: Room, desks: Desks
) -> None:
    first, second = room.open_incident(at=0, priority=4), room.open_incident(at=0, priority=2)
    room.place_at("P2", 0)
    room.send(first["id"], "P2")
    page = desks("dispatcher", "/dispatch")
    select(page, second["number"])
    page.get_by_role("checkbox", checked=True).first.uncheck()
    more = page.get_by_role("button", name=re.compile(r"^\d+ more$"))
    if more.count():
        more.click()
    page.get_by_role("checkbox", name=re.compile("^P2 ")).check()
    page.get_by_role("button", name=f"Move P2 from {first['number']}").click()
    expect(row_of(page, second["number"])).to_contain_text("P2")
    page.get_by_role("button", name="Undo").click()
    expect(row_of(page, first["number"])).to_contain_text("P2")
    expect(row_of(page, second["number"])).not_to_contain_text("P2")


def test_the_key_on_a_button_means_that_button_while_it_has_the_focus(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    for unit in ("P2", "P3"):
        assignment = room.send(incident["id"], unit)
        room.act(
            "dispatcher", "assignment.on_scene", incident=incident["id"], assignment=assignment
        )
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    page.keyboard.press("c")
    expect(page.get_by_role("combobox", name="Disposition")).to_be_focused()
    second = page.get_by_role("listitem").filter(has_text="P3: On scene")
    second.get_by_role("button", name="Clear").focus()
    page.keyboard.press("l")
    expect(page.get_by_role("combobox", name="Command")).to_have_value("CL P3 ")

"""The unit board, the supervisor's and the auditor's page; text that can be read, in any theme."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import chip, command, select
from tests.harness.examples import by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALL_TEXT = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode;
    if (!textContent.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.visually-hidden, [aria-hidden=true]')) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size > 0 && size < 13) found.add(`${size} px: ${textContent.trim().slice(0, 40)}`);
  }
  return [...found];
}"""


@pytest.mark.parametrize(
    ("member", "path"),
    [
        by_night("taker", "/calls"),  # of the pages that look alike some
        ("dispatcher", "/dispatch"),
        ("supervisor", "/supervise"),
        by_night("colleague", "/handover"),
        by_night("colleague", "/notices"),
        by_night("supervisor", "/callbacks"),
        by_night("supervisor", "/ratings"),
        by_night("supervisor", "/clocks"),
        by_night("supervisor", "/loop"),
        by_night("supervisor", "/bulletin"),
        by_night("supervisor", "/stages"),
        by_night("station", "/tasks"),
        by_night("station", "/orders"),
        by_night("supervisor", "/watch"),
        by_night("station", "/station"),
        by_night("desk", "/desk"),
        by_night("dispatcher", "/desks"),
        by_night("dispatcher", "/joint"),
        by_night("auditor", "/audit"),
        ("officer", "/field"),
        by_night("planner", "/plan"),
        by_night("trainer", "/practice"),
    ],
)
def test_no_text_that_must_be_read_is_under_13_px(
    room: Room, desks: Desks, member: str, path: str
) -> None:
    incident = room.open_incident("FIRE-STRUCT", priority=1)
    room.post_notice("Bridge lift at 22:00", answer="acknowledge")
    room.send(incident["id"], "P1")
    room.ring("110-1")
    page = desks(member, path, width=1366, height=768)
    if path in ("/calls", "/dispatch"):
        select(page, incident["number"])
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate(SMALL_TEXT) == []


def group(page: Page, name: str) -> Any:
    return page.get_by_role("region", name="Units", exact=True).get_by_role("region", name=name)


def test_units_stand_in_groups_with_how_many_are_free(room: Room, desks: Desks) -> None:
    units = [unit for unit in room.board()["units"] if unit["kind"] == "ambulance"]
    page = desks("dispatcher", "/dispatch")
    heading = group(page, "Ambulance").get_by_role("heading")
    expect(heading).to_contain_text(f"{len(units)}/{len(units)}")
    room.send(room.open_incident("MED-SICK")["id"], units[0]["id"])
    expect(heading).to_contain_text(f"{len(units) - 1}/{len(units)}")
    page.get_by_role("button", name="By kind").click()
    station = page.get_by_role("region", name="Units", exact=True).get_by_role("region")
    expect(station.first.get_by_role("heading")).to_contain_text(re.compile(r"\d+/\d+"))
    page.get_by_role("button", name="By station").click()


def test_a_state_is_shown_by_form_and_no_word_is_cut(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    glyph = chip(page, "P2").locator("[data-glyph]")
    expect(glyph).to_have_attribute("data-glyph", "available")
    free = glyph.inner_html()
    room.send(incident["id"], "P2")
    expect(glyph).to_have_attribute("data-glyph", "dispatched")
    assert glyph.inner_html() != free
    cut = page.get_by_role("region", name="Units", exact=True).evaluate(
        """board => [...board.querySelectorAll('*')]
          .filter(one => !one.classList.contains('visually-hidden')
            && one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX === 'hidden').map(one => one.textContent)"""
    )
    assert cut == []


def test_units_are_found_by_text_and_reached_by_keys(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    search = page.get_by_role("searchbox", name="Find a unit")
    search.fill("ambulance")
    expect(chip(page, "P2")).not_to_be_visible()
    expect(chip(page, "A1")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(chip(page, "A1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(chip(page, "A2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Actions for A2")).to_be_visible()
    search.focus()
    page.keyboard.press("Escape")
    expect(chip(page, "P2")).to_be_visible()


def test_what_a_button_says_is_a_command(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    command(page, "Unavailable P2 lunch")
    expect(chip(page, "P2")).to_contain_text("Meal break")
    command(page, "恢复调用 P2")
    expect(chip(page, "P2")).to_contain_text("Available")
    page.keyboard.press("F2")
    page.get_by_role("combobox", name="Command").fill("unavailible P2")
    expect(page.get_by_text("Did you mean: Unavailable P2")).to_be_visible()


def test_a_station_is_signed_on_together(room: Room, desks: Desks) -> None:
    station = room.unit("P2")["station"]
    there = [unit["id"] for unit in room.board()["units"] if unit["station"] == station]
    for unit in there:
        room.act("dispatcher", "unit.sign_off", unit=unit)
    page = desks("dispatcher", "/dispatch")
    expect(chip(page, there[0])).not_to_be_visible()
    page.keyboard.press("F2")
    box = page.get_by_role("combobox", name="Command")
    box.fill("ON ")
    expect(page.get_by_text("ON ALL every unit")).to_be_visible()
    box.fill(f"ON {station}")
    page.keyboard.press("Enter")
    for unit in there:
        expect(chip(page, unit)).to_contain_text("Available")


@pytest.mark.parametrize("scheme", ["light", by_night("dark")])
def test_the_system_chooses_the_theme_until_a_person_does(
    room: Room, desks: Desks, scheme: str
) -> None:
    page = desks("dispatcher", "/dispatch", color_scheme=scheme)
    other = {"light": "dark", "dark": "light"}[scheme]
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", scheme)
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    expect(root).to_have_attribute("data-theme", other)
    command(page, "THEME")
    expect(root).to_have_attribute("data-theme", scheme)
    page.reload()
    expect(root).to_have_attribute("data-theme", scheme)


def test_the_supervisor_sees_capacity_and_who_waits_first(room: Room, desks: Desks) -> None:
    room.ring("110-1")
    page = desks("supervisor", "/supervise")
    table = page.get_by_role("region", name="Free now, by kind and area").get_by_role("table")
    row = table.get_by_role("row", name=re.compile("^Ambulance"))
    units = [unit for unit in room.board()["units"] if unit["kind"] == "ambulance"]
    expect(row.get_by_role("cell").first).to_have_text(str(len(units)))
    page.get_by_text("Longest waiting call").scroll_into_view_if_needed()
    expect(page.get_by_text("No call waits")).not_to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ idle \d+ busy"))).to_be_visible()


def test_the_auditor_reads_sentences_and_finds_them_by_member_and_incident(
    room: Room, desks: Desks
) -> None:
    incident, other = room.open_incident(), room.open_incident(at=1)
    room.send(incident["id"], "P2")
    page = desks("auditor", "/audit")
    sent = page.get_by_text(f"Dispatcher sent P2 to {incident['number']}")
    expect(sent.first).to_be_visible()
    expect(
        page.get_by_role("row", name=re.compile(r"\d+ \w+ 20\d\d, \d\d:\d\d")).first
    ).to_be_visible()
    page.get_by_label("Member").select_option("taker")
    expect(sent).to_have_count(0)
    page.get_by_label("Incident number").fill(other["number"])
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.last).to_contain_text(f"opened {other['number']}")
    expect(rows.filter(has_text=incident["number"])).to_have_count(0)
    page.get_by_label("Day").fill("2020-01-01")
    expect(page.get_by_text("Nothing was found")).to_be_visible()
    page.get_by_role("button", name="All", exact=True).click()
    expect(sent.first).to_be_visible()
    page.get_by_role("button", name="Verify the journal").click()
    expect(page.get_by_text("What this proves")).to_be_visible()
    expect(page.get_by_text("What it doesn't prove")).to_be_visible()


@pytest.mark.deep
def test_what_the_auditor_reads_stays_until_they_look_again(room: Room, desks: Desks) -> None:
    page = desks("auditor", "/audit")
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/audit/acts" in one.url else None)
    incident = room.open_incident()
    page.wait_for_timeout(1_500)
    assert asked == []
    opened = page.get_by_text(f"opened {incident['number']}")
    expect(opened).to_have_count(0)
    page.get_by_role("button", name="Newest").click()
    expect(opened.first).to_be_visible()
    assert len(asked) == 1

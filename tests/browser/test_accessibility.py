"""axe-core finds nothing serious on any page, in either theme."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.planner import drawn_map
from tests.browser.room import Room
from tests.browser.seen import select
from tests.harness.examples import by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE: Final = Path(__file__).resolve().parents[2] / "console/node_modules/axe-core/axe.min.js"
LOOK = """async (rules) => (await axe.run(document, {
  resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }),
})).violations
  .filter(({ impact }) => ['serious', 'critical'].includes(impact))
  .map(({ id, nodes }) => [id, nodes.slice(0, 4).map(({ html, any }) =>
    [html.slice(0, 200), any[0]?.message ?? ''])])"""

OF_COLOURS: Final = ["color-contrast", "link-in-text-block"]
"""A theme has colours of its own, and shares all the rest with the other (`style/tokens.css`)."""

AT_ITS_END = """part => {
  const view = part.closest('.view');
  return view.scrollTop > 0 && view.scrollTop + view.clientHeight >= view.scrollHeight - 1;
}"""
"""The part of the frame that scrolls shows the end of a page."""


def findings(page: Page) -> list[object]:
    """What is serious or critical, in this theme and the other."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: tools/setup console-packages")
    found: list[object] = []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for theme, rules in (("dark", None), ("light", OF_COLOURS)):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        page.wait_for_timeout(150)
        found += [[theme, *one] for one in page.evaluate(LOOK, rules)]
    return found


def test_the_checker_finds_what_is_wrong(room: Room, desks: Desks) -> None:
    page = desks.blank()
    page.goto(room.base)
    page.get_by_label("Staff number").evaluate("field => field.labels[0].remove()")
    assert "label" in str(findings(page))


def test_signing_in_is_for_everybody(room: Room, desks: Desks) -> None:
    page = desks.blank()
    page.goto(room.base)
    expect(page.get_by_label("Staff number")).to_be_visible()
    assert findings(page) == []


def test_dispatching_is_for_everybody(room: Room, desks: Desks) -> None:
    first = room.open_incident("FIRE-STRUCT", priority=1)
    room.send(first["id"], "E1")
    room.ring("110-1")
    page = desks("dispatcher", "/dispatch", map="still")
    drawn_map(page)
    select(page, first["number"])
    page.get_by_role("checkbox", checked=True).first.uncheck()
    page.keyboard.press("c")
    expect(page.get_by_text("Before it can be closed")).to_be_visible()
    assert findings(page) == []


def test_an_emergency_is_for_everybody(room: Room, desks: Desks) -> None:
    room.act("dispatcher", "unit.raise_emergency", unit="P2")
    page = desks("dispatcher", "/dispatch")
    expect(page.get_by_text("‼ Emergency: P2").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []


def test_taking_calls_is_for_everybody(room: Room, desks: Desks) -> None:
    room.open_incident("MED-INJURY", at=8)
    room.ring("110-1")
    page = desks("taker", "/calls")
    page.keyboard.press("r")
    page.get_by_role("combobox", name="Where").fill("Olympic")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("injury")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Perhaps known already")).to_be_visible()
    assert findings(page) == []


def test_the_field_page_is_for_everybody(room: Room, desks: Desks) -> None:
    room.send(room.open_incident()["id"], "P1")
    page = desks("officer", "/field", width=390, height=844)
    expect(page.get_by_role("button", name="En route")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize(
    ("member", "path"),
    [
        ("supervisor", "/supervise"),  # at a commit each kind of page, and what was there first
        ("auditor", "/audit"),
        ("dispatcher", "/handover"),
        ("colleague", "/notices"),
        by_night("supervisor", "/callbacks"),
        by_night("supervisor", "/ratings"),
        by_night("supervisor", "/clocks"),
        by_night("supervisor", "/loop"),
        by_night("supervisor", "/bulletin"),
        ("supervisor", "/stages"),
        ("station", "/tasks"),
        by_night("station", "/orders"),
        ("supervisor", "/watch"),
        ("station", "/matters"),
        by_night("station", "/places"),
        by_night("station", "/station"),
        by_night("desk", "/desk"),
        by_night("dispatcher", "/desks"),
        by_night("dispatcher", "/joint"),
        by_night("supervisor", "/referrals"),
        by_night("supervisor", "/agreements"),
        ("partner", "/partner"),
    ],
)
def test_looking_back_is_for_everybody(room: Room, desks: Desks, member: str, path: str) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "D1")
    room.post_notice("Bridge lift at 22:00", answer="acknowledge")
    room.offer_task(incident)
    room.ask_desk(incident)
    room.give_order(incident)
    page = desks(member, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path == "/stages":
        page.get_by_role("combobox", name="Stage").select_option("analyse")
        share = page.get_by_role("button", name=re.compile(r"In time: \d+ [\d.]+%$"))
        expect(share.first).to_be_visible()
    if path == "/joint":
        room.begin_joint(incident)
        page.get_by_role("row").get_by_role("button", name="Open").first.click()
        expect(page.get_by_text("Find the boat")).to_be_visible()
    if path == "/desk":
        page.get_by_role("row").get_by_role("button", name="Open").first.click()
        page.get_by_role("button", name="Return request").click()
        expect(page.get_by_text("Account 6222")).to_be_visible()
    if path == "/tasks":
        page.get_by_role("row").get_by_role("button", name="Open").first.click()
        page.get_by_role("button", name="Reassign task").click()
        expect(page.get_by_text("Ask the neighbours")).to_be_visible()
    if path == "/orders":
        page.get_by_role("row").get_by_role("button", name="Open").first.click()
        page.get_by_role("button", name="Answer order").click()
        expect(page.get_by_text("Go there again")).to_be_visible()
    assert findings(page) == []


def test_the_next_hour_is_for_everybody_also_where_the_page_is_longer_than_the_screen(
    room: Room, desks: Desks
) -> None:
    page = desks("supervisor", "/supervise", width=1280, height=500)
    ahead = page.get_by_text("rehearsals from the present picture")
    expect(ahead).to_be_visible(timeout=LONG_MS)
    assert findings(page) == []
    region = page.get_by_role("region", name=re.compile("last 24 hours"))
    region.focus()
    page.keyboard.press("End")
    # How far down that is depends on how long the room is open: units fall silent.
    page.wait_for_function(AT_ITS_END, arg=region.element_handle())


def test_planning_is_for_everybody(room: Room, desks: Desks) -> None:
    page = desks("planner", "/plan", map="still")
    drawn_map(page)
    page.get_by_role("button", name="New plan").click()
    expect(page.get_by_role("row", name=re.compile("^P1 "))).to_be_visible()
    assert findings(page) == []
    for number in (1, 2):
        page.get_by_role("tab").nth(number).click()
        assert findings(page) == []
    page.get_by_role("tab").nth(2).press("ArrowRight")
    expect(page.get_by_role("tab").first).to_be_focused()


def test_opening_a_practice_room_is_for_everybody(room: Room, desks: Desks) -> None:
    page = desks("trainer", "/practice")
    expect(page.get_by_role("button", name="Open", exact=True)).to_be_visible()
    assert findings(page) == []

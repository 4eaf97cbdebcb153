"""At every size (some at a commit, all by night) each page shows its main parts: seen, high enough, and nothing cut off."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import LIVE, Desks
from tests.browser.looked_at import LOOKED_AT, cut_off, lacks
from tests.browser.planner import begin
from tests.browser.room import Room
from tests.browser.seen import ringing
from tests.harness.examples import DEEP, by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PANE_PX = 150
"""Least height of a pane, so that it shows what it is for."""
MAP: Final = "still" if DEEP else "empty"
"""Drawn at every size by night; at a commit its place is looked at, which costs a tenth."""
TRIES = 20
"""A busy machine draws a new size late; what is lacking stays so."""


def busy_room(room: Room) -> list[Any]:
    """Incidents that wait and that are served, ringing lines, an emergency: as full as it gets."""
    rows = [room.open_incident("FIRE-STRUCT", at=at, priority=1 + at % 4) for at in range(12)]
    for row, unit in zip(rows, ("P2", "P3", "E1"), strict=False):
        room.send(row["id"], unit)
    for line in range(3):
        room.ring(f"110-{line}")
    room.act("dispatcher", "unit.raise_emergency", unit="P2")
    return rows


def pane(page: Page, name: str) -> Locator:
    """A pane of the room, beside the others or behind its tab, which is opened."""
    tab = page.get_by_role("tablist", name="Parts of the room").get_by_role(
        "tab", name=re.compile(rf"^{name}( \d+|\d+)?$")
    )
    if tab.count():
        tab.click()
        return page.get_by_role("tabpanel", name=name, exact=True)
    return page.get_by_role("region", name=name, exact=True)


def at_every_size(page: Page, look: Callable[[], dict[str, str]]) -> None:
    """What is lacking or cut off, by size; nothing may be."""
    found: dict[str, list[str]] = {}
    for size, (width, height) in LOOKED_AT.items():
        page.set_viewport_size({"width": width, "height": height})
        for _ in range(TRIES):
            page.wait_for_timeout(150)
            lacking = [f"{part} {why}" for part, why in look().items() if why] + cut_off(page)
            if not lacking:
                break
        else:
            found[size] = lacking
    assert found == {}


def frame(page: Page) -> dict[str, str]:
    """What belongs to every page of the desk."""
    return {
        "the ringing lines": lacks(ringing(page), 30),
        "the emergency": lacks(page.get_by_role("region", name="Emergency of a unit"), 30),
        "the command line": lacks(page.get_by_role("combobox", name="Command"), 24),
    }


@pytest.mark.parametrize("locale", ["en-GB", by_night("zh-CN")])  # shorter, and less to press
def test_the_room_shows_queue_map_units_and_the_main_button(
    room: Room, desks: Desks, locale: str
) -> None:
    chosen = busy_room(room)[7]
    page = desks("dispatcher", "/dispatch", locale=locale, map=MAP)
    page.locator(f"#row-{chosen['id']}").click()
    send = page.locator("button[type=submit][form=dispatch-form]")
    expect(send).to_be_enabled()
    if locale == "zh-CN":
        at_every_size(page, dict)
        return

    def look() -> dict[str, str]:
        found = frame(page)
        for name in ("Incidents", "Map", "Units", "Desk"):
            found[name] = lacks(pane(page, name), PANE_PX)
            if name == "Incidents":
                found["the rows"] = lacks(page.get_by_role("grid", name="Incidents"), 100)
            if name != "Desk":
                found[f"beside {name}"] = "\n".join(cut_off(page))
        return found | {"the main button": lacks(send, 30)}

    at_every_size(page, look)


def test_taking_calls_shows_calls_queue_and_the_form_with_its_button(
    room: Room, desks: Desks
) -> None:
    busy_room(room)
    page = desks("taker", "/calls")
    page.keyboard.press("r")
    where = page.get_by_role("combobox", name="Where")
    expect(where).to_be_focused()

    def look() -> dict[str, str]:
        found = frame(page)
        for name in ("Calls", "Incidents", "Map", "Units", "Desk"):
            found[name] = lacks(pane(page, name), PANE_PX - 30)
        where.scroll_into_view_if_needed()
        return found | {
            "the place": lacks(where, 28),
            "the main button": lacks(page.get_by_role("button", name="Open incident"), 24),
        }

    at_every_size(page, look)


HEADINGS = (
    "Supervision",
    "Clocks",
    "Stages",
    "Weekly bulletin",
    "Figures by stage",
    "Tasks",
    "Supervision orders",
    "What to watch",
    "Follow-up calls",
    "Ratings",
    "Watch",
)


@pytest.mark.parametrize(
    ("member", "path", "main"),
    [
        ("supervisor", "/supervise", "Supervision"),
        by_night("dispatcher", "/handover", "Offer the desk"),
        ("dispatcher", "/notices", "Post notice"),
        by_night("supervisor", "/callbacks", "Follow-up calls"),
        by_night("supervisor", "/ratings", "Ratings"),
        by_night("supervisor", "/clocks", "Clocks"),
        by_night("supervisor", "/loop", "Stages"),
        by_night("supervisor", "/bulletin", "Weekly bulletin"),
        by_night("supervisor", "/stages", "Figures by stage"),
        by_night("station", "/tasks", "Tasks"),
        by_night("desk", "/desk", "Own requests"),
        by_night("dispatcher", "/desks", "Specialist desks"),
        by_night("dispatcher", "/joint", "Joint operations"),
        by_night("station", "/orders", "Supervision orders"),
        by_night("supervisor", "/watch", "Watch"),
        by_night("auditor", "/audit", "Verify the journal"),
        by_night("trainer", "/practice", "Open"),
    ],
)
def test_pages_beside_the_room_show_what_they_are_for(
    room: Room, desks: Desks, member: str, path: str, main: str
) -> None:
    busy_room(room)
    page = desks(member, path)
    view = page.get_by_role("main")
    role: Any = "heading" if main in HEADINGS else "button"
    what = view.get_by_role(role, name=re.compile(f"^{main}"))
    expect(what.first).to_be_visible()

    def look() -> dict[str, str]:
        found = {"the page": lacks(view, PANE_PX), main: lacks(what.first, 20)}
        return found | (frame(page) if member in ("supervisor", "dispatcher") else {})

    at_every_size(page, look)


def test_planning_shows_plans_map_and_editor(room: Room, desks: Desks, no_plans_left: None) -> None:
    page = desks("planner", "/plan", map=MAP)
    begin(page, "Night")

    def look() -> dict[str, str]:
        found = {}
        for name, part, least_px in (
            ("New plan", page.get_by_role("button", name="New plan"), 24),
            ("the map", page.locator(".map .map"), PANE_PX),
            ("Save", page.get_by_role("button", name="Save", exact=True), 24),
        ):
            part.scroll_into_view_if_needed()
            found[name] = lacks(part, least_px)
        return found

    at_every_size(page, look)
    for number in (1, 2):
        page.get_by_role("tab").nth(number).click()
        at_every_size(page, lambda: {"the part": lacks(page.get_by_role("tabpanel"), PANE_PX)})


def test_signing_in_shows_fields_and_button(room: Room, desks: Desks) -> None:
    page = desks.blank()
    page.goto(room.base)
    button = page.get_by_role("button", name="Sign in", exact=True)
    expect(button).to_be_visible()
    at_every_size(page, lambda: {"Sign in": lacks(button, 24)})


def test_the_phone_of_an_officer_shows_the_next_step_and_the_emergency_button(
    room: Room, desks: Desks
) -> None:
    room.send(room.open_incident()["id"], "P1")
    page = desks("officer", "/field", width=360, height=640)
    for name in ("En route", "emergency"):
        button = page.get_by_role("button", name=re.compile(name, re.IGNORECASE)).first
        expect(button).to_be_visible()
        assert lacks(button, 40) == ""
    assert cut_off(page) == []


def test_the_main_button_of_a_structure_fire_is_in_sight(room: Room, desks: Desks) -> None:
    fire = room.open_incident("FIRE-STRUCT", priority=1)
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    expect(page.get_by_text(LIVE).first).to_be_visible()
    page.locator(f"#row-{fire['id']}").click()
    send = page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))
    for size in ((1366, 768), (1440, 900), (1093, 614), (960, 540)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(send).to_be_in_viewport(ratio=1)
    page.get_by_role("heading", name="Who has read this").scroll_into_view_if_needed()
    expect(send).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [360, 960])
def test_filters_of_units_and_figures_of_the_room_are_seen_whole(
    room: Room, desks: Desks, width: int
) -> None:
    page = desks("dispatcher", "/dispatch", width=width, height=740)
    filters = pane(page, "Units").get_by_role("group", name="Show").get_by_role("button")
    figures = page.locator("header + .row dl dd")
    for seen in (filters, figures):
        expect(seen.last).to_be_visible()
        for part in seen.all():
            box = part.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width

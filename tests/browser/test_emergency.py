"""The banner of an emergency: where the button was pressed, on what, and nothing unreadable."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import select

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAST_MS = 1000 / 3
"""Three flashes a second at most (WCAG 2.3.1)."""
MOVING = """() => document.getAnimations().map((one) => ({
  of: one.effect.target.className,
  inside: !!one.effect.target.closest('[aria-label="Emergency of a unit"]'),
  every_ms: one.effect.getTiming().duration,
}))"""


def banner(page: Page) -> Locator:
    return page.get_by_role("region", name="Emergency of a unit")


def test_the_banner_shows_the_place_and_the_incident_of_the_press_whatever_comes_after(
    room: Room, desks: Desks
) -> None:
    room.place_at("P1", 0)
    incident = room.open_incident(at=0)
    assignment = room.send(incident["id"], "P1")
    on = {"incident": incident["id"], "assignment": assignment}
    room.act("officer", "assignment.on_scene", **on)
    room.act("officer", "unit.raise_emergency", unit="P1")
    room.act("dispatcher", "assignment.clear", **on, reason="done")
    room.place_at("P1", 25)

    press = room.get("dispatcher", "/api/readings/emergencies/P1")
    zones = {one["id"]: one for one in room.get("dispatcher", "/api/pack")["zones"]}
    said = (press["street"]["en"], zones[press["zone"]]["en"], incident["number"])
    for member, path in (("dispatcher", "/dispatch"), ("taker", "/calls")):
        page = desks(member, path)
        for text in said:
            expect(banner(page)).to_contain_text(text)
    page = desks("dispatcher", "/dispatch")
    page.get_by_role("button", name="Go to the unit").click()
    desk = page.get_by_role("region", name="Desk")
    number = desk.get_by_text(incident["number"], exact=True).filter(visible=True)
    expect(number.first).to_be_visible()

    chinese = desks("dispatcher", "/dispatch", locale="zh-CN")
    region = chinese.get_by_role("region", name="紧急告警")
    expect(region).to_contain_text(press["street"]["zh"])
    expect(region).to_contain_text(zones[press["zone"]]["zh"])


def test_a_place_that_nobody_knows_is_said(room: Room, desks: Desks) -> None:
    unknown = next(
        unit["id"]
        for unit in room.board()["units"]
        if unit["position_at_ms"] is None and unit["status"] != "off_duty"
    )
    room.act("dispatcher", "unit.raise_emergency", unit=unknown)
    expect(banner(desks("dispatcher", "/dispatch"))).to_contain_text("ask by radio")


def test_the_frame_flashes_seldom_and_the_words_stand_still(room: Room, desks: Desks) -> None:
    room.act("dispatcher", "unit.raise_emergency", unit="P1")
    page = desks("dispatcher", "/dispatch")
    expect(banner(page)).to_contain_text("‼ Emergency: P1")
    assert page.evaluate(MOVING) == []  # where the system asks for calm
    page.emulate_media(reduced_motion="no-preference")
    [frame] = [one for one in page.evaluate(MOVING) if one["every_ms"]]
    assert "frame" in frame["of"]
    assert not frame["inside"]
    assert frame["every_ms"] > LEAST_MS
    page.keyboard.press("k")
    expect(banner(page)).not_to_contain_text("not yet acknowledged")
    assert [one for one in page.evaluate(MOVING) if "frame" in one["of"]] == []


def test_a_unit_in_emergency_is_offered_to_nobody_and_says_why(room: Room, desks: Desks) -> None:
    room.place_at("P1", 3)
    incident = room.open_incident("POL-THEFT", at=3)
    room.act("officer", "unit.raise_emergency", unit="P1")
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    row = page.get_by_role("listitem").filter(has_text="has raised an emergency")
    expect(row).to_contain_text("P1")
    expect(row.get_by_role("checkbox")).not_to_be_checked()
    page.keyboard.press("F2")
    page.get_by_role("combobox", name="Command").fill(f"D P1 {incident['number']}")
    expect(page.get_by_text("It can be sent once that has ended").first).to_be_visible()
    page.keyboard.press("Enter")
    assert room.unit("P1")["assignment"] is None


def test_a_unit_that_was_met_on_view_is_not_marked_as_sent_against_the_recommendation(
    room: Room, desks: Desks
) -> None:
    place = room.places[2]
    incident = "0190b7a0-0000-7000-8000-00000000a0a0"
    where = {"lon": float(place["lon"]), "lat": float(place["lat"]), "label": "", "kind": "point"}
    room.act(
        "officer",
        "incident.open",
        incident=incident,
        category="POL-THEFT",
        priority=3,
        channel="on_view",
        unit="P1",
        place=where,
    )
    page = desks("dispatcher", "/dispatch")
    select(page, room.incident(incident)["number"])
    assigned = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="P1"))
    expect(assigned.first).to_be_visible()
    expect(page.get_by_title("against the recommendation")).to_have_count(0)


def test_more_emergencies_than_fit_lie_over_the_page_only_when_asked_for(
    room: Room, desks: Desks
) -> None:
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    for unit in ("P1", "P2", "P3"):
        room.act("dispatcher", "unit.raise_emergency", unit=unit)
    more = banner(page).get_by_role("button", name="1 more in an emergency")
    expect(more).to_have_text("+1")
    expect(banner(page)).to_contain_text("Emergency: P3")  # for those who hear the page
    queue = page.get_by_role("region", name="Incidents", exact=True).bounding_box()
    frame = banner(page).bounding_box()
    assert queue is not None
    assert frame is not None
    assert frame["y"] + frame["height"] <= queue["y"] + 1
    more.click()
    for unit in ("P1", "P2", "P3"):
        expect(banner(page).get_by_text(f"Emergency: {unit}")).to_be_visible()
    more.click()

    # Whoever waits for an answer comes first; under the hand nobody changes places.
    room.act("dispatcher", "unit.acknowledge_emergency", unit="P1")
    expect(banner(page).get_by_text("Emergency: P1")).to_be_visible()
    page.mouse.move(700, 500)
    expect(banner(page).get_by_text("Emergency: P3")).to_be_visible()

"""The map draws what the lists say, and can be pointed at."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Desks
from tests.browser.planner import drawn_map
from tests.browser.room import Room
from tests.browser.seen import chip, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TRIES = 400
COUNT_DRAWINGS = """() => {
  window.drawings = 0;
  for (const context of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const draw = context.prototype.drawElements;
    context.prototype.drawElements = function (...how) {
      window.drawings += 1;
      return draw.apply(this, how);
    };
  }
}"""


def ready_map(desks: Desks) -> tuple[Page, Locator]:
    """A dispatcher's page whose map has drawn everything once, and the map."""
    page = desks("dispatcher", "/dispatch", map="moving")
    drawn_map(page)
    return page, page.get_by_role("region", name="Map").first


def middle_of(area: Locator) -> tuple[float, float]:
    box = area.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def hover_until(page: Page, area: Locator, seen: Locator) -> None:
    """Points at the middle of the map until that is seen: what is drawn follows at its own pace."""
    x, y = middle_of(area)
    for _ in range(TRIES):
        if seen.is_visible():
            return
        page.mouse.move(x + 1, y)
        page.wait_for_timeout(150)
        page.mouse.move(x, y)
    expect(seen).to_be_visible()


def test_a_unit_stands_on_the_map_where_it_said_it_is(room: Room, desks: Desks) -> None:
    room.place_at("P2", 3)
    page, area = ready_map(desks)
    chip(page, "P2").click()
    hover_until(page, area, area.get_by_text("P2", exact=True))
    expect(area.get_by_text("Patrol car")).to_be_visible()


def test_an_incident_is_shown_and_chosen_on_the_map(room: Room, desks: Desks) -> None:
    here, there = room.open_incident("GAS-LEAK", at=6), room.open_incident(at=9)
    page, area = ready_map(desks)
    select(page, here["number"])
    hover_until(page, area, area.get_by_text("Gas leak"))
    page.get_by_role("button", name="Move the map to what is selected").click()
    select(page, there["number"])
    expect(row_of(page, here["number"])).to_have_attribute("aria-selected", "false")
    page.mouse.click(*middle_of(area))
    expect(row_of(page, here["number"])).to_have_attribute("aria-selected", "true")


def test_the_place_of_a_call_is_clicked_on_the_map(room: Room, desks: Desks) -> None:
    page, area = ready_map(desks)
    page.keyboard.press("i")
    page.get_by_role("form").get_by_role("button", name="Map", exact=True).click()
    expect(page.get_by_text("Click the place on the map.")).to_be_visible()
    page.mouse.click(*middle_of(area))
    expect(page.get_by_role("combobox", name="Where")).not_to_have_value("")
    expect(page.get_by_role("combobox", name="What happened")).to_be_focused()


@pytest.mark.deep
def test_the_city_fits_again_when_the_pane_changes_its_size(room: Room, desks: Desks) -> None:
    page, _ = ready_map(desks)
    scale = page.locator(".maplibregl-ctrl-scale")
    wide = scale.evaluate("bar => [bar.textContent, bar.offsetWidth]")
    page.set_viewport_size({"width": 1100, "height": 740})
    expect(scale).not_to_have_js_property("offsetWidth", wide[1])
    fitted = scale.evaluate("bar => [bar.textContent, bar.offsetWidth]")
    page.get_by_role("button", name="Zoom in").click()
    expect(scale).not_to_have_text(fitted[0])
    chosen = scale.evaluate("bar => [bar.textContent, bar.offsetWidth]")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(300)
    # What a person chose stays.
    assert scale.evaluate("bar => [bar.textContent, bar.offsetWidth]") == chosen


def test_a_map_on_which_nothing_changes_is_not_drawn_again(room: Room, desks: Desks) -> None:
    """Every console looks at the clock each second; without a graphics card a map costs a core."""
    first = room.open_incident()
    page, _ = ready_map(desks)
    page.evaluate(COUNT_DRAWINGS)
    row_of(page, first["number"]).click()
    page.wait_for_function("window.drawings > 0")  # what is chosen looks different
    quiet = "() => new Promise((done) => setTimeout(() => done(window.drawings), 2500))"
    page.wait_for_timeout(1_000)
    before = page.evaluate("window.drawings")
    assert page.evaluate(quiet) == before

"""A planner draws a plan up, rehearses it beside today and watches it, in the browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG_MS = 90_000
"""A rehearsal gives way to everything else on the machine."""


@pytest.fixture(autouse=True)
def no_plans_left(room: Room) -> Iterator[None]:
    yield
    headers = room.headers("planner")
    for kept in room.get("planner", "/api/plan")["plans"][1:]:
        room.ask("DELETE", f"/api/plan/plans/{kept['id']}", headers)


@pytest.fixture
def page(desks: Desks) -> Page:
    return desks("planner", "/plan")


def drawn_map(page: Page) -> None:
    expect(page.locator('[data-map-ready="true"]')).to_be_visible()


def begin(page: Page, name: str) -> None:
    drawn_map(page)
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.keyboard.press("Tab")


def test_a_plan_is_drawn_up_rehearsed_and_watched(page: Page, tmp_path: Path) -> None:
    begin(page, "One fewer")
    row = page.get_by_role("row", name=re.compile("^P1 "))
    row.get_by_role("button", name="Take P1 out").click()
    expect(row).to_contain_text("taken out")
    page.get_by_role("button", name="Add one like P2", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^N1 "))).to_contain_text("new")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("row", name=re.compile("^N1 "))).to_have_count(0)
    hours = page.get_by_label("Hours of P2")
    hours.fill("weekends")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("mon-fri 07:00-15:00")
    hours.fill("daily 08:00-20:00")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="One fewer", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as a scenario").click()
    said = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert said["changes"] == [
        {"do": "remove_unit", "id": "P1"},
        {"do": "set_hours", "id": "P2", "hours": ["daily 08:00-20:00"]},
    ]

    page.get_by_role("tab", name="Rehearse and compare").click()
    page.get_by_role("checkbox", name="One fewer").check()
    page.get_by_label("Days").fill("1")
    page.get_by_label("Replications").fill("3")
    page.get_by_label("Calls per hour").fill("3")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible(timeout=LONG_MS)
    mean = page.get_by_role("row", name=re.compile("^Response, mean"))
    expect(mean.get_by_role("cell").nth(1)).to_have_text(re.compile(r"\d+ s ± "))
    with page.expect_download() as download:
        page.get_by_role("link", name="Report (HTML)").click()
    assert "One fewer" in Path(download.value.path()).read_text("utf-8")

    page.get_by_role("tab", name="Watch").click()
    drawn_map(page)
    page.get_by_role("combobox", name="Plan").select_option("One fewer")
    slider = page.get_by_role("slider", name="Time")
    slider.fill(str(12 * 3600))
    expect(page.get_by_text("Mon 12:00")).to_be_visible()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(page.get_by_text("Mon 12:01")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ of \d+ units at work"))).to_be_visible()


def test_a_unit_is_dragged_on_the_map_and_its_base_follows(page: Page) -> None:
    begin(page, "Dragged")
    page.get_by_role("checkbox", name="only changed").check()
    expect(page.get_by_text("No unit is called so.")).to_be_visible()
    x, y = some_mark(page)
    page.mouse.down()
    page.mouse.move(x + 90, y + 40, steps=5)
    page.mouse.up()
    bases = page.get_by_role("combobox", name=re.compile("^Base of "))
    expect(bases).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(bases).to_have_count(0)


def some_mark(page: Page) -> tuple[float, float]:
    """Moves over the map until the pointer says that there is something to take hold of."""
    canvas = page.get_by_role("region", name=re.compile("^Map of units"))
    box = canvas.bounding_box()
    assert box is not None
    for y in range(int(box["y"]) + 60, int(box["y"] + box["height"]) - 60, 9):
        for x in range(int(box["x"]) + 60, int(box["x"] + box["width"]) - 160, 9):
            page.mouse.move(x, y)
            if canvas.evaluate("(canvas) => canvas.style.cursor") == "pointer":
                return x, y
    pytest.fail("there is no mark on the map")


def test_what_cannot_be_rehearsed_says_where_and_what_to_do(page: Page) -> None:
    begin(page, "Nobody drives")
    for unit in ("D1", "R1", "R2"):  # whoever alone can do something
        button = page.get_by_role("button", name=f"Take {unit} out", exact=True)
        if button.count():
            button.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("tab", name="Rehearse and compare").click()
    page.get_by_role("checkbox", name="Nobody drives").check()
    page.get_by_role("button", name="Rehearse", exact=True).click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("This can't be rehearsed", timeout=LONG_MS)
    expect(told).to_contain_text("scenario.json")


def test_a_long_rehearsal_is_stopped(page: Page) -> None:
    drawn_map(page)
    page.get_by_role("tab", name="Rehearse and compare").click()
    page.get_by_label("Days").fill("366")
    page.get_by_label("Replications").fill("1000")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Stopped.")


def test_no_english_is_left_on_the_chinese_pages(desks: Desks) -> None:
    page = desks("planner", "/plan", locale="zh-CN")
    drawn_map(page)
    page.get_by_role("button", name="新建方案").click()
    for number in range(3):
        page.get_by_role("tab").nth(number).click()
        expect(page.get_by_role("tabpanel")).to_be_visible()
        said = page.get_by_role("tabpanel").inner_text()
        said = said.replace("One fewer", "")  # an earlier rehearsal's plan, as its planner named it
        said = said.replace("Nobody drives", "")
        words = re.findall(r"[A-Za-z]{4,}", said)
        assert words == [], number

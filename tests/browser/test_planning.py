"""A planner draws a plan up, rehearses it beside today and watches it, in the browser."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.planner import begin, drawn_map
from tests.browser.room import Room

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.usefixtures("no_plans_left"),
]


@pytest.fixture
def page(desks: Desks) -> Page:
    return desks("planner", "/plan")


@pytest.fixture
def with_map(desks: Desks) -> Page:
    """The page, once its map is drawn: each of its pixels costs, without a graphics card."""
    page = desks("planner", "/plan", map="still", width=1200, height=760)
    drawn_map(page)
    return page


def test_a_plan_is_drawn_up_rehearsed_and_watched(with_map: Page, tmp_path: Path) -> None:
    page = with_map
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
    with zipfile.ZipFile(download.value.path()) as bundle:
        said = json.loads(bundle.read("one-fewer/scenario.json"))
        assert "one-fewer/city/city.json" in bundle.namelist()
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
    report = Path(download.value.path()).read_text("utf-8")
    assert "One fewer" in report
    assert '<html lang="en">' in report
    page.get_by_role("button", name="中文").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="报告（HTML）").click()
    assert '<html lang="zh-CN">' in Path(download.value.path()).read_text("utf-8")
    page.get_by_role("button", name="English").click()

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


def test_a_unit_is_dragged_on_the_map_and_its_base_follows(with_map: Page) -> None:
    page = with_map
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


def test_a_post_is_dragged_on_the_map_and_no_unit_with_it(with_map: Page) -> None:
    page = with_map
    begin(page, "Post dragged")
    page.get_by_role("checkbox", name="only changed").check()
    posts = page.get_by_role("list", name="Posts").get_by_role("listitem")
    x, y = an_empty_place(page)
    page.get_by_role("button", name="Add on the map").click()
    page.mouse.click(x, y)
    expect(posts).to_have_count(1)
    before = posts.inner_text()
    x, y = mark_near(page, x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 70, steps=5)
    page.mouse.up()
    expect(posts).not_to_have_text(before, use_inner_text=True)
    expect(posts).to_have_count(1)
    expect(page.get_by_text("No unit is called so.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(posts).to_have_text(before, use_inner_text=True)


def test_a_change_is_taken_back_by_key_wherever_the_focus_is(page: Page) -> None:
    begin(page, "By key")
    row = page.get_by_role("row", name=re.compile("^P1 "))
    page.get_by_role("button", name="Take P1 out", exact=True).click()
    expect(page.get_by_role("button", name="Put P1 back", exact=True)).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+z")
    expect(row).not_to_contain_text("taken out")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name=re.compile("^Take back: all calls")).click()
    expect(page.get_by_label("What changes")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name=re.compile("^Take back: all calls"))).to_be_visible()
    hours = page.get_by_label("Hours of P2", exact=True)
    hours.fill("mon 08:")
    page.keyboard.press("Control+z")  # the field's own: nothing of the plan goes
    expect(page.get_by_role("button", name=re.compile("^Take back: all calls"))).to_be_visible()


def test_hours_are_understood_as_people_write_them_and_may_not_overlap(page: Page) -> None:
    begin(page, "Hours")
    hours = page.get_by_label("Hours of P2", exact=True)
    for typed in ("Mon-Fri 8:00–16:00", "周一至周五 8:00-16:00"):
        hours.fill(typed)
        hours.press("Tab")
        expect(hours).to_have_value("mon-fri 08:00-16:00")
    hours.fill("mon-fri 08:00-16:00, wed 12:00-20:00")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("write each hour of the week once")
    hours.fill("每天 7:00-19:00")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(hours).to_have_value("daily 07:00-19:00")
    hours.fill("daily 07:00-19:00 break 19:30 30")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("isn't within it")
    hours.fill("每天 7:00-19:00 休息 12:00 30分钟")
    hours.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(hours).to_have_value("daily 07:00-19:00 break 12:00 30")


def test_posts_are_listed_added_by_keyboard_and_removed_one_by_one(page: Page) -> None:
    begin(page, "Posts")
    posts = page.get_by_role("list", name="Posts").get_by_role("listitem")
    place = page.get_by_role("button", name="Add on the map")
    place.click()
    expect(page.get_by_text("Click where the post should be")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Click where the post should be")).to_have_count(0)
    stations = page.get_by_label("At a station")
    for number in (1, 2):
        stations.focus()
        stations.select_option(index=number)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(posts).to_have_count(number)
    expect(posts.first).to_contain_text("Post 1")
    page.get_by_role("button", name="Remove post 1").click()
    expect(posts).to_have_count(1)
    expect(page.get_by_role("button", name="Remove post 1")).to_be_focused()


def test_the_help_of_a_planner_lists_what_a_planner_can_do(page: Page) -> None:
    expect(page.get_by_role("button", name="New plan")).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ctrl+S")
    for not_there in ("Find", "overdue", "Calls", "FIND"):
        expect(dialog).not_to_contain_text(not_there)


def test_a_street_is_found_in_any_case_and_add_says_what_is_missing(page: Page) -> None:
    begin(page, "Streets")
    page.get_by_label("What changes").select_option("close_street")
    expect(page.get_by_text("Name a street.")).to_be_visible()
    street = page.get_by_role("combobox", name="Street")
    street.fill("nowhere")
    expect(page.get_by_text("No street is called “nowhere”.")).to_be_visible()
    street.fill("heping road")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Heping Road is closed")).to_be_visible()


def test_what_is_to_be_rehearsed_stays_over_tabs_and_a_reload(page: Page) -> None:
    tab = page.get_by_role("tab", name="Rehearse and compare")
    tab.click()
    page.get_by_label("Replications").fill("3")
    page.get_by_label("Calls per hour").fill("5")
    page.get_by_role("tab", name="Draw up").click()
    tab.click()
    expect(page.get_by_label("Replications")).to_have_value("3")
    page.reload()
    tab.click()
    expect(page.get_by_label("Replications")).to_have_value("3")
    expect(page.get_by_label("Calls per hour")).to_have_value("5")


def some_mark(page: Page) -> tuple[float, float]:
    """Moves over the map until the pointer says that there is something to take hold of."""
    for x, y in places_of_map(page, 18):
        if is_mark(page, x, y):
            return x, y
    pytest.fail("there is no mark on the map")


def an_empty_place(page: Page) -> tuple[float, float]:
    """The place nearest to the middle of the map with nothing around it to take hold of."""
    places = list(places_of_map(page, 50))
    middle = places[-1][0] + places[0][0], places[-1][1] + places[0][1]
    places.sort(key=lambda at: (at[0] - middle[0] / 2) ** 2 + (at[1] - middle[1] / 2) ** 2)
    around = STEPS[::2]
    for x, y in places:
        if not any(is_mark(page, x + a, y + b) for a in around for b in around):
            return x, y
    pytest.fail("there is no empty place on the map")


def mark_near(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where the mark that has been put near a place can be taken hold of, the nearest first."""
    near = sorted(((a, b) for a in STEPS for b in STEPS), key=lambda by: by[0] ** 2 + by[1] ** 2)
    for _ in range(20):  # it may not be drawn yet
        for a, b in near:
            if is_mark(page, x + a, y + b):
                return x + a, y + b
        page.wait_for_timeout(100)
    pytest.fail("there is no mark near the place")


STEPS = range(-24, 25, 6)
"""Pixels to each side, closer than a mark is wide."""
CURSOR = "([x, y]) => document.elementFromPoint(x, y)?.style.cursor"


def is_mark(page: Page, x: float, y: float) -> bool:
    """Moves there: is there something to take hold of?"""
    page.mouse.move(x, y)
    return bool(page.evaluate(CURSOR, [x, y]) == "pointer")


def places_of_map(page: Page, step: int) -> Iterator[tuple[float, float]]:
    """Row by row, off the edges and what floats there."""
    box = page.get_by_role("region", name=re.compile("^Map of units")).bounding_box()
    assert box is not None
    for y in range(int(box["y"]) + 60, int(box["y"] + box["height"]) - 60, step):
        for x in range(int(box["x"]) + 60, int(box["x"] + box["width"]) - 160, step):
            yield x, y


def test_what_cannot_be_rehearsed_says_where_and_what_to_do(page: Page) -> None:
    begin(page, "Nobody drives")
    for unit in ("D1", "R1", "R2"):  # whoever alone can do something
        button = page.get_by_role("button", name=f"Take {unit} out", exact=True)
        if button.count():
            button.click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("tab", name="Rehearse and compare").click()
    page.get_by_role("checkbox", name="Nobody drives").check()
    page.get_by_role("button", name="Rehearse", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This can't be rehearsed", timeout=LONG_MS)
    expect(alert).to_contain_text("Nobody drives")
    expect(alert).to_contain_text("Add such units, or leave out these calls")


def test_a_long_rehearsal_is_stopped(page: Page) -> None:
    page.get_by_role("tab", name="Rehearse and compare").click()
    page.get_by_label("Days").fill("366")
    page.get_by_label("Replications").fill("1000")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Stopped.")


def test_no_english_is_left_on_the_chinese_pages(desks: Desks) -> None:
    page = desks("planner", "/plan", locale="zh-CN", map="still")
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


@pytest.mark.deep
def test_a_chinese_planner_reads_changes_and_what_is_wrong_in_chinese(
    desks: Desks, room: Room
) -> None:
    changes = [
        {"do": "set_rules", "rules": {"queue": "nearest", "home_speed": 0.5}},
        {"do": "remove_unit", "id": "X9"},
    ]
    headers = room.headers("planner")
    plan = room.ask("POST", "/api/plan/plans", headers, {"name": "方案", "changes": changes})
    page = desks("planner", "/plan", locale="zh-CN")
    page.get_by_role("button", name="方案", exact=True).click()
    expect(page.get_by_text("设定规则：排队 最近优先，返回速度倍数 0.5")).to_be_visible()
    room.ask("POST", "/api/plan/runs", headers, {"plans": [plan["id"]]})
    page.reload()
    page.get_by_role("tab", name="推演比较").click()
    items = page.get_by_role("alert").get_by_role("listitem")
    expect(items).to_have_text(
        re.compile(r"方案:\d+：未知的处警单元“X9”。请使用处警单元的编号。"), timeout=LONG_MS
    )

"""Ten thousand rows in a list, and a board that holds only some of what is open. The rows are made up:
they are put into the server's answer on its way."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MANY = 10_000


def made_up(row: dict[str, Any], n: int) -> dict[str, Any]:
    number = f"{1000 + n // 10}-{n % 10}000"
    return {
        **row,
        "id": f"00000000-0000-7000-8000-{n:012}",
        "number": number,
        "priority": 1 + n % 4,
    }


def with_tasks(page: Page, room: Room, count: int, of: dict[str, int]) -> None:
    """From now on the board that the page loads has so many tasks."""
    [task] = room.board()["tasks"]
    rows = [task, *(made_up(task, n) for n in range(1, count))]  # the stream sends the real one

    def answer(route: Route) -> None:
        board = route.fetch().json()
        route.fulfill(json={**board, "tasks": rows, "of": of})

    page.route("**/api/board", answer)


def opened(desks: Desks, room: Room, name: str, **size: int) -> Page:
    page = desks.blank(**size)
    page.context.add_cookies(room.cookies(name))
    return page


def test_ten_thousand_tasks_by_keyboard_and_mouse_in_both_languages(
    room: Room, desks: Desks
) -> None:
    room.offer_task(room.open_incident())
    page = opened(desks, room, "supervisor")
    desks.expect("404")  # nobody can read a task that is made up
    with_tasks(page, room, MANY, {})
    page.goto(f"{room.base}/tasks?nomap")
    grid = page.get_by_role("grid", name="Tasks")
    expect(grid).to_have_attribute("aria-rowcount", str(MANY))
    assert grid.get_by_role("row").count() < 60  # only what is in sight is drawn
    grid.focus()
    page.keyboard.press("End")
    chosen = grid.locator('[aria-selected="true"]')
    expect(chosen).to_have_attribute("aria-rowindex", str(MANY))
    expect(chosen).to_be_in_viewport()
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    expect(chosen).to_have_attribute("aria-rowindex", "1")

    page.get_by_role("searchbox").fill("1999-9000")
    expect(grid).to_have_attribute("aria-rowcount", "1")
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Task", exact=True).first).to_contain_text("1999-9000")
    page.get_by_role("searchbox").fill("")
    page.mouse.move(5, 5)  # under the hand nothing is sorted anew
    page.get_by_role("button", name="Incident", exact=True).click()
    expect(grid.get_by_role("row").first).to_contain_text("1000-1000")

    page.reload()
    expect(grid.get_by_role("row").first).to_contain_text("1000-1000")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("grid", name="任务")).to_have_attribute("aria-rowcount", str(MANY))


def test_what_the_board_leaves_out_is_fetched_by_the_page(room: Room, desks: Desks) -> None:
    task = room.offer_task(room.open_incident())
    page = opened(desks, room, "supervisor")
    with_tasks(page, room, 3, {"tasks": 37_500})
    asked: list[str] = []

    def rest(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        [row] = room.board()["tasks"]
        rows = [made_up(row, 100 + len(asked))]
        board = {**room.board(), "tasks": rows, "incidents": [], "units": [], "of": {}}
        route.fulfill(json={"rows": board, "next": None if len(asked) > 1 else "/x"})

    page.route("**/api/lists/tasks?*", rest)
    page.goto(f"{room.base}/tasks?nomap")
    expect(page.get_by_text("3 of 37500 are here")).to_be_visible()
    ended = room.offer_task(room.open_incident(at=1))
    expect(page.get_by_text("4 of 37500 are here")).to_be_visible()
    room.act("dispatcher", "task.withdraw", task=ended)  # its row stays here
    expect(page.get_by_text("3 of 37500 are here")).to_be_visible()
    page.get_by_role("button", name="Load more").click()
    expect(page.get_by_text("4 of 37500 are here")).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("mine")  # which is fetched at once
    expect(page.get_by_text("What is chosen is here.")).to_be_visible()
    assert [one.partition("&")[0] for one in asked] == ["after=", "owner=supervisor"]
    assert room.task(task)["state"] == "offered"


@pytest.mark.deep
def test_the_board_of_what_to_watch_says_what_it_lacks_and_fetches_what_is_late(
    room: Room, desks: Desks
) -> None:
    room.offer_task(room.open_incident())
    page = opened(desks, room, "supervisor")
    with_tasks(page, room, 3, {"tasks": 37_500})
    asked: list[str] = []

    def rest(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        [row] = room.board()["tasks"]
        late = made_up(row, 100 + len(asked)) | {"due_ms": 1_700_000_000_000, "owner": "late"}
        board = {**room.board(), "tasks": [late], "incidents": [], "units": [], "of": {}}
        route.fulfill(json={"rows": board, "next": "1/x" if len(asked) == 1 else None})

    page.route("**/api/lists/tasks?*", rest)
    page.goto(f"{room.base}/watch?nomap")
    part = page.get_by_role("group", name="Tasks")
    expect(part.get_by_text("4 of 37500 are here")).to_be_visible()
    late = page.get_by_role("button", name="All · Late · 1")
    expect(late).to_be_visible()
    part.get_by_role("button", name="Load more").click()
    expect(page.get_by_role("button", name="All · Late · 2")).to_be_visible()
    expect(part.get_by_text("What is chosen is here.")).to_be_visible()
    assert all("due_before_ms=" in one for one in asked)
    expect(page.get_by_role("group", name="Clocks")).to_have_count(0)  # which are all here


def with_counts(page: Page, late: int) -> None:
    """From now on the server has so many incidents with a late clock."""
    group = {"org": "", "team": "", "state": "handle", "count": 50_000, "late": late}
    page.route(
        "**/api/lists/loops/counts",
        lambda route: route.fulfill(json={"server_time_ms": 0, "groups": [group]}),
    )


def test_the_counts_of_clocks_are_the_servers_where_it_has_more(room: Room, desks: Desks) -> None:
    room.offer_task(room.open_incident())
    page = opened(desks, room, "supervisor")
    desks.expect("404")
    with_tasks(page, room, 3, {"loops": 50_000})
    with_counts(page, 1_234)
    page.goto(f"{room.base}/clocks?nomap")
    expect(page.get_by_role("heading", name="Clocks").get_by_text("1234 late")).to_be_visible()
    expect(page.get_by_role("heading", name="Clocks").get_by_text("≥")).to_have_count(2)


@pytest.mark.deep
def test_in_the_narrowest_place_no_text_of_a_row_is_cut(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.offer_task(incident)
    room.give_order(incident)
    page = opened(desks, room, "supervisor", width=360, height=740)
    for path in ("/orders", "/tasks", "/watch"):
        page.goto(f"{room.base}{path}?nomap")
        expect(page.get_by_role("grid").first).to_be_visible()
        cut = page.locator("[role=gridcell].cell").evaluate_all(
            "cells => cells.filter((one) => one.scrollHeight > one.clientHeight + 2)"
            ".map((one) => one.textContent)"
        )
        assert cut == [], path

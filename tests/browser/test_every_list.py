"""Ten thousand rows in every list, by keyboard and mouse, in both languages. One real row of each kind is
repeated in the server's answer on its way; the browser and all that it draws are real."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.harness.examples import by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MANY: Final = 10_000
MOST_DRAWN: Final = 90
PAGES: Final = Path(__file__).parents[2] / "console" / "src" / "pages.ts"

SMALL: Final = {
    "/calls": "the queue of /dispatch; lines that ring are as many as there are lines",
    "/supervise": "figures, and what is overdue by zone; the queue has each",
    "/agreements": "those of the city pack",
    "/ratings": "a line for each station and category; its cases are those of /bulletin",
    "/audit": "a hundred at a time, the others by the page; the server finds what is filtered",
    "/practice": "the debriefs of one's own room for practice",
    "/plan": "the plans of the planners, which they name themselves",
    "/field": "one assignment",
}
"""Pages whose lists are short by nature, and why."""

type Row = dict[str, Any]
type Answer = dict[str, Any]


def many(row: Row, **by_number: Callable[[int], Any]) -> list[Row]:
    """The row, and others like it."""
    rows = [row]
    for n in range(1, MANY):
        more: Row = {"id": f"00000000-0000-7000-8000-{n:012}"}
        if "number" in row:
            more["number"] = f"{1000 + n // 10}-{n % 10}000"
        if "numbers" in row:
            more["numbers"] = [f"{1000 + n // 10}-{n % 10}000"]
        rows.append({**row, **more, **{name: of(n) for name, of in by_number.items()}})
    return rows


@dataclass(frozen=True)
class Listed:
    """A page with a list: whose, which answer holds it and how it is made long, and how it is got to."""

    path: str
    member: str = "supervisor"
    lists: tuple[str, ...] = ()
    answer: str = "/api/board"
    lengthen: Callable[[Answer], None] | None = None
    by_number: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    open: Callable[[Page], None] = lambda _page: None
    sorts: bool = True
    short_is_plain: bool = False
    """A short one is no list that can be sorted, or not found in the same way."""

    def long(self, whole: Answer) -> Answer:
        made = dict(whole)
        for name in self.lists:
            made[name] = [*whole[name][:-1], *many(whole[name][-1], **self.by_number)]
        if self.lengthen:
            self.lengthen(made)
        return made


def _figures(answer: Answer) -> None:
    """All incidents of a number that a page of figures shows."""
    if not answer["cases"]:
        return
    cases = answer["cases"] = many(answer["cases"][0])
    ids = [one["id"] for one in cases]

    def fill(part: Any) -> None:
        if isinstance(part, dict):
            for name, value in part.items():
                if isinstance(value, list) and ids[0] in value:
                    part[name] = ids
                else:
                    fill(value)
        elif isinstance(part, list):
            for one in part:
                fill(one)

    fill({name: value for name, value in answer.items() if name != "cases"})


def _open_number(page: Page) -> None:
    page.get_by_role("button", name=re.compile(f"[:：] ?{MANY}$")).first.click()


def _of_this_week(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Next week|下周|下一周|后一周")).click()
    _open_number(page)


def _of_analysing(page: Page) -> None:
    page.locator("select").first.select_option("analyse")
    _open_number(page)


def _running(page: Page) -> None:
    page.locator("select").first.select_option("running")


def _places(answer: Answer) -> None:
    first = answer["places"][0]
    answer["places"] = [{**first, "place": f"{first['place']}-{n}"} for n in range(MANY)]


def _referrals(answer: Answer) -> None:
    answer["referrals"] = many(answer["referrals"][0])


STATES: Final = ("pending", "en_route", "on_scene", "cleared")
LISTS: Final = (
    Listed(
        "/dispatch",
        lists=("incidents",),
        by_number={"priority": lambda n: 1 + n % 4, "progress": lambda n: STATES[n // 4 % 4]},
        sorts=False,
    ),
    Listed(
        "/handover",
        lists=("incidents",),
        by_number={"priority": lambda n: 1 + n % 4},
        short_is_plain=True,
    ),
    Listed("/loop", lists=("loops",)),
    Listed("/clocks", lists=("loops",), open=_running),
    Listed("/tasks", lists=("tasks",)),
    Listed("/station", "station3", lists=("tasks",)),
    Listed("/matters", lists=("matters",)),
    Listed("/places", answer="/api/repeats", lengthen=_places),
    Listed("/desks", lists=("desk_requests",)),
    Listed("/desk", "desk", lists=("desk_requests",)),
    Listed("/joint", lists=("joint_operations",)),
    Listed("/watch", lists=("supervision_orders",)),
    Listed("/orders", lists=("supervision_orders",)),
    Listed("/referrals", lists=("referrals",)),
    Listed("/partner", "partner", answer="/api/partner", lengthen=_referrals, short_is_plain=True),
    Listed("/notices", lists=("notices",)),
    Listed("/callbacks", lists=("call_backs",)),
    Listed(
        "/bulletin",
        answer="/api/bulletin",
        lengthen=_figures,
        open=_of_this_week,
        short_is_plain=True,
    ),
    Listed(
        "/stages",
        answer="/api/stage-figures",
        lengthen=_figures,
        open=_of_analysing,
        short_is_plain=True,
    ),
)


def test_every_page_has_its_list_here_or_a_reason() -> None:
    paths = set(re.findall(r"path: '(/\w+)'", PAGES.read_text(encoding="utf-8")))
    assert paths == {one.path for one in LISTS} | set(SMALL)
    assert not {one.path for one in LISTS} & set(SMALL)


@pytest.fixture
def one_of_each(room: Room) -> Iterator[Room]:
    """A record of each kind."""
    room.close(room.call_in("13800004829"))
    incident = room.open_incident("POL-DISPUTE")
    room.offer_task(incident, owner="")
    room.give_order(incident)
    room.ask_desk(incident)
    room.begin_joint(incident)
    room.post_notice("Bridge lift at 22:00")
    of = {"incident": incident["id"], "text": "They quarrel"}
    matter = {"matter": str(uuid.uuid4()), "kind": "neighbours", "org": incident["org"]}
    room.act("dispatcher", "matter.open", **matter, **of)
    referral = {"referral": str(uuid.uuid4()), "agreement": "yunzhou"}
    theft = {"incident": room.open_incident("POL-ROBBERY")["id"], "text": "A grey van"}
    room.act("dispatcher", "referral.send", **referral, **theft)
    market = next(at for at, one in enumerate(room.places) if one["kind"] == "market")
    for _ in range(3):
        room.open_incident("POL-NOISE", at=market, priority=4)
    yield room
    room.act("dispatcher", "referral.recall", referral=referral["referral"])  # tidying up can't


class OnItsWay:
    """Makes the answers of the server long."""

    def __init__(self, page: Page) -> None:
        self._kept: dict[str, str] = {}
        self._now: Listed | None = None
        page.route("**/api/**", self._answer)

    def go(self, page: Page, base: str, one: Listed) -> None:
        self._now = one
        self._kept.clear()
        page.goto(f"{base}{one.path}?nomap")

    def short(self) -> None:
        """From now on they are as the server gives them."""
        self._now = None

    def _answer(self, route: Route) -> None:
        path = route.request.url.partition("/api")[2].partition("?")[0]
        if path == "/readings/places":  # nobody knows where what is made up is
            route.fulfill(json={"places": []})
        elif self._now is None or f"/api{path}" != self._now.answer:
            route.fallback()
        else:
            url = route.request.url
            if url not in self._kept:
                self._kept[url] = json.dumps(self._now.long(route.fetch().json()))
            route.fulfill(body=self._kept[url], content_type="application/json")


def drawn(grid: Locator) -> int:
    return grid.get_by_role("row").count()


def goes_by_keyboard(page: Page, grid: Locator, count: int) -> None:
    chosen = grid.locator('[aria-selected="true"]')
    page.keyboard.press("End")
    expect(chosen).to_have_attribute("aria-rowindex", str(count))
    expect(chosen).to_be_in_viewport()
    assert drawn(grid) < MOST_DRAWN
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_be_in_viewport()
    at = int(chosen.get_attribute("aria-rowindex") or 0)
    assert count - 60 < at < count - 1
    page.keyboard.press("Home")
    expect(chosen).to_be_in_viewport()
    assert int(chosen.get_attribute("aria-rowindex") or 0) <= 2  # a heading may come first


def goes_by_mouse(page: Page, grid: Locator) -> None:
    grid.hover()
    first = grid.get_by_role("row").nth(1).get_attribute("aria-rowindex")
    page.mouse.wheel(0, 100_000)
    expect(grid.locator(f'[aria-rowindex="{first}"]:not([tabindex="0"])')).to_have_count(0)
    assert 0 < drawn(grid) < MOST_DRAWN
    page.mouse.wheel(0, -100_000)
    page.mouse.move(5, 5)


def is_filtered_and_sorted(page: Page, grid: Locator, count: int) -> None:
    search = page.get_by_role("searchbox").last
    search.fill("no such word")
    expect(grid).to_have_count(0)
    search.fill("")
    expect(grid).to_have_attribute("aria-rowcount", str(count))
    head = page.locator(".heads").get_by_role("button").first
    if head.get_attribute("aria-pressed") != "true":
        head.click()
    expect(head).to_have_attribute("aria-pressed", "true")


def list_of(page: Page, one: Listed) -> Locator:
    one.open(page)
    grid = page.get_by_role("grid").last
    expect(grid).to_have_attribute("aria-rowcount", re.compile(r"^[12]\d{4}$"))
    return grid


def look_at(page: Page, way: OnItsWay, one: Listed) -> None:
    grid = list_of(page, one)
    count = int(grid.get_attribute("aria-rowcount") or 0)
    assert drawn(grid) < MOST_DRAWN
    if one.sorts:
        grid.focus()
    else:
        grid.locator("[aria-selected]").first.click()
    goes_by_keyboard(page, grid, count)
    goes_by_mouse(page, grid)
    if one.sorts:
        is_filtered_and_sorted(page, grid, count)
    page.get_by_role("button", name=re.compile("^(中文|English)$")).click()
    expect(grid).to_have_attribute("aria-rowcount", str(count))  # in the other language
    if one.sorts:
        if not one.short_is_plain:
            way.short()
        page.reload()
        one.open(page)
        sorted_by = page.locator(".heads").get_by_role("button").first
        expect(sorted_by).to_have_attribute("aria-pressed", "true")


PARTS: Final = 3
"""By night; a commit looks at the longest lists of the room, in `test_long_lists`."""


@pytest.mark.parametrize("part", [by_night(part) for part in range(PARTS)])
def test_ten_thousand_rows_by_keyboard_and_mouse_in_both_languages(
    one_of_each: Room, desks: Desks, part: int
) -> None:
    room = one_of_each
    desks.expect("404")  # nobody can read what is made up
    pages: dict[str, tuple[Page, OnItsWay]] = {}
    for one in LISTS[part::PARTS]:
        if one.member not in pages:
            page = desks.blank()
            page.context.add_cookies(room.cookies(one.member))
            pages[one.member] = page, OnItsWay(page)
        page, way = pages[one.member]
        way.go(page, room.base, one)
        look_at(page, way, one)
    for page, _ in pages.values():
        page.unroute_all(behavior="ignoreErrors")

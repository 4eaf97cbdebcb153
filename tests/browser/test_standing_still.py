"""Nothing under the hand moves because something arrived."""

import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.looked_at import MOVED, REMEMBER, WATCH_SHIFTS
from tests.browser.room import Room
from tests.browser.seen import chip, ringing, row_of, select
from tests.harness.examples import by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUIET_MS = 700
"""Longer than the browser counts what moves as an answer to a key or a click."""


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def left_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["x"]


def remember(page: Page) -> None:
    page.wait_for_timeout(QUIET_MS)
    assert page.evaluate(REMEMBER) > 20
    page.evaluate(WATCH_SHIFTS)


def nothing_moved(page: Page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate(MOVED) == []
    assert page.evaluate("window.shifts") == []


PAGES = (
    ("dispatcher", "/dispatch"),
    ("taker", "/calls"),
    ("colleague", "/handover"),
    ("colleague", "/notices"),
)
PAGE_SIZES = ((1366, 768), (960, 540))


def pages_by_size() -> Iterator[Any]:
    """All of them by night; at a commit the room at both sizes, and one page beside it."""
    for number, size in enumerate(PAGE_SIZES):
        for member, path in PAGES:
            case = f"size{number}-{member}-{path}"
            now = path == "/dispatch" or (number, path) == (1, "/notices")
            yield (pytest.param if now else by_night)(member, path, size, id=case)


@pytest.mark.parametrize(("member", "path", "size"), list(pages_by_size()))
def test_nothing_moves_when_lines_ring_and_an_officer_is_in_danger(
    room: Room, desks: Desks, member: str, path: str, size: tuple[int, int]
) -> None:
    room.open_incident("FIRE-STRUCT", priority=1)
    page = desks(member, path, width=size[0], height=size[1])
    remember(page)
    for line in range(3):
        room.ring(f"110-{line}")
    room.act("dispatcher", "unit.raise_emergency", unit="P2")
    expect(page.get_by_text("3 ringing")).to_be_visible()
    expect(page.get_by_text("‼ Emergency: P2").first).to_be_visible()
    nothing_moved(page)


def test_nothing_moves_when_the_connection_is_lost_and_a_message_comes(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    expect(page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))).to_be_visible()
    page.mouse.move(700, 20)
    remember(page)
    page.keyboard.press("k")
    expect(page.get_by_text("No emergency waits.")).to_be_visible()
    page.context.set_offline(True)
    page.wait_for_timeout(1_500)
    nothing_moved(page)
    page.context.set_offline(False)


def test_the_row_under_the_pointer_stays_while_rows_come_above_it(room: Room, desks: Desks) -> None:
    rows = [room.open_incident(at=at, priority=3) for at in range(4)]
    page = desks("dispatcher", "/dispatch")
    pointed = row_of(page, rows[2]["number"])
    pointed.hover()
    before = top_of(pointed)
    for at in range(3):
        urgent = room.open_incident("POL-ROBBERY", at=5 + at, priority=1)
        expect(row_of(page, urgent["number"])).to_have_count(1)
    page.wait_for_timeout(200)
    assert top_of(pointed) == before
    assert pointed.evaluate("row => row.matches(':hover')")


@pytest.mark.deep
def test_the_row_with_the_focus_stays_while_rows_come_above_it(room: Room, desks: Desks) -> None:
    rows = [room.open_incident(at=at, priority=3) for at in range(4)]
    page = desks("dispatcher", "/dispatch")
    expect(row_of(page, rows[3]["number"])).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    focused = row_of(page, rows[2]["number"])
    expect(focused).to_be_focused()
    before = top_of(focused)
    urgent = room.open_incident("POL-ROBBERY", at=5, priority=1)
    expect(row_of(page, urgent["number"])).to_have_count(1)
    page.wait_for_timeout(200)
    assert top_of(focused) == before


def test_who_waits_above_the_row_with_the_focus_is_told(room: Room, desks: Desks) -> None:
    rows = [room.open_incident(at=at, priority=3) for at in range(3)]
    for row, unit in zip(rows, ("P1", "P2", "P3"), strict=True):
        room.send(row["id"], unit)
    page = desks("dispatcher", "/dispatch")
    expect(row_of(page, rows[2]["number"])).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    urgent = room.open_incident("POL-ROBBERY", at=5, priority=1)
    expect(row_of(page, urgent["number"])).to_have_count(1)
    page.get_by_role("button", name="1 above with nobody on the way").click()
    expect(row_of(page, urgent["number"])).to_be_in_viewport(ratio=0.95)
    expect(page.get_by_role("button", name="above with nobody")).to_have_count(0)


def test_a_line_under_the_pointer_stays_when_a_colleague_takes_the_one_before_it(
    room: Room, desks: Desks
) -> None:
    first, _second = room.ring("110-1"), room.ring("110-2")
    page = desks("taker", "/calls")
    second = ringing(page).get_by_role("button", name="110-2")
    second.hover()
    before = left_of(second)
    room.act("taker2", "call.claim", call=first)
    expect(ringing(page).get_by_role("button", name="110-1")).to_contain_text("Being taken")
    assert left_of(second) == before
    # In the list of calls, too.
    calls = page.get_by_role("region", name="Calls", exact=True)
    row = calls.get_by_role("button", name="110-2")
    row.hover()
    before = top_of(row)
    room.ring("110-0")
    expect(calls.get_by_role("button", name="110-0")).to_be_visible()
    assert top_of(row) == before


@pytest.mark.deep
def test_what_is_pointed_at_in_the_incident_stays_while_it_changes(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident("TRAF-INJURY")
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    page.wait_for_timeout(QUIET_MS)
    note = page.get_by_placeholder("Add a note, then Enter")
    note.scroll_into_view_if_needed()
    note.hover()
    before = top_of(note)
    send: Any = page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))
    foot = top_of(send)
    room.act("colleague", "incident.request_more", incident=incident["id"], capability="drone")
    expect(send).to_contain_text("D1")
    page.wait_for_timeout(300)
    assert abs(top_of(note) - before) < 1
    assert abs(top_of(send) - foot) < 1


def test_candidates_keep_their_places_under_the_hand(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    boxes = page.get_by_role("checkbox", name=re.compile(r"^[A-Z]\d "))
    expect(boxes.nth(2)).to_be_visible()
    order = [box.evaluate("box => box.parentElement.innerText.slice(0, 2)") for box in boxes.all()]
    boxes.nth(2).hover()
    first = order[0]
    room.send(room.open_incident(at=9)["id"], first)
    expect(chip(page, first)).to_contain_text("Dispatched")
    page.wait_for_timeout(400)
    after = [box.evaluate("box => box.parentElement.innerText.slice(0, 2)") for box in boxes.all()]
    assert after[: len(order)] == order


@pytest.mark.deep
def test_the_desk_keeps_its_place_when_the_unit_board_fills(room: Room, desks: Desks) -> None:
    for unit in ("P3", "P1", "F1"):
        room.act("dispatcher", "unit.sign_off", unit=unit)
    page = desks("dispatcher", "/dispatch")
    expect(chip(page, "A1")).to_be_visible()
    remember(page)
    for unit in ("P3", "P1", "F1"):
        room.act("dispatcher", "unit.sign_on", unit=unit, crew=[str(uuid.uuid4())[:6]])
    expect(chip(page, "P3")).to_be_visible()
    page.wait_for_timeout(300)
    moved = [one for one in page.evaluate(MOVED) if one.startswith(("SECTION", "HEADER", "FOOTER"))]
    assert moved == []


def test_chips_of_a_filtered_board_keep_their_places_under_the_hand(
    room: Room, desks: Desks
) -> None:
    page = desks("dispatcher", "/dispatch")
    units = page.get_by_role("region", name="Units")
    units.get_by_role("button", name=re.compile("^Available")).click()
    pointed = chip(page, "T2")
    pointed.hover()
    before = pointed.bounding_box()
    room.send(room.open_incident()["id"], "P2")
    expect(chip(page, "P2")).to_contain_text("Dispatched")
    room.act("dispatcher", "unit.mark_unavailable", unit="P3", reason="meal")
    expect(chip(page, "P3")).to_contain_text("Unavailable")
    assert pointed.bounding_box() == before
    page.mouse.move(700, 10)
    expect(chip(page, "P2")).to_have_count(0)
    expect(chip(page, "P3")).to_have_count(0)

    chip(page, "A1").hover()
    before = chip(page, "A1").bounding_box()
    room.act("dispatcher", "unit.mark_available", unit="P3")
    expect(chip(page, "P3")).to_be_visible()
    assert chip(page, "A1").bounding_box() == before


@pytest.mark.deep
def test_another_size_leaves_no_strip_where_the_pointer_rests(room: Room, desks: Desks) -> None:
    page = desks("taker", "/calls", width=960, height=540)
    room.ring("110-1")
    expect(ringing(page)).to_contain_text("1 ringing")
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()
    page.get_by_role("tab", name="Incident", exact=True).hover()
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(QUIET_MS)
    assert page.locator("main .view").evaluate("view => getComputedStyle(view).padding") == "0px"


@pytest.mark.parametrize("locale", ["en-GB", by_night("zh-CN")])
def test_the_boxes_of_supervision_are_as_high_before_the_next_hour_is_rehearsed(
    room: Room, desks: Desks, locale: str
) -> None:
    page = desks.blank(width=1366, height=768, locale=locale)
    page.context.add_cookies(room.cookies("supervisor"))
    zones = [one["id"] for one in room.get("supervisor", "/api/pack")["zones"]]
    now_ms = time.time_ns() // 1_000_000
    assumed = {"kind": "assumed", "why": "no_file"}
    ready = {
        "ready": True, "stale": True, "failed": True, "at_ms": now_ms - 60_000,
        "replications": 1000, "mean_delay_s": 252.0, "calls": assumed, "service_times": assumed,
        "areas": [{"zone": zone, "bare": 0.53, "delay_s": 252.0} for zone in zones],
        "move": None,
    }  # fmt: skip
    answers = [{"ready": False, "failed": False}]
    page.route("**/api/lookahead", lambda route: route.fulfill(json=answers[-1]))
    page.goto(room.base + "/supervise?nomap")
    boxes = page.locator("section.box")
    # The city's areas may come later than the figures: each has a row in the box of the next hour.
    next_hour = boxes.filter(has=page.get_by_role("heading", name=re.compile("next hour|未来")))
    expect(next_hour.get_by_role("row")).to_have_count(1 + len(zones))
    heights = "boxes => boxes.map((box) => box.getBoundingClientRect().height)"
    before = boxes.evaluate_all(heights)
    answers.append(ready)
    expect(page.get_by_text(re.compile(r"53 ?%")).first).to_be_visible()
    assert boxes.evaluate_all(heights) == before


def test_a_stream_that_breaks_off_takes_nothing_from_the_page(room: Room, desks: Desks) -> None:
    """It goes on where it stopped: what is on the page is not loaded anew, nor what is typed lost."""
    number = room.open_incident()["number"]
    page = desks.blank()
    desks.expect("net::ERR_FAILED")
    page.add_init_script("delete window.SharedWorker")  # whose requests can't be held here
    page.context.add_cookies(room.cookies("dispatcher"))
    held: list[Route] = []
    tries: list[str] = []
    boards: list[str] = []

    def connect(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            held.append(route)
        elif len(tries) == 2:
            route.abort()
        else:
            route.continue_()

    page.on("request", lambda one: boards.append(one.url) if "/api/board" in one.url else None)
    page.route("**/api/stream?*", connect)
    page.goto(room.base + "/dispatch?nomap")
    select(page, number)
    note = page.get_by_placeholder("Add a note, then Enter")
    note.fill("the shop is closed")
    held[0].abort()
    expect(page.get_by_text("Live").first).to_be_visible()
    expect(note).to_have_value("the shop is closed")
    assert (len(tries), len(boards)) == (3, 1)

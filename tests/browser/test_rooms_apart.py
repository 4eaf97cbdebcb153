"""Two rooms on one host in one browser, as a practice beside the real room: neither knows the other."""

import signal
from collections.abc import Iterator

import pytest
from bench.serving import PASSWORD
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import LIVE, SIGNED_OUT, Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A second room with the same people on another port."""
    made = Room(tmp_path_factory.mktemp("other") / "home", other=True)
    yield made
    made.stop(signal.SIGTERM)


def sign_in(context: BrowserContext, room: Room, name: str) -> Page:
    page = context.new_page()
    page.goto(f"{room.base}/sign-in?nomap")
    page.get_by_label("Staff number").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(LIVE).first).to_be_visible()
    return page


def command(page: Page, line: str) -> None:
    page.keyboard.press("F2")
    page.keyboard.type(line)
    page.keyboard.press("Enter")


@pytest.fixture
def browser_of_both(desks: Desks, other: Room) -> BrowserContext:
    desks.allow(other.base)
    return desks.blank().context


def test_both_rooms_are_worked_in_at_once_by_different_members(
    room: Room, other: Room, browser_of_both: BrowserContext
) -> None:
    here, there = room.open_incident(), other.open_incident(at=2)
    first = sign_in(browser_of_both, room, "dispatcher")
    second = sign_in(browser_of_both, other, "supervisor")
    for page, where, incident in ((first, room, here), (second, other, there)):
        page.goto(f"{where.base}/dispatch?nomap")
        expect(page.get_by_text(LIVE).first).to_be_visible()
        command(page, f"D P2 {incident['number']}")
        expect(page.get_by_role("row").filter(has_text=incident["number"])).to_contain_text("P2")
    assert room.unit("P2")["incident"] == here["id"]
    assert other.unit("P2")["incident"] == there["id"]
    expect(first.get_by_role("button", name="dispatcher: Settings")).to_be_visible()
    expect(second.get_by_role("button", name="supervisor: Settings")).to_be_visible()


def test_what_a_browser_keeps_of_a_room_has_its_id(
    room: Room, other: Room, browser_of_both: BrowserContext
) -> None:
    kept = {}
    for where in (room, other):
        page = sign_in(browser_of_both, where, "dispatcher")
        id_ = page.get_attribute("meta[name=dutyroom-room]", "content") or ""
        keys = page.evaluate(
            "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
            ".concat(document.cookie.split('; ').map((one) => one.split('=')[0]))"
        )
        assert keys
        assert [key for key in keys if id_ not in key and f"csrf-{id_}" != key] == [
            key for key in keys if key in kept.values()
        ]
        page.wait_for_function("indexedDB.databases().then((all) => all.length > 0)")
        databases = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
        assert databases == [f"dutyroom/{id_}/unsent"]
        kept[id_] = f"csrf-{id_}"
    assert len(kept) == 2


@pytest.mark.deep
def test_signing_out_of_one_room_leaves_the_other(
    room: Room, other: Room, desks: Desks, browser_of_both: BrowserContext
) -> None:
    first = sign_in(browser_of_both, room, "dispatcher")
    second = sign_in(browser_of_both, other, "supervisor")
    desks.expect(SIGNED_OUT)
    first.get_by_role("button", name="dispatcher: Settings").click()
    first.get_by_role("button", name="Sign out").click()
    expect(first.get_by_label("Staff number")).to_be_visible()
    second.reload()
    expect(second.get_by_text(LIVE).first).to_be_visible()

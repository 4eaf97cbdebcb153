"""Who leaves takes everything along: the next person at the desk finds nothing of theirs."""

import re
import time
from contextlib import suppress

import pytest
from bench.serving import PASSWORD
from playwright.sync_api import Error, Page, expect
from tests.browser.conftest import LIVE, PATIENCE_MS, SIGNED_OUT, Desks
from tests.browser.cutting import stop
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CALLER = "Mrs Zhang of the seventh floor"
EVERYTHING = """async () => {
  const found = [...Object.entries(localStorage), ...Object.entries(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames)
      found.push(await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      }));
    database.close();
  }
  return JSON.stringify(found);
}"""


SAY_LEFT = """member => {
  const room = document.querySelector('meta[name=dutyroom-room]').content;
  new BroadcastChannel(`dutyroom/${room}/windows`).postMessage(member);
}"""


TOO_LONG = "new Promise((_, no) => setTimeout(() => no(new Error('it is opened anew')), 3000))"


def is_forgotten(page: Page) -> None:
    """Soon nothing of the caller is left: one window hears of it from another, and opens anew."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while True:
        with suppress(Error):  # while it is being opened anew
            if CALLER not in page.evaluate(f"Promise.race([({EVERYTHING})(), {TOO_LONG}])"):
                return
        assert time.monotonic() < until, "what the caller said is still there"
        page.wait_for_timeout(50)


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"{name}: Settings").click()
    page.get_by_role("button", name="Sign out").click()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Staff number").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(LIVE).first).to_be_visible()


def desk(desks: Desks, name: str) -> Page:
    """A desk at which somebody has signed in; with a session of its own, for it is ended here."""
    desks.expect(SIGNED_OUT)
    page = desks.blank()
    page.goto(desks.room.base + "/sign-in?nomap")
    sign_in(page, name)
    return page


def half_typed(desks: Desks, room: Room) -> Page:
    """A taker in the middle of a call, and of a command."""
    room.ring("110-1")
    page = desk(desks, "taker")
    page.keyboard.press("r")
    page.get_by_role("textbox", name="What the caller says").fill(CALLER)
    page.keyboard.press("F2")
    page.keyboard.type("NOTE 4829 half-typed")
    return page


def test_the_next_member_finds_no_draft_of_the_one_before(room: Room, desks: Desks) -> None:
    page = half_typed(desks, room)
    assert CALLER in page.evaluate(EVERYTHING)
    sign_out(page, "taker")
    expect(page.get_by_label("Staff number")).to_be_visible()
    assert CALLER not in page.evaluate(EVERYTHING)
    assert CALLER not in page.content()
    sign_in(page, "taker2")
    expect(page.get_by_role("combobox", name="Command")).to_have_value("")
    assert CALLER not in page.evaluate(EVERYTHING)
    page.go_back()
    assert CALLER not in page.content()


@pytest.mark.deep
def test_every_window_of_the_member_is_left(room: Room, desks: Desks) -> None:
    first = half_typed(desks, room)
    second = first.context.new_page()
    second.goto(room.base + "/calls?nomap")
    expect(second.get_by_text(LIVE).first).to_be_visible()
    sign_out(second, "taker")
    expect(first.get_by_label("Staff number")).to_be_visible()
    is_forgotten(first)


@pytest.mark.deep
def test_a_window_whose_session_has_ended_already_is_left_too(room: Room, desks: Desks) -> None:
    """The server ends all streams of the member, maybe before the other window says why."""
    first = half_typed(desks, room)
    desks.expect("403")  # of what is under way: its CSRF cookie is gone with the session's
    first.context.clear_cookies()
    first.reload()
    expect(first.get_by_label("Staff number")).to_be_visible()
    assert CALLER in first.evaluate(EVERYTHING)
    second = first.context.new_page()
    second.goto(room.base + "/sign-in")
    second.evaluate(SAY_LEFT, "taker")
    is_forgotten(first)


def test_who_was_signed_out_by_the_server_finds_the_draft_but_nobody_else_does(
    room: Room, desks: Desks
) -> None:
    page = half_typed(desks, room)
    cookies = page.context.cookies()
    desks.expect("403")  # of what is under way: its CSRF cookie is gone with the session's
    page.context.clear_cookies()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="What the caller says").press("End")
    page.reload()
    expect(page.get_by_label("Staff number")).to_be_visible()
    assert CALLER in page.evaluate(EVERYTHING)
    page.context.add_cookies(cookies)
    page.goto(room.base + "/calls?nomap")
    expect(page.get_by_text(LIVE).first).to_be_visible()
    assert CALLER in page.evaluate(EVERYTHING)
    page.context.clear_cookies()
    page.reload()
    sign_in(page, "supervisor")
    assert CALLER not in page.evaluate(EVERYTHING)


@pytest.mark.deep
def test_settings_of_the_screen_stay(room: Room, desks: Desks) -> None:
    page = desk(desks, "taker")
    page.get_by_role("button", name="taker: Settings").click()
    page.get_by_label("Theme").select_option("light")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Staff number")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_what_a_dispatcher_pressed_without_a_network_waits_for_them_alone(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    page = desk(desks, "dispatcher")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_be_visible()
    stop(page.context, "**/api/actions/**")
    desks.expect("net::ERR_FAILED")
    page.keyboard.press("F2")
    page.keyboard.type(f"D P2 {incident['number']}")
    page.keyboard.press("Enter")
    waits = page.get_by_role("button", name=re.compile("1 waiting to be sent"))
    waits.click()
    what = page.get_by_role("group", name="Not sent or not done")
    expect(what).to_contain_text(re.compile(rf"Dispatch\s+P2 · {incident['number']}"))
    sign_out(page, "dispatcher")
    asked = page.get_by_role("dialog", name="Sign out?")
    asked.get_by_role("button", name="Stay").click()
    expect(asked).not_to_be_visible()
    sign_out(page, "dispatcher")
    asked.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Staff number")).to_be_visible()
    page.context.unroute("**/api/actions/**")  # not before: who is still signed in may send it
    sign_in(page, "colleague")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_be_visible()
    expect(waits).to_have_count(0)
    assert room.unit("P2")["status"] == "available"
    sign_out(page, "colleague")
    sign_in(page, "dispatcher")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_contain_text("P2")
    assert room.unit("P2")["status"] == "dispatched"


def test_what_a_closed_page_left_for_long_is_sent_only_when_its_member_says_so(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    page = desk(desks, "dispatcher")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_be_visible()
    stop(page.context, "**/api/actions/**")
    desks.expect("net::ERR_FAILED")
    page.keyboard.press("F2")
    page.keyboard.type(f"D P2 {incident['number']}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("1 waiting to be sent"))).to_be_visible()
    page.evaluate(
        """() => new Promise((resolve, reject) => {
          const id = document.querySelector('meta[name=dutyroom-room]').content;
          const opening = indexedDB.open(`dutyroom/${id}/unsent`);
          opening.onsuccess = () => {
            const work = opening.result.transaction('unsent', 'readwrite');
            const store = work.objectStore('unsent');
            store.getAll().onsuccess = ({ target }) => {
              for (const row of target.result) {
                row.entry.at_ms -= 600_000;
                store.put(row);
              }
            };
            work.oncomplete = resolve;
            work.onerror = reject;
          };
        })"""
    )
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(room.base + "/dispatch?nomap")
    expect(again.get_by_text(LIVE).first).to_be_visible()
    again.get_by_role("button", name=re.compile("1 not done")).click()
    kept = again.get_by_role("alert").filter(has_text="Dispatch: not sent")
    expect(kept).to_contain_text("Send it only if it still holds.")
    assert room.unit("P2")["status"] == "available"
    context.unroute("**/api/actions/**")  # not before: a page that closes may still try
    kept.get_by_role("button", name="Send now").click()
    expect(again.get_by_role("row").filter(has_text=incident["number"])).to_contain_text("P2")
    expect(kept).to_have_count(0)

"""The console itself: languages, themes, keys, and screens that agree again after a cut."""

import re
import signal
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LIVE, Desks
from tests.browser.room import Room
from tests.browser.seen import command, row_of, select
from tests.browser.words import english_words

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_language_changes_everything_at_once(room: Room, desks: Desks) -> None:
    incident = room.open_incident("FIRE-STRUCT", label="人民广场")
    room.send(incident["id"], "E1")
    room.ring("110-1")
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    expect(page.get_by_role("heading", name="Recommended units")).to_be_visible()
    expect(page.get_by_text("Opened: Structure fire")).to_be_visible()
    page.evaluate("window.sameDocument = true")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name="建筑火灾")).to_be_visible()
    assert english_words(page) == set()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert english_words(page) == set()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Structure fire")).to_be_visible()
    assert page.evaluate("window.sameDocument")


def test_what_is_set_in_one_window_holds_on_the_other_screens_of_the_desk(desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    beside = page.context.new_page()
    beside.goto(desks.room.base + "/tasks")
    expect(beside.get_by_text("No tasks.")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(beside.get_by_text("No tasks.")).to_have_count(0)
    expect(beside.locator("html")).to_have_attribute("lang", "zh-CN")
    beside.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("member", "path"),
    [
        ("taker", "/calls"),
        ("dispatcher", "/handover"),
        ("supervisor", "/supervise"),
        ("officer", "/field"),
    ],
)
def test_no_english_word_is_left_on_a_chinese_page(
    room: Room, desks: Desks, member: str, path: str
) -> None:
    incident = room.open_incident("FIRE-STRUCT", label="人民广场")
    room.send(incident["id"], "P1")
    page = desks(member, path, locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    if path == "/calls":
        page.keyboard.press("i")
        expect(page.get_by_role("combobox", name="地点")).to_be_visible()
    elif path == "/field":
        expect(page.get_by_role("heading", name="建筑火灾")).to_be_visible()
    assert english_words(page) == set()


def test_signing_in_speaks_both_languages_and_refuses_kindly(room: Room, desks: Desks) -> None:
    page = desks.blank()
    desks.expect("403")
    page.goto(room.base + "?nomap")
    page.get_by_label("Staff number").fill("dispatcher")
    page.get_by_label("Password").fill("wrong-password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("don't belong together")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("alert")).to_contain_text("不")
    assert english_words(page) == set()
    page.get_by_role("textbox").last.fill("bench-password")
    page.keyboard.press("Enter")
    expect(page).to_have_url(room.base + "/dispatch")


def test_the_theme_changes_at_once_and_is_kept(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    lightness = "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
    assert page.evaluate(lightness) < 60
    page.get_by_role("button", name="dispatcher: Settings").click()
    page.get_by_label("Theme").select_option(label="Light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(lightness) > 200
    page.reload()
    expect(page.get_by_role("grid", name="Incidents")).to_be_visible()
    assert page.evaluate(lightness) > 200


def test_the_help_lists_every_key_and_closes(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys and commands")
    lines = "R Take the call,D Dispatch,G Next step,N Note,C Close,K Acknowledge emergency,F Find"
    for line in lines.split(","):
        expect(dialog.get_by_role("row", name=re.compile(f"^{line} "))).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()


def test_single_keys_can_be_switched_off(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    form = page.get_by_role("form", name="Call form")
    page.get_by_role("button", name="dispatcher: Settings").click()
    page.get_by_role("checkbox", name="Single keys act at once").uncheck()
    page.keyboard.press("Escape")
    page.get_by_text("No incident is selected.").click()
    page.keyboard.press("i")
    page.keyboard.press("?")
    expect(page.get_by_text("Single keys are switched off in the settings.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).not_to_be_visible()
    page.get_by_role("button", name="dispatcher: Settings").click()
    page.get_by_role("checkbox", name="Single keys act at once").check()
    page.keyboard.press("Escape")
    page.get_by_text("No incident is selected.").click()
    page.keyboard.press("i")
    expect(form).to_be_visible()


def test_keys_are_letters_while_a_word_is_composed(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    form = page.get_by_role("form", name="Call form")
    press = "new KeyboardEvent('keydown', { key: 'i', bubbles: true, isComposing: %s })"
    page.evaluate(f"document.body.dispatchEvent({press % 'true'})")
    page.wait_for_timeout(200)
    expect(form).not_to_be_visible()
    page.evaluate(f"document.body.dispatchEvent({press % 'false'})")
    expect(form).to_be_visible()
    # The Enter that ends a composition takes no suggestion and leaves no field.
    where = page.get_by_role("combobox", name="Where")
    where.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "解放", "selectionStart": 2, "selectionEnd": 2}
    )
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(where).to_be_focused()
    expect(where).to_have_value("解放")
    keyboard.send("Input.insertText", {"text": "解放"})
    page.keyboard.press("Enter")
    expect(where).to_have_value("Jiefang Road")


def test_what_is_typed_in_a_field_is_never_a_key(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    expect(page.get_by_role("button", name=re.compile("^Dispatch "))).to_be_enabled()
    page.get_by_placeholder("Add a note, then Enter").press_sequentially("did the cook close? /d")
    assert room.incident(incident["id"])["assignments"] == []
    expect(page.get_by_text("Before it can be closed")).not_to_be_visible()
    expect(page.get_by_placeholder("Add a note, then Enter")).to_have_value(
        "did the cook close? /d"
    )


def test_screens_agree_after_the_server_was_gone(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page, other = desks("dispatcher", "/dispatch"), desks("colleague", "/dispatch")
    for how in (
        "CONNECTION_REFUSED",
        "INCOMPLETE_CHUNKED_ENCODING",
        "EMPTY_RESPONSE",
        "CONNECTION_RESET",
        "CONTENT_LENGTH_MISMATCH",
    ):
        desks.expect(f"net::ERR_{how}")
    start = room.board()["position"]
    room.stop(signal.SIGKILL)
    expect(page.get_by_text(re.compile("Waiting|Connection lost")).first).to_be_visible()
    command(page, f"N {incident['number']} written in the dark")
    expect(page.get_by_text("1 waiting to be sent")).to_be_visible()
    room.start()
    missed = room.open_incident("POL-ROBBERY", at=3, priority=1)
    for one in (page, other):
        expect(row_of(one, missed["number"])).to_be_visible()
        expect(one.get_by_text(LIVE)).to_be_visible()
    expect(page.get_by_text("1 waiting to be sent")).not_to_be_visible()
    assert len(room.journal("incident.note_added", start)) == 1


def test_the_auditor_verifies_the_journal_and_sees_who_read(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.get("dispatcher", f"/api/readings/incidents/{incident['id']}")
    page = desks("auditor", "/audit")
    page.get_by_role("button", name="Verify the journal").click()
    expect(page.get_by_text(re.compile("The journal verifies: "))).to_be_visible()
    page.get_by_role("tab", name="Reads").click()
    expect(page.get_by_role("row", name=re.compile("dispatcher .*dispatch")).first).to_be_visible()


def test_the_auditor_is_told_what_was_altered_and_what_to_do_now(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("auditor", "/audit")
    with altered(room, incident["id"]) as position:
        page.get_by_role("button", name="Verify the journal").click()
        verdict = page.get_by_role("status").filter(has_text="does not verify")
        expect(verdict).to_contain_text("The journal does not verify: 1 finding")
        expect(verdict).to_contain_text("Leave everything as it is. Copy the database")
        expect(verdict).to_contain_text(f"At entry {position}: its contents are not what its hash")
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_text(f"第 {position} 条：内容与其哈希不符")).to_be_visible()
        page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Verify the journal").click()
    expect(page.get_by_text("The journal verifies: ")).to_be_visible()


@contextmanager
def altered(room: Room, incident: str) -> Iterator[int]:
    """Somebody who can write to the database says something else of an incident for a while."""
    first = "stream = ? AND version = 1"
    of = (f"incident:{incident}",)
    with closing(sqlite3.connect(room.folder / "dutyroom.sqlite3", timeout=30)) as database:
        read = f"SELECT position, body FROM journal_journalentry WHERE {first}"
        position, body = database.execute(read, of).fetchone()
        write = f"UPDATE journal_journalentry SET body = ? WHERE {first}"
        with database:
            database.execute(write, (body.replace(b"POL", b"MED"), *of))
        yield position
        with database:
            database.execute(write, (body, *of))


def test_a_desk_that_is_offered_with_two_clicks_is_offered_once(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/handover")
    page.get_by_label("Hand over to").fill("colleague")
    page.get_by_role("button", name="Offer the desk").dblclick()
    expect(page.get_by_role("button", name="Offer the desk")).to_have_count(0)
    page.wait_for_timeout(500)
    offered = [one for one in room.board()["handovers"] if one["state"] == "offered"]
    assert len(offered) == 1


def test_both_sides_are_told_how_a_handover_ended(room: Room, desks: Desks) -> None:
    giver, receiver = desks("dispatcher", "/dispatch"), desks("colleague", "/dispatch")
    for end in ("cancel", "complete"):
        handover = str(uuid.uuid4())
        room.act("dispatcher", "desk.start_handover", handover=handover, to="colleague")
        expect(receiver.get_by_text("hands the desk over to you.")).to_be_visible()
        room.act("colleague", f"desk.{end}_handover", handover=handover)
        if end == "cancel":
            for page in (giver, receiver):
                expect(
                    page.get_by_text(re.compile("^The handover from .* is cancelled"))
                ).to_be_visible()
        else:
            expect(giver.get_by_text("has taken over the desk.")).to_be_visible()
            expect(receiver.get_by_text("has taken over the desk.")).to_have_count(0)

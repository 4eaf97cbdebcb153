"""A notice to the room: typed in one line, seen without anything moving, answered with one key."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.test_standing_still import nothing_moved, remember

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def typed(page: Page, line: str) -> None:
    page.keyboard.press("F2")
    page.keyboard.type(line)


def test_a_notice_is_typed_in_one_line_and_answered_with_one_key(room: Room, desks: Desks) -> None:
    page, colleague = desks("dispatcher", "/dispatch"), desks("taker", "/calls")
    # Not before the end of the ten minutes, at any time of day.
    zone = ZoneInfo(room.get("dispatcher", "/api/pack")["timezone"])
    until = datetime.now(zone) + timedelta(hours=2)
    typed(page, f"NOTICE urgent ack 10 until {until:%H:%M} Channel 2 is down")
    said = page.get_by_text(re.compile("to be acknowledged within 10 min.*“Channel 2 is down”"))
    expect(said).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Notice posted")).to_be_visible()
    note = colleague.get_by_role("note").filter(has_text="Channel 2 is down")
    expect(note).to_be_visible()
    colleague.keyboard.press("y")
    expect(note).to_have_count(0)
    [row] = room.board()["notices"]
    assert (row["priority"], row["acknowledged"]) == ("urgent", ["taker"])
    # Who said it isn't asked to answer it.
    expect(page.get_by_role("note").filter(has_text="Channel 2")).to_have_count(0)


@pytest.mark.deep
def test_nothing_moves_when_a_notice_comes(room: Room, desks: Desks) -> None:
    page = desks("colleague", "/dispatch", width=1366, height=768)
    remember(page)
    room.post_notice("Bridge lift at 22:00", priority="urgent")
    expect(page.get_by_role("note").filter(has_text="Bridge lift")).to_be_visible()
    nothing_moved(page)


def test_a_notice_that_is_posted_with_two_clicks_is_one(room: Room, desks: Desks) -> None:
    page = desks("supervisor", "/notices")
    page.get_by_role("textbox", name="Notice").fill("Bridge lift at 22:00")
    page.get_by_role("button", name="Post notice").dblclick()
    expect(page.get_by_text("Notice posted")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Bridge lift at 22:00")).to_have_count(1)
    assert len(room.board()["notices"]) == 1


def test_a_second_click_answers_no_notice_that_nobody_has_read(room: Room, desks: Desks) -> None:
    room.post_notice("Bridge lift at 22:00", minutes=30)
    second = room.post_notice("Channel 2 is down", minutes=60)
    page = desks("taker", "/calls")
    seen = page.get_by_role("note").get_by_role("button", name="Seen")
    box = seen.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_role("note").filter(has_text="Channel 2 is down")).to_be_visible()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(500)
    [row] = [one for one in room.board()["notices"] if one["id"] == second]
    assert row["acknowledged"] == []


def test_an_auditor_is_not_asked_to_answer(room: Room, desks: Desks) -> None:
    room.post_notice("Bridge lift at 22:00")
    page = desks("auditor", "/audit")
    expect(page.get_by_text(re.compile("posted a notice")).first).to_be_visible()
    expect(page.get_by_role("note")).to_have_count(0)


@pytest.mark.deep
def test_who_has_not_acknowledged_yet_is_a_list_and_a_notice_is_replaced(
    room: Room, desks: Desks
) -> None:
    taker = desks("taker", "/calls")
    notice = room.post_notice("Bridge lift at 22:00", answer="acknowledge")
    page = desks("supervisor", "/notices")
    row = page.get_by_role("row").filter(has_text="Bridge lift at 22:00")
    missing = row.get_by_role("gridcell").filter(has_text=re.compile(r"taker(?!\d)"))
    expect(missing).to_be_visible()
    expect(taker.get_by_role("note").filter(has_text="Bridge lift")).to_be_visible()
    taker.keyboard.press("y")
    expect(missing).to_have_count(0)
    row.get_by_role("button", name="Replace").click()
    text = page.get_by_role("textbox", name="Notice")
    expect(text).to_have_value("Bridge lift at 22:00")
    text.fill("Bridge lift at 23:00")
    page.get_by_role("button", name="Replace notice").click()
    expect(page.get_by_role("row").filter(has_text="23:00")).to_be_visible()
    expect(row).to_contain_text("replaced")
    [standing] = room.board()["notices"]
    assert standing["replaces"] == notice


def test_a_list_is_filtered_sorted_and_gone_through_by_keyboard(room: Room, desks: Desks) -> None:
    for text, minutes in (("Bridge lift", 30), ("Channel 2 is down", 90), ("Bridge closed", 60)):
        room.post_notice(text, minutes=minutes)
    page = desks("supervisor", "/notices")
    rows = page.get_by_role("grid", name="Notices").get_by_role("row")
    expect(rows.first).to_contain_text("Channel 2")
    page.get_by_role("button", name=re.compile("^Until")).click()
    expect(rows.first).to_contain_text("Bridge lift")
    page.get_by_role("searchbox", name="Filter").fill("bridge")
    expect(rows).to_have_count(2)
    page.get_by_role("grid", name="Notices").focus()
    page.keyboard.press("End")
    expect(rows.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Notice acknowledged")).to_be_visible()


def test_an_officer_reads_and_acknowledges_it_on_the_telephone(room: Room, desks: Desks) -> None:
    phone = desks("officer", "/field", width=390, height=844, has_touch=True)
    expect(phone.get_by_text("An assignment appears here by itself.")).to_be_visible()
    room.post_notice("Channel 2 is down", answer="acknowledge")
    note = phone.get_by_role("region", name="Notice")
    expect(note).to_contain_text("Channel 2 is down")
    note.get_by_role("button", name="Seen").tap()
    expect(note).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("An assignment appears here by itself.")).to_be_visible()
    expect(note).to_have_count(0)


def test_whoever_takes_the_desk_sees_what_stands(room: Room, desks: Desks) -> None:
    room.post_notice("Bridge lift at 22:00")
    page = desks("colleague", "/handover")
    standing = page.get_by_role("region", name="Notices that stand")
    expect(standing).to_contain_text("Bridge lift at 22:00")


def test_a_notice_is_withdrawn_by_its_first_words(room: Room, desks: Desks) -> None:
    room.post_notice("Bridge lift at 22:00")
    room.post_notice("Channel 2 is down")
    page = desks("dispatcher", "/dispatch")
    expect(page.get_by_role("link", name="Notices")).to_be_visible()
    typed(page, "WITHDRAW channel 2")
    expect(page.get_by_text("“Channel 2 is down”")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Notice withdrawn")).to_be_visible()
    [left] = room.board()["notices"]
    assert room.get("dispatcher", "/api/readings/notices")["notices"][0]["text"].startswith(
        "Bridge"
    )
    assert left["state"] == "posted"

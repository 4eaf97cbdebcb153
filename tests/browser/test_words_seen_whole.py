"""What must be read isn't cut where there is room for it, or is left out whole."""

import re
import time
import uuid
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Desks
from tests.browser.looked_at import cut_off
from tests.browser.room import Room
from tests.harness.examples import by_night

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ["en-GB", by_night("zh-CN")]
"""The longer words at each commit."""
WIDTHS = {"a phone": 360, "200 %": 960, "1366 x 768": 1366}
CUT = "one => one.scrollWidth > one.clientWidth + 1"


def cut(parts: Locator) -> list[str]:
    return [part.inner_text() for part in parts.all() if part.evaluate(CUT)]


def at_each_width(page: Page) -> Any:
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 740})
        page.wait_for_function("width => innerWidth === width", arg=width)
        page.wait_for_timeout(200)
        yield name


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_settings_are_seen_whole_on_a_phone(desks: Desks, locale: str) -> None:
    page = desks("dispatcher", "/dispatch", locale=locale, width=360, height=740)
    page.get_by_role("button", name=re.compile("(Settings|设置)$")).click()
    expect(page.get_by_role("combobox", name=re.compile("^(Theme|主题)$"))).to_be_visible()
    assert cut_off(page) == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_hint_beside_the_command_line_ends_with_a_whole_part(desks: Desks, locale: str) -> None:
    page = desks("dispatcher", "/dispatch", locale=locale)
    echo = page.locator("#echo")
    for name in at_each_width(page):
        assert cut(echo) == [], name
        seen = echo.locator(".hint > span").evaluate_all(
            """(parts) => parts.map((part) => {
              const [is, around] = [part, part.parentElement].map((x) => x.getBoundingClientRect());
              return [is.top < around.bottom - 1, is.right <= around.right + 1];
            })"""
        )
        assert all(whole for shown, whole in seen if shown), name
        assert seen[0][0], name


@pytest.mark.parametrize("locale", LANGUAGES)
def test_an_emergency_names_the_unit_the_incident_and_the_place(
    room: Room, desks: Desks, locale: str
) -> None:
    room.place_at("P2", 0)
    incident = room.open_incident(at=0)
    room.send(incident["id"], "P2")
    room.act("dispatcher", "unit.raise_emergency", unit="P2")
    page = desks("dispatcher", "/dispatch", locale=locale)
    banner = page.get_by_role("alert").filter(has_text="P2" if locale == "en-GB" else "巡102")
    expect(banner).to_be_visible()
    for name in at_each_width(page):
        if name != "a phone":
            assert incident["number"] in banner.inner_text(), name
            assert cut(banner.locator(".who")) == [], name
        strong = banner.locator("strong")
        right = strong.evaluate("one => one.getBoundingClientRect().right")
        assert right <= banner.evaluate("one => one.getBoundingClientRect().right") + 1, name
    assert cut(banner.locator(".place")) == []


@pytest.mark.deep
@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_list_of_calls_says_what_is_owed_and_who_has_them(
    room: Room, desks: Desks, locale: str
) -> None:
    silent = room.ring("110-1")
    room.act("taker2", "call.claim", call=silent)
    room.act("taker2", "call.mark_silent", call=silent)
    gone = room.ring("110-2")
    room.machine("/api/actions/call.hang_up", {"action": gone, "command": {"call": gone}})
    try:
        page = desks("taker", "/calls", locale=locale)
        english = locale == "en-GB"
        for line, said in (
            ("110-1", "Being taken · silent" if english else "接听中 · 无声"),
            ("110-2", "Hung up · call back" if english else "早释 · 待回拨"),
        ):
            expect(
                page.get_by_role("button", name=re.compile(line)).filter(has_text=said)
            ).to_be_visible()
        for name in at_each_width(page):
            assert cut(page.locator(".calls .state")) == [], name
            if name != "a phone":
                assert cut(page.locator(".calls .who")) == [], name
    finally:
        room.act("taker2", "call.call_back", call=silent, outcome="reached")
        room.act("taker", "call.claim", call=gone)
        room.act("taker", "call.call_back", call=gone, outcome="reached")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_queue_says_what_waits_and_what_is_still_short(
    room: Room, desks: Desks, locale: str
) -> None:
    waits = [room.open_incident(one) for one in ("TRAF-DAMAGE", "POL-FRAUD", "POL-SUSPICIOUS")]
    short = room.open_incident("FIRE-STRUCT", priority=1)
    for unit in ("P2", "P3", "A1", "E1"):
        room.send(short["id"], unit)
    page = desks("dispatcher", "/dispatch", locale=locale, width=1366, height=768)
    for row in waits:
        expect(page.locator(f"#row-{row['id']}")).to_be_visible()
        assert cut(page.locator(f"#row-{row['id']} .category")) == []
    sign = page.locator(f"#row-{short['id']} .short")
    expect(sign).to_be_visible()
    right = sign.evaluate("one => one.getBoundingClientRect().right")
    assert right <= sign.locator("..").evaluate("one => one.getBoundingClientRect().right") + 1


def test_why_a_command_cannot_be_done_is_read_whole(room: Room, desks: Desks) -> None:
    room.send(room.open_incident()["id"], "P2")
    other = room.open_incident("TRAF-DAMAGE")
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    page.locator(f"#row-{other['id']}").click()
    page.keyboard.press("F2")
    page.keyboard.type("D P2")
    why = page.locator("#echo.problem .remedy")
    expect(why).to_contain_text("RE P2")
    assert cut(why) == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_two_emergencies_name_their_units_and_incidents(
    room: Room, desks: Desks, locale: str
) -> None:
    for at, unit in enumerate(("P2", "P3")):
        room.place_at(unit, at)
        room.send(room.open_incident(at=at)["id"], unit)
        room.act("dispatcher", "unit.raise_emergency", unit=unit)
    page = desks("dispatcher", "/dispatch", locale=locale, width=1366, height=768)
    who = page.get_by_role("alert").locator(".who")
    expect(who).to_have_count(2)
    assert cut(who) == []
    for unit in ("P2", "P3"):
        room.act("dispatcher", "unit.acknowledge_emergency", unit=unit)
    end = "End emergency" if locale == "en-GB" else "解除紧急告警"
    expect(page.get_by_role("button", name=end)).to_have_count(2)
    assert cut(who) == []


@pytest.mark.deep
def test_on_a_phone_what_is_said_has_its_button(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch", width=360, height=740)
    room.act("colleague", "notice.post", notice=str(uuid.uuid4()), text="Channel 2 is down",
             until_ms=time.time_ns() // 1_000_000 + 3_600_000)  # fmt: skip
    note = page.get_by_role("note").filter(has_text="Channel 2")
    expect(note.get_by_role("button")).to_be_in_viewport(ratio=1)
    room.act("colleague", "desk.start_handover", handover=str(uuid.uuid4()), to="dispatcher")
    said = page.get_by_role("contentinfo").get_by_role("status")
    expect(said.get_by_text("hands the desk over to you")).to_be_visible()
    expect(note).to_have_count(0)
    for button in said.get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)
    said.get_by_role("button").last.click()
    expect(note.get_by_role("button")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_open_page_is_in_sight(desks: Desks) -> None:
    page = desks("supervisor", "/notices", width=360, height=740)
    here = page.get_by_role("navigation").locator("[aria-current]")
    expect(here).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_buttons_of_a_linked_call_are_seen_whole_on_a_phone(
    room: Room, desks: Desks, locale: str
) -> None:
    call = room.ring("110-1")
    room.act("taker", "call.claim", call=call)
    room.act("taker", "incident.link_call", call=call, incident=room.open_incident()["id"])
    page = desks("taker", "/calls", locale=locale, width=360, height=740)
    end = page.get_by_role("button", name=re.compile("End the call|结束报警通话"))
    expect(end).to_be_visible()
    assert cut_off(page) == []
    right = end.evaluate("one => one.getBoundingClientRect().right")
    assert right <= 360


@pytest.mark.deep
@pytest.mark.parametrize("locale", LANGUAGES)
def test_incidents_to_be_handed_over_name_all_their_units(
    room: Room, desks: Desks, locale: str
) -> None:
    incident = room.open_incident("FIRE-STRUCT", priority=1)
    for unit in ("E1", "E2", "E3", "L1", "A1", "P2"):
        room.send(incident["id"], unit)
    page = desks("dispatcher", "/handover", locale=locale)
    expect(page.get_by_role("listitem").filter(has_text=incident["number"])).to_be_visible()
    for name in at_each_width(page):
        assert cut(page.get_by_role("listitem").locator(".text")) == [], name

"""Nothing comes from elsewhere, nothing that is typed is ever executed."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import select

FORTY_NINE = re.compile(r"(?<![:\d])49(?![:\d])")
"""Not as part of a clock."""
pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>{{7*7}}${7*7}\' --'


def test_hostile_text_is_shown_as_text(room: Room, desks: Desks) -> None:
    incident = room.open_incident(label=HOSTILE)
    page = desks("dispatcher", "/dispatch", map="still")
    select(page, incident["number"])
    note = page.get_by_placeholder("Add a note, then Enter")
    note.fill(HOSTILE)
    note.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text=FORTY_NINE)).to_have_count(0)
    expect(page.get_by_text(HOSTILE, exact=True).nth(3)).to_be_visible()
    room.send(incident["id"], "P1")
    phone = desks("officer", "/field", width=390, height=844)
    expect(phone.get_by_text(HOSTILE, exact=True)).to_be_visible()
    expect(phone.get_by_text(HOSTILE)).to_have_count(2)
    for one in (page, phone):
        assert one.evaluate("[document.querySelectorAll('img').length, window.hurt]") == [0, None]


def test_the_policy_stops_what_is_not_ours_and_the_tests_see_it(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    assert desks.wrong == []
    with (
        page.expect_console_message(lambda message: "policy: img-src" in message.text),
        page.expect_console_message(lambda message: "policy: script-src" in message.text),
    ):
        page.evaluate("""() => {
          const script = document.createElement('script');
          script.textContent = 'window.hurt = 1';
          document.body.append(script, Object.assign(new Image(), { src: 'http://other.invalid/a' }));
        }""")
    assert page.evaluate("window.hurt") is None
    said = "\n".join(desks.wrong)
    desks.wrong.clear()
    assert "policy: script-src-elem inline" in said
    assert "policy: img-src http://other.invalid/a" in said


@pytest.mark.parametrize(
    ("member", "path"),
    [
        ("taker", "/calls"),
        ("supervisor", "/supervise"),
        ("colleague", "/handover"),
        ("auditor", "/audit"),
        ("officer", "/field"),
    ],
)
def test_every_page_asks_its_own_host_only(
    room: Room, desks: Desks, member: str, path: str
) -> None:
    """What any page asked of another host, or said as an error, fails it when it is left."""
    asked: list[str] = []
    page = desks.blank()
    page.context.add_cookies(room.cookies(member))
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(room.base + path)
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("load")
    assert len([url for url in asked if url.startswith(room.base)]) > 3

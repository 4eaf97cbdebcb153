"""While Chinese is typed, keys belong to the input method, whichever browser sends them."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAYS = {
    "while it is composed": "isComposing: true",
    "that ends it, in Safari": "isComposing: false, keyCode: 229",
}


def press(page: Page, key: str, how: str) -> None:
    """A key as the browser sends it while an input method is open."""
    page.evaluate(
        f"""(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{
          key, code: 'Enter', bubbles: true, cancelable: true, {how} }}))""",
        key,
    )


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_a_command_is_not_sent_by_the_key_that_ends_an_input(
    room: Room, desks: Desks, how: str
) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_be_visible()
    page.keyboard.press("F2")
    line = f"D P2 {incident['number']}"
    page.keyboard.type(line)
    press(page, "Enter", how)
    expect(page.get_by_role("combobox", name="Command")).to_have_value(line)
    assert room.unit("P2")["status"] == "available"
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=incident["number"])).to_contain_text("P2")


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_a_call_is_not_ended_by_a_figure_of_the_input_method(
    room: Room, desks: Desks, how: str
) -> None:
    call = room.ring("110-7")
    page = desks("taker", "/calls")
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()
    page.keyboard.press("F9")
    reasons = page.get_by_role("group", name="End without an incident")
    expect(reasons).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "1", how)
    page.evaluate("fetch('/api/session').then((answer) => answer.text())")  # comes after all else
    assert [url for url in asked if "/api/actions/" in url] == []
    expect(reasons).to_be_visible()
    states = {row["id"]: row["state"] for row in room.board()["calls"]}
    assert states[call] == "claimed"
    page.keyboard.press("1")
    expect(reasons).to_have_count(0)

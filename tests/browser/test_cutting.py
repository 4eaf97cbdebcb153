"""What a test cuts off is cut off before anything that it does next."""

import pytest
from tests.browser.conftest import Desks
from tests.browser.cutting import stop
from tests.browser.room import Room

pytestmark = [pytest.mark.browser]
BUSY = """() => {
  const spin = () => { const end = performance.now() + 3; while (performance.now() < end); };
  for (let each = 0; each < 5; each++) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { spin(); port2.postMessage(0); };
    port2.postMessage(0);
  }
}"""
ASK = """() => addEventListener('keydown', () =>
  fetch('/api/session').then(() => (window.came = 'through'), () => (window.came = 'cut off')))"""


def test_a_key_on_a_busy_page_comes_after_what_was_cut_off(room: Room, desks: Desks) -> None:
    page = desks.blank()
    page.goto(room.base)
    page.evaluate(ASK)
    page.evaluate(BUSY)
    desks.expect("net::ERR_FAILED")
    stop(page, "**/api/session")
    page.keyboard.press("x")
    page.wait_for_function("window.came", polling=100)
    assert page.evaluate("window.came") == "cut off"

"""No English is left on the Chinese pages of those who work in the room."""

import re

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Desks
from tests.browser.room import Room

pytestmark = pytest.mark.browser

ALLOWED = {"Alt", "Ctrl", "Enter", "Esc", "Shift", "English", "Parquet", "CSV", "HTML", "SHA"}
"""Names of keys, file formats, and the way to the other language."""
SAID = """() => {
  const skipped = 'kbd, code, script, style, [lang=en], .maplibregl-ctrl';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(skipped) && parent.checkVisibility()) found.push(walker.currentNode.data);
  }
  return found;
}"""


def english(page: Page) -> list[str]:
    """Words of three small letters or more, beside those that may stand there."""
    said = [line for line in page.evaluate(SAID) if re.search(r"[a-z]{3}", line)]
    words = {word for line in said for word in re.findall(r"[A-Za-z]*[a-z]{3,}", line)}
    return sorted(words - ALLOWED)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("taker", "/calls"),
        ("dispatcher", "/dispatch"),
        ("dispatcher", "/handover"),
        ("supervisor", "/supervise"),
        ("officer", "/field"),
        ("planner", "/plan"),
        ("trainer", "/practice"),
    ],
)
def test_a_chinese_page_has_no_english_words(
    desks: Desks, room: Room, name: str, path: str
) -> None:
    room.open_incident("FIRE-STRUCT", label="人民广场")
    page = desks(name, path, locale="zh-CN")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.wait_for_timeout(1000)
    assert [word for word in english(page) if word != name] == []

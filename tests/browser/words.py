"""English words on a page that is to have none."""

import re

from playwright.sync_api import Page

# Everything that is written on the screen or read aloud from it.
WORDS = """() => [...document.querySelectorAll('body *')].flatMap((element) => {
  const shown = element.checkVisibility({ visibilityProperty: true });
  if (!shown || element.closest('[lang=en]')) return [];
  const own = [...element.childNodes].filter((node) => node.nodeType === 3);
  const said = ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name));
  return [...own.map((node) => node.data), ...said].filter((text) => text && text.trim());
})"""
# Members, keys of the keyboard, examples of what may be typed; units and commands have capitals.
NOT_WORDS = {"dispatcher", "supervisor", "officer", "taker", "taker2", "auditor", "colleague"}
NOT_WORDS |= {"Esc", "Ctrl", "Enter", "Shift", "Alt", "daoqie", "fire", "km", "English"}
WORD = r"[A-Za-z][A-Za-z'’]+\d*"


def english_words(page: Page) -> set[str]:
    found = set(re.findall(WORD, " ".join(page.evaluate(WORDS))))
    return {word for word in found - NOT_WORDS if not word.isupper() and not word[1:].isdigit()}

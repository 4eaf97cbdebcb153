"""An open page in both languages, both themes and at each size, without loading it again."""

import os
import re
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Page, expect
from tests.browser.looked_at import cut_off
from tests.browser.words import WORD, english_words
from tests.harness.examples import DEEP

PICTURES: Final = os.environ.get("DUTYROOM_PICTURES", "")
"""A folder for pictures of all looks; none are taken without it."""
SIZES: Final = {
    "1366x768": (1366, 768),
    "1920x1080": (1920, 1080),
    "2560x1440": (2560, 1440),
    "200%": (960, 540),
    "360px": (360, 740),
}
TRIES: Final = 20
SAID_CUT: Final = """() => [...document.querySelectorAll('[role=status] .text')]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.textContent}: the message is cut`)"""
# As another window of this browser would set it.
SET = """([language, theme]) => {
  const key = Object.keys(localStorage).find((one) => one.endsWith('/settings'));
  const set = { ...JSON.parse(localStorage.getItem(key)), language, theme, themeOf: 'person' };
  localStorage.setItem(key, JSON.stringify(set));
  dispatchEvent(new StorageEvent('storage', { key }));
}"""


class Look(NamedTuple):
    language: str
    theme: str
    size: str


LOOKS: Final = [Look(*one) for one in product(("en", "zh"), ("dark", "light"), SIZES)]


class AllLooks:
    """Looks at pages of a story: by night in all ways; at a commit in one, another one each time.

    `typed`: what people write in it, and their names. `wrong`: what is cut off, can't be reached,
    or is English on a Chinese page, by moment and look."""

    def __init__(self, story: str, typed: str) -> None:
        self.story = story
        self.typed = set(re.findall(WORD, typed))
        self.moments = 0
        self.wrong: dict[tuple[str, Look], list[str]] = {}

    def at(self, page: Page, moment: str) -> None:
        """The page is afterwards as it was."""
        self.moments += 1
        before = page.viewport_size
        assert before is not None
        # Seven and twenty have no factor in common: so each look has its turn.
        looks = LOOKS if DEEP or PICTURES else [LOOKS[self.moments * 7 % len(LOOKS)]]
        for look in looks:
            self._look(page, moment, look)
        page.evaluate(SET, ["en", "dark"])
        page.set_viewport_size(before)
        expect(page.locator("html")).to_have_attribute("lang", "en")

    def _look(self, page: Page, moment: str, look: Look) -> None:
        width, height = SIZES[look.size]
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SET, [look.language, look.theme])
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{look.language}"))
        for _ in range(TRIES):
            page.wait_for_timeout(100)
            found = cut_off(page) + page.evaluate(SAID_CUT)
            if look.language == "zh":
                found += sorted(english_words(page) - self.typed)
            if not found:
                break
        else:
            self.wrong[moment, look] = found
        if PICTURES:
            name = f"{self.story} {self.moments:02} {moment} {' '.join(look)}.png"
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(PICTURES) / name)

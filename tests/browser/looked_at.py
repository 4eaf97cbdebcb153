"""What can be seen of a page at a size: parts, controls, and what moves by itself."""

from typing import Any

from playwright.sync_api import Locator, Page
from tests.harness.examples import DEEP

SIZES = {
    "1366 x 768": (1366, 768),
    "1440 x 900": (1440, 900),
    "1920 x 1080": (1920, 1080),
    "2560 x 1440": (2560, 1440),
    "1366 x 768 at 125 %": (1093, 614),
    "1920 x 1080 at 200 %": (960, 540),
    "a phone": (360, 740),
    "a small phone": (360, 640),
}
AT_EACH_COMMIT = ("1366 x 768", "1920 x 1080 at 200 %", "a phone")
"""Where something was hidden or cut off before; the night's tests go through all sizes."""
LOOKED_AT = {name: size for name, size in SIZES.items() if DEEP or name in AT_EACH_COMMIT}

# Is most of it on the screen, and does nothing lie over it?
UNCOVERED = """(part) => {
  const { left, top, right, bottom } = part.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.08, 0.15], [0.92, 0.15], [0.08, 0.85], [0.92, 0.85]];
  return spots.filter(([x, y]) => {
    const at = [left + x * (right - left), top + y * (bottom - top)];
    const seen = document.elementFromPoint(...at);
    return seen && part.contains(seen);
  }).length;
}"""

# Controls that can't be reached by scrolling, words of buttons that are cut, and a page that
# scrolls sideways.
CUT_OFF = """() => {
  const found = [];
  const name = (one) => (one.getAttribute('aria-label') || one.textContent || one.id).trim()
    .replace(/\\s+/g, ' ').slice(0, 40);
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`the page scrolls sideways by ${wide} px`);
  for (let box = document.querySelector('main > *'); box; box = box.parentElement)
    if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== 'visible')
      found.push(`${box.className} scrolls sideways by ${box.scrollWidth - box.clientWidth} px`);
  const controls = 'button, a[href], input, select, textarea, [role=tab]';
  for (const one of document.querySelectorAll(controls)) {
    const box = one.getBoundingClientRect();
    if (!one.checkVisibility({ visibilityProperty: true }) || box.width <= 2) continue;
    let [across, down] = [false, false];
    for (let up = one.parentElement; up; up = up.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      across ||= /auto|scroll/.test(overflowX) && up.scrollWidth > up.clientWidth;
      down ||= /auto|scroll/.test(overflowY) && up.scrollHeight > up.clientHeight;
      if (!across && /hidden|clip/.test(overflowX)
          && (box.left < edge.left - 2 || box.right > edge.right + 2))
        found.push(`${name(one)}: cut off at the side`);
      if (!down && /hidden|clip/.test(overflowY)
          && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2))
        found.push(`${name(one)}: cut off`);
    }
    if (!across && (box.left < -1 || box.right > innerWidth + 1))
      found.push(`${name(one)}: beside the screen`);
    down ||= document.scrollingElement.scrollHeight > innerHeight;
    if (!down && (box.top < -1 || box.bottom > innerHeight + 1))
      found.push(`${name(one)}: under the screen`);
    if (one.matches('.button, [role=tab], nav a') && one.scrollWidth > one.clientWidth + 1)
      found.push(`${name(one)}: its words are cut`);
  }
  return [...new Set(found)];
}"""

# Notes where everything is that may be pressed or read, lists left aside: they may gain rows.
REMEMBER = """() => {
  const lists = '[role=grid] *, ul *, ol *, .maplibregl-map *, .timer, .timer *';
  window.remembered = [...document.querySelectorAll('body *')]
    .filter((one) => !one.matches(lists)
      && one.matches('section, header, footer, nav, a, button, input, select, textarea, h1, h2, '
        + 'h3, dt, dd, form, [role]')
      && one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one, one.getBoundingClientRect()]);
  return window.remembered.length;
}"""
MOVED = """() => window.remembered.flatMap(([one, was]) => {
  if (!one.isConnected || !one.checkVisibility({ visibilityProperty: true })) return [];
  const is = one.getBoundingClientRect();
  const by = [is.left - was.left, is.top - was.top].map(Math.round);
  const name = (one.getAttribute('aria-label') || one.textContent).trim().slice(0, 30);
  return by.some((px) => px !== 0) ? [`${one.tagName} ${name}: ${by}`] : [];
})"""

# What the browser itself counts as a shift without input, lists left aside.
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      for (const { node, previousRect: was, currentRect: is } of entry.sources) {
        const one = node?.nodeType === 1 ? node : node?.parentElement;
        if (entry.hadRecentInput || !one || one.closest('[role=grid], ul, ol')) continue;
        if (was.x !== is.x || was.y !== is.y)
          window.shifts.push(`${one.tagName}.${one.className} ${is.x - was.x},${is.y - was.y}`);
      }
  }).observe({ type: 'layout-shift' });
}"""


def lacks(part: Locator, least_px: int) -> str:
    """Why this part can't be worked with; empty where it can."""
    box = part.bounding_box() if part.count() == 1 and part.is_visible() else None
    if box is None:
        return "isn't there"
    if box["height"] < least_px or box["width"] < 40:
        return f"is {box['width']:.0f} x {box['height']:.0f} px"
    uncovered = part.evaluate(UNCOVERED)
    return "" if uncovered >= 4 else f"is covered or off the screen ({uncovered} of 5 seen)"


def cut_off(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(CUT_OFF)
    return found

"""Pages that go from test to test, with nothing of the one before: a browser that has loaded the
console once opens it again in a quarter of the time."""

from typing import Any

from playwright.sync_api import Browser, Error, Page

PATIENCE_MS = 60_000
"""How long what is expected may take to come: what comes costs nothing, on a busy machine either."""
# What the page's own policy stops is said as an error, so that a test sees it.
# A page that is loaded anew shows its map, or none, as it did: `?nomap` and `?freeze` are gone from
# its address as soon as it goes on.
WATCH = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
if (/^\\?(nomap|freeze)$/.test(location.search)) window.name = location.search;
else if (/^\\?/.test(window.name) && performance.getEntriesByType('navigation')[0]?.type === 'reload') {
  const asked = location.search ? `${location.search}&${window.name.slice(1)}` : window.name;
  history.replaceState(history.state, '', location.pathname + asked + location.hash);
}
"""
QUIET = "/icon.svg"
"""A page of the room on which no script runs."""
OUTSIDE = (-100, -100)
FORGET = """async () => {
  window.name = '';
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases())
    await new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = done;
      request.onblocked = request.onerror = failed;
    });
}"""

CAN_CHANGE = {"width": 1440, "height": 900, "color_scheme": "dark", "reduced_motion": "reduce"}
"""What an open page can be given, and what it has if nothing is said."""

type Settings = tuple[tuple[str, Any], ...]
"""What else a test asks of a page: language, touch and the like, by name."""


def fresh_page(browser: Browser, **asked: Any) -> Page:
    """The only page of a browser that has seen nothing yet."""
    more = CAN_CHANGE | asked
    viewport: Any = {"width": more.pop("width"), "height": more.pop("height")}
    context = browser.new_context(viewport=viewport, **more)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(WATCH)
    return context.new_page()


class Kept:
    """Pages that nobody uses now, by what they were opened with and can't change."""

    def __init__(self) -> None:
        self._free: dict[Settings, list[Page]] = {}

    def lend(self, browser: Browser, asked: dict[str, Any]) -> Page:
        """One that was used before, made what is asked for; else a fresh one."""
        free = self._free.get(_fixed(asked))
        if not free:
            return fresh_page(browser, **asked)
        page, more = free.pop(), CAN_CHANGE | asked
        size: Any = {"width": more["width"], "height": more["height"]}
        if page.viewport_size != size:
            page.set_viewport_size(size)
        page.emulate_media(
            media="null", color_scheme=more["color_scheme"], reduced_motion=more["reduced_motion"]
        )
        return page

    def take_back(self, page: Page, asked: dict[str, Any], base: str) -> None:
        """Make it forget what it has seen, or close it where that can't be done."""
        context = page.context
        if page.is_closed() or len(context.pages) > 1 or context.service_workers:
            context.close()
            return
        try:
            page.unroute_all()
            context.unroute_all()
            context.set_offline(False)
            context.clear_permissions()
            page.goto(base + QUIET)
            page.evaluate(FORGET)
            context.clear_cookies()
            page.mouse.move(*OUTSIDE)
        except Error:
            context.close()
        else:
            self._free.setdefault(_fixed(asked), []).append(page)


def _fixed(asked: dict[str, Any]) -> Settings:
    return tuple(sorted((name, said) for name, said in asked.items() if name not in CAN_CHANGE))

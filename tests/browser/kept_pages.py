"""Pages that go from test to test, with nothing of the one before: a browser that has loaded the
console once opens it again in a quarter of the time."""

from typing import Any

from playwright.sync_api import Browser, Error, Page

PATIENCE_MS = 60_000
"""How long what is expected may take to come: what comes costs nothing, on a busy machine either."""
# What the page's own policy stops is said as an error, so that a test sees it.
WATCH = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
"""
QUIET = "/icon.svg"
"""A page of the room on which no script runs."""
OUTSIDE = (-100, -100)
FORGET = """async () => {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases())
    await new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = done;
      request.onblocked = request.onerror = failed;
    });
}"""

type Settings = tuple[tuple[str, Any], ...]
"""What a test asks of a page: size, language and the like, by name."""


def fresh_page(browser: Browser, *, width: int = 1440, height: int = 900, **more: Any) -> Page:
    """The only page of a browser that has seen nothing yet."""
    more = {"color_scheme": "dark", **more}
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **more
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(WATCH)
    return context.new_page()


class Kept:
    """Pages that nobody uses now, by what they were opened with."""

    def __init__(self) -> None:
        self._free: dict[Settings, list[Page]] = {}

    def lend(self, browser: Browser, settings: Settings) -> Page:
        """One that was used before with the same settings, else a fresh one."""
        free = self._free.get(settings)
        return free.pop() if free else fresh_page(browser, **dict(settings))

    def take_back(self, page: Page, settings: Settings, base: str) -> None:
        """Make it as fresh as it was, or close it where that can't be done."""
        context = page.context
        if page.is_closed() or len(context.pages) > 1 or context.service_workers:
            context.close()
            return
        given = dict(settings)
        try:
            page.unroute_all()
            context.unroute_all()
            context.set_offline(False)
            context.clear_permissions()
            page.goto(base + QUIET)
            page.evaluate(FORGET)
            context.clear_cookies()
            page.set_viewport_size(
                {"width": given.get("width", 1440), "height": given.get("height", 900)}
            )
            page.emulate_media(
                media="null",
                color_scheme=given.get("color_scheme", "dark"),
                reduced_motion=given.get("reduced_motion", "reduce"),
            )
            page.mouse.move(*OUTSIDE)
        except Error:
            context.close()
        else:
            self._free.setdefault(settings, []).append(page)

"""Requests that a test stops on their way, or answers itself."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route

PROBE = "**/?stopped"
STOPPED = """async () => {
  while ((await (await fetch('/?stopped')).text()) !== 'stopped');
}"""


def stop(
    where: Page | BrowserContext,
    address: str,
    how: Callable[[Route], None] = lambda route: route.abort(),
) -> None:
    """From now on requests to an address are cut off, or go the way of ``how``.

    Playwright's own `route` is done when the browser knows it. A busy page hears of it later than
    of a key or a click that comes afterwards, and the request of that one would still go through.
    """
    where.route(address, how)
    where.route(PROBE, lambda route: route.fulfill(body="stopped"))
    for page in where.pages if isinstance(where, BrowserContext) else [where]:
        page.evaluate(STOPPED)
    where.unroute(PROBE)

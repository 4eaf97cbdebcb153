"""A real browser against the real server. Without a browser these tests fail and say so."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from tests.browser.room import Room

# Playwright's synchronous interface keeps an event loop running on this thread; Django would then
# refuse every query of the tests that come afterwards, although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE_MS = 60_000
"""How long what is expected may take to come: what comes costs nothing, on a busy machine either."""
SIGNED_OUT = "401"
"""So may be answered what is under way while somebody signs out."""
LONG_MS = 600_000
"""Of what gives way to everything else on the machine: a rehearsal, a room for practice; and of a
map, which has no graphics card here."""
LIVE = re.compile(r"^\s*(●\s*)?(Live|实时)")
# What the page's own policy stops is said as an error, so that a test sees it.
WATCH = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=ARGS)
        except Exception as error:
            pytest.fail(f"no browser for the browser tests: apt-get install chromium ({error})")
        expect.set_options(timeout=PATIENCE_MS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def built_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    from django.conf import settings

    if not (settings.CONSOLE / "index.html").is_file():
        pytest.fail("the console has not been built: make console")
    made = Room(tmp_path_factory.mktemp("browser") / "home")
    yield made
    made.stop(signal.SIGTERM)


@pytest.fixture
def room(built_room: Room) -> Iterator[Room]:
    """The room, quiet; whatever a test began is ended after it."""
    yield built_room
    built_room.tidy()


class Desks:
    """Opens pages of members; notes everything that goes wrong in any of them."""

    def __init__(self, browser: Browser, room: Room) -> None:
        self.browser = browser
        self.room = room
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._expected: set[str] = {"net::ERR_INTERNET_DISCONNECTED"}
        self._hosts: list[str] = [room.base + "/", "blob:", "data:"]

    def expect(self, error: str) -> None:
        """This test provokes an error of the network or of the policy on purpose."""
        self._expected.add(error)

    def allow(self, base: str) -> None:
        """This test looks at a second address."""
        self._hosts.append(base + "/")

    def blank(self, *, width: int = 1440, height: int = 900, **more: Any) -> Page:
        """A fresh browser in which nobody is signed in."""
        more = {"color_scheme": "dark", **more}
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **more
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        context.on("request", self._request)
        return page

    def __call__(self, name: str, path: str, *, moving: bool = False, **more: Any) -> Page:
        """The page of a member. Its map draws once, which saves time, or goes on `moving`."""
        page = self.blank(**more)
        page.context.add_cookies(self.room.cookies(name))
        page.goto(self.room.base + path + ("" if moving else "?freeze"))
        live = path not in ("/field", "/plan", "/practice")
        at_work = page.get_by_text(LIVE) if live else page.get_by_role("main")
        expect(at_work.first).to_be_visible()
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one in message.text for one in self._expected):
            self.wrong.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(tuple(self._hosts)):
            self.wrong.append(f"asked another host: {request.url}")


@pytest.fixture
def desks(browser: Browser, room: Room) -> Iterator[Desks]:
    made = Desks(browser, room)
    yield made
    made.close()
    assert made.wrong == []


@pytest.fixture
def no_plans_left(room: Room) -> Iterator[None]:
    """The next test finds the planner's page as it was."""
    yield
    headers = room.headers("planner")
    for kept in room.get("planner", "/api/plan")["plans"][1:]:
        room.ask("DELETE", f"/api/plan/plans/{kept['id']}", headers)

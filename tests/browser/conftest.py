"""A real browser against the real server. Without a browser these tests fail and say so."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)
from tests.browser.kept_pages import PATIENCE_MS, Kept, fresh_page
from tests.browser.room import Room

# Playwright's synchronous interface keeps an event loop running on this thread; Django would then
# refuse every query of the tests that come afterwards, although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SIGNED_OUT = "401"
"""So may be answered what is under way while somebody signs out."""
LONG_MS = 600_000
"""Of what gives way to everything else on the machine: a rehearsal, a room for practice, a browser's
process that shows nothing, such as the one that keeps a page; and of a map, which has no graphics
card here."""
MAPS: Final = {"empty": "?nomap", "still": "?freeze", "moving": ""}
LIVE = re.compile(r"^\s*(●\s*)?(Live|实时)")


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
def kept(browser: Browser) -> Kept:
    return Kept()


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

    def __init__(self, browser: Browser, room: Room, kept: Kept) -> None:
        self.browser = browser
        self.room = room
        self.kept = kept
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._lent: list[tuple[Page, dict[str, Any]]] = []
        self._expected: set[str] = {"net::ERR_INTERNET_DISCONNECTED"}
        self._hosts: list[str] = [room.base + "/", "blob:", "data:"]

    def expect(self, error: str) -> None:
        """This test provokes an error of the network or of the policy on purpose."""
        self._expected.add(error)

    def allow(self, base: str) -> None:
        """This test looks at a second address."""
        self._hosts.append(base + "/")

    def blank(self, **more: Any) -> Page:
        """A fresh browser in which nobody is signed in."""
        page = fresh_page(self.browser, **more)
        self.contexts.append(page.context)
        self._listen(page)
        return page

    def __call__(
        self,
        name: str,
        path: str,
        *,
        map: Literal["empty", "still", "moving"] = "empty",
        **more: Any,
    ) -> Page:
        """The page of a member. Its map costs more than all the rest here, without a graphics card:
        its place stays empty, or it is drawn once and stands still, or goes on moving."""
        if path == "/field":  # what works offline stays in the browser
            page = self.blank(**more)
        else:
            page = self.kept.lend(self.browser, more)
            self._lent.append((page, more))
            self._listen(page)
        page.context.add_cookies(self.room.cookies(name))
        page.goto(self.room.base + path + MAPS[map])
        live = path not in ("/field", "/plan", "/practice", "/partner")
        at_work = page.get_by_text(LIVE) if live else page.get_by_role("main")
        expect(at_work.first).to_be_visible()
        if path in ("/calls", "/dispatch"):  # the room itself is loaded after the frame
            expect(page.locator("main .view > *").first).to_be_attached()
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        for page, asked in self._lent:
            page.remove_listener("console", self._console)
            page.remove_listener("pageerror", self._error)
            page.context.remove_listener("request", self._request)
            self.kept.take_back(page, asked, self.room.base)

    def _listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.context.on("request", self._request)

    def _error(self, error: Error) -> None:
        self.wrong.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one in message.text for one in self._expected):
            self.wrong.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(tuple(self._hosts)):
            self.wrong.append(f"asked another host: {request.url}")


@pytest.fixture
def desks(browser: Browser, room: Room, kept: Kept) -> Iterator[Desks]:
    made = Desks(browser, room, kept)
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

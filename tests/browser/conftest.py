"""A real browser against the real server. Without a browser these tests fail and say so."""

import json
import os
import shutil
import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.serving import PASSWORD
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from tests.harness.server import Server, post

# Playwright's synchronous interface keeps an event loop running on this thread; Django would then
# refuse every query of the tests that come afterwards, although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PREPARE = """
import django, os, json
os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
django.setup()
from dutyroom.site.models import Member
from dutyroom.site.members import new_token
for name, role, unit in (("taker", "call_taker", ""), ("taker2", "call_taker", ""),
                         ("dispatcher", "dispatcher", ""), ("supervisor", "supervisor", ""),
                         ("officer", "field_officer", "P1"), ("auditor", "auditor", "")):
    Member.objects.enrol(name, role, "bench-password", unit=unit)
print(new_token(Member.objects.enrol("phone", "gateway", "bench-password")))
"""
ARGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=ARGS)
        except Exception as error:
            pytest.fail(f"no browser for the browser tests: apt-get install chromium ({error})")
        yield opened
        opened.close()


class Room(Server):
    """The server, and a telephone that can ring."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "")
        self.token = self.run("-c", PREPARE).strip().splitlines()[-1]
        self.base = f"http://localhost:{self.port}"

    def ring(self, line: str = "110-1", number: str = "13800000000") -> str:
        """A line rings; returns the call's id."""
        call = str(uuid.uuid4())
        command = {"call": call, "line": line, "number": number}
        body = json.dumps({"action": str(uuid.uuid4()), "command": command})
        sent = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        status, _ = post(self.port, "call.receive", body, sent) or (0, {})
        assert status == 200
        return call


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    from django.conf import settings

    if not (settings.CONSOLE / "index.html").is_file():
        pytest.fail("the console has not been built: make console")
    made = Room(tmp_path_factory.mktemp("browser") / "home")
    yield made
    made.stop(signal.SIGTERM)


@pytest.fixture
def enter(browser: Browser, room: Room) -> Iterator[Callable[..., Page]]:
    """Opens a page of a member; afterwards nothing may have gone wrong in any of them."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A line that fails while the network is cut on purpose is no fault of the page.
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            wrong.append(message.text)

    def open_page(
        name: str, path: str, *, width: int = 1440, height: int = 900, **more: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        context.add_init_script("localStorage.setItem('dutyroom.sound', 'off')")
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda r: (
                wrong.append(r.url) if not r.url.startswith((room.base, "blob:", "data:")) else None
            ),
        )
        page.goto(f"{room.base}/sign-in")
        page.get_by_label("Staff number").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(room.base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []

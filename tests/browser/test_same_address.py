"""One address serves one room after the other, as a test and then the real one: nothing goes across."""

import re
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from bench.serving import PASSWORD
from playwright.sync_api import Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Address:
    """A port that leads to one server, then to another, or to none."""

    def __init__(self, port: int) -> None:
        self._target: int | None = port
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def lead_to(self, port: int | None) -> None:
        """New connections go there; those that are open end."""
        with self._lock:
            self._target = port
            while self._open:
                _end(self._open.pop())

    def close(self) -> None:
        _end(self._listening)
        self.lead_to(None)

    def _accept(self) -> None:
        with suppress(OSError):  # until it is closed
            while True:
                near, _ = self._listening.accept()
                with self._lock:
                    self._lead(near)

    def _lead(self, near: socket.socket) -> None:
        far = None
        if self._target is not None:
            with suppress(OSError):  # nobody listens there just now
                far = socket.create_connection(("127.0.0.1", self._target))
        if far is None:
            _end(near)
            return
        self._open += [near, far]
        for pair in ((near, far), (far, near)):
            threading.Thread(target=_pump, args=pair, daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            sink.sendall(piece)
    _end(sink)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("other") / "home", other=True)
    yield made
    made.stop(signal.SIGTERM)


@pytest.fixture
def address(room: Room) -> Iterator[Address]:
    made = Address(room.port)
    yield made
    made.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Staff number").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    kept = page.get_by_text("This page opens without a network, too.")
    expect(kept).to_be_visible(timeout=LONG_MS)


def room_of(page: Page) -> str:
    return page.get_attribute("meta[name=dutyroom-room]", "content") or ""


@pytest.mark.deep
def test_what_is_unsent_for_one_room_never_reaches_another_at_its_address(
    room: Room, other: Room, address: Address, desks: Desks
) -> None:
    for error in ("net::ERR_", "401"):
        desks.expect(error)
    desks.allow(address.base)
    here, there = room.open_incident(), other.open_incident()
    room.send(here["id"], "P1")
    other.send(there["id"], "P1")
    page = desks.blank(width=360, height=740, has_touch=True)
    page.goto(address.base + "/sign-in")
    sign_in(page, "officer")
    first = room_of(page)
    expect(page.get_by_role("button", name="En route")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="En route").tap()
    expect(page.get_by_text("1 action waits to be sent")).to_be_visible()

    # The page is still the first room's; who answers it now is the second one.
    address.lead_to(other.port)
    page.context.set_offline(False)
    expect(page.get_by_label("Staff number")).to_be_visible()
    second = room_of(page)
    assert second != first
    sign_in(page, "officer")
    expect(page.get_by_role("button", name="En route")).to_be_visible()
    expect(page.get_by_text(re.compile("waits? to be sent"))).to_have_count(0)
    assert other.unit("P1")["status"] == "dispatched"
    kept = page.evaluate("caches.keys()")
    assert [name.rpartition("/")[0] for name in kept] == [f"dutyroom/{second}"]
    address.lead_to(None)
    page.reload()
    expect(page.get_by_role("button", name=re.compile("EMERGENCY"))).to_be_visible()
    assert room_of(page) == second

    address.lead_to(room.port)
    page.goto(address.base + "/field")
    expect(page.get_by_role("banner").get_by_text("En route", exact=True)).to_be_visible()
    assert room_of(page) == first
    expect(page.get_by_text("not confirmed")).to_have_count(0)
    assert room.unit("P1")["status"] == "en_route"
    assert other.unit("P1")["status"] == "dispatched"
    other.tidy()

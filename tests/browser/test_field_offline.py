"""An officer's telephone without a network: what was pressed is kept, sent once, as who pressed it."""

import re
from typing import Any

import pytest
from bench.serving import PASSWORD
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import LIVE, LONG_MS, SIGNED_OUT, Desks
from tests.browser.cutting import stop
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def telephone(desks: Desks, name: str = "officer") -> Page:
    """A telephone on which an officer has signed in once, ready for an hour without a network."""
    desks.expect("net::ERR_FAILED")  # what the service worker can't have
    page = desks.blank(width=360, height=740, has_touch=True)
    page.goto(desks.room.base + "/sign-in")
    sign_in(page, name)
    kept = page.get_by_text("This page opens without a network, too.")
    expect(kept).to_be_visible(timeout=LONG_MS)
    return page


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Staff number").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Staff number")).not_to_be_visible()


def emergency(page: Page) -> Any:
    return page.get_by_role("button", name=re.compile("EMERGENCY"))


def close_and_open(page: Page) -> Page:
    """The page is closed, and opened again in the same browser. A network that a test has taken
    away is back for the moment in which the page goes: what waits there may be sent by it."""
    context, address = page.context, page.url
    page.close()
    again = context.new_page()
    again.goto(address)
    return again


def test_statuses_survive_the_page_being_closed_and_are_sent_once_in_order(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("button", name="En route")).to_be_visible()
    start = room.board()["position"]
    phone.context.set_offline(True)
    phone.get_by_role("button", name="En route").tap()
    phone.get_by_role("button", name="On scene").tap()
    expect(phone.get_by_text("2 actions wait to be sent")).to_be_visible()
    assert room.unit("P1")["status"] == "dispatched"
    context = phone.context
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(room.base + "/field")
    expect(again.get_by_role("banner").get_by_text("On scene", exact=True)).to_be_visible()
    expect(again.get_by_text(re.compile("waits? to be sent"))).not_to_be_visible()
    assert room.unit("P1")["status"] == "on_scene"
    again.reload()
    expect(again.get_by_role("button", name="Clear")).to_be_visible()
    steps = [
        *room.journal("assignment.en_route", start),
        *room.journal("assignment.on_scene", start),
    ]
    assert [entry["type"] for entry in steps] == [
        "assignment.en_route.v1",
        "assignment.on_scene.v1",
    ]
    assert steps[0]["position"] < steps[1]["position"]


def test_the_page_opens_without_a_network_and_the_emergency_button_says_to_use_the_radio(
    room: Room, desks: Desks
) -> None:
    phone = telephone(desks)
    phone.context.set_offline(True)
    again = close_and_open(phone)
    expect(emergency(again)).to_contain_text("No network: use your radio")
    expect(emergency(again)).to_be_in_viewport()
    emergency(again).dblclick()
    expect(emergency(again)).to_contain_text("NOT SENT: use your radio.")
    expect(again.get_by_text("1 action waits to be sent")).to_be_visible()
    assert room.unit("P1")["emergency"] is None
    third = close_and_open(again)
    expect(third.get_by_text("1 action waits to be sent")).to_be_visible()
    third.context.set_offline(False)
    expect(emergency(third)).to_contain_text("The room has it")
    assert room.unit("P1")["emergency"] == "raised"


def test_the_emergency_button_waits_for_no_server(room: Room, desks: Desks) -> None:
    phone = telephone(desks)
    hang: list[Route] = []
    # a network that takes everything, and answers nothing
    phone.context.route("**/api/**", lambda route: hang.append(route))
    phone.reload()
    expect(emergency(phone)).to_be_visible()
    for route in hang:
        route.abort()
    phone.context.unroute("**/api/**")


def test_another_member_on_the_same_telephone_never_sends_it(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("button", name="En route")).to_be_visible()
    start = room.board()["position"]
    stop(phone.context, "**/api/actions/**")
    desks.expect(SIGNED_OUT)
    phone.get_by_role("button", name="En route").tap()
    expect(phone.get_by_text("1 action waits to be sent")).to_be_visible()
    phone.get_by_role("button", name="Sign out").tap()
    asked = phone.get_by_role("dialog", name="Sign out?")
    expect(asked).to_contain_text("1 action is not sent")
    asked.get_by_role("button", name="Sign out").tap()
    # Until the session has ended it is the officer who would send it.
    expect(phone.get_by_label("Staff number")).to_be_visible()
    phone.context.unroute("**/api/actions/**")
    sign_in(phone, "colleague")
    expect(phone.get_by_text(LIVE).first).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(LIVE).first).to_be_visible()
    expect(phone.get_by_text("waiting to be sent")).to_have_count(0)
    assert room.journal("assignment.en_route", start) == []
    phone.get_by_role("button", name="colleague: Settings").click()
    phone.get_by_role("button", name="Sign out").click()
    sign_in(phone, "officer")
    # What is only kept doesn't stand there so; its next buttons are there in any case.
    expect(phone.get_by_role("banner").get_by_text("En route", exact=True)).to_be_visible()
    [entry] = room.journal("assignment.en_route", start)
    assert entry["actor"] == "officer"


def test_a_page_of_the_member_before_sends_nothing_as_the_next_one(
    room: Room, desks: Desks
) -> None:
    """Two windows share their cookies: in one of them somebody else signs in."""
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("button", name="En route")).to_be_visible()
    start = room.board()["position"]
    stop(phone, "**/api/field")  # it can't notice by looking
    desks.expect(SIGNED_OUT)
    phone.context.add_cookies(room.cookies("dispatcher"))
    phone.get_by_role("button", name="En route").tap()
    expect(phone.get_by_text(LIVE).first).to_be_visible()  # it is the dispatcher's page now
    assert room.journal("assignment.en_route", start) == []
    assert room.unit("P1")["status"] == "dispatched"


def test_a_refusal_is_shown_with_its_reason_until_it_was_read(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    assignment = room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("button", name="En route")).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="En route").tap()
    expect(phone.get_by_text("1 action waits to be sent")).to_be_visible()
    on = {"incident": incident["id"], "assignment": assignment}
    room.act("dispatcher", "assignment.cancel", **on, reason="mistake")
    context = phone.context
    desks.expect("409")  # of this page, too: it may send while it goes
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(room.base + "/field")
    refused = again.get_by_role("alert").filter(has_text="En route: not done")
    expect(refused).to_contain_text(re.compile(r"pressed \d{4}-\d\d-\d\d \d\d:\d\d:\d\d"))
    again.reload()
    expect(refused).to_be_visible()
    refused.get_by_role("button", name="Understood").tap()
    expect(refused).to_have_count(0)
    again.reload()
    expect(emergency(again)).to_be_visible()
    expect(again.get_by_text("An assignment appears here by itself.")).to_be_visible()
    expect(refused).to_have_count(0)


def test_the_service_worker_keeps_the_build_and_nothing_that_the_server_says(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("heading", name="Theft")).to_be_visible()
    kept = phone.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const one of await (await caches.open(name)).keys())
              found.push([name, new URL(one.url).pathname]);
          return found;
        }"""
    )
    id_ = phone.get_attribute("meta[name=dutyroom-room]", "content")
    assert {name.rpartition("/")[0] for name, _ in kept} == {f"dutyroom/{id_}"}
    paths = [path for _, path in kept]
    assert "/field" in paths
    assert [one for one in paths if one != "/field" and "/static/console/assets/" not in one] == []
    page = phone.evaluate("caches.match('/field').then((one) => one.text())")
    assert "officer" not in page
    policy = phone.evaluate(
        "caches.match('/field').then((one) => one.headers.get('Content-Security-Policy'))"
    )
    assert "default-src 'self'" in policy


def test_a_new_assignment_is_heard_and_felt_unless_the_sound_is_off(
    room: Room, desks: Desks
) -> None:
    phone = desks.blank(width=360, height=740, has_touch=True)
    phone.add_init_script(
        """
        window.felt = []; window.heard = 0;
        navigator.vibrate = (pattern) => Boolean(window.felt.push(pattern));
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...when) {
          window.heard += 1;
          return start.apply(this, when);
        };
        """
    )
    phone.context.add_cookies(room.cookies("officer"))
    phone.goto(room.base + "/field")
    switch = phone.get_by_role("button", name=re.compile("new assignment"))
    expect(phone.get_by_text("An assignment appears here by itself.")).to_be_visible()
    phone.get_by_role("heading", name="No assignment").tap()  # the first touch, anywhere
    expect(switch).to_have_accessible_name("Sound for a new assignment: on")
    first = room.open_incident()
    assignment = room.send(first["id"], "P1")
    expect(phone.get_by_role("heading", name="Theft")).to_be_visible()
    assert phone.evaluate("[window.felt.length, window.heard > 0]") == [1, True]
    heard = phone.evaluate("window.heard")
    on = {"incident": first["id"], "assignment": assignment}
    room.act("dispatcher", "assignment.cancel", **on, reason="mistake")
    expect(phone.get_by_text("An assignment appears here by itself.")).to_be_visible()
    switch.tap()
    expect(switch).to_have_accessible_name("Sound for a new assignment: off")
    room.send(first["id"], "P1")
    expect(phone.get_by_role("heading", name="Theft")).to_be_visible()
    assert phone.evaluate("[window.felt.length, window.heard]") == [1, heard]


@pytest.mark.deep
def test_signing_out_without_a_network_says_what_to_do(room: Room, desks: Desks) -> None:
    desks.expect(SIGNED_OUT)
    phone = telephone(desks)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Sign out").tap()
    asked = phone.get_by_role("dialog", name="Sign out?")
    expect(asked).to_contain_text("The server can't be reached. You are still signed in.")
    expect(asked).to_contain_text("Sign out again as soon as there is a network.")
    phone.context.set_offline(False)
    asked.get_by_role("button", name="Sign out").tap()
    expect(phone.get_by_label("Staff number")).to_be_visible()

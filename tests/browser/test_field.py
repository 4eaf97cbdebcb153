"""An officer's telephone: one hand, a bad connection, and an emergency."""

import re
import uuid

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.cutting import stop
from tests.browser.room import Room
from tests.browser.seen import chip, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def telephone(desks: Desks) -> Page:
    return desks("officer", "/field", width=390, height=844, has_touch=True)


def test_an_officer_reports_each_step_with_one_button(room: Room, desks: Desks) -> None:
    phone, console = telephone(desks), desks("dispatcher", "/dispatch")
    expect(phone.get_by_text("An assignment appears here by itself.")).to_be_visible()
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    expect(phone.get_by_role("heading", name="Theft")).to_be_visible()
    expect(phone.get_by_text("People's Square")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="En route").tap()
    expect(chip(console, "P1")).to_contain_text("En route")
    phone.get_by_role("button", name="On scene").tap()
    expect(chip(console, "P1")).to_contain_text("On scene")
    phone.get_by_role("textbox", name="Note to the room").fill("shop assistant has a description")
    phone.get_by_role("button", name="Send note").tap()
    select(console, incident["number"])
    expect(console.get_by_text("shop assistant has a description").first).to_be_visible()
    phone.get_by_role("button", name="Clear").tap()
    phone.get_by_role("dialog", name="Why is it finished?").get_by_text("Work done").tap()
    expect(phone.get_by_text("No assignment")).to_be_visible()
    expect(chip(console, "P1")).to_contain_text("Available")


def test_no_button_goes_back_while_a_step_that_is_done_is_read_back(
    room: Room, desks: Desks
) -> None:
    """Who is about to press the next step would hit an earlier one."""
    phone = telephone(desks)
    room.send(room.open_incident()["id"], "P1")
    expect(phone.get_by_role("button", name="On scene")).to_be_visible()
    held: list[Route] = []
    phone.route("**/api/readings/field", lambda route: held.append(route))
    phone.get_by_role("button", name="On scene").tap()
    while not held:  # only who has been answered reads again
        phone.wait_for_timeout(50)
    expect(phone.get_by_role("button", name="Clear")).to_be_visible()
    expect(phone.get_by_role("button", name="En route")).not_to_be_visible()
    phone.unroute("**/api/readings/field")  # lets go of what is held
    expect(phone.get_by_role("banner")).to_contain_text("On scene")
    expect(phone.get_by_text("not confirmed")).not_to_be_visible()
    expect(phone.get_by_role("button", name="Clear")).to_be_visible()


def test_a_note_that_was_not_sent_goes_to_its_own_incident_with_the_last_step(
    room: Room, desks: Desks
) -> None:
    phone = telephone(desks)
    first, second = room.open_incident(at=0), room.open_incident(at=1)
    room.send(first["id"], "P1")
    phone.get_by_role("button", name="On scene").tap()
    phone.get_by_role("textbox", name="Note to the room").fill("keys left with a neighbour")
    phone.get_by_role("button", name="Clear").tap()
    dialog = phone.get_by_role("dialog", name="Why is it finished?")
    expect(dialog).to_contain_text("Your note goes with it: “keys left with a neighbour”")
    dialog.get_by_text("Work done").tap()
    expect(phone.get_by_text("No assignment")).to_be_visible()
    console = desks("dispatcher", "/dispatch")
    select(console, first["number"])
    expect(console.get_by_text("keys left with a neighbour").first).to_be_visible()
    room.send(second["id"], "P1")
    expect(phone.get_by_text(second["number"])).to_be_visible()
    expect(phone.get_by_role("textbox", name="Note to the room")).to_have_value("")


def test_a_light_matter_is_concluded_on_the_phone_once_the_officer_is_there(
    room: Room, desks: Desks
) -> None:
    phone = telephone(desks)
    incident = room.open_incident("POL-NOISE", priority=4)
    room.send(incident["id"], "P1")
    phone.get_by_role("button", name="En route").tap()
    expect(phone.get_by_role("button", name="Conclude")).to_have_count(0)
    phone.get_by_role("button", name="On scene").tap()
    phone.get_by_role("button", name="Conclude").tap()
    expect(phone.get_by_text("No assignment")).to_be_visible()
    assert room.journal("incident.closed")[-1]["body"] == {"disposition": "resolved"}


@pytest.mark.deep
def test_being_done_is_said_of_the_incident_that_it_was_about(room: Room, desks: Desks) -> None:
    """The room may send the unit elsewhere while its officer still says why they are done."""
    phone = telephone(desks)
    first, second = room.open_incident(at=0), room.open_incident(at=1)
    assignment, other = room.send(first["id"], "P1"), str(uuid.uuid4())
    phone.get_by_role("button", name="On scene").tap()
    # The room has heard of it before it decides otherwise.
    expect(phone.get_by_role("banner").get_by_text("On scene", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Clear").tap()
    dialog = phone.get_by_role("dialog", name="Why is it finished?")
    expect(dialog).to_be_visible()
    room.act(
        "dispatcher",
        "assignment.reassign",
        incident=first["id"],
        assignment=assignment,
        to_incident=second["id"],
        new_assignment=other,
    )
    room.act("dispatcher", "assignment.en_route", incident=second["id"], assignment=other)
    expect(phone.get_by_text(second["number"])).to_be_attached()
    expect(phone.get_by_text("En route", exact=True)).to_be_attached()
    desks.expect("409 (Conflict)")
    dialog.get_by_text("Work done").tap()
    expect(phone.get_by_text(": not done")).to_be_visible()
    assert room.unit("P1")["assignment"] == other


def test_what_is_reported_without_a_connection_is_sent_once(room: Room, desks: Desks) -> None:
    desks.expect("net::ERR_FAILED")  # what the service worker can't have
    incident = room.open_incident()
    assignment = room.send(incident["id"], "P1")
    phone = telephone(desks)
    expect(phone.get_by_role("button", name="En route")).to_be_visible()
    start = room.board()["position"]
    phone.context.set_offline(True)
    phone.get_by_role("button", name="En route").tap()
    phone.get_by_role("button", name="On scene").tap()
    phone.get_by_role("textbox", name="Note to the room").fill("nobody here")
    phone.get_by_role("button", name="Send note").tap()
    expect(phone.get_by_text("3 actions wait to be sent")).to_be_visible()
    expect(phone.get_by_text("On scene · not confirmed")).to_be_visible()
    assert room.unit("P1")["status"] == "dispatched"
    phone.context.set_offline(False)
    expect(phone.get_by_text(re.compile("waits? to be sent"))).not_to_be_visible()
    expect(phone.get_by_text("nobody here")).to_be_visible()
    for type_ in ("assignment.en_route", "assignment.on_scene", "incident.note_added"):
        [entry] = room.journal(type_, start)
        if type_.startswith("assignment"):
            assert assignment in str(entry["body"])


def test_an_answer_that_is_lost_makes_nothing_happen_twice(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = telephone(desks)
    desks.expect("net::ERR_FAILED")
    start, tries = room.board()["position"], []

    def lose_the_first_answer(route: Route) -> None:
        tries.append(route.request.post_data_json)
        if len(tries) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    stop(phone, "**/api/actions/assignment.en_route", lose_the_first_answer)
    phone.get_by_role("button", name="En route").tap()
    expect(phone.get_by_role("banner").get_by_text("En route", exact=True)).to_be_visible()
    expect(phone.get_by_text("not confirmed")).not_to_be_visible()
    assert len(tries) == 2
    assert tries[0]["action"] == tries[1]["action"]
    assert len(room.journal("assignment.en_route", start)) == 1


def test_an_emergency_turns_every_console_until_it_is_acknowledged(
    room: Room, desks: Desks
) -> None:
    phone = telephone(desks)
    console, calls = desks("dispatcher", "/dispatch"), desks("taker", "/calls")
    expect(chip(console, "P1")).to_be_visible()
    button = phone.get_by_role("button", name=re.compile("EMERGENCY"))
    button.tap()
    expect(phone.get_by_text("Tap once more to raise it")).to_be_visible()
    button.tap()
    for page in (console, calls):
        banner = page.get_by_role("region", name="Emergency of a unit")
        expect(banner).to_contain_text("‼ Emergency: P1")
        expect(banner).to_contain_text("not yet acknowledged")
    console.keyboard.press("k")
    for page in (console, calls):
        banner = page.get_by_role("region", name="Emergency of a unit")
        expect(banner).not_to_contain_text("not yet acknowledged")
    expect(phone.get_by_text("The room has acknowledged it")).to_be_visible()
    console.get_by_role("button", name="End emergency").click()
    expect(console.get_by_text("‼ Emergency: P1")).not_to_be_visible()
    expect(phone.get_by_text("Hold for one second, or tap twice")).to_be_visible()


def test_an_officer_reads_that_a_position_is_refused(room: Room, desks: Desks) -> None:
    phone = desks(
        "officer", "/field", width=390, height=844, has_touch=True,
        permissions=["geolocation"], geolocation={"longitude": 2.35, "latitude": 48.85},
    )  # fmt: skip
    refused = phone.get_by_text(re.compile("^Your position is not used: it lies outside"))
    expect(refused).to_be_visible()


def test_an_emergency_says_where_the_telephone_was_at_the_press(room: Room, desks: Desks) -> None:
    lon, lat = (float(room.places[3][axis]) for axis in ("lon", "lat"))
    phone = desks(
        "officer", "/field", width=390, height=844, has_touch=True,
        permissions=["geolocation"], geolocation={"longitude": lon, "latitude": lat},
    )  # fmt: skip
    expect(phone.get_by_text(re.compile("^(Position is being sent|Your position)"))).to_be_visible()
    button = phone.get_by_role("button", name=re.compile("EMERGENCY"))
    with phone.expect_request("**/api/actions/unit.raise_emergency") as sent:
        button.tap()
        button.tap()
    position = sent.value.post_data_json["command"]["position"]
    assert (position["lon"], position["lat"]) == (lon, lat)
    expect(phone.get_by_text("The room has it")).to_be_visible()

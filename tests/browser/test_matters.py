"""Disputes and places on the screen: followed from an incident, mediated at the station, counted."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_dispute_is_followed_from_the_desk_and_settled_at_the_station(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident("POL-DISPUTE")
    number = incident["number"]
    desk = desks("dispatcher", "/dispatch")
    select(desk, number)
    command(desk, f"MATTER {number} neighbours The flats quarrel about a leak")
    expect(desk.get_by_text(re.compile(f"{number} is followed as a dispute"))).to_be_visible()

    page = desks("station2", "/matters")
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Dispute", exact=True).first
    expect(one.get_by_text("The flats quarrel about a leak")).to_be_visible()
    one.get_by_role("button", name="Take dispute").click()
    expect(one.get_by_text("in mediation", exact=True)).to_be_visible()
    command(page, "MEDIATE in 2d At the committee")
    expect(one.get_by_text("At the committee")).to_be_visible()
    command(page, "HELD to be continued They will measure")
    expect(one.get_by_text(re.compile("mediate again"))).to_be_visible()
    one.get_by_role("button", name="Outcome of the dispute").click()
    one.get_by_label("What became of it?").fill("Both signed")
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_text("settled", exact=True).first).to_be_visible()
    [matter] = [one for one in room.board()["matters"] if number in one["numbers"]]
    assert (matter["state"], matter["outcome"]) == ("watched", "settled")


def test_a_mark_says_who_may_read_and_a_public_place_becomes_work(room: Room, desks: Desks) -> None:
    at, site = next((at, one) for at, one in enumerate(room.places) if one["kind"] == "market")
    incidents = [room.open_incident("POL-NOISE", at=at, priority=4) for _ in range(3)]
    number = incidents[0]["number"]
    desk = desks("supervisor", "/dispatch")
    select(desk, number)
    command(desk, f"MINOR {number}")
    expect(desk.get_by_role("note", name="Concerns a minor")).to_be_visible()
    command(desk, f"UNMINOR {number} marked by mistake")
    expect(desk.get_by_role("note", name="Concerns a minor")).to_have_count(0)

    page = desks("dispatcher", "/places")
    row = page.get_by_role("row").filter(has_text=site["name_en"])
    row.get_by_role("button", name="Open").click()
    side = page.get_by_role("region", name="Place", exact=True)
    side.get_by_label("What is to be done there?").fill("Talk to the stalls")
    side.get_by_role("button", name="Make it a task of prevention").click()
    expect(page.get_by_role("table").get_by_text("3 in 30 days")).to_be_visible()
    [task] = room.board()["tasks"]
    assert (task["kind"], task["state"]) == ("prevent", "offered")


def test_a_mediation_and_an_opening_by_mistake_are_taken_back(room: Room, desks: Desks) -> None:
    incident = room.open_incident("POL-DISPUTE")
    number = incident["number"]
    desk = desks("dispatcher", "/dispatch")
    select(desk, number)
    command(desk, f"MATTER {number} neighbours The wrong flat")
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(desk.get_by_text("opened by mistake", exact=True)).to_be_visible()
    command(desk, f"MATTER {number} neighbours The flats quarrel about a leak")
    expect(desk.get_by_text(re.compile(f"{number} is followed as a dispute"))).to_be_visible()

    page = desks("station2", "/matters", width=360, height=740)
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    one = page.get_by_role("region", name="Dispute", exact=True).first
    expect(one.get_by_role("button", name="Dispute opened by mistake")).to_have_count(0)
    one.get_by_role("button", name="Take dispute").click()
    expect(one.get_by_text("in mediation", exact=True)).to_be_visible()
    command(page, "MEDIATE in 2d At the committee")
    expect(one.get_by_text("At the committee")).to_be_visible()
    for taken_back in ("in the panel", "by word"):
        command(page, "HELD all agreed Both signed")
        undo = one.get_by_role("button", name="Mediation was not held")
        expect(undo).to_be_visible()
        if taken_back == "in the panel":
            undo.click()
        else:
            command(page, "UNHELD")
        expect(undo).to_have_count(0)
    mine = [one for one in room.board()["matters"] if number in one["numbers"]]
    [matter] = [one for one in mine if one["owner"] == "station2"]
    assert [one["held_ms"] for one in matter["mediations"]] == [None]

"""Clocks of incidents on the screen: typed, paused, explained, and on the board of all clocks."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select
from tests.browser.test_standing_still import nothing_moved, remember

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def paused(room: Room, incident: str) -> list[str]:
    """The clocks of an incident that stand still."""
    [row] = [one for one in room.board()["loops"] if one["id"] == incident]
    return [one["clock"] for one in row["clocks"] if one["state"] == "paused"]


def test_a_clock_is_paused_and_resumed_in_one_line(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    command(page, f"PAUSE {incident['number']} Conclude expert appraisal")
    expect(page.get_by_text("Conclude is paused: Expert appraisal")).to_be_visible()
    assert paused(room, incident["id"]) == ["conclude"]
    command(page, f"RESUME {incident['number']} Conclude")
    expect(page.get_by_text("Conclude goes on")).to_be_visible()
    assert paused(room, incident["id"]) == []


def test_a_clock_is_paused_by_mouse_for_a_reason_of_its_rule(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    page.get_by_role("button", name="Pause: Conclude").click()
    page.get_by_role("button", name="Waiting for another agency").click()
    expect(page.get_by_text("Conclude is paused: Waiting for another agency")).to_be_visible()
    assert paused(room, incident["id"]) == ["conclude"]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Pause: Conclude")).to_be_visible()
    assert paused(room, incident["id"]) == []


def test_why_a_deadline_is_so_adds_up_to_the_promise(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("supervisor", "/dispatch")
    select(page, incident["number"])
    command(page, f"WHY {incident['number']} Conclude")
    said = page.get_by_role("dialog", name=re.compile("Why this deadline"))
    expect(said.get_by_text("Together: 3 working days, as promised")).to_be_visible()
    expect(said.get_by_text("Within 3 working days by the calendar “Office hours”")).to_be_visible()
    expect(said.get_by_text("Not confirmed by the centre's lawyers yet.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


def test_the_board_of_clocks_shows_what_is_paused_and_opens_its_incident(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.act(
        "dispatcher",
        "loop.pause_clock",
        loop=incident["id"],
        clock="conclude",
        reason="appraisal",
    )
    page = desks("supervisor", "/clocks")
    row = page.get_by_role("row").filter(has_text=incident["number"])
    expect(row).to_contain_text("Expert appraisal")
    row.get_by_role("button", name="Open").click()
    desk = page.get_by_role("region", name="Desk")
    expect(desk.get_by_text(incident["number"], exact=True).first).to_be_visible()


@pytest.mark.deep
def test_nothing_moves_when_a_clock_is_paused_elsewhere(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    remember(page)
    room.act(
        "supervisor",
        "loop.pause_clock",
        loop=incident["id"],
        clock="conclude",
        reason="appraisal",
    )
    page.wait_for_timeout(500)
    nothing_moved(page)


def stand(room: Room, incident: str) -> str:
    """The stage at which an incident stands."""
    [row] = [one for one in room.board()["loops"] if one["id"] == incident]
    stage: str = row["stages"][-1]["stage"]
    return stage


def test_a_light_matter_is_concluded_from_the_scene_with_one_key(room: Room, desks: Desks) -> None:
    incident = room.open_incident("POL-NOISE", priority=4)
    unit = room.board()["units"][0]["id"]
    assignment = room.send(incident["id"], unit)
    room.act("dispatcher", "assignment.on_scene", incident=incident["id"], assignment=assignment)
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    stages = page.get_by_role("list", name="Stages")
    expect(stages.locator("[aria-current=step]")).to_contain_text("Handle")
    page.keyboard.press("z")
    expect(page.get_by_text(f"{incident['number']} is closed")).to_be_visible()
    assert room.unit(unit)["status"] == "available"


def test_a_serious_matter_is_closed_after_the_supervisor_has_approved_it(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident("POL-DOMESTIC", priority=2)
    id_ = incident["id"]
    assignment = room.send(id_, room.board()["units"][0]["id"])
    room.act("dispatcher", "assignment.on_scene", incident=id_, assignment=assignment)
    room.act("dispatcher", "assignment.clear", incident=id_, assignment=assignment, reason="done")
    room.act("dispatcher", "incident.set_disposition", incident=id_, disposition="mediated")
    desk = desks("dispatcher", "/dispatch")
    select(desk, incident["number"])
    desks.expect("409 (Conflict)")
    desk.keyboard.press("c")
    expect(desk.get_by_text("The handling is not approved yet.").first).to_be_visible()

    page = desks("supervisor", "/loop")
    page.get_by_role("group", name="Stages").get_by_role("button", name="Supervise").click()
    row = page.get_by_role("row").filter(has_text=incident["number"])
    expect(row).to_contain_text("Duty supervisor")
    row.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Approve handling").click()
    expect(page.get_by_text("Handling approved by")).to_be_visible()
    assert stand(room, id_) == "conclude"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Handling approved by")).to_have_count(0)
    page.keyboard.press("v")
    expect(page.get_by_text("Handling approved by")).to_be_visible()

    desk.get_by_role("button", name="Close the incident").click()
    expect(desk.get_by_text(f"{incident['number']} is closed")).to_be_visible()


def test_the_routes_of_the_city_are_drawn(desks: Desks) -> None:
    page = desks("supervisor", "/loop")
    page.get_by_role("button", name="Routes").click()
    serious = page.get_by_role("region", name="Approved by the supervisor")
    expect(serious.get_by_role("listitem")).to_have_count(5)
    expect(serious.get_by_role("listitem").nth(3)).to_contain_text("handling approved")
    dispute = page.get_by_role("region", name="Dispute: until the tasks are approved")
    expect(dispute.get_by_role("listitem").nth(2)).to_contain_text("all tasks approved")
    told = page.get_by_role("region", name="Whom other deadlines tell")
    expect(told.get_by_role("listitem").first).to_contain_text("1 working day before")

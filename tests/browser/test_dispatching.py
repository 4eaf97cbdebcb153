"""A dispatcher sends units, changes their minds, and brings incidents to their end."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import chip, command, row_of, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_recommendation_is_sent_with_enter_and_says_why(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    expect(row_of(page, incident["number"])).to_be_visible()
    page.keyboard.press("ArrowDown")
    send = page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))
    expect(send).to_be_enabled()
    expect(page.get_by_text("nearest Patrol")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything that is needed is on its way.")).to_be_visible()
    [assignment] = room.incident(incident["id"])["assignments"]
    assert assignment["recommended"]
    expect(chip(page, assignment["unit"])).to_contain_text("Dispatched")
    page.get_by_role("button", name="Undo").click()
    expect(chip(page, assignment["unit"])).to_contain_text("Available")


def test_another_unit_than_the_recommended_is_sent_and_counted(room: Room, desks: Desks) -> None:
    before = room.get("supervisor", "/api/supervision")["overrides"]
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    page.get_by_role("checkbox", checked=True).uncheck()
    expect(page.get_by_role("button", name="Choose a unit")).to_be_disabled()
    # How many come after the recommended one depends on the speeds of the hour; the next one is
    # always there.
    listed = room.get("dispatcher", f"/api/incidents/{incident['id']}/recommendation")["candidates"]
    other = next(one["unit"] for one in listed if one["capabilities"] and not one["chosen"])
    page.get_by_role("checkbox", name=re.compile(f"^{other} ")).check()
    page.get_by_role("group", name="Other than recommended. Why?").get_by_text("Local").click()
    expect(page.get_by_role("button", name=re.compile(f"^Dispatch {other}"))).to_be_enabled()
    page.keyboard.press("d")
    expect(chip(page, other)).to_contain_text("Dispatched")
    expect(page.get_by_title("Chosen by a person, against the recommendation")).to_be_visible()
    after = room.get("supervisor", "/api/supervision")["overrides"]
    assert after["count"] == before["count"] + 1
    assert {"reason": "local-knowledge", "count": 1} in after["reasons"]


def test_candidates_asked_for_stay_in_view_while_the_incident_changes(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident("TRAF-INJURY")
    listed = room.get("dispatcher", f"/api/incidents/{incident['id']}/recommendation")["candidates"]
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    boxes = page.get_by_role("checkbox", name=re.compile(r"^[A-Z]\d "))
    more = page.get_by_role("button", name=re.compile(r"^\d+ more$"))
    more.click()
    expect(boxes).to_have_count(len(listed))
    room.act("dispatcher", "incident.set_priority", incident=incident["id"], priority=2)
    expect(row_of(page, incident["number"])).to_contain_text("Priority 2")
    expect(boxes).to_have_count(len(listed))
    expect(more).to_have_count(0)


def test_a_unit_is_led_through_its_assignment_by_commands(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("dispatcher", "/dispatch")
    select(page, number)
    p3 = chip(page, "P3")
    command(page, f"D P3 {number}")
    expect(p3).to_contain_text("Dispatched")
    command(page, "ER P3")
    expect(p3).to_contain_text("En route")
    command(page, "P3 OS")
    expect(p3).to_contain_text("On scene")
    command(page, f"N {number} the shop is closed now")
    expect(page.get_by_text("the shop is closed now").first).to_be_visible()
    command(page, "CL P3 nothing-found")
    expect(p3).to_contain_text("Available")
    expect(page.get_by_text("P3 cleared: Nothing found")).to_be_visible()


def test_unavailable_blocks_until_a_reason_is_given(room: Room, desks: Desks) -> None:
    number = room.open_incident()["number"]
    page = desks("dispatcher", "/dispatch")
    select(page, number)
    command(page, "U F1 meal")
    expect(page.get_by_text(re.compile("^F1 is unavailable: "))).to_be_visible()
    expect(chip(page, "F1")).to_contain_text("Meal break")  # what is typed next goes by the board
    box = page.get_by_role("combobox", name="Command")
    box.fill(f"D F1 {number}")
    box.press("Enter")
    expect(page.get_by_text("To send it anyway, give a reason.")).to_be_visible()
    expect(box).to_have_value(f"D F1 {number}")
    box.fill("")
    command(page, f"D F1 {number} keep-cover")
    expect(chip(page, "F1")).to_contain_text("Dispatched")


def test_a_unit_is_moved_to_another_incident_and_back(room: Room, desks: Desks) -> None:
    first, second = room.open_incident(at=1), room.open_incident(at=2)
    room.send(first["id"], "P2")
    page = desks("dispatcher", "/dispatch")
    expect(row_of(page, first["number"])).to_contain_text("P2")
    command(page, f"RE P2 {second['number']}")
    expect(row_of(page, second["number"])).to_contain_text("P2")
    expect(row_of(page, first["number"])).not_to_contain_text("P2")
    page.get_by_role("button", name="Undo").click()
    expect(row_of(page, first["number"])).to_contain_text("P2")
    expect(row_of(page, second["number"])).not_to_contain_text("P2")


def test_what_changes_on_the_way_is_recommended_for_again(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P2")
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    expect(page.get_by_text("Everything that is needed is on its way.")).to_be_visible()
    page.get_by_role("combobox", name="Category").select_option(label="Traffic collision, injured")
    send = page.get_by_role("button", name=re.compile("^Dispatch "))
    expect(send).to_contain_text(re.compile(r"T\d.*A\d|A\d.*T\d"))
    command(page, f"MORE {incident['number']} drone")
    expect(send).to_contain_text("D1")


def test_closing_names_what_is_missing_and_then_succeeds(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    assignment = room.send(incident["id"], "P2")
    on = {"incident": incident["id"], "assignment": assignment}
    room.act("dispatcher", "assignment.on_scene", **on)
    page = desks("dispatcher", "/dispatch")
    select(page, incident["number"])
    page.keyboard.press("c")
    expect(page.get_by_text("Before it can be closed")).to_be_visible()
    missing = page.get_by_role("list").filter(has_text="Disposition")
    expect(missing).to_contain_text("P2: On scene")
    close = page.get_by_role("button", name="Close the incident")
    expect(close).to_be_disabled()
    command(page, "CL P2 done")
    expect(missing).not_to_contain_text("P2")
    expect(page.get_by_text("Every unit that was needed has cleared.")).to_be_visible()
    page.get_by_role("combobox", name="Disposition").select_option(label="Resolved on scene")
    expect(close).to_be_enabled()
    close.click()
    expect(page.get_by_text(f"{incident['number']} is closed.")).to_be_visible()
    # Under the hand its row stays where it is, and says what became of it.
    expect(row_of(page, incident["number"])).to_contain_text("Closed")
    command(page, f"REOPEN {incident['number']} new-facts")
    expect(row_of(page, incident["number"])).not_to_contain_text("Closed")
    expect(page.get_by_text("Reopened: New facts")).to_be_visible()


def test_two_incidents_are_merged_and_split_without_loss(room: Room, desks: Desks) -> None:
    first, second = room.open_incident(at=1), room.open_incident(at=1)
    note = {"incident": first["id"], "note": first["id"][::-1].replace("-", "")}
    room.act("taker", "incident.add_note", **note, text="a red bicycle")
    page = desks("dispatcher", "/dispatch")
    select(page, first["number"])
    command(page, f"M {second['number']}")
    expect(row_of(page, first["number"])).to_contain_text("Merged")
    expect(page.get_by_role("heading", name="Merged into this")).to_be_visible()
    merged = page.get_by_role("listitem").filter(has_text=first["number"])
    merged.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Split").click()
    expect(row_of(page, first["number"])).not_to_contain_text("Merged")
    expect(page.get_by_text("a red bicycle").first).to_be_visible()


def test_the_desk_is_handed_over_incident_by_incident(room: Room, desks: Desks) -> None:
    numbers = {room.open_incident(at=at)["number"] for at in (1, 2)}
    page, colleague = desks("dispatcher", "/handover"), desks("colleague", "/handover")
    page.get_by_label("Hand over to (staff number)").fill("colleague")
    page.get_by_role("button", name="Offer the desk").click()
    for number in numbers:
        expect(colleague.get_by_text(number)).to_be_visible()
    take_over = colleague.get_by_role("button", name="Take over the desk")
    expect(take_over).to_be_disabled()
    for left in (1, 0):
        colleague.get_by_role("button", name="Confirm", exact=True).first.click()
        expect(colleague.get_by_role("button", name="Confirm", exact=True)).to_have_count(left)
    expect(colleague.get_by_text("Every open incident is confirmed.")).to_be_visible()
    take_over.click()
    expect(colleague.get_by_text("The desk is handed over.")).to_be_visible()


def test_a_crew_signs_off_and_another_one_on(room: Room, desks: Desks) -> None:
    page = desks("dispatcher", "/dispatch")
    command(page, "OFF P3")
    expect(chip(page, "P3")).not_to_be_visible()  # off duty, off the board
    command(page, "ON P3 1017 1018")
    expect(page.get_by_text("P3 signed on with 1017 1018.")).to_be_visible()
    expect(chip(page, "P3")).to_contain_text("Available")
    assert room.unit("P3")["crew"] == ["1017", "1018"]


def test_what_closing_lacks_is_not_shown_again_on_coming_back(room: Room, desks: Desks) -> None:
    first, second = room.open_incident(at=0)["number"], room.open_incident(at=1)["number"]
    page = desks("supervisor", "/dispatch")
    select(page, first)
    page.keyboard.press("c")
    lacking = page.get_by_text("Before it can be closed")
    expect(lacking).to_be_visible()
    select(page, second)
    expect(lacking).to_have_count(0)
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Supervision").click()
    expect(page.get_by_role("grid", name="Incidents")).to_have_count(0)
    pages.get_by_role("link", name="Dispatch room").click()
    expect(page.get_by_role("region", name="Desk").get_by_text(second, exact=True)).to_be_visible()
    expect(lacking).to_have_count(0)

"""Specialist desks on the screen: asked in one line, done at the desk, confirmed in the room."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_desk_is_asked_in_one_line_does_it_by_keyboard_and_the_room_confirms(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number = incident["number"]
    desk = desks("dispatcher", "/dispatch")
    select(desk, number)
    command(desk, f"ASK {number} antifraud stop-payment p1 Account 6222, 8,600 yuan")
    expect(desk.get_by_text(f"Anti-fraud centre is asked about {number}.")).to_be_visible()

    page = desks("desk", "/desk")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("Stop a payment")
    expect(row).to_contain_text("left")
    page.get_by_role("grid", name="Own requests").press("Home")
    page.keyboard.press("Enter")
    one = page.get_by_role("region", name="Request", exact=True).first
    expect(one.get_by_text("Account 6222, 8,600 yuan")).to_be_visible()
    expect(one.get_by_text(room.places[0]["name_en"])).to_be_visible()
    expect(one.get_by_role("button", name="Accept")).to_contain_text("F8")
    page.keyboard.press("F8")
    expect(page.get_by_text("1 of 4 in work")).to_be_visible()
    page.keyboard.press("F8")
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    page.keyboard.press("F8")
    page.keyboard.type("Stopped at the bank")
    one.get_by_role("button", name="Give result").last.click()
    expect(one.get_by_text("to confirm", exact=True)).to_be_visible()
    [request] = room.board()["desk_requests"]
    assert (request["state"], request["owner"], request["priority"]) == ("done", "desk", 1)

    desk.keyboard.press("c")
    expect(
        desk.get_by_text("The result of a specialist desk is not confirmed yet.")
    ).to_be_visible()
    desk.get_by_role("button", name="Confirm result").click()
    expect(desk.get_by_text(f"Stop a payment · {number}: confirmed.")).to_be_visible()
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(
        desk.get_by_text("The result of a specialist desk is not confirmed yet.")
    ).to_be_visible()


def test_a_desk_is_asked_for_a_task_and_its_answer_stands_on_the_task(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number = incident["number"]
    room.offer_task(incident)
    page = desks("station", "/tasks")
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    task = page.get_by_role("region", name="Task", exact=True).first
    task.get_by_role("button", name="Ask specialists").click()
    form = task.locator("form").filter(has=page.get_by_label("What is needed"))
    form.get_by_label("Specialist desk").select_option(label="Anti-fraud centre")
    form.get_by_label("What is needed").fill("Account 6222")
    form.get_by_role("button", name=re.compile("^Ask")).click()
    part = task.locator("section.part").filter(has_text="Specialist desks")
    expect(part.get_by_role("listitem")).to_contain_text("asked")
    expect(task).to_contain_text("open desk requests: 1")
    [request] = room.board()["desk_requests"]
    assert request["task_kind"] == "visit"

    theirs = desks("desk", "/desk")
    theirs.get_by_role("grid", name="Own requests").press("Home")
    theirs.keyboard.press("Enter")
    one = theirs.get_by_role("region", name="Request", exact=True).first
    expect(one).to_contain_text("for the task: Visit")
    expect(one.get_by_text("Ask the neighbours")).to_have_count(0)
    room.act("desk", "desk_request.accept", desk_request=request["id"])
    room.act("desk", "desk_request.finish", desk_request=request["id"], text="Stopped at noon")
    expect(part.get_by_role("listitem")).to_contain_text("Result: Stopped at noon")
    part.get_by_role("button", name="Confirm result").click()
    expect(part.get_by_role("listitem")).to_contain_text("confirmed")
    expect(task.get_by_text("open desk requests")).to_have_count(0)

    command(page, f"ASKFOR {number} visit antifraud freeze Account 7333")
    expect(page.get_by_text(f"Anti-fraud centre is asked about {number}.")).to_be_visible()
    expect(part.get_by_role("listitem")).to_have_count(2)

    desk = desks("dispatcher", "/desks")
    row = desk.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("for the task: Visit")
    row.get_by_role("button", name="Open").click()
    desk.get_by_role("button", name="Task: Visit").click()
    expect(desk.get_by_role("region", name="Task", exact=True).first).to_contain_text(
        "Ask the neighbours"
    )

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(part.get_by_role("listitem").last).to_contain_text("withdrawn")


@pytest.mark.deep
def test_a_full_desk_says_so_before_it_is_asked_and_the_request_waits(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    first = room.ask_desk(incident, desk="negotiation", offer="advice")
    room.act("dispatcher", "desk_request.withdraw", desk_request=first)
    page = desks("dispatcher", "/desks", width=360, height=740)
    negotiation = page.get_by_role("button", name=re.compile("^Negotiation"))
    expect(negotiation).to_contain_text("0 of 1 in work")
    expect(negotiation).to_contain_text("Always open")
    negotiation.click()
    expect(page.get_by_text("Advise by telephone", exact=False).first).to_be_visible()
    expect(page.get_by_text("No requests.")).to_be_visible()
    page.get_by_role("checkbox", name="With those that are over").check()
    row = page.get_by_role("row").filter(has_text=incident["number"])
    row.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Ask once more").click()
    expect(page.get_by_text("asked", exact=True)).to_be_visible()


def test_a_joint_operation_is_worked_off_by_who_takes_part(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    number = incident["number"]
    lead = desks("dispatcher", "/dispatch")
    select(lead, number)
    command(lead, f"JOINT {number} to Lanchuan Anti-Fraud Centre Find the account")
    expect(lead.get_by_text(f"A joint operation on {number} has begun.")).to_be_visible()
    command(lead, f"TODO {number} to Lanchuan Anti-Fraud Centre Ask the bank")

    page = desks("desk", "/joint")
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").click()
    report = page.get_by_role("region", name="Joint operation", exact=True)
    expect(report.get_by_text("Find the account")).to_be_visible()
    report.get_by_role("checkbox", name="Ask the bank").check()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    report.get_by_role("textbox", name="Write into the log").fill("The bank knows of it")
    page.keyboard.press("Enter")
    expect(report.get_by_text("The bank knows of it")).to_be_visible()

    select(lead, number)
    lead.keyboard.press("c")
    line = lead.get_by_role("listitem").filter(has_text="A joint operation on it is not ended yet.")
    line.get_by_role("button", name="Open").click()
    expect(lead.get_by_role("region", name="Joint operation", exact=True)).to_be_visible()
    command(lead, f"ENDJOINT {number} Frozen at 09:52")
    expect(report.get_by_text("Frozen at 09:52")).to_be_visible()
    assert room.board()["joint_operations"] == []  # it is over


def test_a_request_that_was_returned_by_mistake_is_taken_back(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    request = room.ask_desk(incident)
    room.act("desk", "desk_request.accept", desk_request=request)
    page = desks("desk", "/desk", width=360, height=740)
    page.get_by_role("grid", name="Own requests").press("Home")
    page.keyboard.press("Enter")
    one = page.get_by_role("region", name="Request", exact=True).first
    for taken_back in ("in the panel", "in the message line"):
        one.get_by_role("button", name="Return request").click()
        one.get_by_role("button", name="Not ours to do").click()
        expect(one.get_by_text("returned", exact=True)).to_be_visible()
        if taken_back == "in the panel":
            one.get_by_role("button", name="Take the return of the request back").click()
        else:
            page.get_by_role("button", name="Undo", exact=True).last.click()
        expect(one.get_by_text("accepted", exact=True)).to_be_visible()
    [back] = room.board()["desk_requests"]
    assert (back["owner"], back["returned"], back["returned_by"]) == ("desk", 0, "")

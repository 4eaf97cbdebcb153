"""Tasks divided and joined, and two people on one: both see what happened, and nothing is lost."""

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(page: Page, number: str) -> None:
    page.get_by_role("row").filter(has_text=number).get_by_role("button", name="Open").first.click()


def test_a_task_is_split_and_joined_again_and_both_are_undone(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    number, whole = incident["number"], room.offer_task(incident)
    page = desks("station", "/tasks")
    one = page.get_by_role("region", name="Task", exact=True).first
    opened(page, number)
    one.get_by_role("button", name="Split", exact=False).first.click()
    one.get_by_role("textbox", name="Parts", exact=False).fill("Ask upstairs\nAsk below")
    one.get_by_role("combobox", name="Team").select_option("case")
    one.get_by_role("button", name="Split", exact=False).last.click()
    rows = page.get_by_role("row").filter(has_text=number)
    expect(rows).to_have_count(3)
    assert room.task(whole)["parts"] == 2
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(rows).to_have_count(1)
    assert {one["id"] for one in room.board()["tasks"] if one["number"] == number} == {whole}

    other = room.offer_task(incident, "Ask the caretaker", kind="check")
    expect(rows).to_have_count(2)
    command(page, f"JOIN {number} visit")
    expect(rows).to_have_count(1)
    assert room.task(other)["joined"] == [whole]
    expect(page.get_by_text(f"Visit · {number}: joined into")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(rows).to_have_count(2)
    assert room.task(whole)["state"] == "offered"


def test_two_people_on_one_task_see_what_the_other_did_and_lose_nothing(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    number, task = incident["number"], room.offer_task(incident)
    room.act("station2", "task.accept", task=task)
    chief, officer = desks("station", "/tasks"), desks("station2", "/tasks")
    seen = {
        page: page.get_by_role("region", name="Task", exact=True).first for page in (chief, officer)
    }
    for page, text in ((chief, "I know the caretaker"), (officer, "Nobody at home")):
        opened(page, number)
        seen[page].get_by_role("textbox", name="Add a note").fill(text)
    for page in seen:
        page.keyboard.press("Enter")
    for one in seen.values():
        for text in ("I know the caretaker", "Nobody at home"):
            expect(one.get_by_text(text)).to_be_visible()
    assert room.task(task)["notes"] == 2

    # One submits it in the moment in which the other gives it to somebody else.
    def submitted_first(route: Route) -> None:
        room.act("station2", "task.submit", task=task, text="They heard nothing")
        route.continue_()

    chief.route("**/api/actions/task.reassign", submitted_first)
    seen[chief].get_by_role("button", name="Reassign task").click()
    seen[chief].get_by_role("combobox", name="Owner").select_option("station")
    desks.expect("409 (Conflict)")
    seen[chief].get_by_role("button", name="Reassign task").last.click()
    expect(chief.get_by_text("This task has been submitted by station2 already.")).to_be_visible()
    for one in seen.values():
        expect(one.get_by_text("submitted", exact=True)).to_be_visible()
        expect(one.get_by_text("They heard nothing").first).to_be_visible()
    assert (room.task(task)["state"], room.task(task)["owner"]) == ("submitted", "station2")

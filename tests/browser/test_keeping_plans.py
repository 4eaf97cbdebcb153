"""Plans are saved, copied, deleted and brought back, and no planner loses anything without a word."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Desks
from tests.browser.cutting import stop
from tests.browser.planner import begin
from tests.browser.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("no_plans_left")]


@pytest.fixture
def page(desks: Desks) -> Page:
    return desks("planner", "/plan")


def test_what_comes_of_it_is_said_and_a_deleted_plan_comes_back(page: Page, desks: Desks) -> None:
    begin(page, "Said")
    said = page.get_by_role("contentinfo").get_by_role("status")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said).to_contain_text("Said saved.")
    page.get_by_role("button", name="Delete Said").click()
    expect(said).to_contain_text("Said deleted.")
    expect(page.get_by_role("button", name="Said", exact=True)).to_have_count(0)
    said.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Said", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="Name", exact=True).fill("Said twice")
    desks.expect("net::ERR_FAILED")
    stop(page, "**/api/plan/plans**")
    page.keyboard.press("Control+s")  # what is half-typed is saved too
    expect(said).to_contain_text("✕")
    page.unroute("**/api/plan/plans**")
    page.keyboard.press("Control+s")
    expect(said).to_contain_text("Said twice saved.")


def test_a_plan_with_hours_that_cannot_be_taken_is_not_saved_without_them(
    page: Page, desks: Desks, room: Room
) -> None:
    begin(page, "Hours")
    said = page.get_by_role("contentinfo").get_by_role("status")
    hours = page.get_by_label("Hours of P2", exact=True)
    hours.fill("weekends")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said).to_contain_text("✕")
    expect(said).to_contain_text("Hours of P2: what is typed there can't be taken")
    expect(hours).to_be_focused()
    find = page.get_by_label("Find a unit, kind or station")
    find.fill("P1")
    expect(hours).to_have_value("weekends")  # in sight as long as it isn't in the plan
    find.fill("")
    gain = page.get_by_label(re.compile("^Takes over if sooner"))
    hours.fill("sat 08:00-16:00")
    hours.press("Control+s")  # half-typed
    expect(said).to_contain_text("Hours saved.")
    assert saved_hours(room) == [{"do": "set_hours", "id": "P2", "hours": ["sat 08:00-16:00"]}]
    hours.fill("sat 08:00-16:00, sat 12:00-20:00")
    hours.press("Control+s")
    expect(said).to_contain_text("nothing was saved")
    hours.fill("")
    gain.fill("99999")
    gain.press("Control+s")
    expect(gain).to_be_focused()
    gain.fill("60")
    gain.press("Control+s")
    expect(page.get_by_text("not saved", exact=True)).to_have_count(0)
    assert saved_hours(room) == []


def saved_hours(room: Room) -> list[object]:
    file = Path(room.env["DUTYROOM_HOME"]) / "plans" / "hours.json"
    return list(json.loads(file.read_text("utf-8")).get("changes", []))


def test_a_plan_written_by_hand_says_so_is_copied_whole_and_comes_back_whole(
    page: Page, desks: Desks, room: Room
) -> None:
    begin(page, "By hand")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("link", name="Export as a scenario")).to_be_visible()
    folder = Path(room.env["DUTYROOM_HOME"]) / "plans"
    whole = json.loads((folder / "by-hand.json").read_text("utf-8")) | {"targets_s": {"1": 300}}
    (folder / "by-hand.json").write_text(json.dumps(whole), encoding="utf-8")
    besides = page.get_by_role("list", name="What else the plan's file says")
    expect(besides).to_have_count(0)
    page.reload()
    expect(besides).to_have_text("Not shown here, and kept as it is: promised times")
    page.get_by_role("button", name="Copy", exact=True).click()
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("By hand (copy)")
    expect(besides).to_contain_text("promised times")
    page.keyboard.press("Control+s")
    said = page.get_by_role("contentinfo").get_by_role("status")
    expect(said).to_contain_text("By hand (copy) saved.")
    copy = json.loads((folder / "by-hand-copy.json").read_text("utf-8"))
    assert copy == whole | {"name": "By hand (copy)"}

    listed = page.get_by_role("button", name="By hand", exact=True)
    page.get_by_role("button", name="Delete By hand", exact=True).click()
    expect(listed).to_have_count(0)
    said.get_by_role("button", name="Undo").click()
    expect(listed).to_be_visible()
    assert json.loads((folder / "by-hand.json").read_text("utf-8")) == whole

    page.get_by_role("button", name="By hand", exact=True).click()
    name.fill("By hand, later")
    page.keyboard.press("Tab")
    room.ask("DELETE", "/api/plan/plans/by-hand", room.headers("planner"))
    desks.expect("404")  # somebody else has deleted it
    page.keyboard.press("Control+s")
    expect(said).to_contain_text("By hand, later was deleted meanwhile")
    mine = page.get_by_role("button", name=re.compile("^By hand, later"))
    expect(mine).to_contain_text("deleted meanwhile")
    page.get_by_role("button", name="By hand (copy)", exact=True).click()
    mine.click()
    expect(besides).to_contain_text("promised times")
    page.keyboard.press("Control+s")
    expect(said).to_contain_text("By hand, later saved.")
    expect(mine).not_to_contain_text("deleted meanwhile")
    again = json.loads((folder / "by-hand.json").read_text("utf-8"))
    assert again == whole | {"name": "By hand, later"}


def test_of_two_planners_with_one_plan_neither_loses_anything_without_a_word(
    page: Page, desks: Desks
) -> None:
    begin(page, "Shared")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("link", name="Export as a scenario")).to_be_visible()
    other = desks("planner", "/plan")
    other.get_by_role("button", name="Shared", exact=True).click()
    note, said = "Note", page.get_by_role("contentinfo").get_by_role("status")
    other.get_by_role("textbox", name=note).fill("hers")
    other.keyboard.press("Control+s")
    expect(other.get_by_role("contentinfo").get_by_role("status")).to_contain_text("Shared saved.")
    page.get_by_role("textbox", name=note).fill("his")
    desks.expect("409")
    page.keyboard.press("Control+s")
    expect(said).to_contain_text("Somebody else has saved this plan since you opened it.")
    mine = page.get_by_role("button", name=re.compile("^Shared not saved"))
    expect(mine).to_contain_text("saved by somebody else meanwhile")
    notice = page.get_by_role("region", name="Saved by somebody else meanwhile")
    expect(notice).to_contain_text("Theirs differs from yours in: the note.")
    over = notice.get_by_role("button", name="Save over theirs")
    expect(over).to_be_disabled()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    page.reload()
    expect(page.get_by_role("textbox", name=note)).to_have_value("his")

    notice.get_by_role("button", name="Take over theirs").click()
    expect(page.get_by_role("textbox", name=note)).to_have_value("hers")
    expect(mine).to_have_count(0)
    said.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name=note)).to_have_value("his")
    notice.get_by_role("button", name="Look at theirs").click()
    expect(page.get_by_role("textbox", name=note)).to_have_value("hers")
    expect(page.get_by_role("button", name="Shared", exact=True)).to_be_focused()
    expect(notice).to_have_count(0)
    mine.click()
    expect(over).to_be_enabled()
    notice.get_by_role("button", name="Save as a copy").click()
    expect(page.get_by_role("button", name="Shared (copy)", exact=True)).to_be_visible()
    expect(notice).to_have_count(0)

    page.get_by_role("button", name="Shared", exact=True).click()
    expect(page.get_by_role("textbox", name=note)).to_have_value("hers")
    page.get_by_role("textbox", name=note).fill("his after all")
    page.keyboard.press("Control+s")
    expect(said).to_contain_text("Shared saved.")
    other.get_by_role("textbox", name=note).fill("hers, later")
    other.keyboard.press("Control+s")
    notice = other.get_by_role("region", name="Saved by somebody else meanwhile")
    notice.get_by_role("button", name="Look at theirs").click()
    expect(other.get_by_role("textbox", name=note)).to_have_value("his after all")
    other.get_by_role("button", name=re.compile("^Shared not saved")).click()
    notice.get_by_role("button", name="Save over theirs").click()
    expect(notice).to_have_count(0)
    expect(other.get_by_role("textbox", name=note)).to_have_value("hers, later")
    expect(other.get_by_role("button", name=re.compile("^Shared not saved"))).to_have_count(0)


def test_a_plan_that_is_not_saved_is_lost_neither_to_another_nor_to_a_reload(page: Page) -> None:
    begin(page, "Saved")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("link", name="Export as a scenario")).to_be_visible()
    saved = page.get_by_role("button", name=re.compile("^Saved"))
    expect(saved).to_have_text("Saved")
    page.get_by_role("button", name="Take P1 out", exact=True).click()
    expect(saved).to_contain_text("not saved")
    begin(page, "New second")  # its id, once it is saved, begins like the word for a new one
    second = page.get_by_role("button", name=re.compile("^New second"))
    expect(second).to_contain_text("not saved")
    page.reload()
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("New second")
    saved.click()
    expect(name).to_have_value("Saved")
    row = page.get_by_role("row", name=re.compile("^P1 "))
    expect(row).to_contain_text("taken out")
    page.get_by_role("button", name="Undo").click()
    expect(row).not_to_contain_text("taken out")
    expect(saved).to_have_text("Saved")
    page.get_by_role("button", name="Delete New second").click()
    expect(second).to_have_count(0)
    page.get_by_role("contentinfo").get_by_role("button", name="Undo").click()
    expect(name).to_have_value("New second")
    page.keyboard.press("Control+s")
    expect(second).not_to_contain_text("not saved")
    expect(page.get_by_role("link", name="Export as a scenario")).to_be_visible()

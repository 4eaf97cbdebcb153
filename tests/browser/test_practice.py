"""A practice from its banner to its debrief, in the browser."""

import json
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from bench.serving import free_port
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.kept_pages import fresh_page
from tests.browser.seen import choose
from tests.practice.practised import Practised

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
BANNER = "PRACTICE 演练 – nothing here is real"


@pytest.fixture
def practised(city: Path, tmp_path: Path) -> Iterator[Practised]:
    if not (settings.CONSOLE / "index.html").is_file():
        pytest.fail("the console has not been built: make console")
    made = Practised(tmp_path, city)
    yield made
    made.process.send_signal(signal.SIGINT)
    made.process.wait(timeout=120)


def desk(browser: Browser, practised: Practised, name: str) -> Page:
    """Somebody signs in with what the trainer was shown."""
    page = fresh_page(browser)
    page.goto(f"http://127.0.0.1:{practised.port}/sign-in?nomap")
    expect(page.get_by_role("note")).to_contain_text(BANNER)
    page.get_by_label("Staff number").fill(name)
    page.get_by_label("Password").fill(practised.logins[name])
    page.get_by_role("button", name="Sign in").click()
    return page


def test_a_trainee_practises_and_the_debrief_shows_it(
    browser: Browser, practised: Practised
) -> None:
    page = desk(browser, practised, "trainee1")
    expect(page.get_by_role("region", name="Ringing lines")).to_contain_text("ringing")
    expect(page.get_by_role("note")).to_contain_text(BANNER)
    assert "PRACTICE" in page.title()
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()
    # The caller speaks a moment after the call was taken: what happened, and where.
    says = page.get_by_role("region", name="The caller")
    expect(says).to_contain_text(re.compile(r"\d+\.\d{5}, \d+\.\d{5}"))
    page.reload()
    expect(says).to_contain_text(re.compile(r"\d+\.\d{5}, \d+\.\d{5}"))
    page.keyboard.type("jiefang")
    choose(page, "Street Jiefang Road")
    page.keyboard.type("injury")
    choose(page, "Injury or fall")
    page.keyboard.press("Control+Enter")
    row = page.get_by_role("row", name=re.compile("Injury or fall"))
    expect(row).to_be_visible()
    page.keyboard.press("F9")
    expect(page.get_by_role("button", name="End the call")).to_have_count(0)
    row.click()
    send = page.get_by_role("button", name=re.compile("^Dispatch [A-Z]"))
    expect(send).to_be_enabled()
    send.click()
    expect(page.get_by_text("Everything that is needed is on its way.")).to_be_visible()

    page.get_by_role("link", name="Practice").click()
    own = page.get_by_role("region", name="Trainee 1")
    sent = own.get_by_role("row").nth(1)
    expect(sent).to_contain_text("Injury or fall")
    expect(sent.get_by_role("cell").last).to_have_text("±0 s")  # as it was shown
    expect(page.get_by_role("region", name="Trainee 2")).to_have_count(0)

    page.emulate_media(media="print")  # what is half typed isn't part of the debrief
    expect(page.get_by_role("combobox", name="Command")).not_to_be_visible()
    expect(own).to_be_visible()
    page.emulate_media(media="screen")

    trainer = desk(browser, practised, "trainer")
    expect(trainer.get_by_role("heading", name="Debrief: busy")).to_be_visible()
    expect(trainer.get_by_role("region", name="Trainee 1")).to_contain_text("Injury or fall")
    expect(trainer.get_by_role("region", name="Trainee 2")).to_contain_text(
        "Nothing was dispatched"
    )
    for one in (page, trainer):
        one.context.close()


def test_a_trainer_opens_a_practice_room_and_reads_its_debrief(
    browser: Browser, desks: Desks
) -> None:
    port = free_port()
    page = desks("trainer", "/practice")
    desks.expect("409 (Conflict)")
    # The real room's own port is neither offered nor taken.
    field = page.get_by_label("Port")
    expect(field).not_to_have_value(str(desks.room.port))
    field.fill(str(desks.room.port))
    page.get_by_role("button", name="Open", exact=True).click()
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text(f"Port {desks.room.port} is in use. Choose another, such as")
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_role("button", name="中文").click()
    expect(refused).to_contain_text(f"端口 {desks.room.port} 已被占用。")
    page.get_by_role("button", name="English").click()
    field.fill(str(port))
    page.get_by_label("Minutes").fill("5")
    page.get_by_label("Trainees").fill("1")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        f":{port}/", timeout=LONG_MS
    )
    password = (
        page.get_by_role("row", name=re.compile("^trainee1")).get_by_role("cell").inner_text()
    )

    trainee = fresh_page(browser)
    trainee.goto(f"http://127.0.0.1:{port}/sign-in?nomap")
    expect(trainee.get_by_role("note")).to_contain_text(BANNER)
    trainee.get_by_label("Staff number").fill("trainee1")
    trainee.get_by_label("Password").fill(password)
    trainee.get_by_role("button", name="Sign in").click()
    expect(trainee.get_by_role("region", name="Desk")).to_be_visible()

    page.get_by_role("button", name="End the practice").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("Ended", timeout=LONG_MS)
    expect(trainee.get_by_role("note")).to_contain_text("this practice has ended")
    trainee.context.close()
    page.get_by_role(
        "button", name=re.compile("^Debrief: An evening in the demo city, ")
    ).first.click()
    expect(page.get_by_role("region", name="Trainee 1")).to_contain_text("Nothing was dispatched")
    expect(page.get_by_text("PRACTICE 演练", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("PRACTICE 演练", exact=True)).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="中文").click()
    panel = page.get_by_role("region", name="开启演练室")
    expect(panel).to_be_visible()
    assert re.findall(r"[A-Za-z]{4,}", panel.inner_text()) == []


OVER_THE_CITY: Final = {"name": "Posts", "base": "../city", "calls": 5}


@pytest.fixture
def scenarios(desks: Desks) -> Iterator[Path]:
    """Where the room's scenarios are; in one of them units have posts, which people won't play."""
    folder = Path(desks.room.env["DUTYROOM_HOME"]) / "scenarios"
    folder.mkdir()
    # Its debrief stays in the trainer's list by this name, on Chinese pages too.
    (folder / "p1.json").write_text(json.dumps(OVER_THE_CITY | {"posts": ["n1"]}))
    yield folder
    shutil.rmtree(folder)


def test_a_trainer_is_shown_what_people_will_not_play_before_they_practise(
    desks: Desks, scenarios: Path
) -> None:
    broken = scenarios / "broken.json"
    says = OVER_THE_CITY | {"name": "Broken"}
    broken.write_text(json.dumps(says | {"changes": [{"do": "remove_unit", "id": "P99"}]}))
    page = desks("trainer", "/practice")
    panel = page.get_by_role("main").get_by_role("region").first
    choice, open_it = page.get_by_label("Scenario"), page.get_by_role("button", name="Open")
    not_played = panel.get_by_text("Not played by people:")

    choice.select_option("Broken")
    expect(panel).to_contain_text("This can't be practised:", timeout=LONG_MS)
    expect(panel).to_contain_text("broken.json: ")
    expect(panel).to_contain_text("P99")
    expect(open_it).to_be_disabled()
    broken.write_text(json.dumps(says))
    page.get_by_role("button", name="Read again").click()
    expect(open_it).to_be_enabled()
    expect(panel.get_by_text("Reading the scenario")).to_have_count(0, timeout=LONG_MS)
    expect(panel).not_to_contain_text("can't be practised")
    expect(not_played).to_have_count(0)

    choice.select_option("Posts")
    items = panel.get_by_role("listitem")
    expect(not_played).to_be_visible(timeout=LONG_MS)
    expect(items).to_have_text(re.compile("^posts: free units wait at their own bases"))
    page.get_by_role("button", name="中文").click()
    expect(panel.get_by_text("人员演练时不采用：")).to_be_visible()
    expect(panel.get_by_role("listitem")).to_have_text(re.compile("空闲处警单元在各自驻地待命"))


@pytest.mark.deep  # a room is opened and ended in each commit, too, above
def test_a_trainer_is_shown_what_people_do_not_play_while_they_practise(
    desks: Desks, scenarios: Path
) -> None:
    page = desks("trainer", "/practice")
    panel = page.get_by_role("main").get_by_role("region").first
    not_played = panel.get_by_text("Not played by people:")
    page.get_by_label("Scenario").select_option("Posts")
    expect(not_played).to_be_visible(timeout=LONG_MS)
    page.get_by_label("Port").fill(str(free_port()))
    page.get_by_label("Minutes").fill("2")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        "Open at", timeout=LONG_MS
    )
    expect(not_played).to_be_visible()
    expect(panel).to_contain_text("Posts · 2 min at 1 × · draw 1")
    page.get_by_role("button", name="中文").click()
    expect(panel.get_by_text("人员演练时不采用：")).to_be_visible()
    expect(panel.get_by_role("listitem")).to_have_text(re.compile("空闲处警单元在各自驻地待命"))
    page.get_by_role("button", name="结束演练").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(
        "已结束", timeout=LONG_MS
    )

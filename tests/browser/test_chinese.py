"""No English is left on the Chinese pages of those who work in the room."""

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import LONG_MS, Desks
from tests.browser.prepare import CAST
from tests.browser.room import Room
from tests.browser.seen import choose, ringing
from tests.harness.examples import by_night

pytestmark = pytest.mark.browser

ALLOWED = {"Alt", "Ctrl", "Enter", "Esc", "Shift", "English", "Parquet", "CSV", "HTML", "SHA"}
"""Names of keys, file formats, and the way to the other language."""
NAMES = set(CAST) | {"telephone", "lanchuan"}
"""Staff numbers, by which those go who have no other name; and the name of the city pack."""
SAID = """() => {
  const skipped = 'kbd, code, script, style, [lang=en], .maplibregl-ctrl';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(skipped) && parent.checkVisibility()) found.push(walker.currentNode.data);
  }
  return found;
}"""


def english(page: Page) -> list[str]:
    """Words of three small letters or more, beside those that may stand there."""
    said = [line for line in page.evaluate(SAID) if re.search(r"[a-z]{3}", line)]
    words = {word for line in said for word in re.findall(r"[A-Za-z]*[a-z]{3,}", line)}
    return sorted(words - ALLOWED)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        by_night("taker", "/calls"),  # and in `test_console`, as others are
        ("dispatcher", "/dispatch"),
        by_night("dispatcher", "/handover"),
        ("colleague", "/notices"),
        by_night("supervisor", "/callbacks"),
        by_night("supervisor", "/ratings"),
        by_night("supervisor", "/clocks"),
        by_night("supervisor", "/loop"),
        by_night("supervisor", "/bulletin"),
        ("supervisor", "/stages"),
        ("station", "/tasks"),
        by_night("station", "/orders"),
        by_night("supervisor", "/watch"),
        by_night("station", "/matters"),
        by_night("station", "/places"),
        by_night("station", "/station"),
        by_night("desk", "/desk"),
        by_night("dispatcher", "/desks"),
        by_night("dispatcher", "/joint"),
        by_night("supervisor", "/referrals"),
        by_night("supervisor", "/agreements"),
        ("partner", "/partner"),
        by_night("supervisor", "/supervise"),
        ("officer", "/field"),
        by_night("planner", "/plan"),
        by_night("trainer", "/practice"),
        by_night("auditor", "/audit"),
    ],
)
def test_a_chinese_page_has_no_english_words(
    desks: Desks, room: Room, name: str, path: str
) -> None:
    incident = room.open_incident("FIRE-STRUCT", label="人民广场")
    room.offer_task(incident, "走访邻居")
    room.ask_desk(incident, "请止付")
    room.give_order(incident, "再次到场核实")
    room.post_notice("22:00 大桥开启", answer="acknowledge")
    page = desks(name, path, locale="zh-CN")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    if path in ("/tasks", "/desk", "/orders"):
        page.get_by_role("row").get_by_role("button", name="打开").first.click()
    page.wait_for_timeout(1000)
    assert set(english(page)) <= NAMES


CALLED = """
import sys
from dutyroom.site.serving import configure
configure()
from dutyroom.site.models import Member
for name, title, title_zh in (one.split("|") for one in sys.argv[1:]):
    Member.objects.filter(name=name).update(title=title, title_zh=title_zh)
"""


@pytest.fixture
def named(room: Room) -> Iterator[None]:
    """Two members have a name in each language."""
    room.run("-c", CALLED, "taker|Lin Qing|林清", "colleague|Chen Hai|陈海", "auditor|Xu Ping|许平")
    yield
    room.run("-c", CALLED, *(f"{name}|{name}|" for name in ("taker", "colleague", "auditor")))


def test_what_was_done_and_read_is_shown_in_chinese(desks: Desks, room: Room, named: None) -> None:
    opened = room.open_incident("FIRE-STRUCT", label="人民广场")
    room.act("colleague", "incident.dispatch", incident=opened["id"], units=[
        {"unit": "E1", "assignment": str(uuid.uuid4())}
    ])  # fmt: skip
    room.get("colleague", f"/api/readings/incidents/{opened['id']}")
    page = desks("auditor", "/audit", locale="zh-CN")
    page.get_by_label("警情号").fill(opened["number"])
    expect(page.get_by_text(f"调度员陈海派 消101 处置 {opened['number']}")).to_be_visible()
    expect(page.get_by_text(f"接警员林清建立警情 {opened['number']}")).to_be_visible()
    page.get_by_role("button", name="校验日志").click()
    expect(page.get_by_text("日志校验通过")).to_be_visible()
    for tab in ("条目", "查阅记录"):
        page.get_by_role("tab", name=tab).click()
        summaries = page.locator("summary")
        expect(summaries.first).to_be_visible()
        for at in range(summaries.count()):
            summaries.nth(at).click()
        expect(page.get_by_text("事件类型").first).to_be_visible()
        assert set(english(page)) <= NAMES
    expect(page.get_by_role("row", name=re.compile("^.*调度员陈海查阅警情")).first).to_contain_text(
        "允许：角色为调度员"
    )


def test_colleagues_go_by_their_name_in_the_language_of_the_page(
    desks: Desks, room: Room, named: None
) -> None:
    opened = room.open_incident("FIRE-STRUCT", label="人民广场")
    command = {"incident": opened["id"], "note": str(uuid.uuid4()), "text": "楼上有人"}
    room.act("colleague", "incident.add_note", **command)
    handover = str(uuid.uuid4())
    room.act("dispatcher", "desk.start_handover", handover=handover, to="colleague")
    try:
        page = desks("colleague", "/dispatch", locale="zh-CN")
        expect(page.get_by_role("button", name="陈海: 设置")).to_be_visible()
        page.get_by_role("row", name=re.compile(opened["number"])).click()
        expect(page.get_by_text(re.compile("· 陈海")).first).to_be_visible()
        page.get_by_role("link", name="交接").click()
        expect(page.get_by_text("dispatcher 交接给陈海")).to_be_visible()
    finally:
        room.act("dispatcher", "desk.cancel_handover", handover=handover)


def test_who_may_sign_in_to_a_demo_is_named_with_the_call_sign(desks: Desks, room: Room) -> None:
    login = {"name": "officer", "role": "field_officer", "password": "x", "unit": "P1"}
    title = {"en": "Demo", "zh": "演示"}
    files = {
        "room.json": {"name": "demo", "kind": "demo", "title": title},
        "demo-logins.json": [login],
    }
    for name, said in files.items():
        (room.folder / name).write_text(json.dumps(said), encoding="utf-8")
    try:
        page = desks.blank(locale="zh-CN")
        page.goto(room.base + "/sign-in")
        expect(page.get_by_role("button", name="officer · 巡101")).to_be_visible()
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="officer · P1")).to_be_visible()
    finally:
        for name in files:
            (room.folder / name).unlink()


def test_the_scale_of_the_map_is_in_the_language_of_the_page(desks: Desks, room: Room) -> None:
    page = desks("dispatcher", "/dispatch", locale="zh-CN", map="still")
    scale = page.locator(".maplibregl-ctrl-scale")
    expect(scale).to_have_text(re.compile(r"^\d+ (米|公里)$"))
    page.get_by_role("button", name="English").click()
    expect(scale).to_have_text(re.compile(r"^\d+ k?m$"))


def test_sentences_of_an_officers_page_stand_without_a_blank_and_end(
    desks: Desks, room: Room
) -> None:
    page = desks("officer", "/field", locale="zh-CN")
    said = page.get_by_text("无网络时也可打开本页。")
    expect(said).to_have_text(
        re.compile(r"^无网络时也可打开本页。(轻触一次，即可听到新派警提示音。)?$"),
        timeout=LONG_MS,
    )


@pytest.mark.deep
def test_a_place_that_was_chosen_in_english_is_read_in_chinese(room: Room, desks: Desks) -> None:
    taker, dispatcher = desks("taker", "/calls"), desks("dispatcher", "/dispatch", locale="zh-CN")
    room.ring("110-7")
    expect(ringing(taker)).to_contain_text("110-7")
    taker.keyboard.press("r")
    expect(taker.get_by_role("combobox", name="Where")).to_be_focused()
    taker.keyboard.type("jiefang")
    choose(taker, "Street Jiefang Road")
    expect(taker.get_by_role("combobox", name="Where")).to_have_value("Jiefang Road")
    taker.keyboard.type("injury")
    choose(taker, "Injury or fall")
    taker.keyboard.press("Control+Enter")
    linked = taker.get_by_role("region", name="Incident of this call")
    expect(linked).to_contain_text("Jiefang Road")
    expect(linked).not_to_contain_text("解放路")
    row = dispatcher.get_by_role("row").filter(has_text="解放路")
    expect(row).to_be_visible()
    expect(row).not_to_contain_text("Jiefang")

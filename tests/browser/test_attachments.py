"""Attachments on the screen: chosen, dropped and pasted at the desk, taken with a telephone without a
network, shown in both."""

import base64
import re
import uuid

import pytest
from playwright.sync_api import Page, expect
from tests.attachments.made import jpeg, pdf, pixels, png
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import command, select

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def hand_over(page: Page, how: str, name: str, kind: str, raw: bytes) -> None:
    """Drop a file on the part, or paste it, as the browser would tell of it."""
    page.evaluate(
        """([how, name, kind, text]) => {
            const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name, { type: kind }));
            const area = document.querySelector('.area');
            const given = { bubbles: true, cancelable: true };
            if (how === 'drop') {
                area.dispatchEvent(new DragEvent('dragover', { ...given, dataTransfer: data }));
                area.dispatchEvent(new DragEvent('drop', { ...given, dataTransfer: data }));
            } else {
                const paste = new ClipboardEvent('paste', { ...given, clipboardData: data });
                document.body.dispatchEvent(paste);
            }
        }""",
        [how, name, kind, base64.b64encode(raw).decode()],
    )


def test_pictures_and_papers_are_chosen_dropped_and_pasted(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    page = desks("dispatcher", "/dispatch", width=1366, height=768)
    select(page, incident["number"])
    area = page.get_by_role("group", name="Attachments", exact=True)
    expect(area.get_by_text("Nothing is attached.")).to_be_visible()
    with page.expect_file_chooser() as chosen:
        command(page, "ATTACH")
    chosen.value.set_files(
        [{"name": "gate.jpg", "mimeType": "image/jpeg", "buffer": jpeg(pixels(800, 600))}]
    )
    expect(area.get_by_role("button", name=re.compile(r"^gate.jpg · JPEG"))).to_be_visible()
    hand_over(page, "drop", "estimate.pdf", "application/pdf", pdf())
    expect(area.get_by_role("button", name=re.compile(r"^estimate.pdf"))).to_be_visible()
    hand_over(page, "paste", "image.png", "image/png", png())
    expect(area.get_by_role("button", name=re.compile(r"^image.png"))).to_be_visible()

    desks.expect("409 (Conflict)")
    hand_over(page, "drop", "photo.jpg", "image/jpeg", b"<svg onload='alert(1)'/>")
    refused = area.get_by_role("alert")
    expect(refused).to_contain_text("photo.jpg")
    expect(refused).to_contain_text("drawings that may hold scripts")
    refused.get_by_role("button").click()
    expect(refused).to_have_count(0)

    area.get_by_role("button", name=re.compile(r"^gate.jpg")).click()
    shown = page.get_by_role("dialog", name="gate.jpg")
    expect(shown.get_by_role("img")).to_have_js_property("naturalWidth", 800)
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    with page.expect_download() as saved:
        area.get_by_role("button", name=re.compile(r"^estimate.pdf")).click()
    assert saved.value.suggested_filename == "estimate.pdf"

    area.get_by_role("button", name="Strike image.png").click()
    area.get_by_role("button", name="is there already").click()
    expect(page.get_by_text("The attachment is struck; it is kept.")).to_be_visible()
    expect(area.get_by_role("button", name=re.compile(r"^image.png"))).to_have_count(0)
    area.get_by_role("button", name="Show again").click()
    expect(area.get_by_role("button", name=re.compile(r"^image.png"))).to_be_visible()


def test_a_picture_taken_without_a_network_waits_and_arrives_once(room: Room, desks: Desks) -> None:
    incident = room.open_incident()
    room.send(incident["id"], "P1")
    phone = desks("officer", "/field", width=360, height=740)
    area = phone.get_by_role("group", name="Attachments", exact=True)
    expect(area.get_by_role("button", name="Take a picture")).to_be_visible()
    desks.expect("net::ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    with phone.expect_file_chooser() as chosen:
        area.get_by_role("button", name="Take a picture").click()
    large = jpeg(pixels(3_000, 2_000), quality=100)
    chosen.value.set_files([{"name": "image.jpg", "mimeType": "image/jpeg", "buffer": large}])
    expect(area.get_by_text("waits to be sent")).to_be_visible()
    context = phone.context
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(room.base + "/field")
    area = again.get_by_role("group", name="Attachments", exact=True)
    expect(area.get_by_role("button", name=re.compile(r"^image.jpg"))).to_be_visible()
    desk = desks("dispatcher", "/dispatch", width=1366, height=768)
    select(desk, incident["number"])
    there = desk.get_by_role("group", name="Attachments", exact=True)
    expect(there.get_by_role("button", name=re.compile(r"^image.jpg"))).to_have_count(1)


def test_a_station_attaches_to_its_task_and_the_desk_sees_it_at_once(
    room: Room, desks: Desks
) -> None:
    incident = room.open_incident()
    room.offer_task(incident)
    desk = desks("dispatcher", "/dispatch", width=1366, height=768)
    select(desk, incident["number"])
    page = desks("station", "/tasks", width=1366, height=768)
    page.get_by_role("row").filter(has_text=incident["number"]).get_by_role(
        "button", name="Open"
    ).click()
    area = page.get_by_role("group", name="Attachments", exact=True)
    expect(area).to_be_visible()
    hand_over(page, "paste", "notes.txt", "text/plain", "门卫看到两人。".encode())
    for one in (area, desk.get_by_role("group", name="Attachments", exact=True)):
        expect(one.get_by_role("button", name=re.compile(r"^notes.txt · Text"))).to_be_visible()
    assert uuid.UUID(room.journal("attachment.added")[-1]["body"]["task"])

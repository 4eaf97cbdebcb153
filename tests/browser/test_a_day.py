"""One robbery from the ring to the follow-up call, through the screens of all who work on it, which
are looked at on the way in both languages, both themes and at each size."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.all_looks import AllLooks
from tests.browser.conftest import Desks
from tests.browser.room import Room
from tests.browser.seen import chip, choose, command, ringing, select

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

TELEPHONE = "13800004829"
TYPED = """
They took my bag and drove off. Ask the shops for their cameras. Look for a grey van.
The card in the bag. Patrol the square tonight. Two cameras saw the van. The van stands at our
station. Stopped at the bank. Two officers walk there until two. They came fast. People's Square
Robbery; station station2 desk partner telephone
"""
OWED = (
    "A task is not approved yet.",
    "A partner has not answered or done a referral.",
    "The result of a specialist desk is not confirmed yet.",
    "A supervision order is not answered and accepted yet.",
    "The handling is not approved yet.",
)


@dataclass
class Day:
    """The incident, and the page at which each member sits all day."""

    room: Room
    desks: Desks
    number: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    looks: AllLooks = field(default_factory=lambda: AllLooks("day", TYPED))

    def sit(self, name: str, path: str) -> Page:
        self.pages[name] = self.desks(name, path, width=1366, height=768)
        return self.pages[name]


def test_a_robbery_goes_through_all_hands_from_the_ring_to_the_follow_up_call(
    room: Room, desks: Desks
) -> None:
    day = Day(room, desks)
    a_call_is_taken(day)
    units_are_sent(day)
    the_officer_goes_there(day)
    everybody_is_asked(day)
    closing_says_what_is_owed(day)
    the_station_does_its_task(day)
    the_partner_searches(day)
    the_specialist_stops_the_payment(day)
    the_order_is_answered_and_accepted(day)
    the_supervisor_approves_and_it_is_closed(day)
    the_caller_is_called_back(day)
    the_supervisor_sees_the_rating(day)
    the_auditor_sees_who_did_what(day)
    assert day.looks.wrong == {}


def a_call_is_taken(day: Day) -> None:
    page = day.sit("taker", "/calls")
    day.room.ring("110-1", TELEPHONE)
    expect(ringing(page)).to_contain_text("110-1")
    page.keyboard.press("r")
    expect(page.get_by_role("combobox", name="Where")).to_be_focused()
    page.keyboard.type("people's square")
    choose(page, "People's Square")
    expect(page.get_by_role("combobox", name="What happened")).to_be_focused()
    page.keyboard.type("robbery")
    choose(page, "Robbery")
    page.get_by_role("textbox", name="What the caller says").fill("They took my bag and drove off")
    day.looks.at(page, "the form of a call")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("region", name="Incident of this call")).to_be_visible()
    day.looks.at(page, "the incident of the call")
    page.keyboard.press("F9")
    expect(page.get_by_text("No calls just now.")).to_be_visible()
    [incident] = [one for one in day.room.board()["incidents"] if one["state"] == "open"]
    day.number = incident["number"]


def units_are_sent(day: Day) -> None:
    day.room.place_at("P1", 0)
    page = day.sit("dispatcher", "/dispatch")
    select(page, day.number)
    expect(page.get_by_text("They took my bag and drove off").first).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Dispatch P1\b")).click()
    expect(page.get_by_text("Everything that is needed is on its way.")).to_be_visible()
    expect(chip(page, "P1")).to_contain_text("Dispatched")
    day.looks.at(page, "units are sent")


def the_officer_goes_there(day: Day) -> None:
    phone = day.desks("officer", "/field", width=390, height=844, has_touch=True)
    expect(phone.get_by_role("heading", name="Robbery")).to_be_visible()
    phone.get_by_role("button", name="En route").tap()
    phone.get_by_role("button", name="On scene").tap()
    page = day.pages["dispatcher"]
    expect(chip(page, "P1")).to_contain_text("On scene")
    day.looks.at(phone, "on scene")
    phone.get_by_role("button", name="Clear").tap()
    phone.get_by_role("dialog", name="Why is it finished?").get_by_text("Work done").tap()
    expect(phone.get_by_text("No assignment")).to_be_visible()
    expect(chip(page, "P1")).to_contain_text("Available")
    # The second patrol that a robbery needs is led by the dispatcher, by radio.
    [incident] = [one for one in day.room.board()["incidents"] if one["number"] == day.number]
    [other] = {one["unit"] for one in incident["assignments"]} - {"P1"}
    command(page, f"OS {other}")
    expect(chip(page, other)).to_contain_text("On scene")
    command(page, f"CL {other} nothing-found")
    expect(chip(page, other)).to_contain_text("Available")


def everybody_is_asked(day: Day) -> None:
    number, page = day.number, day.pages["dispatcher"]
    command(page, f"TASK {number} visit case team due 2d p2 Ask the shops for their cameras")
    expect(page.get_by_text(re.compile(f"Task on {number} offered to"))).to_be_visible()
    command(page, f"REFER {number} to yunzhou Look for a grey van")
    expect(page.get_by_text(re.compile(f"{number} referred: Yunzhou"))).to_be_visible()
    command(page, f"ASK {number} antifraud stop-payment p1 The card in the bag")
    expect(page.get_by_text(f"Anti-fraud centre is asked about {number}.")).to_be_visible()
    day.looks.at(page, "everybody is asked")
    supervisor = day.sit("supervisor", "/dispatch")
    select(supervisor, number)
    command(supervisor, f"ORDER {number} due 2d p1 Patrol the square tonight")
    given = re.compile(f"Supervision order on {number} given to")
    expect(supervisor.get_by_text(given)).to_be_visible()
    command(supervisor, "WATCH")
    expect(supervisor.get_by_role("button", name="All · Ordered · 1", exact=True)).to_be_visible()
    day.looks.at(supervisor, "what to watch")


def closing_says_what_is_owed(day: Day) -> None:
    page = day.pages["dispatcher"]
    page.keyboard.press("c")
    page.get_by_label("Disposition").select_option("resolved")
    for one in OWED:
        expect(page.get_by_text(one)).to_be_visible()
    expect(closing(page)).to_have_attribute("aria-disabled", "true")
    day.looks.at(page, "what is owed")


def closing(page: Page) -> Locator:
    return page.get_by_role("button", name="Close the incident")


def no_longer_owed(day: Day, what: str) -> None:
    expect(day.pages["dispatcher"].get_by_text(what)).to_have_count(0)


def opened(page: Page, day: Day, name: str) -> Locator:
    """What a row of the page's list is about, opened."""
    page.get_by_role("row").filter(has_text=day.number).get_by_role("button", name="Open").click()
    return page.get_by_role("region", name=name, exact=True).first


def the_station_does_its_task(day: Day) -> None:
    page = day.sit("station2", "/tasks")
    one = opened(page, day, "Task")
    expect(one.get_by_text("Ask the shops for their cameras")).to_be_visible()
    page.keyboard.press("x")
    expect(one.get_by_role("button", name="Begin")).to_be_visible()
    page.keyboard.press("x")
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.type("Two cameras saw the van")
    day.looks.at(page, "a task is submitted")
    one.get_by_role("button", name="Submit", exact=True).last.click()
    expect(one.get_by_text("submitted", exact=True)).to_be_visible()

    command_office = day.sit("station", "/tasks")
    seen = opened(command_office, day, "Task")
    expect(seen.get_by_text("Two cameras saw the van").first).to_be_visible()
    day.looks.at(command_office, "a task to approve")
    seen.get_by_role("button", name="Approve").click()
    expect(command_office.get_by_text(f"Visit · {day.number}: approved.")).to_be_visible()
    no_longer_owed(day, OWED[0])


def the_partner_searches(day: Day) -> None:
    page = day.sit("partner", "/partner")
    expect(page.get_by_role("button", name=re.compile(day.number))).to_be_visible()
    page.keyboard.press("ArrowDown")
    one = page.get_by_role("article", name="Referral")
    expect(one.get_by_text("Look for a grey van")).to_be_visible()
    expect(one.get_by_text(TELEPHONE)).to_have_count(0)  # the agreement doesn't hand it over
    page.keyboard.press("a")
    expect(one.get_by_role("button", name="Begin")).to_be_visible()
    page.keyboard.press("g")
    expect(one.get_by_text("in progress", exact=False).first).to_be_visible()
    page.keyboard.press("d")
    outcome = one.get_by_role("textbox")
    expect(outcome).to_be_focused()
    outcome.fill("The van stands at our station")
    day.looks.at(page, "the partner reports")
    one.get_by_role("button", name="Done").last.click()
    expect(page.get_by_role("heading", name=re.compile("^Answered and done"))).to_be_visible()
    no_longer_owed(day, OWED[1])
    command(day.pages["dispatcher"], f"ENDREF {day.number}")
    ended = day.pages["dispatcher"].get_by_text(f"{day.number}: referral ended.")
    expect(ended).to_be_visible()


def the_specialist_stops_the_payment(day: Day) -> None:
    page = day.sit("desk", "/desk")
    one = opened(page, day, "Request")
    expect(one.get_by_text("The card in the bag")).to_be_visible()
    page.keyboard.press("F8")
    expect(page.get_by_text("1 of 4 in work")).to_be_visible()
    page.keyboard.press("F8")
    expect(one.get_by_text("in progress", exact=True)).to_be_visible()
    page.keyboard.press("F8")
    page.keyboard.type("Stopped at the bank")
    day.looks.at(page, "the desk gives a result")
    one.get_by_role("button", name="Give result").last.click()
    expect(one.get_by_text("to confirm", exact=True)).to_be_visible()
    day.pages["dispatcher"].get_by_role("button", name="Confirm result").click()
    no_longer_owed(day, OWED[2])


def the_order_is_answered_and_accepted(day: Day) -> None:
    number, page = day.number, day.pages["station"]
    command(page, "ORDERS")
    one = opened(page, day, "Supervision order")
    expect(one.get_by_text("Patrol the square tonight")).to_be_visible()
    command(page, f"RECEIVE {number}")
    expect(one.get_by_text("acknowledged", exact=True)).to_be_visible()
    command(page, f"ANSWER {number} Two officers walk there until two")
    expect(one.get_by_text("answered", exact=True)).to_be_visible()
    day.looks.at(page, "an order is answered")

    supervisor = day.pages["supervisor"]
    command(supervisor, f"SHOWORDER {number}")
    expect(supervisor.get_by_text("Two officers walk there until two").first).to_be_visible()
    day.looks.at(supervisor, "the answer to an order")
    command(supervisor, f"AGREE {number}")
    no_longer_owed(day, OWED[3])


def the_supervisor_approves_and_it_is_closed(day: Day) -> None:
    supervisor, page = day.pages["supervisor"], day.pages["dispatcher"]
    command(supervisor, f"ENDORSE {day.number}")
    expect(supervisor.get_by_text(f"{day.number}: handling approved.")).to_be_visible()
    no_longer_owed(day, OWED[4])
    closing(page).click()
    expect(page.get_by_text(f"{day.number} is closed")).to_be_visible()
    day.looks.at(page, "closed")


def the_caller_is_called_back(day: Day) -> None:
    page, number = day.pages["taker"], day.number
    command(page, f"SURVEY {number}")  # nobody need be called of a robbery, but may be
    command(page, "CALLBACKS")
    one = opened(page, day, "Follow-up call")
    expect(one.get_by_text(TELEPHONE)).to_be_visible()
    command(page, f"CALLING {number}")
    expect(page.get_by_text(f"The follow-up call of {number} is yours.")).to_be_visible()
    day.looks.at(page, "a follow-up call")
    command(page, f"ANSWERED {number} good fair good solved They came fast")
    expect(page.get_by_text(f"{number}: the caller's answer is written down.")).to_be_visible()


def the_supervisor_sees_the_rating(day: Day) -> None:
    page = day.pages["supervisor"]
    command(page, "RATINGS")
    page.get_by_role("button", name=re.compile("^Robbery · Answered: ")).click()
    cases = page.get_by_role("complementary", name="Robbery · Answered")
    expect(cases.get_by_text(day.number)).to_be_visible()
    day.looks.at(page, "the rating")


def the_auditor_sees_who_did_what(day: Day) -> None:
    page = day.sit("auditor", "/audit")
    page.get_by_label("Incident number").fill(day.number)
    rows = page.get_by_role("table").get_by_role("row")
    for said in (
        f"opened {day.number}",
        "sent P1",
        "approved a task",
        "reported a referral as done",
        "confirmed the result of a desk request",
        "accepted the answer to a supervision order",
        f"approved how {day.number} was handled",
        f"wrote down what the caller of {day.number} says",
    ):
        expect(rows.filter(has_text=said).first).to_be_visible()
    day.looks.at(page, "the audit")

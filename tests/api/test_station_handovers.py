"""A station's handover through the door: what is due is found, and given on."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.api.test_tasks import Stations
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TAKER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.matters.commands import OpenMatter, PlanMediation, TakeMatter
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.station_handovers.commands import (
    CancelStationHandover,
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.tasks.commands import AcceptTask, OfferTask, SubmitTask
from dutyroom.projections.handed import end_of_day_ms

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000


class Station(Stations):
    """With a command office of two, and work that is late."""

    def __init__(self, room: TestRoom) -> None:
        super().__init__(room)
        self.incident = room.id()
        category = room.pack.vocabulary.categories[0].code
        opening = OpenIncident(self.incident, category, 3, room.place())
        room.done(TAKER, opening, occurred_at_ms=now_ms() - 5 * HOUR_MS)
        self.day = self.member("wei", "station_command", self.north)
        self.late = self.due(-2)
        self.open = self.due(-1)
        self.elsewhere = self.due(-1, self.south)
        room.done(self.officer, AcceptTask(self.late))

    def due(self, hours: float, org: str = "") -> UUID:
        """Offered yesterday."""
        task, then_ms = self.room.id(), now_ms() - 4 * HOUR_MS
        offer = OfferTask(
            task,
            self.incident,
            "visit",
            org or self.north,
            "Ask the neighbours",
            due_ms=now_ms() + round(hours * HOUR_MS),
        )
        self.room.done(DISPATCHER, offer, occurred_at_ms=then_ms)
        return task


@pytest.fixture
def station(room: TestRoom) -> Station:
    return Station(room)


def row(id_: UUID) -> dict[str, Any]:
    """Also of one that is over."""
    from dutyroom.projections.models import ListedView

    found: dict[str, Any] = json.loads(ListedView.objects.get(id=id_).row)
    return found


def confirmed(room: TestRoom, one: UUID, kind: Any, item: UUID, owner: str, by: Actor) -> None:
    room.done(by, ConfirmStationItem(one, kind, item, owner))


def test_a_station_is_handed_over_item_by_item(room: TestRoom, station: Station) -> None:
    one = room.id()
    room.done(station.chief, StartStationHandover(one, station.north))
    items = {item["id"]: item for item in row(one)["items"]}
    assert items[str(station.late)]["owner"] == "luo"
    assert (items[str(station.open)]["owner"], items[str(station.open)]["late"]) == ("", True)
    assert str(station.elsewhere) not in items
    room.done(station.day, TakeStationHandover(one))
    refused = room.ask(station.day, CompleteStationHandover(one))
    assert isinstance(refused, Refusal)
    for id_, item in items.items():
        owner = item["owner"] or "wei"
        if item["late"]:
            confirmed(room, one, item["kind"], UUID(id_), owner, station.day)
    assert room.row("tasks", station.open)["state"] == "accepted"
    room.done(station.day, CompleteStationHandover(one))
    assert (row(one)["state"], row(one)["ended_by"]) == ("completed", "wei")
    board = station.board(station.other)
    assert board["station_handovers"] == []


def test_a_task_whose_clock_ran_out_is_late_too(room: TestRoom, station: Station) -> None:
    """Nobody accepted it within half an hour; it has no time of its own."""
    task, then_ms = room.id(), now_ms() - HOUR_MS
    offer = OfferTask(task, station.incident, "check", station.north, "Look again")
    room.done(DISPATCHER, offer, occurred_at_ms=then_ms)
    one = room.id()
    room.done(station.chief, StartStationHandover(one, station.north, "wei"))
    found = {item["id"]: item for item in row(one)["items"]}
    assert (found[str(task)]["kind"], found[str(task)]["late"]) == ("task", True)
    room.done(station.officer, SubmitTask(station.late, "Done."))
    confirmed(room, one, "task", station.late, "wei", station.day)
    assert row(one)["confirmed"] == []


def test_a_supervision_order_that_is_not_answered_is_read_back_too(
    room: TestRoom, station: Station
) -> None:
    order = room.id()
    due_ms = now_ms() - HOUR_MS
    give = GiveOrder(order, station.incident, station.north, "See to it", due_ms=due_ms)
    room.done(SUPERVISOR, give, occurred_at_ms=now_ms() - 2 * HOUR_MS)
    one = room.id()
    room.done(station.chief, StartStationHandover(one, station.north, "wei"))
    [listed] = [item for item in row(one)["items"] if item["kind"] == "supervision_order"]
    assert (listed["id"], listed["late"], listed["owner"]) == (str(order), True, "")
    confirmed(room, one, "supervision_order", order, "wei", station.day)
    assert row(one)["confirmed"] == [
        {"kind": "supervision_order", "item": str(order), "owner": "wei"}
    ]


def test_only_the_command_office_of_a_station_hands_it_over(
    room: TestRoom, station: Station
) -> None:
    one = room.id()
    south = Actor("south", "station_command", org=station.south)
    for actor in (station.officer, south, DISPATCHER):
        assert isinstance(room.ask(actor, StartStationHandover(one, station.north)), Denied)
    refused = room.ask(station.chief, StartStationHandover(one, station.north, "luo"))
    assert isinstance(refused, Refusal)
    assert refused.params["known"] == ["wei"]
    room.done(station.chief, StartStationHandover(one, station.north, "wei"))
    second = room.ask(station.chief, StartStationHandover(room.id(), station.north))
    assert isinstance(second, Refusal)
    room.done(SUPERVISOR, CancelStationHandover(one))
    assert row(one)["state"] == "cancelled"


@pytest.mark.parametrize(("day", "hours"), [((3, 8), 23), ((11, 1), 25), ((6, 1), 24)])
def test_a_day_ends_at_midnight_of_the_city(day: tuple[int, int], hours: int) -> None:
    zone = "America/St_Johns"
    from_ms = round(datetime(2026, *day, tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    for at_ms in (from_ms, from_ms + hours * HOUR_MS - 1):
        assert end_of_day_ms(at_ms, zone) == from_ms + hours * HOUR_MS


def test_a_dispute_that_has_ended_by_itself_is_read_back_no_more(
    room: TestRoom, station: Station
) -> None:
    kind = room.pack.loop.matters.kinds[0]
    incident, ended, goes_on = room.id(), room.id(), room.id()
    days_ms = 24 * HOUR_MS
    opened_ms = now_ms() - (room.pack.loop.matters.review_days + 2) * days_ms
    opening = OpenIncident(incident, kind.categories[0], 4, room.place())
    room.done(TAKER, opening, occurred_at_ms=opened_ms)
    for matter, days in ((ended, 1), (goes_on, 3)):
        at_ms = opened_ms + days * days_ms
        open_ = OpenMatter(matter, incident, kind.code, station.north, "A quarrel")
        room.done(DISPATCHER, open_, occurred_at_ms=at_ms)
        room.done(station.officer, TakeMatter(matter), occurred_at_ms=at_ms)
        plan = PlanMediation(matter, room.id(), at_ms + days_ms, "Here")
        room.done(station.officer, plan, occurred_at_ms=at_ms)
    one = room.id()
    room.done(station.chief, StartStationHandover(one, station.north))
    items = {item["id"] for item in row(one)["items"]}
    assert items & {str(ended), str(goes_on)} == {str(goes_on)}

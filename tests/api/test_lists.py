"""Where more is open than the board holds: the window, pages, counts, and all about one incident."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, figures

from dutyroom.actions.clock import now_ms
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import ClearAssignment, OpenIncident
from dutyroom.domain.tasks.commands import AcceptTask, OfferTask, WithdrawTask
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from dutyroom.projections import lists, window

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000


class Town:
    """Ten tasks at one station, two at another, and who looks at them."""

    def __init__(self, room: TestRoom) -> None:
        self.room = room
        zones = [zone for zone in room.pack.zones if zone.org]
        self.north = zones[0]
        self.south = next(zone for zone in zones if zone.org != self.north.org)
        self.officer = Actor("luo", "station_officer", org=self.north.org)
        self.incident = self.opened(self.north)
        now = now_ms()
        self.tasks = [
            # The first ones are due last; every third has no time.
            self.offered(
                self.incident, self.north.org, None if n % 3 == 2 else now + (10 - n) * HOUR_MS
            )
            for n in range(10)
        ]
        other = self.opened(self.south)
        self.elsewhere = [
            self.offered(other, self.south.org, now - HOUR_MS, now - 2 * HOUR_MS) for _ in range(2)
        ]

    def opened(self, zone: Any) -> UUID:
        incident = self.room.id()
        place = Place(*zone.centre, "here", "point")
        category = self.room.pack.vocabulary.categories[0].code
        opening = OpenIncident(incident, category, 2, place)
        self.room.done(DISPATCHER, opening, occurred_at_ms=now_ms() - 3 * HOUR_MS)
        return incident

    def offered(
        self, incident: UUID, org: str, due_ms: int | None, at_ms: int | None = None
    ) -> str:
        task = self.room.id()
        offer = OfferTask(task, incident, "visit", org, "Look", due_ms=due_ms)
        self.room.done(DISPATCHER, offer, occurred_at_ms=at_ms)
        return str(task)

    def client(self, actor: Actor) -> Client:
        from dutyroom.site.models import Member

        values = {"role": actor.role, "org": actor.org, "password": "!"}
        member, _ = Member.objects.get_or_create(name=actor.id, defaults=values)
        client = Client(headers={"host": "localhost"})
        client.force_login(member)
        return client


@pytest.fixture
def town(room: TestRoom) -> Town:
    return Town(room)


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_board_that_holds_all_says_so(town: Town) -> None:
    board = town.client(DISPATCHER).get("/api/board").json()
    assert board["of"] == {}
    assert len(board["tasks"]) == 12


def test_beyond_the_window_the_urgent_and_the_latest_are_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.room.done(town.officer, AcceptTask(UUID(town.tasks[3])))
    town.room.done(DISPATCHER, WithdrawTask(UUID(town.tasks[0])))
    monkeypatch.setattr(window, "WINDOW", 6)
    board = town.client(DISPATCHER).get("/api/board").json()
    assert board["of"] == {"tasks": 11, "loops": 13}
    due_first = [*town.elsewhere, town.tasks[9]]
    latest = [town.tasks[3], town.tasks[9], town.tasks[8]]
    assert set(ids(board["tasks"])) == {*due_first, *latest}
    mine = town.client(town.officer).get("/api/board").json()
    assert mine["of"]["tasks"] == 9
    assert not {*ids(mine["tasks"])} & {*town.elsewhere}
    assert town.tasks[3] in ids(mine["tasks"])


def test_handled_incidents_beyond_the_window_leave_the_board(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, unit = town.room, town.room.pack.units[0].id
    crew, category = Actor("c", "field_officer", unit), room.pack.vocabulary.categories[0].code
    room.done(DISPATCHER, SignOn(unit, ("c",)))
    place, cleared = room.place(), next(iter(room.pack.vocabulary.codes("clear_reasons")))
    handled = []
    for _ in range(3):
        incident, sent = room.id(), room.id()
        met = OpenIncident(incident, category, 2, place, "on_view", unit=unit, assignment=sent)
        room.done(crew, met, occurred_at_ms=now_ms() - 3 * HOUR_MS)
        clear = ClearAssignment(incident, sent, cleared)
        room.done(crew, clear, occurred_at_ms=now_ms() - 2 * HOUR_MS + len(handled))
        handled.append(str(incident))
    assert figures()["open"] == 5
    monkeypatch.setattr(window, "WINDOW", 2)
    board = town.client(DISPATCHER).get("/api/board").json()
    assert board["of"]["incidents"] == 5
    assert set(ids(board["incidents"])) >= {str(town.incident), *handled[1:]}
    assert handled[0] not in ids(board["incidents"])
    about = town.client(DISPATCHER).get(f"/api/about/{handled[0]}").json()
    assert ids(about["incidents"]) == [handled[0]]


def test_pages_hold_each_once_the_most_urgent_first(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 4)
    client = town.client(SUPERVISOR)

    def all_of(query: str) -> list[str]:
        found: list[str] = []
        after = ""
        while after is not None:
            answer = client.get(f"/api/lists/tasks?{query}&after={after}").json()
            assert len(answer["rows"]["tasks"]) <= 4
            found += ids(answer["rows"]["tasks"])
            after = answer["next"]
        return found

    timed = [one for n, one in enumerate(town.tasks) if n % 3 != 2]
    untimed = [one for n, one in enumerate(town.tasks) if n % 3 == 2]
    assert all_of("") == [*sorted(town.elsewhere), *timed[::-1], *untimed]
    assert all_of(f"org={town.south.org}") == sorted(town.elsewhere)
    assert all_of(f"due_before_ms={now_ms()}") == sorted(town.elsewhere)
    town.room.done(town.officer, AcceptTask(UUID(town.tasks[2])))
    assert all_of("state=accepted") == all_of("owner=luo") == [town.tasks[2]]
    assert client.get("/api/lists/nothing").status_code == 404
    assert client.get("/api/lists/tasks?after=x").status_code == 404


def test_counts_are_of_all_and_for_who_asks(town: Town) -> None:
    groups = town.client(SUPERVISOR).get("/api/lists/tasks/counts").json()["groups"]
    said = {(one["org"], one["state"]): (one["count"], one["late"]) for one in groups}
    assert said == {
        (town.north.org, "offered"): (10, 0),
        (town.south.org, "offered"): (2, 2),
    }
    own = town.client(town.officer).get("/api/lists/tasks/counts").json()["groups"]
    assert {one["org"] for one in own} == {town.north.org}


def test_all_about_an_incident_is_for_its_station_alone(town: Town) -> None:
    town.room.done(DISPATCHER, WithdrawTask(UUID(town.tasks[0])))
    about = town.client(town.officer).get(f"/api/about/{town.incident}").json()
    assert ids(about["incidents"]) == [str(town.incident)]
    assert sorted(ids(about["tasks"])) == sorted(town.tasks)
    assert {*ids(about["loops"])} == {str(town.incident), *town.tasks}
    other = Actor("qian", "station_officer", org=town.south.org)
    nothing = town.client(other).get(f"/api/about/{town.incident}").json()
    assert not nothing["incidents"]
    assert not nothing["tasks"]
    assert not nothing["loops"]

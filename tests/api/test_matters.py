"""Matters through the API: opened, mediated, read; each station sees its own."""

import json
from uuid import UUID

import pytest
from django.db import connection
from tests.api.test_tasks import Stations
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.actions.leaving import release_all
from dutyroom.domain.matters.commands import (
    ConcludeMatter,
    HoldMediation,
    LinkMatter,
    OpenMatter,
    PlanMediation,
    TakeMatter,
    UndoMediation,
    UndoOpening,
)

pytestmark = pytest.mark.db
SECRETS = ("leak", "committee", "signed", "shook")


@pytest.fixture
def stations(room: TestRoom) -> Stations:
    found = Stations(room)
    found.incident = room.open_incident(category=room.pack.loop.matters.kinds[0].categories[0])
    return found


def opened(stations: Stations) -> UUID:
    room = stations.room
    category = room.row("incidents", stations.incident)["category"]
    kind = next(one.code for one in room.pack.loop.matters.kinds if category in one.categories)
    matter = room.id()
    text = "The flats quarrel about a leak"
    room.done(DISPATCHER, OpenMatter(matter, stations.incident, kind, stations.north, text))
    return matter


def test_a_matter_is_mediated_and_read_by_those_with_whom_it_lies(
    room: TestRoom, stations: Stations
) -> None:
    matter, mediation = opened(stations), room.id()
    room.done(stations.officer, TakeMatter(matter))
    at_ms = now_ms() + 86_400_000
    room.done(stations.officer, PlanMediation(matter, mediation, at_ms, "At the committee"))
    room.done(stations.officer, HoldMediation(matter, mediation, "again", "One side signed"))
    row = room.row("matters", matter)
    assert (row["state"], row["owner"], row["mediations"][0]["result"]) == (
        "in_hand", "luo", "again",
    )  # fmt: skip
    assert row["again_ms"] == row["due_ms"] > now_ms()
    room.done(stations.officer, ConcludeMatter(matter, "settled", "They shook hands"))
    path = f"/api/readings/matters/{matter}"
    read = stations.client(stations.officer).get(path).json()
    assert [one["text"] for one in read["history"] if "text" in one] == [
        "The flats quarrel about a leak", "At the committee", "One side signed", "They shook hands",
    ]  # fmt: skip
    assert [one["number"] for one in read["incidents"]] == row["numbers"]
    assert stations.client(stations.other).get(path).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        bodies = [bytes(body).decode() for (body,) in cursor.fetchall()]
    assert not any(said in body for body in bodies for said in SECRETS)
    assert not any(said in json.dumps(row) for said in SECRETS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM projections_readview ORDER BY position DESC")
        assert cursor.fetchone() == ("matter",)


def test_each_station_sees_its_own_and_widens_only_over_its_own(
    room: TestRoom, stations: Stations
) -> None:
    matter = opened(stations)
    assert [one["id"] for one in stations.board(stations.chief)["matters"]] == [str(matter)]
    assert stations.board(stations.other)["matters"] == []
    assert isinstance(room.ask(stations.other, TakeMatter(matter)), Denied)
    assert isinstance(room.ask(stations.other, LinkMatter(matter, stations.incident)), Denied)


def test_who_leaves_leaves_no_matter_behind(room: TestRoom, stations: Stations) -> None:
    matter = opened(stations)
    room.done(stations.officer, TakeMatter(matter))
    assert release_all("luo", lambda _org, _roles: True) == {}
    assert release_all("luo", lambda _org, _roles: False) == {"matter": 1}
    row = room.row("matters", matter)
    assert (row["state"], row["owner"], row["team"]) == ("waiting", "", "community")


def test_a_mediation_and_an_opening_are_taken_back_through_the_door(
    room: TestRoom, stations: Stations
) -> None:
    matter, mediation = opened(stations), room.id()
    room.done(stations.officer, TakeMatter(matter))
    assert not room.row("matters", matter)["held"]
    at_ms = now_ms() + 86_400_000
    room.done(stations.officer, PlanMediation(matter, mediation, at_ms, "At the committee"))
    room.done(stations.officer, HoldMediation(matter, mediation, "again", "One side signed"))
    assert room.row("matters", matter)["held"] == str(mediation)
    room.done(stations.officer, UndoMediation(matter, mediation))
    row = room.row("matters", matter)
    assert (row["held"], row["again_ms"], row["mediations"][0]["held_ms"]) == (None, None, None)
    assert isinstance(room.ask(DISPATCHER, UndoMediation(matter, mediation)), Denied)
    mistaken = opened(stations)
    assert isinstance(room.ask(stations.officer, UndoOpening(mistaken)), Denied)
    room.done(DISPATCHER, UndoOpening(mistaken))
    assert [one["id"] for one in stations.board(stations.chief)["matters"]] == [str(matter)]

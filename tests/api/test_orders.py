"""Supervision orders through the API: given, answered by the station they went to, accepted."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom
from tests.harness.stations import Stations

from dutyroom.actions.door import Denied
from dutyroom.domain.incidents.commands import CloseIncident, SetDisposition
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.orders.commands import (
    AcceptAnswer,
    AcknowledgeOrder,
    AnswerOrder,
    GiveOrder,
    RemindOfOrder,
    SendAnswerBack,
)
from dutyroom.domain.orgs import within

pytestmark = pytest.mark.db


@pytest.fixture
def stations(room: TestRoom) -> Stations:
    return Stations(room)


def test_an_order_is_answered_by_its_station_and_holds_the_incident_open(
    room: TestRoom, stations: Stations
) -> None:
    order, reason = room.id(), room.pack.loop.task_reasons[0].code
    room.done(SUPERVISOR, GiveOrder(order, stations.incident, stations.north, "Go there again"))
    room.done(stations.chief, AcknowledgeOrder(order))
    room.done(stations.chief, AnswerOrder(order, "It is quiet now"))
    room.done(SUPERVISOR, SendAnswerBack(order, reason, "Who was asked?"))
    room.done(stations.chief, AnswerOrder(order, "The caretaker"))
    row = room.row("supervision_orders", order)
    assert (row["state"], row["org"], row["sent_back"]) == ("answered", stations.north, 1)
    disposition = next(iter(room.pack.vocabulary.codes("dispositions")))
    room.done(DISPATCHER, SetDisposition(stations.incident, disposition))
    refused = room.ask(DISPATCHER, CloseIncident(stations.incident))
    assert isinstance(refused, Refusal)
    owed = {"what": "supervision_order", "supervision_order": str(order), "state": "answered"}
    assert refused.params["missing"] == [owed]
    room.done(SUPERVISOR, AcceptAnswer(order))
    room.done(DISPATCHER, CloseIncident(stations.incident))


def test_only_who_gave_it_judges_and_only_its_own_command_office_answers(
    room: TestRoom, stations: Stations
) -> None:
    order = room.id()
    give = GiveOrder(order, stations.incident, stations.north, "Go there again")
    assert isinstance(room.ask(DISPATCHER, give), Denied)
    refused = room.ask(stations.chief, give)  # to itself
    assert isinstance(refused, Refusal)
    assert refused.name == "OrderToOneself"
    room.done(SUPERVISOR, give)
    south = stations.member("he", "station_command", stations.south)
    for actor in (south, stations.officer, SUPERVISOR):
        assert isinstance(room.ask(actor, AnswerOrder(order, "Was there")), Denied)
    room.done(stations.chief, AnswerOrder(order, "Was there"))
    assert isinstance(room.ask(stations.chief, AcceptAnswer(order)), Denied)


def test_what_it_says_is_sealed_and_read_by_those_whom_it_is_for(
    room: TestRoom, stations: Stations
) -> None:
    order = room.id()
    room.done(SUPERVISOR, GiveOrder(order, stations.incident, stations.north, "Go there again"))
    room.done(stations.chief, AnswerOrder(order, "The caretaker opened"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        bodies = [bytes(body).decode() for (body,) in cursor.fetchall()]
    assert not any("again" in body or "caretaker" in body for body in bodies)
    path = f"/api/readings/orders/{order}"
    read = stations.client(stations.chief).get(path).json()
    assert [one.get("text") for one in read["history"]] == [
        "Go there again", None, "The caretaker opened",
    ]  # fmt: skip
    assert read["incident"]["place"]["label"] == room.place().label
    assert read["incident"]["callers"] == []
    assert stations.client(stations.officer).get(path).status_code == 403
    south = stations.member("he", "station_command", stations.south)
    assert stations.client(south).get(path).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, body FROM journal_journalentry ORDER BY position DESC")
        actor, body = cursor.fetchone()
    assert (actor, json.loads(bytes(body))["what"]) == ("tang", "supervision_order")


def test_it_stands_on_the_boards_of_its_own_organisation(
    room: TestRoom, stations: Stations
) -> None:
    order = room.id()
    room.done(SUPERVISOR, GiveOrder(order, stations.incident, stations.north, "Go there again"))
    assert [one["id"] for one in stations.board(stations.chief)["supervision_orders"]] == [
        str(order)
    ]
    assert stations.board(stations.other)["supervision_orders"] == []
    reading = stations.client(stations.member("chen", "dispatcher", "")).get(
        f"/api/readings/incidents/{stations.incident}"
    )
    assert [one["id"] for one in reading.json()["supervision_orders"]] == [str(order)]


def test_a_command_office_orders_its_own_teams_and_officers_and_judges_what_they_answer(
    room: TestRoom, stations: Stations
) -> None:
    team, named, above = room.id(), room.id(), room.id()
    wei = stations.member("wei", "station_officer", stations.north)
    give = GiveOrder(team, stations.incident, stations.north, "Go there again", team="community")
    room.done(stations.chief, give)
    own = replace(give, supervision_order=named, team="", owner="luo")
    room.done(stations.chief, own)
    room.done(SUPERVISOR, replace(give, supervision_order=above, team=""))
    elsewhere = replace(give, supervision_order=room.id(), owner="qian")
    refused = room.ask(stations.chief, elsewhere)
    assert isinstance(refused, Refusal)
    assert refused.name == "OwnerNotOfOrganisation"
    assert isinstance(room.ask(stations.officer, replace(own, supervision_order=room.id())), Denied)

    for actor, order in ((wei, named), (stations.other, team), (stations.officer, above)):
        assert isinstance(room.ask(actor, AnswerOrder(order, "Was there")), Denied)
        path = f"/api/readings/orders/{order}"
        assert stations.client(actor).get(path).status_code == 403
    room.done(wei, AnswerOrder(team, "All quiet"))
    room.done(stations.officer, AnswerOrder(named, "Nobody there"))
    read = stations.client(stations.officer).get(f"/api/readings/orders/{named}")
    assert [one.get("text") for one in read.json()["history"]] == [
        "Go there again", None, "Nobody there",
    ]  # fmt: skip
    row = room.row("supervision_orders", named)
    assert (row["owner"], row["from_org"], row["state"]) == ("luo", stations.north, "answered")
    room.done(stations.chief, AnswerOrder(above, "Seen to"))
    assert isinstance(room.ask(stations.chief, AcceptAnswer(above)), Denied)  # the room's to judge
    assert isinstance(room.ask(stations.officer, AcceptAnswer(team)), Denied)
    room.done(stations.chief, AcceptAnswer(team))
    room.done(stations.chief, SendAnswerBack(named, room.pack.loop.task_reasons[0].code))
    room.done(SUPERVISOR, AcceptAnswer(above))


def test_a_district_orders_its_stations_and_no_others(room: TestRoom, stations: Stations) -> None:
    north, _, _ = stations.north.rpartition("/")
    south, _, _ = stations.south.rpartition("/")
    above = stations.member("shi", "station_command", north)
    order = room.id()
    give = GiveOrder(order, stations.incident, stations.north, "Go there again")
    room.done(above, give)
    beside = replace(give, supervision_order=room.id(), org=stations.south)
    if not within(stations.south, north):
        assert isinstance(room.ask(above, beside), Denied)
        other = stations.member("gu", "station_command", south)
        assert isinstance(room.ask(other, replace(give, supervision_order=room.id())), Denied)
        assert isinstance(room.ask(other, RemindOfOrder(order)), Denied)
    room.done(stations.chief, AnswerOrder(order, "It is quiet now"))
    assert isinstance(room.ask(stations.chief, AcceptAnswer(order)), Denied)
    assert room.row("supervision_orders", order)["from_org"] == north
    room.done(above, AcceptAnswer(order))

"""The auditor looks for what members did; nothing can be looked for by a caller."""

from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom
from tests.harness.stations import Stations

from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.incidents.commands import LinkCall, SetPriority
from dutyroom.domain.tasks.commands import AcceptTask

pytestmark = pytest.mark.db
NUMBER = "13812345678"


@pytest.fixture
def auditor(room: TestRoom) -> Client:
    from dutyroom.site.models import Member

    Member.objects.create(
        name="dispatcher", title="Chen", title_zh="陈", role="dispatcher", password="!"
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name="auditor", role="auditor", password="!"))
    return client


def acts(auditor: Client, **query: Any) -> Any:
    answer = auditor.get("/api/audit/acts", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def types(auditor: Client, **query: Any) -> list[str]:
    return [entry["type"] for entry in acts(auditor, **query)["entries"]]


def test_acts_are_found_by_member_incident_and_day(room: TestRoom, auditor: Client) -> None:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", NUMBER))
    room.done(TAKER, ClaimCall(call))
    incident, other = room.open_incident(), room.open_incident(index=1)
    room.done(TAKER, LinkCall(incident, call))
    room.done(DISPATCHER, SetPriority(other, 1))
    assert set(types(auditor, actor="dispatcher")) == {
        "incident.priority_changed.v1",
        "loop.clock_retimed.v1",
    }
    number = room.row("incidents", incident)["number"]
    found = acts(auditor, incident=number)
    assert {entry["stream"] for entry in found["entries"]} == {
        f"incident:{incident}",
        f"loop:{incident}",
        f"call:{call}",
    }
    assert found["numbers"][str(incident)] == number
    assert found["lines"][str(call)] == "110-1"
    assert found["members"]["dispatcher"] == {
        "title": {"en": "Chen", "zh": "陈"},
        "role": "dispatcher",
    }
    assert types(auditor, incident=number, actor="dispatcher") == []
    at = found["entries"][0]["recorded_at_ms"]
    assert types(auditor, from_ms=at + 60_000) == types(auditor, to_ms=1) == []
    assert len(types(auditor, from_ms=0, to_ms=at + 60_000)) == len(types(auditor))
    assert types(auditor, incident="0000-0000") == []


def test_acts_on_an_incident_are_those_on_its_tasks_too(room: TestRoom, auditor: Client) -> None:
    stations = Stations(room)
    task = stations.offered()
    room.done(stations.officer, AcceptTask(task))
    other = room.row("incidents", room.open_incident(index=1))["number"]
    number = room.row("incidents", stations.incident)["number"]
    assert {"task.offered.v1", "task.accepted.v1"} <= set(types(auditor, incident=number))
    assert not any(one.startswith("task.") for one in types(auditor, incident=other))


def test_acts_come_newest_first_and_page_by_page(room: TestRoom, auditor: Client) -> None:
    for index in range(5):
        room.open_incident(index=index)
    every = [entry["position"] for entry in acts(auditor)["entries"]]
    assert every == sorted(every, reverse=True)
    paged: list[int] = []
    while True:
        page = acts(auditor, limit=2, **({"before": paged[-1]} if paged else {}))
        paged += [entry["position"] for entry in page["entries"]]
        if not page["more"]:
            break
    assert paged == every


def test_readings_are_found_by_who_read_and_what(room: TestRoom, auditor: Client) -> None:
    from dutyroom.readings import records

    one, other = room.open_incident(), room.open_incident(index=1)
    records.incident(room.room.reader, DISPATCHER, one)
    records.incident(room.room.reader, TAKER, other)
    number = room.row("incidents", one)["number"]
    found = acts(auditor, reads="true", incident=number)["entries"]
    assert [(entry["actor"], entry["body"]["what"]) for entry in found] == [
        ("dispatcher", "incident")
    ]
    assert [entry["actor"] for entry in acts(auditor, reads="true", actor="taker")["entries"]] == [
        "taker"
    ]


def test_nothing_is_found_by_what_a_caller_is(room: TestRoom, auditor: Client) -> None:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", NUMBER))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, RecordCallDetails(call, Caller(name="Wang", number=NUMBER), "help"))
    everything = types(auditor)
    for asked in (NUMBER, "Wang", "%", "' OR 1=1 --", "help"):
        assert types(auditor, actor=asked) == [], asked
        assert types(auditor, incident=asked[:9]) == [], asked
        # What isn't a filter is no filter.
        assert types(auditor, caller=asked, number=asked) == everything
    assert NUMBER not in str(acts(auditor))

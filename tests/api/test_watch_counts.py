"""What has to be watched, counted in the database: as the rows of the board say it, whatever the time."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.harness.rooms import DISPATCHER, GATEWAY, SUPERVISOR, TAKER, TestRoom
from tests.harness.stations import Stations

from dutyroom.actions.clock import now_ms
from dutyroom.domain.calls.commands import ClaimCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    OpenIncident,
    RecordChase,
    ReopenIncident,
    SetDisposition,
)
from dutyroom.domain.orders.commands import AnswerOrder, GiveOrder, SendAnswerBack
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    OfferTask,
    ReturnTask,
    SendBackTask,
    StartTask,
    SubmitTask,
)
from dutyroom.projections import lists
from dutyroom.projections.lists import Reach, Wanted
from dutyroom.projections.models import ListedView

pytestmark = pytest.mark.db
HOUR_MS = 3_600_000
ALL = Reach("", None)
LISTS = ("tasks", "loops", "supervision_orders", "incidents", "handovers", "call_backs")

type Case = tuple[str, tuple[str, ...]]


def is_near(from_ms: int, due_ms: int, now: int) -> bool:
    return 10 * (due_ms - now) < due_ms - from_ms


def by_time(from_ms: int, due_ms: int | None, now: int) -> Iterator[str]:
    if due_ms is not None and due_ms <= now:
        yield "late"
    elif due_ms is not None and is_near(from_ms, due_ms, now):
        yield "risk"


def cases(name: str, row: dict[str, Any], now: int) -> Iterator[Case]:
    """The cases of a row, as the guide has them."""
    kinds: list[str] = []
    match name:
        case "tasks":
            due_ms = None if row["state"] == "submitted" else row["due_ms"]
            kinds += by_time(row["offered_ms"], due_ms, now)
            if row["state"] == "returned" or (row["sent_back"] and row["state"] == "in_progress"):
                kinds.append("returned")
            kinds += ["unowned"] if row["owner"] == "" else []
        case "supervision_orders":
            owed = row["state"] in ("given", "acknowledged")
            kinds += by_time(row["given_ms"], row["due_ms"] if owed else None, now)
            kinds += ["returned"] if owed and row["sent_back"] else []
            kinds.append("ordered")
        case "incidents":
            kinds += ["reopened"] if row["state"] == "open" and row["reopened_at_ms"] else []
            seen = row["state"] != "open" and row["chase_seen"]
            kinds += ["chased"] if row["chases"] and row["state"] != "merged" and not seen else []
        case "loops":
            for run in {run["clock"]: run for run in row["clocks"]}.values():
                if run["state"] == "paused" and run["paused_last"]:
                    yield row["org"], ("paused",)
                elif run["state"] == "running":
                    found = tuple(by_time(run["from_ms"], run["due_ms"], now))
                    yield row["org"], found or (("risk",) if run["warned"] else ())
            return
        case "handovers":
            kinds += by_time(row["since_ms"], row["since_ms"] + HOUR_MS // 2, now)
        case "call_backs":
            kinds += by_time(row["offered_ms"], row["due_ms"], now)
    yield row["org"] or "", tuple(kinds)


def expected(name: str, rows: Iterable[dict[str, Any]], now: int) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for row in rows:
        for org, kinds in cases(name, row, now):
            if kinds:
                found.setdefault(org, Counter()).update(("cases", *kinds))
    return found


def counted(name: str, reach: Reach, now: int) -> dict[str, Counter[str]]:
    groups = lists.watch_counts(name, reach, now).groups
    assert [one.org for one in groups] == sorted({one.org for one in groups})
    return {
        one.org: +Counter({field: getattr(one, field) for field in one.__struct_fields__[1:]})
        for one in groups
    }


@pytest.fixture
def busy(room: TestRoom) -> Stations:
    """Something of every kind, at two stations."""
    stations, now = Stations(room), now_ms()
    category, stations.incident = room.pack.vocabulary.categories[0].code, room.id()
    opening = OpenIncident(stations.incident, category, 2, room.place())
    room.done(DISPATCHER, opening, occurred_at_ms=now - 6 * HOUR_MS)
    reason = room.pack.loop.task_reasons[0].code
    dues = (None, now - HOUR_MS, now + HOUR_MS // 4, now + 20 * HOUR_MS)
    owned = [offered(stations, due_ms) for due_ms in (*dues, *dues)]
    for due_ms in dues:
        offered(stations, due_ms, stations.south)
    for task in owned[:6]:
        room.done(stations.officer, AcceptTask(task))
    room.done(stations.officer, ReturnTask(owned[0], reason))
    for task in owned[1:4]:
        room.done(stations.officer, StartTask(task))
        room.done(stations.officer, SubmitTask(task, "Nobody there"))
    for task in owned[1:3]:
        room.done(stations.chief, SendBackTask(task, reason))
    orders = [room.id() for _ in range(4)]
    for order, hours in zip(orders, (-1, 2, 3, 30), strict=True):
        give = GiveOrder(
            order, stations.incident, stations.north, "Go there", due_ms=now + hours * HOUR_MS
        )
        room.done(SUPERVISOR, give, occurred_at_ms=now - 5 * HOUR_MS)
    for order in orders[:3]:
        room.done(stations.chief, AnswerOrder(order, "It is quiet now"))
    for order in orders[:2]:
        room.done(SUPERVISOR, SendAnswerBack(order, reason))
    again, chased = room.open_incident(index=3), room.open_incident(index=4)
    disposition = next(iter(room.pack.vocabulary.codes("dispositions")))
    room.done(DISPATCHER, SetDisposition(again, disposition))
    room.done(DISPATCHER, CloseIncident(again))
    room.done(DISPATCHER, ReopenIncident(again, room.pack.vocabulary.reopen_reasons[0].code))
    for incident in (again, chased):
        call = room.id()
        room.done(GATEWAY, ReceiveCall(call, "110-1"))
        room.done(TAKER, ClaimCall(call))
        room.done(TAKER, RecordChase(incident, call))
    return stations


def offered(stations: Stations, due_ms: int | None, org: str = "") -> UUID:
    task = stations.room.id()
    of = org or stations.north
    offer = OfferTask(task, stations.incident, "visit", of, "Ask there", due_ms=due_ms)
    stations.room.done(DISPATCHER, offer, occurred_at_ms=now_ms() - 3 * HOUR_MS)
    return task


def test_the_numbers_are_those_of_the_rows_at_any_time(room: TestRoom, busy: Stations) -> None:
    board = busy.client(busy.member("boss", "supervisor", "")).get("/api/board").json()
    kinds: set[str] = set()
    begins = now_ms()
    times = [begins + n * HOUR_MS // 4 for n in range(-2, 20)]
    times += [begins + n * 12 * HOUR_MS for n in range(1, 20)]
    for name in LISTS:
        for now in times:
            found = counted(name, ALL, now)
            assert found == expected(name, board[name], now), (name, now - begins)
            kinds |= {kind for one in found.values() for kind in one}
    assert kinds == {
        "cases",
        "late",
        "risk",
        "returned",
        "reopened",
        "chased",
        "unowned",
        "ordered",
    }


def test_each_moment_at_which_something_is_at_risk_or_late_is_exact(
    room: TestRoom, busy: Stations
) -> None:
    board = busy.client(busy.chief).get("/api/board").json()
    for name in ("tasks", "loops"):
        moments = ListedView.objects.filter(kind=name[:-1], open=True).values_list(
            "risk_ms", "due_ms"
        )
        for at in {one for pair in moments for one in pair if one is not None}:
            for now in (at - 1, at, at + 1):
                found = counted(name, Reach(busy.north, None), now)
                assert found == expected(name, board[name], now), (name, now)


def test_a_station_counts_its_own_and_a_page_brings_the_cases(
    room: TestRoom, busy: Stations
) -> None:
    client, now = busy.client(busy.chief), now_ms()
    groups = client.get("/api/lists/tasks/watched").json()["groups"]
    assert [one["org"] for one in groups] == [busy.north]
    everybody = counted("tasks", ALL, now)
    assert set(everybody) == {"", busy.north, busy.south}  # what was returned lies with the room
    for kind in ("late", "risk", "returned", "unowned"):
        page = json.loads(lists.page("tasks", Wanted(watch=kind), ALL, "", now))
        assert len(page["rows"]["tasks"]) == sum(one[kind] for one in everybody.values()), kind
    assert json.loads(lists.page("tasks", Wanted(watch="paused"), ALL, "", now))["next"] is None
    assert client.get("/api/lists/tasks?watch=nonsense").status_code == 422
    assert client.get("/api/lists/nothing/watched").status_code == 404
    assert client.get("/api/lists/calls/watched").status_code == 404


def test_a_clock_that_stands_still_at_its_end_is_counted(room: TestRoom, busy: Stations) -> None:
    room.tampered = True  # what no journal says
    one = ListedView.objects.filter(kind="loop", open=True, incident="").exclude(row="").first()
    assert one is not None
    row = json.loads(one.row)
    run = row["clocks"][-1]
    still = run | {"state": "paused", "due_ms": None, "paused_last": True}
    one.row = json.dumps(row | {"clocks": [run | {"clock": "before"}, run, still]})
    one.amiss = True
    one.save()
    found = counted("loops", ALL, run["due_ms"] + 1)[row["org"]]
    assert found["paused"] == 1
    rows = [
        json.loads(row)
        for row in ListedView.objects.filter(kind="loop", open=True).values_list("row", flat=True)
    ]
    assert found == expected("loops", rows, run["due_ms"] + 1)[row["org"]]


def test_rows_of_an_older_version_are_counted_after_the_update(
    room: TestRoom, busy: Stations
) -> None:
    room.tampered = True
    kept = {one.id: (one.risk_ms, one.amiss) for one in ListedView.objects.filter(open=True)}
    assert any(risk_ms for risk_ms, _ in kept.values())
    assert any(amiss for _, amiss in kept.values())
    migration = MigrationExecutor(connection).loader.get_migration("projections", "0015_to_watch")
    ListedView.objects.update(risk_ms=None, amiss=None)
    migration.operations[-1].code(apps, SimpleNamespace(connection=connection))  # type: ignore[attr-defined]
    for one in ListedView.objects.filter(open=True):
        risk_ms, amiss = kept[one.id]
        assert (one.risk_ms, bool(one.amiss)) == (risk_ms, bool(amiss)), one.row

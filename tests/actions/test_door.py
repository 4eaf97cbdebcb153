"""The write door: idempotent, refusing by name, the board always equal to the journal."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom, tables

from dutyroom.actions.door import Denied, Done
from dutyroom.domain.calls.commands import (
    Caller,
    ClaimCall,
    EndCall,
    ReceiveCall,
    RecordCallDetails,
)
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    AddNote,
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    MergeIncident,
    OpenIncident,
    SetDisposition,
    SplitIncident,
    StartEnRoute,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place
from dutyroom.journal import read
from dutyroom.projections.rebuild import rebuild

pytestmark = pytest.mark.db


def a_whole_call(room: TestRoom) -> tuple[object, object]:
    """From ringing to a closed incident."""
    room.sign_on_all()
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", "13800000000"))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, RecordCallDetails(call, Caller("Wang", "13800000000"), "smoke"))
    category = room.pack.vocabulary.categories[0].code
    room.done(TAKER, OpenIncident(incident, category, 1, room.place(), call=call, text="smoke"))
    room.done(TAKER, EndCall(call))
    unit, assignment = room.pack.units[0].id, room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, unit),)))
    officer = Actor("o1", "field_officer", unit)
    room.done(officer, StartEnRoute(incident, assignment))
    room.done(officer, ArriveOnScene(incident, assignment))
    reason = next(iter(room.pack.vocabulary.codes("clear_reasons")))
    room.done(officer, ClearAssignment(incident, assignment, reason))
    disposition = next(iter(room.pack.vocabulary.codes("dispositions")))
    room.done(DISPATCHER, SetDisposition(incident, disposition))
    room.done(DISPATCHER, CloseIncident(incident))
    return call, incident


def test_a_call_goes_through_its_whole_life(room: TestRoom) -> None:
    call, incident = a_whole_call(room)
    assert room.row("calls", call)["state"] == "ended"
    row = room.row("incidents", incident)
    assert (row["state"], row["progress"], row["calls"]) == ("closed", "cleared", 1)
    assert room.row("units", room.pack.units[0].id)["status"] == "available"


def test_rebuilt_read_models_equal_the_live_ones(room: TestRoom) -> None:
    a_whole_call(room)
    first, second = room.open_incident(index=1), room.open_incident(index=2)
    unit = room.pack.units[1].id
    assignment = room.id()
    room.done(DISPATCHER, Dispatch(first, (UnitToSend(assignment, unit),)))
    room.done(DISPATCHER, MergeIncident(first, second))
    room.done(DISPATCHER, SplitIncident(first))
    live = tables()
    rebuild()
    assert tables() == live


def test_the_same_action_twice_happens_once(room: TestRoom) -> None:
    action, incident = room.id(), room.id()
    category = room.pack.vocabulary.categories[0].code
    command = OpenIncident(incident, category, 2, room.place())
    first = room.done(TAKER, command, action=action)
    again = room.done(TAKER, command, action=action)
    assert again.repeated
    assert (again.position, again.number) == (first.position, first.number)
    with connection.cursor() as cursor:
        assert len(read.stream(cursor, f"incident:{incident}")) == 1


def test_an_action_id_of_somebody_else_is_refused(room: TestRoom) -> None:
    action = room.id()
    room.done(DISPATCHER, SignOn(room.pack.units[0].id, ("a",)), action=action)
    outcome = room.ask(TAKER, ClaimCall(room.id()), action=action)
    assert isinstance(outcome, Refusal)
    assert outcome.name == "ActionIdTaken"


def test_what_policy_denies_leaves_no_trace(room: TestRoom) -> None:
    with connection.cursor() as cursor:
        before = read.head(cursor)
        outcome = room.ask(TAKER, SignOn(room.pack.units[0].id, ("a",)))
        assert isinstance(outcome, Denied)
        assert read.head(cursor) == before


def test_a_refusal_leaves_no_trace_and_says_what_to_do(room: TestRoom) -> None:
    with connection.cursor() as cursor:
        before = read.head(cursor)
        outcome = room.ask(TAKER, ClaimCall(room.id()))
        assert isinstance(outcome, Refusal)
        assert outcome.name == "UnknownCall"
        assert outcome.remedy.zh
        assert read.head(cursor) == before


def test_personal_data_is_nowhere_in_clear(room: TestRoom) -> None:
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1", "secret-number"))
    room.done(TAKER, ClaimCall(call))
    room.done(TAKER, RecordCallDetails(call, Caller("secret-name", ""), "secret-words"))
    place = Place(room.place().lon, room.place().lat, "secret-place", "point")
    category = room.pack.vocabulary.categories[0].code
    room.done(TAKER, OpenIncident(incident, category, 2, place, call=call, text="secret-note"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                for value in row:
                    raw = (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else str(value).encode()
                    )
                    assert b"secret-" not in raw, (table, value)


def test_a_reading_is_logged_with_who_when_and_why(room: TestRoom) -> None:
    from dutyroom.readings import records

    incident = room.open_incident()
    detail = msgspec.to_builtins(records.incident(room.room.reader, TAKER, incident))
    assert detail["place"]["label"] == room.place().label
    with connection.cursor() as cursor:
        last = read.stream(cursor, "reads")[-1]
    assert (last.actor, last.role, last.purpose) == ("taker", "call_taker", "take_calls")
    assert json.loads(last.body)["incidents"] == [str(incident)]
    again = msgspec.to_builtins(records.incident(room.room.reader, TAKER, incident))
    assert again["reads"][0]["purpose"] == "take_calls"


def test_a_reading_is_logged_for_all_that_is_part_of_what_is_read(room: TestRoom) -> None:
    """Along a chain of merges, and also where an officer reads the own assignment."""
    from dutyroom.projections.rows import read_unit
    from dutyroom.readings import records

    outer, middle, inner = (room.open_incident() for _ in range(3))
    room.done(DISPATCHER, MergeIncident(inner, middle))
    room.done(DISPATCHER, MergeIncident(middle, outer))
    unit = room.pack.units[0].id
    room.done(DISPATCHER, SignOn(unit, ("a",)))
    room.done(DISPATCHER, Dispatch(outer, (UnitToSend(room.id(), unit),)))
    records.incident(room.room.reader, TAKER, outer)
    row = read_unit(json.dumps(room.row("units", unit)))
    records.field(room.room.reader, Actor("a", "field_officer", unit), row)
    with connection.cursor() as cursor:
        for reading in read.stream(cursor, "reads")[-2:]:
            logged = json.loads(reading.body)["incidents"]
            assert logged == [str(one) for one in (outer, middle, inner)]


def test_an_entry_afterwards_keeps_its_own_time(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms

    incident, earlier = room.id(), now_ms() - 3_600_000
    category = room.pack.vocabulary.categories[0].code
    command = OpenIncident(incident, category, 2, room.place())
    outcome = room.done(TAKER, command, occurred_at_ms=earlier)
    assert isinstance(outcome, Done)
    assert room.row("incidents", incident)["opened_at_ms"] == earlier


def test_a_group_of_notes_takes_as_few_statements_as_one_note(room: TestRoom) -> None:
    """Once the room knows the incidents: nothing is asked or written for each of them apart."""
    incidents = [room.open_incident(index=index) for index in range(4)]
    writer, sent = room.room._writer, list[str]()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    def notes_on(some: list[UUID]) -> int:
        """How many statements it takes to add a note to each, in one group."""
        sent.clear()
        hold, there = threading.Event(), threading.Event()
        first = writer.submit(lambda _cursor: (there.set(), hold.wait(10)))
        assert there.wait(10)  # the others gather behind it
        with ThreadPoolExecutor(len(some)) as threads:
            asked = [
                threads.submit(room.done, DISPATCHER, AddNote(one, room.id(), "seen"))
                for one in some
            ]
            while writer._queue.qsize() < len(some) and not any(one.done() for one in asked):
                time.sleep(0.001)
            hold.set()
            assert {one.result().events for one in asked} == {("incident.note_added.v1",)}
        assert first.result()
        return len(sent)

    writer.run(lambda _cursor: connection.execute_wrappers.append(note))
    assert notes_on(incidents) == notes_on(incidents[:1]) > 0

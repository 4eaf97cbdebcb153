"""In the real room: a chase raises the row of its incident, and keeps it on the board."""

import json
from typing import Any
from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom

from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    ClearAssignment,
    CloseIncident,
    LinkCall,
    MergeIncident,
    OpenIncident,
    RecordChase,
    SetDisposition,
    SplitIncident,
    UnlinkCall,
)

pytestmark = pytest.mark.db
HOURS_MS = 3 * 3_600_000


def claimed(room: TestRoom) -> UUID:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1"))
    room.done(TAKER, ClaimCall(call))
    return call


def told(room: TestRoom, incident: UUID) -> tuple[int, bool]:
    row = room.row("incidents", incident)
    return row["chases"], row["chase_seen"]


def on_board_later(room: TestRoom, incident: UUID) -> dict[str, Any] | None:
    """The row hours later, as a console that starts then sees it."""
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board

    rows = [json.loads(row) for row in board.snapshot(now_ms() + HOURS_MS).rows["incidents"]]
    return next((row for row in rows if row["id"] == str(incident)), None)


def test_the_rows_show_a_chase_until_it_is_taken_back(room: TestRoom) -> None:
    incident, call = room.open_incident(), claimed(room)
    assert told(room, incident) == (0, True)
    room.done(TAKER, RecordChase(incident, call))
    row = room.row("incidents", incident)
    assert (row["chases"], row["calls"], row["chase_seen"]) == (1, 1, False)
    assert row["first_chase_at_ms"] == row["last_chase_at_ms"] >= row["opened_at_ms"]
    of_call = room.row("calls", call)
    assert (of_call["incident"], of_call["chase"]) == (str(incident), True)
    room.done(DISPATCHER, AcknowledgeChase(incident, row["last_chase_at_ms"]))
    assert told(room, incident) == (1, True)
    assert room.row("calls", call)["chase"]
    room.done(TAKER, UnlinkCall(incident, call))
    assert told(room, incident) == (0, True)
    of_call = room.row("calls", call)
    assert (of_call["incident"], of_call["chase"]) == (None, False)
    room.done(TAKER, LinkCall(incident, call))
    assert room.row("calls", call)["chase"] is False


def test_a_closed_incident_that_is_chased_stays_on_the_board_until_it_is_acknowledged(
    room: TestRoom,
) -> None:
    incident = room.open_incident()
    room.done(DISPATCHER, SetDisposition(incident, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, CloseIncident(incident))
    assert on_board_later(room, incident) is None
    call = claimed(room)
    room.done(TAKER, RecordChase(incident, call))
    room.done(TAKER, EndCall(call))
    row = on_board_later(room, incident)
    assert row is not None
    assert (row["state"], row["chase_seen"]) == ("closed", False)
    room.done(DISPATCHER, AcknowledgeChase(incident, row["last_chase_at_ms"]))
    assert on_board_later(room, incident) is None


def test_what_takes_in_a_chased_incident_is_raised_and_gives_the_chase_back(
    room: TestRoom,
) -> None:
    chased, other = room.open_incident(), room.open_incident(index=1)
    room.done(TAKER, RecordChase(chased, claimed(room)))
    room.done(DISPATCHER, MergeIncident(chased, other))
    assert told(room, other) == (1, False)
    assert on_board_later(room, chased) is None
    last_ms = room.row("incidents", other)["last_chase_at_ms"]
    room.done(DISPATCHER, AcknowledgeChase(other, last_ms))
    assert told(room, other) == (1, True)
    room.done(DISPATCHER, SplitIncident(chased))
    assert (told(room, other), told(room, chased)) == ((0, True), (1, True))


def test_a_chase_is_no_demand_of_what_an_officer_met(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.learning.own_calls import own_calls

    room.sign_on_all()
    incident, unit, assignment = room.id(), room.pack.units[0].id, room.id()
    category = room.pack.vocabulary.categories[0].code
    met = OpenIncident(incident, category, 2, room.place(), "on_view", None, unit, assignment)
    room.done(DISPATCHER, met)
    call = claimed(room)
    room.done(TAKER, RecordChase(incident, call))
    done = room.pack.vocabulary.clear_reasons[0].code
    room.done(DISPATCHER, ClearAssignment(incident, assignment, done))
    assert own_calls(room.pack, 0, now_ms() + 1) == ([], 0)
    room.done(TAKER, LinkCall(incident, call))
    assert len(own_calls(room.pack, 0, now_ms() + 1)[0]) == 1


def test_who_takes_calls_chases_and_who_dispatches_acknowledges(room: TestRoom) -> None:
    incident, call = room.id(), claimed(room)
    place = room.place()
    room.done(TAKER, OpenIncident(incident, room.pack.vocabulary.categories[0].code, 2, place))
    room.done(TAKER, RecordChase(incident, call))
    denied = room.ask(TAKER, AcknowledgeChase(incident, 1))
    assert type(denied).__name__ == "Denied"

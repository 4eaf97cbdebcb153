"""In the real room: merges keep what is urgent, a reopened incident waits, rows count together."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom

from dutyroom.domain.calls.commands import ClaimCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    AddNote,
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    LinkCall,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
    SetDisposition,
    SetPriority,
    SplitIncident,
    StrikeNote,
    UnitToSend,
    UnlinkCall,
)

pytestmark = pytest.mark.db
NOISE = "POL-NOISE"


def opened(room: TestRoom, category: str, priority: int, **more: Any) -> UUID:
    incident = room.id()
    room.done(TAKER, OpenIncident(incident, category, priority, room.place(), **more))
    return incident


def row(room: TestRoom, incident: UUID) -> dict[str, Any]:
    return room.row("incidents", incident)


def unmet(room: TestRoom, incident: UUID) -> dict[str, int]:
    return {need["capability"]: need["count"] for need in row(room, incident)["unmet"]}


def advised(room: TestRoom, incident: UUID) -> set[str]:
    from dutyroom.actions.clock import now_ms

    advice = room.room.advisor.recommend(str(incident), now_ms())
    assert advice is not None
    return {
        capability for unit in advice.chosen for capability in room.pack.unit(unit).capabilities
    }


def claimed_call(room: TestRoom) -> UUID:
    call = room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1"))
    room.done(TAKER, ClaimCall(call))
    return call


def send(room: TestRoom, incident: UUID, unit: str) -> UUID:
    assignment = room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, unit),)))
    return assignment


def first(room: TestRoom, codes: str) -> str:
    return min(room.pack.vocabulary.codes(codes))


def serve(room: TestRoom, incident: UUID, unit: str) -> None:
    assignment = send(room, incident, unit)
    room.done(DISPATCHER, ArriveOnScene(incident, assignment))
    room.done(DISPATCHER, ClearAssignment(incident, assignment, "done"))


def a_unit(room: TestRoom, capability: str) -> str:
    return next(one.id for one in room.pack.units if capability in one.capabilities)


# --- merging ---------------------------------------------------------------------------------


def test_a_cardiac_arrest_merged_into_a_noise_complaint_stays_a_cardiac_arrest(
    room: TestRoom,
) -> None:
    room.sign_on_all()
    noise = opened(room, NOISE, 4)
    cardiac = opened(room, "MED-CARDIAC", 1)
    promised = [row(room, one)["clock"]["due_ms"] for one in (noise, cardiac)]
    needed = [unmet(room, one) for one in (noise, cardiac)]
    room.done(DISPATCHER, MergeIncident(cardiac, noise))
    survivor = row(room, noise)
    assert survivor["priority"] == 1
    assert (survivor["clock"]["name"], survivor["clock"]["due_ms"]) == ("dispatch", min(promised))
    for need in needed:
        assert need.items() <= unmet(room, noise).items()
    assert {"ambulance", "community"} <= advised(room, noise)


def test_what_was_kept_is_said_in_the_incidents_story_and_its_needs(room: TestRoom) -> None:
    from dutyroom.readings import records

    noise, cardiac = opened(room, NOISE, 4), opened(room, "MED-CARDIAC", 1)
    room.done(DISPATCHER, MergeIncident(cardiac, noise))
    detail = msgspec.to_builtins(records.incident(room.room.reader, DISPATCHER, noise))
    said = [one for one in detail["timeline"] if one["type"] == "incident.urgency_kept.v1"]
    assert [(one["body"]["source"], one["body"]["priority"]) for one in said] == [(str(cardiac), 1)]
    assert {"capability": "ambulance", "from": "merged"} in [
        {key: need[key] for key in ("capability", "from")} for need in detail["needs"]
    ]


def test_a_patrol_on_scene_does_not_stop_the_clock_of_the_patient(room: TestRoom) -> None:
    room.sign_on_all()
    noise = opened(room, NOISE, 4)
    patrol = send(room, noise, a_unit(room, "community"))
    room.done(DISPATCHER, ArriveOnScene(noise, patrol))
    cardiac = opened(room, "MED-CARDIAC", 1)
    promised = row(room, cardiac)["clock"]
    room.done(DISPATCHER, MergeIncident(cardiac, noise))
    assert row(room, noise)["clock"] == promised
    send(room, noise, a_unit(room, "als"))
    assert row(room, noise)["clock"]["name"] != "dispatch"


def test_after_the_split_both_are_as_they_were(room: TestRoom) -> None:
    room.sign_on_all()
    noise, cardiac = opened(room, NOISE, 4), opened(room, "MED-CARDIAC", 1)
    changes = ("position", "since_ms", "changed_at_ms", "changed_by")
    before = [row(room, one) for one in (noise, cardiac)]
    room.done(DISPATCHER, MergeIncident(cardiac, noise))
    room.done(DISPATCHER, SplitIncident(cardiac))
    after = [row(room, one) for one in (noise, cardiac)]
    for old, new in zip(before, after, strict=True):
        assert old | dict.fromkeys(changes) == new | dict.fromkeys(changes)


def test_the_rows_of_units_show_the_priority_that_they_now_serve(room: TestRoom) -> None:
    """The engine takes units from what is less urgent by it."""
    room.sign_on_all()
    unit = a_unit(room, "community")
    noise, cardiac = opened(room, NOISE, 4), opened(room, "MED-CARDIAC", 1)
    send(room, noise, unit)
    room.done(DISPATCHER, MergeIncident(cardiac, noise))
    assert room.row("units", unit)["priority"] == 1
    room.done(DISPATCHER, SplitIncident(cardiac))
    assert room.row("units", unit)["priority"] == 4
    room.done(DISPATCHER, SetPriority(noise, 2))
    assert room.row("units", unit)["priority"] == 2


def test_a_call_that_reports_a_patient_raises_the_noise_complaint(room: TestRoom) -> None:
    room.sign_on_all()
    noise, call = opened(room, NOISE, 4), claimed_call(room)
    room.done(TAKER, LinkCall(noise, call, category="MED-CARDIAC", priority=1))
    assert row(room, noise)["priority"] == 1
    assert "ambulance" in unmet(room, noise)
    received_ms = room.row("calls", call)["received_at_ms"]
    assert row(room, noise)["clock"]["from_ms"] == received_ms
    room.done(TAKER, UnlinkCall(noise, call))
    assert row(room, noise)["priority"] == 4
    assert "ambulance" not in unmet(room, noise)


# --- reopening -------------------------------------------------------------------------------


def test_a_reopened_incident_is_pending_recommended_for_and_promised_anew(room: TestRoom) -> None:
    room.sign_on_all()
    incident = opened(room, "MED-CARDIAC", 1)
    planned = unmet(room, incident)
    for unit in [one.id for one in room.pack.units if "ambulance" in one.capabilities]:
        serve(room, incident, unit)
    room.done(DISPATCHER, SetDisposition(incident, first(room, "dispositions")))
    room.done(DISPATCHER, CloseIncident(incident))
    room.done(DISPATCHER, ReopenIncident(incident, "happened-again"))
    again = row(room, incident)
    assert (again["state"], again["progress"]) == ("open", "pending")
    assert unmet(room, incident) == planned
    assert again["clock"]["name"] == "dispatch"
    assert again["clock"]["from_ms"] == again["since_ms"]
    assert again["clock"]["due_ms"] - again["clock"]["from_ms"] == 60_000
    assert "ambulance" in advised(room, incident)
    serve(room, incident, a_unit(room, "als"))
    assert row(room, incident)["progress"] == "cleared"


# --- rows of merged incidents ----------------------------------------------------------------


def counts(room: TestRoom, incident: UUID) -> tuple[int, int]:
    shown = row(room, incident)
    return shown["calls"], shown["notes"]


def reported(room: TestRoom, calls: int, notes: int) -> UUID:
    incident = opened(room, NOISE, 4)
    for _ in range(calls):
        room.done(TAKER, LinkCall(incident, claimed_call(room)))
    for _ in range(notes):
        room.done(TAKER, AddNote(incident, room.id(), "seen"))
    return incident


def test_calls_and_notes_are_counted_along_a_chain_and_back(room: TestRoom) -> None:
    one, two, three = reported(room, 1, 2), reported(room, 2, 1), reported(room, 0, 1)
    room.done(DISPATCHER, MergeIncident(one, two))
    assert (counts(room, one), counts(room, two)) == ((1, 2), (3, 3))
    room.done(DISPATCHER, MergeIncident(two, three))
    assert (counts(room, two), counts(room, three)) == ((3, 3), (3, 4))
    room.done(DISPATCHER, SplitIncident(two))
    assert (counts(room, two), counts(room, three)) == ((3, 3), (0, 1))
    room.done(DISPATCHER, SplitIncident(one))
    assert (counts(room, one), counts(room, two)) == ((1, 2), (2, 1))


def test_what_changes_in_a_merged_incident_is_counted_where_it_is_worked_on(
    room: TestRoom,
) -> None:
    one, two, three, other = (
        reported(room, 1, 0),
        reported(room, 0, 0),
        reported(room, 0, 0),
        reported(room, 0, 0),
    )
    room.done(DISPATCHER, MergeIncident(one, two))
    room.done(DISPATCHER, MergeIncident(two, three))
    position = row(room, three)["position"]
    note = room.id()
    room.done(TAKER, AddNote(one, note, "came late"))
    assert (counts(room, two), counts(room, three)) == ((1, 1), (1, 1))
    assert row(room, three)["position"] > position
    room.done(TAKER, StrikeNote(one, note))
    call = next(one for one in room_calls(room))
    room.done(TAKER, LinkCall(other, call))
    assert (counts(room, two), counts(room, three), counts(room, other)) == (
        (0, 0),
        (0, 0),
        (1, 0),
    )


def room_calls(room: TestRoom) -> list[UUID]:
    from dutyroom.projections.models import CallView

    return [UUID(one) for one in CallView.objects.values_list("id", flat=True)]


# --- since when a unit is free ---------------------------------------------------------------


def test_a_cleared_unit_is_available_since_it_was_cleared(room: TestRoom) -> None:
    from dutyroom.actions.clock import now_ms

    room.sign_on_all()
    unit = a_unit(room, "community")
    incident = opened(room, NOISE, 4)
    assignment = send(room, incident, unit)
    room.done(DISPATCHER, ArriveOnScene(incident, assignment))
    before_ms = now_ms()
    room.done(DISPATCHER, ClearAssignment(incident, assignment, "done"))
    free = room.row("units", unit)
    assert free["status"] == "available"
    assert free["since_ms"] >= before_ms

"""In the real room: the row counts what is open about an incident, and its reading lists it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom

from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.incidents.commands import (
    AnswerPrompt,
    Dispatch,
    OpenIncident,
    ReopenPoint,
    SetCategory,
    SettlePoint,
    UnitToSend,
)

pytestmark = pytest.mark.db


def opened(room: TestRoom, category: str, **place: Any) -> tuple[UUID, UUID]:
    """An incident from a call without a number."""
    call, incident = room.id(), room.id()
    room.done(GATEWAY, ReceiveCall(call, "110-1"))
    room.done(TAKER, ClaimCall(call))
    at = replace(room.place(), **place)
    room.done(TAKER, OpenIncident(incident, category, 2, at, call=call))
    return incident, call


def listed(room: TestRoom, incident: UUID) -> list[tuple[str, str | None, str | None]]:
    """What the panel lists; the row counts those of it that are open."""
    from dutyroom.readings import records

    reading = records.incident(room.room.reader, DISPATCHER, incident)
    found = [(one.kind, one.prompt, one.how) for one in reading.points]
    assert room.row("incidents", incident)["points"] == sum(how is None for *_, how in found)
    return found


def test_the_row_counts_what_is_open_and_the_reading_lists_it(room: TestRoom) -> None:
    category, prompts = next(iter(room.pack.prompts.items()))
    incident, call = opened(room, category, kind="street")
    assert listed(room, incident) == [
        ("place", None, None),
        *(("prompt", prompt.code, None) for prompt in prompts),
        ("number", None, None),
    ]
    room.done(TAKER, RecordCallDetails(call, Caller("", "13800000000")))
    assert "number" not in [kind for kind, *_ in listed(room, incident)]
    for prompt in prompts:
        room.done(TAKER, AnswerPrompt(incident, prompt.code, prompt.answers[0].code))
    reason = room.pack.loop.point_reasons[0].code
    room.done(TAKER, SettlePoint(incident, "place", "struck", reason=reason))
    assert listed(room, incident) == [("place", None, "struck")]
    room.done(TAKER, ReopenPoint(incident, "place"))
    assert listed(room, incident) == [("place", None, None)]


def test_fewer_units_than_planned_are_a_point_once_somebody_is_sent(room: TestRoom) -> None:
    category = "FIRE-STRUCT"
    incident, call = opened(room, category)
    room.done(TAKER, RecordCallDetails(call, Caller("", "13800000000")))
    assert "units" not in [kind for kind, *_ in listed(room, incident)]
    room.sign_on_all()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(room.id(), "P1"),)))
    assert ("units", None, None) in listed(room, incident)
    room.done(DISPATCHER, SettlePoint(incident, "units", "confirmed"))
    assert ("units", None, "confirmed") in listed(room, incident)
    room.done(TAKER, SetCategory(incident, "FIRE-HIGHRISE"))
    assert ("units", None, None) in listed(room, incident)

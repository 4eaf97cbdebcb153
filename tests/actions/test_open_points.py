"""In the real room: the row counts what is open about an incident, and its reading lists it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from tests.harness.rooms import DISPATCHER, GATEWAY, TAKER, TestRoom

from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AskDesk, AskDeskAgain, WithdrawDeskRequest
from dutyroom.domain.incidents.commands import (
    AnswerPrompt,
    Dispatch,
    MarkMinor,
    MergeIncident,
    OpenIncident,
    ReopenPoint,
    SetCategory,
    SettlePoint,
    SplitIncident,
    UnitToSend,
)
from dutyroom.domain.referrals.commands import (
    RecallReferral,
    RefuseReferral,
    SendReferral,
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


def needed(room: TestRoom, incident: UUID) -> list[tuple[str, str | None]]:
    """Who the panel says may be needed, and what was said of it; the row counts those, too."""
    from dutyroom.readings import records

    listed(room, incident)
    reading = records.incident(room.room.reader, DISPATCHER, incident)
    found = [(one.partner or one.desk, one.how) for one in reading.points]
    return [(who, how) for who, how in found if who]


def test_a_partner_is_a_point_until_something_is_referred_to_it(room: TestRoom) -> None:
    incident = room.open_incident(category="GAS-LEAK")
    assert needed(room, incident) == [("lanchuan/gas", None)]
    referral = room.id()
    room.done(DISPATCHER, SendReferral(referral, incident, "gas-leaks", "Shut it off"))
    assert needed(room, incident) == []
    room.done(DISPATCHER, RecallReferral(referral))
    assert needed(room, incident) == [("lanchuan/gas", None)]
    again = room.id()
    room.done(DISPATCHER, SendReferral(again, incident, "gas-leaks"))
    room.done(Actor("eve", "partner", org="lanchuan/gas"), RefuseReferral(again, "not-ours"))
    assert needed(room, incident) == []  # it was asked, whatever came of it


def test_a_referral_to_another_partner_leaves_the_point(room: TestRoom) -> None:
    incident = room.open_incident(category="GAS-LEAK")
    room.done(DISPATCHER, SendReferral(room.id(), incident, "fires"))
    assert needed(room, incident) == [("lanchuan/gas", None)]


def test_a_desk_is_a_point_until_it_is_asked(room: TestRoom) -> None:
    incident = room.open_incident(category="POL-FRAUD")
    assert needed(room, incident) == [("antifraud", None)]
    request = room.id()
    room.done(DISPATCHER, AskDesk(request, incident, "antifraud", "freeze", "Account 6222"))
    assert needed(room, incident) == []
    room.done(DISPATCHER, WithdrawDeskRequest(request))
    assert needed(room, incident) == [("antifraud", None)]
    room.done(DISPATCHER, AskDeskAgain(request))
    assert needed(room, incident) == []


def test_who_is_not_needed_is_struck_with_a_reason_and_asked_again(room: TestRoom) -> None:
    incident = room.open_incident(category="POL-FRAUD")
    reason = room.pack.loop.point_reasons[0].code
    room.done(TAKER, SettlePoint(incident, "desk", "struck", reason=reason, desk="antifraud"))
    assert needed(room, incident) == [("antifraud", "struck")]
    room.done(TAKER, ReopenPoint(incident, "desk", desk="antifraud"))
    assert needed(room, incident) == [("antifraud", None)]


def test_of_incidents_that_are_one_who_was_asked_about_either_was_asked(room: TestRoom) -> None:
    one, other = (room.open_incident(category="GAS-LEAK") for _ in range(2))
    referral = room.id()
    room.done(DISPATCHER, SendReferral(referral, other, "gas-leaks"))
    room.done(DISPATCHER, MergeIncident(other, one))
    assert needed(room, one) == []
    room.done(DISPATCHER, RecallReferral(referral))
    assert needed(room, one) == [("lanchuan/gas", None)]
    room.done(DISPATCHER, SplitIncident(other))
    assert [needed(room, each) for each in (one, other)] == [[("lanchuan/gas", None)]] * 2


def test_of_a_minor_no_partner_is_suggested_that_may_not_have_it(room: TestRoom) -> None:
    incident = room.open_incident(category="GAS-LEAK")
    room.done(DISPATCHER, MarkMinor(incident))
    assert needed(room, incident) == []


def test_consoles_hear_of_it_with_the_referral(room: TestRoom) -> None:
    incident = room.open_incident(category="RESCUE-LIFT")
    before = room.row("incidents", incident)
    room.done(DISPATCHER, SendReferral(room.id(), incident, "lifts"))
    after = room.row("incidents", incident)
    assert after["points"] == before["points"] - 1
    assert after["position"] > before["position"]

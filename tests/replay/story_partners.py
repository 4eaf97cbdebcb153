"""Referrals at every state: accepted, done, refused, taken back, recalled, ended, late."""

from typing import Any

from tests.harness.rooms import DISPATCHER, SUPERVISOR, TAKER, TestRoom, enrol

from dutyroom.actions.clock import now_ms
from dutyroom.actions.keeper import KEEPER
from dutyroom.actions.partner_keys import digest_of
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.partner_keys.commands import AddPartnerKey, RevokePartnerKey
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    CloseReferral,
    FinishReferral,
    LookAtReferral,
    RecallReferral,
    RefuseReferral,
    RemindPartner,
    ReopenReferral,
    SendReferral,
    StartReferral,
    UndoAnswer,
)


def play(room: TestRoom) -> None:
    """Several referrals to one partner, each of an incident of its own."""
    agreement = next(one for one in room.pack.agreements if one.code == "gas-leaks")
    partner = Actor("partner", "partner", org=agreement.partner)
    enrol(partner)
    reason = room.pack.referral_reasons[0].code

    ago_ms = now_ms() - 2 * agreement.accept_ms

    def sent(*commands: tuple[Actor, type[Any], tuple[Any, ...]], late: bool = False) -> None:
        incident, referral = room.id(), room.id()
        when = {"occurred_at_ms": ago_ms} if late else {}
        room.done(TAKER, OpenIncident(incident, "GAS-LEAK", 1, room.place(8)), **when)
        text = "Please shut it off 请关阀"
        room.done(DISPATCHER, SendReferral(referral, incident, agreement.code, text), **when)
        for actor, command, values in commands:
            room.done(actor, command(referral, *values))

    sent(
        (DISPATCHER, RemindPartner, ()),
        (partner, AcceptReferral, ()),
        (partner, UndoAnswer, ()),
        (partner, AcceptReferral, ()),
        (partner, StartReferral, ()),
        (partner, FinishReferral, ("Valve shut 已关阀",)),
        (DISPATCHER, CloseReferral, ()),
        (DISPATCHER, ReopenReferral, ()),
    )
    sent((partner, RefuseReferral, (reason,)), (DISPATCHER, CloseReferral, ()))
    sent((DISPATCHER, RecallReferral, ()))
    sent((partner, AcceptReferral, ()))
    sent((KEEPER, LookAtReferral, ()), late=True)
    _keys(room, agreement.partner)


def _keys(room: TestRoom, org: str) -> None:
    """One API key that is in force, and one that was revoked."""
    kept, revoked = room.id(), room.id()
    room.done(SUPERVISOR, AddPartnerKey(kept, org, "answer", digest_of("one")))
    room.done(SUPERVISOR, AddPartnerKey(revoked, org, "read", digest_of("other")))
    room.done(SUPERVISOR, RevokePartnerKey(revoked))

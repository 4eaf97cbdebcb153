"""What a command about a referral needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from functools import partial
from typing import Final
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of, upwards_of
from dutyroom.domain.incidents.state import parts_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    FinishReferral,
    LookAtReferral,
    RefuseReferral,
    SendReferral,
    StartReferral,
    UndoAnswer,
)
from dutyroom.domain.referrals.decide import ReferralCommand
from dutyroom.domain.referrals.known import ReferredBy, ToCarry
from dutyroom.domain.referrals.state import ReferralState, clocks
from dutyroom.domain.watching.look import who
from dutyroom.domain.watching.paces import paced

_PARTNERS: Final = (AcceptReferral, RefuseReferral, UndoAnswer, StartReferral, FinishReferral)
"""What only the partner does."""


def asks_of_referral(command: ReferralCommand, context: Context) -> Iterator[Ask]:
    """The referral; of a new one the incident and what it may carry; of a late one who is told."""
    stream = f"referral:{command.referral}"
    yield stream
    match command:
        case SendReferral(_, incident, agreement):
            yield from _whole(incident, context)
            yield ToCarry(incident)
            yield ReferredBy(incident, agreement)
        case UndoAnswer() | StartReferral():
            state = context.find(ReferralState, stream)
            if state is not None:
                yield from upwards_of(state.sent.incident, context)
        case LookAtReferral():
            state = context.find(ReferralState, stream)
            if state is not None:
                yield from who(paced("referral", clocks(state), context.loop), state.sent.org)


def _whole(id_: UUID, context: Context) -> Iterator[Ask]:
    """An incident with all that was merged into it: each may concern a minor."""
    yield f"incident:{id_}"
    state = incident_of(id_, context)
    if state is not None:
        find = partial(incident_of, context=context)
        for one in (state, *(part for _, part in parts_of(state, find))):
            yield from (f"incident:{part}" for part in one.absorbed)


def about_referral(command: ReferralCommand, context: Context) -> About:
    """What the partner does is about the partner, all else about who looks after the incident."""
    state = context.find(ReferralState, f"referral:{command.referral}")
    if state is not None:
        return About(org=state.sent.partner if isinstance(command, _PARTNERS) else state.sent.org)
    if not isinstance(command, SendReferral):
        return About()
    incident = incident_of(command.incident, context)
    if incident is None or incident.zone not in context.codes.org_of_zone:
        return About()
    return About(org=looked_after_by(incident, context.codes, context.loop))

"""Referrals: sent by an agreement, answered by the partner, done, closed."""

from collections.abc import Mapping
from functools import partial
from typing import Final
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.agreements import Agreement
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.minors import concerns_minor
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Event, Refusal
from dutyroom.domain.referrals import refusals
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
from dutyroom.domain.referrals.events import (
    ReferralAccepted,
    ReferralAnswerUndone,
    ReferralClosed,
    ReferralDone,
    ReferralExpired,
    ReferralRecalled,
    ReferralRefused,
    ReferralReminded,
    ReferralReopened,
    ReferralSent,
    ReferralStarted,
)
from dutyroom.domain.referrals.known import ReferredBy, ToCarry
from dutyroom.domain.referrals.state import ReferralState, clocks
from dutyroom.domain.referrals.table import REFERRAL
from dutyroom.domain.tasks.checks import check_incident_open
from dutyroom.domain.watching.look import look
from dutyroom.domain.watching.paces import paced

type PartnerCommand = AcceptReferral | RefuseReferral | UndoAnswer | StartReferral | FinishReferral
type RoomCommand = RemindPartner | RecallReferral | CloseReferral | ReopenReferral | LookAtReferral
type ReferralCommand = SendReferral | PartnerCommand | RoomCommand

LONGEST_TEXT: Final = 2_000


def decide_referral(command: ReferralCommand, context: Context) -> Decision:
    """Decide a command about one referral."""
    stream = f"referral:{command.referral}"
    state = context.find(ReferralState, stream)
    cell = REFERRAL[state.phase if state else "none", command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(cell, command.referral, state)
    if isinstance(command, SendReferral):
        return _send(stream, command, context)
    assert state is not None  # its table lets nothing but `send` go where there is none
    early = context.afterwards and context.occurred_at_ms < state.since_ms
    if early and not isinstance(command, RemindPartner):
        return refusals.time_before_referral(context.occurred_at_ms, state.since_ms)
    return _go_on(stream, command, state, context)


def _refused(cell: str, referral: UUID, state: ReferralState | None) -> Refusal:
    if state is None:
        return refusals.unknown_referral(referral)
    match cell:
        case "ReferralExists":
            return refusals.referral_exists(referral, state.phase)
        case "ReferralHasMovedOn":
            return refusals.referral_has_moved_on(referral, state.phase, state.answered_by)
        case "ReferralIsOver":
            return refusals.referral_is_over(referral, state.phase)
    return refusals.referral_not_ready(referral, state.phase)


def _send(stream: str, command: SendReferral, context: Context) -> Decision:
    incident = incident_of(command.incident, context)
    if incident is None or incident.state != "open":
        state = incident.state if incident else "none"
        return refusals.incident_takes_no_referral(command.incident, state)
    now = context.occurred_at_ms
    if context.afterwards and now < incident.opened_at_ms:
        return incident_refusals.time_before_opening(now, incident.opened_at_ms)
    agreement = context.codes.agreements.get(command.agreement)
    if agreement is None:
        return refusals.no_such_agreement(command.agreement)
    text = command.text.strip()
    wrong = _not_agreed(agreement, incident, text, now)
    if wrong is not None:
        return wrong
    minor = concerns_minor(command.incident, partial(incident_of, context=context))
    if minor and not agreement.minors:
        return refusals.agreement_not_for_minors(agreement.code, incident.number)
    before = context.answer(ReferredBy(command.incident, agreement.code))
    if before is not None:
        return refusals.already_referred(before[0], incident.number, before[1])
    sent = ReferralSent(
        by=context.actor.id,
        incident=command.incident,
        number=incident.number,
        category=incident.category,
        priority=incident.priority,
        org=looked_after_by(incident, context.codes, context.loop),
        partner=agreement.partner,
        agreement=agreement.code,
        fields=agreement.fields,
        due_ms=now + agreement.accept_ms,
    )
    found = context.answer(ToCarry(command.incident))
    sealed = {"carried": carried(agreement, incident, found, text)}
    return (Emitted(stream, sent, sealed, f"incident:{command.incident}"),)


def _not_agreed(
    agreement: Agreement, incident: IncidentState, text: str, now: int
) -> Refusal | None:
    if not agreement.in_force(now):
        return refusals.agreement_not_in_force(agreement.code)
    if not agreement.is_for(incident.category):
        return refusals.agreement_not_for_category(agreement.code, incident.category)
    if text and "request" not in agreement.fields:
        return refusals.request_not_agreed(agreement.code)
    if len(text) > LONGEST_TEXT:
        return refusals.referral_text_wrong("request", len(text), LONGEST_TEXT)
    return None


def carried(
    agreement: Agreement, incident: IncidentState, found: Mapping[str, object], request: str
) -> dict[str, object]:
    """What a referral carries: what is there of the fields that the agreement names, and nothing
    else."""
    there: dict[str, object] = {
        **found,
        "number": incident.number,
        "category": incident.category,
        "priority": incident.priority,
        "time": incident.opened_at_ms,
        "request": request,
    }
    return {field: there[field] for field in agreement.fields if there.get(field)}


def _go_on(
    stream: str,
    command: PartnerCommand | RoomCommand,
    state: ReferralState,
    context: Context,
) -> Decision:
    by = context.actor.id
    event: Event
    again = state.phase in ("refused", "done") and isinstance(command, UndoAnswer | StartReferral)
    if again and (wrong := _check_goes_on(state, context)):
        return wrong
    match command:
        case AcceptReferral():
            event = ReferralAccepted(by)
        case RefuseReferral(_, reason):
            if reason not in (context.codes.referral_reasons or {""}):
                return shared_refusals.unknown_code("reason", reason)
            event = ReferralRefused(by, reason)
        case UndoAnswer():
            event = ReferralAnswerUndone(by)
        case StartReferral():
            event = ReferralStarted(by)
        case FinishReferral(_, said):
            return _finish(stream, said, state, by)
        case RemindPartner():
            event = ReferralReminded(by)
        case RecallReferral():
            event = ReferralRecalled(by)
        case CloseReferral():
            event = ReferralClosed(by)
        case ReopenReferral():
            event = ReferralReopened(by)
        case LookAtReferral():
            return _look(stream, state, context)
    return (Emitted(stream, event),)


def _check_goes_on(state: ReferralState, context: Context) -> Refusal | None:
    """It must not owe anything again of an incident that was concluded since."""
    over = check_incident_open(state.sent.incident, context)
    return refusals.referred_incident_is_over(state.sent.number) if over else None


def _finish(stream: str, said: str, state: ReferralState, by: str) -> Decision:
    """What was never begun has begun by now."""
    text = said.strip()
    if not 0 < len(text) <= LONGEST_TEXT:
        return refusals.referral_text_wrong("outcome", len(text), LONGEST_TEXT)
    key = f"incident:{state.sent.incident}"
    done = Emitted(stream, ReferralDone(by), {"text": text}, key)
    if state.phase == "accepted":
        return (Emitted(stream, ReferralStarted(by)), done)
    return (done,)


def _look(stream: str, state: ReferralState, context: Context) -> Decision:
    """Each step once, however late the keeper comes; from when it is due the time is over."""
    deadlines = paced("referral", clocks(state), context.loop)
    told = tuple(look(state, deadlines, state.sent.org, context))
    over: tuple[Event, ...] = ()
    if state.phase == "sent" and context.now_ms >= state.sent.due_ms:
        to = told[0].to if told else ()
        over = (ReferralExpired(to, context.now_ms - state.sent.due_ms),)
    return tuple(Emitted(stream, event) for event in (*over, *told))

"""What an event changes in a referral."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
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
from dutyroom.domain.referrals.state import ReferralState
from dutyroom.domain.watching.state import Alarm


def evolve_referral(state: ReferralState | None, event: Event, at_ms: int) -> ReferralState | None:
    """A referral after an event of its stream."""
    if state is None:
        return (
            ReferralState("sent", event, at_ms, at_ms) if isinstance(event, ReferralSent) else None
        )
    match event:
        case ReferralExpired(to, late_ms):
            due_ms = state.sent.due_ms
            first = Alarm("answer", due_ms, 1, "dispatcher", to, (), at_ms, late_ms)
            alarm = state.alarm("answer", due_ms) or first  # it may have told somebody before
            return replace(state, phase="expired", expired=True, told=to, alarms=(alarm,))
        case ReferralAccepted(by) | ReferralRefused(by) | ReferralAnswerUndone(by):
            return _answered(state, event, by, at_ms)
        case ReferralStarted():
            return replace(state, phase="in_progress", outcome="", since_ms=at_ms)
        case ReferralDone():
            return replace(state, phase="done", outcome="done", since_ms=at_ms)
        case ReferralReminded(by):
            return replace(state, reminders=state.reminders + 1, reminded_by=by, reminded_ms=at_ms)
        case ReferralRecalled():
            return replace(state, phase="recalled", since_ms=at_ms)
        case ReferralClosed():
            return replace(state, phase="closed", since_ms=at_ms)
        case ReferralReopened():
            return replace(state, phase=state.outcome or state.phase, since_ms=at_ms)
    return state


def _answered(
    state: ReferralState,
    event: ReferralAccepted | ReferralRefused | ReferralAnswerUndone,
    by: str,
    at_ms: int,
) -> ReferralState:
    state = replace(state, since_ms=at_ms, answered_by=by, answered_ms=at_ms)
    match event:
        case ReferralAccepted():
            return replace(state, phase="accepted")
        case ReferralRefused(_, reason):
            return replace(state, phase="refused", reason=reason, outcome="refused")
        case ReferralAnswerUndone():
            return replace(
                state,
                phase="expired" if state.expired else "sent",
                answered_by="",
                answered_ms=None,
                reason="",
                outcome="",
            )

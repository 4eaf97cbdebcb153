"""The row of a referral: what consoles of the room see of it, without what it says. Times are
milliseconds UTC."""

from typing import Final, Literal

import msgspec

from dutyroom.domain.agreements import CarriedField
from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.referrals.state import WAITING, ReferralPhase, ReferralState, clocks
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class ReferralRow(msgspec.Struct, frozen=True, kw_only=True):
    """An incident handed over to a partner (`number`, `category` and `priority` are its own, as
    they were then; `org` looks after it).

    `late`: nobody had answered by `due_ms`; `told` heard of it. `since_ms`: since when it is in
    this state. `reason`: why it was refused. `outcome`: how it came out, also once it is closed.
    Of `reminders` the last one counts by name and time.
    """

    id: str
    incident: str
    number: str
    category: str
    priority: int
    org: str
    partner: str
    agreement: str
    fields: tuple[CarriedField, ...]
    state: ReferralPhase
    sent_by: str
    sent_ms: int
    due_ms: int
    since_ms: int
    late: bool
    told: tuple[str, ...]
    answered_by: str
    answered_ms: int | None
    reason: str
    outcome: Literal["", "done", "refused"]
    position: int
    alarm: AlarmRow | None = None
    reminders: int = 0
    reminded_by: str = ""
    reminded_ms: int | None = None


def render(id_: str, referral: ReferralState, last: Change) -> ReferralRow:
    """The row of a referral."""
    sent = referral.sent
    return ReferralRow(
        id=id_,
        incident=str(sent.incident),
        number=sent.number,
        category=sent.category,
        priority=sent.priority,
        org=sent.org,
        partner=sent.partner,
        agreement=sent.agreement,
        fields=sent.fields,
        state=referral.phase,
        sent_by=sent.by,
        sent_ms=referral.sent_ms,
        due_ms=sent.due_ms,
        since_ms=referral.since_ms,
        late=referral.expired,
        told=referral.told,
        answered_by=referral.answered_by,
        answered_ms=referral.answered_ms,
        reason=referral.reason,
        outcome=referral.outcome,
        position=last.position,
        alarm=alarm_row(referral, clocks(referral)),
        reminders=referral.reminders,
        reminded_by=referral.reminded_by,
        reminded_ms=referral.reminded_ms,
    )


def columns(referral: ReferralState) -> Columns:
    """Who looks after its incident; whom it was sent to owns it."""
    sent = referral.sent
    return Columns(
        referral.open, referral.phase, sent.org, owner=sent.partner, incident=sent.incident
    )


LIST: Final = List("referrals", ReferralRow, render, columns, keeps_open=WAITING, lies_with="owner")

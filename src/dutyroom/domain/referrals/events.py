"""Events of a referral. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.agreements import CarriedField
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    AgreementCode,
    CategoryCode,
    IncidentId,
    MemberId,
    OrgPath,
    Priority,
    ReferralReason,
)


@dataclass(frozen=True, slots=True)
class ReferralSent(Event):
    """`number`, `category` and `priority` are the incident's, `org` who looks after it. `fields`
    are what the agreement lets it carry; their values are sealed, as they were then. An answer is
    due at `due_ms`."""

    TYPE: ClassVar[str] = "referral.sent.v1"
    by: MemberId
    incident: IncidentId
    number: str
    category: CategoryCode
    priority: Priority
    org: OrgPath
    partner: OrgPath
    agreement: AgreementCode
    fields: tuple[CarriedField, ...]
    due_ms: int


@dataclass(frozen=True, slots=True)
class ReferralAccepted(Event):
    TYPE: ClassVar[str] = "referral.accepted.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralRefused(Event):
    TYPE: ClassVar[str] = "referral.refused.v1"
    by: MemberId
    reason: ReferralReason


@dataclass(frozen=True, slots=True)
class ReferralAnswerUndone(Event):
    TYPE: ClassVar[str] = "referral.answer_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralStarted(Event):
    TYPE: ClassVar[str] = "referral.started.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralDone(Event):
    """What came of it is sealed."""

    TYPE: ClassVar[str] = "referral.done.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralReminded(Event):
    TYPE: ClassVar[str] = "referral.reminded.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralRecalled(Event):
    TYPE: ClassVar[str] = "referral.recalled.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralClosed(Event):
    TYPE: ClassVar[str] = "referral.closed.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralReopened(Event):
    TYPE: ClassVar[str] = "referral.reopened.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class ReferralExpired(Event):
    """Nobody has answered in time. `to` are those on duty who were told, `late_ms` how long after
    that time."""

    TYPE: ClassVar[str] = "referral.expired.v1"
    to: tuple[MemberId, ...]
    late_ms: int

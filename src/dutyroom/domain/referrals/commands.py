"""What may be asked about a referral. What is said in it travels only in sealed bodies."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import AgreementCode, IdOf, IncidentId, ReferralReason
from dutyroom.domain.values import Sealed

ReferralId = Annotated[UUID, IdOf("referral")]


@dataclass(frozen=True, slots=True)
class OfReferral(Command):
    """What is asked about one referral."""

    referral: ReferralId


@dataclass(frozen=True, slots=True)
class SendReferral(OfReferral):
    """Hand an incident over to a partner. What it carries is what the agreement names, taken from
    the incident as it is now; `text` is what is asked of the partner, if that is agreed."""

    VERB: ClassVar[str] = "referral.send"
    incident: IncidentId
    agreement: AgreementCode
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class AcceptReferral(OfReferral):
    """The partner takes it; also one that nobody had answered in time."""

    VERB: ClassVar[str] = "referral.accept"


@dataclass(frozen=True, slots=True)
class RefuseReferral(OfReferral):
    """The partner doesn't take it, and says why."""

    VERB: ClassVar[str] = "referral.refuse"
    reason: ReferralReason


@dataclass(frozen=True, slots=True)
class UndoAnswer(OfReferral):
    """The partner takes its answer back: it waits for one again."""

    VERB: ClassVar[str] = "referral.undo_answer"


@dataclass(frozen=True, slots=True)
class StartReferral(OfReferral):
    """The partner works on it; one that was done is taken back to work."""

    VERB: ClassVar[str] = "referral.start"


@dataclass(frozen=True, slots=True)
class FinishReferral(OfReferral):
    """The partner is done with it, and says what came of it."""

    VERB: ClassVar[str] = "referral.finish"
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class RemindPartner(OfReferral):
    """Press the partner for its answer, or for what came of it."""

    VERB: ClassVar[str] = "referral.remind"


@dataclass(frozen=True, slots=True)
class RecallReferral(OfReferral):
    """The room takes it back, as long as it isn't accepted."""

    VERB: ClassVar[str] = "referral.recall"


@dataclass(frozen=True, slots=True)
class CloseReferral(OfReferral):
    """The room has seen what came of it, or why it was refused."""

    VERB: ClassVar[str] = "referral.close"


@dataclass(frozen=True, slots=True)
class ReopenReferral(OfReferral):
    """Not seen after all: it is listed again."""

    VERB: ClassVar[str] = "referral.reopen"


@dataclass(frozen=True, slots=True)
class LookAtReferral(OfReferral):
    """Say so if nobody has answered it in time, and go on telling."""

    VERB: ClassVar[str] = "referral.look_at"

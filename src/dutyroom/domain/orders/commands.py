"""What may be asked about a supervision order. Its texts travel only in sealed bodies."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, IncidentId, MemberId, OrgPath, Priority, TaskReason
from dutyroom.domain.tasks.commands import TaskId, Team
from dutyroom.domain.values import Sealed

SupervisionOrderId = Annotated[UUID, IdOf("supervision_order")]


@dataclass(frozen=True, slots=True)
class OfOrder(Command):
    """What is asked about one order."""

    supervision_order: SupervisionOrderId


@dataclass(frozen=True, slots=True)
class GiveOrder(OfOrder):
    """Order an organisation, one of its teams or a member of it to see to an incident, or to one
    task of it, and to answer.

    `due_ms` (milliseconds UTC) is by when it is to be answered; None for the usual time of the
    city pack.
    """

    VERB: ClassVar[str] = "supervision_order.give"
    incident: IncidentId
    org: OrgPath
    text: Sealed[str]
    task: TaskId | None = None
    priority: Priority = 2
    due_ms: int | None = None
    team: Team = ""
    owner: MemberId = ""


@dataclass(frozen=True, slots=True)
class AcknowledgeOrder(OfOrder):
    """It has been read where it was sent to, and is seen to."""

    VERB: ClassVar[str] = "supervision_order.acknowledge"


@dataclass(frozen=True, slots=True)
class UndoAcknowledgement(OfOrder):
    """It waits to be acknowledged again."""

    VERB: ClassVar[str] = "supervision_order.undo_acknowledgement"


@dataclass(frozen=True, slots=True)
class AnswerOrder(OfOrder):
    """Say what was done, and what came of it."""

    VERB: ClassVar[str] = "supervision_order.answer"
    text: Sealed[str]


@dataclass(frozen=True, slots=True)
class TakeAnswerBack(OfOrder):
    """The answer wasn't the last word; another one follows."""

    VERB: ClassVar[str] = "supervision_order.take_answer_back"


@dataclass(frozen=True, slots=True)
class AcceptAnswer(OfOrder):
    """The answer will do: nothing more is owed. Never by the one who gave the answer."""

    VERB: ClassVar[str] = "supervision_order.accept"


@dataclass(frozen=True, slots=True)
class UndoAcceptance(OfOrder):
    """The answer waits for a judgement again, as long as its incident is open."""

    VERB: ClassVar[str] = "supervision_order.undo_acceptance"


@dataclass(frozen=True, slots=True)
class SendAnswerBack(OfOrder):
    """The answer won't do: another one is wanted, by another time if one is given; by the old one
    else. `text` may say what is missing."""

    VERB: ClassVar[str] = "supervision_order.send_back"
    reason: TaskReason
    text: Sealed[str] = ""
    due_ms: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawOrder(OfOrder):
    """No answer is wanted any more."""

    VERB: ClassVar[str] = "supervision_order.withdraw"


@dataclass(frozen=True, slots=True)
class RestoreOrder(OfOrder):
    """It stands again as it stood before it was withdrawn, as long as its incident is open."""

    VERB: ClassVar[str] = "supervision_order.restore"


@dataclass(frozen=True, slots=True)
class ReleaseOrder(OfOrder):
    """The member whom it names has left, or does other work: it lies with the team that is named,
    else with the command office."""

    VERB: ClassVar[str] = "supervision_order.release"


@dataclass(frozen=True, slots=True)
class RemindOfOrder(OfOrder):
    """Press whoever owes the answer."""

    VERB: ClassVar[str] = "supervision_order.remind"

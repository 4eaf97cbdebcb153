"""What may be asked about a follow-up call. What the caller says travels only in sealed bodies."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IncidentId, OrgPath, ReopenReason
from dutyroom.domain.tasks.commands import TaskId, TaskKind
from dutyroom.domain.values import Sealed

Rating = Literal["good", "fair", "poor", "declined"]
Solved = Literal["solved", "not_solved", "declined"]
Then = Literal["", "reopen", "task"]
"""What follows from an answer: nothing, the incident is reopened, or a task is made."""


@dataclass(frozen=True, slots=True)
class OfCallBack(Command):
    """What is asked about the follow-up call of one incident; `call_back` is the incident's id."""

    call_back: IncidentId


@dataclass(frozen=True, slots=True)
class OfferCallBack(OfCallBack):
    """Have the caller called about a concluded incident for which the pack asks for none."""

    VERB: ClassVar[str] = "call_back.offer"


@dataclass(frozen=True, slots=True)
class ClaimCallBack(OfCallBack):
    """Take it: nobody else calls meanwhile. A supervisor may take it over."""

    VERB: ClassVar[str] = "call_back.claim"


@dataclass(frozen=True, slots=True)
class ReleaseCallBack(OfCallBack):
    """Leave it to others."""

    VERB: ClassVar[str] = "call_back.release"


@dataclass(frozen=True, slots=True)
class NoteNotReached(OfCallBack):
    """Nobody was reached. After as many attempts as the pack says it is given up."""

    VERB: ClassVar[str] = "call_back.not_reached"


@dataclass(frozen=True, slots=True)
class AnswerCallBack(OfCallBack):
    """What the caller says of attitude, speed and result, each apart, and whether it is solved.

    Who is not satisfied is answered: `then` reopens the incident, with a `reason`, or makes a
    `task` of a `kind` for an organisation, which says what to do in `text`.
    """

    VERB: ClassVar[str] = "call_back.answer"
    attitude: Rating
    speed: Rating
    result: Rating
    solved: Solved
    comment: Sealed[str] = ""
    then: Then = ""
    reason: ReopenReason = ""
    task: TaskId | None = None
    kind: TaskKind = "visit"
    org: OrgPath = ""
    text: Sealed[str] = ""


@dataclass(frozen=True, slots=True)
class UndoCallBack(OfCallBack):
    """Take back that it is done, given up or dropped, unless something was made of the answer."""

    VERB: ClassVar[str] = "call_back.undo"


@dataclass(frozen=True, slots=True)
class DropCallBack(OfCallBack):
    """Take back that it was offered by hand. What the pack asks for is nobody's to leave out."""

    VERB: ClassVar[str] = "call_back.drop"

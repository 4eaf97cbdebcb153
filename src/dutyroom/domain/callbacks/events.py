"""Events of a follow-up call. Never edited, deleted or renamed. What was said is sealed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.callbacks.commands import Rating, Solved, Then
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import CategoryCode, MemberId, OrgPath
from dutyroom.domain.tasks.commands import TaskId


@dataclass(frozen=True, slots=True)
class CallBackOffered(Event):
    """The caller is to be called by `due_ms`. `number`, `category` and `org` are the incident's,
    as they were when it was concluded. `by_hand`: the pack doesn't ask for it. `attended`: a unit
    was on scene. `provisional`: its time counts days whose holidays hadn't been announced."""

    TYPE: ClassVar[str] = "call_back.offered.v1"
    number: str
    category: CategoryCode
    org: OrgPath
    due_ms: int
    by_hand: bool
    attended: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CallBackSetAside(Event):
    """Nobody calls for the time being: the incident was reopened, or it isn't safe."""

    TYPE: ClassVar[str] = "call_back.set_aside.v1"
    because: Literal["reopened", "unsafe"]


@dataclass(frozen=True, slots=True)
class CallBackTakenUp(Event):
    """It is due again: the incident was concluded once more, or it is safe again."""

    TYPE: ClassVar[str] = "call_back.taken_up.v1"
    category: CategoryCode
    org: OrgPath
    due_ms: int
    attended: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CallBackClaimed(Event):
    TYPE: ClassVar[str] = "call_back.claimed.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class CallBackReleased(Event):
    TYPE: ClassVar[str] = "call_back.released.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class CallBackNotReached(Event):
    TYPE: ClassVar[str] = "call_back.not_reached.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class CallBackGivenUp(Event):
    """Nobody was reached as often as the pack says."""

    TYPE: ClassVar[str] = "call_back.given_up.v1"


@dataclass(frozen=True, slots=True)
class CallBackAnswered(Event):
    """`task`: the one that was made of it."""

    TYPE: ClassVar[str] = "call_back.answered.v1"
    by: MemberId
    attitude: Rating
    speed: Rating
    result: Rating
    solved: Solved
    then: Then
    task: TaskId | None


@dataclass(frozen=True, slots=True)
class CallBackUndone(Event):
    """It is due again: what was said last doesn't count."""

    TYPE: ClassVar[str] = "call_back.undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class CallBackDropped(Event):
    TYPE: ClassVar[str] = "call_back.dropped.v1"
    by: MemberId

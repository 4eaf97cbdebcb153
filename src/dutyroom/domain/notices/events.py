"""Events of a notice. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Event
from dutyroom.domain.notices.commands import NoticeAnswer, NoticePriority


@dataclass(frozen=True, slots=True)
class NoticePosted(Event):
    """`asked` are those who were signed in and whom it concerns. The text is sealed."""

    TYPE: ClassVar[str] = "notice.posted.v1"
    by: str
    org: str
    from_ms: int
    until_ms: int
    priority: NoticePriority
    answer: NoticeAnswer
    due_ms: int | None
    asked: tuple[str, ...]
    replaces: UUID | None


@dataclass(frozen=True, slots=True)
class NoticeAcknowledged(Event):
    TYPE: ClassVar[str] = "notice.acknowledged.v1"
    by: str


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn(Event):
    TYPE: ClassVar[str] = "notice.withdrawn.v1"


@dataclass(frozen=True, slots=True)
class NoticeReplaced(Event):
    """`replaced_by` is the notice that says it anew."""

    TYPE: ClassVar[str] = "notice.replaced.v1"
    replaced_by: UUID

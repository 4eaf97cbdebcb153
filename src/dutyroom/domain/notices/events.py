"""Events of a notice. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import MemberId, OrgPath
from dutyroom.domain.notices.commands import NoticeAnswer, NoticeId, NoticePriority


@dataclass(frozen=True, slots=True)
class NoticePosted(Event):
    """`asked` are those who were signed in and whom it concerns. The text is sealed."""

    TYPE: ClassVar[str] = "notice.posted.v1"
    by: MemberId
    org: OrgPath
    from_ms: int
    until_ms: int
    priority: NoticePriority
    answer: NoticeAnswer
    due_ms: int | None
    asked: tuple[MemberId, ...]
    replaces: NoticeId | None


@dataclass(frozen=True, slots=True)
class NoticeAcknowledged(Event):
    TYPE: ClassVar[str] = "notice.acknowledged.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn(Event):
    TYPE: ClassVar[str] = "notice.withdrawn.v1"


@dataclass(frozen=True, slots=True)
class NoticeReplaced(Event):
    """`replaced_by` is the notice that says it anew."""

    TYPE: ClassVar[str] = "notice.replaced.v1"
    replaced_by: NoticeId

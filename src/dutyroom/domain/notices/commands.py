"""What may be asked about a notice. Its text travels only in a sealed body."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, OrgPath
from dutyroom.domain.values import Sealed

NoticeId = Annotated[UUID, IdOf("notice")]
NoticePriority = Literal["urgent", "normal"]
NoticeAnswer = Literal["acknowledge", "see"]


@dataclass(frozen=True, slots=True)
class PostNotice(Command):
    """Say something to the room, or to one organisation of it (`org` is its path, "" the room).

    `from_ms` is now if left out. `answer`: whether each must acknowledge it, by `due_ms` (until it
    ends, if left out), or need only see it. `replaces` takes an older notice back at the same time.
    Times are milliseconds UTC.
    """

    VERB: ClassVar[str] = "notice.post"
    notice: NoticeId
    text: Sealed[str]
    until_ms: int
    org: OrgPath = ""
    from_ms: int | None = None
    priority: NoticePriority = "normal"
    answer: NoticeAnswer = "see"
    due_ms: int | None = None
    replaces: NoticeId | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgeNotice(Command):
    """Say that one has seen it."""

    VERB: ClassVar[str] = "notice.acknowledge"
    notice: NoticeId


@dataclass(frozen=True, slots=True)
class WithdrawNotice(Command):
    """Take it back before it ends."""

    VERB: ClassVar[str] = "notice.withdraw"
    notice: NoticeId

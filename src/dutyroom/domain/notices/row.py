"""The row of a notice: what consoles see of it, without its text. Times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.notices.commands import NoticeAnswer, NoticePriority
from dutyroom.domain.notices.state import NoticePhase, NoticeState, clocks
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to the room or to one organisation, and who has answered it.

    `missing` are those who must acknowledge it by `due_ms` and have not yet. It ends by itself at
    `until_ms`, whatever `state` says.
    """

    id: str
    by: str
    state: NoticePhase
    org: str
    priority: NoticePriority
    answer: NoticeAnswer
    posted_ms: int
    from_ms: int
    until_ms: int
    due_ms: int | None
    acknowledged: tuple[str, ...]
    missing: tuple[str, ...]
    replaces: str | None
    replaced_by: str | None
    position: int
    alarm: AlarmRow | None = None


def render(id_: str, notice: NoticeState, last: Change) -> NoticeRow:
    """The row of a notice."""
    posted = notice.posted
    must = posted.answer == "acknowledge"
    return NoticeRow(
        id=id_,
        by=posted.by,
        state=notice.phase,
        org=posted.org,
        priority=posted.priority,
        answer=posted.answer,
        posted_ms=notice.at_ms,
        from_ms=posted.from_ms,
        until_ms=posted.until_ms,
        due_ms=(posted.due_ms or posted.until_ms) if must else None,
        acknowledged=notice.acknowledged,
        missing=notice.missing,
        replaces=str(posted.replaces) if posted.replaces else None,
        replaced_by=str(notice.replaced_by) if notice.replaced_by else None,
        position=last.position,
        alarm=alarm_row(notice, clocks(notice)),
    )


def columns(notice: NoticeState) -> Columns:
    """For whom it is, and whether it still stands."""
    return Columns(
        notice.phase == "posted", notice.phase, notice.posted.org, owner=notice.posted.by
    )


LIST: Final = List("notices", NoticeRow, render, columns, downwards=True)

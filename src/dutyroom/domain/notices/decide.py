"""Notices: posted, acknowledged, withdrawn, replaced. They expire by themselves."""

from typing import Final
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.notices import refusals
from dutyroom.domain.notices.commands import AcknowledgeNotice, PostNotice, WithdrawNotice
from dutyroom.domain.notices.events import (
    NoticeAcknowledged,
    NoticePosted,
    NoticeReplaced,
    NoticeWithdrawn,
)
from dutyroom.domain.notices.known import Present
from dutyroom.domain.notices.state import NoticeState
from dutyroom.domain.notices.table import NOTICE

type NoticeCommand = PostNotice | AcknowledgeNotice | WithdrawNotice

LONGEST: Final = 300
"""Characters: it is read at a glance, in one line."""
LONGEST_DAYS: Final = 31
_DAY_MS: Final = 86_400_000


def decide_notice(command: NoticeCommand, context: Context) -> Decision:
    """Decide a command about one notice."""
    cell = _cell(command.notice, command.VERB, context)
    if cell == DONE:
        return ()
    if isinstance(cell, Refusal):
        return cell
    stream, by = f"notice:{command.notice}", context.actor.id
    match command:
        case PostNotice():
            return _post(stream, command, context)
        case AcknowledgeNotice():
            state = context.find(NoticeState, stream)
            already = state is not None and by in state.acknowledged
            return () if already else (Emitted(stream, NoticeAcknowledged(by)),)
        case WithdrawNotice():
            return (Emitted(stream, NoticeWithdrawn()),)


def _cell(notice: UUID, verb: str, context: Context) -> str | Refusal:
    """What the table says of a notice: `GO`, `DONE`, or why not."""
    state = context.find(NoticeState, f"notice:{notice}")
    phase = state.phase_at(context.occurred_at_ms) if state else "none"
    cell = NOTICE[phase, verb]
    if cell in (GO, DONE):
        return cell
    return refusals.unknown_notice(notice) if not state else refusals.notice_is_over(notice, phase)


def _post(stream: str, command: PostNotice, context: Context) -> Decision:
    text = " ".join(command.text.split())
    if not 0 < len(text) <= LONGEST:
        return refusals.notice_text_wrong(len(text), LONGEST)
    if command.org and command.org not in context.codes.orgs:
        return refusals.unknown_organisation(command.org)
    now = context.occurred_at_ms
    from_ms = now if command.from_ms is None else command.from_ms
    first, last = max(now, from_ms), command.until_ms
    due_ms = command.due_ms if command.answer == "acknowledge" else None
    if not first < last <= first + LONGEST_DAYS * _DAY_MS or not (
        due_ms is None or first < due_ms <= last
    ):
        return refusals.notice_times_wrong(LONGEST_DAYS)
    posted = NoticePosted(
        by=context.actor.id,
        org=command.org,
        from_ms=from_ms,
        until_ms=command.until_ms,
        priority=command.priority,
        answer=command.answer,
        due_ms=due_ms,
        asked=tuple(one for one in context.answer(Present(command.org)) if one != context.actor.id),
        replaces=command.replaces,
    )
    said = Emitted(stream, posted, {"text": text}, stream)
    if command.replaces is None:
        return (said,)
    older = _cell(command.replaces, f"<{command.VERB}>", context)
    if isinstance(older, Refusal):
        return older
    return (said, Emitted(f"notice:{command.replaces}", NoticeReplaced(command.notice)))

"""Notices: what may be done with one when, who is asked, and how one ends."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from dutyroom.domain.context import Actor, Context
from dutyroom.domain.decide import decide
from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import DONE, GO, Command, Deadline, Emitted, Refusal
from dutyroom.domain.notices.commands import AcknowledgeNotice, PostNotice, WithdrawNotice
from dutyroom.domain.notices.events import NoticePosted
from dutyroom.domain.notices.known import Present
from dutyroom.domain.notices.state import NoticeState, clocks
from dutyroom.domain.notices.table import NOTICE

from .strategies import CODES, NOTICES, START_MS

OLD, NEW, _ = NOTICES
HOUR_MS = 3_600_000
POST = PostNotice(NEW, "Bridge lift at 22:00", START_MS + HOUR_MS)
POSTED = NoticePosted(
    by="anna",
    org="",
    from_ms=START_MS,
    until_ms=START_MS + HOUR_MS,
    priority="normal",
    answer="acknowledge",
    due_ms=START_MS + 600_000,
    asked=("bo", "chen"),
    replaces=None,
)


def known(state: NoticeState | None, now_ms: int = START_MS + 1, by: str = "bo") -> Context:
    return Context(
        now_ms,
        now_ms,
        Actor(by, "dispatcher"),
        replace(CODES, orgs=frozenset({"city", "city/north"})),
        states={} if state is None else {f"notice:{OLD}": state},
        answers={Present(org): ("anna", "bo", "chen") for org in ("", "city/north")},
    )


def emitted(command: Command, context: Context) -> tuple[Emitted, ...]:
    decision = decide(command, context)
    assert isinstance(decision, tuple), decision
    return decision


def refused(command: Command, context: Context) -> str:
    decision = decide(command, context)
    assert isinstance(decision, Refusal), decision
    return decision.name


COMMANDS: dict[str, Command] = {
    "notice.post": replace(POST, notice=OLD),
    "<notice.post>": replace(POST, replaces=OLD),
    "notice.acknowledge": AcknowledgeNotice(OLD),
    "notice.withdraw": WithdrawNotice(OLD),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in NOTICE.items()],
)
def test_a_notice_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    phase: Any = "posted" if state == "expired" else state
    until_ms = POSTED.until_ms if state != "expired" else START_MS + 1
    there = NoticeState(phase, replace(POSTED, until_ms=until_ms), START_MS)
    decision = decide(COMMANDS[verb], known(None if state == "none" else there))
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_who_is_signed_in_is_asked_but_not_the_one_who_says_it() -> None:
    [one] = emitted(replace(POST, org="city/north", answer="acknowledge"), known(None, by="anna"))
    event = one.event
    assert isinstance(event, NoticePosted)
    assert (event.asked, event.from_ms, event.org) == (("bo", "chen"), START_MS + 1, "city/north")


def test_its_text_is_sealed_on_one_line_and_not_in_the_event() -> None:
    [one] = emitted(replace(POST, text=" Bridge\n lift "), known(None))
    assert one.sealed == {"text": "Bridge lift"}
    assert one.key == f"notice:{NEW}"
    assert "Bridge" not in repr(one.event)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"text": "  "}, "NoticeTextWrong"),
        ({"text": "x" * 301}, "NoticeTextWrong"),
        ({"org": "elsewhere"}, "UnknownOrganisation"),
        ({"until_ms": START_MS}, "NoticeTimesWrong"),
        ({"from_ms": START_MS + 2 * HOUR_MS}, "NoticeTimesWrong"),
        ({"until_ms": START_MS + 32 * 24 * HOUR_MS}, "NoticeTimesWrong"),
        ({"answer": "acknowledge", "due_ms": START_MS + 2 * HOUR_MS}, "NoticeTimesWrong"),
        ({"replaces": UUID(int=1)}, "UnknownNotice"),
    ],
)
def test_a_notice_that_makes_no_sense_is_refused(change: dict[str, Any], name: str) -> None:
    assert refused(replace(POST, **change), known(None)) == name


def test_a_new_notice_takes_the_older_one_back_in_the_same_breath() -> None:
    new, old = emitted(replace(POST, replaces=OLD), known(folded()))
    assert (new.stream, old.stream) == (f"notice:{NEW}", f"notice:{OLD}")
    after = evolve(folded(), old.event, START_MS + 2)
    assert isinstance(after, NoticeState)
    assert (after.phase, after.replaced_by) == ("replaced", NEW)


def folded(by: Iterable[str] = ()) -> NoticeState:
    state = evolve(None, POSTED, START_MS)
    for one in by:
        [said] = emitted(AcknowledgeNotice(OLD), known(state, by=one))  # type: ignore[arg-type]
        state = evolve(state, said.event, START_MS + 1)
    assert isinstance(state, NoticeState)
    return state


def test_each_acknowledges_once_and_who_has_not_yet_is_known() -> None:
    state = folded(["chen", "dai"])
    assert state.acknowledged == ("chen", "dai")
    assert state.missing == ("bo",)
    assert emitted(AcknowledgeNotice(OLD), known(state, by="chen")) == ()


def test_it_is_owed_until_all_have_acknowledged_and_ends_by_itself() -> None:
    ends = Deadline("expire", POSTED.until_ms, ends=True)
    owed, over = clocks(folded())
    assert (owed.name, owed.due_ms) == ("acknowledge", START_MS + 600_000)
    assert over == ends
    assert clocks(folded(["bo", "chen"])) == (ends,)
    assert (
        refused(AcknowledgeNotice(OLD), known(folded(), now_ms=POSTED.until_ms)) == "NoticeIsOver"
    )

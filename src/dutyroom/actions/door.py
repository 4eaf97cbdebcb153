"""The only write door. policy -> load -> decide -> append -> project, in one transaction.

Everybody comes through here: a person at the console, an officer's phone, the telephone gateway,
a recorded evening that is played. An action is its own idempotency key: asked twice, done once.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

import msgspec
from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper

from dutyroom.actions.clock import now_ms
from dutyroom.actions.gathered import Gathered, gather
from dutyroom.actions.ledger import Ledger
from dutyroom.actions.request import Request
from dutyroom.advice import advised
from dutyroom.advice.advised import Advised
from dutyroom.advice.advisor import Advisor
from dutyroom.citypack import CityPack
from dutyroom.citypack.codes import NO_CODES
from dutyroom.core.text import Text
from dutyroom.domain.asking import about, asks_more, of_command
from dutyroom.domain.bodies import to_body
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.domain.context import Actor, Context
from dutyroom.domain.decide import decide, with_following
from dutyroom.domain.incidents.commands import Dispatch
from dutyroom.domain.kernel import About, Emitted, Refusal, State
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.journal import append as journal
from dutyroom.journal.answered import Answered
from dutyroom.journal.seal import Sealer
from dutyroom.journal.writer import GroupWriter, NotCommitted
from dutyroom.policy import VERBS, Decision, may_do
from dutyroom.projections.facts import Fact, fact_of
from dutyroom.projections.project import pack_adopted, project

NOT_SAVED: Final = Text(
    "Not saved: the database cannot write. Your entry is kept here and is sent again.",
    "未保存：数据库无法写入。您的输入已保留，将自动重发。",
)


NOTHING: Final[Mapping[str, object]] = {}
"""What everything but a referral carries."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is in the journal, on the disk. ``repeated``: it was there already."""

    action: UUID
    position: int
    events: tuple[str, ...]
    number: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Denied:
    """Policy says no, and why."""

    because: Text


@dataclass(frozen=True, slots=True)
class NotSaved:
    """The database could not save. Nothing happened; the same action may be sent again."""

    message: Text = NOT_SAVED


type Outcome = Done | Refusal | Denied | NotSaved


class _Kept(msgspec.Struct, frozen=True):
    """What is remembered of a done action, to answer a repetition."""

    actor: str
    verb: str
    position: int
    events: tuple[str, ...]
    number: str


class Deciding:
    """How one action is decided, appended and shown, on whichever thread and in whichever
    transaction that is."""

    def __init__(
        self,
        *,
        pack: Callable[[], CityPack | None],
        sealer: Sealer,
        ledger: Ledger,
        tail: journal.Tail,
        answered: Answered,
        on_adopted: Callable[[PackAdopted], CityPack],
    ) -> None:
        self._pack = pack
        self._sealer = sealer
        self._ledger = ledger
        self._tail = tail
        self._answered = answered
        self._on_adopted = on_adopted

    def _act(
        self,
        cursor: CursorWrapper,
        request: Request,
        advice: Advised | None,
        carried: Mapping[str, object] = NOTHING,
    ) -> Outcome:
        kept = self._answered.recall(request.action)
        if kept is not None:
            return _repeated(request, msgspec.json.decode(kept, type=_Kept))
        now = now_ms()
        verb, actor = request.command.VERB, request.actor
        gathered = self._gathered(cursor, request, now, advice, carried)
        context = gathered.context
        facts = about(request.command, context)
        decision = may_do(actor.role, actor.unit, verb, facts, actor.org)
        if not decision.allowed:
            return Denied(decision.because)
        decided = decide(request.command, context)
        if isinstance(decided, Refusal):
            return decided
        context = gathered.load(partial(asks_more, decided))
        return self._record(cursor, request, decision, with_following(decided, context), now)

    def _gathered(
        self,
        cursor: CursorWrapper,
        request: Request,
        now: int,
        advice: Advised | None,
        carried: Mapping[str, object],
    ) -> Gathered:
        state = self._ledger.state
        return gather(cursor, self._pack(), request, now, state, advice, carried)

    def _show(
        self,
        cursor: CursorWrapper,
        pack: CityPack,
        facts: Sequence[Fact],
        before: Mapping[str, State | None],
    ) -> None:
        project(cursor, pack, facts, self._ledger.state, before)

    def _record(
        self,
        cursor: CursorWrapper,
        request: Request,
        decision: Decision,
        emitted: tuple[Emitted, ...],
        now: int,
    ) -> Done:
        # Before the entries are there, so that folding them adds them once.
        before = {one.stream: self._ledger.state(one.stream) for one in emitted}
        facts = self._append(cursor, request, decision.purpose, emitted, now)
        adopted = next((f.event for f in facts if isinstance(f.event, PackAdopted)), None)
        in_force = self._pack()
        pack = self._on_adopted(adopted) if adopted else in_force
        if pack is not None:
            self._show(cursor, pack, facts, before)
        if pack is not None and adopted:
            pack_adopted(cursor, pack, facts[-1].position, self._ledger.state, in_force)
        position = facts[-1].position if facts else 0
        events = tuple(one.event.TYPE for one in facts)
        number = facts[0].event.public_number if facts else ""
        kept = _Kept(request.actor.id, request.command.VERB, position, events, number)
        self._answered.remember(
            request.action,
            msgspec.json.encode(kept),
            actor=request.actor.id,
            verb=request.command.VERB,
            first=facts[0].position if facts else None,
            last=position if facts else None,
        )
        return Done(request.action, position, events, number)

    def _append(
        self,
        cursor: CursorWrapper,
        request: Request,
        purpose: str,
        emitted: tuple[Emitted, ...],
        now: int,
    ) -> list[Fact]:
        occurred = request.occurred_at_ms if request.occurred_at_ms is not None else now
        entries = [
            journal.NewEntry(
                stream=one.stream,
                type=one.event.TYPE,
                recorded_at_ms=now,
                occurred_at_ms=occurred,
                actor=request.actor.id,
                role=request.actor.role,
                purpose=purpose,
                action=request.action,
                body=to_body(one.event),
                sealed=self._seal(cursor, one, request.action, now),
                seal_key=one.key if one.sealed is not None else None,
            )
            for one in emitted
        ]
        stored = journal.append(cursor, entries, self._tail)
        facts = [fact_of(entry, one.event) for one, entry in zip(emitted, stored, strict=True)]
        self._ledger.apply(facts)
        return facts

    def _seal(self, cursor: CursorWrapper, one: Emitted, action: UUID, now: int) -> bytes | None:
        if one.sealed is None or one.key is None:
            return None
        return self._sealer.seal(
            cursor, one.key, one.sealed, type_=one.event.TYPE, action=action, now_ms=now
        )


class Door(Deciding):
    """Performs actions on one room's journal."""

    def __init__(
        self,
        *,
        pack: Callable[[], CityPack | None],
        sealer: Sealer,
        writer: GroupWriter,
        ledger: Ledger,
        advisor: Advisor,
        on_adopted: Callable[[PackAdopted], CityPack],
        to_carry: Callable[[SendReferral], Mapping[str, object]],
    ) -> None:
        super().__init__(
            pack=pack,
            sealer=sealer,
            ledger=ledger,
            tail=writer.tail,
            answered=writer.answered,
            on_adopted=on_adopted,
        )
        self._writer = writer
        self._advisor = advisor
        self._to_carry = to_carry

    def perform(self, request: Request) -> Outcome:
        """Do it, or say why not. Returns after the commit; raises only for a fault of ours."""
        try:
            return self.ready(request)().result()
        except NotCommitted:
            return NotSaved()

    def ready(self, request: Request) -> "Callable[[], Future[Outcome]]":
        """As `perform`, in two steps, of which the second one (to be called) does not wait for the
        work of others: it does its own at once, or leaves it to the writer. The outcome raises
        `NotCommitted`."""
        advice, carried = self._advised(request), self._carried(request)
        return lambda: self._writer.submit(
            lambda cursor: self._act(cursor, request, advice, carried),
            request.action,
            keys_of(request),
            here=True,
        )

    def _carried(self, request: Request) -> Mapping[str, object]:
        """What a new referral may carry of its incident, found before the journal's lock is taken:
        nobody waits until it is unsealed."""
        command, actor = request.command, request.actor
        if not isinstance(command, SendReferral) or actor.role not in VERBS[command.VERB]:
            return NOTHING
        try:
            return self._to_carry(command)
        except DatabaseError:  # if it can't write either, the writer says so
            return NOTHING

    def _advised(self, request: Request) -> Advised | None:
        """What a dispatch is judged by: the advice that it names, else that of this moment.

        Found before the journal's lock is taken, so that nobody waits for a recommendation.
        """
        command, actor, now = request.command, request.actor, now_ms()
        if not isinstance(command, Dispatch):
            return None
        if not may_do(actor.role, actor.unit, command.VERB, About(), actor.org).allowed:
            return None
        incident = str(command.incident)
        shown = advised.named(command.advice, incident, actor.id, now) if command.advice else None
        if shown is not None:
            return shown
        try:
            advice = self._advisor.recommend(incident, now)
        except DatabaseError:  # if it can't write either, the writer says so
            return None
        return advised.worked_out(advice) if advice is not None else None


def keys_of(request: Request) -> list[str]:
    """The keys that it will probably seal under: they have the names of the records asked for."""
    command = request.command
    asked = of_command(command).asks(command, _NOTHING_LOADED)
    return [one for one in asked if isinstance(one, str)]


_NOTHING_LOADED: Final = Context(0, 0, Actor("", ""), NO_CODES)


def _repeated(request: Request, kept: _Kept) -> Outcome:
    if (kept.actor, kept.verb) != (request.actor.id, request.command.VERB):
        return Refusal(
            "ActionIdTaken",
            {"action": str(request.action)},
            Text("Another action has this id.", "该操作编号已被占用。"),
            Text("Send it again with a fresh id.", "请使用新的编号重新发送。"),
        )
    return Done(request.action, kept.position, kept.events, kept.number, repeated=True)

"""Reading sealed data: policy first, then the log, then the key. Nothing is unsealed unlogged."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.core.ids import uuid7
from dutyroom.core.text import Text
from dutyroom.domain.bodies import to_body
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import About
from dutyroom.domain.reads.events import RecordRead
from dutyroom.journal import append as journal
from dutyroom.journal.keys import KeyErased
from dutyroom.journal.read import Entry
from dutyroom.journal.seal import Sealer
from dutyroom.journal.writer import GroupWriter
from dutyroom.policy import Decision, may_read
from dutyroom.projections.facts import fact_of
from dutyroom.projections.reads import write_reading
from dutyroom.projections.states import States
from dutyroom.readings.minors import any_of_minors

STREAM: Final = "reads"


class MayNotRead(Exception):
    """Policy says no; the decision says why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.because.en)
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Access:
    """A reading that was allowed and logged: only with one of these is anything unsealed."""

    because: Text
    purpose: str


class Reader:
    """The door to sealed data of one room."""

    def __init__(
        self,
        *,
        sealer: Sealer,
        writer: GroupWriter,
        now_ms: Callable[[], int],
        pack: Callable[[], CityPack],
    ) -> None:
        self._sealer = sealer
        self._writer = writer
        self._now_ms = now_ms
        self.pack = pack
        self.states = States()

    def check(self, actor: Actor, what: str, facts: About | None = None) -> Decision:
        """Whether the actor may read this at all. Raises `MayNotRead`."""
        decision = may_read(actor.role, actor.unit, what, facts or About(), actor.org)
        if not decision.allowed:
            raise MayNotRead(decision)
        return decision

    def reads_of_minors(self, actor: Actor, what: str, facts: About | None = None) -> bool:
        """Whether the actor may read this also of what concerns a minor."""
        about = replace(facts or About(), minor=True)
        return may_read(actor.role, actor.unit, what, about, actor.org).allowed

    def open(
        self,
        actor: Actor,
        what: str,
        *,
        incidents: Sequence[UUID] = (),
        calls: Sequence[UUID] = (),
        facts: About | None = None,
        minor: bool | None = None,
    ) -> Access:
        """Decide, and log the reading before it happens. Whether it concerns a minor is looked up,
        unless `minor` says so: that is for readings of many incidents at once, which have left out
        those that the actor may not read.

        Raises `MayNotRead`; `NotCommitted` if the log can't be written: then nothing is read.
        """
        if minor is None:
            minor = any_of_minors(self.states, incidents, calls)
        decision = self.check(actor, what, replace(facts or About(), minor=minor))
        event = RecordRead(
            what, tuple(incidents), tuple(calls), decision.purpose, decision.because.en, minor
        )
        self._writer.run(lambda cursor: self._log(cursor, actor, decision.purpose, event))
        return Access(decision.because, decision.purpose)

    def unseal(self, _access: Access, entries: Iterable[Entry]) -> list[dict[str, Any] | None]:
        """The sealed bodies of entries, in order; None where there is none or its key is erased."""
        return [self._unseal(entry) for entry in entries]

    def within_process(self, entry: Entry) -> dict[str, Any] | None:
        """A sealed body for the machine's own calculation (travel times); it is shown to nobody."""
        return self._unseal(entry)

    def _unseal(self, entry: Entry) -> dict[str, Any] | None:
        if entry.sealed is None:
            return None
        try:
            return self._sealer.unseal(entry)
        except KeyErased:
            return None

    def _log(self, cursor: CursorWrapper, actor: Actor, purpose: str, event: RecordRead) -> None:
        now = self._now_ms()
        [stored] = journal.append(
            cursor,
            [
                journal.NewEntry(
                    stream=STREAM,
                    type=event.TYPE,
                    recorded_at_ms=now,
                    occurred_at_ms=now,
                    actor=actor.id,
                    role=actor.role,
                    purpose=purpose,
                    action=uuid7(now, secrets.randbits(74)),
                    body=to_body(event),
                    sealed=None,
                    seal_key=None,
                )
            ],
            self._writer.tail,
        )
        write_reading(cursor, fact_of(stored, event))

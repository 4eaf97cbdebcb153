"""Many actions through the door at once: decided one by one, written by the portion.

Each is decided by the same functions on the same states, and its events are what the door would
have appended, with the same hashes. What differs is when rows are written: once for a portion, and
before an index is asked that they might answer otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from dutyroom.actions.door import Deciding, Outcome, keys_of
from dutyroom.actions.gather import changed_by, hangs_on
from dutyroom.actions.gathered import Gathered, gather
from dutyroom.actions.ledger import Ledger
from dutyroom.actions.request import Request
from dutyroom.advice.advised import Advised
from dutyroom.citypack import CityPack
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.domain.kernel import Index, State
from dutyroom.journal.bulk import Portions
from dutyroom.journal.keys import Keyring
from dutyroom.journal.opening import fit_key
from dutyroom.journal.seal import Sealer
from dutyroom.projections.facts import Fact
from dutyroom.projections.project import project_together

PORTION: Final = 2_000
"""Actions of one transaction; those of others in the room wait that long."""


@dataclass(frozen=True, slots=True)
class _Listening:
    ledger: Ledger
    keyring: Keyring
    keys: Path

    def begin(self, cursor: CursorWrapper, position: int) -> None:
        self.ledger.begin(cursor, position)

    def committed(self, position: int, hash_: bytes) -> None:
        self.ledger.committed(position)
        self.keyring.committed()

    def rolled_back(self) -> None:
        self.ledger.rolled_back()
        self.keyring.undone()


class Bulk(Deciding):
    """Performs many actions on one room's journal. No pack is adopted, and nothing is recommended:
    a dispatch is entered as one that nobody advised.

    ``keys`` is the folder of the centre's key. One thread uses it; other processes may serve the
    room meanwhile.
    """

    def __init__(self, pack: CityPack, keys: Path) -> None:
        keyring, ledger = Keyring(fit_key(keys)), Ledger()
        self._portions = Portions(_Listening(ledger, keyring, keys), keyring)
        super().__init__(
            pack=lambda: pack,
            sealer=Sealer(keyring),
            ledger=ledger,
            tail=self._portions.tail,
            answered=self._portions.answered,
            on_adopted=_refuse_pack,
        )
        self._in_force = pack
        self._waiting: list[Sequence[Fact]] = []
        self._changed: set[str] = set()
        self._numbers: set[str] = set()

    def perform(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """Do them in this order; each is given back once it is on the disk. Raises
        `DatabaseError` if the database can't write: nothing of that portion happened then."""
        for some in batched(requests, PORTION):
            yield from zip(some, self._portion(some), strict=True)

    def _portion(self, requests: Sequence[Request]) -> list[Outcome]:
        streams = {stream for one in requests for stream in keys_of(one)}
        self._waiting.clear()
        self._changed.clear()
        self._numbers.clear()
        with self._portions.portion([one.action for one in requests], streams) as cursor:
            self._tail.know(self._ledger.foresee(streams))
            outcomes = [self._act(cursor, one, None) for one in requests]
            self._settle(cursor)
        return outcomes

    def _gathered(
        self,
        cursor: CursorWrapper,
        request: Request,
        now: int,
        advice: Advised | None,
        carried: Mapping[str, object],
    ) -> Gathered:
        def before(index: Index[Any]) -> None:
            if hangs_on(index, self._changed):
                self._settle(cursor)

        state = self._ledger.state
        return gather(
            cursor,
            self._in_force,
            request,
            now,
            state,
            advice,
            carried,
            numbers=self._numbers,
            before=before,
        )

    def _show(
        self,
        _cursor: CursorWrapper,
        _pack: CityPack,
        facts: Sequence[Fact],
        _before: Mapping[str, State | None],
    ) -> None:
        if not facts:
            return
        self._waiting.append(facts)
        self._changed |= changed_by(facts)
        self._numbers |= {one.event.public_number for one in facts if one.event.public_number}

    def _settle(self, cursor: CursorWrapper) -> None:
        """Write the rows of what was decided so far."""
        project_together(cursor, self._in_force, self._waiting, self._ledger.state)
        self._waiting.clear()
        self._changed.clear()


def _refuse_pack(event: PackAdopted) -> CityPack:
    raise ValueError(f"the city pack {event.hash[:12]} is adopted by the door, not in bulk")

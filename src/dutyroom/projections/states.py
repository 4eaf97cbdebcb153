"""States of records for whoever reads, folded from what is new since they were last asked for."""

import threading
from collections import OrderedDict
from typing import Final

from django.db.backends.utils import CursorWrapper

from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import State
from dutyroom.journal import read
from dutyroom.projections.facts import fact

LARGEST: Final = 5_000
"""Records kept in memory; the least recently asked ones are folded anew."""


class States:
    """The committed states of one journal's records. Any thread may ask; nothing sealed is kept.

    Deciding has a ledger of its own: it sees what isn't committed yet, under the journal's lock.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, State | None]] = OrderedDict()
        self._guard = threading.Lock()

    def of[S](self, cursor: CursorWrapper, kind: type[S], stream: str) -> S | None:
        """The state as of what the cursor sees; None for a record that isn't of this kind."""
        with self._guard:
            version, state = self._kept.get(stream, (0, None))
        for entry in read.stream(cursor, stream, after_version=version):
            one = fact(entry)
            version, state = entry.version, evolve(state, one.event, one.occurred_at_ms)
        with self._guard:
            # Two may have folded at once: what goes further is kept.
            if version >= self._kept.get(stream, (0, None))[0]:
                self._kept[stream] = (version, state)
                self._kept.move_to_end(stream)
            while len(self._kept) > LARGEST:
                self._kept.popitem(last=False)
        return state if isinstance(state, kind) else None

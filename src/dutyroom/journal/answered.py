"""The answers to actions, kept with what they did so that asking twice happens once.

A group of work asks for all of its actions at once, and keeps their answers at once: not by two
statements for each action.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from dutyroom.journal.inserting import Value, insert

_COLUMNS: Final = "action, actor, verb, first, last, result"


class Answered:
    """What was answered to the actions of a group, by earlier groups and within it.

    Used by the journal's writer under the journal's lock. `begin` forgets what a group before left,
    also one that was undone.
    """

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self._new: list[tuple[Value, ...]] = []

    def begin(self, known: Mapping[str, bytes]) -> None:
        """What was answered to those of the group's actions that were done before."""
        self._known = {**known}
        self._new.clear()

    def recall(self, action: UUID) -> bytes | None:
        """What was answered to this action of the group, if it was done before."""
        return self._known.get(str(action))

    def remember(
        self,
        action: UUID,
        result: bytes,
        *,
        actor: str,
        verb: str,
        first: int | None,
        last: int | None,
    ) -> None:
        """Keep the answer to an action, with the positions of its entries; written by `keep`."""
        known = str(action)
        self._known[known] = result
        self._new.append((known, actor, verb, first, last, result))

    def keep(self, cursor: CursorWrapper) -> None:
        """Write what is to be remembered of the group; committed with its transaction."""
        insert(cursor, "journal_journalaction", _COLUMNS, self._new)

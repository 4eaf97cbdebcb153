"""Many actions in one transaction: the same rows as by groups, by fewer and larger statements.

For what is entered at once, such as the room of a benchmark. Who writes so holds the journal's lock
for as long as a portion takes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

from dutyroom.journal.answered import Answered
from dutyroom.journal.append import Tail
from dutyroom.journal.beginning import begin
from dutyroom.journal.gathering import Gathering, Row
from dutyroom.journal.keys import Keyring
from dutyroom.journal.transactions import cursor_of_writer, transaction
from dutyroom.journal.writer import Listener

_JOURNAL: Final = "journal_"


class BulkCursor(Gathering):
    """Rows of the journal wait for the end of the portion: who writes it knows what it added, and
    asks the tables only for what was there before. All other rows are there before any statement.
    """

    def __init__(self, cursor: Any, db: Any) -> None:
        super().__init__(cursor, db)
        self._entries: dict[str, list[Row]] = {}
        self._others: dict[str, list[Row]] = {}

    def later(self, table: str, sql: str, rows: Iterable[Row]) -> None:
        waiting = self._entries if table.startswith(_JOURNAL) else self._others
        waiting.setdefault(sql, []).extend(rows)

    def write_out(self) -> None:
        others, self._others = self._others, {}
        for sql, rows in others.items():
            CursorWrapper.executemany(self, sql, rows)

    def at_the_end(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Write new rows of any table with those of the journal; nobody asks for them before."""
        names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        self._entries.setdefault(sql, []).extend(rows)

    def write_journal(self) -> None:
        """Write the portion's rows of the journal: at its end."""
        entries, self._entries = self._entries, {}
        for sql, rows in entries.items():
            if self.db.vendor == "postgresql":
                into = sql.partition(" VALUES ")[0].removeprefix("INSERT INTO ")
                with self.cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                CursorWrapper.executemany(self, sql, rows)


class Portions:
    """Writes portions on the thread that asks; with the journal's end, answers and keys as they are
    within each. What `GroupWriter` is for groups."""

    def __init__(self, listener: Listener, keyring: Keyring) -> None:
        self.tail = Tail()
        self.answered = Answered()
        self._keyring = keyring
        self._listener = listener

    @contextmanager
    def portion(self, actions: Collection[UUID], keys: Collection[str]) -> Iterator[BulkCursor]:
        """One transaction, committed at the end; if it raises, nothing of it happened."""
        try:
            with transaction():
                cursor = cursor_of_writer(BulkCursor)
                with cursor:
                    found = begin(cursor, actions, keys)
                    self.tail.begin(found.head)
                    self.answered.begin(found.answers)
                    self._keyring.know(keys, found.keys)
                    self._listener.begin(cursor, self.tail.position)
                    yield cursor
                    self.answered.keep(cursor)
                    cursor.write_out()
                    cursor.write_journal()
        except BaseException:
            self.tail.forget()
            self._listener.rolled_back()
            connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
            raise
        self._listener.committed(*self.tail.mark())

"""A cursor that gathers rows: what the pieces of a group write goes to the database by few
statements, and before any other statement, so that nobody sees less than was written.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

type Row = Sequence[Any]


class Gathering(CursorWrapper):
    """The cursor of a group of work. `write_out` comes before the commit."""

    def __init__(self, cursor: Any, db: Any) -> None:
        super().__init__(cursor, db)
        self._waiting: dict[str, tuple[str, list[Row]]] = {}

    def later(self, table: str, sql: str, rows: Iterable[Row]) -> None:
        """Write these rows of a table, by a statement for one row, with the next `write_out`.

        What one table is told comes in order. Another table may be written before: none has rules
        about a second one.
        """
        if table in self._waiting and self._waiting[table][0] != sql:
            self.write_out()
        self._waiting.setdefault(table, (sql, []))[1].extend(rows)

    def write_out(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, {}
        for sql, rows in waiting.values():
            if len(rows) == 1:  # costs less than many of one
                super().execute(sql, rows[0])
            elif rows:
                super().executemany(sql, rows)

    def execute(self, sql: Any, params: Any = None) -> Any:
        """As Django's, after what waits."""
        self.write_out()
        return super().execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        """As Django's, after what waits."""
        self.write_out()
        return super().executemany(sql, param_list)

"""Which rows of read models made aside are not those that everybody sees, and putting these in
place, some at a time: most of what was rebuilt is there already.

Comparing goes on beside the room's work. What is put in place keeps writers waiting for as long as
so few rows take.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from dutyroom.projections.aside import own, theirs

_KEYS: Final = "dutyroom_differing"


@dataclass(frozen=True, slots=True)
class _Table:
    """``key``: by which a row is known in both, where the table itself numbers its rows, too.
    ``positioned``: a row says when it was written last."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def positioned(self) -> bool:
        return "position" in self.columns

    @property
    def noted(self) -> str:
        """Where the keys of its rows that differ are kept."""
        return f"{own()}.{_KEYS}_{self.name}"

    @property
    def key_names(self) -> str:
        return ", ".join(f'"{column}"' for column in self.key)


class Differing:
    """The rows that differ, by table, noted in temporary tables of this connection."""

    def __init__(self, tables: Sequence[str]) -> None:
        self._tables = tuple(map(_described, tables))
        self._count = dict.fromkeys(self._tables, 0)
        self._done = dict.fromkeys(self._tables, 0)
        self._whole = False

    @property
    def left(self) -> int:
        """How many rows are still to be put in place."""
        return sum(self._count[one] - self._done[one] for one in self._tables)

    def compare(self, cursor: CursorWrapper) -> None:
        """Note all rows that differ now."""
        for one in self._tables:
            cursor.execute(
                f"CREATE TEMP TABLE {_KEYS}_{one.name} AS SELECT {one.key_names}, "
                f"row_number() OVER () AS n FROM ({_differ(one, None)}) AS found"
            )
            cursor.execute(f"CREATE INDEX {_index(one)} ON {_KEYS}_{one.name} (n)")
            cursor.execute(f"ANALYZE {one.noted}")
            self._count[one] = _noted(cursor, one)

    def compare_again(self, cursor: CursorWrapper, since: int) -> None:
        """Note what differs of the rows that were written behind a position of the journal, too;
        of all rows where they don't say when that was, or where one couldn't be put in place."""
        for one in self._tables:
            behind = since if one.positioned and not self._whole else None
            cursor.execute(
                f"INSERT INTO {one.noted} ({one.key_names}, n) SELECT {one.key_names}, "
                f"row_number() OVER () + {self._count[one]} FROM ({_differ(one, behind)}) AS found"
            )
            self._count[one] = _noted(cursor, one)

    def put_in_place(self, cursor: CursorWrapper, most: int) -> None:
        """So many of them are now as they stand aside; a row that another one stands in the way of,
        which comes later, waits for the end."""
        for one in self._tables:
            last = min(self._count[one], self._done[one] + most)
            most -= last - self._done[one]
            if last > self._done[one]:
                left_out = _replace(cursor, one, self._done[one], last, " ON CONFLICT DO NOTHING")
                self._whole = self._whole or left_out
            self._done[one] = last

    def put_all_in_place(self, cursor: CursorWrapper) -> None:
        """All that are left are now as they stand aside."""
        for one in self._tables:
            if self._count[one] > self._done[one]:
                _replace(cursor, one, self._done[one], self._count[one])
            self._done[one] = self._count[one]

    def forget(self, cursor: CursorWrapper) -> None:
        """Throw the notes away."""
        for one in self._tables:
            cursor.execute(f"DROP TABLE IF EXISTS {one.noted}")


def _described(table: str) -> _Table:
    """Without a number that the table itself gives to its rows: two rows are the same without."""
    meta = next(one for one in apps.get_models() if one._meta.db_table == table)._meta
    fields = [one for one in meta.concrete_fields if not isinstance(one, models.AutoField)]
    columns = tuple(str(one.column) for one in fields)
    if meta.pk in fields:
        return _Table(table, columns, (str(meta.pk.column),))
    whole = [
        one
        for one in meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.condition is None
    ]
    key = {str(one.column) for one in fields if one.name in whole[0].fields}
    return _Table(table, columns, tuple(sorted(key)))


def _index(table: _Table) -> str:
    return f"{own()}.{_KEYS}_{table.name}_n" if connection.vendor == "sqlite" else ""


def _differ(table: _Table, since: int | None) -> str:
    """The keys of rows that stand on one side only, or are other ones there."""
    made, seen = f"{own()}.{table.name}", f"{theirs()}.{table.name}"
    return f"{_one_way(table, made, seen, since)} UNION {_one_way(table, seen, made, since)}"


def _one_way(table: _Table, here: str, there: str, since: int | None) -> str:
    names = ", ".join(f'h."{column}"' for column in table.key)
    same = " AND ".join(f'h."{column}" = t."{column}"' for column in table.key)
    is_not = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    other = " OR ".join(f'h."{column}" {is_not} t."{column}"' for column in table.columns)
    written = "" if since is None else f" AND h.position > {since}"
    return f"SELECT {names} FROM {here} h LEFT JOIN {there} t ON {same} WHERE ({other}){written}"


def _noted(cursor: CursorWrapper, table: _Table) -> int:
    cursor.execute(f"SELECT COALESCE(MAX(n), 0) FROM {table.noted}")
    return int(cursor.fetchone()[0])


def _replace(
    cursor: CursorWrapper, table: _Table, first: int, last: int, on_conflict: str = ""
) -> bool:
    """Whether a row was left out."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    noted = f"SELECT {table.key_names} FROM {table.noted} WHERE n > %s AND n <= %s"
    which, here, there = f"({table.key_names}) IN ({noted})", own(), theirs()
    cursor.execute(f"DELETE FROM {there}.{table.name} WHERE {which}", [first, last])
    cursor.execute(
        f"INSERT INTO {there}.{table.name} ({columns}) "
        f"SELECT {columns} FROM {here}.{table.name} WHERE {which}{on_conflict}",
        [first, last],
    )
    if not on_conflict:
        return False
    written = cursor.rowcount
    cursor.execute(f"SELECT COUNT(*) FROM {here}.{table.name} WHERE {which}", [first, last])
    return bool(written != cursor.fetchone()[0])

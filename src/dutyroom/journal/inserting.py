"""Many rows by few statements."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import batched, chain
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from dutyroom.journal.gathering import Gathering

type Value = str | int | bytes | None

_MOST_ROWS: Final = 500
"""Of one statement: databases take so many parameters and no more (PostgreSQL 65,535)."""


def insert(
    cursor: CursorWrapper, table: str, columns: str, rows: Sequence[tuple[Value, ...]]
) -> None:
    """Insert rows in their order; with a group's other rows where the cursor gathers them."""
    for some in batched(rows, _MOST_ROWS):
        row = f"({', '.join(['%s'] * len(some[0]))})"
        into = f"INSERT INTO {table} ({columns}) VALUES "
        if isinstance(cursor, Gathering):
            cursor.later(table, into + row, some)
        else:
            cursor.execute(into + ", ".join([row] * len(some)), list(chain.from_iterable(some)))


def upsert(
    cursor: CursorWrapper,
    table: str,
    id_: str,
    values: Mapping[str, Any],
    only_new: Mapping[str, Any] | None = None,
) -> None:
    """Write one row by id; with a group's other rows where the cursor gathers them. ``only_new``
    are values for a row that does not exist yet."""
    first = {**(only_new or {}), **values}
    sql, row = _upsert(table, tuple(first), tuple(values)), (id_, *first.values())
    if isinstance(cursor, Gathering):
        cursor.later(table, sql, [row])
    else:
        cursor.execute(sql, row)


@cache
def _upsert(table: str, columns: tuple[str, ...], updated: tuple[str, ...]) -> str:
    marks = ", ".join(["%s"] * (1 + len(columns)))
    names = ", ".join(f'"{column}"' for column in ("id", *columns))
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in updated)
    return (
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}"
    )

"""Many rows by few statements."""

from collections.abc import Sequence
from itertools import batched, chain
from typing import Final

from django.db.backends.utils import CursorWrapper

type Value = str | int | bytes | None

_MOST_ROWS: Final = 500
"""Of one statement: databases take so many parameters and no more (PostgreSQL 65,535)."""


def insert(cursor: CursorWrapper, into: str, rows: Sequence[tuple[Value, ...]]) -> None:
    """Insert rows in their order. ``into`` names the table and the columns."""
    for some in batched(rows, _MOST_ROWS):
        row = f"({', '.join(['%s'] * len(some[0]))})"
        values = ", ".join([row] * len(some))
        cursor.execute(f"INSERT INTO {into} VALUES {values}", list(chain.from_iterable(some)))

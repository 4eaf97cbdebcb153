"""Read models made aside: temporary tables that stand before those of the same name, on one
connection.

Whoever looks meanwhile sees what was there before, also if this ends half-way; `differing` puts in
place what is another one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def aside(tables: Sequence[str]) -> Iterator[None]:
    """Within it these tables are empty ones of this connection's own."""
    try:
        with connection.cursor() as cursor:
            for table in tables:
                _make(cursor, table)
        yield
    finally:
        if not connection.in_atomic_block and connection.connection is not None:
            with connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"DROP TABLE IF EXISTS {own()}.{table}")


@contextmanager
def portion() -> Iterator[CursorWrapper]:
    """A transaction that writes tables of this connection's own only: it keeps nobody waiting, as
    Django's would on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield cursor
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def _make(cursor: CursorWrapper, table: str) -> None:
    if connection.vendor == "postgresql":
        like = f"LIKE {theirs()}.{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES"
        cursor.execute(f"CREATE TEMP TABLE {table} ({like})")
        return
    cursor.execute(
        "SELECT sql FROM main.sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL "
        "AND (type = 'table' OR sql LIKE 'CREATE UNIQUE%%') ORDER BY type DESC",
        [table],
    )
    for (sql,) in cursor.fetchall():
        for begins, instead in _TEMPORARY:
            if sql.startswith(begins):
                cursor.execute(instead + sql.removeprefix(begins).replace("%", "%%"))


_TEMPORARY = (
    ("CREATE TABLE ", "CREATE TEMP TABLE "),
    ("CREATE UNIQUE INDEX ", "CREATE UNIQUE INDEX temp."),
)


def own() -> str:
    """The schema of tables that are aside."""
    return "pg_temp" if connection.vendor == "postgresql" else "temp"


def theirs() -> str:
    """The schema of those that everybody sees."""
    if connection.vendor != "postgresql":
        return "main"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])

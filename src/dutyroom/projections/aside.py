"""Read models made aside: temporary tables that stand before those of the same name, on one
connection, until they take their place.

Whoever looks meanwhile sees what was there before, also if this ends half-way.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models
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
                    cursor.execute(f"DROP TABLE IF EXISTS {_own()}.{table}")


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


def take_their_place(cursor: CursorWrapper, tables: Sequence[str]) -> None:
    """What stands aside is what everybody sees from the commit on."""
    for table in tables:
        columns = ", ".join(f'"{one}"' for one in _columns(table))
        cursor.execute(f"DELETE FROM {_theirs()}.{table}")
        cursor.execute(
            f"INSERT INTO {_theirs()}.{table} ({columns}) SELECT {columns} FROM {_own()}.{table}"
        )


def _make(cursor: CursorWrapper, table: str) -> None:
    if connection.vendor == "postgresql":
        like = f"LIKE {_theirs()}.{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES"
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


def _own() -> str:
    return "pg_temp" if connection.vendor == "postgresql" else "temp"


def _theirs() -> str:
    if connection.vendor != "postgresql":
        return "main"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _columns(table: str) -> list[str]:
    """Without a number that the table itself gives to its rows."""
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    fields = model._meta.concrete_fields
    return [str(one.column) for one in fields if not isinstance(one, models.AutoField)]

"""Transactions on Django's connection, and the lock that makes the journal one order."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import transaction as django_transaction
from django.db.backends.utils import CursorWrapper

from dutyroom.journal.gathering import Gathering
from dutyroom.journal.statements import Prepared

APPEND_LOCK: Final = 0x4455_5459  # "DUTY": any constant that all writers share
POSITIONS_LOCK: Final = 0x4455_5450  # as above, for positions, which are not journaled
PREPARED_FROM: Final = 5
"""How often a statement is sent as text before PostgreSQL is asked to keep it prepared."""


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction, committed at the end. On SQLite it is BEGIN IMMEDIATE (see the settings)."""
    with django_transaction.atomic(durable=True):
        yield


@contextmanager
def writing() -> Iterator[Gathering]:
    """A transaction with the cursor of the journal's writer, which gathers what it writes.

    On PostgreSQL its statements are prepared: all its work is the same dozen of them, and reading
    and planning each anew costs the server a third of its time. What it writes at last goes there
    together with the commit, which only happens if all of it did.
    """
    with ExitStack() as committed, transaction(), cursor_of_writer(Gathering) as cursor:
        yield cursor
        committed.enter_context(together(cursor.db))
        cursor.write_out()


def together(here: Any) -> AbstractContextManager[object]:
    """Statements that don't wait for each other's results. PostgreSQL is sent one after the other
    and answers them all at the end, where the first that failed is raised: those after it did
    nothing then. What can be fetched is what the last one found. ``here`` is the connection."""
    return _pipeline(here) if here.vendor == "postgresql" else _ONE_BY_ONE


_ONE_BY_ONE: Final = nullcontext()


@contextmanager
def _pipeline(here: Any) -> Iterator[None]:
    with here.wrap_database_errors, here.connection.pipeline():
        yield


def cursor_of_writer[C: Gathering](kind: Callable[[Any, Any], C]) -> C:
    """Within a transaction; on PostgreSQL one that leaves the parameters to the server."""
    here = connections[DEFAULT_DB_ALIAS]  # the thread's own: `connection` looks for it each time
    opened: Any = here.connection  # `transaction` has opened it
    if here.vendor != "postgresql":
        return kind(opened.cursor(factory=Prepared), here)
    from psycopg import Cursor  # installed where there is PostgreSQL

    opened.prepare_threshold = PREPARED_FROM
    return kind(Cursor(opened), here)


def lock(cursor: CursorWrapper, number: int = APPEND_LOCK) -> None:
    """Be the only writer until the transaction ends. SQLite's transaction is that already."""
    if cursor.db.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

"""Transactions on Django's connection, and the lock that makes the journal one order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from django.db import transaction as django_transaction
from django.db.backends.utils import CursorWrapper

APPEND_LOCK: Final = 0x4455_5459  # "DUTY": any constant that all writers share
POSITIONS_LOCK: Final = 0x4455_5450  # as above, for positions, which are not journaled


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction, committed at the end. On SQLite it is BEGIN IMMEDIATE (see the settings)."""
    with django_transaction.atomic(durable=True):
        yield


@contextmanager
def savepoint(_cursor: CursorWrapper) -> Iterator[None]:
    """What happens inside is undone if it raises; the transaction around it goes on."""
    with django_transaction.atomic():
        yield


def lock(cursor: CursorWrapper, number: int = APPEND_LOCK) -> None:
    """Be the only writer until the transaction ends. SQLite's transaction is that already."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

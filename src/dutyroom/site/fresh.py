"""What a process has read of sessions and members, and may go on using for a second at most."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

FRESH_S: Final = 1.0
_MOST_KEPT: Final = 4_096


class Kept[T]:
    """Values that were read less than `FRESH_S` ago. Threads share them: nobody alters one."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[float, T]] = {}

    def get(self, key: str, read: Callable[[], T | None]) -> T | None:
        """What is kept, else what ``read`` finds now; None is not kept."""
        found, now_s = self._found, time.monotonic()
        kept = found.get(key)
        if kept is not None and now_s - kept[0] < FRESH_S:
            return kept[1]
        value = read()
        if value is not None:
            if len(found) >= _MOST_KEPT:
                found.clear()
            # Among what was kept when the reading began: if that was thrown away meanwhile, this
            # may have been read before the change, and is thrown away with it.
            found[key] = (now_s, value)
        return value

    def clear(self) -> None:
        self._found = {}


sessions: Kept[dict[str, Any]] = Kept()
"""Contents of sessions by the hash of their key."""
members: Kept[Any] = Kept()
"""Members by primary key, for the sign-in backend."""


_BUMP: Final = """
INSERT INTO site_sessionepoch (id, value) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET value = site_sessionepoch.value + 1
"""


def changed() -> None:
    """A session ended or a member changed: this process forgets what it read, and the others look
    again within a second."""
    with connection.cursor() as cursor:
        cursor.execute(_BUMP)
    transaction.on_commit(forget)


def forget() -> None:
    """Read everything anew."""
    sessions.clear()
    members.clear()

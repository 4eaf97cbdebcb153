"""Sessions in the database under the hash of their key, and how each process learns of their end.

A session and its member are read once a second at most (`FRESH_S`), however many requests come.
Streams are not asked about one by one: the hub reads one number a second, which moves whenever a
session ends or a member changes, and only then looks at the sessions that have streams.
"""

import hashlib
import time
from collections.abc import Collection
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection, transaction
from django.utils import timezone

FRESH_S: Final = 1.0
_MOST_KEPT: Final = 4_096

type Standing = tuple[str, str, str]
"""Role, unit and hashed password of a member: their streams end when one of them changes."""


class Kept[T]:
    """Values that were read less than `FRESH_S` ago. Threads share them: nobody alters one."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[float, T]] = {}

    def get(self, key: str) -> T | None:
        read_s, value = self._found.get(key, (0.0, None))
        return value if time.monotonic() - read_s < FRESH_S else None

    def keep(self, key: str, value: T) -> T:
        if len(self._found) >= _MOST_KEPT:
            self._found.clear()
        self._found[key] = (time.monotonic(), value)
        return value

    def clear(self) -> None:
        self._found.clear()


_data: Kept[dict[str, Any]] = Kept()
members: Kept[Any] = Kept()
"""Members by primary key, for the sign-in backend."""


class SessionStore(DatabaseSessions):
    """Django's sessions, kept under the hash of the key: a copy of the table signs nobody in."""

    @classmethod
    def get_model_class(cls) -> Any:
        from dutyroom.site.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        if self.session_key is None:
            return {}
        key = hashed(self.session_key)
        data = _data.get(key)
        if data is None:
            found = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now())
            kept = found.values_list("session_data", flat=True).first()
            if kept is None:
                self._session_key = None
                return {}
            data = _data.keep(key, self.decode(kept))
        return dict(data)

    def exists(self, session_key: str) -> bool:
        return super().exists(hashed(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)
        made.session_key = hashed(made.session_key)
        made.member_id = data.get(SESSION_KEY)
        return made

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)
        _data.clear()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=hashed(key)).delete()
            changed()


def hashed(session_key: str) -> str:
    """What the database knows of a session's key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


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
    _data.clear()
    members.clear()


def epoch() -> int:
    """The number that moves with every change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM site_sessionepoch")
        row = cursor.fetchone()
    return row[0] if row else 0


def standing(keys: Collection[str]) -> dict[str, Standing]:
    """How the members of these sessions (hashes) stand; without those that have ended."""
    from dutyroom.site.models import Session

    found = Session.objects.filter(
        session_key__in=keys, expire_date__gt=timezone.now(), member__is_active=True
    )
    fields = ("session_key", "member__role", "member__unit", "member__password")
    return {key: (role, unit, password) for key, role, unit, password in found.values_list(*fields)}

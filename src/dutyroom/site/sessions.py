"""Sessions in the database under the hash of their key, and how each process learns of their end.

A session and its member are read once a second at most (`fresh`), however many requests come.
Streams are not asked about one by one: the hub reads one number a second, which moves whenever a
session ends or a member changes, and only then looks at the sessions that have streams.
"""

import hashlib
from collections.abc import Collection
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection
from django.utils import timezone

from dutyroom.site import fresh

type Standing = tuple[str, str, str, str]
"""Role, unit, organisation and hashed password of a member: their streams end when one
changes."""


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
        data = fresh.sessions.get(key, lambda: self._stored(key))
        if data is None:
            self._session_key = None
            return {}
        return dict(data)

    def _stored(self, key: str) -> dict[str, Any] | None:
        found = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now())
        kept = found.values_list("session_data", flat=True).first()
        return None if kept is None else self.decode(kept)

    def exists(self, session_key: str) -> bool:
        return super().exists(hashed(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)
        made.session_key = hashed(made.session_key)
        made.member_id = data.get(SESSION_KEY)
        return made

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)
        fresh.sessions.clear()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=hashed(key)).delete()
            fresh.changed()


def hashed(session_key: str) -> str:
    """What the database knows of a session's key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


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
    fields = ("member__role", "member__unit", "member__org", "member__password")
    return {key: tuple(of) for key, *of in found.values_list("session_key", *fields)}

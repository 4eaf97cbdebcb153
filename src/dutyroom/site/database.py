"""Django's database setting from one line of text."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from dutyroom.journal.sqlite import PRAGMAS


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """SQLite in the room's folder where ``url`` is empty, else the PostgreSQL that it names.

    ``url`` is ``postgresql://user:password@host:port/name``; query parameters become connection
    options. Raises ``ValueError`` for anything else.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError(
            "DUTYROOM_DATABASE must be empty (SQLite) or postgresql://user:password@host:port/name"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
    }

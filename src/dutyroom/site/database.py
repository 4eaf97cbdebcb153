"""Django's database setting from one line of text."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from dutyroom.journal.sqlite import PRAGMAS

_SHOULD_BE: Final = (
    "DUTYROOM_DATABASE must be empty (SQLite) or postgresql://user:password@host:port/name; in a "
    "password write / as %2F, # as %23, ? as %3F, @ as %40, [ as %5B, % as %25"
)


class AddressRefused(ValueError):
    """The address of the database can't be understood. Says what it must look like."""


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """SQLite in the room's folder where ``url`` is empty, else the PostgreSQL that it names.

    ``url`` is ``postgresql://user:password@host:port/name``; query parameters become connection
    options. Raises `AddressRefused` for anything else.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(_SHOULD_BE) from None
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise AddressRefused(_SHOULD_BE)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
    }

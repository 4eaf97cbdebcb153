"""What people can do something about is said in one line with the remedy; the exit code is 2. A
traceback is for us. Exit code 1 is a command's own "no": findings, problems in a pack.
"""

import errno
from typing import Any, Final
from urllib.parse import urlsplit

import click

from dutyroom.machine.extras import missing_extra
from dutyroom.machine.home import HomeRefused, home
from dutyroom.site.cannot import Cannot

_FULL: Final = "the disk is full: make room, then do it again; nothing was half written"
_PATHS: Final = {
    errno.EACCES: "Give this user the right to, or name another place",
    errno.EPERM: "Give this user the right to, or name another place",
    errno.EROFS: "Name a place that can be written to",
    errno.ENOTDIR: "Name a folder",
    errno.EISDIR: "Name a file",
    errno.ENOENT: "Check the path",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


class Refused(click.ClickException):
    """Nothing was done; the message says why, and what to do."""

    exit_code = 2


class Commands(click.Group):
    """The command line as a whole."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError:
            raise  # it shows the usage, too
        except click.ClickException as error:
            raise Refused(error.message) from error
        except Exception as error:
            said = in_one_line(error)
            if said is None:
                raise
            raise Refused(said) from error


def in_one_line(error: Exception) -> str | None:
    """What is the matter and what to do about it; None for what only we can mend."""
    if isinstance(error, HomeRefused | Cannot):
        return str(error)
    if missing := missing_extra(error):
        return missing
    if isinstance(error, OSError):
        return _path(error)
    from django.db import Error

    if isinstance(error, Error):
        return _database(error)
    from dutyroom.journal.keys import KeyRefused
    from dutyroom.journal.opening import JournalCutOff
    from dutyroom.site.database import AddressRefused
    from dutyroom.site.keyrate import RateRefused

    if isinstance(error, AddressRefused | RateRefused | KeyRefused | JournalCutOff):
        return str(error)
    # Of modules that only load once Django is set up: an error of theirs can't come before.
    return str(error) if type(error).__name__ == "NoPack" else None


def _path(error: OSError) -> str | None:
    if error.errno == errno.ENOSPC:
        return _FULL
    remedy = _PATHS.get(error.errno or 0)
    return f"{error.filename}: {error.strerror}. {remedy}" if remedy and error.filename else None


def _database(error: Exception) -> str | None:
    from django.db import connection

    said = " ".join(str(error).split()) or type(error).__name__
    if connection.vendor != "sqlite":
        return _server(said) if _no_connection(error) else None
    file = home().database
    for words, remedy in (
        ("not a database", f"{file} isn't a database: restore it from the backup, or move it away"),
        ("malformed", f"{file} is damaged: restore it from the backup"),
        ("is full", _FULL),
        ("readonly", f"{file} can't be written to: give this user the right to"),
        ("unable to open", f"{file} can't be opened: it must be a file that this user may write"),
        ("is locked", f"{file} is held by another process for too long: stop that one, try again"),
        ("disk I/O error", f"the disk fails at {file}: check the disk, restore from the backup"),
    ):
        if words in said:
            return remedy
    return None


def _no_connection(error: Exception) -> bool:
    """psycopg's errors without a state never reached the server or were refused by it."""
    from django.db import OperationalError

    return isinstance(error, OperationalError)


def _server(said: str) -> str:
    """Without the password, which is part of the address."""
    import os

    parts = urlsplit(os.environ.get("DUTYROOM_DATABASE", ""))
    where = f"{parts.hostname or 'localhost'}:{parts.port or 5432}{parts.path}"
    return (
        f"the database {where} can't be used ({said}). "
        "Start it, or correct DUTYROOM_DATABASE; nothing was done"
    )

"""A home that nothing can be written to, opened by a command that only reads: an auditor checks a
copy of the journal on a medium that is read only.
"""

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from dutyroom.machine.home import HomeRefused

_ONLY_READ: Final = "DUTYROOM_TO_READ"


def to_read() -> None:
    """This process writes nothing. Before Django is set up: its settings ask."""
    os.environ[_ONLY_READ] = "1"


def is_to_read() -> bool:
    """Was `to_read` called?"""
    return os.environ.get(_ONLY_READ) == "1"


def sealed(file: Path) -> dict[str, Any]:
    """Django's database setting of SQLite in a folder that can't be written to. Raises
    `HomeRefused` where that would leave out what was written last.

    SQLite makes a file of its own beside a database even to read it (``-shm``); ``immutable``
    spares that, and passes over what still stands in the ``-wal`` file.
    """
    log, shared = (file.with_name(file.name + end) for end in ("-wal", "-shm"))
    how = "mode=ro"
    if not (log.exists() and log.stat().st_size):
        how += "&immutable=1"
    elif not shared.exists():
        raise HomeRefused(
            f"{log} holds the newest entries, and can't be read where nothing can be written. Copy "
            "the home to a folder that you may write to (with mode 0700), and check it there"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(file))}?{how}",
        "CONN_MAX_AGE": None,
    }

"""The one folder that holds all state of a room (``DUTYROOM_HOME``)."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OTHERS: Final = 0o077
"""The rights of everybody but the user, in a file's mode."""


class HomeRefused(Exception):
    """The folder can't hold a room. Says what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside a room's folder; nothing is created by looking."""

    folder: Path

    def taken(self, *, to_read: bool = False) -> "Home":
        """This home, there and ours alone: made if need be (mode 0700), and what this process makes
        from now on is for its user only. ``to_read``: one that can't be written to will do, as it
        is. Raises `HomeRefused`."""
        os.umask(OTHERS)
        if to_read and self.is_sealed:
            return self
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise HomeRefused(
                f"{self.folder} can't be the home: there is a file in its way. "
                "Name a folder in DUTYROOM_HOME or --home"
            ) from None
        except OSError as error:
            raise HomeRefused(
                f"the home {self.folder} can't be made ({error.strerror}). "
                "Name a folder that you may write to in DUTYROOM_HOME or --home"
            ) from None
        mode = stat.S_IMODE(self.folder.stat().st_mode)
        if os.name == "posix" and mode & OTHERS:
            raise HomeRefused(
                f"the home {self.folder} is open to others (mode {mode:04o}), and callers' data "
                f"are in it. Close it:  chmod 700 {self.folder}"
            )
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise HomeRefused(
                f"the home {self.folder} can't be written to. Give this user the right to, or "
                "name another folder in DUTYROOM_HOME or --home"
            )
        return self

    @property
    def is_sealed(self) -> bool:
        """It is there, and nothing in it can be written: a copy on a medium that is read only."""
        return self.folder.is_dir() and not os.access(self.folder, os.W_OK)

    @property
    def database(self) -> Path:
        return self.folder / "dutyroom.sqlite3"

    @property
    def key(self) -> Path:
        """The folder with the centre's key and the checkpoints of the journal's head."""
        return self.folder / "keys"

    @property
    def secret(self) -> Path:
        return self.folder / "keys" / "site.secret"

    @property
    def attachments(self) -> Path:
        """The sealed bytes of attachments."""
        return self.folder / "attachments"

    @property
    def packs(self) -> Path:
        return self.folder / "packs"

    @property
    def datasets(self) -> Path:
        return self.folder / "datasets"

    @property
    def scenarios(self) -> Path:
        return self.folder / "scenarios"

    @property
    def plans(self) -> Path:
        """Planners' scenario files."""
        return self.folder / "plans"

    @property
    def plan_runs(self) -> Path:
        return self.folder / "plan-runs"

    @property
    def practice_file(self) -> Path:
        """The file that makes this folder a practice room's."""
        return self.folder / "practice.json"

    def practice(self, name: str) -> "Home":
        """A practice room: nothing there can reach this one."""
        return Home(self.folder / "practice" / name)

    def room(self, name: str) -> "Home":
        """A room of its own for recorded or generated calls: nothing there touches this one."""
        return Home(self.folder / "rooms" / name)


def home(environ: Mapping[str, str] = os.environ) -> Home:
    """``DUTYROOM_HOME``, else the user's data folder (XDG base directory specification)."""
    chosen = environ.get("DUTYROOM_HOME", "")
    if chosen:
        return Home(Path(chosen).expanduser().absolute())
    data = environ.get("XDG_DATA_HOME", "") or str(Path.home() / ".local" / "share")
    return Home(Path(data) / "dutyroom")

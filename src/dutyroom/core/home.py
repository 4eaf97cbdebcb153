"""The one folder that holds all state of a room (``DUTYROOM_HOME``)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside a room's folder; nothing is created by looking."""

    folder: Path

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
    def practice_paper(self) -> Path:
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

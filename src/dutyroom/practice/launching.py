"""Starting a practice room: a process that never learns of the real room's database."""

import json
import os
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from pydantic import ConfigDict, Field

from dutyroom.core.text import Text
from dutyroom.machine.child import Child
from dutyroom.machine.files import write_whole
from dutyroom.machine.home import Home
from dutyroom.machine.ports import must_be_free, next_free
from dutyroom.practice.answers import (
    PastPractice,
    PracticeDebrief,
    PracticeLook,
    PracticeRoom,
    PracticeWanted,
)
from dutyroom.practice.looking import NOTHING_LEFT_OUT, Chosen, Looks
from dutyroom.practice.plan import NoPractice

PASSED_ON: Final = frozenset(
    {
        "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH",
        "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "DUTYROOM_HOSTS", "DUTYROOM_HTTPS",
        "DUTYROOM_KEYRATE",
    }
)  # fmt: skip
"""What a practice room is given. A closed list: an address of a database that is named otherwise
isn't passed on either."""
DEMO: Final = "demo"
OPEN_MARK: Final = "nothing here is real"
"""In the line that a practice room says when its own server listens, and not before."""
FIRST_PORT: Final = 8001
_ID: Final = re.compile(r"[a-z0-9-]{1,200}")


class Wanted(Chosen):
    """What is to be practised. ``network``: machines besides this one may come in.

    It comes as JSON, which has numbers of its own; an address's query has only text.
    """

    model_config = ConfigDict(strict=True)

    port: Annotated[int, Field(ge=1024, le=65535)] = FIRST_PORT
    speed: Annotated[float, Field(ge=0.1, le=60)] = 1.0
    trainees: Annotated[int, Field(ge=1, le=50)] = 3
    network: bool = False

    @property
    def host(self) -> str:
        """What the room listens at."""
        return "0.0.0.0" if self.network else "127.0.0.1"  # noqa: S104 (the trainer asked for it)

    def arguments(self, program: str, scenario: str) -> list[str]:
        """The practice room's process, as `python -m` takes it; ``program`` is its module."""
        said = (scenario, self.host, self.port, self.speed, self.trainees, self.minutes, self.seed)
        return [program, "serve", *map(str, said)]


class Practising(Exception):
    """A practice is going on already."""


class NoDebrief(Exception):
    """There is no such practice, or it has left no debrief."""


@dataclass(slots=True)
class _Room:
    folder: Path
    wanted: Wanted
    child: Child


def environment(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The whole environment of the practice room in ``folder``."""
    kept = {name: value for name, value in environ.items() if name in PASSED_ON}
    return kept | {"DUTYROOM_HOME": str(folder)}


def new_folder(base: Home, scenario: str) -> Path:
    """Make a folder for a practice, marked as one before anything is started there."""
    name = re.sub(r"[^a-z0-9]+", "-", Path(scenario).stem.lower()).strip("-") or "practice"
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    for number in range(1, 100):
        room = base.practice(f"{stamp}-{name}" + (f"-{number}" if number > 1 else ""))
        try:
            room.folder.mkdir(parents=True, mode=0o700)
        except FileExistsError:
            continue
        write_whole(room.practice_file, json.dumps({"id": room.folder.name}))
        return room.folder
    raise NoPractice(
        Text(
            "too many practices were begun in this second; try again",
            "这一秒内开启的演练过多，请重试",
        )
    )


def scenario_path(base: Home, name: str) -> str:
    """``demo``, the path of a scenario or pack, or a name in the home's ``scenarios`` folder."""
    if name == DEMO:
        return name
    for path in (Path(name), base.scenarios / name, base.scenarios / f"{name}.json"):
        if path.exists():
            return str(path.absolute())
    raise NoPractice(
        Text(
            f"there is no scenario {name!r}. Name a file, a city pack's folder, a file in "
            f"{base.scenarios}, or demo",
            f"没有想定 {name}。请指定文件、城市数据包文件夹、{base.scenarios} 中的文件，或 demo",
        )
    )


class Launcher:
    """The trainer's desk in the real room: one practice at a time, which ends with the server.
    ``program``: the module that is a practice room's process."""

    def __init__(self, base: Home, program: str) -> None:
        self._base, self._program = base, program
        self._looks = Looks()
        self._guard = threading.Lock()
        self._room: _Room | None = None

    def choices(self) -> dict[str, str]:
        """What may be practised: a name for people, by what ``start`` takes."""
        files = [*self._base.scenarios.glob("*.json"), *self._base.plans.glob("*.json")]
        found = {str(path): name_of(path) for path in sorted(files)}
        return {DEMO: DEMO} | found

    def port(self, host: str = "0.0.0.0", first: int = FIRST_PORT) -> int:  # noqa: S104 (tried, not kept)
        """One that can be had on every address of this machine: never that of the real room."""
        return next_free(host, first)

    def look(self, chosen: Chosen) -> PracticeLook:
        """Can this be practised, and what of it won't people play? Ask again while it's
        ``reading``. Raises `NoPractice`."""
        self._must_be_a_choice(chosen)
        return NOTHING_LEFT_OUT if chosen.scenario == DEMO else self._looks.look(chosen)

    def _must_be_a_choice(self, chosen: Chosen) -> None:
        name = chosen.scenario
        if name not in self.choices():
            raise NoPractice(Text(f"there is no scenario {name!r}", f"没有想定 {name}"))

    def start(self, wanted: Wanted) -> None:
        """Begin. Raises `NoPractice`, `Practising` or `PortTaken`."""
        self._must_be_a_choice(wanted)
        with self._guard:
            if self._room is not None and self._room.child.runs:
                raise Practising
            must_be_free(wanted.host, wanted.port)
            folder = new_folder(self._base, wanted.scenario)
            arguments = [*wanted.arguments(self._program, wanted.scenario), "--ends-with-input"]
            child = Child(arguments, folder / "log.txt", environment(folder, os.environ))
            self._room = _Room(folder, wanted, child)

    def state(self) -> PracticeRoom | None:
        """Of the last practice: ``starting``, ``open`` with who may sign in, ``ended`` with a
        debrief, or ``failed`` with the last that it said; ``left_out`` once it's read. None before
        the first, and once what is over was thrown away by hand."""
        room = self._room
        if room is None:
            return None
        runs = room.child.runs  # before what it wrote is read
        if not runs and not room.folder.is_dir():
            return None  # thrown away by hand
        logins = room.folder / "logins.json"
        said = (room.folder / "log.txt").read_text("utf-8", errors="replace").strip().splitlines()
        is_open = any(OPEN_MARK in line for line in said)
        left = is_open and (room.folder / "debrief.json").is_file()
        wanted = room.wanted
        return PracticeRoom(
            id=room.folder.name,
            state=("open" if is_open else "starting") if runs else ("ended" if left else "failed"),
            wanted=PracticeWanted(
                scenario=wanted.scenario,
                minutes=wanted.minutes,
                seed=wanted.seed,
                port=wanted.port,
                speed=wanted.speed,
                trainees=wanted.trainees,
                network=wanted.network,
            ),
            said=said[-1][:500] if said else "",
            logins=json.loads(logins.read_text("utf-8")) if runs and is_open else {},
            left_out=msgspec.convert(_said_in(room.folder).get("left_out", []), tuple[Text, ...]),
        )

    def stop(self) -> None:
        """End the practice and wait until its debrief is written."""
        if self._room is not None:
            self._room.child.end()

    def past(self) -> tuple[PastPractice, ...]:
        """Practices that have left a debrief: what was practised and since when, the latest
        first."""
        folder = self._base.practice("x").folder.parent
        found = []
        for debrief in folder.glob("*/debrief.json"):
            content = _said_in(debrief.parent)
            scenario, begin_ms = name_of(Path(content["scenario"])), content["begin_ms"]
            found.append(PastPractice(id=debrief.parent.name, scenario=scenario, begin_ms=begin_ms))
        return tuple(sorted(found, key=lambda one: one.begin_ms, reverse=True))

    def debrief(self, key: str) -> PracticeDebrief:
        """Raises `NoDebrief`."""
        file = self._base.practice(key).folder / "debrief.json"
        if not _ID.fullmatch(key) or not file.is_file():
            raise NoDebrief(key)
        return msgspec.json.decode(file.read_bytes(), type=PracticeDebrief)


def _said_in(folder: Path) -> dict[str, Any]:
    """What a practice room noted of what it plays; before it has read that, only its id."""
    content: dict[str, Any] = json.loads(Home(folder).practice_file.read_text(encoding="utf-8"))
    return content


def name_of(path: Path) -> str:
    """What the people who wrote a scenario call it."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8-sig"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return path.stem

"""A look at a scenario before it is practised: can it be, and what of it won't people play?

``python -m dutyroom.practice.looking SCENARIO MINUTES SEED FOLDER`` reads what a practice room
would read, and leaves ``look.json`` in the folder. Reading takes seconds and a core, so it has a
process of its own, which gives way to everything else on the machine.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, NoReturn

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from dutyroom.citypack import PackRefused, read_pack
from dutyroom.core.text import Text
from dutyroom.machine.child import Child, when_asked_to_end
from dutyroom.machine.files import write_whole
from dutyroom.practice.answers import PracticeLook
from dutyroom.practice.plan import NoPractice, Plan
from dutyroom.rehearsal.scenario.said import FileProblem, said

NICENESS: Final = 15
UNWANTED_S: Final = 2.0
"""A page asks several times a second: after so long without, nobody waits for the answer."""
FILE: Final = "look.json"


class Chosen(BaseModel):
    """What is looked at. Calls are drawn with ``seed``, and those of the first ``minutes`` ring."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scenario: Annotated[str, Field(min_length=1, max_length=500)]
    minutes: Annotated[float, Field(ge=1, le=1440)] = 60.0
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1


READING: Final = PracticeLook(state="reading", left_out=(), because=None, problems=())
NOTHING_LEFT_OUT: Final = PracticeLook(state="ready", left_out=(), because=None, problems=())


class Looks:
    """The looks of a room, one at a time. An answer is given once and not kept: whoever chooses the
    scenario again may have mended it."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._guard = threading.Lock()
        self._look: _Look | None = None
        self._asked_s = 0.0

    def look(self, chosen: Chosen) -> PracticeLook:
        """``READING`` at first, and while another's look goes on; so ask again."""
        with self._guard:
            now_s = self._clock_s()
            if self._look is not None and self._look.chosen != chosen:
                if now_s - self._asked_s <= UNWANTED_S:
                    return READING
                self._forget()
            if self._look is None:
                self._look = _Look(chosen)
            self._asked_s = now_s
            found = self._look.found()
            if found is not None:
                self._forget()
            return found or READING

    def end(self) -> None:
        """Give up what goes on."""
        with self._guard:
            self._forget()

    def _forget(self) -> None:
        if self._look is not None:
            self._look.end()
        self._look = None


class _Look:
    """One look that goes on, with what it writes."""

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self._folder = TemporaryDirectory(prefix="dutyroom-look-")
        self._path = Path(self._folder.name)
        said = (chosen.scenario, chosen.minutes, chosen.seed, self._path)
        command = ["dutyroom.practice.looking", *map(str, said)]
        self._child = Child(command, self._path / "log.txt")

    def found(self) -> PracticeLook | None:
        """None while it is being read."""
        if self._child.runs:
            return None
        try:
            return msgspec.json.decode((self._path / FILE).read_bytes(), type=PracticeLook)
        except (OSError, ValueError):  # its process came to an end before it could say anything
            log = (self._path / "log.txt").read_text("utf-8", errors="replace").splitlines()
            said = log[-1][:500] if log else ""
            return _refused(Text(f"it can't be read: {said}", f"无法读取：{said}"))

    def end(self) -> None:
        self._child.end(within_s=0.2)  # it only reads: nothing is lost by an end halfway
        self._folder.cleanup()


def _refused(because: Text | None = None, problems: tuple[FileProblem, ...] = ()) -> PracticeLook:
    """Why a scenario is refused: the one or the other."""
    return PracticeLook(state="refused", left_out=(), because=because, problems=problems)


def look_at(path: Path, minutes: float, seed: int, into: Path) -> PracticeLook:
    """Read as a practice room does, up to where it would be opened; ``into`` is free for its
    city."""
    from dutyroom.practice.fleet import city_of

    try:
        plan = Plan(path, minutes, seed)
        city = city_of(path, plan.scenario, into)
        plan.ringing(read_pack(city.folder))
    except PackRefused as refused:
        return _refused(problems=tuple(said(problem) for problem in refused.problems))
    except NoPractice as error:
        return _refused(error.because)
    return msgspec.structs.replace(NOTHING_LEFT_OUT, left_out=tuple(city.left_out))


def main() -> None:
    """The process of one look."""
    scenario, minutes, seed, folder = sys.argv[1:]
    own = Path(folder)
    when_asked_to_end(lambda: _end(own))
    os.nice(NICENESS)
    found = look_at(Path(scenario), float(minutes), int(seed), own / "city")
    # A server that is stopped takes no answer any more: it doesn't leave a city behind.
    shutil.rmtree(own / "city", ignore_errors=True)
    write_whole(own / FILE, msgspec.json.encode(found))


def _end(own: Path) -> NoReturn:
    shutil.rmtree(own, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()

"""Starting a practice room: a process that was never told of the real room's database."""

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from dutyroom.core.home import Home, home

PASSED_ON: Final = frozenset(
    {
        "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH",
        "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "DUTYROOM_HOSTS", "DUTYROOM_HTTPS",
    }
)  # fmt: skip
"""What a practice room is told. A closed list: an address of a database that is named otherwise
isn't passed on either."""


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
        room.practice_paper.write_text(json.dumps({"id": room.folder.name}), encoding="utf-8")
        return room.folder
    raise click.ClickException("too many practices were begun in this second; try again")


def scenario_path(base: Home, name: str) -> str:
    """``demo``, the path of a scenario or pack, or a name in the home's ``scenarios`` folder."""
    if name == "demo":
        return name
    for path in (Path(name), base.scenarios / name, base.scenarios / f"{name}.json"):
        if path.exists():
            return str(path.absolute())
    raise click.ClickException(
        f"there is no scenario {name!r}. Name a file, a city pack's folder, a file in "
        f"{base.scenarios}, or demo"
    )


@click.command()
@click.argument("scenario")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.1, 60))
@click.option("--trainees", default=3, show_default=True, type=click.IntRange(1, 50))
@click.option("--minutes", default=60.0, show_default=True, type=click.FloatRange(1, 24 * 60))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
def practice(
    scenario: str, host: str, port: int, speed: float, trainees: int, minutes: float, seed: int
) -> None:
    """Let trainees practise a SCENARIO (`demo`, a file, or a name) in a room apart.

    Nothing there is real, and nothing there can reach the real room. Ctrl-C ends it and writes
    the debrief.
    """
    from dutyroom.site.serving import must_be_free

    must_be_free(host, port)
    base = home()
    found = scenario_path(base, scenario)
    folder = new_folder(base, scenario)
    arguments = ["serve", found, host, port, speed, trainees, minutes, seed]
    command = [sys.executable, "-m", "dutyroom.site.practice_room", *map(str, arguments)]
    sys.stdout.flush()
    # This process becomes the practice room, so that nothing of what it knew is left.
    os.execve(sys.executable, command, environment(folder, os.environ))  # noqa: S606

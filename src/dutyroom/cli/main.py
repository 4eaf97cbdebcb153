"""The command line: ``dutyroom --help``."""

import json
import os

import click

import dutyroom
from dutyroom.cli.calls import calls
from dutyroom.cli.journal import journal
from dutyroom.cli.key import key
from dutyroom.cli.member import member
from dutyroom.cli.one_line import Commands
from dutyroom.cli.pack import pack
from dutyroom.cli.practice import practice
from dutyroom.cli.rehearse import rehearse
from dutyroom.machine import garbage
from dutyroom.machine.home import home


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(dutyroom.__version__)
@click.option(
    "--home",
    "folder",
    type=click.Path(),
    help="The folder with all state (default: DUTYROOM_HOME, else your data folder).",
)
@click.option("--room", help="A room of its own inside that folder, such as `demo`.")
def main(folder: str | None, room: str | None) -> None:
    """Dutyroom takes every call for help through its whole life, and proves it."""
    garbage.seldom()
    if folder is not None:
        if not folder:
            raise click.ClickException("--home is empty: name a folder, or leave it out")
        os.environ["DUTYROOM_HOME"] = folder
    if room is not None:
        if room in ("", ".", "..") or set(room) & set("/\\"):
            raise click.ClickException("--room is a name inside the home, such as demo: no path")
        os.environ["DUTYROOM_HOME"] = str(home().room(room).folder)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the duty room."""
    from dutyroom.site.serving import prepare, run

    prepare()
    run(host, port, click.echo)


@main.command()
@click.argument("name")
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.1, 3600))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--calls-per-hour", default=60.0, show_default=True, type=click.FloatRange(0.1, 2000))
@click.option("--seed", default=1, show_default=True, help="For the generated evening.")
@click.option("--fresh", is_flag=True, help="Begin again: the room's folder is put aside.")
def play(
    name: str,
    speed: float,
    host: str,
    port: int,
    calls_per_hour: float,
    seed: int,
    fresh: bool,
) -> None:
    """Play recorded calls (a DATASET of `calls import`) or `demo` into a room of its own.

    Stop with Ctrl-C; the same command goes on where it stopped.
    """
    from dutyroom.cli.playing import play_room

    play_room(name, speed, host, port, calls_per_hour, seed, fresh)


@main.command()
def openapi() -> None:
    """Print the API's description."""
    from dutyroom.site.serving import configure

    configure()
    from dutyroom.api.router import description

    click.echo(json.dumps(description(), indent=1, default=str))


@main.command("warm-up")
def warm_up() -> None:
    """Compile the dispatch engine and the rehearsal ahead of the first start."""
    from dutyroom.cli.warming import compile_all

    compile_all()


for group in (journal, pack, rehearse, practice, calls, member, key):
    main.add_command(group)

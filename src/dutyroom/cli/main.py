"""The command line: ``dutyroom --help``."""

import os
from pathlib import Path

import click

import dutyroom
from dutyroom.cli.one_line import Commands
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
    run(host, port)


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
    from dutyroom.site.playing import play_room

    play_room(name, speed, host, port, calls_per_hour, seed, fresh)


@main.group()
def journal() -> None:
    """Check the journal, and rebuild what is made from it."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def verify(as_json: bool) -> None:
    """Say whether anything was altered, removed or reordered, and where. Exit code 1 if so."""
    from dutyroom.cli.journal import verify_journal

    if not verify_journal(as_json):
        raise SystemExit(1)


@journal.command()
def rebuild() -> None:
    """Make every read model again from the journal."""
    from dutyroom.cli.journal import rebuild_projections

    rebuild_projections()


@journal.command("accept-end")
def accept_end() -> None:
    """Go on with a journal that lost its end, after a restore from an older backup.

    Without it, a journal that is shorter than its checkpoints isn't served. The loss is told at
    every check of the journal from then on.
    """
    from dutyroom.cli.journal import accept_journal_end

    accept_journal_end()


@main.group()
def pack() -> None:
    """City packs: check, make, adopt."""


@pack.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Say what a pack holds, or list every problem with file, line and remedy."""
    from dutyroom.cli.pack import check_pack

    if not check_pack(folder):
        raise SystemExit(1)


@pack.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--nodes", default=3000, show_default=True, type=click.IntRange(800, 200_000))
@click.option("--units", default=60, show_default=True, type=click.IntRange(20, 5000))
@click.option("--seed", default=1, show_default=True)
def generate(folder: Path, nodes: int, units: int, seed: int) -> None:
    """Make a believable demo city."""
    from dutyroom.cli.pack import generate_pack

    generate_pack(folder, nodes, units, seed)


@pack.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def adopt(folder: Path) -> None:
    """From now on this pack gives codes, plans and places their meaning in this room."""
    from dutyroom.cli.pack import adopt_pack
    from dutyroom.site.serving import prepare

    prepare()
    if not adopt_pack(folder):
        raise SystemExit(1)


@main.command()
def openapi() -> None:
    """Print the API's description."""
    from dutyroom.site.serving import configure

    configure()
    import json

    from dutyroom.api.router import api

    click.echo(json.dumps(api.get_openapi_schema(), indent=1, default=str))


@main.command("warm-up")
def warm_up() -> None:
    """Compile the dispatch engine and the rehearsal ahead of the first start."""
    from dutyroom.cli.warming import compile_all

    compile_all()


def _mount() -> None:
    """Commands that are defined with what they do."""
    from dutyroom.cli.calls import calls, pack_from_dataset
    from dutyroom.cli.member import member
    from dutyroom.cli.practice import practice
    from dutyroom.cli.rehearse import rehearse

    main.add_command(rehearse)
    main.add_command(practice)
    main.add_command(calls)
    main.add_command(member)
    pack.add_command(pack_from_dataset, "from-dataset")


_mount()

"""Playing a generated evening or recorded calls into a room of its own, with the server on."""

import os
import shutil
import time
from pathlib import Path
from typing import Final

import click

from dutyroom.machine.files import whole_folder
from dutyroom.machine.home import Home, home

DEMO: Final = "demo"
DEMO_PASSWORD: Final = "dutyroom"  # noqa: S105 (shown on the sign-in page, demo only)


def play_room(
    name: str,
    speed: float,
    host: str,
    port: int,
    calls_per_hour: float,
    seed: int,
    fresh: bool,
) -> None:
    """Make or continue the room ``name``, serve it, and play into it until Ctrl-C."""
    from dutyroom.site.serving import must_be_free, serve_with

    must_be_free(host, port)
    base = home().taken()
    if name != DEMO and not (base.datasets / name).is_dir():
        raise click.ClickException(
            f"there is no dataset {name!r} in {base.datasets}. Import one first: "
            "dutyroom calls import FILE --contract sf-fire"
        )
    room = base.room(name)
    if fresh:
        _put_aside(room)
    os.environ["DUTYROOM_HOME"] = str(room.folder)
    _make_room(name, base, room)
    player = _player_command(name, base, speed, calls_per_hour, seed)
    click.echo("4/4 dispatch engine and server ...")
    serve_with(player, host, port, click.echo, lambda: _say_what_to_try(host, port, name))
    click.echo("stopped; everything is kept, the same command goes on from here")


def _put_aside(room: Home) -> None:
    """A fresh start keeps what was: nothing is deleted."""
    if room.folder.is_dir():
        stamp = time.strftime("%Y%m%d-%H%M%S")
        aside = room.folder.with_name(f"{room.folder.name}.{stamp}")
        shutil.move(room.folder, aside)
        click.echo(f"the old room is kept in {aside}")


def _make_room(name: str, base: Home, room: Home) -> None:
    from dutyroom.site.serving import prepare

    room.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    click.echo("1/4 database and key ...")
    prepare()
    from dutyroom.actions.adopting import adopt
    from dutyroom.site import rooms

    click.echo("2/4 city ...")
    folder = _pack_folder(name, base, room)
    pack, _ = adopt(folder)
    kind = "demo" if name == DEMO else "play"
    rooms.describe(name, kind, pack.title)
    click.echo("3/4 demo members ...")
    rooms.enrol_demo_members(pack, DEMO_PASSWORD)


def _pack_folder(name: str, base: Home, room: Home) -> Path:
    if name == DEMO:
        from dutyroom.citypack import generate_city

        folder = room.folder / "city"
        if not folder.is_dir():
            with whole_folder(folder) as half:
                generate_city(half, nodes=3000, units=60, seed=1)
        return folder
    folder = base.datasets / name / "pack"
    if not folder.is_dir():
        raise click.ClickException(
            f"the dataset {name} has no city pack yet. Make it: "
            f"dutyroom pack from-dataset {name} --stations FILE --outlines FILE"
        )
    return folder


def _player_command(
    name: str, base: Home, speed: float, calls_per_hour: float, seed: int
) -> list[str]:
    from dutyroom.site import player

    command = [player.__name__, name, "--speed", str(speed)]
    if name == DEMO:
        return [*command, "--calls-per-hour", str(calls_per_hour), "--seed", str(seed)]
    return [*command, "--dataset", str(base.datasets / name)]


def _say_what_to_try(host: str, port: int, name: str) -> None:
    click.echo(f"""
The duty room is open: http://{host}:{port}/   (playing {name}; Ctrl-C stops it)
Sign in as one of these, password {DEMO_PASSWORD!r}:
  taker       take ringing calls: R claims, type a street, a category, Ctrl+Enter
  dispatcher  send units: choose an incident, Enter confirms the recommendation; ? shows all keys
  dispatcher2 a colleague who takes over the desk: Handover
  supervisor  see what is late, overridden or silent
  station     what lies with a police station: take it over from the night, give tasks, approve
  district    the district above it: what is late at which station
  station2    an officer of it: accept a task, do it, submit it
  desk        a specialist of the anti-fraud centre: accept what is asked, do it, give the result
  partner     the citizens' hotline: accept or refuse what the room hands over, report
  officer     the phone page of a unit in the field
  planner     draw up changes on the map, rehearse them beside today, and watch
  trainer     open a practice room, and read its debrief
  auditor     read and verify the journal
""")

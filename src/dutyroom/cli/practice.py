"""``dutyroom practice``: becomes a practice room."""

import os
import sys

import click

from dutyroom.machine.home import home


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
    from dutyroom.practice.launching import environment, new_folder, scenario_path
    from dutyroom.practice.plan import NoPractice
    from dutyroom.site import practice_room
    from dutyroom.site.serving import must_be_free

    must_be_free(host, port)
    base = home().taken()
    try:
        found = scenario_path(base, scenario)
        folder = new_folder(base, scenario)
    except NoPractice as error:
        raise click.ClickException(str(error)) from error
    arguments = ["serve", found, host, port, speed, trainees, minutes, seed]
    command = [sys.executable, "-m", practice_room.__name__, *map(str, arguments)]
    sys.stdout.flush()
    # This process becomes the practice room, so that nothing of what it knew is left.
    os.execve(sys.executable, command, environment(folder, os.environ))  # noqa: S606 (our own module)

"""The player's process: hands in calls and crews' doings through the room's own door."""

import signal
import sys
import threading
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import click

from dutyroom.machine import garbage
from dutyroom.machine.child import when_asked_to_end
from dutyroom.site.cannot import Cannot
from dutyroom.site.serving import configure


class Process(click.Group):
    """The commands of a process of ours. What can't be done is its last line, as of any command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Cannot as error:
            raise click.ClickException(str(error)) from error


@click.command()
@click.argument("name")
@click.option("--speed", type=float, required=True)
@click.option("--calls-per-hour", type=float, default=60.0)
@click.option("--seed", type=int, default=1)
@click.option("--dataset", type=click.Path(path_type=Path))
def main(name: str, speed: float, calls_per_hour: float, seed: int, dataset: Path | None) -> None:
    """Play until asked to stop. Started by ``dutyroom play``."""
    garbage.seldom()
    stop = threading.Event()
    stop_signals(stop)
    configure()
    if dataset is not None:
        from dutyroom.site.play_recorded import play_recorded

        try:
            play_recorded(dataset, speed, stop, click.echo, partial(click.echo, err=True))
        except Cannot as error:
            raise click.ClickException(str(error)) from error
    else:
        _play_evening(speed, calls_per_hour, seed, stop)


def stop_signals(stop: threading.Event) -> None:
    """Set ``stop`` when this process is asked to end, or its parent has, in whatever way."""
    when_asked_to_end(stop.set)

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, ask_to_stop)
    signal.signal(signal.SIGTERM, ask_to_stop)


def _play_evening(speed: float, calls_per_hour: float, seed: int, stop: threading.Event) -> None:
    from dutyroom.actions import positions, runtime
    from dutyroom.actions.clock import now_ms
    from dutyroom.evening import Evening

    evening = Evening(
        runtime.room(), positions.take, seed=seed, speed=speed, calls_per_h=calls_per_hour
    )
    evening.begin(now_ms(), _officer_of_first_station())
    while not stop.wait(1.0 / min(speed, 4.0)):
        evening.step(now_ms())
    runtime.stop()


def _officer_of_first_station() -> str:
    """The demo member who has a task waiting when they sign in; "" where there is none."""
    from dutyroom.site.models import Member

    found = Member.objects.filter(role="station_officer", demo=True).order_by("name").first()
    return found.name if found is not None else ""


if __name__ == "__main__":
    sys.exit(main())

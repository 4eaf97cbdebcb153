"""Playing a dataset into this room: the recorded evening begins when it is first played."""

import json
import threading
from pathlib import Path
from typing import Final

import click
from django.conf import settings

from dutyroom.actions import positions, runtime
from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied, Done, NotSaved, Request
from dutyroom.domain import commands as c
from dutyroom.domain.refusals import Refusal
from dutyroom.intake.importing import read_rows
from dutyroom.intake.recorded import Recorded, recorded_stream
from dutyroom.projections.models import IncidentView

SAY_EVERY_MS: Final = 60_000
_STATE: Final = "played.json"


def play_recorded(dataset: Path, speed: float, stop: threading.Event) -> None:
    """Play on from where the room is; pauses while stopped are not made up for."""
    stream = list(recorded_stream(read_rows(dataset)))
    done = _done()
    player = Player(stream, done, speed)
    while player.left and not stop.is_set():
        wait_s = player.step()
        stop.wait(wait_s)
    player.remember()
    click.echo("all recorded calls are played" if not player.left else "paused")
    runtime.stop()


class Player:
    """Performs what is due. ``done`` is how many actions were performed before."""

    def __init__(self, stream: list[Recorded], done: int, speed: float) -> None:
        self._stream, self._done, self._speed = stream, done, speed
        self._from_wall = now_ms()
        self._from_recorded = stream[min(done, len(stream) - 1)].at_ms if stream else 0
        self._room = runtime.room()
        self._said = 0
        self.refused: list[str] = []

    @property
    def left(self) -> int:
        """How many actions are still to come."""
        return len(self._stream) - self._done

    def step(self) -> float:
        """Perform all that is due; returns the seconds until the next is."""
        clock = self._from_recorded + (now_ms() - self._from_wall) * self._speed
        while self.left and self._stream[self._done].at_ms <= clock:
            if not self.perform(self._stream[self._done]):
                return 2.0  # could not be saved: the same is tried again
            self._done += 1
        self._say()
        if not self.left:
            return 0.0
        return max(0.02, min(1.0, (self._stream[self._done].at_ms - clock) / 1000 / self._speed))

    def perform(self, one: Recorded) -> bool:
        """One action through the door; a refusal is told and passed over, nothing is hidden."""
        match self._room.door.perform(Request(one.action, one.actor, one.command)):
            case NotSaved():
                return False
            case Refusal(name=name):
                self._tell(f"{one.command.VERB} ({one.key}): {name}")
            case Denied(because):
                self._tell(f"{one.command.VERB} ({one.key}): {because.en}")
            case Done():
                self._place(one)
        return True

    def remember(self) -> None:
        """Note how far we are, so that the next start goes on from here."""
        file = settings.HOME.folder / _STATE
        half = file.with_suffix(".part")
        half.write_text(json.dumps({"done": self._done}))
        half.replace(file)

    def _place(self, one: Recorded) -> None:
        """A unit that reports from the scene is there: the records have no other positions."""
        if isinstance(one.command, c.ArriveOnScene) and one.actor.unit:
            place = self._room.advisor.place(str(one.command.incident))
            if place is not None:
                fix = positions.Fix(one.actor.unit, *place, now_ms())
                positions.take([fix], now_ms())

    def _tell(self, text: str) -> None:
        self.refused.append(text)
        click.echo(f"not done as recorded: {text}", err=True)

    def _say(self) -> None:
        if now_ms() - self._said >= SAY_EVERY_MS:
            self._said = now_ms()
            self.remember()
            open_now = IncidentView.objects.filter(open=True).count()
            total = len(self._stream)
            click.echo(f"played {self._done:,} of {total:,} actions, {open_now} incidents open")


def _done() -> int:
    file = settings.HOME.folder / _STATE
    return int(json.loads(file.read_text())["done"]) if file.is_file() else 0

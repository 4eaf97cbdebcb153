"""Playing a dataset into this room: the recorded days begin when they are first played."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import DatabaseError

from dutyroom.actions import positions, runtime
from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied, Done, NotSaved
from dutyroom.actions.request import Request
from dutyroom.domain.incidents.commands import ArriveOnScene, ClearAssignment, OpenIncident
from dutyroom.domain.kernel import Command, Refusal
from dutyroom.domain.units.commands import SignOn
from dutyroom.importing.dataset import read_rows
from dutyroom.importing.overlaps import overlaps
from dutyroom.importing.recorded import Recorded, stream_of
from dutyroom.projections.models import IncidentView
from dutyroom.site.cannot import Cannot

SAY_EVERY_S: Final = 60.0
POSITIONS_EVERY_S: Final = 20.0
TRY_AGAIN_S: Final = 2.0
LONGEST_PAUSE_S: Final = 1.0
type Say = Callable[[str], None]
ANY_PACE: Final = 1e9
"""The records say where units were, not how they came there: no way is too fast."""


def play_recorded(dataset: Path, speed: float, stop: threading.Event, say: Say, warn: Say) -> None:
    """Play on from where the room's journal is; ``speed`` 10 plays ten minutes in one.

    A pause is not made up for: playing goes on with the next action. Ends when all is played or
    ``stop`` is set.
    """
    rows = read_rows(dataset)
    player = Player(list(stream_of(rows)), speed, say, warn)
    player.say_start(overlaps(rows))
    while player.left and not stop.is_set():
        stop.wait(player.step(stop))
    player.say()
    say("paused" if player.left else "all recorded calls are played")
    runtime.stop()


class Player:
    """Performs what is due, through the same door as everybody.

    Recorded time runs ``speed`` times as fast as the clock on the wall. What the journal has
    already is not performed again; how far that is, the journal says.
    """

    def __init__(self, stream: list[Recorded], speed: float, say: Say, warn: Say) -> None:
        self._say, self._warn = say, warn
        self._stream = stream
        self._speed = speed
        self._room = runtime.room()
        self._next = next_action(stream)
        self._from_wall_s = time.monotonic()
        self._from_recorded_ms = stream[min(self._next, len(stream) - 1)].at_ms if stream else 0
        self._where: dict[str, tuple[float, float]] = {}
        self._scenes: dict[UUID, tuple[float, float]] = {}
        self._said_s = self._sent_s = float("-inf")
        self.refused: list[str] = []
        self._begin_at_stations()

    @property
    def left(self) -> int:
        """How many actions are still to come."""
        return len(self._stream) - self._next

    def step(self, stop: threading.Event) -> float:
        """Perform all that is due; returns the seconds to wait until the next look."""
        now_s = time.monotonic()
        clock_ms = self._from_recorded_ms + (now_s - self._from_wall_s) * 1000 * self._speed
        while self.left and self._stream[self._next].at_ms <= clock_ms and not stop.is_set():
            if not self.perform(self._stream[self._next]):
                return TRY_AGAIN_S
            self._next += 1
        if now_s - self._sent_s >= POSITIONS_EVERY_S:
            self._sent_s = now_s
            self.send_positions(self._where)
        if now_s - self._said_s >= SAY_EVERY_S:
            self._said_s = now_s
            self.say()
        if not self.left:
            return 0.0
        wait_s = (self._stream[self._next].at_ms - clock_ms) / 1000 / self._speed
        return min(LONGEST_PAUSE_S, max(0.02, wait_s))

    def perform(self, one: Recorded) -> bool:
        """One action; False if it could not be saved, and must be tried again.

        A refusal is reported and passed over: somebody at a console may have acted otherwise.
        """
        _, actor, action, command = one
        match self._room.door.perform(Request(action, actor, command)):
            case NotSaved():
                return False
            case Refusal(name=name):
                self._report(f"{command.VERB} by {actor.id}: {name}")
            case Denied(because):
                self._report(f"{command.VERB} by {actor.id}: {because.en}")
            case Done():
                self._follow(actor.unit, command)
        return True

    def send_positions(self, where: dict[str, tuple[float, float]]) -> None:
        """Say where units are: their last known place, sent again so that it isn't stale."""
        at_ms = now_ms()
        fixes = [positions.Fix(unit, *place, at_ms) for unit, place in sorted(where.items())]
        with suppress(DatabaseError):  # it can't write now; positions are sent again soon
            positions.take(fixes, at_ms, ANY_PACE)

    def say_start(self, overlapping: int) -> None:
        """What will be played."""
        self._say(
            f"{len(self._stream):,} recorded actions, {self.left:,} to play at {self._speed:g} x; "
            f"{overlapping} earlier responses end when their unit is recorded as sent elsewhere"
        )

    def say(self) -> None:
        """How far we are."""
        open_now = IncidentView.objects.filter(open=True).count()
        self._say(
            f"played {self._next:,} of {len(self._stream):,} actions, {open_now} incidents open, "
            f"{len(self.refused)} refused"
        )

    def _begin_at_stations(self) -> None:
        """Each unit at its station; those at work where their incident is."""
        pack = self._room.pack
        missing = {
            one.unit for _, _, _, one in self._stream if isinstance(one, SignOn)
        } - pack.unit_ids
        if missing:
            raise Cannot(
                f"the city pack has no unit {min(missing)} ({len(missing)} units are missing): "
                "make the pack again from the dataset as it is now"
            )
        self._where = {unit.id: (unit.lon, unit.lat) for unit in pack.units}
        for _, actor, _, command in self._stream[: self._next]:
            self._move(actor.unit, command)

    def _follow(self, unit: str | None, command: Command) -> None:
        self._move(unit, command)
        if unit is not None:
            self.send_positions({unit: self._where[unit]})

    def _move(self, unit: str | None, command: Command) -> None:
        """The records have two places: the scene, and, once the unit is free, its station."""
        match command:
            case OpenIncident(incident=incident, place=place):
                self._scenes[incident] = (place.lon, place.lat)
            case ArriveOnScene(incident=incident) if unit:
                self._where[unit] = self._scenes[incident]
            case ClearAssignment() if unit:
                home = self._room.pack.unit(unit)
                self._where[unit] = (home.lon, home.lat)

    def _report(self, text: str) -> None:
        self.refused.append(text)
        self._warn(f"not done as recorded: {text}")


def next_action(stream: list[Recorded]) -> int:
    """The place after the last action of the stream that the journal has.

    Actions before it that the journal lacks were refused then, or came into the dataset later.
    """
    from dutyroom.journal.models import JournalAction

    done = set(JournalAction.objects.values_list("action", flat=True))
    for place in range(len(stream), 0, -1):
        if str(stream[place - 1].action) in done:
            return place
    return 0

"""Simulated colleagues at police stations: they take the tasks that nobody else has taken.

They work at a human pace: an officer has one task at a time, and does its steps one after the
other. What a person has accepted stays with them, and what one submitted waits longer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import UUID
from zlib import crc32

import numpy as np

from dutyroom.domain.context import Actor
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    OfTask,
    ReassignTask,
    SendBackTask,
    StartTask,
    SubmitTask,
    TickStep,
)
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.evening.left_over import OUTCOMES

SIMULATED: Final = "sim-"
"""How the names of simulated colleagues begin."""
OFFICERS: Final = 2
ACCEPT_AFTER_S: Final = (90.0, 420.0)
START_AFTER_S: Final = (60.0, 240.0)
WORK_S: Final = (480.0, 1200.0)
JUDGE_AFTER_S: Final = (180.0, 600.0)
OFFER_AGAIN_AFTER_S: Final = (900.0, 1800.0)
PERSON_FIRST_S: Final = 180.0
SENT_BACK: Final = 0.2
"""Share of submissions that the command office sends back, once."""

type Step = Literal["accept", "start", "work", "judge", "again"]
type Move = tuple[Actor, OfTask]
type Whose = tuple[str, str]
"""A station, and an officer of it: each station has a first and a second one."""


def officer_of(org: str, number: int) -> Actor:
    """A simulated officer of a station."""
    return Actor(f"{SIMULATED}officer-{number}", "station_officer", org=org)


def command_of(org: str) -> Actor:
    """The simulated command office of a station."""
    return Actor(f"{SIMULATED}station-command", "station_command", org=org)


def is_simulated(name: str) -> bool:
    """Whether this is none of us."""
    return name.startswith(SIMULATED)


@dataclass(slots=True)
class Colleagues:
    """`moves` says what they do now. ``began_ms``: what lay there before waits from then on;
    ``reasons``: why a task may be sent back, none where the pack has none."""

    stations: frozenset[str]
    reasons: tuple[str, ...]
    seed: int
    speed: float = 1.0
    began_ms: int = 0
    _at_work: set[Whose] = field(default_factory=set)

    def moves(self, tasks: Sequence[TaskRow], now_ms: int) -> list[Move]:
        """What is due now, of all open tasks."""
        at_work = [one for one in tasks if one.state in ("accepted", "in_progress")]
        self._at_work = {(one.org, one.owner) for one in at_work}
        started = {(one.org, one.owner) for one in at_work if one.state == "in_progress"}
        found = (
            self._move(task, started, now_ms)
            for task in sorted(tasks, key=lambda one: one.id)
            if task.org in self.stations
        )
        return [one for one in found if one is not None]

    def _move(self, task: TaskRow, started: set[Whose], now_ms: int) -> Move | None:
        since_ms = max(task.since_ms, self.began_ms)
        waited_s = (now_ms - since_ms) / 1000 * self.speed
        id_, ours = UUID(task.id), is_simulated(task.owner)
        match task.state:
            case "offered" if waited_s > self._due(task, "accept", ACCEPT_AFTER_S):
                free = next(self._free(task), None)
                if free is not None:
                    self._at_work.add((task.org, free.id))
                    return free, AcceptTask(id_)
            case "accepted" if ours and (task.org, task.owner) not in started:
                if waited_s > self._due(task, "start", START_AFTER_S):
                    started.add((task.org, task.owner))
                    return self._owner(task), StartTask(id_)
            case "in_progress" if ours:
                return self._work(task, waited_s)
            case "submitted":
                return self._judge(task, waited_s)
            case "returned" if waited_s > self._due(task, "again", OFFER_AGAIN_AFTER_S):
                return command_of(task.org), ReassignTask(id_, task.org, "community")
        return None

    def _free(self, task: TaskRow) -> Iterator[Actor]:
        """Who may accept it and has nothing else to do; nobody what a person is asked for."""
        for number in range(1, OFFICERS + 1):
            officer = officer_of(task.org, number)
            busy = (task.org, officer.id) in self._at_work
            if not busy and task.owner in ("", officer.id):
                yield officer

    def _owner(self, task: TaskRow) -> Actor:
        return Actor(task.owner, "station_officer", org=task.org)

    def _work(self, task: TaskRow, waited_s: float) -> Move | None:
        """Its steps one after the other, then what came of it."""
        id_, lasts_s = UUID(task.id), self._due(task, "work", WORK_S)
        left = [one for one in task.steps if one not in task.ticked]
        each_s = lasts_s / (len(task.steps) + 1)
        if left and waited_s > each_s * (len(task.ticked) + 1):
            return self._owner(task), TickStep(id_, UUID(left[0]))
        if waited_s > lasts_s:
            return self._owner(task), SubmitTask(id_, OUTCOMES[task.kind])
        return None

    def _judge(self, task: TaskRow, waited_s: float) -> Move | None:
        id_, command = UUID(task.id), command_of(task.org)
        least_s = 0.0 if is_simulated(task.submitted_by) else PERSON_FIRST_S * self.speed
        if waited_s <= max(least_s, self._due(task, "judge", JUDGE_AFTER_S)):
            return None
        again = task.sent_back == 0 and self._draw(task, "luck") < SENT_BACK
        if again and self.reasons and is_simulated(task.submitted_by):
            return command, SendBackTask(id_, self.reasons[0])
        return command, ApproveTask(id_)

    def _due(self, task: TaskRow, step: Step, between: tuple[float, float]) -> float:
        least, most = between
        return least + (most - least) * self._draw(task, step)

    def _draw(self, task: TaskRow, what: str) -> float:
        """The same for the same seed, whenever it is asked and in whatever order."""
        key = crc32(f"{task.id}{what}{task.sent_back}".encode())
        return float(np.random.default_rng((self.seed, key)).random())


def stations_of(orgs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The paths of stations, of organisations with their levels."""
    return frozenset(path for path, level in orgs if level == "station")

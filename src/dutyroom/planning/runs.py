"""Rehearsals that planners ask for: one at a time, each in a folder and a process of its own."""

import json
import secrets
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from pydantic import Field

from dutyroom.citypack import Problem
from dutyroom.machine.child import Child
from dutyroom.machine.files import make_once
from dutyroom.planning import job as job_process
from dutyroom.planning.answers import Run, RunResult
from dutyroom.planning.job import FILES, OVER, REPORTS, STATE, write
from dutyroom.planning.plans import Plans
from dutyroom.planning.shown import Strict
from dutyroom.rehearsal.scenario.said import said

type Hour = Annotated[str, Field(pattern=r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):00$")]
MOST_CALLS: Final = 2_000_000
"""In one repetition: more take minutes each and show nothing that these don't."""
KEPT: Final = 20
"""So many runs are kept; older ones make room."""


class Asked(Strict):
    """What is to be rehearsed: the first plan is what the others are compared with.

    ``calls_per_h``: of all plans alike; None is what a plan's file says, else 0.4 per unit of the
    pack.
    """

    plans: Annotated[list[str], Field(min_length=1, max_length=8)]
    start: Hour = "Mon 00:00"
    hours: Annotated[float, Field(ge=1, le=8784)] = 168
    replications: Annotated[int, Field(ge=2, le=1000)] = 20
    calls_per_h: Annotated[float, Field(gt=0, le=1e6)] | None = None

    @property
    def most_calls(self) -> float:
        """How many calls a repetition has, before what a plan adds; 0 where the pack says it."""
        return (self.calls_per_h or 0.0) * self.hours

    def over(self, scenario: dict[str, Any]) -> dict[str, Any]:
        """A plan's scenario over this period and with these calls."""
        calls = {} if self.calls_per_h is None else {"calls": self.calls_per_h}
        return scenario | {"start": self.start, "hours": self.hours} | calls


class Running(Exception):
    """One is running already."""


class NoRun(Exception):
    """There is no such run, or it has no such file."""


class Runs:
    """The runs of a room. They end with this process: nobody would be there to read of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._current: tuple[str, Child] | None = None

    def start(self, plans: Plans, asked: Asked, at_ms: int) -> str:
        """Begin; gives the run's id. Raises `Running`, or `NoPlan`."""
        drawn = [(key, plans.load(key)) for key in asked.plans]
        with self._guard:
            if self.current() is not None:
                raise Running
            key = f"{at_ms}-{secrets.token_hex(3)}"
            folder = self.folder / key
            folder.mkdir(parents=True)
            job: dict[str, Any] = {"at_ms": at_ms, **asked.model_dump(), "plans": []}
            for number, (plan_id, plan) in enumerate(drawn):
                own = folder / str(number)
                own.mkdir()
                write(own / "scenario.json", asked.over(plans.freeze(plan_id, own)))
                job["plans"].append({"id": plan_id, "name": plan.name})
            write(folder / "job.json", job)
            child = Child([job_process.__name__, str(folder)], folder / "log.txt")
            self._current = (key, child)
            # From here on others see the run: only now, or it would look interrupted to them; and
            # never over what its process has said by itself.
            reading = json.dumps({"state": "reading", "done": 0, "of": len(drawn)})
            make_once(folder / STATE, reading.encode())
            self._forget_old()
            return key

    def current(self) -> str | None:
        """The id of the one that runs; who has said the last word doesn't, though its process may
        take a moment to end."""
        current = self._current
        if current is None or not current[1].runs:
            return None
        key, _ = current
        try:
            return None if self._said(key)["state"] in OVER else key
        except NoRun:  # nothing is said of it yet
            return key

    def stop(self, key: str) -> None:
        """End a run; one that is over stays as it is. Raises `NoRun`."""
        self._folder(key)
        with self._guard:
            if self._current and self._current[0] == key:
                self._current[1].end()

    def state(self, key: str, *, with_result: bool = False) -> Run:
        """How far it is; ``interrupted`` where its process is gone; its figures only where they
        are asked for. Raises `NoRun`."""
        self._folder(key)
        running = self.current() == key  # before its last word is read
        job, state = self._read(key, "job.json"), self._said(key)
        if not running and state["state"] not in OVER:
            state = {"state": "interrupted"}
        problems = state.pop("problems", None)
        found = msgspec.convert({"id": key} | job | state, Run)
        if problems is not None:
            listed = tuple(said(Problem(**problem)) for problem in problems)
            found = msgspec.structs.replace(found, problems=listed)
        if with_result and found.state == "done":
            found = msgspec.structs.replace(found, result=self.result(key))
        return found

    def latest(self) -> tuple[Run, ...]:
        """All that are kept, the latest first."""
        found = []
        for key in self._keys():
            with suppress(NoRun):  # it has just made room for a new one
                found.append(self.state(key))
        return tuple(found)

    def result(self, key: str) -> RunResult:
        """The figures of a run that is done. Raises `NoRun`."""
        return msgspec.json.decode(self.file(key, "result.json").read_bytes(), type=RunResult)

    def file(self, key: str, name: str) -> Path:
        """A file of a run: one of ``FILES``, or a plan's records as ``0/calls.parquet``."""
        path = self._folder(key) / name
        if name == REPORTS["zh"] and not path.is_file():  # of before there was one per language
            path = path.with_name(REPORTS["en"])
        number, _, record = name.partition("/")
        allowed = name in (*FILES, "result.json") or (
            number.isdigit()
            and record in ("calls.parquet", "units.parquet", "points.json", "scenario.json")
        )
        if not allowed or not path.is_file():
            raise NoRun(f"{key}/{name}")
        return path

    def _said(self, key: str) -> dict[str, Any]:
        """What its process said last."""
        return self._read(key, STATE)

    def _read(self, key: str, name: str) -> dict[str, Any]:
        try:
            said: dict[str, Any] = json.loads((self.folder / key / name).read_text("utf-8"))
        except FileNotFoundError as error:
            raise NoRun(key) from error
        return said

    def _keys(self) -> list[str]:
        return sorted((p.parent.name for p in self.folder.glob(f"*/{STATE}")), reverse=True)

    def _forget_old(self) -> None:
        for key in self._keys()[KEPT:]:
            shutil.rmtree(self.folder / key, ignore_errors=True)

    def _folder(self, key: str) -> Path:
        if key not in self._keys():
            raise NoRun(key)
        return self.folder / key

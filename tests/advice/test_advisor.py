"""The engine's picture of the fleet, looked at by several threads of one process at once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.advice import advisor
from dutyroom.dispatch import Recommendation
from dutyroom.domain.incidents.commands import Dispatch, UnitToSend
from dutyroom.domain.units.row import UnitRow
from dutyroom.projections.rows import read_unit

pytestmark = pytest.mark.db

MOMENT_S = 0.5
"""Long enough for whoever doesn't wait to be done."""


def recommend(room: TestRoom, incident: UUID) -> Recommendation:
    advice = room.room.advisor.recommend(str(incident), now_ms())
    assert advice is not None
    return advice


def send(room: TestRoom, incident: UUID, unit: str) -> None:
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(room.id(), unit),)))


@contextmanager
def in_threads() -> Iterator[Callable[..., Future[Any]]]:
    """Starts what it is given in threads of their own; their connections are closed."""

    def closing(work: Callable[..., Any], *given: Any) -> Any:
        try:
            return work(*given)
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        yield partial(threads.submit, closing)


def a_moment(work: Future[Any]) -> None:
    """Lets it go on for a moment; it waits, or it is done."""
    with suppress(TimeoutError):
        work.result(MOMENT_S)


@dataclass
class Scene:
    """Two incidents, and the unit that is recommended for the one that is looked at."""

    here: UUID
    elsewhere: UUID
    unit: str


@pytest.fixture
def scene(room: TestRoom) -> Scene:
    room.sign_on_all()
    here, elsewhere = room.open_incident(), room.open_incident(index=1)
    return Scene(here, elsewhere, recommend(room, here).chosen[0])


@dataclass
class Gate:
    """Who takes over a unit's row says so and waits; after the first one, only if ``all_wait``."""

    all_wait: bool = True
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def read(self, row: str) -> UnitRow:
        if self.all_wait or not self.reached.is_set():
            self.reached.set()
            assert self.go_on.wait(10)
        return read_unit(row)


def test_who_asks_while_another_takes_over_the_board_knows_all_that_is_being_taken_over(
    room: TestRoom, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(room, scene.elsewhere, scene.unit)
    gate = Gate()
    monkeypatch.setattr(advisor, "read_unit", gate.read)
    with in_threads() as start:
        first = start(recommend, room, scene.here)
        assert gate.reached.wait(10)
        second = start(recommend, room, scene.here)
        a_moment(second)
        gate.go_on.set()
        assert scene.unit not in first.result().chosen
        assert scene.unit not in second.result().chosen


def test_a_row_that_was_read_earlier_never_replaces_one_that_was_read_later(
    room: TestRoom, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a unit that is on its way would be recommended until its next status."""
    room.room.advisor.forget()
    gate = Gate(all_wait=False)
    monkeypatch.setattr(advisor, "read_unit", gate.read)
    with in_threads() as start:
        first = start(recommend, room, scene.here)
        assert gate.reached.wait(10)
        sent = start(send, room, scene.elsewhere, scene.unit)
        a_moment(sent)
        looked = start(recommend, room, scene.here)
        a_moment(looked)
        gate.go_on.set()
        for work in (first, sent, looked):
            work.result()
    assert scene.unit not in recommend(room, scene.here).chosen

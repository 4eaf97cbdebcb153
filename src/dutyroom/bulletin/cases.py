"""An incident as the bulletin sees it: what it is, its spells at stages, and its clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dutyroom.clocks.route import STAGES, Stage
from dutyroom.domain.loops.row import LoopClockRow, LoopRow


@dataclass(frozen=True, slots=True)
class Spell:
    """An incident at a stage, from an instant to another; ``to_ms`` None: it still is.

    ``paused_ms``: so much of it a clock stood still. ``late``: a promise was broken while it was
    there. ``again``: it had been concluded before, and was reopened.
    """

    stage: Stage
    from_ms: int
    to_ms: int | None
    paused_ms: int
    late: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A run of a clock. ``due_ms``: None where it stood still until the end. ``over_ms``: when it
    was met or ended, None before."""

    clock: str
    due_ms: int | None
    over_ms: int | None
    met: bool
    late_ms: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. ``concluded_ms``: each time that it was concluded; ``reopened_ms``: each time
    that it was opened again after that."""

    id: str
    number: str
    org: str
    category: str
    priority: int
    opened_ms: int
    spells: tuple[Spell, ...]
    promises: tuple[Promise, ...]
    concluded_ms: tuple[int, ...]
    reopened_ms: tuple[int, ...]


def case_of(loop: LoopRow, category: str, priority: int, opened_ms: int, now_ms: int) -> Case:
    """What is known of an incident from the row of its loop, at a time."""
    concluded = tuple(one.from_ms for one in loop.stages if one.stage == "concluded")
    return Case(
        loop.id,
        loop.number,
        loop.org,
        category,
        priority,
        opened_ms,
        tuple(_spells(loop, now_ms)),
        tuple(map(_promise, loop.clocks)),
        concluded,
        tuple(one.to_ms for one in loop.stages if one.stage == "concluded" and one.to_ms),
    )


def _spells(loop: LoopRow, now_ms: int) -> Iterator[Spell]:
    broken = tuple(_broken(loop.clocks, now_ms))
    again = False
    for one in loop.stages:
        again = again or one.stage == "concluded"
        if one.stage not in STAGES:
            continue
        end_ms = now_ms if one.to_ms is None else one.to_ms
        yield Spell(
            _stage(one.stage),
            one.from_ms,
            one.to_ms,
            _paused_ms(loop.clocks, one.from_ms, end_ms),
            any(one.from_ms <= at_ms < end_ms for at_ms in broken),
            again,
        )


def _stage(text: str) -> Stage:
    found: Stage = next(one for one in STAGES if one == text)
    return found


def _broken(runs: Iterable[LoopClockRow], now_ms: int) -> Iterator[int]:
    """When promises were broken: due, and not met by then."""
    for run in runs:
        if run.due_ms is None or run.due_ms >= now_ms:
            continue
        if run.stopped_ms is None or run.stopped_ms > run.due_ms:
            yield run.due_ms


def _paused_ms(runs: Iterable[LoopClockRow], from_ms: int, to_ms: int) -> int:
    """How long some clock stood still within a span; times that overlap count once."""
    spans = sorted(
        (max(one.from_ms, from_ms), min(to_ms if one.to_ms is None else one.to_ms, to_ms))
        for run in runs
        for one in run.pauses
    )
    total, until = 0, from_ms
    for start, end in spans:
        total += max(0, end - max(start, until))
        until = max(until, end)
    return total


def _promise(run: LoopClockRow) -> Promise:
    return Promise(run.clock, run.due_ms, run.stopped_ms, run.state == "met", run.late_ms)

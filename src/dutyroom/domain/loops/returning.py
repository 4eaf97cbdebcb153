"""Clocks that ended only because other rules were in force, and what they wait for."""

from collections.abc import Iterator, Mapping
from typing import Final

from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Event
from dutyroom.domain.loops.looking import Because, retimed
from dutyroom.domain.loops.stages import signals_of
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.tasks.state import TaskPhase, TaskState


def come_back(
    loop: LoopState, incident: IncidentState, because: Because, context: Context
) -> Iterator[Event]:
    """What ended because the incident was another kind of matter, or another pack was in force,
    goes on where there is a rule for it again, unless what it waits for has come meanwhile."""
    for run in loop.clocks:
        if not run.may_come_back or loop.run(run.clock) is not run or incident.state != "open":
            continue
        rules = context.loop.rules_for(incident.category, incident.priority, run.from_ms)
        place = rules.get(run.clock)
        if place is None or run.from_ms < incident.waiting_from_ms:
            continue
        stops = context.loop.clocks[place].stops
        if not any(has_happened(stop, run.from_ms, incident, loop) for stop in stops):
            yield retimed(run.back, place, because, context)


def task_comes_back(loop: LoopState, task: TaskState, context: Context) -> Iterator[Event]:
    """The same of a task: what ended because another pack was in force goes on."""
    for run in loop.clocks:
        if run.ended != "pack" or loop.run(run.clock) is not run or task.over:
            continue
        place = context.loop.rules_for_task(task.kind, task.priority, run.from_ms).get(run.clock)
        if place is not None and not is_done(context.loop.clocks[place], task):
            yield retimed(run.back, place, "pack", context)


def is_done(rule: Rule, task: TaskState) -> bool:
    """Whether what a clock of a task waits for has happened, as the task stands."""
    return not _DONE.get(task.phase, frozenset()).isdisjoint(rule.stops)


_DONE: Final[Mapping[TaskPhase, frozenset[str]]] = {
    "offered": frozenset(),
    "returned": frozenset(),
    "accepted": frozenset({"task.accepted"}),
    "in_progress": frozenset({"task.accepted", "task.started"}),
    "submitted": frozenset({"task.accepted", "task.started", "task.submitted"}),
}
"""What has happened to a task that stands so."""


def has_happened(name: str, since_ms: int, incident: IncidentState, loop: LoopState | None) -> bool:
    """Whether what a clock waits for has come already, since it began."""
    steps = (one for one in incident.assignments if one.since_ms >= since_ms)
    if any(name == f"assignment.{one.state}" for one in steps):
        return True
    stages = loop.stages if loop else ()
    before = (None, *(one.stage for one in stages))
    return _stands(name, incident) or any(
        one.from_ms >= since_ms and name in signals_of(left, one.stage)
        for left, one in zip(before, stages, strict=False)
    )


def _stands(name: str, incident: IncidentState) -> bool:
    """Whether it holds of the incident, since that was opened last."""
    progress = incident.progress
    match name:
        case "incident.unit_dispatched":
            return progress != "pending"
        case "assignment.en_route":
            return progress in ("en_route", "on_scene", "cleared")
        case "assignment.on_scene":
            return progress in ("on_scene", "cleared")
        case "incident.disposition_set":
            return incident.disposition != ""
    return False

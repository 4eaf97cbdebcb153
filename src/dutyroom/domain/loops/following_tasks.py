"""What happens to the clocks of a task because something happened to the task."""

from collections.abc import Iterable, Iterator, Mapping

from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Event
from dutyroom.domain.loops.events import ClockEnded, LoopBegun, LoopMoved
from dutyroom.domain.loops.evolve import evolve_loop
from dutyroom.domain.loops.looking import retimed
from dutyroom.domain.loops.returning import is_done
from dutyroom.domain.loops.state import LoopState, Run
from dutyroom.domain.loops.times import met, name_of, rule_of, started
from dutyroom.domain.tasks.events import TaskStartUndone
from dutyroom.domain.tasks.evolve import evolve_task
from dutyroom.domain.tasks.state import TaskState


def follow_task(id_: str, happened: Iterable[Event], context: Context) -> Iterator[Event]:
    """The events of a task's loop, in the order in which they happen."""
    loop = context.find(LoopState, f"loop:{id_}")
    task = context.find(TaskState, f"task:{id_}")
    at_ms = context.occurred_at_ms
    for event in happened:
        before, task = task, evolve_task(task, event, at_ms)
        for one in _of(event, before, task, loop, context) if task else ():
            loop = evolve_loop(loop, one, at_ms)
            yield one


def rules_of(task: TaskState, at_ms: int, context: Context) -> Mapping[str, int]:
    """The clocks that a task has, by code."""
    return context.loop.rules_for_task(task.kind, task.priority, at_ms)


def _of(
    event: Event,
    before: TaskState | None,
    task: TaskState,
    loop: LoopState | None,
    context: Context,
) -> Iterator[Event]:
    name = name_of(event)
    if loop is not None:
        if loop.org != task.org:
            yield LoopMoved(task.org)
        yield from _ends(name, task, loop, context)
        if before is not None and before.over and not task.over:
            yield from _come_back(name, before, task, loop, context)
        if isinstance(event, TaskStartUndone):
            yield from _begun_by_mistake(task, loop, context)
    if task.over:
        return
    begins = False
    for code, place in rules_of(task, context.occurred_at_ms, context).items():
        rule = context.loop.clocks[place]
        run = loop.run(code) if loop else None
        if run is not None and run.runs:
            if name not in rule.restarts:
                continue
            yield ClockEnded(code, "restarted")
        elif name not in rule.starts:
            continue
        if loop is None and not begins:
            begins = True
            yield LoopBegun(task.number, task.org, task.incident)
        yield started(place, context.occurred_at_ms, context)


def _ends(name: str, task: TaskState, loop: LoopState, context: Context) -> Iterator[Event]:
    """What was waited for has come; of a task that is over nothing is waited for any more."""
    for run in loop.running:
        rule = _rule(run, task, context)
        if rule is not None and name in rule.stops:
            yield met(run, rule, context)
        elif task.over:
            yield ClockEnded(run.clock, "over")


def _come_back(
    name: str, before: TaskState, task: TaskState, loop: LoopState, context: Context
) -> Iterator[Event]:
    """What was over isn't any more: what ended by that goes on, but for what begins anew, and what
    has been done meanwhile."""
    for run in loop.clocks:
        place = rules_of(before, run.from_ms, context).get(run.clock)
        if run.runs or loop.run(run.clock) is not run:
            continue
        if place is None:
            if run.ended == "over":  # a pack that knows it again lets it go on
                yield ClockEnded(run.clock, "pack")
            continue
        rule = context.loop.clocks[place]
        by_approval = (
            before.phase == "approved"
            and "task.approved" in rule.stops
            and (run.state, run.stopped_ms) == ("met", max(before.since_ms, run.from_ms))
        )
        by_pack = run.ended == "pack" and not is_done(rule, task)
        if (run.ended == "over" or by_pack or by_approval) and name not in rule.starts:
            yield retimed(run.back, place, "restored", context)


def _begun_by_mistake(task: TaskState, loop: LoopState, context: Context) -> Iterator[Event]:
    """What was met only by beginning goes on."""
    for run in loop.clocks:
        place = rules_of(task, run.from_ms, context).get(run.clock)
        if place is None or run.state != "met" or loop.run(run.clock) is not run:
            continue
        rule = context.loop.clocks[place]
        if "task.started" in rule.stops and not is_done(rule, task):
            yield retimed(run.back, place, "restored", context)


def _rule(run: Run, task: TaskState, context: Context) -> Rule | None:
    """Its rule; where another pack is in force by now, that pack's of the same clock."""
    own = rule_of(run, context)
    if own is not None:
        return own
    place = rules_of(task, run.from_ms, context).get(run.clock)
    return context.loop.clocks[place] if place is not None else None

"""What the keeper finds when it looks at the clocks of an incident."""

from collections.abc import Iterator, Mapping
from typing import Literal

from dutyroom.clocks.escalation import outlook
from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Event
from dutyroom.domain.loops.events import (
    ClockEnded,
    ClockEscalated,
    ClockRetimed,
    ClockWarned,
)
from dutyroom.domain.loops.state import LoopState, Run
from dutyroom.domain.loops.times import look_after, rule_of, times_of
from dutyroom.domain.on_duty import OnDuty
from dutyroom.domain.tasks.state import TaskState

type Because = Literal["urgency", "pack", "restored"]


def look(loop: LoopState, context: Context) -> Iterator[Event]:
    """Warn, escalate and end what has fallen due: each once, however late the keeper comes. What
    goes by the rule of another pack goes by the one in force from now on."""
    for run in loop.running:
        rule = rule_of(run, context)
        if rule is None:
            yield _by_the_pack_in_force(run, context)
        elif run.look_ms is not None and run.look_ms <= context.now_ms:
            yield from _look_at(run, rule, loop, context)


def _look_at(run: Run, rule: Rule, loop: LoopState, context: Context) -> Iterator[Event]:
    if run.due_ms is None:
        return
    if run.due_ms > context.now_ms:
        warned_ms = run.look_ms or context.now_ms
        next_ms = look_after(rule, context.loop, run.due_ms, run.steps, run.pauses)
        yield ClockWarned(run.clock, next_ms, context.now_ms - warned_ms)
    elif rule.expiry == "lapses":
        yield ClockEnded(run.clock, "lapsed")
    else:
        yield from _escalate(run, run.due_ms, rule, loop, context)


def _escalate(
    run: Run, due_ms: int, rule: Rule, loop: LoopState, context: Context
) -> Iterator[Event]:
    """Tell whom the latest step names that has fallen; if nobody of them is on duty, whoever comes
    next. After an outage the steps before it don't all come at once: this one speaks for them."""
    calendar = context.loop.calendar(rule.calendar)
    found = outlook(rule, calendar, due_ms, run.steps, context.now_ms, run.pauses)
    if found.now is None:
        return
    told, passed = _on_duty(rule, found.now.number, loop, context)
    steps = found.now.number + 1 + (len(passed) if told else 0)
    yield ClockEscalated(
        run.clock,
        step=steps,
        role=rule.escalate[min(steps, len(rule.escalate)) - 1].role,
        to=told,
        passed=passed,
        look_ms=look_after(rule, context.loop, due_ms, steps, run.pauses),
        late_ms=context.now_ms - found.now.at_ms,
    )


def _on_duty(
    rule: Rule, step: int, loop: LoopState, context: Context
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is told at a step (counted from 0), and the roles before them of whom nobody is there."""
    passed: list[str] = []
    for one in rule.escalate[min(step, len(rule.escalate) - 1) :]:
        told = context.answer(OnDuty(one.role, loop.org))
        if told:
            return told, tuple(passed)
        passed.append(one.role)
    return (), tuple(passed)


def _by_the_pack_in_force(run: Run, context: Context) -> ClockRetimed | ClockEnded:
    """Another city pack is in force: its rule of this clock counts from now on."""
    rules: Mapping[str, int] = {}
    for one in context.states.values():
        match one:
            case IncidentState():
                rules = context.loop.rules_for(one.category, one.priority, run.from_ms)
            case TaskState():
                rules = context.loop.rules_for_task(one.kind, one.priority, run.from_ms)
    return retimed(run, rules.get(run.clock), "pack", context)


def retimed(
    run: Run, place: int | None, because: Because, context: Context
) -> ClockRetimed | ClockEnded:
    """By the rule at this place, with its pauses and extensions; or, if there is none, its end."""
    if place is None:
        return ClockEnded(run.clock, "pack" if because == "restored" else because)
    rule = context.loop.clocks[place]
    times = times_of(
        rule,
        context.loop,
        run.from_ms,
        run.pauses,
        run.extensions,
        warned=run.warned_ms is not None,
        steps=run.steps,
    )
    still = run.state == "paused"  # even where it would have run out before the pause
    return ClockRetimed(
        run.clock,
        None if still else times.due_ms,
        None if still else times.look_ms,
        rule=place,
        pack=context.pack_hash,
        provisional=times.provisional,
        because=because,
    )

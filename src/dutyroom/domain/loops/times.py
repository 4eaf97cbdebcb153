"""When a clock is due and when the keeper looks at it next, by the rules of the pack."""

from dataclasses import dataclass

from dutyroom.clocks.arithmetic import due
from dutyroom.clocks.escalation import escalation
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Event
from dutyroom.domain.loops.events import ClockMet, ClockStarted
from dutyroom.domain.loops.state import Run


@dataclass(frozen=True, slots=True)
class Times:
    """Of a clock that runs, in ms UTC. `look_ms`: None where nobody need look any more."""

    due_ms: int | None
    look_ms: int | None
    provisional: bool


def times_of(
    rule: Rule,
    loop: Loop,
    from_ms: int,
    pauses: tuple[Pause, ...] = (),
    extensions: int = 0,
    *,
    warned: bool = False,
    steps: int = 0,
) -> Times:
    """Its times by a rule: the keeper looks first for the warning, then at each step after it is
    due."""
    promise = due(rule, loop.calendar(rule.calendar), from_ms, pauses, extensions)
    if promise.due_ms is None:
        return Times(None, None, promise.provisional)
    look_ms = None if warned or steps else promise.warn_ms
    if look_ms is None:
        look_ms = look_after(rule, loop, promise.due_ms, steps, pauses)
    return Times(promise.due_ms, look_ms, promise.provisional)


def look_after(
    rule: Rule, loop: Loop, due_ms: int, steps: int, pauses: tuple[Pause, ...]
) -> int | None:
    """When the keeper looks at a clock after so many steps; None after the last. A clock that
    lapses: when it is due."""
    if rule.expiry == "lapses":
        return due_ms
    step = escalation(rule, loop.calendar(rule.calendar), due_ms, steps, pauses)
    return step.at_ms if step else None


def name_of(event: Event) -> str:
    """The type of an event without its version, as rules name it."""
    return event.TYPE.rpartition(".v")[0]


def started(place: int, from_ms: int, context: Context) -> ClockStarted:
    """A clock begins, by the rule at a place of the pack's list."""
    rule = context.loop.clocks[place]
    times = times_of(rule, context.loop, from_ms)
    return ClockStarted(
        rule.code,
        times.due_ms,
        times.look_ms,
        from_ms=from_ms,
        rule=place,
        pack=context.pack_hash,
        provisional=times.provisional,
    )


def met(run: Run, rule: Rule, context: Context) -> ClockMet:
    """What it waited for has happened: in time, or so late."""
    at_ms, due_ms = context.occurred_at_ms, run.due_ms
    if due_ms is None:  # it stood still: its time is what it would be if it went on now
        pauses = tuple(one.ended(at_ms) for one in run.pauses)
        due_ms = times_of(rule, context.loop, run.from_ms, pauses, run.extensions).due_ms
    return ClockMet(run.clock, max(0, at_ms - due_ms) if due_ms is not None else 0)


def rule_of(run: Run, context: Context) -> Rule | None:
    """The rule that a run goes by, if it is of the pack in force."""
    rules = context.loop.clocks
    if run.pack != context.pack_hash or not 0 <= run.rule < len(rules):
        return None
    return rules[run.rule] if rules[run.rule].code == run.clock else None

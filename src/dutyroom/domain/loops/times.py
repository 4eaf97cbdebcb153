"""When a clock is due and when the keeper looks at it next, by the rules of the pack."""

from dataclasses import dataclass

from dutyroom.clocks.arithmetic import due
from dutyroom.clocks.escalation import escalation
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
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


def rule_of(run: Run, context: Context) -> Rule | None:
    """The rule that a run goes by, if it is of the pack in force."""
    rules = context.loop.clocks
    if run.pack != context.pack_hash or not 0 <= run.rule < len(rules):
        return None
    return rules[run.rule] if rules[run.rule].code == run.clock else None

"""Whom a broken clock tells, and when: its steps, then the last one again and again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dutyroom.clocks.arithmetic import forward
from dutyroom.clocks.calendar import Calendar
from dutyroom.clocks.pauses import Pause
from dutyroom.clocks.rule import Rule


@dataclass(frozen=True, slots=True)
class Escalation:
    """The step of a number, counted from 0 over steps and repeats: whom it tells, and when."""

    number: int
    role: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be done now. ``now``: the one step to tell, however many fell while nobody
    looked; ``passed_over``: how many before it are not told any more. ``next`` lies ahead."""

    now: Escalation | None
    passed_over: int
    next: Escalation | None


def escalation(
    rule: Rule, calendar: Calendar, due_ms: int, number: int, pauses: Iterable[Pause] = ()
) -> Escalation | None:
    """The step of a number after an end; None if there is none, or a pause lasts. It falls in open
    time of the clock's calendar, never before the step that precedes it."""
    if rule.expiry == "lapses" or not rule.escalate:
        return None
    last = len(rule.escalate) - 1
    if number > last and rule.again is None:
        return None
    pauses = tuple(pauses)
    at_ms = due_ms
    for step in rule.escalate[: number + 1]:
        falls = forward(calendar, due_ms, step.after, pauses)
        if falls is None:
            return None
        at_ms = max(at_ms, falls)
    if number > last and rule.again is not None:
        repeated = forward(calendar, at_ms, rule.again.times(number - last), pauses)
        if repeated is None:
            return None
        at_ms = repeated
    return Escalation(number, rule.escalate[min(number, last)].role, at_ms)


def outlook(
    rule: Rule,
    calendar: Calendar,
    due_ms: int,
    told: int,
    now_ms: int,
    pauses: Iterable[Pause] = (),
) -> Outlook:
    """What is to be told now, and what next, where the first ``told`` steps have been told.

    After an outage that is one step, the latest that fell, and the next lies in the future.
    """
    pauses = tuple(pauses)

    def at_ms(number: int) -> int | None:
        step = escalation(rule, calendar, due_ms, number, pauses)
        return step.at_ms if step else None

    low = after_fallen(at_ms, told, now_ms)
    now = escalation(rule, calendar, due_ms, low - 1, pauses) if low > told else None
    return Outlook(now, max(low - 1 - told, 0), escalation(rule, calendar, due_ms, low, pauses))


def after_fallen(at_ms: Callable[[int], int | None], told: int, now_ms: int) -> int:
    """The first step after ``told`` that has not fallen yet, where each falls at ``at_ms``, none
    before the one that precedes it. However many have, few are looked at."""

    def fallen(number: int) -> bool:
        at = at_ms(number)
        return at is not None and at <= now_ms

    low, high = told, told + 1  # steps before `low` have fallen or were told; `high` is tried
    while fallen(high - 1):
        low, high = high, told + 2 * (high - told)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fallen(middle - 1) else (low, middle)
    return low

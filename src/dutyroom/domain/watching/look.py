"""What the keeper finds when it looks at the deadlines of a record."""

from collections.abc import Iterable, Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Ask, Deadline, Tell
from dutyroom.domain.on_duty import OnDuty
from dutyroom.domain.watching.events import DeadlineTold
from dutyroom.domain.watching.steps import fallen, told_of

ANYBODY = ""
"""Of any role."""


def who(deadlines: Iterable[Deadline], org: str) -> Iterator[Ask]:
    """Who may be told of them, where the record lies with an organisation."""
    for deadline in deadlines:
        for step in deadline.tell:
            yield from (OnDuty(role, org) for role in step.roles)
            if step.members:
                yield _anybody(step, org)


def _anybody(step: Tell, org: str) -> OnDuty:
    return OnDuty(ANYBODY, org if step.members_org is None else step.members_org)


def look(
    state: object, deadlines: tuple[Deadline, ...], org: str, context: Context
) -> Iterator[DeadlineTold]:
    """Tell of each deadline whom the latest step names that has fallen, once; where nobody of them
    is on duty, whoever comes next. A record that has ended by itself tells nobody."""
    now_ms = context.now_ms
    if any(one.ends and one.due_ms <= now_ms for one in deadlines):
        return
    for deadline in deadlines:
        found = fallen(deadline, told_of(state, deadline), now_ms)
        if found is None:
            continue
        first = min(found.number, len(deadline.tell) - 1)
        steps = deadline.tell[first:]
        told = [_on_duty(one, org, context) for one in steps]
        at = next((i for i, names in enumerate(told) if names), None)
        over = len(steps) if at is None else at
        yield DeadlineTold(
            deadline.name,
            deadline.due_ms,
            step=found.number + 1 + (at or 0),
            role=steps[at or 0].roles[0],
            to=() if at is None else told[at],
            passed=tuple(dict.fromkeys(role for one in steps[:over] for role in one.roles)),
            late_ms=now_ms - found.at_ms,
        )


def _on_duty(step: Tell, org: str, context: Context) -> tuple[str, ...]:
    """Those whom a step names and who are there."""
    there = (name for role in step.roles for name in context.answer(OnDuty(role, org)))
    anybody = context.answer(_anybody(step, org)) if step.members else ()
    named = (name for name in step.members if name in anybody)
    return tuple(dict.fromkeys((*named, *there)))

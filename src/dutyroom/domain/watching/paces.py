"""Deadlines as the city pack has them told; as their kind declares it where that says nothing."""

from itertools import accumulate

from dutyroom.clocks.loop import Loop
from dutyroom.clocks.telling import Again, Telling, TellStep, falls_ms
from dutyroom.domain.kernel import Deadline, Tell
from dutyroom.domain.replacing import replace


def paced(kind: str, deadlines: tuple[Deadline, ...], loop: Loop) -> tuple[Deadline, ...]:
    """The deadlines of a record of a kind, telling whom the pack says, when it says so."""
    if not loop.tellings:
        return deadlines
    return tuple(_paced(name_of(kind, one), one, deadlines, loop) for one in deadlines)


def name_of(kind: str, deadline: Deadline) -> str:
    """What a pack calls it: the kind of record; one with which the record ends has a name more."""
    return f"{kind}.{deadline.name}" if deadline.ends else kind


def _paced(name: str, deadline: Deadline, all_of_it: tuple[Deadline, ...], loop: Loop) -> Deadline:
    telling = loop.telling(name)
    if telling is None or not deadline.tell:
        return deadline
    ends = any(one.ends and one.due_ms <= deadline.due_ms for one in all_of_it)
    steps = tuple(one for one in telling.steps if one.before or not ends)
    if not steps:  # it tells before its end, or nobody would ever be told
        return deadline
    return replace(
        deadline,
        tell=_tells(steps, telling, deadline, loop),
        again_ms=None,
        again=_again(telling, loop) if not ends else None,
    )


def _tells(
    steps: tuple[TellStep, ...], telling: Telling, deadline: Deadline, loop: Loop
) -> tuple[Tell, ...]:
    """None falls before the one that precedes it."""
    calendar = loop.calendar(telling.calendar)
    own = tuple(dict.fromkeys(name for one in deadline.tell for name in one.members))
    own_org = next((one.members_org for one in deadline.tell if one.members), None)
    fall = accumulate((falls_ms(one, calendar, deadline.due_ms) for one in steps), max)
    return tuple(
        Tell(at_ms - deadline.due_ms, one.roles, *((own, own_org) if one.own else ()))
        for one, at_ms in zip(steps, fall, strict=True)
    )


def _again(telling: Telling, loop: Loop) -> Again | None:
    return Again(telling.again, loop.calendar(telling.calendar)) if telling.again else None

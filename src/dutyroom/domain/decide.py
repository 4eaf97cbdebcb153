"""From a command and a context to events, or to a refusal that says what to do. Pure and total."""

from typing import Final

from dutyroom.domain import refusals
from dutyroom.domain.asking import follow, of_command
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Command, Decision, Emitted

CLOCK_TOLERANCE_MS: Final = 2_000
"""How far the clock of a field device may run ahead before its times are refused."""


def decide(command: Command, context: Context) -> Decision:
    """The events that the command leads to, in the order they happen; or the named refusal. What
    follows for other kinds of record is decided afterwards: `with_following`.

    An empty tuple means that the goal was already reached. Never raises.
    """
    ahead_ms = context.occurred_at_ms - context.now_ms
    if ahead_ms > CLOCK_TOLERANCE_MS and not command.ANY_CLOCK:
        return refusals.time_in_future(context.occurred_at_ms, context.now_ms)
    return of_command(command).decide(command, context)


def with_following(decided: tuple[Emitted, ...], context: Context) -> tuple[Emitted, ...]:
    """What was decided, with what happens to other kinds of record because of it; `asks_more` says
    what must be loaded for that."""
    return (*decided, *follow(decided, context))

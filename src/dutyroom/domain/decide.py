"""From a command and a context to events, or to a refusal that says what to do. Pure and total."""

from typing import Final

from dutyroom.domain import refusals
from dutyroom.domain.asking import follow, of_command
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Command, Decision, Refusal

CLOCK_TOLERANCE_MS: Final = 2_000
"""How far the clock of a field device may run ahead before its times are refused."""


def decide(command: Command, context: Context) -> Decision:
    """The events that the command leads to, in the order they happen; or the named refusal.

    An empty tuple means that the goal was already reached. Never raises.
    """
    ahead_ms = context.occurred_at_ms - context.now_ms
    if ahead_ms > CLOCK_TOLERANCE_MS and not command.ANY_CLOCK:
        return refusals.time_in_future(context.occurred_at_ms, context.now_ms)
    decided = of_command(command).decide(command, context)
    return decided if isinstance(decided, Refusal) else (*decided, *follow(decided, context))

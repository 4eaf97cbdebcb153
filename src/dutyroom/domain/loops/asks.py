"""What a command about clocks needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.loops.commands import LookAtClocks
from dutyroom.domain.loops.decide import LoopCommand
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.on_duty import OnDuty


def asks_of_loop(command: LoopCommand, context: Context) -> Iterator[Ask]:
    """The clocks and their incident or task; for the keeper, who is on duty of each role that may
    be told."""
    yield f"loop:{command.loop}"
    yield f"incident:{command.loop}"
    yield f"task:{command.loop}"
    loop = context.find(LoopState, f"loop:{command.loop}")
    if isinstance(command, LookAtClocks) and loop is not None:
        for rule in context.loop.clocks:
            yield from (OnDuty(step.role, loop.org) for step in rule.escalate)


def asks_to_follow(asked: frozenset[Ask], context: Context) -> Iterator[Ask]:
    """The loop of every incident and task that something is decided about."""
    if not (context.loop.clocks or context.loop.routes):
        return
    for one in asked:
        if isinstance(one, str) and one.startswith(("incident:", "task:")):
            yield f"loop:{one.partition(':')[2]}"


def about_loop(command: LoopCommand, context: Context) -> About:
    """Who is on the incident, and who looks after it."""
    loop = context.find(LoopState, f"loop:{command.loop}")
    incident = context.find(IncidentState, f"incident:{command.loop}")
    units = frozenset(one.unit for one in incident.open_assignments) if incident else frozenset()
    return About(units_on_incident=units, org=loop.org if loop else None)

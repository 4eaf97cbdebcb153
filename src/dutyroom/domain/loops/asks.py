"""What a command about clocks needs to have loaded, and what policy may look at."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import About, Ask, Emitted
from dutyroom.domain.loops.commands import ApproveHandling, LookAtClocks
from dutyroom.domain.loops.decide import LoopCommand
from dutyroom.domain.loops.events import LoopApprovalWithdrawn, LoopApproved
from dutyroom.domain.loops.open_tasks import Decided, asks_of_tasks, decided
from dutyroom.domain.loops.stages import hangs_on_tasks, org_now
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.on_duty import OnDuty


def asks_of_loop(command: LoopCommand, context: Context) -> Iterator[Ask]:
    """The clocks and their incident or task; for the keeper, who is on duty of each role that may
    be told."""
    yield f"loop:{command.loop}"
    yield f"incident:{command.loop}"
    yield f"task:{command.loop}"
    if isinstance(command, ApproveHandling):
        yield from _before_approval(command.loop, context)
    loop = context.find(LoopState, f"loop:{command.loop}")
    if isinstance(command, LookAtClocks) and loop is not None:
        incident = context.find(IncidentState, f"incident:{command.loop}")
        org = org_now(loop, incident, context)
        for rule in context.loop.clocks:
            yield from (OnDuty(step.role, org) for step in rule.escalate)


def asks_to_follow(asked: frozenset[Ask], _context: Context) -> Iterator[Ask]:
    """The loop of every incident and task that something is decided about: also where the pack in
    force has none, since an earlier one may have had."""
    for one in asked:
        if isinstance(one, str) and one.startswith(("incident:", "task:")):
            yield f"loop:{one.partition(':')[2]}"


def _before_approval(id_: UUID, context: Context) -> Iterator[Ask]:
    """The open tasks of an incident that is not approved before they are done."""
    incident = incident_of(id_, context)
    route = context.loop.route_for(incident.category, incident.priority) if incident else None
    if incident is not None and route is not None and route.tasks_before_approval:
        yield from asks_of_tasks(id_, incident, Decided(context))


def asks_more(emitted: tuple[Emitted, ...], context: Context) -> Iterator[Ask]:
    """The open tasks of each incident whose stage may hang on them, after what was decided about
    it, about what is part of it, or about its tasks."""
    if not context.loop.looks_at_tasks:
        return
    after = decided(emitted, context)
    for task in after.moved:
        yield from (f"incident:{one}" for one in after.above(after.tasks[task].incident))
    concerned = after.concerned()
    yield from (f"loop:{id_}" for id_ in concerned)
    approved = (
        UUID(one.stream.partition(":")[2])
        for one in emitted
        if isinstance(one.event, LoopApproved | LoopApprovalWithdrawn)
    )
    for id_ in dict.fromkeys((*after.incidents, *concerned, *approved)):
        yield from _of_incident(id_, after, context)


def _of_incident(id_: UUID, after: Decided, context: Context) -> Iterable[Ask]:
    incident = after.incident(id_)
    way = after.incidents.get(id_, (incident,))
    if incident is None or not any(one and hangs_on_tasks(one, context) for one in way):
        return ()
    return asks_of_tasks(id_, incident, after)


def about_loop(command: LoopCommand, context: Context) -> About:
    """Who is on the incident, and who looks after it."""
    loop = context.find(LoopState, f"loop:{command.loop}")
    incident = context.find(IncidentState, f"incident:{command.loop}")
    units = frozenset(one.unit for one in incident.open_assignments) if incident else frozenset()
    return About(units_on_incident=units, org=loop.org if loop else None)

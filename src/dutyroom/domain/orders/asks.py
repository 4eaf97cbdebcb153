"""What a command about a supervision order needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.orders.commands import GiveOrder, RestoreOrder, UndoAcceptance
from dutyroom.domain.orders.decide import OrderCommand
from dutyroom.domain.orders.state import OrderState
from dutyroom.domain.tasks.state import TaskState


def asks_of_order(command: OrderCommand, context: Context) -> Iterator[Ask]:
    """The order; its incident with what that was merged into, and its task, where they count."""
    stream = f"supervision_order:{command.supervision_order}"
    yield stream
    if isinstance(command, GiveOrder):
        yield f"incident:{command.incident}"
        if command.task is not None:
            yield f"task:{command.task}"
            task = context.find(TaskState, f"task:{command.task}")
            yield from _upwards(task.incident, context) if task else ()
    state = context.find(OrderState, stream)
    if state is not None and isinstance(command, UndoAcceptance | RestoreOrder):
        yield from _upwards(state.incident, context)


def _upwards(id_: UUID, context: Context) -> Iterator[Ask]:
    """An incident and the chain of those that it was merged into."""
    seen: set[UUID] = set()
    upwards: UUID | None = id_
    while upwards is not None and upwards not in seen:
        seen.add(upwards)
        yield f"incident:{upwards}"
        found = incident_of(upwards, context)
        upwards = found.merged_into if found else None


def about_order(command: OrderCommand, context: Context) -> About:
    """Who owes the answer; of one that is being given, who is to, and who looks after the
    incident: to have an order is to read its incident."""
    state = context.find(OrderState, f"supervision_order:{command.supervision_order}")
    if state is not None:
        return About(org=state.org)
    if not isinstance(command, GiveOrder):
        return About()
    incident = incident_of(command.incident, context)
    after = context.codes.org_of_zone.get(incident.zone, "") if incident else None
    return About(org=command.org, org_too=after)

"""What a command about a supervision order needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from typing import Final

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of, upwards_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.orders.commands import (
    AcknowledgeOrder,
    AnswerOrder,
    GiveOrder,
    RestoreOrder,
    TakeAnswerBack,
    UndoAcceptance,
    UndoAcknowledgement,
)
from dutyroom.domain.orders.decide import OrderCommand
from dutyroom.domain.orders.state import OrderState
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.state import TaskState

_OWED: Final = (AcknowledgeOrder, UndoAcknowledgement, AnswerOrder, TakeAnswerBack)
"""What is done by who owes the answer."""


def asks_of_order(command: OrderCommand, context: Context) -> Iterator[Ask]:
    """The order; its incident with what that was merged into, and its task, where they count."""
    stream = f"supervision_order:{command.supervision_order}"
    yield stream
    if isinstance(command, GiveOrder):
        yield f"incident:{command.incident}"
        if command.owner:
            yield WorksFor(command.owner)
        if command.task is not None:
            yield f"task:{command.task}"
            task = context.find(TaskState, f"task:{command.task}")
            yield from upwards_of(task.incident, context) if task else ()
    state = context.find(OrderState, stream)
    if state is not None and isinstance(command, UndoAcceptance | RestoreOrder):
        yield from upwards_of(state.incident, context)
        if state.owner:
            yield WorksFor(state.owner)


def about_order(command: OrderCommand, context: Context) -> About:
    """Who owes the answer, and whether it was given to who asks; to judge it is about who gave it,
    too. Of one that is being given, who is to answer, and who looks after the incident: to have an
    order is to read its incident."""
    state = context.find(OrderState, f"supervision_order:{command.supervision_order}")
    if state is not None:
        if isinstance(command, _OWED):
            own = state.is_with(context.actor.id, context.actor.org)
            return About(org=state.org, own=own)
        return About(org=state.org, org_too=state.from_org)
    if not isinstance(command, GiveOrder):
        return About()
    incident = incident_of(command.incident, context)
    after = looked_after_by(incident, context.codes, context.loop) if incident else None
    return About(org=command.org, org_too=after)

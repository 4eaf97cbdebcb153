"""What a command about a task needs to have loaded, and what policy may look at."""

from collections.abc import Iterator
from typing import Final

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of, upwards_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.orgs import common
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    ChangeDue,
    JoinTask,
    OfferTask,
    ReassignTask,
    SplitTask,
    StartTask,
    SubmitTask,
    UndoApproval,
    UndoJoin,
    UndoReturn,
    WithdrawTask,
)
from dutyroom.domain.tasks.decide import TaskCommand
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.state import TaskState

_OF_INCIDENT: Final = (ReassignTask, UndoApproval, SplitTask, JoinTask, UndoJoin)
"""What is about the whole incident, too."""
_AT_THE_STATION: Final = (AcceptTask, StartTask, SubmitTask, ApproveTask, UndoReturn)
"""What a station doesn't do where the incident is a complaint about its officers."""


def asks_of_task(command: TaskCommand, context: Context) -> Iterator[Ask]:
    """The task and its incident, with what that was merged into; who is to own it."""
    yield f"task:{command.task}"
    if isinstance(command, OfferTask):
        yield f"incident:{command.incident}"
    if isinstance(command, OfferTask | ReassignTask) and command.owner:
        yield WorksFor(command.owner)
    if isinstance(command, SplitTask):
        yield from (f"task:{one.task}" for one in command.parts)
        yield from (WorksFor(one.owner) for one in command.parts if one.owner)
    if isinstance(command, JoinTask):
        into = context.find(TaskState, f"task:{command.into}")
        yield f"task:{command.into}"
        if into is not None:
            yield from upwards_of(into.incident, context)
    state = context.find(TaskState, f"task:{command.task}")
    if state is not None and isinstance(command, UndoJoin) and state.joined_into:
        yield f"task:{state.joined_into}"
    if state is not None and isinstance(command, WithdrawTask):
        for one in state.joined:
            yield f"task:{one}"
            joined = context.find(TaskState, f"task:{one}")
            if joined is not None and joined.owner:
                yield WorksFor(joined.owner)
    if state is not None and isinstance(command, UndoApproval | UndoJoin) and state.owner:
        yield WorksFor(state.owner)
    complaints = context.loop.complaints
    if state is not None and isinstance(command, _AT_THE_STATION) and complaints:
        yield f"incident:{state.incident}"
    if state is not None and isinstance(command, _OF_INCIDENT):
        yield from upwards_of(state.incident, context)


def about_task(command: TaskCommand, context: Context) -> About:
    """With which organisation it lies; of one that is being offered, whom it is offered to, and who
    looks after the incident: to have a task is to read its incident. What hands it on is also about
    whom it goes to, and taking it back about who offered it first; a return is undone
    by who had it."""
    state = context.find(TaskState, f"task:{command.task}")
    if state is None:
        if not isinstance(command, OfferTask):
            return About()
        incident = incident_of(command.incident, context)
        after = looked_after_by(incident, context.codes, context.loop) if incident else None
        return About(org=command.org, org_too=after)
    match command:
        case UndoReturn() if state.returned_from is not None:
            return About(org=state.returned_from.org)
        case ReassignTask(_, org):
            return About(org=state.org, org_too=org)
        case SplitTask(_, parts):
            return About(org=state.org, org_too=common(one.org for one in parts))
        case JoinTask(_, other):
            into = context.find(TaskState, f"task:{other}")
            return About(org=state.org, org_too=into.org if into else state.org)
        case WithdrawTask() | ChangeDue():
            return About(org=state.org, org_too=state.first_org)
    return About(org=state.org)

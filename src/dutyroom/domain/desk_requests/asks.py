"""What a command about a request needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AddDeskNote,
    AskDesk,
    AskDeskAgain,
    FinishDeskRequest,
    ReleaseDeskRequest,
    ReturnDeskRequest,
    StartDeskRequest,
    UndoDeskConfirmation,
    UndoDeskReturn,
)
from dutyroom.domain.desk_requests.decide import DeskRequestCommand
from dutyroom.domain.desk_requests.known import DeskLoad, WorksAtDesk
from dutyroom.domain.desk_requests.state import DeskRequestState
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of, upwards_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.state import TaskState

_AT_THE_DESK = (
    AcceptDeskRequest,
    ReleaseDeskRequest,
    ReturnDeskRequest,
    UndoDeskReturn,
    StartDeskRequest,
    FinishDeskRequest,
)


def asks_of_desk_request(command: DeskRequestCommand, context: Context) -> Iterator[Ask]:
    """The request and its incident, with what that was merged into; how busy the desk is."""
    yield f"desk_request:{command.desk_request}"
    if isinstance(command, AskDesk):
        yield DeskLoad(command.desk)
        yield from upwards_of(command.incident, context)
        if command.task is not None:
            yield f"task:{command.task}"
            task = context.find(TaskState, f"task:{command.task}")
            yield from upwards_of(task.incident, context) if task else ()
    state = context.find(DeskRequestState, f"desk_request:{command.desk_request}")
    if state is None:
        return
    if isinstance(command, AskDeskAgain):
        yield DeskLoad(state.desk)
    if isinstance(command, UndoDeskConfirmation) and state.owner:
        yield WorksAtDesk(state.owner)
    if isinstance(command, AskDeskAgain | UndoDeskConfirmation):
        yield from upwards_of(state.incident, context)


def about_desk_request(command: DeskRequestCommand, context: Context) -> About:
    """What the desk does is about the desk's organisation, what is asked of it about that of who
    asks; a note may come from both. What is only being asked is about who looks after the
    incident, or who has the task that it is for: to ask about it is to read it."""
    state = context.find(DeskRequestState, f"desk_request:{command.desk_request}")
    if state is None:
        return About(org=_asked_about(command, context) if isinstance(command, AskDesk) else None)
    if isinstance(command, AddDeskNote) and within(state.org, context.actor.org):
        return About(org=state.org)
    return About(org=state.org if isinstance(command, _AT_THE_DESK) else state.from_org)


def _asked_about(command: AskDesk, context: Context) -> str | None:
    if command.task is not None:
        task = context.find(TaskState, f"task:{command.task}")
        return task.org if task else None
    incident = incident_of(command.incident, context)
    return looked_after_by(incident, context.codes, context.loop) if incident else None

"""A station is handed over: what is late there is read back, and each item has an owner."""

from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.orgs import within
from dutyroom.domain.station_handovers import refusals
from dutyroom.domain.station_handovers.commands import (
    CancelStationHandover,
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.station_handovers.events import (
    StationHandoverCancelled,
    StationHandoverCompleted,
    StationHandoverStarted,
    StationHandoverTaken,
    StationItemConfirmed,
)
from dutyroom.domain.station_handovers.items import HandedItem
from dutyroom.domain.station_handovers.known import CommandOffice, DueItems, OpenStationHandover
from dutyroom.domain.station_handovers.state import StationHandoverState
from dutyroom.domain.station_handovers.table import STATION_HANDOVER
from dutyroom.domain.tasks import refusals as task_refusals
from dutyroom.domain.tasks.commands import ReassignTask
from dutyroom.domain.tasks.decide import decide_task
from dutyroom.domain.tasks.events import TaskAccepted
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.state import TaskState

type StationHandoverCommand = (
    StartStationHandover
    | TakeStationHandover
    | ConfirmStationItem
    | CompleteStationHandover
    | CancelStationHandover
)


def decide_station_handover(command: StationHandoverCommand, context: Context) -> Decision:
    """Decide a command about the handover of one station."""
    stream = f"station_handover:{command.station_handover}"
    state = context.find(StationHandoverState, stream)
    cell = STATION_HANDOVER[state.phase if state else "none", command.VERB]
    if cell == DONE:
        return ()
    if isinstance(command, StartStationHandover) and cell == GO:
        return _start(stream, command, context)
    if state is None:
        return refusals.unknown_station_handover(command.station_handover)
    if cell != GO:
        return refusals.station_handover_is_over(
            command.station_handover, state.phase, state.ended_by
        )
    match command:
        case TakeStationHandover(_, instead_of):
            return _take(stream, instead_of, state, context)
        case ConfirmStationItem() | CompleteStationHandover() if context.actor.id != state.to:
            return refusals.not_taking_over(command.station_handover, state.to)
        case ConfirmStationItem():
            return _confirm(stream, command, state, context)
        case CompleteStationHandover():
            return _complete(stream, command.station_handover, state, context)
    return (Emitted(stream, StationHandoverCancelled(context.actor.id)),)


def _start(stream: str, command: StartStationHandover, context: Context) -> Decision:
    by, org, to = context.actor.id, command.org, command.to
    if org not in context.codes.orgs:
        return refusals.unknown_station(org)
    under_way = context.answer(OpenStationHandover(org))
    other = context.find(StationHandoverState, f"station_handover:{under_way}")
    if other is not None:
        return refusals.station_handover_runs(org, other.by, other.to)
    if to == by:
        return refusals.station_handed_to_oneself()
    office = context.answer(CommandOffice(org))
    if to and office is not None and to not in office:
        return refusals.not_of_command_office(to, [one for one in office if one != by])
    items = context.answer(DueItems(org))
    return (Emitted(stream, StationHandoverStarted(by, org, to, items)),)


def _take(stream: str, instead_of: str, state: StationHandoverState, context: Context) -> Decision:
    """Of two who take it at once, the second one hears who was first."""
    by = context.actor.id
    if by == state.to:
        return ()
    if by == state.by:
        return refusals.station_handed_to_oneself()
    if instead_of != state.to:
        return refusals.station_handover_is_with(state.to)
    return (Emitted(stream, StationHandoverTaken(by, state.to)),)


def _confirm(
    stream: str, command: ConfirmStationItem, state: StationHandoverState, context: Context
) -> Decision:
    """What was settled meanwhile needs nobody any more."""
    kind, item, owner = command.kind, command.item, command.owner
    due = _find(context.answer(DueItems(state.org)), kind, item)
    if due is None:
        listed = _find(state.items, kind, item)
        return () if listed else refusals.unknown_station_item(kind, item)
    if not owner:
        return refusals.station_item_needs_owner(due.number)
    passed = _passed_on(command, state, context) if kind == "task" else ()
    if kind != "task" and not _works_here(owner, state.org, context):
        name = context.codes.org(state.org)
        return task_refusals.owner_not_of_organisation(owner, state.org, name)
    if isinstance(passed, Refusal):
        return passed
    if not passed and state.owner_of(kind, item) == owner:
        return ()
    confirmed = StationItemConfirmed(context.actor.id, kind, item, owner)
    return (Emitted(stream, confirmed), *passed)


def _find(items: tuple[HandedItem, ...], kind: str, item: UUID) -> HandedItem | None:
    return next((one for one in items if (one.kind, one.id) == (kind, item)), None)


def _works_here(owner: str, org: str, context: Context) -> bool:
    works_for = context.answer(WorksFor(owner))
    return owner == context.actor.id or (works_for is not None and within(org, works_for))


def passing_on(
    command: ConfirmStationItem, state: StationHandoverState, task: TaskState | None
) -> ReassignTask:
    """The task goes to its new owner, in the team that it lies with."""
    return ReassignTask(command.item, state.org, task.team if task else "", command.owner)


def _passed_on(
    command: ConfirmStationItem, state: StationHandoverState, context: Context
) -> Decision:
    """Nothing where its owner keeps it. Who takes it themselves has accepted it by that."""
    stream, by = f"task:{command.item}", context.actor.id
    task = context.find(TaskState, stream)
    if task is None or task.owner == command.owner:
        return ()
    passed = decide_task(passing_on(command, state, task), context)
    if isinstance(passed, Refusal) or command.owner != by:
        return passed
    return (*passed, Emitted(stream, TaskAccepted(by)))


def _complete(stream: str, id_: UUID, state: StationHandoverState, context: Context) -> Decision:
    """What is late now must have a confirmed owner, also what became late since the start; one who
    has left since doesn't count. A task says itself whose it is, and is released by who leaves."""
    late = (one for one in context.answer(DueItems(state.org)) if one.late)
    left = [
        one
        for one in late
        if not state.settles(one)
        or (
            one.kind != "task"
            and not _works_here(state.owner_of(one.kind, one.id) or "", state.org, context)
        )
    ]
    if left:
        numbers = list(dict.fromkeys(one.number for one in left))
        return refusals.station_handover_incomplete(id_, len(left), numbers)
    return (Emitted(stream, StationHandoverCompleted(context.actor.id)),)

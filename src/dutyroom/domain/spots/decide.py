"""Taking a place on: an incident of its own, with a task of prevention, in one step."""

from dataclasses import replace
from typing import Final

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.incidents.decide import decide_open
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.spots import refusals
from dutyroom.domain.spots.commands import DropSpot, TakeOnSpot
from dutyroom.domain.spots.events import SpotDropped, SpotTakenOn
from dutyroom.domain.spots.known import Public, PublicPlaceOf, SpotOf
from dutyroom.domain.spots.state import SpotState
from dutyroom.domain.spots.table import SPOT
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.tasks.events import TaskWithdrawn
from dutyroom.domain.tasks.passing import decide_offer
from dutyroom.domain.tasks.refusals import task_exists
from dutyroom.domain.tasks.state import TaskState

type SpotCommand = TakeOnSpot | DropSpot

WINDOWS: Final = 3
"""So many windows long it is counted what has happened since."""
_DAY_MS: Final = 86_400_000


def decide_spot(command: SpotCommand, context: Context) -> Decision:
    """Decide a command about one spot."""
    state = context.find(SpotState, f"spot:{command.spot}")
    phase = state.phase_at(context.occurred_at_ms) if state else "none"
    cell = SPOT[phase, command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(command, cell)
    match command:
        case TakeOnSpot():
            return _take_on(command, context)
        case DropSpot():
            assert state is not None
            return _drop(command, state, context)


def _refused(command: SpotCommand, cell: str) -> Refusal:
    match cell:
        case "SpotExists":
            return refusals.spot_exists(command.spot)
        case "SpotIsOver":
            return refusals.spot_is_over(command.spot)
    return refusals.unknown_spot(command.spot)


def _take_on(command: TakeOnSpot, context: Context) -> Decision:
    if not context.codes.repeat_kinds.get(command.kind):
        return shared_refusals.unknown_code("kind", command.kind)
    found = context.answer(PublicPlaceOf(command.place))
    if found is None:
        return refusals.no_public_place(command.place)
    before = context.answer(SpotOf(command.place, command.kind))
    if before is not None:
        return refusals.place_taken_on(before, command.place)
    if (task := context.find(TaskState, f"task:{command.task}")) is not None:
        return task_exists(command.task, task.phase)
    opened = _open(command, found, context)
    if isinstance(opened, Refusal):
        return opened
    incident = _folded(opened, context)
    offered = _offer(command, incident, context)
    if isinstance(offered, Refusal):
        return offered
    days = context.loop.repeats.window_days
    taken = SpotTakenOn(
        by=context.actor.id,
        place=command.place,
        zone=found.zone,
        kind=command.kind,
        incident=command.incident,
        number=incident.number,
        task=command.task,
        org=command.org,
        window_days=days,
        until_ms=context.occurred_at_ms + WINDOWS * days * _DAY_MS,
    )
    return (*opened, *offered, Emitted(f"spot:{command.spot}", taken))


def _open(command: TakeOnSpot, found: Public, context: Context) -> Decision:
    """What is done about the place is an incident of the first category, the least urgent."""
    category = context.codes.repeat_kinds[command.kind][0]
    priority = max(context.codes.priorities)
    return decide_open(
        OpenIncident(command.incident, category, priority, found.place, "order"), context
    )


def _folded(opened: tuple[Emitted, ...], context: Context) -> IncidentState:
    state: IncidentState | None = None
    for one in opened:
        state = evolve_incident(state, one.event, context.occurred_at_ms)
    assert state is not None
    return state


def _offer(command: TakeOnSpot, incident: IncidentState, context: Context) -> Decision:
    stream = f"incident:{command.incident}"
    offer = OfferTask(
        command.task,
        command.incident,
        "prevent",
        command.org,
        command.text,
        command.team,
        priority=incident.priority,
        due_ms=command.due_ms,
    )
    return decide_offer(offer, replace(context, states={**context.states, stream: incident}))


def _drop(command: DropSpot, state: SpotState, context: Context) -> Decision:
    by = context.actor.id
    dropped = Emitted(f"spot:{command.spot}", SpotDropped(by))
    task = context.find(TaskState, f"task:{state.taken.task}")
    if task is None or task.phase not in ("offered", "returned"):
        return (dropped,)
    return (dropped, Emitted(f"task:{state.taken.task}", TaskWithdrawn(by)))

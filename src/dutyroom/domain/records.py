"""Which records a command asks to be loaded before it can be decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain import commands as c
from dutyroom.domain.context import Context
from dutyroom.domain.crews import person_key


@dataclass(frozen=True, slots=True)
class Records:
    """Ids of records. Some may not exist: then they are left out of the context.

    For `calls` also their links, for `units` also their commitments are to be loaded.
    `people` are asked for by `crews.person_key`: on which units they are.
    `open_incidents`: the ids of all open incidents are asked for; `receivers`: the members who may
    take the desk.
    """

    calls: frozenset[UUID] = frozenset()
    incidents: frozenset[UUID] = frozenset()
    units: frozenset[str] = frozenset()
    handovers: frozenset[UUID] = frozenset()
    people: frozenset[str] = frozenset()
    open_incidents: bool = False
    receivers: bool = False


def needs(command: c.Command, context: Context | None = None) -> Records:
    """The records that the command is about.

    Some are only known from others (the calls of the incident that is to be closed, the incident
    that a reassigned unit came from): call again with the context loaded so far, until nothing new
    is named. Ids that were asked for are named again.
    """
    return Records(
        calls=frozenset(_calls(command, context)),
        incidents=frozenset(_incidents(command, context)),
        units=frozenset(_units(command, context)),
        handovers=frozenset(
            {command.handover}
            if isinstance(
                command,
                c.StartHandover | c.ConfirmIncident | c.CompleteHandover | c.CancelHandover,
            )
            else ()
        ),
        people=frozenset(map(person_key, command.crew) if isinstance(command, c.SignOn) else ()),
        open_incidents=isinstance(command, c.StartHandover | c.CompleteHandover),
        receivers=isinstance(command, c.StartHandover),
    )


def _calls(command: c.Command, context: Context | None) -> Iterator[UUID]:
    call: UUID | None = getattr(command, "call", None)
    if call is not None:
        yield call
    if isinstance(command, c.CloseIncident) and context is not None:
        for incident in _incidents(command, context):
            if state := context.incidents.get(incident):
                yield from state.calls


def _incidents(command: c.Command, context: Context | None) -> Iterator[UUID]:
    for name in ("incident", "into", "to_incident"):
        id_: UUID | None = getattr(command, name, None)
        if id_ is not None:
            yield id_
    if context is None:
        return
    match command:
        case c.OpenIncident(call=call) | c.LinkCall(call=call) if call and call in context.links:
            yield context.links[call]
        case c.SplitIncident(incident):
            state = context.incidents.get(incident)
            if state is not None and state.merged_into is not None:
                yield state.merged_into
        case c.CloseIncident(incident):
            yield from _absorbed(incident, context)
        case c.UndoReassign(incident, assignment):
            state = context.incidents.get(incident)
            moved = state.assignment(assignment) if state else None
            if moved is not None and moved.moved_from is not None:
                yield moved.moved_from.incident


def _absorbed(incident: UUID, context: Context) -> Iterator[UUID]:
    seen: set[UUID] = set()
    waiting = [incident]
    while waiting:
        state = context.incidents.get(waiting.pop())
        for id_ in state.absorbed if state else ():
            if id_ not in seen:
                seen.add(id_)
                waiting.append(id_)
                yield id_


def _units(command: c.Command, context: Context | None) -> Iterator[str]:
    unit: str = getattr(command, "unit", "")
    if unit:
        yield unit
    if isinstance(command, c.SignOn) and context is not None:
        for units in context.aboard.values():
            yield from units
    if isinstance(command, c.Dispatch):
        yield from (send.unit for send in command.units)
    if isinstance(command, c.Reassign | c.UndoReassign) and context is not None:
        state = context.incidents.get(command.incident)
        moving = state.assignment(command.assignment) if state else None
        if moving is not None:
            yield moving.unit

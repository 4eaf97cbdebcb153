"""Closing an incident, step by step or in one: what is still missing, counted over all that is
part of it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from uuid import UUID

from dutyroom.clocks.loop import Loop
from dutyroom.domain.calls.known import call_of
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.checks import check_not_before
from dutyroom.domain.incidents.commands import CloseIncident, ConcludeIncident
from dutyroom.domain.incidents.events import (
    AssignmentCleared,
    IncidentClosed,
    IncidentDispositionSet,
)
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.known import (
    Approved,
    OpenWork,
    Work,
    incident_of,
)
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import Decision, Emitted, Event, Refusal

_AT_WORK: Final = ("on_scene", "transporting", "at_facility")
"""Who has set out and isn't there yet is cleared or cancelled by hand."""


def decide_close(command: CloseIncident, state: IncidentState, context: Context) -> Decision:
    """Close it, or say all that is missing."""
    missing = missing_for_close(
        command.incident,
        state,
        partial(incident_of, context=context),
        partial(call_of, context=context),
        lambda id_: context.answer(OpenWork(id_)),
        unapproved=needs_approval(whole_of(state, context), context.loop)
        and not context.answer(Approved(command.incident)),
    )
    if missing:
        return refusals.incident_not_ready(command.incident, missing)
    early = check_not_before(state, context)
    stream = f"incident:{command.incident}"
    return early or (Emitted(stream, IncidentClosed(state.disposition)),)


def decide_conclude(command: ConcludeIncident, state: IncidentState, context: Context) -> Decision:
    """Take all steps of a light matter at once, or say what is missing for that."""
    route = context.loop.route_for(state.category, state.priority)
    if route is None or route.light is None:
        return refusals.not_a_light_matter(command.incident, state.number)
    stream = f"incident:{command.incident}"
    steps: list[Event] = [
        AssignmentCleared(one.id, one.unit, route.light.clear_reason)
        for one in state.open_assignments
        if one.state in _AT_WORK
    ]
    if not state.disposition:
        steps.append(IncidentDispositionSet(route.light.disposition))
    after = state
    for step in steps:
        after = evolve_incident(after, step, context.occurred_at_ms) or after
    closed = decide_close(CloseIncident(command.incident), after, context)
    if isinstance(closed, Refusal):
        return closed
    early = check_not_before(state, context)
    return early or (*(Emitted(stream, step) for step in steps), *closed)


def whole_of(state: IncidentState, context: Context) -> Iterable[IncidentState]:
    """An incident and all that was merged into it."""
    return (state, *(part for _, part in parts_of(state, partial(incident_of, context=context))))


def needs_approval(whole: Iterable[IncidentState], loop: Loop) -> bool:
    """Whether the route of an incident, or of a part of it, has it closed only after an
    approval."""
    routes = (loop.route_for(one.category, one.priority) for one in whole)
    return any(route is not None and route.needs_approval for route in routes)


def missing_for_close(
    id_: UUID,
    state: IncidentState,
    incident: Callable[[UUID], IncidentState | None],
    call: Callable[[UUID], CallState | None],
    work: Callable[[UUID], Iterable[Work]],
    *,
    unapproved: bool = False,
) -> tuple[dict[str, object], ...]:
    """What closing still lacks, as JSON objects with `what`:

    `disposition`; `assignment` (still open: assignment, unit, state); `clear_reason` (assignment,
    unit); `call` (still ringing or claimed: call, state); the kind of a record that keeps it open,
    such as `task` (its id by that name, state); `approval`. What absorbed incidents have of these
    counts too. `incident` and `call` give states; a call that isn't known is missing, with state
    `unknown`. `work` gives what is open of one incident.
    `unapproved`: it wants an approval that it doesn't have.
    """
    missing: list[dict[str, object]] = []
    if not state.disposition:
        missing.append({"what": "disposition"})
    for one in state.assignments:
        whose: dict[str, object] = {"assignment": str(one.id), "unit": one.unit}
        if one.open_state is not None:
            missing.append({"what": "assignment", **whose, "state": one.state})
        elif one.state == "cleared" and not one.reason:
            missing.append({"what": "clear_reason", **whose})
    whole = {id_: state, **dict(parts_of(state, incident))}
    for one_call in dict.fromkeys(call for part in whole.values() for call in part.calls):
        known = call(one_call)
        phase = known.state if known else "unknown"
        if phase in ("ringing", "claimed", "unknown"):
            missing.append({"what": "call", "call": str(one_call), "state": phase})
    missing += (
        {"what": one.kind, one.kind: str(one.id), "state": one.state}
        for part in whole
        for one in work(part)
    )
    if unapproved:
        missing.append({"what": "approval"})
    return tuple(missing)

"""Calls that report an incident: linked, with what the caller says, and taken off again."""

from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.calls import refusals as call_refusals
from dutyroom.domain.calls.decide import check_call
from dutyroom.domain.calls.known import IncidentOf, call_of
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Codes, Context
from dutyroom.domain.incidents.answering import check_answer, demanded_by
from dutyroom.domain.incidents.checks import check_incident
from dutyroom.domain.incidents.commands import LinkCall, UnlinkCall
from dutyroom.domain.incidents.events import (
    IncidentCallLinked,
    IncidentCallUnlinked,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.values import Urgency


def link(incident: UUID, call: UUID, context: Context) -> tuple[Emitted, ...] | Refusal:
    """Link a call, taking it off the incident it was linked to."""
    before = context.answer(IncidentOf(call))
    if before == incident:
        return ()
    state = check_call(call, "<link>", context)
    if not isinstance(state, CallState):
        return state
    linked = Emitted(f"incident:{incident}", IncidentCallLinked(call))
    if before is None:
        return (linked,)
    if incident_of(before, context) is not None:
        loser = check_incident(before, "<lose call>", context)
        if isinstance(loser, Refusal):
            return loser
    return (Emitted(f"incident:{before}", IncidentCallUnlinked(call)), linked)


def decide_link(command: LinkCall, state: IncidentState, context: Context) -> Decision:
    """Link a call, and keep what it reports or brought to the incident it was linked to before."""
    if wrong := _check_reported(command, context.codes):
        return wrong
    linked = link(command.incident, command.call, context)
    if isinstance(linked, Refusal) or not linked:
        return linked
    reported = _reported(command, state, context)
    parts = (*((reported,) if reported else ()), *_brought(command.call, context))
    if not parts:
        return linked
    most = min(part.priority for part in parts)
    kept = IncidentUrgencyKept(command.call, "call", most, parts)
    return (*linked, Emitted(f"incident:{command.incident}", kept))


def _brought(call: UUID, context: Context) -> tuple[Urgency, ...]:
    """What the call brought to the incident that it was linked to before."""
    linked = context.answer(IncidentOf(call))
    before = incident_of(linked, context) if linked else None
    inherited = before.inherited if before else ()
    return tuple(part for one in inherited if one.source == call for part in one.parts)


def _check_reported(command: LinkCall, codes: Codes) -> Refusal | None:
    if command.priority is not None and command.priority not in codes.priorities:
        return shared_refusals.unknown_code("priority", command.priority)
    if not command.category:
        return shared_refusals.unknown_code("category", "") if command.answers else None
    if command.category not in codes.categories:
        return shared_refusals.unknown_code("category", command.category)
    for prompt, answer in command.answers:
        if wrong := check_answer(codes, command.category, prompt, answer):
            return wrong
    return None


def _reported(command: LinkCall, state: IncidentState, context: Context) -> Urgency | None:
    """What the caller reports, if it asks for more than the incident has already."""
    if command.priority is None and not command.category:
        return None
    category = command.category or state.category
    priority = command.priority or context.codes.categories[category]
    for prompt, answer in command.answers:
        priority = min(priority, demanded_by(category, prompt, answer, context) or priority)
    answers = tuple(dict(command.answers).items())
    if category == state.category and priority >= state.priority and not answers:
        return None
    # Its promise counts from the call: the caller has waited since then.
    call = call_of(command.call, context)
    from_ms = call.received_at_ms if call else context.occurred_at_ms
    return Urgency(category, priority, answers, (), from_ms, "pending", ())


def decide_unlink(
    stream: str, command: UnlinkCall, state: IncidentState, context: Context
) -> Decision:
    if command.call not in state.calls:
        there = call_of(command.call, context) is not None
        return () if there else call_refusals.unknown_call(command.call)
    call = check_call(command.call, "<unlink>", context)
    if not isinstance(call, CallState):
        return call
    return (Emitted(stream, IncidentCallUnlinked(command.call)),)

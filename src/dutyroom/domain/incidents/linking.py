"""Calls of an incident: linked, with what the caller says, and taken off again."""

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
    IncidentChased,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.values import Urgency


def link(incident: UUID, call: UUID, context: Context) -> tuple[Emitted, ...] | Refusal:
    """Link a call that reports, taking it off the incident it was linked to. One that was linked as
    a chase reports from now on."""
    known = incident_of(incident, context)
    is_chase = known is not None and known.is_chase(call)
    if context.answer(IncidentOf(call)) == incident and not is_chase:
        return ()
    return join(incident, IncidentCallLinked(call), context)


def join(
    incident: UUID, event: IncidentCallLinked | IncidentChased, context: Context
) -> tuple[Emitted, ...] | Refusal:
    """Make a call one of an incident's, taking it off the one that it was linked to."""
    before = context.answer(IncidentOf(event.call))
    state = check_call(event.call, "<link>", context)
    if not isinstance(state, CallState):
        return state
    joined = Emitted(f"incident:{incident}", event)
    if before is None:
        return (joined,)
    if before != incident and incident_of(before, context) is not None:
        loser = check_incident(before, "<lose call>", context)
        if isinstance(loser, Refusal):
            return loser
    return (Emitted(f"incident:{before}", IncidentCallUnlinked(event.call)), joined)


def decide_link(command: LinkCall, state: IncidentState, context: Context) -> Decision:
    """Link a call, and keep what it reports or brought to the incident it was linked to before."""
    if wrong := _check_reported(command, context.codes):
        return wrong
    linked = link(command.incident, command.call, context)
    if isinstance(linked, Refusal) or not linked:
        return linked
    reported = _reported(command, state, context)
    return (*linked, *keep_what_it_says(command.incident, command.call, reported, context))


def keep_what_it_says(
    incident: UUID, call: UUID, reported: Urgency | None, context: Context
) -> tuple[Emitted, ...]:
    """What a call that joins an incident reports, and what it brought from another."""
    parts = (*((reported,) if reported else ()), *_brought(call, context))
    if not parts:
        return ()
    most = min(part.priority for part in parts)
    kept = IncidentUrgencyKept(call, "call", most, parts)
    return (Emitted(f"incident:{incident}", kept),)


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


def decide_unlink(command: UnlinkCall, context: Context) -> Decision:
    """Take a call off: one that chases also off a closed incident, since that is chased closed."""
    known = incident_of(command.incident, context)
    is_chase = known is not None and known.is_chase(command.call)
    verb = "<take chase back>" if is_chase else command.VERB
    state = check_incident(command.incident, verb, context)
    if not isinstance(state, IncidentState):
        return state
    if command.call not in state.calls:
        there = call_of(command.call, context) is not None
        return () if there else call_refusals.unknown_call(command.call)
    call = check_call(command.call, "<unlink>", context)
    if not isinstance(call, CallState):
        return call
    return (Emitted(f"incident:{command.incident}", IncidentCallUnlinked(command.call)),)

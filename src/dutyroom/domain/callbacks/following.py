"""What happens to follow-up calls because an incident was concluded, reopened, marked."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final
from uuid import UUID

from dutyroom.domain.callbacks.events import CallBackOffered, CallBackSetAside, CallBackTakenUp
from dutyroom.domain.callbacks.evolve import evolve_call_back
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.calls.known import NotSafe, call_of
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.closing import whole_of
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.events import (
    IncidentClosed,
    IncidentContactSafe,
    IncidentContactUnsafe,
    IncidentReopenedPending,
)
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.points import any_number
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Ask, Emitted, Event

_MATTERS: Final = (
    IncidentClosed,
    IncidentReopenedPending,
    IncidentContactUnsafe,
    IncidentContactSafe,
)


def asks_to_follow(asked: frozenset[Ask], context: Context) -> Iterator[Ask]:
    """The follow-up call of each incident that may have one: it was concluded once, perhaps by the
    rules of an earlier pack."""
    for one in asked:
        if isinstance(one, str) and one.startswith("incident:"):
            incident = context.find(IncidentState, one)
            if incident is not None and (
                incident.state == "closed" or incident.reopened_at_ms is not None
            ):
                yield f"call_back:{one.partition(':')[2]}"


def follow(emitted: tuple[Emitted, ...], context: Context) -> Iterator[Emitted]:
    """The events of follow-up calls that follow from incidents: in the same transaction."""
    if not any(isinstance(one.event, _MATTERS) for one in emitted):
        return
    after, own = _after(emitted, context)
    touched = dict.fromkeys(
        UUID(one.stream.partition(":")[2]) for one in emitted if isinstance(one.event, _MATTERS)
    )
    for id_ in touched:
        incident = after.get(id_)
        if incident is None:
            continue
        mark = not_safe(id_, lambda one: after.get(one) or incident_of(one, context))
        state = own.get(id_) or context.find(CallBackState, f"call_back:{id_}")
        for event in _follows(state, incident, mark, context):
            yield Emitted(f"call_back:{id_}", event)


def _after(
    emitted: Iterable[Emitted], context: Context
) -> tuple[dict[UUID, IncidentState], dict[UUID, CallBackState]]:
    """Incidents and follow-up calls as they are after what was decided."""
    incidents: dict[UUID, IncidentState] = {}
    call_backs: dict[UUID, CallBackState] = {}
    at_ms = context.occurred_at_ms
    for one in emitted:
        kind, _, id_text = one.stream.partition(":")
        if kind == "incident":
            id_ = UUID(id_text)
            before = incidents.get(id_) or incident_of(id_, context)
            incident = evolve_incident(before, one.event, at_ms)
            if incident is not None:
                incidents[id_] = incident
        elif kind == "call_back":
            id_ = UUID(id_text)
            known = call_backs.get(id_) or context.find(CallBackState, one.stream)
            state = evolve_call_back(known, one.event, at_ms)
            if state is not None:
                call_backs[id_] = state
    return incidents, call_backs


def _follows(
    state: CallBackState | None, incident: IncidentState, mark: NotSafe | None, context: Context
) -> Iterator[Event]:
    may_call = incident.state == "closed" and mark is None
    if state is None:
        if may_call and has_caller(incident, context):
            offered = offer(incident, context, by_hand=False)
            yield from () if offered is None else (offered,)
    elif state.to_call and not may_call:
        yield CallBackSetAside("unsafe" if incident.state == "closed" else "reopened")
    elif state.phase == "aside" and may_call:
        again = offer(incident, context, by_hand=True)
        if again is not None:
            yield CallBackTakenUp(
                again.category, again.org, again.due_ms, again.attended, again.provisional
            )


def offer(incident: IncidentState, context: Context, *, by_hand: bool) -> CallBackOffered | None:
    """The call that an incident is to have from now on; None where no rule is for it. By hand, the
    last rule is for all."""
    rules = context.loop.call_backs
    attended = any(one.state not in ("cancelled", "dispatched") for one in incident.assignments)
    rule = rules.rule_for(incident.category, incident.priority, attended) if rules else None
    if rules is None or (rule is None and not by_hand):
        return None
    within = rule.within if rule else rules.rules[-1].within
    promise = rules.promise(within, context.occurred_at_ms)
    assert promise.due_ms is not None  # nothing pauses it
    return CallBackOffered(
        incident.number,
        incident.category,
        context.codes.org_of_zone.get(incident.zone, ""),
        promise.due_ms,
        by_hand=by_hand,
        attended=attended,
        provisional=promise.provisional,
    )


def has_caller(incident: IncidentState, context: Context) -> bool:
    """Whether somebody called, and can be called as far as is known."""
    calls = dict.fromkeys(call for part in whole_of(incident, context) for call in part.calls)
    known = filter(None, map(partial(call_of, context=context), calls))
    return bool(calls) and any_number(known) is not False

"""What an event changes. Total: an event that makes no sense in a state leaves it as it was."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from dutyroom.domain import events as e
from dutyroom.domain.commands import Need
from dutyroom.domain.states import (
    AssignmentPhase,
    AssignmentState,
    CallState,
    HandoverState,
    IncidentState,
    Inherited,
    State,
    UnitState,
)


def evolve(state: State | None, event: e.Event, occurred_at_ms: int) -> State | None:
    """The state after the event. None stays None until the first event of a record.

    Which record it is follows from the state, or for None from the event. Never raises.
    """
    match state:
        case CallState():
            return evolve_call(state, event, occurred_at_ms)
        case IncidentState():
            return evolve_incident(state, event, occurred_at_ms)
        case UnitState():
            return evolve_unit(state, event, occurred_at_ms)
        case HandoverState():
            return evolve_handover(state, event, occurred_at_ms)
    match event:
        case e.CallReceived():
            return evolve_call(None, event, occurred_at_ms)
        case e.IncidentOpened():
            return evolve_incident(None, event, occurred_at_ms)
        case e.HandoverStarted():
            return evolve_handover(None, event, occurred_at_ms)
        case _ if event.TYPE.startswith("unit."):
            return evolve_unit(None, event, occurred_at_ms)
    return None


def evolve_call(state: CallState | None, event: e.Event, at_ms: int) -> CallState | None:
    """A call after an event of its stream."""
    if state is None:
        if isinstance(event, e.CallReceived):
            return CallState("ringing", event.line, received_at_ms=at_ms, since_ms=at_ms)
        return None
    match event:
        case e.CallClaimed(by):
            return replace(state, state="claimed", claimed_by=by, since_ms=at_ms)
        case e.CallReleased() if state.hung_up:
            return replace(state, state="abandoned", claimed_by="", since_ms=at_ms)
        case e.CallReleased():
            return replace(state, state="ringing", claimed_by="", since_ms=at_ms)
        case e.CallHungUp() if state.state != "ended":
            return replace(state, state="abandoned", hung_up=True, since_ms=at_ms)
        case e.CallMarkedSilent():
            return replace(state, silent=True)
        case e.CallCalledBack():
            return replace(state, call_backs=state.call_backs + 1)
        case e.CallDetailsRecorded():
            return replace(state, has_details=True)
        case e.CallEnded(reason):
            return replace(state, state="ended", no_incident_reason=reason, since_ms=at_ms)
    return state


def evolve_incident(
    state: IncidentState | None, event: e.Event, at_ms: int
) -> IncidentState | None:
    """An incident after an event of its stream, its assignments included."""
    if state is None:
        if isinstance(event, e.IncidentOpened):
            return IncidentState(
                "open",
                number=event.number,
                category=event.category,
                priority=event.priority,
                zone=event.zone,
                channel=event.channel,
                opened_at_ms=at_ms,
                since_ms=at_ms,
                answers=event.answers,
            )
        return None
    if event.TYPE.startswith("assignment.") or isinstance(event, e.IncidentUnitDispatched):
        return _evolve_assignments(state, event, at_ms)
    match event:
        case e.IncidentMerged(into):
            return replace(state, state="merged", merged_into=into, since_ms=at_ms)
        case e.IncidentSplit():
            return replace(state, state="open", merged_into=None, since_ms=at_ms)
        case e.IncidentAbsorbed(source):
            return replace(state, absorbed=_with(state.absorbed, source))
        case e.IncidentReleased(source):
            released = replace(state, absorbed=_without(state.absorbed, source))
            return _disinherit(released, source)
        case e.IncidentClosed(disposition):
            return replace(state, state="closed", disposition=disposition, since_ms=at_ms)
        case e.IncidentReopened():
            return replace(state, state="open", disposition="", since_ms=at_ms)
        case e.IncidentReopenedPending():
            return _begin_again(replace(state, state="open", disposition="", since_ms=at_ms), at_ms)
    return _evolve_facts(state, event)


def _evolve_facts(state: IncidentState, event: e.Event) -> IncidentState:
    match event:
        case e.IncidentCallLinked(call):
            return replace(state, calls=_with(state.calls, call))
        case e.IncidentCallUnlinked(call):
            return _disinherit(replace(state, calls=_without(state.calls, call)), call)
        case e.IncidentCategoryChanged(category):
            return replace(state, category=category)
        case e.IncidentPriorityChanged(priority):
            inherited = tuple(replace(one, priority=None) for one in state.inherited)
            return replace(state, priority=priority, own_priority=None, inherited=inherited)
        case e.IncidentUrgencyKept():
            return _inherit(state, event)
        case e.IncidentPlaceChanged(zone):
            return replace(state, zone=zone, place_version=state.place_version + 1)
        case e.IncidentPromptAnswered(prompt, answer):
            others = tuple(pair for pair in state.answers if pair[0] != prompt)
            return replace(state, answers=(*others, (prompt, answer)))
        case e.IncidentNoteAdded(note):
            return replace(state, notes=_with(state.notes, note))
        case e.IncidentNoteStruck(note):
            return replace(state, struck=_with(state.struck, note))
        case e.IncidentMoreRequested(capability, count):
            return replace(state, more=(*state.more, Need(capability, count)))
        case e.IncidentDispositionSet(disposition):
            return replace(state, disposition=disposition)
    return state


def _inherit(state: IncidentState, event: e.IncidentUrgencyKept) -> IncidentState:
    before = tuple(one for one in state.inherited if one.source != event.source)
    came = Inherited(event.source, event.priority, event.parts, len(state.assignments))
    return _with_priority(replace(state, inherited=(*before, came)), state.without_inherited)


def _disinherit(state: IncidentState, source: UUID) -> IncidentState:
    left = tuple(one for one in state.inherited if one.source != source)
    return _with_priority(replace(state, inherited=left), state.without_inherited)


def _with_priority(state: IncidentState, own: int) -> IncidentState:
    """The most urgent of its own priority and of what it inherited and nobody has set aside."""
    most = min([own, *(one.priority for one in state.inherited if one.priority is not None)])
    return replace(state, priority=most, own_priority=None if most == own else own)


def _begin_again(state: IncidentState, at_ms: int) -> IncidentState:
    """Who has served counts no longer, and all promises begin at this time."""
    inherited = tuple(
        replace(
            one,
            seen=len(state.assignments),
            parts=tuple(
                replace(part, waiting_from_ms=at_ms, progress="pending", served=())
                for part in one.parts
            ),
        )
        for one in state.inherited
    )
    served = tuple(one.id for one in state.assignments if one.state == "cleared")
    return replace(state, reopened_at_ms=at_ms, served_before=served, inherited=inherited)


def _evolve_assignments(state: IncidentState, event: e.Event, at_ms: int) -> IncidentState:
    match event:
        case e.IncidentUnitDispatched():
            return _append(
                state,
                AssignmentState(
                    event.assignment,
                    event.unit,
                    "dispatched",
                    since_ms=at_ms,
                    recommended=event.recommended,
                    moved_from=event.moved_from,
                ),
            )
        case e.AssignmentReceived():
            return _append(
                state,
                AssignmentState(
                    event.assignment,
                    event.unit,
                    event.state,
                    since_ms=event.since_ms,
                    recommended=event.recommended,
                    through=event.through,
                ),
            )
        case e.AssignmentTakenOver(id_):
            moved_to = e.Moved(event.to_incident, event.new_assignment)
            return _change(
                state,
                id_,
                lambda one: replace(
                    one,
                    state="taken_over",
                    moved_to=moved_to,
                    state_before=event.state_before,
                    since_before_ms=one.since_ms,
                    since_ms=at_ms,
                ),
            )
        case e.AssignmentRestored(id_):
            return _change(
                state,
                id_,
                lambda one: replace(
                    one,
                    state=event.state,
                    since_ms=event.since_ms,
                    moved_to=None,
                    state_before=None,
                    since_before_ms=0,
                ),
            )
        case e.AssignmentCleared(id_, _, reason):
            return _step(state, id_, "cleared", at_ms, reason)
        case e.AssignmentCancelled(id_, _, reason):
            return _step(state, id_, "cancelled", at_ms, reason)
        case e.AssignmentEnRoute(id_):
            return _step(state, id_, "en_route", at_ms)
        case e.AssignmentOnScene(id_):
            return _step(state, id_, "on_scene", at_ms)
        case e.AssignmentTransporting(id_):
            return _step(state, id_, "transporting", at_ms)
        case e.AssignmentAtFacility(id_):
            return _step(state, id_, "at_facility", at_ms)
    return state


def evolve_unit(state: UnitState | None, event: e.Event, at_ms: int) -> UnitState:
    """A unit after an event of its stream. A unit without events is `UnitState()`."""
    state = state or UnitState()
    match event:
        case e.UnitSignedOn(crew) if state.on_duty:
            return replace(state, crew=crew)
        case e.UnitSignedOn(crew):
            return replace(state, on_duty=True, crew=crew, since_ms=at_ms)
        case e.UnitSignedOff():
            return replace(state, on_duty=False, crew=(), unavailable_reason="", since_ms=at_ms)
        case e.UnitMarkedUnavailable(reason):
            return replace(state, unavailable_reason=reason, since_ms=at_ms)
        case e.UnitMarkedAvailable():
            return replace(state, unavailable_reason="", since_ms=at_ms)
        case e.UnitFreed():
            return replace(state, since_ms=max(state.since_ms, at_ms))
        case e.UnitHeardFrom():
            return replace(state, heard_at_ms=at_ms)
        case e.UnitEmergencyRaised(_, zone, incident, number):
            return replace(
                state,
                emergency="raised",
                emergency_since_ms=at_ms,
                emergency_zone=zone,
                emergency_incident=incident,
                emergency_number=number,
            )
        case e.UnitEmergencyAcknowledged():
            return replace(state, emergency="acknowledged")
        case e.UnitEmergencyEnded():
            return replace(
                state,
                emergency="quiet",
                emergency_since_ms=None,
                emergency_zone="",
                emergency_incident=None,
                emergency_number="",
            )
    return state


def evolve_handover(
    state: HandoverState | None, event: e.Event, at_ms: int
) -> HandoverState | None:
    """A handover after an event of its stream."""
    if state is None:
        if isinstance(event, e.HandoverStarted):
            return HandoverState("offered", event.by, event.to, at_ms, event.incidents)
        return None
    match event:
        case e.HandoverIncidentConfirmed(incident):
            return replace(state, confirmed=_with(state.confirmed, incident))
        case e.HandoverCompleted():
            return replace(state, state="completed", since_ms=at_ms)
        case e.HandoverCancelled():
            return replace(state, state="cancelled", since_ms=at_ms)
    return state


def _with(ids: tuple[UUID, ...], id_: UUID) -> tuple[UUID, ...]:
    return ids if id_ in ids else (*ids, id_)


def _without(ids: tuple[UUID, ...], id_: UUID) -> tuple[UUID, ...]:
    return tuple(one for one in ids if one != id_)


def _append(state: IncidentState, assignment: AssignmentState) -> IncidentState:
    if state.assignment(assignment.id) is not None:
        return state
    return replace(state, assignments=(*state.assignments, assignment))


def _change(
    state: IncidentState, id_: UUID, change: Callable[[AssignmentState], AssignmentState]
) -> IncidentState:
    changed = tuple(change(one) if one.id == id_ else one for one in state.assignments)
    return replace(state, assignments=changed)


def _step(
    state: IncidentState, id_: UUID, phase: AssignmentPhase, at_ms: int, reason: str = ""
) -> IncidentState:
    return _change(state, id_, lambda one: replace(one, state=phase, since_ms=at_ms, reason=reason))

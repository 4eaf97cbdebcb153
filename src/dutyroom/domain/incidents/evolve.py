"""What an event changes in an incident, its assignments included."""

from collections.abc import Callable
from uuid import UUID

from dutyroom.domain.incidents.events import (
    AssignmentAtFacility,
    AssignmentCancelled,
    AssignmentCleared,
    AssignmentEnRoute,
    AssignmentOnScene,
    AssignmentReceived,
    AssignmentRestored,
    AssignmentTakenOver,
    AssignmentTransporting,
    IncidentAbsorbed,
    IncidentCallLinked,
    IncidentCallUnlinked,
    IncidentCategoryChanged,
    IncidentChaseAcknowledged,
    IncidentChased,
    IncidentClosed,
    IncidentContactSafe,
    IncidentContactUnsafe,
    IncidentDispositionSet,
    IncidentMerged,
    IncidentMinorMarked,
    IncidentMinorMarkLifted,
    IncidentMoreRequested,
    IncidentNoteAdded,
    IncidentNoteStruck,
    IncidentOpened,
    IncidentPlaceChanged,
    IncidentPriorityChanged,
    IncidentPromptAnswered,
    IncidentReleased,
    IncidentReopened,
    IncidentReopenedPending,
    IncidentSplit,
    IncidentUnitDispatched,
    IncidentUrgencyKept,
)
from dutyroom.domain.incidents.points import evolve_points
from dutyroom.domain.incidents.state import (
    AssignmentPhase,
    AssignmentState,
    Chase,
    IncidentState,
    Inherited,
)
from dutyroom.domain.kernel import Event
from dutyroom.domain.replacing import replace
from dutyroom.domain.values import Moved, Need, with_id, without_id


def evolve_incident(state: IncidentState | None, event: Event, at_ms: int) -> IncidentState | None:
    """An incident after an event of its stream, its assignments included."""
    if state is None:
        if isinstance(event, IncidentOpened):
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
                first_category=event.category,
                precise=event.precise,
            )
        return None
    if event.TYPE.startswith("assignment.") or isinstance(event, IncidentUnitDispatched):
        return _evolve_assignments(state, event, at_ms)
    match event:
        case IncidentMerged(into):
            return replace(state, state="merged", merged_into=into, since_ms=at_ms)
        case IncidentSplit():
            return replace(state, state="open", merged_into=None, since_ms=at_ms)
        case IncidentAbsorbed(source):
            return replace(state, absorbed=with_id(state.absorbed, source))
        case IncidentReleased(source):
            released = replace(state, absorbed=without_id(state.absorbed, source))
            return _disinherit(released, source)
        case IncidentClosed(disposition):
            return replace(state, state="closed", disposition=disposition, since_ms=at_ms)
        case IncidentReopened():
            return replace(state, state="open", disposition="", since_ms=at_ms)
        case IncidentReopenedPending():
            return _begin_again(replace(state, state="open", disposition="", since_ms=at_ms), at_ms)
    return _evolve_facts(evolve_points(state, event), event, at_ms)


def _evolve_facts(state: IncidentState, event: Event, at_ms: int) -> IncidentState:
    match event:
        case IncidentCallLinked(call):
            return replace(state, calls=with_id(state.calls, call))
        case IncidentCallUnlinked(call):
            left = tuple(one for one in state.chases if one.call != call)
            unlinked = replace(state, calls=without_id(state.calls, call), chases=left)
            return _disinherit(unlinked, call)
        case IncidentChased(call):
            if state.is_chase(call):
                return state
            chases = (*state.chases, Chase(call, at_ms))
            return replace(state, calls=with_id(state.calls, call), chases=chases)
        case IncidentChaseAcknowledged(until_ms):
            seen = tuple(
                replace(one, seen=one.seen or one.at_ms <= until_ms) for one in state.chases
            )
            return replace(state, chases=seen)
        case IncidentCategoryChanged(category):
            return replace(state, category=category)
        case IncidentPriorityChanged(priority):
            inherited = tuple(replace(one, priority=None) for one in state.inherited)
            return replace(state, priority=priority, own_priority=None, inherited=inherited)
        case IncidentUrgencyKept():
            return _inherit(state, event)
        case IncidentPlaceChanged(zone, precise):
            moved = state.place_version + 1
            return replace(state, zone=zone, precise=precise, place_version=moved)
        case IncidentPromptAnswered(prompt, answer):
            others = tuple(pair for pair in state.answers if pair[0] != prompt)
            return replace(state, answers=(*others, (prompt, answer)))
        case IncidentNoteAdded(note):
            return replace(state, notes=with_id(state.notes, note))
        case IncidentNoteStruck(note):
            return replace(state, struck=with_id(state.struck, note))
        case IncidentMoreRequested(capability, count):
            return replace(state, more=(*state.more, Need(capability, count)))
        case IncidentDispositionSet(disposition):
            return replace(state, disposition=disposition)
        case IncidentContactUnsafe(reason):
            return replace(state, unsafe=True, unsafe_reason=reason)
        case IncidentMinorMarked():
            return replace(state, minor=True)
        case IncidentMinorMarkLifted():
            return replace(state, minor=False)
        case IncidentContactSafe():
            return replace(state, unsafe=False, unsafe_reason="")
    return state


def _inherit(state: IncidentState, event: IncidentUrgencyKept) -> IncidentState:
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


def _evolve_assignments(state: IncidentState, event: Event, at_ms: int) -> IncidentState:
    match event:
        case IncidentUnitDispatched():
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
        case AssignmentReceived():
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
        case AssignmentTakenOver(id_):
            moved_to = Moved(event.to_incident, event.new_assignment)
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
        case AssignmentRestored(id_):
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
        case AssignmentCleared(id_, _, reason):
            return _step(state, id_, "cleared", at_ms, reason)
        case AssignmentCancelled(id_, _, reason):
            return _step(state, id_, "cancelled", at_ms, reason)
        case AssignmentEnRoute(id_):
            return _step(state, id_, "en_route", at_ms)
        case AssignmentOnScene(id_):
            return _step(state, id_, "on_scene", at_ms)
        case AssignmentTransporting(id_):
            return _step(state, id_, "transporting", at_ms)
        case AssignmentAtFacility(id_):
            return _step(state, id_, "at_facility", at_ms)
    return state


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

"""Incidents: opening, what is known of them, conclusion. Units are in `assignments`."""

from dataclasses import asdict
from math import isfinite
from uuid import uuid5

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.answering import (
    check_answer,
    decide_answer,
    demanded_by,
    raised_by,
)
from dutyroom.domain.incidents.assignments import (
    AssignmentCommand,
    decide_assignment,
    decide_dispatch,
)
from dutyroom.domain.incidents.chasing import decide_acknowledge, decide_chase
from dutyroom.domain.incidents.checks import check_incident, check_not_before
from dutyroom.domain.incidents.closing import decide_close, decide_conclude
from dutyroom.domain.incidents.commands import (
    AcknowledgeChase,
    AddNote,
    AnswerPrompt,
    CloseIncident,
    ConcludeIncident,
    Dispatch,
    LiftMinorMark,
    LiftUnsafeToContact,
    LinkCall,
    MarkMinor,
    MarkUnsafeToContact,
    MergeIncident,
    OnAssignment,
    OpenIncident,
    RecordChase,
    ReopenIncident,
    ReopenPoint,
    RequestMore,
    SetCategory,
    SetDisposition,
    SetPlace,
    SetPriority,
    SettlePoint,
    SplitIncident,
    StrikeNote,
    UnlinkCall,
)
from dutyroom.domain.incidents.contact import decide_lift, decide_mark
from dutyroom.domain.incidents.events import (
    AssignmentOnScene,
    IncidentCategoryChanged,
    IncidentDispositionSet,
    IncidentMoreRequested,
    IncidentNoteAdded,
    IncidentNoteStruck,
    IncidentOpened,
    IncidentPlaceChanged,
    IncidentPriorityChanged,
    IncidentReopenedPending,
    IncidentUnitDispatched,
)
from dutyroom.domain.incidents.known import FreshNumber, incident_of, zone_at
from dutyroom.domain.incidents.linking import decide_link, decide_unlink, link
from dutyroom.domain.incidents.merging import decide_merge, decide_split
from dutyroom.domain.incidents.minors import decide_lift_minor, decide_mark_minor
from dutyroom.domain.incidents.points import decide_reopen_point, decide_settle, is_precise
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.units.checks import check_dispatchable
from dutyroom.domain.values import Place, has_id

type FactsCommand = (
    LinkCall
    | RecordChase
    | AcknowledgeChase
    | SetCategory
    | SetPriority
    | SetPlace
    | AnswerPrompt
    | AddNote
    | StrikeNote
    | SettlePoint
    | ReopenPoint
    | RequestMore
    | SetDisposition
    | CloseIncident
    | ConcludeIncident
    | ReopenIncident
    | MarkUnsafeToContact
    | LiftUnsafeToContact
    | MarkMinor
    | LiftMinorMark
)
type IncidentCommand = (
    OpenIncident
    | Dispatch
    | MergeIncident
    | SplitIncident
    | UnlinkCall
    | AssignmentCommand
    | FactsCommand
)


def decide_incident(command: IncidentCommand, context: Context) -> Decision:
    """Decide a command about an incident or one of its assignments."""
    match command:
        case OpenIncident():
            return decide_open(command, context)
        case Dispatch():
            return decide_dispatch(command, context)
        case MergeIncident():
            return decide_merge(command, context)
        case SplitIncident():
            return decide_split(command, context)
        case UnlinkCall():
            return decide_unlink(command, context)
        case OnAssignment():
            return decide_assignment(command, context)
        case _:
            return _decide_known(command, context)


def decide_open(command: OpenIncident, context: Context) -> Decision:
    """Open an incident with its call, its first note and, on view, its unit on scene."""
    refused = _check_open(command, context)
    if refused is not None:
        return refused
    stream = f"incident:{command.incident}"
    answers = tuple(dict(command.answers).items())  # the last answer to a prompt counts
    opened = IncidentOpened(
        number=context.answer(FreshNumber()),
        category=command.category,
        priority=command.priority,
        zone=zone_at(command.place, context),
        channel=command.channel,
        answers=answers,
        precise=is_precise(command.place),
    )
    emitted = [Emitted(stream, opened, {"place": asdict(command.place)}, stream)]
    priority = command.priority
    for prompt, answer in answers:
        emitted += raised_by(stream, command.category, prompt, answer, priority, context)
        priority = min(priority, demanded_by(command.category, prompt, answer, context) or priority)
    if command.call is not None:
        linked = link(command.incident, command.call, context)
        if isinstance(linked, Refusal):
            return linked
        emitted += linked
    if command.text:
        # Derived, so that the same opening always gives its first note the same id.
        note = uuid5(command.incident, "first note")
        emitted.append(Emitted(stream, IncidentNoteAdded(note), {"text": command.text}, stream))
    if command.unit:
        emitted += _unit_on_view(stream, command, context)
    return tuple(emitted)


def _check_open(command: OpenIncident, context: Context) -> Refusal | None:
    known = incident_of(command.incident, context)
    if known is not None:
        return refusals.incident_exists(command.incident, known.number)
    if command.category not in context.codes.categories:
        return shared_refusals.unknown_code("category", command.category)
    if command.priority not in context.codes.priorities:
        return shared_refusals.unknown_code("priority", command.priority)
    for prompt, answer in command.answers:
        if wrong := check_answer(context.codes, command.category, prompt, answer):
            return wrong
    if wrong := _check_place(command.place, context):
        return wrong
    if not command.unit:
        return None
    if command.channel != "on_view":
        return refusals.unit_only_on_view()
    return check_dispatchable(command.unit, "", context)


def _unit_on_view(stream: str, command: OpenIncident, context: Context) -> list[Emitted]:
    assignment = command.assignment or uuid5(command.incident, f"on view {command.unit}")
    dispatched = IncidentUnitDispatched(
        assignment,
        command.unit,
        recommended=None,
        arrival_s=None,
        override_reason="",
        unavailable_reason="",
        moved_from=None,
    )
    return [
        Emitted(stream, dispatched),
        Emitted(stream, AssignmentOnScene(assignment, command.unit)),
    ]


def _decide_known(command: FactsCommand, context: Context) -> Decision:
    """Decide a command about what is known of one incident that exists."""
    state = check_incident(command.incident, command.VERB, context)
    if not isinstance(state, IncidentState):
        return state
    stream = f"incident:{command.incident}"
    match command:
        case LinkCall():
            return decide_link(command, state, context)
        case RecordChase():
            return decide_chase(command, state, context)
        case AcknowledgeChase():
            return decide_acknowledge(command, state, context)
        case MarkUnsafeToContact():
            return decide_mark(command, state, context)
        case LiftUnsafeToContact():
            return decide_lift(command, state, context)
        case MarkMinor():
            return decide_mark_minor(command, state, context)
        case LiftMinorMark():
            return decide_lift_minor(command, state, context)
        case SettlePoint():
            return decide_settle(command, state, context)
        case ReopenPoint():
            return decide_reopen_point(command, state)
        case AddNote():
            return _add_note(stream, command, state)
        case StrikeNote(_, note):
            if not has_id(state.notes, note):
                return refusals.unknown_note(note)
            return () if note in state.struck else (Emitted(stream, IncidentNoteStruck(note)),)
        case CloseIncident():
            return decide_close(command, state, context)
        case ConcludeIncident():
            return decide_conclude(command, state, context)
        case ReopenIncident(_, reason):
            if reason not in context.codes.reopen_reasons:
                return shared_refusals.unknown_code("reason", reason)
            early = check_not_before(state, context)
            return early or (Emitted(stream, IncidentReopenedPending(reason)),)
        case _:
            return _decide_facts(stream, command, state, context)


def _decide_facts(
    stream: str,
    command: SetCategory | SetPriority | SetPlace | AnswerPrompt | RequestMore | SetDisposition,
    state: IncidentState,
    context: Context,
) -> Decision:
    codes = context.codes
    match command:
        case SetCategory(_, category):
            if category == state.category:
                return ()
            if category not in codes.categories:
                return shared_refusals.unknown_code("category", category)
            return (Emitted(stream, IncidentCategoryChanged(category)),)
        case SetPriority(_, priority):
            if priority == state.priority:
                return ()
            if priority not in codes.priorities:
                return shared_refusals.unknown_code("priority", priority)
            return (Emitted(stream, IncidentPriorityChanged(priority, by_prompt="")),)
        case SetPlace(_, place):
            if wrong := _check_place(place, context):
                return wrong
            changed = IncidentPlaceChanged(zone_at(place, context), is_precise(place))
            return (Emitted(stream, changed, {"place": asdict(place)}, stream),)
        case AnswerPrompt():
            return decide_answer(stream, command, state, context)
        case RequestMore(_, capability, count):
            if capability not in codes.capabilities:
                return shared_refusals.unknown_code("capability", capability)
            if count < 1:
                return shared_refusals.unknown_code("count", count)
            return (Emitted(stream, IncidentMoreRequested(capability, count)),)
        case SetDisposition(_, disposition):
            if disposition == state.disposition:
                return ()
            if disposition not in codes.dispositions:
                return shared_refusals.unknown_code("disposition", disposition)
            return (Emitted(stream, IncidentDispositionSet(disposition)),)


def _add_note(stream: str, command: AddNote, state: IncidentState) -> Decision:
    if has_id(state.notes, command.note):
        return ()
    if not command.text.strip():
        return refusals.note_is_empty()
    added = IncidentNoteAdded(command.note)
    return (Emitted(stream, added, {"text": command.text}, stream),)


def _check_place(place: Place, context: Context) -> Refusal | None:
    if isfinite(place.lon) and isfinite(place.lat) and zone_at(place, context):
        return None
    return refusals.place_outside()

"""Incidents: opening, what is known of them, conclusion. Units are in `assignments`."""

from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from uuid import UUID, uuid5

from dutyroom.domain import commands as c
from dutyroom.domain import events as e
from dutyroom.domain import refusals
from dutyroom.domain.assignments import check_dispatchable
from dutyroom.domain.calls import check_call
from dutyroom.domain.context import Codes, Context, Decision
from dutyroom.domain.events import Emitted, Urgency
from dutyroom.domain.incident_checks import check_incident, check_not_before
from dutyroom.domain.refusals import Refusal
from dutyroom.domain.states import CallState, IncidentState

type IncidentCommand = (
    c.LinkCall
    | c.UnlinkCall
    | c.SetCategory
    | c.SetPriority
    | c.SetPlace
    | c.AnswerPrompt
    | c.AddNote
    | c.StrikeNote
    | c.RequestMore
    | c.SetDisposition
    | c.CloseIncident
    | c.ReopenIncident
)


def decide_open(command: c.OpenIncident, context: Context) -> Decision:
    """Open an incident with its call, its first note and, on view, its unit on scene."""
    refused = _check_open(command, context)
    if refused is not None:
        return refused
    stream = f"incident:{command.incident}"
    answers = tuple(dict(command.answers).items())  # the last answer to a prompt counts
    opened = e.IncidentOpened(
        number=context.number,
        category=command.category,
        priority=command.priority,
        zone=context.zone,
        channel=command.channel,
        answers=answers,
    )
    emitted = [Emitted(stream, opened, {"place": asdict(command.place)}, stream)]
    priority = command.priority
    for prompt, answer in answers:
        emitted += _raise(stream, command.category, prompt, answer, priority, context)
        priority = min(priority, _demanded(command.category, prompt, answer, context) or priority)
    if command.call is not None:
        linked = _link(command.incident, command.call, context)
        if isinstance(linked, Refusal):
            return linked
        emitted += linked
    if command.text:
        # Derived, so that the same opening always gives its first note the same id.
        note = uuid5(command.incident, "first note")
        emitted.append(Emitted(stream, e.IncidentNoteAdded(note), {"text": command.text}, stream))
    if command.unit:
        emitted += _unit_on_view(stream, command, context)
    return tuple(emitted)


def _check_open(command: c.OpenIncident, context: Context) -> Refusal | None:
    known = context.incidents.get(command.incident)
    if known is not None:
        return refusals.incident_exists(command.incident, known.number)
    if command.category not in context.codes.categories:
        return refusals.unknown_code("category", command.category)
    if command.priority not in context.codes.priorities:
        return refusals.unknown_code("priority", command.priority)
    for prompt, answer in command.answers:
        if wrong := _check_answer(context.codes, command.category, prompt, answer):
            return wrong
    if wrong := _check_place(command.place, context):
        return wrong
    if not command.unit:
        return None
    if command.channel != "on_view":
        return refusals.unit_only_on_view()
    return check_dispatchable(command.unit, "", context)


def _unit_on_view(stream: str, command: c.OpenIncident, context: Context) -> list[Emitted]:
    assignment = command.assignment or uuid5(command.incident, f"on view {command.unit}")
    dispatched = e.IncidentUnitDispatched(
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
        Emitted(stream, e.AssignmentOnScene(assignment, command.unit)),
    ]


def decide_incident(command: IncidentCommand, context: Context) -> Decision:
    """Decide a command about one incident that exists."""
    state = check_incident(command.incident, command.VERB, context)
    if not isinstance(state, IncidentState):
        return state
    stream = f"incident:{command.incident}"
    match command:
        case c.LinkCall():
            return _link_told(command, state, context)
        case c.UnlinkCall():
            return _unlink(stream, command, state, context)
        case c.AddNote():
            return _add_note(stream, command, state)
        case c.StrikeNote(_, note):
            if note not in state.notes:
                return refusals.unknown_note(note)
            return () if note in state.struck else (Emitted(stream, e.IncidentNoteStruck(note)),)
        case c.CloseIncident():
            return _close(stream, command, state, context)
        case c.ReopenIncident(_, reason):
            if reason not in context.codes.reopen_reasons:
                return refusals.unknown_code("reason", reason)
            early = check_not_before(state, context)
            return early or (Emitted(stream, e.IncidentReopenedPending(reason)),)
        case _:
            return _decide_facts(stream, command, state, context)


def _decide_facts(
    stream: str,
    command: c.SetCategory
    | c.SetPriority
    | c.SetPlace
    | c.AnswerPrompt
    | c.RequestMore
    | c.SetDisposition,
    state: IncidentState,
    context: Context,
) -> Decision:
    codes = context.codes
    match command:
        case c.SetCategory(_, category):
            if category == state.category:
                return ()
            if category not in codes.categories:
                return refusals.unknown_code("category", category)
            return (Emitted(stream, e.IncidentCategoryChanged(category)),)
        case c.SetPriority(_, priority):
            if priority == state.priority:
                return ()
            if priority not in codes.priorities:
                return refusals.unknown_code("priority", priority)
            return (Emitted(stream, e.IncidentPriorityChanged(priority, by_prompt="")),)
        case c.SetPlace(_, place):
            if wrong := _check_place(place, context):
                return wrong
            sealed = {"place": asdict(place)}
            return (Emitted(stream, e.IncidentPlaceChanged(context.zone), sealed, stream),)
        case c.AnswerPrompt():
            return _answer(stream, command, state, context)
        case c.RequestMore(_, capability, count):
            if capability not in codes.capabilities:
                return refusals.unknown_code("capability", capability)
            if count < 1:
                return refusals.unknown_code("count", count)
            return (Emitted(stream, e.IncidentMoreRequested(capability, count)),)
        case c.SetDisposition(_, disposition):
            if disposition == state.disposition:
                return ()
            if disposition not in codes.dispositions:
                return refusals.unknown_code("disposition", disposition)
            return (Emitted(stream, e.IncidentDispositionSet(disposition)),)


# --- calls and notes -------------------------------------------------------------------------


def _link(incident: UUID, call: UUID, context: Context) -> tuple[Emitted, ...] | Refusal:
    """Link a call, taking it off the incident it was linked to."""
    before = context.links.get(call)
    if before == incident:
        return ()
    state = check_call(call, "<link>", context)
    if not isinstance(state, CallState):
        return state
    linked = Emitted(f"incident:{incident}", e.IncidentCallLinked(call))
    if before is None:
        return (linked,)
    if before in context.incidents:
        loser = check_incident(before, "<lose call>", context)
        if isinstance(loser, Refusal):
            return loser
    return (Emitted(f"incident:{before}", e.IncidentCallUnlinked(call)), linked)


def _link_told(command: c.LinkCall, state: IncidentState, context: Context) -> Decision:
    """Link a call, and keep what it tells or brought to the incident it was linked to before."""
    if wrong := _check_told(command, context.codes):
        return wrong
    linked = _link(command.incident, command.call, context)
    if isinstance(linked, Refusal) or not linked:
        return linked
    told = _told(command, state, context)
    parts = (*((told,) if told else ()), *_brought(command.call, context))
    if not parts:
        return linked
    most = min(part.priority for part in parts)
    kept = e.IncidentUrgencyKept(command.call, "call", most, parts)
    return (*linked, Emitted(f"incident:{command.incident}", kept))


def _brought(call: UUID, context: Context) -> tuple[Urgency, ...]:
    """What the call brought to the incident that it was linked to before."""
    before = context.incidents.get(context.links[call]) if call in context.links else None
    inherited = before.inherited if before else ()
    return tuple(part for one in inherited if one.source == call for part in one.parts)


def _check_told(command: c.LinkCall, codes: Codes) -> Refusal | None:
    if command.priority is not None and command.priority not in codes.priorities:
        return refusals.unknown_code("priority", command.priority)
    if not command.category:
        return refusals.unknown_code("category", "") if command.answers else None
    if command.category not in codes.categories:
        return refusals.unknown_code("category", command.category)
    for prompt, answer in command.answers:
        if wrong := _check_answer(codes, command.category, prompt, answer):
            return wrong
    return None


def _told(command: c.LinkCall, state: IncidentState, context: Context) -> Urgency | None:
    """What the caller tells of, if it asks for more than the incident has already."""
    if command.priority is None and not command.category:
        return None
    category = command.category or state.category
    priority = command.priority or context.codes.categories[category]
    for prompt, answer in command.answers:
        priority = min(priority, _demanded(category, prompt, answer, context) or priority)
    answers = tuple(dict(command.answers).items())
    if category == state.category and priority >= state.priority and not answers:
        return None
    # Its promise counts from the call: the caller has waited since then.
    call = context.calls[command.call]
    return Urgency(category, priority, answers, (), call.received_at_ms, "pending", ())


def _unlink(stream: str, command: c.UnlinkCall, state: IncidentState, context: Context) -> Decision:
    if command.call not in state.calls:
        return () if command.call in context.calls else refusals.unknown_call(command.call)
    call = check_call(command.call, "<unlink>", context)
    if not isinstance(call, CallState):
        return call
    return (Emitted(stream, e.IncidentCallUnlinked(command.call)),)


def _add_note(stream: str, command: c.AddNote, state: IncidentState) -> Decision:
    if command.note in state.notes:
        return ()
    if not command.text.strip():
        return refusals.note_is_empty()
    added = e.IncidentNoteAdded(command.note)
    return (Emitted(stream, added, {"text": command.text}, stream),)


# --- prompts and places ----------------------------------------------------------------------


def _check_place(place: c.Place, context: Context) -> Refusal | None:
    if context.zone and isfinite(place.lon) and isfinite(place.lat):
        return None
    return refusals.place_outside()


def _check_answer(codes: Codes, category: str, prompt: str, answer: str) -> Refusal | None:
    if codes.answer(category, prompt, answer) is not None:
        return None
    known = prompt in codes.prompts.get(category, {})
    return (
        refusals.unknown_code("answer", answer)
        if known
        else refusals.unknown_code("prompt", prompt)
    )


def _demanded(category: str, prompt: str, answer: str, context: Context) -> int | None:
    meaning = context.codes.answer(category, prompt, answer)
    return meaning.priority if meaning else None


def _raise(
    stream: str, category: str, prompt: str, answer: str, priority: int, context: Context
) -> tuple[Emitted, ...]:
    """An answer may raise the priority (a smaller number); it never lowers it."""
    demanded = _demanded(category, prompt, answer, context)
    if demanded is None or demanded >= priority:
        return ()
    return (Emitted(stream, e.IncidentPriorityChanged(demanded, by_prompt=prompt)),)


def _answer(
    stream: str, command: c.AnswerPrompt, state: IncidentState, context: Context
) -> Decision:
    if (command.prompt, command.answer) in state.answers:
        return ()
    wrong = _check_answer(context.codes, state.category, command.prompt, command.answer)
    if wrong is not None:
        return wrong
    answered = Emitted(stream, e.IncidentPromptAnswered(command.prompt, command.answer))
    raised = _raise(stream, state.category, command.prompt, command.answer, state.priority, context)
    return (answered, *raised)


# --- conclusion ------------------------------------------------------------------------------


def missing_for_close(
    state: IncidentState,
    incidents: Mapping[UUID, IncidentState],
    calls: Mapping[UUID, CallState],
) -> tuple[dict[str, object], ...]:
    """What closing still lacks, as JSON objects with `what`:

    `disposition`; `assignment` (still open: assignment, unit, state); `clear_reason` (assignment,
    unit); `call` (still ringing or claimed: call, state). Calls of absorbed incidents count too.
    A call that wasn't loaded counts as missing, with state `unknown`.
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
    for call in calls_of(state, incidents):
        known = calls.get(call)
        phase = known.state if known else "unknown"
        if phase in ("ringing", "claimed", "unknown"):
            missing.append({"what": "call", "call": str(call), "state": phase})
    return tuple(missing)


def calls_of(state: IncidentState, incidents: Mapping[UUID, IncidentState]) -> tuple[UUID, ...]:
    """The calls of an incident and of all that were merged into it, as far as these are given."""
    calls = list(state.calls)
    seen: set[UUID] = set()
    waiting = list(state.absorbed)
    while waiting:
        id_ = waiting.pop(0)
        absorbed = incidents.get(id_)
        if absorbed is None or id_ in seen:
            continue
        seen.add(id_)
        calls += absorbed.calls
        waiting += absorbed.absorbed
    return tuple(dict.fromkeys(calls))


def _close(
    stream: str, command: c.CloseIncident, state: IncidentState, context: Context
) -> Decision:
    missing = missing_for_close(state, context.incidents, context.calls)
    if missing:
        return refusals.incident_not_ready(command.incident, missing)
    early = check_not_before(state, context)
    return early or (Emitted(stream, e.IncidentClosed(state.disposition)),)

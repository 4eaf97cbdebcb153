"""Matters: opened from an incident, mediated, concluded, confirmed. They expire by themselves."""

from typing import Final, Literal

from dutyroom.clocks.arithmetic import Promise, due
from dutyroom.clocks.rule import Rule
from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import is_barred
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.matters import refusals
from dutyroom.domain.matters.commands import (
    AddMatterNote,
    ConcludeMatter,
    ConfirmMatter,
    DecideCase,
    DropMediation,
    HoldMediation,
    LinkMatter,
    MediationId,
    OpenMatter,
    PlanMediation,
    ReassignMatter,
    ReleaseMatter,
    TakeMatter,
    UndoMediation,
    UndoOpening,
    UndoOutcome,
    UnlinkMatter,
)
from dutyroom.domain.matters.events import (
    MatterCaseDecided,
    MatterConcluded,
    MatterConfirmed,
    MatterLinked,
    MatterNoteAdded,
    MatterOpened,
    MatterOpeningUndone,
    MatterOutcomeUndone,
    MatterReassigned,
    MatterReleased,
    MatterTaken,
    MatterUnlinked,
    MediationDropped,
    MediationHeld,
    MediationPlanned,
    MediationUndone,
)
from dutyroom.domain.matters.state import MatterState
from dutyroom.domain.matters.table import MATTER
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.checks import check_team
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.refusals import complaint_of_own_station

type OwnersCommand = (
    PlanMediation
    | DropMediation
    | HoldMediation
    | UndoMediation
    | ConcludeMatter
    | UndoOutcome
    | DecideCase
)
type MatterCommand = (
    OpenMatter
    | UndoOpening
    | TakeMatter
    | ReleaseMatter
    | ReassignMatter
    | LinkMatter
    | UnlinkMatter
    | AddMatterNote
    | ConfirmMatter
    | OwnersCommand
)

LONGEST_TEXT: Final = 2_000
MOST_INCIDENTS: Final = 50
MOST_MEDIATIONS: Final = 50
LONGEST_DAYS: Final = 400
DAY_MS: Final = 86_400_000


def decide_matter(command: MatterCommand, context: Context) -> Decision:
    """Decide a command about one matter."""
    state = context.find(MatterState, f"matter:{command.matter}")
    phase = state.phase_at(context.occurred_at_ms) if state else "none"
    by = context.actor.id
    if isinstance(command, TakeMatter) and state is not None and state.owner == by:
        return () if phase in ("in_hand", "failed") else _refused(command, phase, state, context)
    cell = MATTER[phase, command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(command, phase, state, context)
    if isinstance(command, OpenMatter):
        return _open(command, context)
    assert state is not None
    early = context.afterwards and context.occurred_at_ms < state.since_ms
    if early and not isinstance(command, AddMatterNote):
        return refusals.time_before_matter(context.occurred_at_ms, state.since_ms)
    return _decide_known(command, state, context)


def _refused(
    command: MatterCommand, phase: str, state: MatterState | None, context: Context
) -> Refusal:
    matter = command.matter
    if state is None:
        return refusals.unknown_matter(matter)
    match MATTER[phase, command.VERB]:
        case "MatterExists":
            return refusals.matter_exists(matter, phase)
        case "MatterNotTaken":
            return refusals.matter_not_taken(matter)
        case "MatterHasOutcome":
            return refusals.matter_has_outcome(matter, state.outcome)
        case "MatterHasNotFailed":
            return refusals.matter_has_not_failed(matter, phase)
        case "MatterIsOfAnother":
            return refusals.matter_is_of_another(matter, state.owner)
    return refusals.matter_is_over(matter, phase)


def _decide_known(command: MatterCommand, state: MatterState, context: Context) -> Decision:
    stream, by = f"matter:{command.matter}", context.actor.id
    match command:
        case UndoOpening():
            return _undo_opening(command, state, context)
        case TakeMatter(matter):
            if state.owner not in ("", by):
                return refusals.matter_is_of_another(matter, state.owner)
            return (Emitted(stream, MatterTaken(by)),)
        case ReleaseMatter():
            return _release(command, state, context)
        case ReassignMatter(_, org, team, owner):
            if (state.org, state.team, state.owner) == (org, team, owner):
                return ()
            first = incident_of(state.first, context)
            wrong = _check_receiver(command, first, context)
            return wrong or (Emitted(stream, MatterReassigned(by, org, team, owner)),)
        case LinkMatter():
            return _link(command, state, context)
        case UnlinkMatter(_, incident):
            if incident == state.first:
                return refusals.matter_began_there(incident)
            linked = state.has(incident)
            return (Emitted(stream, MatterUnlinked(by, incident)),) if linked else ()
        case AddMatterNote(_, note, said):
            if note in state.notes:
                return ()
            return _saying(stream, MatterNoteAdded(note), said, state)
        case ConfirmMatter():
            review_ms = _review_ms(state.phase == "watched", context)
            return (Emitted(stream, MatterConfirmed(by, review_ms)),)
        case OpenMatter():
            return ()
        case UndoOutcome() if not state.owner and state.owner_before == by:
            # It failed by mistake, and nobody has taken the case.
            return _undo_outcome(stream, state, context)
        case _:
            if state.owner != by:
                return refusals.matter_is_of_another(command.matter, state.owner)
            return _decide_work(stream, command, state, context)


def _decide_work(
    stream: str, command: OwnersCommand, state: MatterState, context: Context
) -> Decision:
    """What only its owner does."""
    by = context.actor.id
    match command:
        case PlanMediation():
            return _plan(stream, command, state, context)
        case DropMediation(_, mediation) | HoldMediation(_, mediation):
            known = state.mediation(mediation)
            if known is None:
                return refusals.unknown_mediation(mediation)
            if known.held_ms is not None:
                return refusals.mediation_was_held(mediation, known.result)
            if isinstance(command, DropMediation):
                return (Emitted(stream, MediationDropped(by, mediation)),)
            again = context.loop.matters.again if command.result == "again" else None
            then = _promise(again, context)
            review_ms = max(_review_ms(False, context), then.due_ms or 0)
            result, provisional = command.result, then.provisional
            held = MediationHeld(by, mediation, result, then.due_ms, review_ms, provisional)
            return _saying(stream, held, command.text, state)
        case UndoMediation(_, mediation):
            return _undo_mediation(stream, mediation, state, context)
        case ConcludeMatter(_, outcome, said):
            failed = outcome == "mediation_failed"
            then = _promise(context.loop.matters.case if failed else None, context)
            # The case lies with the organisation itself where that has no team for cases.
            team: Team = "case" if "case" in context.codes.teams.get(state.org, ()) else ""
            review_ms = _review_ms(True, context)
            concluded = MatterConcluded(by, outcome, then.due_ms, review_ms, team, then.provisional)
            return _saying(stream, concluded, said, state)
        case UndoOutcome():
            return _undo_outcome(stream, state, context)
        case DecideCase():
            return (Emitted(stream, MatterCaseDecided(by)),)


def _open(command: OpenMatter, context: Context) -> Decision:
    """Its texts are sealed under the key of the incident that it is opened from."""
    incident = _incident(command, context)
    if isinstance(incident, Refusal):
        return incident
    kinds = context.codes.matter_kinds
    if command.kind not in kinds:
        return shared_refusals.unknown_code("kind", command.kind)
    if incident.category not in kinds[command.kind]:
        return refusals.no_such_dispute(command.incident, incident.category)
    if wrong := _check_receiver(command, incident, context):
        return wrong
    text = _text(command.text)
    if isinstance(text, Refusal):
        return text
    opened = MatterOpened(
        by=context.actor.id,
        incident=command.incident,
        number=incident.number,
        kind=command.kind,
        org=command.org,
        team=command.team,
        owner=command.owner,
        review_ms=_review_ms(False, context),
    )
    key = f"incident:{command.incident}"
    return (Emitted(f"matter:{command.matter}", opened, {"text": text}, key),)


def _undo_opening(command: UndoOpening, state: MatterState, context: Context) -> Decision:
    """By who opened it, or by the room; nothing that somebody has done is lost."""
    by = context.actor.id
    if by != state.opened_by and context.actor.org:
        return refusals.matter_opened_by_another(command.matter, state.opened_by)
    if state.touched:
        return refusals.matter_has_begun(command.matter)
    return (Emitted(f"matter:{command.matter}", MatterOpeningUndone(by)),)


def _incident(command: OpenMatter | LinkMatter, context: Context) -> IncidentState | Refusal:
    """An incident becomes part of a matter also after it was closed; one that was merged is part
    of another."""
    incident = incident_of(command.incident, context)
    if incident is None or incident.state == "merged":
        return refusals.incident_is_no_part(
            command.incident, incident.state if incident else "none"
        )
    return incident


def _check_receiver(
    command: OpenMatter | ReassignMatter, incident: IncidentState | None, context: Context
) -> Refusal | None:
    if command.org not in context.codes.orgs:
        return refusals.matter_needs_organisation(command.org)
    if incident is not None and is_barred(command.org, incident, context):
        return complaint_of_own_station(command.org, incident.number)
    if wrong := check_team(command.team, command.org, context):
        return wrong
    if not command.owner:
        return None
    works_for = context.answer(WorksFor(command.owner))
    if works_for is None or not within(command.org, works_for):
        name = context.codes.org(command.org)
        return refusals.matter_owner_elsewhere(command.owner, command.org, name)
    return None


def _release(command: ReleaseMatter, state: MatterState, context: Context) -> Decision:
    left = context.actor.role == "operator"
    if not state.owner:
        return ()
    if not left and state.owner != context.actor.id:
        return refusals.matter_is_of_another(command.matter, state.owner)
    because: Literal["left", "undone"] = "left" if left else "undone"
    released = MatterReleased(context.actor.id, state.owner, because)
    return (Emitted(f"matter:{command.matter}", released),)


def _link(command: LinkMatter, state: MatterState, context: Context) -> Decision:
    if state.has(command.incident):
        return ()
    incident = _incident(command, context)
    if isinstance(incident, Refusal):
        return incident
    if len(state.incidents) >= MOST_INCIDENTS:
        return refusals.matter_too_long("incidents", MOST_INCIDENTS)
    if is_barred(state.org, incident, context):
        return complaint_of_own_station(state.org, incident.number)
    linked = MatterLinked(context.actor.id, command.incident, incident.number)
    return (Emitted(f"matter:{command.matter}", linked),)


def _plan(stream: str, command: PlanMediation, state: MatterState, context: Context) -> Decision:
    if state.mediation(command.mediation) is not None:
        return ()
    now = context.occurred_at_ms
    if not now < command.at_ms <= now + LONGEST_DAYS * DAY_MS:
        return refusals.mediation_time_wrong(LONGEST_DAYS)
    if len(state.mediations) >= MOST_MEDIATIONS:
        return refusals.matter_too_long("mediations", MOST_MEDIATIONS)
    planned = MediationPlanned(context.actor.id, command.mediation, command.at_ms)
    return _saying(stream, planned, command.text, state)


def _undo_mediation(
    stream: str, mediation: MediationId, state: MatterState, context: Context
) -> Decision:
    """It is arranged again. What would have ended meanwhile without it gets its usual time."""
    known = state.mediation(mediation)
    if known is None:
        return refusals.unknown_mediation(mediation)
    if known.held_ms is None:
        return ()
    was = state.held
    if was is None or was.mediation != mediation:
        return refusals.mediation_was_followed(mediation)
    ahead = was.review_ms > context.occurred_at_ms
    review_ms = was.review_ms if ahead else _review_ms(False, context)
    by = context.actor.id
    undone = MediationUndone(by, mediation, was.next_ms, review_ms, was.provisional)
    return (Emitted(stream, undone),)


def _undo_outcome(stream: str, state: MatterState, context: Context) -> Decision:
    """Who had it before it failed and has left meanwhile doesn't get it back: it falls to the
    team."""
    by, review_ms = context.actor.id, _review_ms(False, context)
    undone = Emitted(stream, MatterOutcomeUndone(by, review_ms, state.next_before_ms))
    owner = state.owner_before if state.phase == "failed" else state.owner
    works_for = context.answer(WorksFor(owner)) if owner else None
    if not owner or (works_for is not None and within(state.org, works_for)):
        return (undone,)
    return (undone, Emitted(stream, MatterReleased(by, owner, "left")))


def _saying(
    stream: str,
    event: MatterNoteAdded | MediationPlanned | MediationHeld | MatterConcluded,
    said: str,
    state: MatterState,
) -> Decision:
    text = _text(said)
    if isinstance(text, Refusal):
        return text
    return (Emitted(stream, event, {"text": text}, f"incident:{state.first}"),)


def _text(said: str) -> str | Refusal:
    """What was said, without blanks around it; it has to say something."""
    text = said.strip()
    if 0 < len(text) <= LONGEST_TEXT:
        return text
    return refusals.matter_text_wrong(len(text), LONGEST_TEXT)


def _review_ms(settled: bool, context: Context) -> int:
    """When it is looked at next: what was settled is watched, the rest must be confirmed."""
    rules = context.loop.matters
    days = rules.watch_days if settled else rules.review_days
    return context.occurred_at_ms + days * DAY_MS


def _promise(rule: Rule | None, context: Context) -> Promise:
    """When something is due by a rule of the pack; never where it has none."""
    if rule is None:
        return Promise(None, None, False)
    return due(rule, context.loop.calendar(rule.calendar), context.occurred_at_ms)

"""What an event changes in a matter."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
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
from dutyroom.domain.matters.state import Held, MatterPhase, MatterState, Mediation


def evolve_matter(state: MatterState | None, event: Event, at_ms: int) -> MatterState | None:
    """A matter after an event of its stream."""
    if state is None:
        return _opened(event, at_ms) if isinstance(event, MatterOpened) else None
    after = _after(state, event, at_ms)
    if after is state:
        return state
    return replace(after, touched=True, held=_held(state, event))


def _held(before: MatterState, event: Event) -> Held | None:
    """The mediation that can still be undone: what it has changed since."""
    match event:
        case MediationHeld(_, mediation):
            return Held(mediation, before.next_ms, before.review_ms, before.next_provisional)
        case MatterNoteAdded() | MatterLinked() | MatterUnlinked():
            return before.held
    return None


def _after(state: MatterState, event: Event, at_ms: int) -> MatterState:
    match event:
        case MatterNoteAdded(note) if note not in state.notes:
            return replace(state, notes=(*state.notes, note))
        case MatterLinked(_, incident, number) if not state.has(incident):
            return replace(state, incidents=(*state.incidents, (incident, number)))
        case MatterUnlinked(_, incident) if incident != state.first:
            left = tuple(one for one in state.incidents if one[0] != incident)
            return replace(state, incidents=left)
        case MediationPlanned() | MediationDropped() | MediationHeld() | MediationUndone():
            return _mediated(state, event, at_ms)
        case MatterTaken() | MatterReleased() | MatterReassigned():
            return _passed_on(state, event, at_ms)
    return _come_out(state, event, at_ms)


def _opened(event: MatterOpened, at_ms: int) -> MatterState:
    return MatterState(
        _lying(event.owner),
        ((event.incident, event.number),),
        event.kind,
        event.org,
        event.team,
        event.owner,
        opened_by=event.by,
        opened_ms=at_ms,
        since_ms=at_ms,
        review_ms=event.review_ms,
    )


def _lying(owner: str) -> MatterPhase:
    return "in_hand" if owner else "waiting"


def _mediated(
    state: MatterState,
    event: MediationPlanned | MediationDropped | MediationHeld | MediationUndone,
    at_ms: int,
) -> MatterState:
    known = state.mediation(event.mediation)
    others = tuple(one for one in state.mediations if one.id != event.mediation)
    match event:
        case MediationPlanned(_, id_, planned_ms) if known is None:
            return replace(state, mediations=(*others, Mediation(id_, planned_ms)))
        case MediationDropped() if known is not None and known.held_ms is None:
            return replace(state, mediations=others)
        case MediationHeld(_, id_, result, next_ms, review_ms, provisional) if known is not None:
            return replace(
                state,
                mediations=(*others, Mediation(id_, known.at_ms, result, at_ms)),
                next_ms=next_ms,
                next_provisional=provisional,
                review_ms=review_ms,
            )
        case MediationUndone(_, id_, next_ms, review_ms, was) if known is not None and known.result:
            return replace(
                state,
                mediations=(*others, Mediation(id_, known.at_ms)),
                next_ms=next_ms,
                next_provisional=was,
                review_ms=review_ms,
            )
    return state


def _passed_on(
    state: MatterState, event: MatterTaken | MatterReleased | MatterReassigned, at_ms: int
) -> MatterState:
    match event:
        case MatterTaken(by):
            after = replace(state, owner=by)
        case MatterReleased():
            after = replace(state, owner="")
        case MatterReassigned(_, org, team, owner):
            after = replace(state, org=org, team=team, owner=owner)
    if after.phase in ("waiting", "in_hand"):
        after = replace(after, phase=_lying(after.owner))
    return replace(after, since_ms=at_ms)


def _come_out(state: MatterState, event: Event, at_ms: int) -> MatterState:
    """What became of it."""
    match event:
        case MatterConcluded(_, outcome, due_ms, review_ms, team, provisional):
            after = replace(
                state,
                outcome=outcome,
                due_ms=due_ms,
                due_from_ms=None if due_ms is None else at_ms,
                due_provisional=provisional,
                review_ms=review_ms,
                next_before_ms=state.next_ms,
                since_ms=at_ms,
            )
            if outcome == "given_up":
                return replace(after, phase="given_up")
            if outcome != "mediation_failed":
                return replace(after, phase="watched", next_ms=None)
            return replace(
                after,
                phase="failed",
                team=team,
                owner="",
                next_ms=None,
                team_before=state.team,
                owner_before=state.owner,
            )
        case MatterOutcomeUndone(_, review_ms, next_ms) if state.outcome:
            back = state.phase == "failed"
            owner = state.owner_before if back else state.owner
            return replace(
                state,
                phase=_lying(owner),
                team=state.team_before if back else state.team,
                owner=owner,
                outcome="",
                due_ms=None,
                due_from_ms=None,
                due_provisional=False,
                next_ms=next_ms,
                next_before_ms=None,
                review_ms=review_ms,
                since_ms=at_ms,
            )
        case MatterConfirmed(_, review_ms):
            return replace(state, review_ms=review_ms)
        case MatterCaseDecided():
            return replace(state, phase="decided", since_ms=at_ms)
        case MatterOpeningUndone() if not state.over:
            return replace(state, phase="withdrawn", since_ms=at_ms)
    return state

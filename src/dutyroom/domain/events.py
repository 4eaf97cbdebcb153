"""Every event of the journal: its type with version, and its clear body.

A field here is never personal data: what is personal travels in `Emitted.sealed`. The tables in
`docs/reference/events.md` say which stream each event is in. Events are never edited, deleted or
renamed: a new meaning gets a new class with a new version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal
from uuid import UUID

from dutyroom.domain.commands import Need

type OpenPhase = Literal["dispatched", "en_route", "on_scene", "transporting", "at_facility"]
"""The states of an assignment in which its unit is committed."""

type Progress = Literal["pending", "dispatched", "en_route", "on_scene", "cleared"]
"""How far the help of an incident has come."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `TYPE` is its name and version in the journal."""

    TYPE: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """The other end of a move: an assignment of an incident."""

    incident: UUID
    assignment: UUID


@dataclass(frozen=True, slots=True)
class Urgency:
    """What one matter asked for when it became part of an incident.

    `waiting_from_ms` is when its promises began, `progress` how far its help had come, `served`
    the units that had already done their work for it.
    """

    category: str
    priority: int
    answers: tuple[tuple[str, str], ...]
    more: tuple[Need, ...]
    waiting_from_ms: int
    progress: Progress
    served: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Emitted:
    """An event on its way into the journal.

    `sealed` is its personal data, `key` names whose key seals it: `call:<id>`, `incident:<id>` or
    `emergency:<unit>:<when>`.
    """

    stream: str
    event: Event
    sealed: Mapping[str, object] | None = None
    key: str | None = None


# --- calls -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallReceived(Event):
    TYPE: ClassVar[str] = "call.received.v1"
    line: str


@dataclass(frozen=True, slots=True)
class CallClaimed(Event):
    TYPE: ClassVar[str] = "call.claimed.v1"
    by: str


@dataclass(frozen=True, slots=True)
class CallReleased(Event):
    TYPE: ClassVar[str] = "call.released.v1"


@dataclass(frozen=True, slots=True)
class CallHungUp(Event):
    TYPE: ClassVar[str] = "call.hung_up.v1"


@dataclass(frozen=True, slots=True)
class CallMarkedSilent(Event):
    TYPE: ClassVar[str] = "call.marked_silent.v1"


@dataclass(frozen=True, slots=True)
class CallCalledBack(Event):
    TYPE: ClassVar[str] = "call.called_back.v1"
    outcome: str


@dataclass(frozen=True, slots=True)
class CallDetailsRecorded(Event):
    """The details themselves are sealed; only the fields that were said are in the sealed body."""

    TYPE: ClassVar[str] = "call.details_recorded.v1"


@dataclass(frozen=True, slots=True)
class CallEnded(Event):
    TYPE: ClassVar[str] = "call.ended.v1"
    no_incident_reason: str


# --- incidents -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentOpened(Event):
    """`answers` are pairs of prompt code and answer code."""

    TYPE: ClassVar[str] = "incident.opened.v1"
    number: str
    category: str
    priority: int
    zone: str
    channel: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IncidentCallLinked(Event):
    TYPE: ClassVar[str] = "incident.call_linked.v1"
    call: UUID


@dataclass(frozen=True, slots=True)
class IncidentCallUnlinked(Event):
    TYPE: ClassVar[str] = "incident.call_unlinked.v1"
    call: UUID


@dataclass(frozen=True, slots=True)
class IncidentCategoryChanged(Event):
    TYPE: ClassVar[str] = "incident.category_changed.v1"
    category: str


@dataclass(frozen=True, slots=True)
class IncidentPriorityChanged(Event):
    """`by_prompt` is the code of the prompt whose answer raised it, or empty."""

    TYPE: ClassVar[str] = "incident.priority_changed.v1"
    priority: int
    by_prompt: str


@dataclass(frozen=True, slots=True)
class IncidentPlaceChanged(Event):
    TYPE: ClassVar[str] = "incident.place_changed.v1"
    zone: str


@dataclass(frozen=True, slots=True)
class IncidentPromptAnswered(Event):
    TYPE: ClassVar[str] = "incident.prompt_answered.v1"
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class IncidentNoteAdded(Event):
    TYPE: ClassVar[str] = "incident.note_added.v1"
    note: UUID


@dataclass(frozen=True, slots=True)
class IncidentNoteStruck(Event):
    TYPE: ClassVar[str] = "incident.note_struck.v1"
    note: UUID


@dataclass(frozen=True, slots=True)
class IncidentMoreRequested(Event):
    TYPE: ClassVar[str] = "incident.more_requested.v1"
    capability: str
    count: int


@dataclass(frozen=True, slots=True)
class IncidentUnitDispatched(Event):
    """`recommended` is None when there was no recommendation; False counts as an override.

    It is judged by the recommendation that the sender was shown at `advised_at_ms`; None there: by
    the one of the moment.
    """

    TYPE: ClassVar[str] = "incident.unit_dispatched.v1"
    assignment: UUID
    unit: str
    recommended: bool | None
    arrival_s: float | None
    override_reason: str
    unavailable_reason: str
    moved_from: Moved | None
    advised_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentMerged(Event):
    TYPE: ClassVar[str] = "incident.merged.v1"
    into: UUID


@dataclass(frozen=True, slots=True)
class IncidentAbsorbed(Event):
    TYPE: ClassVar[str] = "incident.absorbed.v1"
    source: UUID


@dataclass(frozen=True, slots=True)
class IncidentUrgencyKept(Event):
    """What came with a merged incident, or with a call that tells of something worse.

    `source` is that incident or call. The incident has at least this `priority` from now on, needs
    what the `parts` need, and keeps their promises, until the source is taken out again.
    """

    TYPE: ClassVar[str] = "incident.urgency_kept.v1"
    source: UUID
    origin: Literal["incident", "call"]
    priority: int
    parts: tuple[Urgency, ...]


@dataclass(frozen=True, slots=True)
class IncidentSplit(Event):
    TYPE: ClassVar[str] = "incident.split.v1"
    out_of: UUID


@dataclass(frozen=True, slots=True)
class IncidentReleased(Event):
    TYPE: ClassVar[str] = "incident.released.v1"
    source: UUID


@dataclass(frozen=True, slots=True)
class IncidentDispositionSet(Event):
    TYPE: ClassVar[str] = "incident.disposition_set.v1"
    disposition: str


@dataclass(frozen=True, slots=True)
class IncidentClosed(Event):
    TYPE: ClassVar[str] = "incident.closed.v1"
    disposition: str


@dataclass(frozen=True, slots=True)
class IncidentReopened(Event):
    """Of older journals: what had been served counted on."""

    TYPE: ClassVar[str] = "incident.reopened.v1"
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentReopenedPending(Event):
    """Help is needed anew: who has served no longer counts, and the promises begin again."""

    TYPE: ClassVar[str] = "incident.reopened.v2"
    reason: str


# --- assignments (in the stream of their incident) -------------------------------------------


@dataclass(frozen=True, slots=True)
class AssignmentEnRoute(Event):
    TYPE: ClassVar[str] = "assignment.en_route.v1"
    assignment: UUID
    unit: str


@dataclass(frozen=True, slots=True)
class AssignmentOnScene(Event):
    TYPE: ClassVar[str] = "assignment.on_scene.v1"
    assignment: UUID
    unit: str


@dataclass(frozen=True, slots=True)
class AssignmentTransporting(Event):
    TYPE: ClassVar[str] = "assignment.transporting.v1"
    assignment: UUID
    unit: str


@dataclass(frozen=True, slots=True)
class AssignmentAtFacility(Event):
    TYPE: ClassVar[str] = "assignment.at_facility.v1"
    assignment: UUID
    unit: str


@dataclass(frozen=True, slots=True)
class AssignmentCleared(Event):
    TYPE: ClassVar[str] = "assignment.cleared.v1"
    assignment: UUID
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentCancelled(Event):
    TYPE: ClassVar[str] = "assignment.cancelled.v1"
    assignment: UUID
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentTakenOver(Event):
    """It left with a reassignment, a merge or a split."""

    TYPE: ClassVar[str] = "assignment.taken_over.v1"
    assignment: UUID
    unit: str
    to_incident: UUID
    new_assignment: UUID
    state_before: OpenPhase


@dataclass(frozen=True, slots=True)
class AssignmentReceived(Event):
    """It came with a merge or a split, in the state it had since `since_ms`.

    `through` are the merged incidents it came through, the latest last: a split takes back what
    came through the incident that is split out.
    """

    TYPE: ClassVar[str] = "assignment.received.v1"
    assignment: UUID
    unit: str
    from_incident: UUID
    from_assignment: UUID
    state: OpenPhase
    since_ms: int
    recommended: bool | None
    through: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class AssignmentRestored(Event):
    """A reassignment was undone: it is again in `state`, as it was since `since_ms`."""

    TYPE: ClassVar[str] = "assignment.restored.v1"
    assignment: UUID
    unit: str
    state: OpenPhase
    since_ms: int


# --- units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitSignedOn(Event):
    TYPE: ClassVar[str] = "unit.signed_on.v1"
    crew: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitCrewMoved(Event):
    """These people come from another unit, which has gone on without them or off duty."""

    TYPE: ClassVar[str] = "unit.crew_moved.v1"
    members: tuple[str, ...]
    from_unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitSignedOff(Event):
    TYPE: ClassVar[str] = "unit.signed_off.v1"


@dataclass(frozen=True, slots=True)
class UnitMarkedUnavailable(Event):
    TYPE: ClassVar[str] = "unit.marked_unavailable.v1"
    reason: str


@dataclass(frozen=True, slots=True)
class UnitMarkedAvailable(Event):
    TYPE: ClassVar[str] = "unit.marked_available.v1"


@dataclass(frozen=True, slots=True)
class UnitFreed(Event):
    """Its assignment ended and it has no other: it is available, or unavailable, since then."""

    TYPE: ClassVar[str] = "unit.freed.v1"
    assignment: UUID


@dataclass(frozen=True, slots=True)
class UnitHeardFrom(Event):
    TYPE: ClassVar[str] = "unit.heard_from.v1"


@dataclass(frozen=True, slots=True)
class UnitEmergencyRaised(Event):
    """Zone and incident (with its public number) are those of the press; empty if unknown, and in
    older journals. The position itself is sealed."""

    TYPE: ClassVar[str] = "unit.emergency_raised.v1"
    by: str
    zone: str = ""
    incident: UUID | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class UnitEmergencyAcknowledged(Event):
    TYPE: ClassVar[str] = "unit.emergency_acknowledged.v1"
    by: str


@dataclass(frozen=True, slots=True)
class UnitEmergencyEnded(Event):
    TYPE: ClassVar[str] = "unit.emergency_ended.v1"
    by: str


# --- the desk, the centre, readings ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandoverStarted(Event):
    """`incidents` are those that were open at the start."""

    TYPE: ClassVar[str] = "desk.handover_started.v1"
    by: str
    to: str
    incidents: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class HandoverIncidentConfirmed(Event):
    TYPE: ClassVar[str] = "desk.incident_confirmed.v1"
    incident: UUID


@dataclass(frozen=True, slots=True)
class HandoverCompleted(Event):
    TYPE: ClassVar[str] = "desk.handover_completed.v1"


@dataclass(frozen=True, slots=True)
class HandoverCancelled(Event):
    TYPE: ClassVar[str] = "desk.handover_cancelled.v1"


@dataclass(frozen=True, slots=True)
class PackAdopted(Event):
    TYPE: ClassVar[str] = "centre.pack_adopted.v1"
    name: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class RecordRead(Event):
    """Somebody read sealed data (written by `readings`): what, for which purpose, why allowed."""

    TYPE: ClassVar[str] = "record.read.v1"
    what: str
    incidents: tuple[UUID, ...]
    calls: tuple[UUID, ...]
    purpose: str
    because: str


EVENT_TYPES: Mapping[str, type[Event]] = {
    kind.TYPE: kind
    for kind in tuple(globals().values())
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
"""Every event class by its type."""

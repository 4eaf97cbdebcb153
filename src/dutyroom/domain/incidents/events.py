"""Events of an incident; those of its assignments are in its stream.

A field here is never personal data. Never edited, deleted or renamed: a new meaning is a new class.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.incidents.commands import MinorLift
from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import (
    AnswerCode,
    AssignmentId,
    CallId,
    CancelReason,
    CapabilityCode,
    CategoryCode,
    ClearReason,
    ContactReason,
    DeskCode,
    DispositionCode,
    IncidentId,
    NoteId,
    OrgPath,
    OverrideReason,
    PointReason,
    Priority,
    PromptAnswers,
    PromptCode,
    ReopenReason,
    SourceId,
    UnitId,
    ZoneId,
)
from dutyroom.domain.values import Moved, OpenPhase, PointKind, Settled, Urgency


@dataclass(frozen=True, slots=True)
class IncidentOpened(Event):
    """`answers` are pairs of prompt code and answer code. `precise`: the place is more than a
    street; older journals don't say."""

    TYPE: ClassVar[str] = "incident.opened.v1"
    number: str
    category: CategoryCode
    priority: Priority
    zone: ZoneId
    channel: str
    answers: PromptAnswers
    precise: bool = True

    @property
    def public_number(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True)
class IncidentCallLinked(Event):
    TYPE: ClassVar[str] = "incident.call_linked.v1"
    call: CallId


@dataclass(frozen=True, slots=True)
class IncidentCallUnlinked(Event):
    TYPE: ClassVar[str] = "incident.call_unlinked.v1"
    call: CallId


@dataclass(frozen=True, slots=True)
class IncidentChased(Event):
    """A further call about the same matter. It is a call of the incident from now on."""

    TYPE: ClassVar[str] = "incident.chased.v1"
    call: CallId


@dataclass(frozen=True, slots=True)
class IncidentChaseAcknowledged(Event):
    """The chases that were made until then have been seen."""

    TYPE: ClassVar[str] = "incident.chase_acknowledged.v1"
    until_ms: int


@dataclass(frozen=True, slots=True)
class IncidentCategoryChanged(Event):
    TYPE: ClassVar[str] = "incident.category_changed.v1"
    category: CategoryCode


@dataclass(frozen=True, slots=True)
class IncidentPriorityChanged(Event):
    """`by_prompt` is the code of the prompt whose answer raised it, or empty."""

    TYPE: ClassVar[str] = "incident.priority_changed.v1"
    priority: Priority
    by_prompt: PromptCode


@dataclass(frozen=True, slots=True)
class IncidentPlaceChanged(Event):
    """`precise`: the place is more than a street."""

    TYPE: ClassVar[str] = "incident.place_changed.v1"
    zone: ZoneId
    precise: bool = True


@dataclass(frozen=True, slots=True)
class IncidentPromptAnswered(Event):
    TYPE: ClassVar[str] = "incident.prompt_answered.v1"
    prompt: PromptCode
    answer: AnswerCode


@dataclass(frozen=True, slots=True)
class IncidentPointSettled(Event):
    """`reason` is empty for what was confirmed; `prompt` for what is no question, `partner` and
    `desk` for what isn't about one."""

    TYPE: ClassVar[str] = "incident.point_settled.v1"
    point: PointKind
    prompt: PromptCode
    how: Settled
    reason: PointReason
    partner: OrgPath = ""
    desk: DeskCode = ""


@dataclass(frozen=True, slots=True)
class IncidentPointReopened(Event):
    TYPE: ClassVar[str] = "incident.point_reopened.v1"
    point: PointKind
    prompt: PromptCode
    partner: OrgPath = ""
    desk: DeskCode = ""


@dataclass(frozen=True, slots=True)
class IncidentNoteAdded(Event):
    TYPE: ClassVar[str] = "incident.note_added.v1"
    note: NoteId


@dataclass(frozen=True, slots=True)
class IncidentNoteStruck(Event):
    TYPE: ClassVar[str] = "incident.note_struck.v1"
    note: NoteId


@dataclass(frozen=True, slots=True)
class IncidentMoreRequested(Event):
    TYPE: ClassVar[str] = "incident.more_requested.v1"
    capability: CapabilityCode
    count: int


@dataclass(frozen=True, slots=True)
class OfAssignment(Event):
    """What happens to one assignment of the incident: it shows in the row of its unit, too."""

    assignment: AssignmentId
    unit: UnitId


@dataclass(frozen=True, slots=True)
class IncidentUnitDispatched(OfAssignment):
    """`recommended` is None when there was no recommendation; False counts as an override.

    It is judged by the recommendation that the sender was shown at `advised_at_ms`; None there: by
    the one of the moment.
    """

    TYPE: ClassVar[str] = "incident.unit_dispatched.v1"
    recommended: bool | None
    arrival_s: float | None
    override_reason: OverrideReason
    unavailable_reason: OverrideReason
    moved_from: Moved | None
    advised_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentMerged(Event):
    TYPE: ClassVar[str] = "incident.merged.v1"
    into: IncidentId


@dataclass(frozen=True, slots=True)
class IncidentAbsorbed(Event):
    TYPE: ClassVar[str] = "incident.absorbed.v1"
    source: IncidentId


@dataclass(frozen=True, slots=True)
class IncidentUrgencyKept(Event):
    """What came with a merged incident, or with a call that reports something worse.

    `source` is that incident or call. The incident has at least this `priority` from now on, needs
    what the `parts` need, and keeps their promises, until the source is taken out again.
    """

    TYPE: ClassVar[str] = "incident.urgency_kept.v1"
    source: SourceId
    origin: Literal["incident", "call"]
    priority: Priority
    parts: tuple[Urgency, ...]


@dataclass(frozen=True, slots=True)
class IncidentSplit(Event):
    TYPE: ClassVar[str] = "incident.split.v1"
    out_of: IncidentId


@dataclass(frozen=True, slots=True)
class IncidentReleased(Event):
    TYPE: ClassVar[str] = "incident.released.v1"
    source: IncidentId


@dataclass(frozen=True, slots=True)
class IncidentDispositionSet(Event):
    TYPE: ClassVar[str] = "incident.disposition_set.v1"
    disposition: DispositionCode


@dataclass(frozen=True, slots=True)
class IncidentClosed(Event):
    TYPE: ClassVar[str] = "incident.closed.v1"
    disposition: DispositionCode


@dataclass(frozen=True, slots=True)
class IncidentReopened(Event):
    """Of older journals: what had been served counted on."""

    TYPE: ClassVar[str] = "incident.reopened.v1"
    reason: ReopenReason


@dataclass(frozen=True, slots=True)
class IncidentReopenedPending(Event):
    """Help is needed anew: who has served no longer counts, and the promises begin again."""

    TYPE: ClassVar[str] = "incident.reopened.v2"
    reason: ReopenReason


@dataclass(frozen=True, slots=True)
class IncidentContactUnsafe(Event):
    """It is not safe to contact who called. `reason`: empty where the pack has none."""

    TYPE: ClassVar[str] = "incident.contact_unsafe.v1"
    reason: ContactReason


@dataclass(frozen=True, slots=True)
class IncidentContactSafe(Event):
    """It is safe to contact them again."""

    TYPE: ClassVar[str] = "incident.contact_safe.v1"


@dataclass(frozen=True, slots=True)
class IncidentMinorMarked(Event):
    """It concerns a minor."""

    TYPE: ClassVar[str] = "incident.minor_marked.v1"


@dataclass(frozen=True, slots=True)
class IncidentMinorMarkLifted(Event):
    """It doesn't, after all."""

    TYPE: ClassVar[str] = "incident.minor_mark_lifted.v1"
    reason: MinorLift


@dataclass(frozen=True, slots=True)
class AssignmentEnRoute(OfAssignment):
    TYPE: ClassVar[str] = "assignment.en_route.v1"


@dataclass(frozen=True, slots=True)
class AssignmentOnScene(OfAssignment):
    TYPE: ClassVar[str] = "assignment.on_scene.v1"


@dataclass(frozen=True, slots=True)
class AssignmentTransporting(OfAssignment):
    TYPE: ClassVar[str] = "assignment.transporting.v1"


@dataclass(frozen=True, slots=True)
class AssignmentAtFacility(OfAssignment):
    TYPE: ClassVar[str] = "assignment.at_facility.v1"


@dataclass(frozen=True, slots=True)
class AssignmentCleared(OfAssignment):
    TYPE: ClassVar[str] = "assignment.cleared.v1"
    reason: ClearReason


@dataclass(frozen=True, slots=True)
class AssignmentCancelled(OfAssignment):
    TYPE: ClassVar[str] = "assignment.cancelled.v1"
    reason: CancelReason


@dataclass(frozen=True, slots=True)
class AssignmentTakenOver(OfAssignment):
    """It left with a reassignment, a merge or a split."""

    TYPE: ClassVar[str] = "assignment.taken_over.v1"
    to_incident: IncidentId
    new_assignment: AssignmentId
    state_before: OpenPhase


@dataclass(frozen=True, slots=True)
class AssignmentReceived(OfAssignment):
    """It came with a merge or a split, in the state it had since `since_ms`.

    `through` are the merged incidents it came through, the latest last: a split takes back what
    came through the incident that is split out.
    """

    TYPE: ClassVar[str] = "assignment.received.v1"
    from_incident: IncidentId
    from_assignment: AssignmentId
    state: OpenPhase
    since_ms: int
    recommended: bool | None
    through: tuple[IncidentId, ...]


@dataclass(frozen=True, slots=True)
class AssignmentRestored(OfAssignment):
    """A reassignment was undone: it is again in `state`, as it was since `since_ms`."""

    TYPE: ClassVar[str] = "assignment.restored.v1"
    state: OpenPhase
    since_ms: int

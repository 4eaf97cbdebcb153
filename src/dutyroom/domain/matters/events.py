"""Events of a matter. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import IncidentId, MatterKind, MemberId, NoteId, OrgPath
from dutyroom.domain.matters.commands import MediationId, MediationResult, Outcome
from dutyroom.domain.tasks.commands import Team


@dataclass(frozen=True, slots=True)
class MatterOpened(Event):
    """`number` is the incident's. `review_ms`: it ends by itself then, unless somebody confirms
    it. Its text is sealed."""

    TYPE: ClassVar[str] = "matter.opened.v1"
    by: MemberId
    incident: IncidentId
    number: str
    kind: MatterKind
    org: OrgPath
    team: Team
    owner: MemberId
    review_ms: int


@dataclass(frozen=True, slots=True)
class MatterOpeningUndone(Event):
    TYPE: ClassVar[str] = "matter.opening_undone.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class MatterTaken(Event):
    TYPE: ClassVar[str] = "matter.taken.v1"
    by: MemberId


@dataclass(frozen=True, slots=True)
class MatterReleased(Event):
    """It has fallen back to its team; `owner` had it."""

    TYPE: ClassVar[str] = "matter.released.v1"
    by: MemberId
    owner: MemberId
    because: Literal["undone", "left"]


@dataclass(frozen=True, slots=True)
class MatterReassigned(Event):
    TYPE: ClassVar[str] = "matter.reassigned.v1"
    by: MemberId
    org: OrgPath
    team: Team
    owner: MemberId


@dataclass(frozen=True, slots=True)
class MatterLinked(Event):
    TYPE: ClassVar[str] = "matter.linked.v1"
    by: MemberId
    incident: IncidentId
    number: str


@dataclass(frozen=True, slots=True)
class MatterUnlinked(Event):
    TYPE: ClassVar[str] = "matter.unlinked.v1"
    by: MemberId
    incident: IncidentId


@dataclass(frozen=True, slots=True)
class MediationPlanned(Event):
    """Its text is sealed."""

    TYPE: ClassVar[str] = "matter.mediation_planned.v1"
    by: MemberId
    mediation: MediationId
    at_ms: int


@dataclass(frozen=True, slots=True)
class MediationDropped(Event):
    TYPE: ClassVar[str] = "matter.mediation_dropped.v1"
    by: MemberId
    mediation: MediationId


@dataclass(frozen=True, slots=True)
class MediationHeld(Event):
    """`next_ms`: by when there is to be another one, None if there needn't be; `provisional`: that
    counts days whose holidays hadn't been announced. Its text is sealed."""

    TYPE: ClassVar[str] = "matter.mediation_held.v1"
    by: MemberId
    mediation: MediationId
    result: MediationResult
    next_ms: int | None
    review_ms: int
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class MediationUndone(Event):
    """It is arranged as before. `next_ms`: by when there is to be one, as before, and whether that
    is `provisional`."""

    TYPE: ClassVar[str] = "matter.mediation_undone.v1"
    by: MemberId
    mediation: MediationId
    next_ms: int | None
    review_ms: int
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class MatterNoteAdded(Event):
    """The text is sealed."""

    TYPE: ClassVar[str] = "matter.note_added.v1"
    note: NoteId


@dataclass(frozen=True, slots=True)
class MatterConcluded(Event):
    """`due_ms`: of one that failed, by when its case is to be decided, and `team`: which team
    decides it, "" where the organisation has none for cases. `review_ms`: until when one that was
    settled is watched. `provisional`: its time counts days whose holidays hadn't been announced.
    What was said of it is sealed."""

    TYPE: ClassVar[str] = "matter.concluded.v1"
    by: MemberId
    outcome: Outcome
    due_ms: int | None
    review_ms: int
    team: Team = "case"
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class MatterOutcomeUndone(Event):
    """`next_ms`: by when it is to be mediated again, as before."""

    TYPE: ClassVar[str] = "matter.outcome_undone.v1"
    by: MemberId
    review_ms: int
    next_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MatterConfirmed(Event):
    TYPE: ClassVar[str] = "matter.confirmed.v1"
    by: MemberId
    review_ms: int


@dataclass(frozen=True, slots=True)
class MatterCaseDecided(Event):
    TYPE: ClassVar[str] = "matter.case_decided.v1"
    by: MemberId

"""What is known of an incident and its assignments. No personal data."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from dutyroom.domain.marked import (
    AssignmentId,
    CallId,
    CancelReason,
    CategoryCode,
    ClearReason,
    ContactReason,
    DeskCode,
    DispositionCode,
    IncidentId,
    NoteId,
    OrgPath,
    PointReason,
    Priority,
    PromptAnswers,
    PromptCode,
    SourceId,
    UnitId,
    ZoneId,
)
from dutyroom.domain.values import (
    OPEN_PHASES,
    Moved,
    Need,
    OpenPhase,
    PointKind,
    Progress,
    Settled,
    Urgency,
)

type IncidentPhase = Literal["open", "closed", "merged"]
type AssignmentPhase = OpenPhase | Literal["cleared", "cancelled", "taken_over"]


@dataclass(frozen=True, slots=True)
class AssignmentState:
    """One unit on one incident.

    `moved_from` is where a reassignment took the unit from, `moved_to` where it went when it was
    taken over, and `state_before` and `since_before_ms` what it was then. `through` are the merged
    incidents it came through, the latest last.
    """

    id: AssignmentId
    unit: UnitId
    state: AssignmentPhase
    since_ms: int
    reason: ClearReason | CancelReason = ""
    recommended: bool | None = None
    moved_from: Moved | None = None
    moved_to: Moved | None = None
    state_before: OpenPhase | None = None
    since_before_ms: int = 0
    through: tuple[IncidentId, ...] = ()

    @property
    def open_state(self) -> OpenPhase | None:
        """Its state while its unit is committed, or None when it has ended."""
        match self.state:
            case "cleared" | "cancelled" | "taken_over":
                return None
            case state:
                return state


@dataclass(frozen=True, slots=True)
class Inherited:
    """What an incident keeps of a source: an incident merged into it, or a call linked to it.

    `priority` is what the source raises it to, None once a person has set the priority since.
    `seen`: how many assignments the incident had when it came; those after it serve it.
    """

    source: SourceId
    priority: Priority | None
    parts: tuple[Urgency, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Chase:
    """A further call about the same matter. `seen`: somebody has acknowledged it."""

    call: CallId
    at_ms: int
    seen: bool = False


@dataclass(frozen=True, slots=True)
class SettledPoint:
    """What a person has said about an open point; `prompt` is the question where it is one,
    `partner` or `desk` who may be needed where it is about that."""

    point: PointKind
    prompt: PromptCode
    how: Settled
    reason: PointReason
    partner: OrgPath = ""
    desk: DeskCode = ""


@dataclass(frozen=True, slots=True)
class IncidentState:
    """`calls` are all its calls, those that chase it included.

    `first_category` is the one that it was opened with. `precise`: its place is more than a street;
    `settled` are the points that somebody has confirmed or struck. `disposition` is empty until it
    is set, and again after a reopening. `place_version` counts how often the place was given: the
    place itself is personal data. `own_priority` is what the priority would be without what it has
    `inherited`; None: the same. `served_before` are the assignments that had been cleared when it
    was reopened. `unsafe`: it is not safe to contact who called. `minor`: it concerns a
    minor.
    """

    state: IncidentPhase
    number: str
    category: CategoryCode
    priority: Priority
    zone: ZoneId
    channel: str
    opened_at_ms: int
    since_ms: int
    answers: PromptAnswers = ()
    calls: tuple[CallId, ...] = ()
    notes: tuple[NoteId, ...] = ()
    struck: tuple[NoteId, ...] = ()
    more: tuple[Need, ...] = ()
    assignments: tuple[AssignmentState, ...] = ()
    merged_into: IncidentId | None = None
    absorbed: tuple[IncidentId, ...] = ()
    disposition: DispositionCode = ""
    place_version: int = 1
    own_priority: Priority | None = None
    inherited: tuple[Inherited, ...] = ()
    reopened_at_ms: int | None = None
    served_before: tuple[AssignmentId, ...] = ()
    chases: tuple[Chase, ...] = ()
    first_category: CategoryCode = ""
    precise: bool = True
    settled: tuple[SettledPoint, ...] = ()
    minor: bool = False
    unsafe: bool = False
    unsafe_reason: ContactReason = ""

    def is_chase(self, call: UUID) -> bool:
        """Whether a call of it asks again, and doesn't report."""
        return any(one.call == call for one in self.chases)

    def assignment(self, id_: UUID) -> AssignmentState | None:
        """The assignment with this id, ended or not."""
        return next((one for one in self.assignments if one.id == id_), None)

    @property
    def open_assignments(self) -> tuple[AssignmentState, ...]:
        """Those whose unit is committed here."""
        return tuple(one for one in self.assignments if one.open_state is not None)

    @property
    def without_inherited(self) -> int:
        """The priority of its own matter."""
        return self.priority if self.own_priority is None else self.own_priority

    @property
    def waiting_from_ms(self) -> int:
        """Since when its own promises count: the opening, or the latest reopening."""
        return self.opened_at_ms if self.reopened_at_ms is None else self.reopened_at_ms

    @property
    def own_served(self) -> tuple[str, ...]:
        """Units that have done their work here, since the latest reopening."""
        return tuple(one.unit for one in self.assignments if self._has_served(one))

    @property
    def served(self) -> tuple[str, ...]:
        """Units that have done their work and count for what is needed, here or before a merge."""
        merged = (unit for each in self.inherited for part in each.parts for unit in part.served)
        return (*self.own_served, *merged)

    @property
    def progress(self) -> Progress:
        """How far the help has come: the most advanced of its assignments that still count.

        A unit on the way to a facility has been on scene. With nobody left, it is `cleared` if
        somebody was there since the last reopening, else `pending`.
        """
        return self._progress_of(self.assignments, "pending")

    def progress_of(self, inherited: Inherited, part: Urgency) -> Progress:
        """How far the help of what was inherited has come: by those sent for it or since then."""
        otherwise: Progress = "cleared" if part.progress in ("on_scene", "cleared") else "pending"
        return self._progress_of(self.assignments[inherited.seen :], otherwise)

    def _progress_of(self, assignments: Iterable[AssignmentState], otherwise: Progress) -> Progress:
        counting = tuple(assignments)
        phases = [one.open_state for one in counting if one.open_state is not None]
        if phases:
            match max(phases, key=OPEN_PHASES.index):
                case "dispatched":
                    return "dispatched"
                case "en_route":
                    return "en_route"
                case _:
                    return "on_scene"
        return "cleared" if any(map(self._has_served, counting)) else otherwise

    def _has_served(self, one: AssignmentState) -> bool:
        return one.state == "cleared" and one.id not in self.served_before


type Find = Callable[[UUID], IncidentState | None]


def chain_of(id_: UUID, find: Find) -> Iterator[UUID]:
    """An incident and the chain of those that it was merged into, as far as `find` knows them; each
    is asked for only when the next one is wanted."""
    seen: set[UUID] = set()
    upwards: UUID | None = id_
    while upwards is not None and upwards not in seen:
        seen.add(upwards)
        yield upwards
        found = find(upwards)
        upwards = found.merged_into if found else None


def outermost(id_: UUID, find: Find) -> UUID:
    """What an incident is part of by now; itself, if it was merged into none."""
    *_, last = chain_of(id_, find)
    return last


def parts_of(incident: IncidentState, find: Find) -> Iterator[tuple[UUID, IncidentState]]:
    """All that was merged into an incident, along chains of merges, as far as `find` knows them."""
    waiting, seen = list(incident.absorbed), set[UUID]()
    while waiting:
        id_ = waiting.pop(0)
        part = find(id_)
        if id_ not in seen and part is not None:
            seen.add(id_)
            yield id_, part
            waiting += part.absorbed

"""What readings answer: personal data, unsealed for a member who may see it now.

Times are milliseconds UTC.
"""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dutyroom.core.text import Text
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.domain.calls.row import CallRow
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.incidents.state import AssignmentPhase
from dutyroom.domain.loops.row import LoopClockRow
from dutyroom.domain.orders.row import OrderRow
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.domain.units.row import UnitRow
from dutyroom.domain.values import PlaceKind, PointKind, Settled


class PlaceReading(msgspec.Struct, frozen=True, kw_only=True):
    """Where something happened, exactly (WGS84)."""

    lon: float
    lat: float
    label: str
    kind: PlaceKind


class IncidentPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where an incident is, for the map and the queue."""

    incident: str
    lon: float
    lat: float
    label: str
    kind: PlaceKind


class PlacesReading(msgspec.Struct, frozen=True, kw_only=True):
    """Of those incidents that are on the board, and no others."""

    places: tuple[IncidentPlace, ...]


class CallReading(msgspec.Struct, frozen=True, kw_only=True):
    """The details of one call, and why they may be read. ``unsafe``: what it is about is marked as
    not safe to contact, and its number is left out."""

    row: CallRow
    name: str
    number: str
    text: str
    unsafe: bool
    because: Text


class CallerReading(msgspec.Struct, frozen=True, kw_only=True):
    """Who reported an incident in one call, and what they said in all. Without a number where it is
    not safe to contact them."""

    call: str
    name: str
    number: str
    text: str
    received_at_ms: int
    line: str


class NoteReading(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is None once its key is erased."""

    id: str
    text: str | None
    by: str
    at_ms: int
    struck: bool


class SourcedNeed(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from"}):
    """How many units with a capability, and why: the response plan, an answer, asked
    for, or what was merged."""

    capability: str
    count: int
    source: Literal["plan", "answer", "more", "merged"]


class PromptAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Codes of a prompt and of what was answered."""

    prompt: str
    answer: str


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event of an incident or of its calls, with its clear body; of a note, its text."""

    position: int
    at_ms: int
    occurred_at_ms: int
    type: str
    by: str
    role: str
    stream: str
    body: dict[str, Any]
    text: str | UnsetType | None = UNSET


class MissingPart(msgspec.Struct, frozen=True, kw_only=True):
    """What closing an incident still lacks: of an assignment, of a call, of a task, of a
    supervision order, of a request to a desk, of a joint operation, of a referral, or its
    disposition."""

    what: Literal[
        "disposition",
        "assignment",
        "clear_reason",
        "call",
        "task",
        "supervision_order",
        "desk_request",
        "joint_operation",
        "referral",
        "approval",
    ]
    assignment: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    call: str | UnsetType = UNSET
    task: str | UnsetType = UNSET
    supervision_order: str | UnsetType = UNSET
    desk_request: str | UnsetType = UNSET
    joint_operation: str | UnsetType = UNSET
    referral: str | UnsetType = UNSET
    state: str | UnsetType = UNSET


class PointReading(msgspec.Struct, frozen=True, kw_only=True):
    """An open point of an incident, and how somebody has settled it; ``prompt`` is the question,
    where it is one, ``partner`` (the path of its organisation) or ``desk`` who may be needed."""

    kind: PointKind
    prompt: str | None
    how: Settled | None
    reason: str | None
    partner: str | None
    desk: str | None


class ReadBy(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody has read this incident: in which role, when, and for which purpose."""

    by_role: str
    at_ms: int
    purpose: str
    what: str


class IncidentReading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one incident, with its calls and whatever was merged into it.
    ``attachments`` is the journal position of the last change of what is attached to it and its
    tasks, 0 for nothing."""

    row: IncidentRow
    place: PlaceReading | None
    because: Text
    callers: tuple[CallerReading, ...]
    notes: tuple[NoteReading, ...]
    needs: tuple[SourcedNeed, ...]
    answers: tuple[PromptAnswer, ...]
    timeline: tuple[TimelineEntry, ...]
    missing: tuple[MissingPart, ...]
    points: tuple[PointReading, ...]
    call_back: CallBackRow | None
    clocks: tuple[LoopClockRow, ...]
    tasks: tuple[TaskRow, ...]
    supervision_orders: tuple[OrderRow, ...]
    desk_requests: tuple[DeskRequestRow, ...]
    attachments: int
    reads: tuple[ReadBy, ...]


class FieldCaller(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an officer may call back."""

    name: str
    number: str
    text: str


class FieldIncident(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer needs to handle the own assignment. ``attachments`` is the journal position
    of the last change of what is attached and can be read with it, 0 for nothing."""

    row: IncidentRow
    place: PlaceReading | None
    notes: tuple[NoteReading, ...]
    answers: tuple[PromptAnswer, ...]
    callers: tuple[FieldCaller, ...]
    attachments: int = 0


class FieldAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """The own assignment."""

    id: str
    state: AssignmentPhase
    since_ms: int


class FieldReading(msgspec.Struct, frozen=True, kw_only=True):
    """The field page. ``next``: the verbs of what usually comes next."""

    unit: UnitRow
    assignment: FieldAssignment | None
    incident: FieldIncident | None
    next: tuple[str, ...]


class PressPosition(msgspec.Struct, frozen=True, kw_only=True):
    """Where a unit was when the button was pressed."""

    lon: float
    lat: float
    at_ms: int


class EmergencyReading(msgspec.Struct, frozen=True, kw_only=True):
    """Where an emergency button was pressed, and the incident that the unit was on then."""

    unit: str
    since_ms: int | None
    zone: str | None
    incident: str | None
    number: str | None
    position: PressPosition | None
    street: Text | None


type Alike = Literal["category", "kind", "other"]


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """An open incident that may be the same happening. ``alike``: of the same category, of the same
    kind (the same capability leads the response), or of any other."""

    incident: str
    number: str
    category: str
    alike: Alike
    distance_m: int
    minutes: int
    label: str


class Duplicates(msgspec.Struct, frozen=True, kw_only=True):
    """The likeliest first."""

    candidates: tuple[Duplicate, ...]

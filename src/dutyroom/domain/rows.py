"""The rows of the board: what every console sees of a record, and the engine reads. No personal
data. Times are milliseconds UTC; fields are sent in the order in which they stand here.

Rows are kept as JSON text. A field that came later has a default, so that what an older version
kept can still be read.
"""

from typing import Literal

import msgspec

from dutyroom.domain.calls.state import CallPhase
from dutyroom.domain.incidents.state import AssignmentPhase, IncidentPhase
from dutyroom.domain.units.state import UnitStatus
from dutyroom.domain.units.whereabouts import Doubt
from dutyroom.domain.values import Progress


class CallRow(msgspec.Struct, frozen=True, kw_only=True):
    """A call: its state and what is owed; the number and the words are read elsewhere."""

    id: str
    line: str
    state: CallPhase
    silent: bool
    received_at_ms: int
    since_ms: int
    claimed_by: str | None
    incident: str | None
    call_backs: int
    call_back_owed: bool
    has_details: bool
    changed_by: str
    position: int


class AssignmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One unit on an incident; ``moved_from`` and ``moved_to`` are incidents."""

    id: str
    unit: str
    state: AssignmentPhase
    since_ms: int
    recommended: bool | None
    reason: str | None
    moved_from: str | None
    moved_to: str | None


class NeedRow(msgspec.Struct, frozen=True, kw_only=True):
    """How many units with a capability."""

    capability: str
    count: int


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """The promise that runs now."""

    name: Literal["dispatch", "en_route", "on_scene"]
    from_ms: int
    due_ms: int


class IncidentRow(msgspec.Struct, frozen=True, kw_only=True):
    """An incident: what it is, how far the help has come, what is missing, which clock runs.

    ``place_version`` changes when the place does; ``unmet`` is what no assigned unit covers.
    """

    id: str
    number: str
    category: str
    priority: int
    zone: str
    place_version: int
    channel: str
    state: IncidentPhase
    progress: Progress
    opened_at_ms: int
    occurred_at_ms: int
    since_ms: int
    assignments: tuple[AssignmentRow, ...]
    unmet: tuple[NeedRow, ...]
    clock: ClockRow | None
    calls: int
    notes: int
    merged_into: str | None
    absorbed: tuple[str, ...]
    disposition: str | None
    changed_by: str
    changed_at_ms: int
    position: int


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit: its derived status, what it is doing, when silence becomes worrying, where it is.

    ``number`` and ``priority`` are those of its incident; zone, incident and number of an emergency
    those at the press. ``position_doubt``: why its latest position was refused; the one that is
    given is older. Without any position (``position_at_ms``) it is where its station is.
    """

    id: str
    kind: str
    station: str
    capabilities: tuple[str, ...]
    crew: tuple[str, ...]
    status: UnitStatus
    since_ms: int
    reason: str | None
    incident: str | None
    number: str | None
    priority: int | None
    assignment: str | None
    heard_at_ms: int | None
    silence_due_ms: int | None
    emergency: Literal["raised", "acknowledged"] | None
    emergency_since_ms: int | None
    emergency_zone: str | None = None
    emergency_incident: str | None = None
    emergency_number: str | None = None
    lon: float
    lat: float
    position_at_ms: int | None
    position_doubt: Doubt | None = None
    changed_by: str
    position: int

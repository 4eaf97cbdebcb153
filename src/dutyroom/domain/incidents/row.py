"""The row of an incident: what every console sees of it, and the engine reads. No personal data.

Times are milliseconds UTC; fields are sent in the order in which they stand here. Rows are kept as
JSON text: a field that came later has a default, so that what an older version kept can be read.
"""

from typing import Literal

import msgspec

from dutyroom.domain.incidents.state import AssignmentPhase, IncidentPhase
from dutyroom.domain.values import Progress


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

    ``first_category``: the one that it was opened with, empty where an older version kept the row.
    ``org``: the path of the organisation that looks after its zone. ``place_version`` changes when
    the place does; ``unmet`` is what no assigned unit covers. ``calls`` includes those that chase;
    ``points``: how many are open; ``unsafe``: it is not safe to contact who called;
    ``minor``: it concerns a minor.
    ``reopened_at_ms``: when it was last opened again, if it was.
    ``chase_seen`` is false from a chase until somebody acknowledges it.
    """

    id: str
    number: str
    category: str
    first_category: str = ""
    priority: int
    zone: str
    org: str = ""
    place_version: int
    channel: str
    state: IncidentPhase
    progress: Progress
    opened_at_ms: int
    occurred_at_ms: int
    since_ms: int
    reopened_at_ms: int | None = None
    assignments: tuple[AssignmentRow, ...]
    unmet: tuple[NeedRow, ...]
    clock: ClockRow | None
    calls: int
    chases: int = 0
    first_chase_at_ms: int | None = None
    last_chase_at_ms: int | None = None
    chase_seen: bool = True
    notes: int
    points: int = 0
    minor: bool = False
    unsafe: bool = False
    unsafe_reason: str = ""
    merged_into: str | None
    absorbed: tuple[str, ...]
    disposition: str | None
    changed_by: str
    changed_at_ms: int
    position: int

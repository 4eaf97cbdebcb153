"""The row of a unit: what every console sees of it, and the engine reads. No personal data.

Times are milliseconds UTC; fields are sent in the order in which they stand here. Rows are kept as
JSON text: a field that came later has a default, so that what an older version kept can be read.
"""

from typing import Literal

import msgspec

from dutyroom.domain.units.state import UnitStatus
from dutyroom.domain.units.whereabouts import Doubt


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit: its derived status, what it is doing, when silence becomes worrying, where it is.

    ``number`` and ``priority`` are those of its incident; zone, incident and number of an emergency
    those at the press. ``position_doubt``: why its latest position was refused; the one that is
    given is older. Without any position (``position_at_ms``) it is where its station is. ``org``:
    the path of the organisation that its station is of.
    """

    id: str
    kind: str
    station: str
    org: str = ""
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

"""The row of a call: what every console sees of it, and the engine reads. No personal data.

Times are milliseconds UTC; fields are sent in the order in which they stand here. Rows are kept as
JSON text: a field that came later has a default, so that what an older version kept can be read.
"""

import msgspec

from dutyroom.domain.calls.state import CallPhase


class CallRow(msgspec.Struct, frozen=True, kw_only=True):
    """A call: its state and what is owed; the number and the words are read elsewhere.

    ``org``: the path of the organisation that received it. ``chase``: it asks again about its
    incident, and doesn't report.
    """

    id: str
    line: str
    org: str = ""
    state: CallPhase
    silent: bool
    received_at_ms: int
    since_ms: int
    claimed_by: str | None
    incident: str | None
    chase: bool = False
    call_backs: int
    call_back_owed: bool
    has_details: bool
    changed_by: str
    position: int

"""What is known of a call. No personal data."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.calls.commands import LineId
from dutyroom.domain.marked import MemberId, NoIncidentReason, OrgPath

type CallPhase = Literal["ringing", "claimed", "abandoned", "ended"]


@dataclass(frozen=True, slots=True)
class CallState:
    """`claimed_by` stays when the caller hangs up: it says who has been working on the call. `org`
    is the path of the organisation that received it. `has_number`: there is a number to call back
    on; None where an older version received it and nobody has said.
    """

    state: CallPhase
    line: LineId
    received_at_ms: int
    since_ms: int
    claimed_by: MemberId = ""
    silent: bool = False
    hung_up: bool = False
    call_backs: int = 0
    has_details: bool = False
    no_incident_reason: NoIncidentReason = ""
    org: OrgPath = ""
    has_number: bool | None = None

    def owes_call_back(self, linked: bool) -> bool:
        """Whether somebody must still try to reach the caller. `linked`: it has an incident."""
        tried = self.call_backs > 0
        return self.state != "ended" and (self.hung_up or self.silent) and not (tried or linked)

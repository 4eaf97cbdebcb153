"""What is known of a handover."""

from dataclasses import dataclass
from typing import Literal

from dutyroom.domain.marked import IncidentId, MemberId, OrgPath

type HandoverPhase = Literal["offered", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class HandoverState:
    """`org` is the path of the organisation of who hands over."""

    state: HandoverPhase
    by: MemberId
    to: MemberId
    since_ms: int
    incidents: tuple[IncidentId, ...] = ()
    confirmed: tuple[IncidentId, ...] = ()
    org: OrgPath = ""

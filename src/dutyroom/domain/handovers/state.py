"""What is known of a handover."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

type HandoverPhase = Literal["offered", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class HandoverState:
    """`org` is the path of the organisation of who hands over."""

    state: HandoverPhase
    by: str
    to: str
    since_ms: int
    incidents: tuple[UUID, ...] = ()
    confirmed: tuple[UUID, ...] = ()
    org: str = ""

"""What is known besides referrals themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class ToCarry(Index[Mapping[str, object]]):
    """What of an incident is sealed and may be carried, by field: where it is, what callers said,
    who they are, its notes. Only what is agreed is looked for."""

    incident: UUID

    def unknown(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True, slots=True)
class ReferredBy(Index[tuple[UUID, str] | None]):
    """The referral of an incident by an agreement that the partner still owes something of, and
    who sent it."""

    incident: UUID
    agreement: str

    def unknown(self) -> tuple[UUID, str] | None:
        return None

"""What is known of a partner's API key; the key itself is known to the partner alone."""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from dutyroom.domain.kernel import Deadline
from dutyroom.domain.marked import MemberId
from dutyroom.domain.partner_keys.events import PartnerKeyAdded

type PartnerKeyPhase = Literal["active", "revoked"]
type PhaseAtATime = Literal["active", "expired", "revoked"]
SHOWN: Final = 12
"""Hexadecimal digits by which people tell keys apart."""


@dataclass(frozen=True, slots=True)
class PartnerKeyState:
    """`added` is what was said first; `revoked_by` is empty for one that wasn't revoked."""

    added: PartnerKeyAdded
    added_ms: int
    revoked_by: MemberId = ""
    revoked_ms: int | None = None

    @property
    def phase(self) -> PartnerKeyPhase:
        """What was done with it, whatever the time."""
        return "active" if self.revoked_ms is None else "revoked"

    def phase_at(self, at_ms: int) -> PhaseAtATime:
        """Whether it lets anybody in at a time."""
        if self.phase == "active" and at_ms >= self.added.until_ms:
            return "expired"
        return self.phase


def begins_of(id_: UUID) -> str:
    """How a new key begins: the random end of its id. The time in front is the same for all that
    are made in one millisecond, and nearly so for all of a day."""
    return id_.hex[-SHOWN:]


def prefix_of(id_: UUID, added: PartnerKeyAdded) -> str:
    """By what people recognise a key: how it begins, which says nothing of the secret."""
    return f"drk_{added.begins or id_.hex[:SHOWN]}"


def clocks(state: PartnerKeyState) -> tuple[Deadline, ...]:
    """When it ends by itself."""
    return (
        () if state.phase == "revoked" else (Deadline("expire", state.added.until_ms, ends=True),)
    )

"""What may be asked about a partner's API key. The key itself is in no command: only its digest."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf, OrgPath

PartnerKeyId = Annotated[UUID, IdOf("partner_key")]
KeyScope = Literal["read", "answer"]
"""`read`: its own referrals and what they carry. `answer`: to accept, refuse, begin and finish
them, too, and to take an answer back."""


@dataclass(frozen=True, slots=True)
class AddPartnerKey(Command):
    """Let a system of a partner in. `key_digest` is the SHA-256 of the key, in hex; `until_ms`
    (milliseconds UTC) is 90 days from now if left out."""

    VERB: ClassVar[str] = "partner_key.add"
    partner_key: PartnerKeyId
    org: OrgPath
    scope: KeyScope
    key_digest: str
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class RevokePartnerKey(Command):
    """From now on it lets nobody in."""

    VERB: ClassVar[str] = "partner_key.revoke"
    partner_key: PartnerKeyId

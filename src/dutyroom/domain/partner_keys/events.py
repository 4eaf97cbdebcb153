"""Events of a partner's API key. Never edited, deleted or renamed."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Event
from dutyroom.domain.marked import MemberId, OrgPath
from dutyroom.domain.partner_keys.commands import KeyScope


@dataclass(frozen=True, slots=True)
class PartnerKeyAdded(Event):
    """`key_digest` recognises the key, which is random and kept nowhere; it ends at `until_ms`.
    `begins` is how the key begins; "" for one of before, which begins with its record's id."""

    TYPE: ClassVar[str] = "partner_key.added.v1"
    by: MemberId
    org: OrgPath
    scope: KeyScope
    key_digest: str
    until_ms: int
    begins: str = ""


@dataclass(frozen=True, slots=True)
class PartnerKeyRevoked(Event):
    TYPE: ClassVar[str] = "partner_key.revoked.v1"
    by: MemberId

"""The row of a partner's API key, by which people recognise it. Times are milliseconds UTC."""

from typing import Final
from uuid import UUID

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.partner_keys.commands import KeyScope
from dutyroom.domain.partner_keys.state import PartnerKeyPhase, PartnerKeyState, prefix_of


class PartnerKeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key of the partner `org`. It begins with `prefix`, and ends by itself at `until_ms`,
    whatever `state` says."""

    id: str
    prefix: str
    org: str
    scope: KeyScope
    state: PartnerKeyPhase
    added_by: str
    added_ms: int
    until_ms: int
    revoked_by: str
    position: int


def render(id_: str, key: PartnerKeyState, last: Change) -> PartnerKeyRow:
    """The row of a key."""
    return PartnerKeyRow(
        id=id_,
        prefix=prefix_of(UUID(id_), key.added),
        org=key.added.org,
        scope=key.added.scope,
        state=key.phase,
        added_by=key.added.by,
        added_ms=key.added_ms,
        until_ms=key.added.until_ms,
        revoked_by=key.revoked_by,
        position=last.position,
    )


def columns(key: PartnerKeyState) -> Columns:
    """For which partner it is, and whether it was revoked."""
    return Columns(key.phase == "active", key.phase, key.added.org)


LIST: Final = List("partner_keys", PartnerKeyRow, render, columns)

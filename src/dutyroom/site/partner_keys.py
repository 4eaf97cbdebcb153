"""What the commands of ``dutyroom key`` do. The room is ready (`serving.prepare`). Raises
`Cannot`."""

from typing import Any, Final
from uuid import UUID

from dutyroom.actions.adopting import OPERATOR, fresh_id
from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.actions.partner_keys import new_key
from dutyroom.actions.request import Request
from dutyroom.actions.room import opening
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.partner_keys.commands import AddPartnerKey, KeyScope, RevokePartnerKey
from dutyroom.domain.partner_keys.decide import DAY_MS
from dutyroom.domain.partner_keys.row import PartnerKeyRow
from dutyroom.projections.partner_keys import partner_keys
from dutyroom.site.cannot import Cannot
from dutyroom.site.staff import path_for

_SHORTEST: Final = 8
"""Of a prefix that is typed, so that no other key is meant."""


def add(org: str, scope: KeyScope, days: int) -> str:
    """A new key of a partner (its id or path), which is told here and never again."""
    id_ = fresh_id()
    new = new_key(id_)
    until_ms = now_ms() + days * DAY_MS
    _perform(AddPartnerKey(id_, path_for(org), scope, new.digest, until_ms))
    return new.key


def revoke(prefix: str) -> PartnerKeyRow:
    """End the key that begins so; which one it was."""
    rows = partner_keys()
    found = [one for one in rows if one.prefix.startswith(prefix) or prefix.startswith(one.prefix)]
    if len(prefix) < _SHORTEST or len(found) != 1:
        raise Cannot(f"no key, or several, begin with {prefix!r}: see dutyroom key list")
    [row] = found
    _perform(RevokePartnerKey(UUID(row.id)))
    return row


def every() -> list[dict[str, Any]]:
    """Keys as `key list` shows them, the latest first."""
    now = now_ms()
    return [
        {
            "key": one.prefix,
            "org": one.org,
            "scope": one.scope,
            "state": "expired" if one.state == "active" and one.until_ms <= now else one.state,
            "until_ms": one.until_ms,
            "added_by": one.added_by,
        }
        for one in partner_keys()
    ]


def _perform(command: AddPartnerKey | RevokePartnerKey) -> None:
    with opening() as door:
        outcome = door.perform(Request(fresh_id(), OPERATOR, command))
    if isinstance(outcome, Refusal):
        raise Cannot(f"{outcome.message.en} {outcome.remedy.en}")
    if not isinstance(outcome, Done):
        raise RuntimeError(f"{command.VERB}: {outcome}")

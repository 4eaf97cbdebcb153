"""API keys of partners: added for a time, revoked."""

import re
from typing import Final

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted
from dutyroom.domain.partner_keys import refusals
from dutyroom.domain.partner_keys.commands import AddPartnerKey, RevokePartnerKey
from dutyroom.domain.partner_keys.events import PartnerKeyAdded, PartnerKeyRevoked
from dutyroom.domain.partner_keys.known import KeysInForce
from dutyroom.domain.partner_keys.state import PartnerKeyState, begins_of
from dutyroom.domain.partner_keys.table import PARTNER_KEY

type PartnerKeyCommand = AddPartnerKey | RevokePartnerKey

DAY_MS: Final = 86_400_000
USUAL_DAYS: Final = 90
LONGEST_DAYS: Final = 365
AT_ONCE: Final = 2
"""The one in use, and the one that a partner changes over to."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def decide_partner_key(command: PartnerKeyCommand, context: Context) -> Decision:
    """Decide a command about one key. Keys begin and end now, whatever time is entered."""
    id_ = command.partner_key
    stream = f"partner_key:{id_}"
    state = context.find(PartnerKeyState, stream)
    phase = state.phase_at(context.now_ms) if state else "none"
    cell = PARTNER_KEY[phase, command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        if state is None:
            return refusals.unknown_partner_key(id_)
        return refusals.partner_key_exists(id_, phase)
    match command:
        case AddPartnerKey():
            return _add(stream, command, context)
        case RevokePartnerKey():
            return (Emitted(stream, PartnerKeyRevoked(context.actor.id)),)


def _add(stream: str, command: AddPartnerKey, context: Context) -> Decision:
    if command.org not in {one.partner for one in context.codes.agreements.values()}:
        return refusals.no_agreement_with(command.org, context.codes.org(command.org))
    if not _DIGEST.fullmatch(command.key_digest):
        return refusals.key_digest_wrong()
    now = context.now_ms
    until_ms = now + USUAL_DAYS * DAY_MS if command.until_ms is None else command.until_ms
    if not now < until_ms <= now + LONGEST_DAYS * DAY_MS:
        return refusals.key_lasts_wrong(LONGEST_DAYS)
    if context.answer(KeysInForce(command.org, now)) >= AT_ONCE:
        return refusals.partner_has_keys(command.org, context.codes.org(command.org), AT_ONCE)
    by = context.actor.id
    begins = begins_of(command.partner_key)
    added = PartnerKeyAdded(by, command.org, command.scope, command.key_digest, until_ms, begins)
    return (Emitted(stream, added),)

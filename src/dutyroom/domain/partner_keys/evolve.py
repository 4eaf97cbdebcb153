"""What an event changes in a partner's API key."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
from dutyroom.domain.partner_keys.events import PartnerKeyAdded, PartnerKeyRevoked
from dutyroom.domain.partner_keys.state import PartnerKeyState


def evolve_partner_key(
    state: PartnerKeyState | None, event: Event, at_ms: int
) -> PartnerKeyState | None:
    """A key after an event of its stream."""
    if state is None:
        return PartnerKeyState(event, at_ms) if isinstance(event, PartnerKeyAdded) else None
    if isinstance(event, PartnerKeyRevoked) and state.revoked_ms is None:
        return replace(state, revoked_by=event.by, revoked_ms=at_ms)
    return state

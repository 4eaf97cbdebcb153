"""What a command needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.partner_keys.commands import AddPartnerKey
from dutyroom.domain.partner_keys.decide import PartnerKeyCommand
from dutyroom.domain.partner_keys.known import KeysInForce
from dutyroom.domain.partner_keys.state import PartnerKeyState


def asks_of_partner_key(command: PartnerKeyCommand, context: Context) -> Iterator[Ask]:
    """The key; of a new one, how many its partner has."""
    yield f"partner_key:{command.partner_key}"
    if isinstance(command, AddPartnerKey):
        yield KeysInForce(command.org, context.now_ms)


def about_partner_key(command: PartnerKeyCommand, context: Context) -> About:
    """The partner that it is for."""
    state = context.find(PartnerKeyState, f"partner_key:{command.partner_key}")
    if state is not None:
        return About(org=state.added.org)
    return About(org=command.org if isinstance(command, AddPartnerKey) else None)

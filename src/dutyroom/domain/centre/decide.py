"""Adopting a city pack."""

from dutyroom.domain.centre.commands import AdoptPack
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Decision, Emitted


def decide_pack(command: AdoptPack, context: Context) -> Decision:
    """Adopt a pack, unless this very one is in force."""
    if command.hash == context.pack_hash:
        return ()
    return (Emitted("centre", PackAdopted(command.name, command.version, command.hash)),)

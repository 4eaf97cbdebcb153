"""Adopting a city pack: kept under its hash, then put in force by an event."""

import os
from pathlib import Path
from uuid import UUID

from dutyroom.actions.clock import now_ms
from dutyroom.citypack import CityPack
from dutyroom.core.ids import uuid7
from dutyroom.domain.centre.commands import AdoptPack
from dutyroom.domain.context import Actor
from dutyroom.projections import packs

OPERATOR = Actor("operator", "operator")


def adopt(folder: Path) -> tuple[CityPack, bool]:
    """The pack, and whether it was not in force already. Raises `PackRefused`."""
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.actions.room import opening

    pack = packs.keep(folder)
    if packs.adopted_hash() == pack.hash:
        return pack, False
    with opening() as door:
        command = AdoptPack(pack.name, pack.version, pack.hash)
        outcome = door.perform(Request(fresh_id(), OPERATOR, command))
    if not isinstance(outcome, Done):
        raise RuntimeError(f"the pack was not adopted: {outcome}")
    return pack, True


def fresh_id() -> UUID:
    """A new UUIDv7 of this machine."""
    return uuid7(now_ms(), int.from_bytes(os.urandom(10)) & ((1 << 74) - 1))

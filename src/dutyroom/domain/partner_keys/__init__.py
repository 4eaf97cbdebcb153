"""Keys by which systems of partners are let in: made for a time, revoked, expired by themselves."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.partner_keys import commands, events, refusals
from dutyroom.domain.partner_keys.asks import about_partner_key, asks_of_partner_key
from dutyroom.domain.partner_keys.decide import PartnerKeyCommand, decide_partner_key
from dutyroom.domain.partner_keys.evolve import evolve_partner_key
from dutyroom.domain.partner_keys.row import LIST
from dutyroom.domain.partner_keys.state import PartnerKeyState, clocks
from dutyroom.domain.partner_keys.table import PARTNER_KEY

PARTNER_KEYS: Final = Aggregate[PartnerKeyCommand, PartnerKeyState](
    "partner_key",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=PartnerKeyState,
    refusals=makers(refusals),
    tables={"partner_key": PARTNER_KEY},
    decide=decide_partner_key,
    evolve=evolve_partner_key,
    asks=asks_of_partner_key,
    about=about_partner_key,
    clocks=clocks,
    list=LIST,
)

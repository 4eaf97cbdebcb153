"""Handovers of the desk, incident by incident."""

from typing import Final

from dutyroom.domain.handovers import commands, events, refusals
from dutyroom.domain.handovers.asks import about_handover, asks_of_handover
from dutyroom.domain.handovers.decide import HandoverCommand, decide_handover
from dutyroom.domain.handovers.evolve import evolve_handover
from dutyroom.domain.handovers.row import LIST
from dutyroom.domain.handovers.state import HandoverState, clocks
from dutyroom.domain.handovers.table import HANDOVER
from dutyroom.domain.kernel import Aggregate, Command, Event, Owned, kinds, makers

HANDOVERS: Final = Aggregate[HandoverCommand, HandoverState](
    "handover",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=HandoverState,
    refusals=makers(refusals),
    tables={"handover": HANDOVER},
    decide=decide_handover,
    evolve=evolve_handover,
    asks=asks_of_handover,
    about=about_handover,
    clocks=clocks,
    list=LIST,
    owned=Owned(commands.ConfirmIncident.VERB, commands.CancelHandover),
)

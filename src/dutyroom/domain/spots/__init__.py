"""Spots: public places that call again, where somebody does something about it."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.spots import commands, events, refusals
from dutyroom.domain.spots.asks import about_spot, asks_of_spot
from dutyroom.domain.spots.decide import SpotCommand, decide_spot
from dutyroom.domain.spots.evolve import evolve_spot
from dutyroom.domain.spots.row import LIST
from dutyroom.domain.spots.state import SpotState, clocks
from dutyroom.domain.spots.table import SPOT

SPOTS: Final = Aggregate[SpotCommand, SpotState](
    "spot",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=SpotState,
    refusals=makers(refusals),
    tables={"spot": SPOT},
    decide=decide_spot,
    evolve=evolve_spot,
    asks=asks_of_spot,
    about=about_spot,
    clocks=clocks,
    list=LIST,
)

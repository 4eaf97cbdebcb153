"""Matters: disputes followed over weeks, through mediation to an outcome, until they expire."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, Owned, kinds, makers
from dutyroom.domain.matters import commands, events, refusals
from dutyroom.domain.matters.asks import about_matter, asks_of_matter
from dutyroom.domain.matters.decide import MatterCommand, decide_matter
from dutyroom.domain.matters.evolve import evolve_matter
from dutyroom.domain.matters.row import LIST
from dutyroom.domain.matters.state import MatterState, clocks
from dutyroom.domain.matters.table import MATTER

MATTERS: Final = Aggregate[MatterCommand, MatterState](
    "matter",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=MatterState,
    refusals=makers(refusals),
    tables={"matter": MATTER},
    decide=decide_matter,
    evolve=evolve_matter,
    asks=asks_of_matter,
    about=about_matter,
    clocks=clocks,
    list=LIST,
    owned=Owned(commands.TakeMatter.VERB, commands.ReleaseMatter),
)

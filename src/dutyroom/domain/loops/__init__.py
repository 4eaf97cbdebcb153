"""The loop of an incident: its stages and its clocks, by the routes and rules of the city pack."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, Following, kinds, makers
from dutyroom.domain.loops import commands, events, refusals
from dutyroom.domain.loops.asks import about_loop, asks_more, asks_of_loop, asks_to_follow
from dutyroom.domain.loops.commands import LookAtClocks
from dutyroom.domain.loops.decide import LoopCommand, decide_loop
from dutyroom.domain.loops.evolve import evolve_loop
from dutyroom.domain.loops.following import follow
from dutyroom.domain.loops.row import LIST, may_change
from dutyroom.domain.loops.state import LoopState, clocks
from dutyroom.domain.loops.table import CLOCK, LOOP

LOOPS: Final = Aggregate[LoopCommand, LoopState](
    "loop",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=LoopState,
    refusals=makers(refusals),
    tables={"loop": LOOP, "clock": CLOCK},
    decide=decide_loop,
    evolve=evolve_loop,
    asks=asks_of_loop,
    about=about_loop,
    clocks=clocks,
    look=LookAtClocks,
    by_other_pack=may_change,
    list=LIST,
    following=Following(asks_to_follow, follow, asks_more),
)

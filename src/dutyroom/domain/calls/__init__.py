"""Calls: one contact each, from the ringing line to its end."""

from typing import Final

from dutyroom.domain.calls import commands, events, refusals
from dutyroom.domain.calls.asks import about_call, asks_of_call
from dutyroom.domain.calls.decide import CallCommand, decide_call
from dutyroom.domain.calls.evolve import evolve_call
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.calls.table import CALL
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers

CALLS: Final = Aggregate[CallCommand, CallState](
    "call",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=CallState,
    refusals=makers(refusals),
    tables={"call": CALL},
    decide=decide_call,
    evolve=evolve_call,
    asks=asks_of_call,
    about=about_call,
)

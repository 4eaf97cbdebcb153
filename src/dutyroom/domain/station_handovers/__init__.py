"""Handovers of a station's command office, read back item by item."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.station_handovers import commands, events, refusals
from dutyroom.domain.station_handovers.asks import about_station_handover, asks_of_station_handover
from dutyroom.domain.station_handovers.decide import StationHandoverCommand, decide_station_handover
from dutyroom.domain.station_handovers.evolve import evolve_station_handover
from dutyroom.domain.station_handovers.row import LIST
from dutyroom.domain.station_handovers.state import StationHandoverState, clocks
from dutyroom.domain.station_handovers.table import STATION_HANDOVER

STATION_HANDOVERS: Final = Aggregate[StationHandoverCommand, StationHandoverState](
    "station_handover",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=StationHandoverState,
    refusals=makers(refusals),
    tables={"station_handover": STATION_HANDOVER},
    decide=decide_station_handover,
    evolve=evolve_station_handover,
    asks=asks_of_station_handover,
    about=about_station_handover,
    clocks=clocks,
    list=LIST,
)

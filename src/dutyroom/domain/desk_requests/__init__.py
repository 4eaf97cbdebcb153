"""Requests to specialist desks: something that is done for an incident by those who can."""

from typing import Final

from dutyroom.domain.desk_requests import commands, events, refusals
from dutyroom.domain.desk_requests.asks import about_desk_request, asks_of_desk_request
from dutyroom.domain.desk_requests.decide import DeskRequestCommand, decide_desk_request
from dutyroom.domain.desk_requests.evolve import evolve_desk_request
from dutyroom.domain.desk_requests.row import LIST
from dutyroom.domain.desk_requests.state import DeskRequestState, clocks
from dutyroom.domain.desk_requests.table import DESK_REQUEST
from dutyroom.domain.kernel import Aggregate, Command, Event, Owned, kinds, makers

DESK_REQUESTS: Final = Aggregate[DeskRequestCommand, DeskRequestState](
    "desk_request",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=DeskRequestState,
    refusals=makers(refusals),
    tables={"desk_request": DESK_REQUEST},
    decide=decide_desk_request,
    evolve=evolve_desk_request,
    asks=asks_of_desk_request,
    about=about_desk_request,
    clocks=clocks,
    list=LIST,
    owned=Owned(commands.AcceptDeskRequest.VERB, commands.ReleaseDeskRequest),
)

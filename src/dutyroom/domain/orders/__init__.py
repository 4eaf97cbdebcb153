"""Supervision orders: what is ordered of an organisation, until its answer is accepted."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, Owned, kinds, makers
from dutyroom.domain.orders import commands, events, refusals
from dutyroom.domain.orders.asks import about_order, asks_of_order
from dutyroom.domain.orders.decide import OrderCommand, decide_order
from dutyroom.domain.orders.evolve import evolve_order
from dutyroom.domain.orders.row import LIST
from dutyroom.domain.orders.state import OrderState, clocks
from dutyroom.domain.orders.table import ORDER

ORDERS: Final = Aggregate[OrderCommand, OrderState](
    "supervision_order",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=OrderState,
    refusals=makers(refusals),
    tables={"supervision_order": ORDER},
    decide=decide_order,
    evolve=evolve_order,
    asks=asks_of_order,
    about=about_order,
    clocks=clocks,
    list=LIST,
    owned=Owned(commands.AnswerOrder.VERB, commands.ReleaseOrder),
)

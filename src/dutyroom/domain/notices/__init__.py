"""Notices to the room: what has changed, for whom, until when, and who has seen it."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.notices import commands, events, refusals
from dutyroom.domain.notices.asks import about_notice, asks_of_notice
from dutyroom.domain.notices.decide import NoticeCommand, decide_notice
from dutyroom.domain.notices.evolve import evolve_notice
from dutyroom.domain.notices.row import LIST
from dutyroom.domain.notices.state import NoticeState, clocks
from dutyroom.domain.notices.table import NOTICE

NOTICES: Final = Aggregate[NoticeCommand, NoticeState](
    "notice",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=NoticeState,
    refusals=makers(refusals),
    tables={"notice": NOTICE},
    decide=decide_notice,
    evolve=evolve_notice,
    asks=asks_of_notice,
    about=about_notice,
    clocks=clocks,
    list=LIST,
)

"""The centre itself: the city pack in force, and who has read sealed data."""

from typing import Final

from dutyroom.domain.centre import commands, events
from dutyroom.domain.centre.commands import AdoptPack
from dutyroom.domain.centre.decide import decide_pack
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds

CENTRE: Final = Aggregate[AdoptPack, None](
    "centre",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    decide=decide_pack,
)

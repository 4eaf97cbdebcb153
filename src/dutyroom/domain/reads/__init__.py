"""Readings of sealed data. Nobody asks for one by a command: `readings` logs it."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Event, kinds
from dutyroom.domain.reads import events

READS: Final = Aggregate[None, None]("reads", events=kinds(events, Event))

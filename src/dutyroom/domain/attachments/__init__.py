"""Attachments: pictures and papers of an incident or of a task. Their bytes lie beside the
journal."""

from typing import Final

from dutyroom.domain.attachments import commands, events, refusals
from dutyroom.domain.attachments.asks import about_attachment, asks_of_attachment
from dutyroom.domain.attachments.decide import AttachmentCommand, decide_attachment
from dutyroom.domain.attachments.evolve import evolve_attachment
from dutyroom.domain.attachments.row import LIST
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.attachments.table import ATTACHMENT
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers

ATTACHMENTS: Final = Aggregate[AttachmentCommand, AttachmentState](
    "attachment",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=AttachmentState,
    refusals=makers(refusals),
    tables={"attachment": ATTACHMENT},
    decide=decide_attachment,
    evolve=evolve_attachment,
    asks=asks_of_attachment,
    about=about_attachment,
    list=LIST,
)
